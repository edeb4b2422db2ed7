"""Makes known what this app adds to others."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.plan"
    verbose_name = "年度计划"

    def ready(self) -> None:
        """Register what of the plan needs a second person, and when it uses the items of the list."""
        from sunlot.office.approvals import kinds
        from sunlot.office.catalog import uses
        from sunlot.office.plan import approval_kinds, queries

        kinds.register(approval_kinds.PLAN)
        uses.register(queries.items_planned)
