"""Makes known what this app adds to others."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.cases"
    verbose_name = "行政处罚"

    def ready(self) -> None:
        """Register what needs a second person, what this app shows on other pages, and what belongs into case files."""
        from sunlot.office.approvals.kinds import register
        from sunlot.office.cases import approval_kinds, documents, evidence_files, panels
        from sunlot.office.cases.import_reviewers import REVIEWERS
        from sunlot.office.cases.import_violations import VIOLATIONS
        from sunlot.office.imports.kinds import register as register_import
        from sunlot.office.journal.audit import BESIDES
        from sunlot.office.papers import dossier
        from sunlot.office.shell import panels as places

        for kind in approval_kinds.KINDS:
            register(kind)
        register_import(REVIEWERS)
        register_import(VIOLATIONS)
        places.register("firm", panels.of_firm)
        places.register("visit", panels.of_visit)
        dossier.register(documents.related)
        dossier.register_cover("case", documents.cover)
        dossier.register_attachments(evidence_files.attached)
        BESIDES.append(evidence_files.file_findings)
