"""Makes known what this app adds to others."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.plan"
    verbose_name = "年度计划"
