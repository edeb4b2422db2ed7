"""Makes known what this app adds to others."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.plan"
    verbose_name = "年度计划"

    def ready(self) -> None:
        """Register what of the plan needs a second person, what comes in from Excel, and when it uses the items of the list."""
        from sunlot.office.approvals import kinds
        from sunlot.office.catalog import uses
        from sunlot.office.imports.kinds import register
        from sunlot.office.plan import approval_kinds, queries
        from sunlot.office.plan.import_key_list import KEY_LIST
        from sunlot.office.plan.import_rounds import ROUNDS

        kinds.register(approval_kinds.PLAN)
        uses.register(queries.items_planned)
        register(KEY_LIST)
        register(ROUNDS)
