"""The app's name for Django, and its sections."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The public site (公开)."""

    name = "sunlot.office.disclosure"

    def ready(self) -> None:
        """Register the sections."""
        from sunlot.office.disclosure.sections import register_all

        register_all()
