"""待办: the next step of every round, blocked while a source is not there yet."""

from collections.abc import Callable

from django.test import Client

from lottery.conftest import Story


def test_each_step_leads_to_the_next(story: Callable[..., Story], client_of: Callable[[str], Client]) -> None:
    told = story()
    page = client_of("clerk").get("/").content.decode()
    assert "下一步：核查与送审" in page
    told.announced()
    page = client_of("clerk").get("/").content.decode()
    assert "等待种子来源产生" in page
    assert "受阻" in page
    told.clock.at = "2023-08-24T01:00:00Z"
    assert "种子来源已产生，请录入" in client_of("clerk").get("/").content.decode()


def test_who_has_no_part_in_it_sees_nothing(story: Callable[..., Story], client_of: Callable[[str], Client]) -> None:
    told = story()
    assert told.row.title not in client_of("system").get("/").content.decode()
