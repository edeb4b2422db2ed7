"""A lost beacon: the draw waits, the first page says that it is blocked and what may be done, and nothing can be computed without it."""

from collections.abc import Callable

import pytest
from django.test import Client

from lottery.conftest import Story, evidence, sources
from sunlot.office.lottery import drawing, seeding
from sunlot.office.lottery.models import Draw
from sunlot.office.lottery.register import folder_of
from sunlot.refusal import Refusal


def test_a_beacon_that_never_came(story: Callable[..., Story], client_of: Callable[[str], Client]) -> None:
    told = story().announced()
    told.clock.at = "2023-08-24T01:00:00Z"
    number = next(n for n, source in enumerate(sources("firms")) if source["kind"] == "ssq")
    for person in ("clerk", "chief"):
        seeding.enter(told.people[person], told.name, number, evidence("firms")["ssq"])
    told.clock.at = "2023-08-28T01:00:00Z"
    page = client_of("clerk").get("/").content.decode()
    assert "产生时间已过三天还没有录齐" in page
    assert "drand" in page
    assert "受阻" in page
    seed = client_of("clerk").get(f"/lottery/draws/{told.name}/seed/").content.decode()
    assert seed.count("过几天再查，抽取一直等着") == 1
    assert f'<a href="/lottery/draws/{told.name}/void/">' in seed
    with pytest.raises(Refusal, match="缺一个就要等，不能省略"):
        seeding.seal(told.people["clerk"], told.name)
    with pytest.raises(Refusal):
        drawing.run(told.people["clerk"], told.name)
    assert Draw.objects.get().state == "announced"
    offered = client_of("clerk").get(f"/lottery/draws/{told.name}/void/").content.decode()
    assert "没有产生的来源" in offered


def test_a_beacon_with_a_wrong_signature(story: Callable[..., Story], client_of: Callable[[str], Client]) -> None:
    told = story().announced()
    told.clock.at = "2023-08-24T01:00:00Z"
    number = next(n for n, source in enumerate(sources("firms")) if source["kind"] == "drand")
    forged = "ab" * 48
    answer = client_of("clerk").post(f"/lottery/draws/{told.name}/seed/{number}/", {"signature": forged})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'role="alert"' in page
    assert f'value="{forged}"' in page, "what was typed is lost"
    assert seeding.places(folder_of(told.name))[number].evidence is None
    right = client_of("clerk").post(f"/lottery/draws/{told.name}/seed/{number}/", evidence("firms")["drand"])
    assert right.status_code == 302
