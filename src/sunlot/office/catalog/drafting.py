"""Making and changing a draft. Only a draft that waits for no approval changes; a published edition never does."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError
from django.db.models import Max

from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.catalog.entries import PLAIN, Entry, from_template, problems, tidied
from sunlot.office.catalog.models import CheckPoint, Item, ItemList, State
from sunlot.office.catalog.published import entries_of
from sunlot.office.journal.services import Deed, deed
from sunlot.office.shell.forms import StaleEdit
from sunlot.refusal import Refusal

KIND = "catalog.publish"
TITLE = "随机抽查事项清单"


def draft_from_template(user: Any) -> ItemList:
    """Return a new draft with the items that ship with us. Raises Refusal while there is another draft."""
    return _start(user, from_template(), TITLE, "", "自带模板")


def draft_from(user: Any, item_list: ItemList) -> ItemList:
    """Return a new draft that is a copy of an edition. Raises Refusal while there is another draft."""
    source = f"复制第 {item_list.edition} 版"
    return _start(user, entries_of(item_list), item_list.title, item_list.remark, source)


def draft_from_rows(user: Any, entries: Sequence[Entry]) -> ItemList:
    """Return a new draft with the items of an Excel file. Raises Refusal while there is another draft, or for rows that no list can hold."""
    return _start(user, entries, TITLE, "", "Excel 文件")


def replace_items(user: Any, number: int, version: int, entries: Sequence[Entry]) -> ItemList:
    """Let the draft hold exactly these items and return it. Raises Refusal; StaleEdit when somebody changed the draft meanwhile."""
    kept = _checked(entries)
    with deed(by=user.actor) as doing:
        draft = _open_draft(number)
        if draft.version != version:
            raise StaleEdit(str(draft))
        for item in draft.items.all():
            _remove(doing, item)
        _fill(doing, draft, kept)
        _touch(doing, draft)
        doing.record("catalog.filled", named(draft), {"edition": draft.edition, "items": len(kept)})
    return draft


def change_head(user: Any, number: int, version: int, title: str, document: str, remark: str) -> ItemList:
    """Change a draft's title, document number and remark, and return it. Raises Refusal; StaleEdit."""
    if not title.strip():
        raise Refusal("title_missing", "清单名称不能为空。")
    with deed(by=user.actor) as doing:
        draft = _open_draft(number)
        if draft.version != version:
            raise StaleEdit(str(draft))
        draft.title, draft.document, draft.remark = title.strip(), document.strip(), remark.strip()
        _touch(doing, draft)
        doing.record("catalog.head", named(draft), {"edition": draft.edition})
    return draft


def discard(user: Any, number: int) -> None:
    """Give a draft up, with everything in it. Nobody has relied on it: what was published stays."""
    with deed(by=user.actor) as doing:
        draft = _open_draft(number)
        edition = draft.edition
        for item in draft.items.all():
            _remove(doing, item)
        doing.delete(draft)
        doing.record("catalog.discarded", f"catalog/{number}", {"edition": edition})


def add_item(user: Any, number: int, entry: Entry) -> Item:
    """Return a new last item of the draft. Raises Refusal for an entry that no list can hold, and for a number that is taken."""
    (entry,) = _checked([entry])
    with deed(by=user.actor) as doing:
        draft = _open_draft(number)
        _number_free(draft, entry.number)
        last = draft.items.aggregate(last=Max("position"))["last"] or 0
        item = Item(item_list=draft, position=last + 1)
        _write(doing, item, entry)
        _note(doing, draft, item, "新增")
    return item


def change_item(user: Any, key: int, version: int, entry: Entry) -> Item:
    """Change an item of the draft and return it. Raises Refusal; StaleEdit when somebody changed it first."""
    (entry,) = _checked([entry])
    with deed(by=user.actor) as doing:
        draft, item = _open_item(key)
        if item.version != version:
            raise StaleEdit(str(item))
        if entry.number != item.number:
            _number_free(draft, entry.number)
        item.version += 1
        _write(doing, item, entry)
        _note(doing, draft, item, "修改")
    return item


def remove_items(user: Any, keys: Sequence[int]) -> int:
    """Take items off the draft, in one deed, and return how many. Raises Refusal."""
    with deed(by=user.actor) as doing:
        found = _by_draft(keys)
        for draft, item in found:
            gone = item.number
            _remove(doing, item)
            _touch(doing, draft)
            doing.record("catalog.item", named(draft), {"edition": draft.edition, "what": "删去", "number": gone})
    return len(found)


def switch_items(user: Any, keys: Sequence[int], enabled: bool, reason: str = "") -> int:
    """Take items of one draft into use or out of it, in one deed, and return how many changed. Raises Refusal without a reason to disable."""
    if not enabled and not reason.strip():
        raise Refusal("reason_missing", "停用的事项须写明停用原因。")
    with deed(by=user.actor) as doing:
        found = [(draft, item) for draft, item in _by_draft(keys) if item.enabled != enabled]
        for draft, item in found:
            item.enabled, item.disabled_because = enabled, "" if enabled else reason.strip()
            item.version += 1
            doing.save(item)
            _note(doing, draft, item, "启用" if enabled else "停用")
    return len(found)


def named(item_list: ItemList) -> str:
    """Return what an edition is called as the object of events and approvals."""
    return f"catalog/{item_list.pk}"


def locked_draft(number: int) -> ItemList:
    """Return the draft, locked until commit. Raises Refusal for an edition that is published or gone."""
    draft = ItemList.objects.select_for_update().filter(pk=number).first()
    if draft is None:
        raise Refusal("no_such_list", "这份清单草稿已被放弃，不能再修改。")
    if draft.state != State.DRAFT:
        raise Refusal(
            "published_never_changes", f"{draft}{draft.get_state_display()}，不能修改；请另起新版，经审批后公布。"
        )
    return draft


def _open_draft(number: int) -> ItemList:
    draft = locked_draft(number)
    if Approval.objects.filter(kind=KIND, obj=named(draft), state=Asked.PENDING).exists():
        raise Refusal("waits_for_approval", f"{draft}正在等待公布审批，不能修改；如需修改，请申请人先撤回申请。")
    return draft


def _open_item(key: int) -> tuple[ItemList, Item]:
    item = Item.objects.filter(pk=key).first()
    if item is None:
        raise Refusal("no_such_item", "这个事项已被他人从草稿中删去。")
    draft = _open_draft(item.item_list_id)
    return draft, Item.objects.select_related("item_list").get(pk=key)


def _by_draft(keys: Sequence[int]) -> list[tuple[ItemList, Item]]:
    """Return each item with its draft, which is locked before the item is read. Raises Refusal when one is not in an open draft."""
    items = Item.objects.filter(pk__in=keys)
    drafts = {key: _open_draft(key) for key in sorted(set(items.values_list("item_list_id", flat=True)))}
    return [(drafts[item.item_list_id], item) for item in items.order_by("position")]


def _start(user: Any, entries: Sequence[Entry], title: str, remark: str, source: str) -> ItemList:
    kept = _checked(entries)
    try:
        with deed(by=user.actor) as doing:
            if ItemList.objects.filter(state=State.DRAFT).exists():
                raise _another_draft()
            last = ItemList.objects.aggregate(last=Max("edition"))["last"] or 0
            draft = ItemList(edition=last + 1, title=title, remark=remark)
            doing.save(draft)
            _fill(doing, draft, kept)
            fields = {"edition": draft.edition, "source": source, "items": len(kept)}
            doing.record("catalog.drafted", named(draft), fields)
    except IntegrityError as failure:  # a second person started one at the same moment
        raise _another_draft() from failure
    return draft


def _another_draft() -> Refusal:
    return Refusal("draft_exists", "已有一份清单草稿；请在其中修改，或先放弃它，再另起新版。")


def _checked(entries: Sequence[Entry]) -> list[Entry]:
    kept = [tidied(entry) for entry in entries]
    wrong = [f"{entry.number or '无编号'}：{sentence}" for entry in kept for _, sentence in problems(entry)]
    twice = [number for number, times in Counter(entry.number for entry in kept).items() if times > 1]
    wrong += [f"事项编号 {number} 重复。" for number in twice]
    if wrong:
        raise Refusal("item_malformed", " ".join(wrong[:5]) + (f" 另有 {len(wrong) - 5} 处。" if wrong[5:] else ""))
    return kept


def _number_free(draft: ItemList, number: str) -> None:
    if draft.items.filter(number=number).exists():
        raise Refusal("number_taken", f"事项编号 {number} 在本版清单中已被使用，请换一个。")


def _fill(doing: Deed, draft: ItemList, entries: Sequence[Entry]) -> None:
    for position, entry in enumerate(entries, 1):
        _write(doing, Item(item_list=draft, position=position), entry)


def _write(doing: Deed, item: Item, entry: Entry) -> None:
    for name in PLAIN:
        setattr(item, name, getattr(entry, name))
    old = list(item.points.all()) if item.pk else []
    doing.save(item)
    for position, text in enumerate(entry.points, 1):
        point = old[position - 1] if position <= len(old) else CheckPoint(item=item, position=position)
        if point.text != text:
            point.text = text
            doing.save(point)
    for point in old[len(entry.points) :]:
        doing.delete(point)


def _remove(doing: Deed, item: Item) -> None:
    for point in item.points.all():
        doing.delete(point)
    doing.delete(item)


def _touch(doing: Deed, draft: ItemList) -> None:
    draft.version += 1
    doing.save(draft)


def _note(doing: Deed, draft: ItemList, item: Item, what: str) -> None:
    _touch(doing, draft)
    doing.record("catalog.item", named(draft), {"edition": draft.edition, "what": what, "number": item.number})
