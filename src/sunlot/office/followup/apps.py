"""Makes known what this app adds to others."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.followup"
    verbose_name = "整改与移送"
