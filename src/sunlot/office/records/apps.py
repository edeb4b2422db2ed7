"""The app as Django knows it."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """日志."""

    name = "sunlot.office.records"

    def ready(self) -> None:
        from sunlot.office.approvals.kinds import register
        from sunlot.office.records.witness_rule import KIND

        register(KIND)
