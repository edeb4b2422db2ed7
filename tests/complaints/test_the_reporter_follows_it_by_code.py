"""Behind the tracking code: where it stands, what was answered, questions and additions to and fro while nobody knows the reporter."""

from collections.abc import Callable

from django.http import HttpResponse
from django.test import Client

from complaints.conftest import SECRETS, code_in, later, photo
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.complaints import handling, tracking
from sunlot.office.complaints.models import Report, Sealed

Send = Callable[..., HttpResponse]


def ask(code: str, **more: object) -> HttpResponse:
    return Client().post("/complaints/track/", {"code": code, **more})  # type: ignore[arg-type]


def test_a_code_opens_its_report_however_it_is_typed(send: Send) -> None:
    code = code_in(send())
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        text = ask(typed).content.decode()
        assert "举报 2023-00001" in text and "待受理" in text
        assert not any(secret in text for secret in SECRETS)  # whoever finds the code does not find what was reported


def test_a_code_has_eighty_random_bits() -> None:
    assert len(tracking.LETTERS) ** tracking.LENGTH == 2**80
    assert len(set(tracking.LETTERS)) == 32


def test_question_answer_and_photos_go_to_and_fro(send: Send, county: dict[str, User]) -> None:
    code = code_in(send())
    clerk, report = county["clerk"], Report.objects.get()
    handling.take(clerk, report.pk)
    handling.accept(clerk, report.pk, "")
    handling.question(clerk, report.pk, "是哪一台冲床？")
    text = ask(code).content.decode()
    assert "是哪一台冲床？" in text and "已经受理" in text and "已受理" in text
    answer = ask(code, act="add", text="靠窗第三台。", photos=[photo()])
    assert "补充的内容已收到" in answer.content.decode() and "靠窗第三台。" in answer.content.decode()
    assert Report.objects.get().unread
    assert Sealed.objects.filter(sort="photo").count() == 1
    handling.mark_read(clerk, report.pk)
    assert not Report.objects.get().unread


def test_an_empty_or_wrong_addition_keeps_what_was_typed(send: Send) -> None:
    code = code_in(send())
    assert "请填写要补充的情况" in ask(code, act="add", text="").content.decode()
    answer = ask(code, act="add", text="还有一处", photos=[photo(b"GIF89a")])
    assert answer.status_code == 422
    assert "还有一处" in answer.content.decode() and "只收 JPEG 或 PNG" in answer.content.decode()


def test_nothing_is_added_once_all_is_over(send: Send, county: dict[str, User]) -> None:
    code = code_in(send())
    clerk, report = county["clerk"], Report.objects.get()
    handling.take(clerk, report.pk)
    handling.refuse(clerk, report.pk, "no_facts", "请说明是哪台设备。")
    text = ask(code).content.decode()
    assert "不予受理" in text and "请说明是哪台设备" in text and "提交补充" not in text
    assert "已经结束" in ask(code, act="add", text="补充").content.decode()


def test_guessing_ends_after_ten_tries_and_begins_again_after_an_hour(send: Send, clock: Clock) -> None:
    code = code_in(send())
    for _ in range(10):
        assert "没有这个查询码" in ask("AAAA-BBBB-CCCC-DDDD").content.decode()
    assert "输错的次数太多" in ask(code).content.decode()
    later(clock, hours=2)
    assert "举报 2023-00001" in ask(code).content.decode()


def test_the_code_stands_in_no_address(send: Send) -> None:
    code = code_in(send())
    assert Client().get(f"/complaints/track/?code={code}").status_code == 200
    assert "2023-00001" not in Client().get(f"/complaints/track/?code={code}").content.decode()
