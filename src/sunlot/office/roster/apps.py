"""Makes known what this app adds to others."""

from django.apps import AppConfig


class RosterConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.roster"
    verbose_name = "检查对象名录"

    def ready(self) -> None:
        from sunlot.office.approvals.kinds import register as register_approval
        from sunlot.office.imports.kinds import register
        from sunlot.office.roster import causes, corrections, many, merging  # noqa: F401  # each names its acts
        from sunlot.office.roster.changes import APPROVAL
        from sunlot.office.roster.import_causes import CAUSES
        from sunlot.office.roster.import_corrections import CORRECTIONS
        from sunlot.office.roster.import_firms import FIRMS
        from sunlot.office.roster.import_visits import VISITS

        for kind in (FIRMS, VISITS, CAUSES, CORRECTIONS):
            register(kind)
        register_approval(APPROVAL)
