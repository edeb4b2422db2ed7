"""While a round is open, what the draw reads changes only when a second person agrees; everything else goes on as usual."""

from datetime import date

import pytest

from rosters import DAY, code, enter, firm
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.journal.audit import audit
from sunlot.office.roster import causes, changes, corrections, merging
from sunlot.office.roster.models import Correction, Firm, IntensityCause
from sunlot.refusal import Refusal

pytestmark = pytest.mark.usefixtures("open_round")


def test_a_drawable_fact_waits_for_the_chief(people: dict[str, User]) -> None:
    enter(firm(1))
    asked = changes.edit_firm(people["clerk"], code(1), 1, {"risk_level": "重大"}, "现场评估")
    assert asked
    assert "2026年度第一次抽查" in asked.title
    assert Firm.objects.get().risk_level == "一般"
    approvals.grant(people["chief"], asked.pk)
    assert (Firm.objects.get().risk_level, Firm.objects.get().version) == ("重大", 2)
    assert audit().findings == []


def test_a_contact_changes_at_once(people: dict[str, User]) -> None:
    enter(firm(1))
    assert changes.edit_firm(people["clerk"], code(1), 1, {"phone": "13911112222"}) is None
    assert Firm.objects.get().phone == "13911112222"


def test_the_request_needs_a_reason(people: dict[str, User]) -> None:
    enter(firm(1))
    with pytest.raises(Refusal, match="reason_missing"):
        changes.edit_firm(people["clerk"], code(1), 1, {"risk_level": "重大"})
    assert not Approval.objects.exists()


def test_what_was_changed_meanwhile_is_not_overwritten_by_the_approval(people: dict[str, User]) -> None:
    enter(firm(1))
    asked = changes.edit_firm(people["clerk"], code(1), 1, {"risk_level": "重大"}, "现场评估")
    changes.edit_firm(people["clerk2"], code(1), 1, {"phone": "13911112222"})
    assert asked
    with pytest.raises(Refusal, match="moved_since"):
        approvals.grant(people["chief"], asked.pk)
    asked.refresh_from_db()
    assert (asked.state, Firm.objects.get().risk_level) == ("pending", "一般")
    approvals.refuse(people["chief"], asked.pk, "请对照最新内容")


def test_new_firms_merges_and_causes_wait_too(people: dict[str, User]) -> None:
    enter(firm(1), firm(2))
    clerk = people["clerk"]
    waiting = [
        changes.add_firm(clerk, code(3), {"name": "青禾县第3机械有限公司"}, "新开办"),
        merging.merge(clerk, (code(2), 1), (code(1), 1), {}, "同一企业"),
        causes.enter_cause(clerk, code(2), 1, "违法行为", DAY, date(2026, 12, 31), "罚〔2026〕1号", "处罚"),
    ]
    assert (Firm.objects.filter(listed=True).count(), IntensityCause.objects.count()) == (2, 0)
    for asked in (waiting[2], waiting[1], waiting[0]):
        assert asked
        approvals.grant(people["leading"], asked.pk)
    assert set(Firm.objects.filter(listed=True).values_list("pk", flat=True)) == {code(1), code(3)}
    assert IntensityCause.objects.count() == 1


def test_a_correction_waits_and_is_closed_when_it_is_carried_out(people: dict[str, User]) -> None:
    enter(firm(1))
    found = corrections.ask(people["clerk"].actor, code(1), "territory", "白石镇", "租赁合同", "张三", "", DAY)
    asked = corrections.accept(people["clerk"], found.pk, 1, "属实")
    assert asked
    assert Correction.objects.get().state == "waiting"
    with pytest.raises(Refusal, match="already_asked"):
        corrections.accept(people["clerk2"], found.pk, 2, "属实")
    approvals.grant(people["chief"], asked.pk)
    assert (Correction.objects.get().state, Firm.objects.get().territory) == ("accepted", "白石镇")
    assert audit().findings == []
