"""A clerk draws a plan up in a browser that runs no script, the leading group approves it, and anybody reads it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe import assert_accessible
from playwright.sync_api import Browser, Page

from browser.conftest import Served, log_in, serve

PASSWORD = "阳光-sunlot-2026"


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """An office with a clerk, a chief, a leader, and an item list in force."""
    from sunlot.office.accounts.services import change_password, open_account
    from sunlot.office.approvals.services import grant
    from sunlot.office.catalog.drafting import draft_from_template
    from sunlot.office.catalog.publishing import ask_publication
    from sunlot.office.journal import checkpoints
    from sunlot.office.start import open_office

    home = tmp_path / "office"
    open_office(home, "")
    checkpoints.open_log(home, "yj.qinghe.example")
    people = {role: open_account("u/console", role, role, role, PASSWORD) for role in ("clerk", "chief", "leading")}
    for person in people.values():
        change_password(person, PASSWORD)
    draft = draft_from_template(people["clerk"])
    grant(people["chief"], ask_publication(people["clerk"], draft.pk, draft.version, date(2025, 1, 15), "首次").pk)
    with serve(home) as url:
        yield Served(url, home, PASSWORD)


def page_of(chromium: Browser, served: Served, username: str) -> Page:
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    if username:
        log_in(page, served, username)
    return page


def add_round(page: Page, **fields: str) -> None:
    page.get_by_role("link", name="增加轮次").first.click()
    for label, text in {"检查事项编号": "AQ-01", "承办机构": "执法大队", **fields}.items():
        box = page.get_by_label(re.compile(rf"^{label}"))
        if label == "类别":
            box.select_option(label=text)
        else:
            box.fill(text)
    if fields.get("类别") == "暗查暗访":
        page.get_by_label("不事先公开").check()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已增加轮次").wait_for()


def test_from_the_todo_line_to_the_public_page(chromium: Browser, served: Served) -> None:
    clerk, leader = page_of(chromium, served, "clerk"), page_of(chromium, served, "leading")
    year = date.today().year
    clerk.get_by_role("link", name=f"{year} 年度计划尚未起草").click()
    clerk.get_by_label(re.compile("^年度")).fill(str(year))
    clerk.get_by_label(re.compile("^编制机关")).fill("青禾县应急管理局")
    clerk.get_by_label(re.compile("^纳入计划执法人员")).fill("8")
    clerk.get_by_role("button", name="起草").click()
    clerk.get_by_label("其他执法：综合监管").fill("1035")
    clerk.get_by_label("非执法：值班").fill("535")
    clerk.get_by_role("button", name="保存").click()
    window = {"开始日期": f"{year}-03-01", "结束日期": f"{year}-11-30"}
    for title in ("第一次双随机抽查", "第二次双随机抽查"):
        add_round(clerk, 名称=title, 检查对象范围="工贸企业", 名录户数="400", 抽查比例="5", **window)
    covert = {"类别": "暗查暗访", "检查对象范围": "零售点", "名录户数": "40", "抽查户数": "4"}
    add_round(clerk, 名称="夜查行动", **covert, **window)
    clerk.get_by_role("link", name="送审").click()
    clerk.get_by_label(re.compile("^理由")).fill("按要求编制")
    clerk.get_by_role("button", name="送审").click()

    leader.goto(served.url)
    leader.get_by_role("link", name=f"批准{year}年度监督检查计划").click()
    leader.get_by_role("button", name="批准").click()

    clerk.goto(served.url)
    clerk.get_by_role("link", name=f"{year}年度监督检查计划待备案").click()
    clerk.get_by_label(re.compile("^备案机关")).fill("市应急管理局")
    clerk.get_by_role("button", name="保存").click()
    clerk.get_by_role("link", name="登记公布").click()
    clerk.get_by_role("button", name="保存").click()

    anybody = page_of(chromium, served, "")
    anybody.goto(f"{served.url}/plan/public/")
    anybody.get_by_role("link", name=f"{year}年度监督检查计划").click()
    assert anybody.get_by_text("1035 天（占").is_visible()
    assert anybody.get_by_text("第二次双随机抽查").first.is_visible()
    assert anybody.get_by_text("另有不事先公开的检查 1 轮，检查 4 户").is_visible()
    assert anybody.get_by_text("夜查行动").count() == 0
    public = chromium.new_page(locale="zh-CN")  # axe is a script
    for width, letters in ((1366, "106.25%"), (320, "212.5%")):
        public.set_viewport_size({"width": width, "height": 768})
        public.goto(f"{served.url}/public/plans/{year}/1/")
        public.evaluate("letters => { document.documentElement.style.fontSize = letters }", letters)
        assert_accessible(public)
    assert public.get_by_text("计划 40 户，已抽中 0 户，已检查 0 户").is_visible()
    public.close()
