"""Makes known what this app adds to others."""

from django.apps import AppConfig


class InspectorsConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.inspectors"
    verbose_name = "检查人员名录"

    def ready(self) -> None:
        """Register what needs approval, and the files that can be taken in."""
        from sunlot.office.approvals import kinds as approvals
        from sunlot.office.imports import kinds as imports
        from sunlot.office.inspectors.approval_kinds import CHANGE, RECUSAL
        from sunlot.office.inspectors.import_leaves import LEAVES
        from sunlot.office.inspectors.import_people import PEOPLE
        from sunlot.office.inspectors.import_recusals import RECUSALS

        approvals.register(RECUSAL)
        approvals.register(CHANGE)
        for kind in (PEOPLE, LEAVES, RECUSALS):
            imports.register(kind)
