"""Makes known what this app adds to others."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.complaints"
    verbose_name = "投诉举报"

    def ready(self) -> None:
        """Register what needs a second person, and the public pages."""
        from sunlot.office.approvals.kinds import register
        from sunlot.office.complaints import destroying, rewards, verifying
        from sunlot.office.complaints.public_site import register_pages

        for kind in (verifying.CONCLUSION, verifying.EXTENSION, rewards.KIND, destroying.KIND):
            register(kind)
        register_pages()
