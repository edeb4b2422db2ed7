"""The public pages of results: the permanent page with its hash in the log, lists that need no script, search, feed, data, meters."""

import json
from collections.abc import Callable
from hashlib import sha256
from xml.etree import ElementTree

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lottery.conftest import Clock
from release.conftest import Finish, problem
from sunlot.office.disclosure.registry import every
from sunlot.office.journal.models import Event
from sunlot.office.release.models import Edition, Release

Give = Callable[..., Release]
Read = Callable[[str], str]


def test_a_release_is_seen_at_once(finish: Finish, release: Give, read: Read) -> None:
    visit = finish(more=problem("安全出口堵塞"))
    assert "还没有公示" in read("results/") and "2023-00001" not in read("")
    release(visit)
    for address in (
        "",
        "results/",
        "results/2023-00001/",
        f"draws/{visit.draw}/results.html",
        f"firms/{visit.firm_id}/",
    ):
        assert "2023-00001" in read(address), address
    page = read("results/2023-00001/")
    assert visit.firm_name in page and "安全出口堵塞（" in page
    assert "尚未锚定" in page and "逾期" not in page


def test_the_text_of_an_edition_has_the_hash_that_stands_in_the_log(finish: Finish, release: Give, read: Read) -> None:
    release(finish())
    body = Client().get("/public/results/2023-00001/1.json").content
    data = json.loads(read("results/2023-00001/release.json"))
    (edition,) = data["editions"]
    assert sha256(body).hexdigest() == edition["sha256"]
    assert json.loads(Event.objects.get(seq=edition["seq"]).leaf)["pub"]["digest"] == edition["sha256"]
    assert data["record"] == json.loads(body)


def test_an_edited_result_is_exposed(finish: Finish, release: Give, read: Read) -> None:
    release(finish())
    assert "与日志登记不符" not in read("results/2023-00001/")
    edition = Edition.objects.get()
    forged = edition.body.replace("未发现问题", "发现问题")
    Edition.objects.update(body=forged, sha256=sha256(forged.encode()).hexdigest())
    with_new_minute = Client().get("/public/results/2023-00001/", {"again": "1"}).content.decode()
    assert "与日志登记不符" in with_new_minute
    Edition.objects.update(sha256=edition.sha256)
    assert "与日志登记不符" in Client().get("/public/results/2023-00001/", {"again": "2"}).content.decode()


def test_search_forgives_typing_errors(finish: Finish, release: Give, read: Read) -> None:
    visit = finish()
    release(visit)
    for typed in (
        visit.firm_id,
        visit.firm_id.replace("0", "O", 1),
        visit.firm_name,
        visit.firm_name[:-1] + "场",
        "2023-00001",
    ):
        assert (
            "查到的公示" in read(f"results/?q={typed}")
            and "2023-00001/" in read(f"results/?q={typed}").split("最近公示")[0]
        ), typed
    assert "没有与此相近的公示" in read("results/?q=完全不同的单位名称")


def test_lists_by_day_month_township_and_item_need_no_script(finish: Finish, release: Give, read: Read) -> None:
    visit = finish()
    release(visit)
    front = read("results/")
    assert (
        "day/2023-09-20/1.html" in front
        and "on/2023-09/1.html" in front
        and visit.firm.territory in front
        and "AQ-02 安全生产责任制" in front
    )
    for pages in every():
        if pages.pattern.startswith("results/{by}"):
            addresses = [pages.path(**parts) for parts in pages.parts()]
    assert len(addresses) == 5
    for address in addresses:
        assert visit.firm_name in read(address) and visit.firm_name in read(f"en/{address}")


def test_the_draw_says_how_far_its_results_are(finish: Finish, release: Give, read: Read, clock: Clock) -> None:
    visit = finish()
    assert "1 件已办结、待公示" in read(f"draws/{visit.draw}/")
    clock.at = "2023-11-01T01:00:00Z"
    late = read(f"draws/{visit.draw}/results.html")
    assert "逾期：应于 2023-10-24 前公示" in late and "还没有检查结果" in late and "其中逾期 1 件" in read("")
    release(visit)
    after = read(f"draws/{visit.draw}/results.html")
    assert "应于 2023-10-24 前公示" not in after and "逾期公示" in after


def test_before_the_list_opens_only_released_results_stand_on_the_draw(
    finish: Finish, release: Give, read: Read
) -> None:
    visit = finish()
    page = read(f"draws/{visit.draw}/results.html")
    assert visit.firm_name not in page and "抽中名单还没有公开" in page
    release(visit)
    assert visit.firm_name in read(f"draws/{visit.draw}/results.html")


def test_the_feed_tells_of_a_release(finish: Finish, release: Give, read: Read) -> None:
    visit = finish()
    release(visit)
    space = {"a": "http://www.w3.org/2005/Atom"}
    first = ElementTree.fromstring(read("feed.atom")).findall("a:entry", space)[0]
    assert "公示抽查结果 2023-00001" in first.findtext("a:title", "", space)
    assert first.findtext("a:summary", "", space) == visit.firm_name


def test_the_data_say_what_the_pages_say(finish: Finish, release: Give, read: Read) -> None:
    visit = finish()
    release(visit)
    data = json.loads(read("results/index.json"))
    assert data["counts"] == {"released": 1, "behind": 0, "withdrawn": 0, "waiting": 0, "late": 0}
    assert data["releases"][0]["record"]["credit_code"] == visit.firm_id
    head, line, *_ = read("results/index.csv").splitlines()
    assert dict(zip(head.split(","), line.split(","), strict=True))["firm_name"] == visit.firm_name
    facts = json.loads(
        read("results/2023-00001/").split('<script type="application/ld+json">')[1].split("</script>")[0]
    )
    assert facts["about"]["identifier"] == visit.firm_id and facts["url"].endswith("/results/2023-00001/")


def test_what_there_is_not_is_not_found(finish: Finish, release: Give) -> None:
    release(finish())
    for address in (
        "2023-00002/",
        "2023-1/",
        "x/",
        "2023-00001/2.json",
        "on/2023-09/2.html",
        "on/2022-01/1.html",
        "by/x/1.html",
    ):
        assert Client().get(f"/public/results/{address}").status_code == 404, address


def test_one_result_takes_a_fixed_number_of_queries(finish: Finish, release: Give, read: Read) -> None:
    release(finish())
    read("results/2023-00001/")
    Client().get("/public/")
    with CaptureQueriesContext(connection) as asked:
        Client().get("/public/results/2023-00001/", {"again": "1"})
    assert len(asked) <= 12
