"""Makes known what this app adds to others."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.cases"
    verbose_name = "行政处罚"

    def ready(self) -> None:
        """Register what needs a second person."""
        from sunlot.office.approvals.kinds import register
        from sunlot.office.cases import approval_kinds

        for kind in approval_kinds.KINDS:
            register(kind)
