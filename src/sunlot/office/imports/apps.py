"""Makes known what this app adds to others."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.imports"
    verbose_name = "导入"

    def ready(self) -> None:
        from sunlot.office.approvals.kinds import register
        from sunlot.office.imports.applying import APPROVAL

        register(APPROVAL)
