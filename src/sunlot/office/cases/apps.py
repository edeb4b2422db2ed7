"""Makes known what this app adds to others."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.cases"
    verbose_name = "行政处罚"

    def ready(self) -> None:
        """Register what needs a second person, and what this app shows on the pages of a firm and a visit."""
        from sunlot.office.approvals.kinds import register
        from sunlot.office.cases import approval_kinds, panels
        from sunlot.office.shell import panels as places

        for kind in approval_kinds.KINDS:
            register(kind)
        places.register("firm", panels.of_firm)
        places.register("visit", panels.of_visit)
