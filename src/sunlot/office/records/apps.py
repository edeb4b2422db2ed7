"""The app as Django knows it."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """日志."""

    name = "sunlot.office.records"
