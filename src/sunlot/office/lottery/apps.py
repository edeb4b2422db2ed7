"""Makes known what this app adds to others."""

from django.apps import AppConfig


class LotteryConfig(AppConfig):
    """The app as Django knows it."""

    name = "sunlot.office.lottery"
    verbose_name = "抽取"

    def ready(self) -> None:
        """Register what needs a second person, the guard over the rosters, and what plan and item list are told."""
        from sunlot.office.approvals import kinds
        from sunlot.office.catalog import uses
        from sunlot.office.journal.audit import BESIDES
        from sunlot.office.lottery import asking, drawing, planned, queries, register, substituting
        from sunlot.office.lottery.folders import folder_findings
        from sunlot.office.plan.held import HELD_ROUNDS, HOLDERS
        from sunlot.office.roster.guards import OPEN_ROUND

        for kind in (asking.KIND, drawing.VOID, drawing.OPEN, substituting.SUBSTITUTE, substituting.SUBSTITUTE_CLOSED):
            kinds.register(kind)
        OPEN_ROUND.append(queries.open_round)
        BESIDES.append(lambda: folder_findings(register.register()))
        HELD_ROUNDS.append(planned.held)
        HOLDERS.append(planned.where_to_hold)
        uses.register(planned.last_draws)
