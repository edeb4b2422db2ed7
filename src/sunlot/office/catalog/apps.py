"""Makes known what this app adds to others."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.catalog"
    verbose_name = "事项清单"

    def ready(self) -> None:
        from sunlot.office.catalog.approval_kinds import register_kinds

        register_kinds()
