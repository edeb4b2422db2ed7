"""A round of the fictional county, held through the office's own services with the real public randomness of 2023, the clock held."""

from datetime import date
from pathlib import Path
from typing import Any

from sunlot.commands.demo_county import RANDOMNESS
from sunlot.commands.demo_witness import ORIGIN, policy, witness_all
from sunlot.draw.moments import seconds_of, utc
from sunlot.draw.plan_file import exact
from sunlot.draw.state import Draw

OPENED, ANNOUNCED, TEAMS_ANNOUNCED = "2023-08-01T01:00:00Z", "2023-08-22T01:00:00Z", "2023-09-12T01:00:00Z"
PLAN = {
    "title": "2023年第一次双随机抽查（演示）",
    "year": 2023,
    "number": 1,
    "date": date(2023, 8, 22),
    "window_from": date(2023, 9, 18),
    "window_to": date(2023, 10, 31),
    "rehearsal": True,
}


class Story:
    """The round as it goes on: who does what, at which moment, each step cosigned by the witnesses."""

    def __init__(self, home: Path, people: dict[str, Any], clock: Any) -> None:
        self.home, self.people, self.clock = home, people, clock
        self.memories: dict[str, Any] = {}

    def open_log(self) -> None:
        """Open the log and put the three witnesses in force."""
        from sunlot.office.journal import checkpoints

        log = checkpoints.open_log(self.home, ORIGIN, national=True)
        checkpoints.set_policy(policy(log.keys.splitlines()), "u/console")

    def announce(self) -> Draw:
        """The clerk plans and asks, the chief grants, the notice goes out."""
        from sunlot.office.approvals.services import grant
        from sunlot.office.lottery import announcing, asking, rounds

        clerk = self.people["jingban"]
        row = rounds.start(clerk, PLAN)
        row = rounds.change(clerk, row.pk, row.version, {"sources": _sources("firms")})
        approval = asking.ask(clerk, row.pk, row.version, "演示：按年度计划")
        grant(self.people["kezhang"], approval.pk)
        self.clock.at = ANNOUNCED
        self.round = row.pk
        self.name = announcing.announce(clerk, row.pk).pk
        return self._witnessed()

    def announce_teams(self) -> Draw:
        """The clerk names the sources, the chief publishes the teams' chances."""
        from sunlot.office.lottery import announcing, rounds
        from sunlot.office.lottery.models import Round

        self.clock.at = TEAMS_ANNOUNCED
        row = Round.objects.get(pk=self.round)
        rounds.name_team_sources(self.people["jingban"], row.pk, row.version, _sources("teams"))
        announcing.announce_teams(self.people["kezhang"], self.name)
        return self._witnessed()

    def draw(self, stage: str) -> Draw:
        """Two persons type the lottery's numbers, one pastes the beacon; the seed is recorded and the result computed."""
        from sunlot.office.lottery import drawing, seeding

        self.clock.at = RANDOMNESS[stage]["recorded_at"]
        lottery, beacon = RANDOMNESS[stage]["evidence"]
        typed = {"ssq": {key: lottery[key] for key in ("issue", "drawn_on", "numbers")}}
        typed["drand"] = {"signature": beacon["signature"]}
        for number, source in enumerate(_sources(stage)):
            for person in ("jingban", "kezhang") if source["kind"] == "ssq" else ("jingban",):
                seeding.enter(self.people[person], self.name, number, typed[source["kind"]])
        seeding.seal(self.people["jingban"], self.name)
        drawing.run(self.people["jingban"], self.name)
        return self._witnessed()

    def _witnessed(self) -> Draw:
        from sunlot.office.lottery.register import folder_of

        self.clock.at = utc(seconds_of(self.clock.at) + 10)
        witness_all(self.home, self.memories, self.clock.at)
        return folder_of(self.name)


def _sources(stage: str) -> list[dict[str, Any]]:
    return sorted(exact(RANDOMNESS[stage]["sources"]), key=lambda source: str(source["known_at"]))
