"""Makes known what this app adds to others."""

from django.apps import AppConfig


class FieldConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.field"
    verbose_name = "现场检查"
