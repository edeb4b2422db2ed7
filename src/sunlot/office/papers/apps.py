"""Makes known what this app adds to others."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.papers"
    verbose_name = "文书"

    def ready(self) -> None:
        """Register what needs a second person, and what a visit's page shows of its papers."""
        from sunlot.office.approvals import kinds
        from sunlot.office.papers import approval_kinds, panel
        from sunlot.office.shell import panels

        for kind in (approval_kinds.REVIEWING, approval_kinds.APPROVING, approval_kinds.VOIDING):
            kinds.register(kind)
        panels.register("visit", panel.papers_of_visit)
