"""Makes known what this app adds to others."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.portal"
    verbose_name = "企业自助"

    def ready(self) -> None:
        """Show on a firm's page which codes it has."""
        from sunlot.office.portal.panel import codes_of
        from sunlot.office.shell.panels import register

        register("firm", codes_of)
