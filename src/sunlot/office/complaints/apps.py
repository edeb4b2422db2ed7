"""Makes known what this app adds to others."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.complaints"
    verbose_name = "投诉举报"
