"""A case of the county of tests/lottery, carried from step to step; the clock is held."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from lottery.conftest import Clock, clock, code, county, story  # noqa: F401
from office.conftest import PASSWORD, client_of, people, quick_passwords  # noqa: F401
from sunlot.office.accounts.models import User
from sunlot.office.accounts.services import change_password, open_account
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.bureau import services as bureau
from sunlot.office.cases import deciding, documents, executing, investigating, opening, reviewing, telling
from sunlot.office.cases.investigating import Proposal
from sunlot.office.cases.models import Case

FIRM = code(1)
SMALL = Proposal(
    outcome="penalty",
    facts="东门安全警示标志缺失",
    violated="安全生产法第35条",
    basis="安全生产法第99条第1项",
    discretion="初次违法，按裁量基准一档",
    kinds=("fine",),
    fine=20000,
    demand="补设警示标志",
)


@dataclass
class Way:
    """Carries a case on; every method returns the way itself."""

    people: dict[str, User]
    clock: Clock
    case: Case
    officers: list[User] = field(default_factory=list)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.clock.at[:10])

    def later(self, days: int) -> "Way":
        """Let days pass."""
        self.clock.at = f"{self.day + timedelta(days)}T02:00:00Z"
        return self

    def fresh(self) -> Case:
        self.case.refresh_from_db()
        return self.case

    def granted(self, kind: str, by: str = "chief") -> "Way":
        approval = Approval.objects.filter(kind=kind, state="pending").latest("pk")
        approvals.grant(self.people[by], approval.pk)
        self.fresh()
        return self

    def opened(self) -> "Way":
        return self.granted("cases.open")

    def proposed(self, wanted: Proposal = SMALL, **more: Any) -> "Way":
        if not self.case.evidence.exists():
            investigating.collect(self.officers[0], self.case.pk, "record", "现场检查记录", self.day, "visit/12")
        wanted = Proposal(**(wanted.__dict__ | more))
        investigating.propose(self.officers[0], self.case.pk, self.fresh().version, wanted)
        return self

    def reviewed(self, by: str = "clerk2") -> "Way":
        reviewing.review(self.people[by], self.case.pk, True, "事实清楚，证据充分，适用法律正确")
        self.fresh()
        return self

    def told(self) -> "Way":
        documents.issue_notice(self.people["clerk"], self.case.pk)
        telling.tell(self.officers[0], self.case.pk, self.day, "直接送达，办公室签收")
        self.fresh()
        return self

    def heard(self) -> "Way":
        """The party asks for a hearing, is told of it in time, and it is held."""
        number, chair = self.case.pk, self.people["chief2"].pk
        telling.request_hearing(self.people["clerk"], number, self.day, "书面申请")
        telling.call_hearing(self.people["clerk"], number, self.day, self.day + timedelta(14), "会议室", chair)
        self.later(14)
        telling.hold_hearing(self.people["clerk"], number, self.day, chair, "双方质证完毕", True)
        self.fresh()
        return self

    def discussed(self) -> "Way":
        deciding.discuss(self.people["leading"], self.case.pk, self.day, "局长甲、副局长乙", "同意", True)
        self.fresh()
        return self

    def decided(self, by: str = "chief") -> "Way":
        deciding.ask_decision(self.officers[0], self.case.pk, "期限届满，请批准")
        return self.granted("cases.decide", by)

    def served(self) -> "Way":
        deciding.serve(self.officers[0], self.case.pk, self.day, "直接送达")
        self.fresh()
        return self

    def executed(self) -> "Way":
        executing.pay(self.people["clerk"], self.case.pk, self.day, self.case.fine, "鲁财票 0001")
        executing.execute(self.people["clerk"], self.case.pk, self.day, "已缴清，已改正")
        self.fresh()
        return self

    def closed(self) -> "Way":
        executing.ask_closing(self.officers[0], self.case.pk, "执行完毕")
        return self.granted("cases.close")


@pytest.fixture
def officer_of(people: dict[str, User]) -> Callable[[str], User]:  # noqa: F811
    """A function that returns the account of an inspector by his number."""

    def make(person: str) -> User:
        user = User.objects.filter(person=person).first()
        if user is None:
            name = f"检查员{int(person[1:])}"
            user = open_account("u/console", f"i-{person.lower()}", name, "inspector", PASSWORD, person=person)
            change_password(user, PASSWORD)
        return user

    return make


@pytest.fixture
def reviewer(county: dict[str, User]) -> User:  # noqa: F811
    """The second clerk, who has passed the exam; two persons have entered it."""
    holder = county["clerk2"]
    approval = reviewing.ask_to_qualify(
        county["clerk"], holder.pk, "exam", "A20203700001", date(2020, 3, 1), "承担法制审核"
    )
    approvals.grant(county["chief"], approval.pk)
    return holder


@pytest.fixture
def way(county: dict[str, User], reviewer: User, officer_of: Callable[[str], User], clock: Clock) -> Callable[..., Way]:  # noqa: F811
    """A function that draws up a case of the first firm with R000 and R001 as officers and returns the way it takes."""

    known = {"code": "379921", "name": "青禾县应急管理局", "short": "青", "territories": ""}
    bureau.describe("u/1", known | {"address": "青禾县政务路1号", "telephone": "0537-5550100"})

    def start(**more: Any) -> Way:
        officers = [officer_of("R000"), officer_of("R001")]
        wanted: dict[str, Any] = {
            "firm": FIRM,
            "origin_kind": "visit",
            "origin": "visit/12",
            "found_on": date(2023, 8, 15),
            "cause": "未设置安全警示标志案",
            "facts": "检查发现东门没有警示标志",
            "team": ("R000", "R001"),
            "violated": "安全生产法第35条",
        }
        case = opening.arrange(officers[0], opening.Opening(**(wanted | more)))
        return Way(county, clock, case, officers)

    return start
