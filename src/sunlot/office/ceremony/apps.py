"""Makes known what this app adds to others."""

from django.apps import AppConfig


class CeremonyConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.ceremony"
    verbose_name = "公开抽取"
