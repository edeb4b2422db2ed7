"""Every public page, file and data answer of a fictional county is searched for what the county must not give away."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from html import unescape

from django.test import Client
from pypdf import PdfReader

from lottery.conftest import Clock, Story
from release.conftest import FINDING, Finish, finish, problem, release  # noqa: F401
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
from sunlot.office.release.approval_kinds import checklist
from sunlot.office.release.asking import ask_correction, ask_withdrawal
from sunlot.office.release.models import Release
from sunlot.office.roster.models import Firm
from sunlot.office.roster.snapshots import take_snapshot
from sunlot.office.visits.models import Visit
from visits.conftest import drawn, item_list, phone_of, ready  # noqa: F401

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
    first = queries.drawn_list(folder_of(told.name))[0]
    page = Client().get(f"/public/firms/{first['id']}/").content.decode()
    assert "结果尚未公开" in page and "抽中。" not in page and "签号" not in page
    for address in ("../../../keys/sessions.key", "..%2f..%2fkeys", "files/../../.private/openings.json"):
        assert Client().get(f"/public/draws/{told.name}/files/{address}").status_code == 404, address


ON_SITE = {
    "summary": "由厂长上官婉清陪同，联系电话 15063712345，微信 sgwq1978",
    "handling": "已告知值班员东方未明",
    "place": "上官婉清家中一楼作坊",
    "notes/AQ-01/1": "电工令狐少侠不在岗",
    "firm/representative": {"name": "上官婉清", "capacity": "site", "phone": "15063712345"},
}
SEEN = {
    "陪同人": "上官婉清",
    "电话": "15063712345",
    "微信": "sgwq1978",
    "值班员": "东方未明",
    "电工": "令狐少侠",
    "签字人": "慕容复生",
    "场所": "一楼作坊",
    "问题原话": "夏侯玄",
}


def test_nothing_personal_of_a_visit_stands_in_its_result(
    county: dict[str, User],
    finish: Finish,  # noqa: F811
    release: Callable[..., Release],  # noqa: F811
    clock: Clock,
) -> None:
    secrets = fill(county) | SEEN
    visit = finish(more=ON_SITE | problem("焊工夏侯玄（18653799999）无证上岗"), signer="慕容复生")
    row = release(visit, {f"{FINDING}/text": "一名焊工无证上岗"})
    clock.at = AFTER
    checkpoints.sign(register().parent)
    assert leaks({"公示用语": "一名焊工无证上岗"}) != [], "the search finds what is published"
    assert any(place.startswith("log/tile/entries/") for place, _ in files())
    assert leaks(secrets | {"焊工电话": "18653799999"}) == []
    asked = ask_correction(county["clerk"], row.pk, {f"{FINDING}/text": "一名焊工没有证书"}, "用语不准确")
    approvals.grant(county["chief"], asked.pk, "", checklist())
    assert leaks(secrets) == []
    asked = ask_withdrawal(county["clerk"], row.pk, "登记错误", date(2023, 11, 1))
    approvals.grant(county["chief"], asked.pk)
    gone = {"公示用语": "一名焊工无证上岗", "更正用语": "一名焊工没有证书"}
    assert leaks(secrets | gone) == []


def test_the_result_of_an_unannounced_visit_stands_nowhere_before_it_is_opened(
    county: dict[str, User],
    finish: Finish,  # noqa: F811
    clock: Clock,
) -> None:
    visit = finish(secret=True)
    clock.at = AFTER
    checkpoints.sign(register().parent)
    assert leaks({"单位": visit.firm_name + "<", "代码": visit.firm_id, "检查": visit.uid}) == []


def test_the_address_of_a_household_business_is_withheld(
    county: dict[str, User],
    finish: Finish,  # noqa: F811
    release: Callable[..., Release],  # noqa: F811
    ready: Callable[..., Visit],  # noqa: F811
) -> None:
    from sunlot.office.release.masking import is_legal_person

    visit = ready()
    Visit.objects.filter(pk=visit.pk).update(firm_address="隐居巷 7 号")
    visit.refresh_from_db()
    release(finish(visit))
    assert leaks({"address": "隐居巷 7 号"}) != []
    assert is_legal_person(visit.firm_id)
    assert not any(
        map(is_legal_person, ("92370830MA3C00011Y", "REG15-370829600012345", "REG13-3708296000123", "ORG9-123"))
    )
