"""A small county whose clock the test holds, and public randomness of 2023 to draw with."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from office.conftest import client_of, people, quick_passwords  # noqa: F401
from sunlot.codes.credit_code import check_character, org_check_character
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.draw.plan_file import exact
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.bureau import services as bureau
from sunlot.office.inspectors import staff
from sunlot.office.journal.clock import Held as Clock
from sunlot.office.journal.clock import held
from sunlot.office.journal.services import deed
from sunlot.office.lottery import announcing, asking, drawing, rounds, seeding, substituting
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.register import folder_of
from sunlot.office.roster.models import Firm

PLAN = {
    "title": "2023年第一次双随机抽查",
    "year": 2023,
    "number": 1,
    "date": date(2023, 8, 22),
    "window_from": date(2023, 9, 18),
    "window_to": date(2023, 10, 31),
    "budget": 6,
}
TOWNS = ("城关街道", "南岗镇", "白石镇")


@pytest.fixture
def clock() -> Iterator[Clock]:
    """The office's clock, held."""
    with held("2023-08-20T01:00:00Z") as standing:
        yield standing


def code(number: int) -> str:
    """Return a well-formed credit code."""
    organ = f"{number:08d}"
    first = f"91379921{organ}{org_check_character(organ)}"
    return first + check_character(first)


@pytest.fixture
def county(clock: Clock, people: dict[str, User]) -> dict[str, User]:  # noqa: F811
    """Forty firms and eight inspectors, every second of them a specialist in hazardous chemicals."""
    bureau.describe(
        "u/1", {"code": "379921", "name": "青禾县应急管理局", "short": "青", "territories": "\n".join(TOWNS)}
    )
    with deed(by="u/1") as doing:
        for number in range(40):
            doing.save(
                Firm(
                    id=code(number),
                    name=f"青禾第{number}厂",
                    territory=TOWNS[number % 3],
                    hazard_class="危险化学品" if number % 8 == 0 else "机械",
                    level="县级",
                    status="正常" if number % 10 else "停产",
                    confirmed_on=date(2023, 8, 1),
                )
            )
        doing.record("bureau.described", "bureau", {"name": "青禾县应急管理局", "code": "379921"})
    for number in range(8):
        facts = {
            "name": f"检查员{number}",
            "specialities": "危险化学品" if number % 2 else "",
            "number": f"SD{number:04d}",
            "valid_to": date(2026, 1, 1),
        }
        with deed(by="u/1") as doing:
            staff.add(doing, f"R{number:03d}", facts)
    return people


def sources(stage: str) -> list[dict[str, Any]]:
    """Return the sources of a stage as a round names them."""
    return sorted(exact(RANDOMNESS[stage]["sources"]), key=lambda source: str(source["known_at"]))


def evidence(stage: str) -> dict[str, dict[str, Any]]:
    """Return what people type for each kind of source."""
    lottery, beacon = RANDOMNESS[stage]["evidence"]
    return {
        "ssq": {key: lottery[key] for key in ("issue", "drawn_on", "numbers")},
        "drand": {"signature": beacon["signature"]},
    }


@dataclass
class Story:
    """Carries a round from step to step; `at` tells the people and the clock."""

    people: dict[str, User]
    clock: Clock
    row: Round

    @property
    def name(self) -> str:
        self.row.refresh_from_db()
        return str(self.row.draw_id)

    def approved(self) -> "Story":
        """The clerk asks, the chief grants."""
        self.row.refresh_from_db()
        approval = asking.ask(self.people["clerk"], self.row.pk, self.row.version, "按计划")
        approvals.grant(self.people["chief"], approval.pk)
        return self

    def announced(self) -> "Story":
        self.approved()
        self.clock.at = "2023-08-22T01:00:00Z"
        announcing.announce(self.people["clerk"], self.row.pk)
        return self

    def sealed(self, stage: str = "firms") -> "Story":
        """Two persons type what needs two, one pastes the beacon; then the seed is recorded."""
        self.clock.at = RANDOMNESS[stage]["recorded_at"]
        typed = evidence(stage)
        for number, source in enumerate(sources(stage)):
            for person in ("clerk", "chief") if source["kind"] == "ssq" else ("clerk",):
                seeding.enter(self.people[person], self.name, number, typed[source["kind"]])
        seeding.seal(self.people["clerk"], self.name)
        return self

    def drawn(self) -> "Story":
        self.announced().sealed()
        drawing.run(self.people["clerk"], self.name)
        return self

    def teams_announced(self) -> "Story":
        self.drawn()
        self.clock.at = "2023-09-12T01:00:00Z"
        self.row.refresh_from_db()
        rounds.name_team_sources(self.people["clerk"], self.row.pk, self.row.version, sources("teams"))
        announcing.announce_teams(self.people["chief"], self.name)
        return self

    def done(self) -> "Story":
        self.teams_announced().sealed("teams")
        drawing.run(self.people["clerk"], self.name)
        return self

    def substituted(self, **request: str) -> str:
        """The clerk asks, the chief grants; returns who comes in."""
        approval = substituting.ask(self.people["clerk"], self.name, request)
        approvals.grant(self.people["chief"], approval.pk)
        return str(folder_of(self.name).steps[-1].read_json("substitution.json")["in"])


@pytest.fixture
def story(county: dict[str, User], clock: Clock) -> Callable[..., Story]:
    """A function that starts a round with its sources and returns it with the means to go on."""

    def start(**more: Any) -> Story:
        row = rounds.start(county["clerk"], PLAN | more)
        row = rounds.change(county["clerk"], row.pk, row.version, {"sources": sources("firms")})
        return Story(county, clock, row)

    return start
