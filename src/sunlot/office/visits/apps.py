"""Makes known what this app adds to others."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.visits"
    verbose_name = "检查实施"
