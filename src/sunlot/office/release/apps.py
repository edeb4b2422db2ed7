"""Makes known what this app adds to others."""

from django.apps import AppConfig


class ReleaseConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.release"
    verbose_name = "公示审核"

    def ready(self) -> None:
        """Register what needs a second person, what a visit's page says, and the public pages."""
        from sunlot.office.approvals.kinds import register
        from sunlot.office.release import approval_kinds, panels
        from sunlot.office.release.site import register_all
        from sunlot.office.shell.panels import register as show

        for kind in approval_kinds.KINDS:
            register(kind)
        show("visit", panels.of_visit)
        register_all()
