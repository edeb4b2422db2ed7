"""The field form in a real Chromium: loaded once, used without a network, killed, handed in through broken connections, by two phones at once."""
# ruff: noqa: F401, F811  (fixtures come in by name)

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from inside import serve_inside
from phones import Officer, Town, at_the_office, entered, photo
from playwright.sync_api import Browser, expect

from lottery.conftest import Clock, Story, clock, county, story
from office.conftest import PASSWORD, client_of, people, quick_passwords
from sqlite_only import office
from sunlot.office.visits import photos, seals
from sunlot.office.visits.models import Change, Photo, Record, Visit
from visits.conftest import Phone, drawn, item_list, officers, phone_of, ready


@pytest.fixture
def town(
    chromium: Browser, ready: Callable[..., Visit], phone_of: Callable[[str], Phone], tmp_path: Path
) -> Iterator[Town]:
    visit = ready()
    names = {person: phone_of(person).user.username for person in officers(visit)}
    with serve_inside() as url:
        town = Town(chromium, url, visit, names, PASSWORD, tmp_path)
        yield town
        assert town.errors == []


def test_a_whole_record_is_entered_without_a_network_and_survives_a_killed_tab(town: Town) -> None:
    first, _ = town.officers()
    first.offline()
    first.check_in()
    first.answer("AQ-01/1", "合格")
    first.answer("AQ-01/2", "不合格")
    first.finding("AQ-01/2", "东门标志脱落", "一般", photo(first.page, town.folder / "sign.jpg", 2400, 1800))
    first.answer("AQ-02/1", "合格")
    first.facts("发现问题待后续处理")
    first.shoot("facts", photo(first.page, town.folder / "yard.jpg", 800, 600))
    words = first.page.get_by_label("照片 1 的说明（可不填）")
    words.fill("厂区大门")
    words.blur()
    expect(first.page.locator("#state")).to_contain_text("已存在手机 · 待上传")
    assert "厂区大门" in [
        value["caption"] for value in first.fields().values() if isinstance(value, dict) and "caption" in value
    ]
    before = first.fields()
    assert len([field for field in before if field.startswith("photos/")]) >= 2
    assert not Change.objects.exists()

    first.reload()
    assert first.fields() == before

    first.open("facts")
    first.page.get_by_label("检查情况", exact=True).press_sequentially("，又查了仓库")
    # Until the phone says so it is still writing.
    expect(first.page.locator("#state")).to_contain_text("已存在手机")
    first.kill()
    first.start()
    assert str(first.fields()["summary"]).endswith("，又查了仓库")
    expect(first.page.locator("#state")).to_contain_text("已存在手机")

    entered = first.fields()
    first.online()
    first.handed_in()
    assert at_the_office(town.visit) == entered
    for row in Photo.objects.all():
        assert sha256(photos.bytes_of(row)).hexdigest() == row.sha256
        assert b"Exif" not in photos.bytes_of(row)
    assert Photo.objects.count() == 2


def test_both_check_in_read_to_the_end_and_sign(town: Town) -> None:
    first, second = town.officers()
    entered(first, second)
    first.offline()
    first.make_record()
    sign = first.page.get_by_role("button", name=f"{first.name} 签字")
    expect(sign).to_be_disabled()
    first.read_to_the_end()
    expect(sign).to_be_enabled()
    done = first.page.get_by_role("button", name="完成签字")
    first.sign_with(second)
    expect(done).to_be_disabled()
    first.sign_for_the_firm()
    box = first.page.locator(".seal")
    box.locator("label", has_text="印章未带到现场").click()
    for seed in (3, 4):  # blurred, and again
        box.locator("input[type=file]").set_input_files(photo(first.page, town.folder / "seal.jpg", 640, 480, seed))
        expect(box.get_by_role("img", name="企业公章照片")).to_be_visible()
    first.reload()
    first.read_to_the_end()
    expect(box.get_by_role("img", name="企业公章照片")).to_be_visible()
    done.click()
    expect(first.page.locator("main")).to_contain_text("已存在手机，联网后自动上传")
    assert not Record.objects.exists()
    first.online()
    first.handed_in()
    expect(first.page.locator("main")).to_contain_text("已上传，办公室已收下")
    record = Record.objects.get()
    assert Visit.objects.get(pk=town.visit.pk).state == "done"
    assert sha256(record.body.encode()).hexdigest() == record.sha256
    assert json.loads(record.body)["sheet"] == at_the_office(town.visit)
    assert sorted(record.signatures.values_list("who", flat=True)) == ["firm", "officer", "officer"]
    assert record.seal.record_sha256 == record.sha256 and record.seal.sha256 not in record.body
    assert seals.picture_of(record.seal).startswith(b"\xff\xd8") and Photo.objects.count() == 2
    first.open("facts")
    expect(first.page.get_by_label("检查情况", exact=True)).to_be_disabled()


def test_the_firm_refuses_and_a_witness_signs(town: Town) -> None:
    first, second = town.officers()
    entered(first, second)
    first.make_record()
    first.read_to_the_end()
    first.sign_with(second)
    first.page.get_by_role("button", name="企业不签字或无法签字").click()
    first.page.locator("label", has_text="现场负责人拒绝签字").click()
    done = first.page.get_by_role("button", name="完成签字")
    expect(done).to_be_disabled()  # neither a witness nor why there is none
    first.page.get_by_role("button", name="在场人员不愿作证").click()
    expect(done).to_be_enabled()
    first.page.get_by_label("情况说明").fill("")
    first.page.get_by_label("情况说明").blur()
    expect(done).to_be_disabled()
    first.page.get_by_label("见证人姓名").fill("居委会李某")
    first.sign("居委会李某")
    first.page.locator(".seal label", has_text="企业不愿盖章").click()
    done.click()
    first.handed_in()
    record = Record.objects.get()
    assert (record.seal.reason, record.seal.sha256) == ("企业不愿盖章", "")
    assert (record.refusal, Visit.objects.get(pk=town.visit.pk).state) == ("refused", "refused")
    assert record.signatures.filter(who="witness").count() == 1


def test_a_change_after_the_record_was_made_needs_new_signatures(town: Town) -> None:
    first, second = town.officers()
    entered(first, second)
    first.make_record()
    first.read_to_the_end()
    first.sign(first.name)
    first.open("facts")
    first.type("检查场所", "二车间")
    first.open("sign")
    expect(first.page.get_by_role("alert").first).to_contain_text("内容又有改动")
    first.page.get_by_role("button", name="按现在的内容重新形成").click()
    expect(first.page.get_by_role("region", name="检查记录全文")).to_contain_text("二车间")
    expect(first.page.locator(".trace")).to_have_count(0)


def test_three_broken_connections_and_a_half_sent_photo_lose_and_double_nothing(town: Town) -> None:
    first, _ = town.officers()
    first.offline()
    first.fill("未发现问题", large=True)
    entered = first.fields()
    drops = first.drop_connections(3)
    first.online()
    first.handed_in(timeout=60_000)
    assert drops["left"] == 0
    assert at_the_office(town.visit) == entered
    assert Change.objects.count() == first.count()
    assert Photo.objects.count() == 1 and Photo.objects.get().size > 2 * 256 * 1024


def test_two_phones_on_one_visit_meet(town: Town) -> None:
    first, second = town.officers()
    for officer in (first, second):
        officer.offline()
        officer.check_in()
    first.answer("AQ-01/1", "合格")
    second.answer("AQ-01/1", "不适用")
    first.type("检查场所", "一车间", step="facts")
    second.hazard("院内电线裸露", "重大")
    first.hazard("消防通道堵塞", "一般")
    for officer in (first, second, first):
        officer.online()
        officer.handed_in()
    assert first.fields() == second.fields() == at_the_office(town.visit)
    texts = {value for field, value in at_the_office(town.visit).items() if field.endswith("/text")}
    assert texts == {"院内电线裸露", "消防通道堵塞"}
    first.open("check")
    box = first.point("AQ-01/1").get_by_role("group", name="要点 AQ-01/1 的结果")
    expect(box.locator(".parallel")).to_contain_text("同时填了")
    box.get_by_role("button", name="保留现在的").click()
    expect(box.locator(".parallel")).to_be_empty()
    first.handed_in()
    second.handed_in()
    second.open("check")
    expect(second.point("AQ-01/1").locator(".parallel").first).to_be_empty()


def test_a_server_restored_from_a_backup_is_given_everything_again(town: Town) -> None:
    first, _ = town.officers()
    first.fill("未发现问题")
    first.handed_in()
    entered = at_the_office(town.visit)
    kept = list(Change.objects.order_by("counter").values_list("pk", flat=True))[:3]
    Change.objects.exclude(pk__in=kept).delete()
    for row in Photo.objects.all():
        photos.path_of(row.sha256).unlink()
    Photo.objects.all().delete()
    first.handed_in()
    assert at_the_office(town.visit) == entered
    assert Photo.objects.count() == 1


def test_a_session_that_ended_loses_nothing(town: Town) -> None:
    first, _ = town.officers()
    first.answer("AQ-01/1", "合格")
    first.page.context.clear_cookies()
    first.answer("AQ-02/1", "合格")
    expect(first.page.locator("#state")).to_contain_text("须重新登录", timeout=10_000)
    first.page.get_by_role("button", name="登录").click()
    first.log_in()
    first.handed_in()
    assert {"answers/AQ-01/1", "answers/AQ-02/1"} <= at_the_office(town.visit).keys()


def test_a_clock_that_is_wrong_is_told_and_times_that_cannot_be_are_not_signed(town: Town) -> None:
    first, second = town.officers()
    second.check_in()
    second.handed_in()
    first.fill("未发现问题")
    first.context.clock.set_fixed_time("2023-09-20T05:30:00Z")
    first.handed_in()
    expect(first.page.locator("#notices")).to_contain_text("手机时钟比办公室快 90 分钟")
    first.page.get_by_role("button", name="记为现在").click()
    first.open("sign")
    expect(first.page.locator(".gaps")).to_contain_text("到达时间或离开时间在将来")
    first.open("facts")
    first.page.get_by_label("离开时间", exact=True).fill("2023-09-20T11:00")
    first.page.get_by_label("离开时间", exact=True).blur()
    first.open("sign")
    expect(first.page.locator(".gaps")).to_contain_text("离开时间早于到达时间")
