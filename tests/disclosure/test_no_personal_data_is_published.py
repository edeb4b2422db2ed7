"""Every public page, file and data answer of a fictional county is searched for what the county must not give away."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape

from django.test import Client
from pypdf import PdfReader

from lottery.conftest import Clock, Story
from sunlot.draw.sources import commit_reveal
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.ceremony import services as ceremonies
from sunlot.office.disclosure import tiles
from sunlot.office.disclosure.export import files
from sunlot.office.inspectors import leaves, recusals, staff
from sunlot.office.inspectors.models import Inspector
from sunlot.office.journal import checkpoints
from sunlot.office.journal.models import Event, Opening
from sunlot.office.journal.services import deed
from sunlot.office.lottery import queries, rounds
from sunlot.office.lottery.register import folder_of, register
from sunlot.office.roster.models import Firm
from sunlot.office.roster.snapshots import take_snapshot

AFTER = "2023-11-01T01:00:00Z"
Start = Callable[..., Story]


def fill(people: dict[str, User]) -> dict[str, str]:
    """Give the county personal data of every kind; return each by what it is."""
    secrets = {}
    with deed(by="u/1") as doing:
        for number, firm in enumerate(Firm.objects.order_by("pk")):
            firm.legal_person, firm.phone, firm.note = (
                f"欧阳法{number:02d}",
                f"1395370{number:04d}",
                f"夜里有狗{number:02d}",
            )
            secrets |= {f"法人{number}": firm.legal_person, f"电话{number}": firm.phone, f"备注{number}": firm.note}
            doing.save(firm)
            doing.record("roster.changed", f"firm/{firm.pk}", {"fields": "联系方式"})
    for number, person in enumerate(Inspector.objects.order_by("pk")):
        own = {
            "territory": f"隐居乡{number}号村",
            "phone": f"1865371{number:04d}",
            "birth": f"19{80 + number}-07-0{number + 1}",
        }
        with deed(by="u/1") as doing:
            staff.edit(doing, person.pk, person.version, own, "补登")
        secrets |= {f"{kind} {person.pk}": value for kind, value in own.items()}
    person = Inspector.objects.get(pk="R001")
    leaves.enter(people["clerk"], person, "腰椎间盘突出", date(2023, 9, 20), date(2023, 9, 22))
    User.objects.filter(pk=people["inspector"].pk).update(person="R002")
    user = User.objects.get(pk=people["inspector"].pk)
    row = recusals.declare(user, date(2023, 8, 20), Firm.objects.order_by("pk")[8].pk, "", "kin", "厂长是我岳父")
    assert row.approval
    approvals.grant(people["chief"], row.approval.pk)
    return secrets | {"假": "腰椎间盘突出", "回避": "岳父", "见证人": "东方群众", "理由": "按计划"}


def texts(path: str, body: bytes) -> Iterator[tuple[str, str]]:
    """Yield every text in a file, also of what is packed in it."""
    yield path, unescape(body.decode(errors="ignore"))  # workbooks spell their letters as entities
    if path.endswith(("zip", "xlsx")):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for name in packed.namelist():
                yield from texts(f"{path}!{name}", packed.read(name))
    if path.endswith(".pdf"):
        printed = "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
        yield path, "".join(printed.split())  # lines are broken inside names


def leaks(secrets: dict[str, str]) -> list[str]:
    """Return where a secret is published, nowhere if all is well."""
    return [
        f"{what} in {place}"
        for path, body in files("https://x.example/")
        for place, text in texts(path, body)
        for what, secret in secrets.items()
        if secret in text
    ]


def join(told: Story, name: str) -> None:
    """Somebody comes in and seals a number."""
    told.row = rounds.change(told.people["clerk"], told.row.pk, told.row.version, {"reveal_minutes": 30})
    ceremony = ceremonies.open_ceremony(told.people["clerk"], told.row.pk)
    row, key = ceremonies.join(ceremony, name)
    ceremonies.seal(
        ceremony, row.participant, key, commit_reveal(row.draw_number, row.stage, row.participant, "aaa111")
    )


def test_nothing_personal_stands_anywhere(county: dict[str, User], story: Start, clock: Clock) -> None:
    secrets = fill(county)
    told = story()
    join(told, "东方群众")
    told.announced()
    take_snapshot(county["clerk"], date(2023, 8, 22))
    clock.at = AFTER
    assert leaks(secrets) == []
    typed = Client().get("/public/firms/", {"q": "欧阳法03"}).content.decode()
    assert not any(secret in typed for secret in secrets.values() if secret != "欧阳法03")


def test_nothing_personal_stands_in_a_finished_draw(county: dict[str, User], story: Start, clock: Clock) -> None:
    secrets = fill(county)
    story().done()
    clock.at = AFTER
    checkpoints.sign(register().parent)
    places = [path for path, _ in files()]
    assert any(path.endswith("bag.zip") for path in places) and any(path.endswith("record.pdf") for path in places)
    assert any(path.startswith("log/tile/entries/") for path in places)
    assert leaks(secrets) == []
    salts = {str(opening.value): bytes(opening.salt).hex() for opening in Opening.objects.all()}
    assert leaks(salts) == []


def test_the_search_would_find_what_is_published(county: dict[str, User], story: Start, clock: Clock) -> None:
    """The test itself can fail: what is public by the policy is found, packed files included."""
    told = story().done()
    clock.at = AFTER
    entry = queries.drawn_list(folder_of(told.name))[0]
    found = leaks({"name": str(entry["name"])})
    assert any("bag.zip!" in place for place in found) and any(place.endswith("record.pdf") for place in found)
    assert any("result.xlsx!" in place for place in found) and any("firms/" in place for place in found)


def test_a_leaf_holds_commitments_only(county: dict[str, User]) -> None:
    secrets = fill(county)
    leaves_of_log = "".join(Event.objects.values_list("leaf", flat=True))
    assert [what for what, secret in secrets.items() if secret in leaves_of_log] == []


def test_an_unannounced_round_names_no_firm_before_it_is_opened(
    county: dict[str, User], story: Start, clock: Clock
) -> None:
    told = story(secret=True, title="秘密的暗查名称").done()
    clock.at = AFTER
    checkpoints.sign(register().parent)
    firms = {str(entry["id"]): str(entry["id"]) for entry in queries.drawn_list(folder_of(told.name))}
    names = {f"name {entry['id']}": f"{entry['name']}" for entry in queries.drawn_list(folder_of(told.name))}
    assert leaks(firms | names | {"title": "秘密的暗查名称"}) == []
    assert tiles.kept_back(0) == "secret"
    assert not [
        path
        for path, _ in files()
        if path.startswith(("firms/9", f"draws/{told.name}/files", f"draws/{told.name}/bag"))
    ]
    for address in (
        "files/01-notice/firms.csv",
        "files/03-outcome/outcome.json",
        "bag/data/index.json",
        "bag.zip",
        "drawn.csv",
    ):
        assert Client().get(f"/public/draws/{told.name}/{address}").status_code == 404, address


def test_before_the_visits_no_file_lists_the_drawn(county: dict[str, User], story: Start) -> None:
    told = story().done()
    for address in (
        "files/01-notice/firms.csv",
        "files/03-outcome/outcome.json",
        "files/04-teams-notice/notice.json",
        "bag.zip",
        "drawn.csv",
    ):
        assert Client().get(f"/public/draws/{told.name}/{address}").status_code == 404, address
    drawn = queries.drawn_list(folder_of(told.name))[0]
    page = Client().get(f"/public/firms/{drawn['id']}/").content.decode()
    assert "结果尚未公开" in page and "抽中。" not in page and "签号" not in page
    for address in ("../../../keys/sessions.key", "..%2f..%2fkeys", "files/../../.private/openings.json"):
        assert Client().get(f"/public/draws/{told.name}/files/{address}").status_code == 404, address
