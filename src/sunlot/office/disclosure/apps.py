"""The app's name for Django, and its sections."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """The public site (公开)."""

    name = "sunlot.office.disclosure"

    def ready(self) -> None:
        """Register the sections, and what stands on the page of a check code."""
        from sunlot.office.disclosure import code_page
        from sunlot.office.disclosure.sections import register_all
        from sunlot.office.shell import panels

        register_all()
        panels.register("code", code_page.of_visit)
