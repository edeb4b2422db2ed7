"""Makes known what this app adds to others."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.cases"
    verbose_name = "行政处罚"
