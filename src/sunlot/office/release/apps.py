"""Makes known what this app adds to others."""

from django.apps import AppConfig


class ReleaseConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.release"
    verbose_name = "公示审核"
