"""Makes known what this app adds to others."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.visits"
    verbose_name = "检查实施"

    def ready(self) -> None:
        """Register what needs a second person, tell the item list when items were last checked, and have the audit look at the photos."""
        from sunlot.office.approvals.kinds import CLOSED, register
        from sunlot.office.catalog import uses
        from sunlot.office.journal.audit import BESIDES
        from sunlot.office.lottery.substituting import FOLLOWERS
        from sunlot.office.visits import approval_kinds, attempts, making, photo_files, queries

        register(approval_kinds.KIND)
        register(approval_kinds.SWAP)
        register(attempts.KIND)
        CLOSED.append(queries.closed_things)
        FOLLOWERS.append(making.follow_substitution)
        BESIDES.append(photo_files.photo_findings)
        uses.register(queries.last_visits)
