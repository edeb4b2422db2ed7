"""Makes known what this app adds to others."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.imports"
    verbose_name = "导入"
