"""The county of tests/lottery with a published item list, and the visits of its first draw."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from catalog.conftest import entry
from lottery.conftest import Clock, Story, clock, county, story  # noqa: F401
from office.conftest import PASSWORD, client_of, people, quick_passwords  # noqa: F401
from sunlot.office.accounts.models import User
from sunlot.office.accounts.services import change_password, open_account
from sunlot.office.approvals import services as approvals
from sunlot.office.catalog.drafting import draft_from_rows
from sunlot.office.catalog.models import ItemList
from sunlot.office.catalog.publishing import ask_publication
from sunlot.office.roster.models import Firm
from sunlot.office.visits.approval_kinds import ask_for_draw
from sunlot.office.visits.making import make_visits
from sunlot.office.visits.models import OFFICERS, Visit
from sunlot.office.visits.steps import notify

NOON, LATER = "2023-09-20T02:00:00Z", "2023-09-20T03:30:00Z"
JPEG = b"\xff\xd8\xff\xe0" + b"sunlot" * 500


@pytest.fixture
def item_list(county: dict[str, User]) -> ItemList:  # noqa: F811
    """A list of two items with three points, in force since January 2023; AQ-02 must always be checked."""
    rows = [
        entry("AQ-01", points=("有无警示标志", "标志是否完好")),
        entry("AQ-02", name="安全生产责任制", basis="安全生产法第4条", points=("是否建立责任制",), mandatory=True),
        entry("ZY-01", enabled=False, disabled_because="由卫生健康部门主管"),
    ]
    draft = draft_from_rows(county["clerk"], rows)
    approval = ask_publication(county["clerk"], draft.pk, draft.version, date(2023, 1, 1), "首次公布")
    approvals.grant(county["chief"], approval.pk)
    return ItemList.objects.get(pk=draft.pk)


@pytest.fixture
def drawn(story: Callable[..., Story], item_list: ItemList) -> Callable[..., Story]:  # noqa: F811
    """A function that carries a round through both stages and makes its visits."""

    def finish(**more: Any) -> Story:
        done = story(**more).done()
        make_visits(done.people["clerk"], done.name)
        return done

    return finish


def visits_of(story: Story) -> list[Visit]:  # noqa: F811
    """Return the visits of a story's draw, by firm."""
    return list(Visit.objects.filter(draw=story.name).order_by("firm_id"))


def replaceable(story: Story) -> Visit:  # noqa: F811
    """Return a story's first visit to a firm of general hazard: the few hazardous ones may all be drawn, which leaves them no reserve."""
    many = Firm.objects.filter(hazard_class="机械").values("pk")
    return Visit.objects.filter(draw=story.name, firm_id__in=many).earliest("firm_id")


@dataclass
class Phone:
    """A device of the field form: it keeps a log of its own, and talks to the office as an inspector."""

    client: Client
    user: User
    device: str = field(default_factory=lambda: str(uuid4()))
    counter: int = 0
    log: list[dict[str, Any]] = field(default_factory=list)

    @property
    def person(self) -> str:
        return str(self.user.person)

    def today(self) -> dict[str, Any]:
        return dict(self.client.get("/visits/api/today/").json())

    def enter(self, name: str, value: Any, over: list[str] | None = None, at: str = NOON) -> dict[str, Any]:
        """Return a new change, kept in the log and not yet sent."""
        self.counter += 1
        change = {
            "id": str(uuid4()),
            "field": name,
            "value": value,
            "over": over or [],
            "device": self.device,
            "counter": self.counter,
            "at": at,
            "stamp": "",
        }
        self.log.append(change)
        return change

    def post(self, uid: str, what: str, body: Any) -> HttpResponse:
        return self.client.post(f"/visits/api/{uid}/{what}/", json.dumps(body), content_type="application/json")

    def send(self, uid: str, changes: list[dict[str, Any]] | None = None) -> dict[str, Any]:
        """Send changes, by default the whole log, and return the answer."""
        return dict(self.post(uid, "changes", {"changes": self.log if changes is None else changes}).json())

    def upload(self, uid: str, data: bytes) -> dict[str, Any]:
        digest = sha256(data).hexdigest()
        url = f"/visits/api/{uid}/photos/{digest}/?offset=0&size={len(data)}"
        return dict(self.client.post(url, data, content_type="application/octet-stream").json())


@pytest.fixture
def phone_of(people: dict[str, User]) -> Callable[[str], Phone]:  # noqa: F811
    """A function that returns the phone of an inspector by his number; his account is made on first use."""

    def make(person: str) -> Phone:
        user = User.objects.filter(person=person).first() or open_account(
            "u/console", f"i-{person.lower()}", f"检查员{person}", "inspector", PASSWORD, person=person
        )
        change_password(user, PASSWORD)
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return Phone(client, user)

    return make


@pytest.fixture
def ready(drawn: Callable[..., Story], clock: Clock) -> Callable[..., Visit]:  # noqa: F811
    """A function that returns a drawn visit, approved and the firm notified, on its day.

    The firm has a reserve.
    """

    def make(**more: Any) -> Visit:
        story = drawn(**more)  # noqa: F811
        approval = ask_for_draw(story.people["clerk"], story.name, "按计划实施")
        approvals.grant(story.people["chief"], approval.pk)
        visit = replaceable(story)
        if not visit.secret:
            notify(story.people["clerk"], [visit.pk], "电话通知办公室")
        clock.at = "2023-09-20T04:00:00Z"
        return Visit.objects.get(pk=visit.pk)

    return make


def officers(visit: Visit) -> list[str]:
    """Return the numbers of those who go."""
    rows = visit.team.filter(out=False, part__in=OFFICERS).order_by("inspector_id")
    return list(rows.values_list("inspector_id", flat=True))


def fill(phones: list[Phone], visit: Visit, photo: bytes = JPEG, outcome: str = "no_problem") -> None:
    """Let the team enter a whole record without problems; nothing is sent yet."""
    for phone in phones:
        phone.enter(f"checkin/{phone.person}", {"pledge": True})
    first = phones[0]
    for point in ("AQ-01/1", "AQ-01/2", "AQ-02/1"):
        first.enter(f"answers/{point}", "pass")
    facts = {"size": len(photo), "media": "image/jpeg", "taken": NOON, "of": "answers/AQ-01/1", "caption": "大门"}
    first.enter(f"photos/{sha256(photo).hexdigest()}", facts)
    texts = {"place": "一车间", "summary": "查看现场和台账", "handling": "无需处理", "outcome": outcome}
    for name, value in {**texts, "times/arrived": NOON, "times/left": LATER, "methods": ["onsite"]}.items():
        first.enter(name, value)


def record_text(phone: Phone, visit: Visit, log: list[dict[str, Any]], edition: int = 1) -> str:
    """Return the record as a phone makes it, by its own means: plain sorting, and JSON with sorted keys."""
    own = next(one for one in phone.today()["visits"] if one["uid"] == visit.uid)
    winners: dict[str, dict[str, Any]] = {}
    for change in log:
        now = winners.get(change["field"])
        rank = (change["counter"], change["device"], change["id"])
        if now is None or rank > (now["counter"], now["device"], now["id"]):
            winners[change["field"]] = change
    body = {
        "format": "sunlot/1 visit record",
        "frame": own["frame"],
        "edition": edition,
        "changes": sorted(change["id"] for change in log),
        "sheet": {name: one["value"] for name, one in winners.items() if one["value"] is not None},
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def signature(who: str, inspector: str = "", name: str = "", capacity: str = "") -> dict[str, str]:
    """Return a signature drawn on screen."""
    path = "M10 10L20 20L30 10L40 20"
    return {
        "id": str(uuid4()),
        "who": who,
        "inspector": inspector,
        "name": name,
        "capacity": capacity,
        "path": path,
        "at": LATER,
    }
