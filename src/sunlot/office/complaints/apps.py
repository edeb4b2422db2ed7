"""Makes known what this app adds to others."""

from django.apps import AppConfig


class ComplaintsConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.complaints"
    verbose_name = "投诉举报"

    def ready(self) -> None:
        """Register what needs a second person, the public pages, and what the audit looks at."""
        from sunlot.office.approvals.kinds import register
        from sunlot.office.complaints import destroying, marks, panels, pieces, queries, rewards, verifying
        from sunlot.office.complaints.public_site import register_pages
        from sunlot.office.journal.audit import BESIDES
        from sunlot.office.shell.panels import register as at_place
        from sunlot.office.visits.queries import HANDLED

        HANDLED.append(queries.visits_handled_by)
        for kind in (verifying.CONCLUSION, verifying.EXTENSION, rewards.KIND, destroying.KIND):
            register(kind)
        register_pages()
        at_place("firm", panels.of_firm)
        BESIDES.extend((pieces.altered, marks.misjoined))
