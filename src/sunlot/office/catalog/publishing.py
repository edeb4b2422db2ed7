"""Publishing a draft by four eyes: one person asks, a chief or the leading group grants, and on its day the new edition replaces the old."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask_within
from sunlot.office.catalog.basis import doubts
from sunlot.office.catalog.drafting import KIND, locked_draft, named
from sunlot.office.catalog.models import ItemList, State
from sunlot.office.catalog.published import digest_of, entries_of
from sunlot.office.journal.services import Deed, deed
from sunlot.office.shell.forms import StaleEdit
from sunlot.refusal import Refusal


def ask_publication(user: Any, number: int, version: int, effective_from: date, reason: str) -> Approval:
    """Return the request to publish a draft from a day on. Raises Refusal when it could not be granted; StaleEdit when the draft has changed."""
    with deed(by=user.actor) as doing:
        draft = locked_draft(number)
        if draft.version != version:
            raise StaleEdit(str(draft))
        draft.effective_from = effective_from
        draft.version += 1
        _may_be_published(draft)
        doing.save(draft)
        payload = {"list": draft.pk, "effective_from": effective_from.isoformat(), "digest": digest_of(draft)}
        title = f"公布{draft}，{effective_from} 起施行"
        return ask_within(doing, user, KIND, named(draft), title, payload, reason)


def publish(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    """Publish what the request named, inside the approver's deed. Raises Refusal when it is not what was asked for, or may not take effect."""
    draft = locked_draft(payload["list"])
    if digest_of(draft) != payload["digest"]:
        raise Refusal("draft_changed", f"{draft}在申请之后被改动，与申请公布的内容不一致；请退回后重新申请。")
    _may_be_published(draft)
    first_day = _day(draft)
    before = last_published()
    if before is not None:
        before = ItemList.objects.select_for_update().get(pk=before.pk)
        before.state, before.effective_until = State.REPLACED, first_day - timedelta(days=1)
        before.version += 1
        doing.save(before)
        fields = {"edition": before.edition, "effective_until": before.effective_until.isoformat()}
        doing.record("catalog.replaced", named(before), fields | {"by_edition": draft.edition})
    draft.state, draft.digest = State.PUBLISHED, payload["digest"]
    draft.version += 1
    doing.save(draft)
    items = draft.items.count()
    fields = {"edition": draft.edition, "effective_from": first_day.isoformat(), "digest": draft.digest}
    doing.record("catalog.published", named(draft), fields | {"items": items})


def last_published() -> ItemList | None:
    """Return the published edition that no other replaces, in force already or later."""
    return ItemList.objects.filter(state=State.PUBLISHED).first()


def earliest_day(today: date) -> date | None:
    """Return the first day on which a new edition may take effect; None when it is the office's first and any day is right."""
    before = last_published()
    return max(today, _day(before) + timedelta(days=1)) if before else None


def _may_be_published(draft: ItemList) -> None:
    entries = entries_of(draft)
    if not entries:
        raise Refusal("list_empty", "清单中还没有事项，不能公布。")
    earliest, day = earliest_day(timezone.localdate()), _day(draft)
    if earliest and day < earliest:
        raise Refusal(
            "effective_too_early", f"施行日期 {day} 太早：不得早于今天，且须晚于现行一版的施行日期；最早为 {earliest}。"
        )
    if barred := [doubt for doubt in doubts(entries, day) if doubt.barred]:
        what = " ".join(f"{doubt.number}：{doubt.sentences[0]}" for doubt in barred[:5])
        raise Refusal(
            "basis_does_not_hold", f"有 {len(barred)} 个启用的事项依据不成立，请改正依据或停用后再公布。{what}"
        )


def _day(item_list: ItemList) -> date:
    if item_list.effective_from is None:
        raise Refusal("no_effective_day", "请写明施行日期。")
    return item_list.effective_from
