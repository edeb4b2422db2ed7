"""Makes known what this app adds to others."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.papers"
    verbose_name = "文书"

    def ready(self) -> None:
        """Register what needs a second person, what a visit's page shows of its papers, the report of a refusal, and what the audit looks at."""
        from sunlot.office.approvals import kinds
        from sunlot.office.journal.audit import BESIDES
        from sunlot.office.papers import approval_kinds, panel, reporting, scans, sealing
        from sunlot.office.shell import panels
        from sunlot.office.visits import signing

        for kind in (approval_kinds.REVIEWING, approval_kinds.APPROVING, approval_kinds.VOIDING, sealing.SEALING):
            kinds.register(kind)
        panels.register("visit", panel.papers_of_visit)
        signing.REFUSED.append(reporting.report_up)
        BESIDES.extend((scans.scan_findings, sealing.seal_findings))
