"""The same way in pages: what each shows, and that nothing typed is lost."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client

from lottery.conftest import PLAN, Story, evidence, sources
from sunlot.commands.apart import verify_apart
from sunlot.office.lottery.forms.sources import SourceSet, suggested
from sunlot.office.lottery.models import Round

AT = {"ssq": "2023-08-22T21:15"}


def test_a_clerk_plans_names_sources_and_asks(county: object, client_of: Callable[[str], Client]) -> None:
    clerk = client_of("clerk")
    answer = clerk.post("/lottery/new/", {**PLAN, "pack": "county-2026", "version": 1})
    assert answer.status_code == 302, answer.content.decode()
    row = Round.objects.get()
    lines = {"s-TOTAL_FORMS": 4, "s-INITIAL_FORMS": 0, "s-MIN_NUM_FORMS": 4, "s-MAX_NUM_FORMS": 6}
    lines |= {"version": row.version, "reveal_minutes": 0}
    bad = clerk.post(
        f"/lottery/rounds/{row.pk}/sources/", lines | {"s-0-kind": "3d", "s-0-name": "2023222", "s-0-at": AT["ssq"]}
    )
    assert bad.status_code == 422
    assert "不足 24 位" in bad.content.decode()
    assert "2023222" in bad.content.decode()
    good = lines | {
        "s-0-kind": "ssq",
        "s-0-name": "2023097",
        "s-0-at": AT["ssq"],
        "s-1-kind": "drand",
        "s-1-at": "2023-08-23T08:00",
    }
    assert clerk.post(f"/lottery/rounds/{row.pk}/sources/", good).status_code == 302
    row.refresh_from_db()
    assert [source["kind"] for source in row.sources] == ["ssq", "drand"]
    page = clerk.get(f"/lottery/rounds/{row.pk}/check/").content.decode()
    assert "都能组成" in page
    assert "经营状态不在范围" in page
    asked = clerk.post(f"/lottery/rounds/{row.pk}/check/", {"act": "ask", "version": row.version, "reason": "按计划"})
    assert asked.status_code == 302
    assert asked["Location"].startswith("/approvals/")


def test_the_next_lottery_and_a_beacon_after_it_are_offered_and_taken_as_they_stand(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story()
    Round.objects.update(sources=[])
    clerk, address = client_of("clerk"), f"/lottery/rounds/{told.row.pk}/sources/"
    page = clerk.get(address).content.decode()
    assert "已按开奖日程预填" in page
    assert 'value="2023097"' in page
    formset: Any = SourceSet(initial=suggested(), prefix="s")
    lines = {f"{form.prefix}-{name}": form[name].value() or "" for form in formset for name in form.fields}
    assert (lines["s-0-kind"], lines["s-0-name"]) == ("ssq", "2023097")
    lines |= {f"s-{name}": value for name, value in formset.management_form.initial.items()}
    assert clerk.post(address, lines | {"version": Round.objects.get().version}).status_code == 302
    told.row.refresh_from_db()
    assert [source["kind"] for source in told.row.sources] == ["ssq", "drand"]
    assert told.row.sources[0]["known_at"] == "2023-08-22T13:15:00Z"
    assert "已按开奖日程预填" not in clerk.get(address).content.decode()


def test_every_page_of_a_finished_round_opens_and_the_bag_verifies(
    story: Callable[..., Story], client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    told = story().done()
    clerk = client_of("clerk")
    for page in ("", "seed/", "result/", "teams/", "archive/", "explain/", "substitute/", "void/"):
        assert clerk.get(f"/lottery/draws/{told.name}/{page}").status_code == 200, page
    result = clerk.get(f"/lottery/draws/{told.name}/result/").content.decode()
    assert f"/lottery/draws/{told.name}/archive/teams-outcome/result.xlsx" in result
    for stage in ("outcome", "teams-outcome"):
        for file in ("record.pdf", "result.xlsx"):
            assert clerk.get(f"/lottery/draws/{told.name}/archive/{stage}/{file}").status_code == 200
    data = clerk.post(f"/lottery/draws/{told.name}/bag/").content
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        file.extractall(tmp_path)
    (bag,) = [path for path in tmp_path.iterdir() if path.is_dir() and path.name != "office"]
    assert verify_apart("bag", [str(bag)]) == 0


def test_a_person_sees_the_other_entry_only_after_his_own(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story().announced()
    told.clock.at = "2023-08-24T01:00:00Z"
    place = next(n for n, source in enumerate(sources("firms")) if source["kind"] == "ssq")
    numbers = evidence("firms")["ssq"]["numbers"]
    client_of("clerk").post(f"/lottery/draws/{told.name}/seed/{place}/", {"numbers": numbers})
    assert "01,09,14" not in client_of("chief").get(f"/lottery/draws/{told.name}/seed/").content.decode()
    client_of("chief").post(f"/lottery/draws/{told.name}/seed/{place}/", {"numbers": numbers})
    assert "01,09,14" in client_of("chief").get(f"/lottery/draws/{told.name}/seed/").content.decode()


def test_what_was_typed_wrong_stays_in_the_field(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story().announced()
    told.clock.at = "2023-08-24T01:00:00Z"
    place = next(n for n, source in enumerate(sources("firms")) if source["kind"] == "ssq")
    answer = client_of("clerk").post(f"/lottery/draws/{told.name}/seed/{place}/", {"numbers": "1 2 3"})
    assert answer.status_code == 409
    assert 'value="1 2 3"' in answer.content.decode()


def test_a_supervisor_reads_everything_and_changes_nothing(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story().drawn()
    watcher = client_of("supervisor")
    assert watcher.get(f"/lottery/rounds/{told.row.pk}/plan/").status_code == 200
    for page in (
        f"rounds/{told.row.pk}/plan/",
        f"rounds/{told.row.pk}/announce/",
        f"draws/{told.name}/run/",
        f"draws/{told.name}/teams/",
    ):
        assert watcher.post(f"/lottery/{page}", {"version": 1}).status_code == 403, page


def test_discs_are_made_downloaded_and_followed_from_the_page(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    from sunlot.office.lottery.models import Disc

    told = story().done()
    clerk, address = client_of("clerk"), f"/lottery/draws/{told.name}/discs/"
    assert clerk.post(f"{address}make/", {"size": "cd"}).status_code == 302
    page = clerk.get(address).content.decode()
    assert ".iso" in page
    first, second = Disc.objects.order_by("seal")
    assert clerk.post(f"{address}{first.seal}/", {"act": "burned", "people": "张三、李四"}).status_code == 302
    first.refresh_from_db()
    assert (first.state, first.burned_by) == ("burned", "张三、李四")
    refused = clerk.post(f"{address}{second.seal}/", {"act": "reread", "people": "张三", "drive": "/etc/passwd"})
    assert refused.status_code == 409
    assert "光驱写作" in refused.content.decode()
    assert clerk.get(f"{address}file/../../office.sqlite3").status_code == 404
