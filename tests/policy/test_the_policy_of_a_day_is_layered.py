"""National rules hold, the province's stand over them, the county's over both; each rule keeps its source and its certainty."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from sunlot.certainty import Certainty
from sunlot.policy.errors import PolicyError
from sunlot.policy.in_force import policy_in_force
from sunlot.policy.vocabulary import RULES

DAY = date(2026, 11, 25)


def test_every_rule_the_code_may_ask_for_is_in_force_with_a_source() -> None:
    policy = policy_in_force(DAY)
    assert set(policy.rules) == set(RULES)
    assert all(rule.source and rule.title for rule in policy.rules.values())


def test_the_province_stands_over_the_nation_and_the_nation_is_remembered() -> None:
    policy = policy_in_force(DAY)
    assert list(policy.labels("plan.key_classes")) == ["high_risk", "crowded", "lived_in", "bad_record", "reported"]
    assert policy.rule("plan.key_classes").layer == "province"
    assert [rule.layer for rule in policy.overridden["plan.key_classes"]] == ["national"]


def test_without_the_province_the_national_classes_hold() -> None:
    policy = policy_in_force(DAY, ["national"])
    assert "trial_production" in policy.labels("plan.key_classes")


def test_the_order_in_the_list_does_not_matter_between_layers() -> None:
    one, other = (policy_in_force(DAY, packs) for packs in (["national", "shandong"], ["shandong", "national"]))
    assert one.rules == other.rules


def test_the_numbers_the_office_works_with() -> None:
    policy = policy_in_force(DAY)
    counts = {name: policy.count(name) for name, rule in RULES.items() if rule.kind == "count"}
    assert counts == {
        "firm.access_code_days": 365,
        "firm.code_tries": 10,
        "firm.check_code_days": 90,
        "visit.gap_days": 30,
        "visit.min_inspectors": 2,
        "visit.attempts": 2,
        "visit.urgent_approval_hours": 24,
        "visit.plausible_kmh": 100,
        "visit.plausible_minutes": 20,
        "visit.plausible_bounds_minutes": 60,
        "visit.plausible_metres": 1000,
        "inspector.certificate_notice_days": 60,
        "item.idle_years": 5,
        "plan.rounds": 2,
        "plan.filing_workdays": 10,
        "plan.publication_workdays": 20,
        "plan.agency_coverage_years": 3,
        "publication.result_workdays": 20,
        "publication.penalty_workdays": 7,
        "publication.withdrawal_workdays": 3,
        "rectification.recheck_workdays": 10,
        "rectification.reminder_days": 3,
        "hazard.reminder_days": 7,
        "transfer.receipt_workdays": 10,
        "penalty.hearing_request_workdays": 5,
        "penalty.evidence_workdays": 7,
        "penalty.defence_workdays": 3,
        "penalty.hearing_notice_workdays": 7,
        "penalty.decision_days": 90,
        "penalty.service_workdays": 7,
        "penalty.payment_days": 15,
        "penalty.reminder_defence_workdays": 3,
        "penalty.execution_reminder_workdays": 10,
        "penalty.suit_months": 6,
        "penalty.court_months": 3,
        "power_cut.notice_hours": 24,
        "credit.dishonesty_years": 3,
        "credit.early_removal_months": 12,
        "complaint.accept_workdays": 7,
        "complaint.finish_days": 60,
        "complaint.extension_days": 30,
        "complaint.answer_workdays": 10,
        "complaint.retention_years": 5,
        "complaint.intensity_level": 2,
        "complaint.intensity_months": 12,
        "complaint.joining_days": 60,
        "complaint.small_number": 3,
        "complaint.reward_least": 3000,
        "complaint.reward_most": 300000,
    }
    assert (policy.share("plan.random_share"), policy.share("plan.key_coverage")) == (Fraction(3, 10), 1)
    assert (len(policy.texts("plan.other_enforcement")), len(policy.texts("plan.non_enforcement"))) == (10, 7)
    assert policy.flag("visit.listed_items_only")


def test_what_no_source_confirms_is_marked() -> None:
    marks = {rule.name: rule.certainty for rule in policy_in_force(DAY).unsure()}
    assert marks["penalty.hearing_thresholds"] == Certainty.UNCONFIRMED
    assert marks["rectification.recheck_workdays"].label == "尚无来源证实，使用前须核对"
    assert marks["visit.caps"] == Certainty.DEFAULT
    assert "publication.penalty_workdays" not in marks


def test_each_pack_carries_the_hash_of_its_file() -> None:
    assert [len(pack.sha256) for pack in policy_in_force(DAY).packs] == [64, 64, 64]


def test_a_rule_that_is_not_in_force_yet_is_refused_by_its_title() -> None:
    with pytest.raises(PolicyError, match="2016-12-31 没有生效的规则“每次检查的执法人员”"):
        policy_in_force(date(2016, 12, 31)).count("visit.min_inspectors")


def test_an_office_writes_its_own_file_over_ours(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        """[pack]
name = "own"
title = "某县规则"
layer = "county"
valid_from = 2026-06-01

[[rule]]
name = "plan.random_share"
value = [1, 2]
source = "某县双随机实施细则（测试）"
certainty = "confirmed"
""",
        "utf-8",
    )
    policy = policy_in_force(DAY, ["national", "county-office-2026", own])
    assert policy.share("plan.random_share") == Fraction(1, 2)
    assert [rule.pack for rule in policy.overridden["plan.random_share"]] == ["county-office-2026"]
    assert policy_in_force(date(2026, 5, 31), ["county-office-2026", own]).share("plan.random_share") == Fraction(3, 10)
