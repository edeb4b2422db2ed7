"""The whole work of a year in real browsers, by clicks and typing: four Excel files become rosters, the list and the plan are approved,
a round is drawn with the public randomness of 2023, and what is left is a bag that anybody can verify, and a disc.
"""
# ruff: noqa: F401, F811  (fixtures come in by name)

import re
import time
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from inside import serve_inside
from playwright.sync_api import Browser, Page, expect

from lottery.conftest import RANDOMNESS, Clock, clock, evidence, sources
from office.conftest import PASSWORD, people, quick_passwords
from sqlite_only import office
from sunlot.commands.apart import verify_apart
from sunlot.commands.demo_county import TOWNS, write_office_files
from sunlot.draw.moments import seconds_of
from sunlot.office.journal.audit import audit
from sunlot.office.roster.models import Firm

FIRMS, INSPECTORS = 300, 24


@pytest.fixture(autouse=True)
def one_clock(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's clock stands where the office's stands."""
    from django.utils import timezone

    from sunlot.office.journal.clock import moment

    monkeypatch.setattr(timezone, "now", moment)


class Office:
    """Everybody's window, and the errors of their scripts."""

    def __init__(self, chromium: Browser, url: str, clock: Clock) -> None:
        self.chromium, self.url, self.clock = chromium, url, clock
        self.windows: dict[str, Page] = {}
        self.errors: list[str] = []

    def person(self, username: str) -> Page:
        """Return a person's window at the first page, logged in."""
        page = self.windows.setdefault(username, self._window())
        page.context.clear_cookies()
        page.goto(f"{self.url}/accounts/login/")
        page.get_by_label("用户名").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"{self.url}/")
        return page

    def _window(self) -> Page:
        context = self.chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN")
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda said: self.errors.append(said.text) if "Content Security" in said.text else None)
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def day(self, at: str) -> None:
        """Go on to another day: whoever was logged in has to log in again."""
        self.clock.at = at


@pytest.fixture(autouse=True)
def rules_of_2023(office: Path) -> None:
    """The shipped rules hold from 2026; this office has decided the same for 2023, in a pack of its own."""
    text = (files("sunlot.policy") / "packs" / "county-office-2026.toml").read_text(encoding="utf-8")
    (office / "policy").mkdir()
    (office / "policy" / "2023.toml").write_text(text.replace("2026", "2023"), encoding="utf-8")


@pytest.fixture
def here(chromium: Browser, clock: Clock, people: dict[str, object]) -> Iterator[Office]:
    with serve_inside() as url:
        yield Office(chromium, url, clock)


def menu(page: Page, title: str) -> None:
    page.get_by_role("navigation", name="主菜单").get_by_role("link", name=title, exact=True).click()


def fill(page: Page, **fields: str) -> None:
    for label, text in fields.items():
        page.get_by_label(re.compile(rf"^{label}")).first.fill(text)


def test_from_excel_files_to_a_verified_bag(here: Office, tmp_path: Path) -> None:
    books = write_office_files(tmp_path / "excel", FIRMS, INSPECTORS)
    describe_the_office(here)
    take_in_the_rosters(here, books)
    grant(here, "chief2", "导入回避声明 60 份")
    publish_the_items(here)
    grant(here, "chief", "公布")
    approve_a_plan(here)
    grant(here, "leading", "批准2023年度监督检查计划")
    ask_for_a_round(here)
    grant(here, "chief", "第一次双随机抽查")
    publish_the_notice(here)
    draw(here, "firms")
    publish_the_teams(here)
    draw(here, "teams")
    put_away(here, tmp_path)
    assert audit().findings == []
    assert here.errors == []


def describe_the_office(here: Office) -> None:
    page = here.person("system")
    menu(page, "本机关")
    page.get_by_role("link", name="修改").last.click()
    fill(page, 行政区划代码="379921", 机关名称="青禾县应急管理局", 文号简称="青", 所辖镇街="\n".join(TOWNS))
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("379921")).to_be_visible()


def take_in_the_rosters(here: Office, books: list[Path]) -> None:
    """Firms, inspectors and leaves are the clerk's; recusals the chief's, for they are confidential."""
    firms, inspectors, recusals, leaves = books
    for username, path in (("clerk", firms), ("clerk", inspectors), ("chief", recusals), ("clerk", leaves)):
        page = here.person(username)
        menu(page, "导入")
        page.get_by_role("link", name="上传文件").click()
        page.get_by_label("文件").set_input_files(path)
        page.get_by_role("button", name="上传并试运行").click()
        if path == firms:
            page.get_by_role("link", name="逐行报告").click()
            expect(page.get_by_text("校验").first).to_be_visible()
            page.go_back()
        page.get_by_role("button", name="导入", exact=True).click()
        expect(page.get_by_text("导入已生效。")).to_be_visible()
    assert Firm.objects.filter(listed=True).count() > FIRMS - 10


def grant(here: Office, username: str, title: str) -> None:
    """Grant what the first page says is waiting."""
    page = here.person(username)
    page.get_by_role("main").get_by_role("link", name=title).first.click()
    page.get_by_role("button", name="批准").click()
    expect(page.get_by_text("：已批准。")).to_be_visible()


def publish_the_items(here: Office) -> None:
    page = here.person("clerk")
    page.get_by_role("link", name="公布随机抽查事项清单").click()
    page.get_by_role("button", name="从模板开始").click()
    page.get_by_role("link", name="提交公布").click()
    fill(page, 公布理由="首版清单")
    page.get_by_role("button", name="提交公布").click()


def approve_a_plan(here: Office) -> None:
    page = here.person("clerk")
    menu(page, "年度计划")
    page.get_by_role("link", name="起草年度计划").click()
    fill(page, 年度="2023", 编制机关="青禾县应急管理局", 纳入计划执法人员="24")
    page.get_by_role("button", name="起草").click()
    fill(page, **{"其他执法：综合监管": "1000", "非执法：值班": "500"})
    page.get_by_role("button", name="保存").click()
    for title, first, last, share in (
        ("第一次双随机抽查", "2023-09-18", "2023-10-31", "5"),
        ("第二次双随机抽查", "2023-11-01", "2023-12-20", "95"),
    ):
        page.get_by_role("link", name="增加轮次").first.click()
        fill(
            page, 名称=title, 开始日期=first, 结束日期=last, 检查对象范围="全县在册单位", 名录户数="300", 抽查比例=share
        )
        fill(page, 检查事项编号="AQ-01", 承办机构="执法大队")
        page.get_by_role("button", name="保存").click()
        page.get_by_text("已增加轮次").wait_for()
    page.get_by_role("link", name="送审").click()
    fill(page, 理由="按要求编制")
    page.get_by_role("button", name="送审").click()


def ask_for_a_round(here: Office) -> None:
    """From the plan's own line to the chief's desk."""
    page = here.person("clerk")
    page.get_by_role("link", name=re.compile("第一次双随机抽查 待抽取")).click()
    expect(page.get_by_label("名称")).to_have_value("第一次双随机抽查")
    fill(page, 抽取总户数="12")
    page.get_by_role("button", name="保存，下一步").click()
    name_sources(page, "firms")
    page.get_by_role("button", name="保存，下一步").click()
    expect(page.get_by_text("可以组成", exact=True)).to_be_visible()
    fill(page, 理由="按年度计划")
    page.get_by_role("button", name="固定名录并送审").click()


def name_sources(page: Page, stage: str) -> None:
    lottery, beacon = sources(stage)
    page.locator("#id_s-0-kind").select_option("ssq")
    page.locator("#id_s-0-name").fill(lottery["issue"])
    page.locator("#id_s-0-at").fill(beijing(lottery["known_at"]))
    page.locator("#id_s-1-kind").select_option("drand")
    page.locator("#id_s-1-at").fill(beijing(beacon["known_at"]))


def beijing(at: str) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds_of(at) + 8 * 3600))


def publish_the_notice(here: Office) -> None:
    here.clock.at = "2023-08-22T01:00:00Z"
    page = here.person("clerk")
    page.get_by_role("main").get_by_role("link", name="第一次双随机抽查").first.click()
    page.get_by_role("button", name="发布公告").click()
    expect(page.get_by_text("请立即公布核对码")).to_be_visible()


def draw(here: Office, stage: str) -> None:
    """Two persons type the lottery's numbers, one pastes the beacon, the seed is recorded and the result computed."""
    here.clock.at = RANDOMNESS[stage]["recorded_at"]
    typed = evidence(stage)
    for username in ("clerk", "chief"):
        page = here.person(username)
        page.get_by_role("main").get_by_role("link", name="第一次双随机抽查").first.click()
        page.get_by_label(re.compile("^开奖号码")).fill(typed["ssq"]["numbers"])
        page.get_by_role("button", name="录入", exact=True).first.click()
        expect(page.locator("#messages")).to_contain_text("已录入")
    page.get_by_label(re.compile("^信标签名")).fill(typed["drand"]["signature"])
    page.get_by_role("button", name="录入", exact=True).first.click()
    page.get_by_role("button", name="登记种子").click()
    page.get_by_role("button", name="计算结果").click()
    page.wait_for_url("**/result/")


def publish_the_teams(here: Office) -> None:
    here.clock.at = "2023-09-12T01:00:00Z"
    page = here.person("clerk")
    page.get_by_role("main").get_by_role("link", name="第一次双随机抽查").first.click()
    name_sources(page, "teams")
    page.get_by_role("button", name="保存来源").click()
    expect(page.get_by_text("请另一人发布")).to_be_visible()
    page = here.person("chief")
    page.get_by_role("main").get_by_role("link", name="第一次双随机抽查").first.click()
    page.get_by_role("button", name="发布检查组公告").click()
    expect(page.get_by_text("检查组公告已发布。")).to_be_visible()


def put_away(here: Office, folder: Path) -> None:
    """The bag is downloaded as one file and verified by a process that knows nothing of the office; a disc is made."""
    page = here.person("clerk")
    menu(page, "抽查轮次")
    page.get_by_role("link", name="第一次双随机抽查").click()
    with page.expect_download() as told:
        page.get_by_role("button", name="制作并下载证据包").click()
    told.value.save_as(folder / "bag.zip")
    with zipfile.ZipFile(folder / "bag.zip") as file:
        file.extractall(folder / "unzipped")
    (bag,) = (folder / "unzipped").iterdir()
    assert verify_apart("bag", [str(bag)]) == 0
    page.get_by_role("link", name=re.compile("光盘映像")).click()
    page.get_by_role("button", name="制作证据包和光盘映像").click()
    expect(page.get_by_role("link", name=re.compile("[.]iso$"))).to_have_count(1)
    expect(page.get_by_role("rowheader", name=re.compile("2023-000"))).to_have_count(2)
