"""A real draw after a penalty gives its firm the greater chance and says why; after the annulment it is a firm like all others."""

from collections.abc import Callable
from fractions import Fraction

from cases.conftest import FIRM, Way
from lottery.conftest import Story, code
from sunlot.draw.explain import explain_firm
from sunlot.office.cases import executing, telling
from sunlot.office.journal.audit import audit
from sunlot.office.lottery.register import folder_of

LIKE = code(4)  # the same town, class and state, and nothing against it


def punished(way: Callable[..., Way]) -> Way:
    one = way().opened().proposed().reviewed().told()
    telling.waive(one.people["clerk"], one.case.pk, one.day, "放弃陈述申辩权利声明书")
    return one.decided().served()


def chance(round_: Story, firm: str) -> Fraction:
    draw = folder_of(round_.name)
    line = explain_firm(draw, firm)[1]
    cell = next(entry for entry in draw.firms_notice["cells"] if f"“{entry['cell']}”" in line)
    return Fraction(*cell["chance"])


def test_a_penalty_raises_the_chance_in_the_next_draw(way: Callable[..., Way], story: Callable[..., Story]) -> None:
    punished(way)
    drawn = story().drawn()
    told = explain_firm(folder_of(drawn.name), FIRM)
    assert (
        "因“查实的违法行为或隐患”加大抽查力度，至 2025-08-20 止。" in told[1]
        and "加大" not in explain_firm(folder_of(drawn.name), LIKE)[1]
    )
    assert chance(drawn, FIRM) > chance(drawn, LIKE)
    assert audit().findings == []


def test_what_was_annulled_raises_it_no_more(way: Callable[..., Way], story: Callable[..., Story]) -> None:
    one = punished(way)
    executing.ask_annulment(one.people["clerk"], one.case.pk, "县政复决〔2023〕3号", "复议撤销")
    one.granted("cases.annul")
    drawn = story().announced()
    assert "加大" not in explain_firm(folder_of(drawn.name), FIRM)[1]
    assert chance(drawn, FIRM) == chance(drawn, LIKE)
