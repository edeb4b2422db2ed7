"""The public form: nothing needed but a text; errors keep what was typed; the tracking code is shown once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from complaints.conftest import NAME, PHONE, TEXT, code_in, filled, later, photo
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.complaints.models import Channel, Report, Sealed
from sunlot.office.complaints.states import State

Send = Callable[..., HttpResponse]


def test_an_anonymous_report_gets_a_number_and_a_code(send: Send) -> None:
    answer = send()
    assert answer.status_code == 200
    assert re.fullmatch(r"([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}", code_in(answer))
    report = Report.objects.get()
    assert (report.number, report.state, report.channel, report.named) == (
        "2023-00001",
        State.RECEIVED,
        Channel.WEB,
        False,
    )
    assert report.firm is not None and report.firm.name == "青禾第3厂"
    assert report.township == report.firm.territory
    assert str(report.due_on) == "2023-08-29"  # seven workdays after a Sunday


def test_the_code_is_told_once_and_only_its_hash_is_kept(send: Send) -> None:
    code = code_in(send())
    report = Report.objects.get()
    assert code not in str(report.__dict__) and code.replace("-", "") not in str(report.__dict__)
    assert len(report.code) == 64


def test_a_name_given_by_an_anonymous_reporter_is_not_kept(send: Send) -> None:
    send(name=NAME, phone=PHONE)
    assert not Sealed.objects.filter(sort="identity").exists()


def test_a_named_report_needs_name_and_telephone(send: Send) -> None:
    answer = send(named="yes", name="", phone="没有")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写姓名" in text and "能联系到您的电话" in text
    assert send(named="yes", name=NAME, phone=PHONE).status_code == 200
    assert Report.objects.get().named


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"text": "太短"}, "至少写 10 个字"),
        ({"consent": ""}, "我已阅读上面的说明"),
        ({"kind": ""}, "反映哪一类问题"),
        ({"answer": "99"}, "得数不对"),
        ({"ticket": "forged"}, "页面已失效"),
        ({"web_address": "http://buy.example"}, "识别机器"),
    ],
)
def test_an_error_says_what_is_wrong_and_keeps_what_was_typed(send: Send, wrong: dict[str, Any], said: str) -> None:
    answer = send(**{"when": "每天夜里", **wrong})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert "青禾第3厂" in text and "二号车间东门" in text and "每天夜里" in text
    assert wrong.get("text", TEXT) in text
    assert not Report.objects.exists()


def test_a_form_returned_at_once_is_a_machine(county: dict[str, User], clock: Clock) -> None:
    client = Client()
    assert "提交得太快" in client.post("/complaints/new/", filled(client)).content.decode()
    data = filled(client)
    later(clock, days=2)
    assert "超过一天" in client.post("/complaints/new/", data).content.decode()
    assert not Report.objects.exists()


def test_a_form_sent_twice_is_one_report(county: dict[str, User], clock: Clock) -> None:
    client = Client()
    data = filled(client)
    later(clock, seconds=30)
    assert client.post("/complaints/new/", data).status_code == 200
    assert "已经提交过" in client.post("/complaints/new/", data).content.decode()
    assert Report.objects.count() == 1


def test_the_sum_may_be_written_in_any_digits() -> None:
    from sunlot.office.complaints.questions import _number

    assert [_number(text) for text in ("12", "１２", "十二", "十", "九", "", "十十", "abc", "3x")] == [
        12,
        12,
        12,
        10,
        9,
        -1,
        -1,
        -1,
        -1,
    ]


def test_photos_come_along_and_wrong_ones_are_told(send: Send) -> None:
    assert send(photos=[photo(), photo()]).status_code == 200
    assert Sealed.objects.filter(sort="photo").count() == 2
    answer = send(photos=[photo(b"GIF89a")])
    assert "只收 JPEG 或 PNG" in answer.content.decode()
    assert "照片需要重新选择" in answer.content.decode()
    assert "不超过 5 张" in send(photos=[photo() for _ in range(6)]).content.decode()
    assert "超过大小限制" in send(photos=[photo(b"\xff\xd8" + b"0" * (10 * 2**20))]).content.decode()
    assert Report.objects.count() == 1


def test_a_firm_by_its_code_or_unknown_is_taken_too(send: Send) -> None:
    send(firm="没有这个厂", text=TEXT + "一")
    assert Report.objects.get().firm is None


def test_a_forged_post_is_refused(county: dict[str, User]) -> None:
    assert Client(enforce_csrf_checks=True).post("/complaints/new/", {"text": TEXT}).status_code == 403


def test_nothing_is_written_to_the_session_or_a_cookie_but_the_form_token(send: Send) -> None:
    client = Client()
    client.get("/complaints/new/")
    assert set(client.cookies) <= {"csrftoken"}
