"""Makes known what this app adds to others."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.followup"
    verbose_name = "整改与移送"

    def ready(self) -> None:
        """Register what needs a second person."""
        from sunlot.office.approvals.kinds import register
        from sunlot.office.followup import extensions, hazards, rechecks, transfers

        for kind in (extensions.KIND, rechecks.KIND, hazards.KIND, transfers.KIND):
            register(kind)
