"""The app, and what it asks a second person for."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """账号管理."""

    name = "sunlot.office.administration"

    def ready(self) -> None:
        from sunlot.office.administration import approval_kinds

        approval_kinds.register_all()
