"""Makes known what this app adds to others."""

from django.apps import AppConfig


class InspectorsConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.inspectors"
    verbose_name = "检查人员名录"

    def ready(self) -> None:
        """Register what needs approval."""
        from sunlot.office.approvals import kinds
        from sunlot.office.inspectors.approval_kinds import RECUSAL

        kinds.register(RECUSAL)
