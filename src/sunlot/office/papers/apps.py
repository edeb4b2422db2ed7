"""Makes known what this app adds to others."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.papers"
    verbose_name = "文书"
