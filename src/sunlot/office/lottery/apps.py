"""Makes known what this app adds to others."""

from django.apps import AppConfig


class LotteryConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.lottery"
    verbose_name = "抽取"

    def ready(self) -> None:
        """Register what needs a second person, and the guard over the rosters."""
        from sunlot.office.approvals.kinds import register
        from sunlot.office.lottery import asking, drawing, queries
        from sunlot.office.roster.guards import OPEN_ROUND

        for kind in (asking.KIND, drawing.VOID, drawing.OPEN):
            register(kind)
        OPEN_ROUND.append(queries.open_round)
