"""Makes known what this app adds to others."""

from django.apps import AppConfig


class LotteryConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.lottery"
    verbose_name = "抽取"
