"""Makes known what this app adds to others."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.plan"
    verbose_name = "年度计划"

    def ready(self) -> None:
        """Register what of the plan needs a second person."""
        from sunlot.office.approvals import kinds
        from sunlot.office.plan import approval_kinds

        kinds.register(approval_kinds.PLAN)
