"""One part of the work that cannot say what is due keeps nobody from the rest: the first page opens and names what is wrong."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from sunlot.office.plan import todo
from sunlot.refusal import Refusal


def test_a_part_that_refuses_becomes_a_line(
    client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Iterator[Any]:
        raise Refusal("no_such_rule", "没有生效的规则“某规则”，请在政策包中补充。")
        yield

    monkeypatch.setattr(todo, "todos", broken)
    answer = client_of("clerk").get("/")
    assert answer.status_code == 200
    assert "没有生效的规则“某规则”" in answer.content.decode()
    assert "公布随机抽查事项清单" in answer.content.decode()


def test_a_part_that_breaks_becomes_a_line_and_is_in_the_running_log(
    client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> Iterator[Any]:
        raise ZeroDivisionError
        yield

    monkeypatch.setattr(todo, "todos", broken)
    answer = client_of("clerk").get("/")
    assert answer.status_code == 200
    assert "程序出错，已记入运行日志" in answer.content.decode() and "公布随机抽查事项清单" in answer.content.decode()
    assert "the things to do of plan" in caplog.text and "ZeroDivisionError" in caplog.text
