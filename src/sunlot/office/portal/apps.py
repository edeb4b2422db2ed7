"""Makes known what this app adds to others."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.portal"
    verbose_name = "企业自助"
