"""A cited place is sound, or it is said what is wrong: the law is repealed, replaced, not in force yet, unknown, or has no such article."""

from dataclasses import replace
from datetime import date

from sunlot.certainty import Certainty
from sunlot.policy.in_force import policy_in_force
from sunlot.policy.statutes.basis import Status, look_up, standing
from sunlot.policy.statutes.laws import find_law
from sunlot.policy.vocabulary import RULES

BEFORE, AFTER = date(2026, 4, 30), date(2026, 5, 1)


def test_a_sound_basis_brings_its_text() -> None:
    (basis,) = look_up("安全生产法第36条第4款", AFTER)
    assert (basis.finding, basis.alarming) == ("sound", False)
    assert basis.text.startswith("餐饮等行业")


def test_a_regulation_is_alarming_from_the_day_its_new_law_is_in_force() -> None:
    (before,), (after,) = (look_up("危险化学品安全管理条例第14条", day) for day in (BEFORE, AFTER))
    assert before.finding == "sound"
    assert (after.finding, after.alarming) == ("superseded", True)
    assert after.text == before.text
    assert after.sentence == (
        "《危险化学品安全法》自 2026-05-01 起施行，《危险化学品安全管理条例》不宜再作依据，应改引新法对应条款"
        "（尚无来源证实，使用前须核对）。"
    )


def test_a_law_without_its_text_here_must_be_checked_by_hand() -> None:
    (before,), (after,) = (look_up("危险化学品安全法第86条", day) for day in (BEFORE, AFTER))
    assert (before.finding, before.alarming) == ("not_yet", True)
    assert (after.finding, after.alarming) == ("no_text", False)
    assert "条款须人工核对" in after.sentence


def test_an_article_there_is_not_is_alarming() -> None:
    (basis,) = look_up("安全生产法第130条", AFTER)
    assert (basis.finding, basis.sentence) == ("wrong_place", "《安全生产法》共 119 条，没有第 130 条。")


def test_a_law_cited_as_a_whole_is_asked_for_its_article() -> None:
    (basis,) = look_up("安全生产法", AFTER)
    assert (basis.finding, basis.alarming) == ("no_article", False)
    assert basis.sentence.endswith("只写了法规名称，请写明第几条。")


def test_a_law_we_do_not_know_is_alarming() -> None:
    (basis,) = look_up("某市安全办法第3条", AFTER)
    assert (basis.finding, basis.sentence) == ("unknown_law", "《某市安全办法》未收录，请核对名称和效力。")


def test_the_text_of_today_is_not_given_for_a_day_before_it() -> None:
    (basis,) = look_up("安全生产法第70条", date(2021, 8, 31))
    assert (basis.finding, basis.text) == ("not_yet", "")


def test_a_repealed_law_is_said_to_be() -> None:
    law = find_law("安全生产许可证条例")
    assert law is not None
    repealed = replace(law, repealed_from=date(2030, 1, 1), certainty=Certainty.CONFIRMED)
    assert standing(repealed, date(2029, 12, 31)).status is Status.IN_FORCE
    assert standing(repealed, date(2030, 1, 1)).sentence == "《安全生产许可证条例》自 2030-01-01 起废止。"


def test_every_article_the_documents_cite_today_is_sound() -> None:
    policy = policy_in_force(AFTER)
    for name, rule in RULES.items():
        if rule.kind == "citation":
            (basis,) = look_up(policy.text(name), AFTER)
            ours = not policy.text(name).startswith("行政强制法")  # of which we know the name, and hold no text
            assert basis.finding == ("sound" if ours else "no_text"), name


def test_the_articles_the_documents_cite_say_what_they_are_cited_for() -> None:
    policy = policy_in_force(AFTER)
    words = {
        "citation.power_cut": "停止供电",
        "citation.evidence_registration": "先行登记保存",
        "citation.penalty_notice": "应当告知当事人",
        "citation.defence": "陈述和申辩",
        "citation.hearing": "听证",
        "citation.inspection_record": "作出书面记录",
        "citation.inspection_power": "进入生产经营单位进行检查",
        "citation.show_certificate": "出示执法证件",
        "citation.recusal": "申请回避",
    }
    for name, word in words.items():
        assert word in look_up(policy.text(name), AFTER)[0].text, name
