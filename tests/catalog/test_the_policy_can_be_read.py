"""Every rule in force on a day with its source; what no source confirms is marked; which layer tightened what; the office's own pack."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.test import Client

from catalog.conftest import Publish, entry
from sunlot.office.accounts.models import User
from sunlot.office.catalog.drafting import draft_from_rows
from sunlot.office.catalog.policies import office_policy
from sunlot.office.catalog.todo import todos
from sunlot.policy.in_force import policy_in_force
from sunlot.policy.vocabulary import RULES

ClientOf = Callable[[str], Client]
OWN = """
[pack]
name = "own"
title = "某县规则"
layer = "county"
valid_from = 2026-01-01

[[rule]]
name = "plan.random_share"
value = [{share}, 10]
source = "某县双随机实施细则第6条"
certainty = "confirmed"
"""


def page(client_of: ClientOf, address: str = "", role: str = "supervisor") -> str:
    answer = client_of(role).get(f"/catalog/policy/{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def own_pack(office: Path, share: int) -> None:
    (office / "policy").mkdir()
    (office / "policy" / "own.toml").write_text(OWN.format(share=share), encoding="utf-8")


def test_every_rule_stands_there_with_its_source(client_of: ClientOf) -> None:
    day = date(2026, 11, 25)
    shown = page(client_of, f"?day={day}")
    for name, rule in policy_in_force(day).rules.items():
        assert f'id="{name}"' in shown
        assert rule.source in shown.replace("&#x27;", "'")


def test_what_no_source_confirms_is_marked_and_can_be_shown_alone(client_of: ClientOf) -> None:
    unsure = policy_in_force(date(2026, 11, 25)).unsure()
    shown = page(client_of, "?day=2026-11-25")
    assert shown.count('<span class="tag warn">未经证实</span>') == len(unsure)
    alone = page(client_of, "?day=2026-11-25&unsure=1")
    assert re.findall('<tr id="(.*?)"', alone) == [rule.name for rule in unsure]


def test_the_day_decides(client_of: ClientOf) -> None:
    assert 'id="visit.caps"' not in page(client_of, "?day=2025-06-30")
    assert 'id="visit.caps"' in page(client_of, "?day=2025-07-01")


def test_a_day_that_is_none_is_said(client_of: ClientOf) -> None:
    assert "日期看不懂" in page(client_of, "?day=明天")


def test_a_lower_layer_that_tightens_is_named(office: Path, client_of: ClientOf) -> None:
    own_pack(office, 5)
    shown = page(client_of, "?day=2026-11-25")
    line = shown[shown.index('id="plan.random_share"') :]
    assert "50%" in line[:400]
    assert "收紧" in line[:2000]
    assert "某县双随机实施细则第6条" in line[:2000]
    assert "某县规则" in page(client_of, "packs/")
    assert office_policy(date(2026, 11, 25)).share("plan.random_share").numerator == 1


def test_an_own_pack_that_departs_from_the_law_is_named_and_the_page_still_opens(
    office: Path, client_of: ClientOf
) -> None:
    own_pack(office, 1)
    shown = page(client_of, "?day=2026-11-25")
    assert "本局政策包不能使用" in shown
    assert "不得低于" in shown
    assert 'id="plan.random_share"' in shown


def test_every_rule_has_its_history(client_of: ClientOf) -> None:
    shown = page(client_of, "visit.min_inspectors/")
    assert "行政处罚法（2017年修正）第37条第1款" in shown and "山东省安全生产条例第42条第1款" in shown
    for name in RULES:
        page(client_of, f"{name}/")
    assert client_of("clerk").get("/catalog/policy/no.such/").status_code == 404


def test_packs_with_their_hashes_and_the_days_of_change(client_of: ClientOf) -> None:
    shown = page(client_of, "packs/")
    assert all(pack.sha256 in shown for pack in policy_in_force(date(2026, 11, 25)).packs)
    assert '<a href="/catalog/policy/?day=2025-07-01">' in shown


def test_the_whole_is_printed_on_one_page(client_of: ClientOf) -> None:
    shown = page(client_of, "?day=2026-11-25&as=print")
    assert "print.css" in shown
    assert shown.count("<tr><td>") >= len(policy_in_force(date(2026, 11, 25)).rules)


def test_a_malformed_own_pack_is_named_wherever_it_is_needed(
    office: Path, client_of: ClientOf, people: dict[str, User], publish: Publish
) -> None:
    publish(draft_from_rows(people["clerk"], [entry()]), date(2026, 1, 1))
    (office / "policy").mkdir()
    (office / "policy" / "own.toml").write_text("[pack]\nname = ", encoding="utf-8")
    for address in ("", "packs/", "plan.rounds/"):
        assert "own.toml有误" in page(client_of, address)
    (todo,) = todos(people["clerk"], date(2026, 11, 25))
    assert (todo.state, todo.url) == ("blocked", "/catalog/policy/")
    assert client_of("clerk").get("/").status_code == 200
