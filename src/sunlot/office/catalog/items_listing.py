"""The lists of this app: editions, items of an edition, items in doubt, idle items."""

from collections.abc import Mapping, Set
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from sunlot.office.catalog.basis import Doubt
from sunlot.office.catalog.entries import TITLES, of_item, shown
from sunlot.office.catalog.models import Item, ItemClass, ItemList
from sunlot.office.catalog.queries import COLOURS, STANDINGS, Idle
from sunlot.office.shell.incoming import FromFile, Never
from sunlot.office.shell.listing import Button, Choice, Column, Listing, Search

EDITIONS = Listing(
    incoming=FromFile("items", "catalog:import"),
    name="事项清单",
    columns=(
        Column("版次", lambda row: _("第 %(n)s 版") % {"n": row.edition}, sort="edition", link="catalog:list"),
        Column("名称", "title"),
        Column("文号", "document"),
        Column("状态", lambda row: STANDINGS[row.standing], tag=lambda row: COLOURS[row.standing]),
        Column("施行日期", "effective_from", sort="effective_from"),
        Column("失效日期", "effective_until"),
        Column("事项数", "listed"),
        Column("启用", "used"),
        Column("校验值", "digest", on_screen=False),
    ),
    filters=(Search(("title", "document")), Choice("状态", "standing", tuple(STANDINGS.items()))),
    order=("-edition",),
    buttons=(
        Button("依据核对", "catalog:doubts"),
        Button("长期未实施事项", "catalog:idle"),
        Button("起草新版", "catalog:start", main=True),
    ),
    empty="还没有清单。点“起草新版”，可以从自带模板开始。",
)
HIDDEN = (
    "content",
    "points",
    "body",
    "basis",
    "legal_effect",
    "frequency",
    "rate",
    "certainty",
    "disabled_because",
    "note",
)
BULK = (
    Button("停用所选", "catalog:disable", bulk=True),
    Button("启用所选", "catalog:enable", bulk=True),
    Button("删去", "catalog:remove", bulk=True, confirm="从草稿中删去所选事项？"),
)


def items_of(edition: ItemList, doubted: Set[str], editable: bool) -> Listing:
    """Return the list of an edition's items; in Excel it has every column that the import reads back."""
    categories = list(edition.items.order_by("category").values_list("category", flat=True).distinct())
    return Listing(
        incoming=FromFile("items", "catalog:import"),
        name=format_lazy(later("随机抽查事项清单第{n}版"), n=edition.edition),
        columns=(
            Column(TITLES["number"], "number", sort="number", link="catalog:item"),
            Column(TITLES["name"], "name"),
            Column(TITLES["category"], "category", sort="category"),
            Column(TITLES["subject"], "subject", on_screen=False),
            Column(TITLES["item_class"], "get_item_class_display", sort="item_class", words=True),
            Column(TITLES["mandatory"], "mandatory"),
            Column(TITLES["method"], "method"),
            Column("依据核对", lambda item: _sound(item, doubted), tag=lambda item: _colour(item, doubted)),
            Column(TITLES["enabled"], "enabled", tag=lambda item: "ok" if item.enabled else "plain"),
            *(Column(TITLES[name], _cell(name), on_screen=False) for name in HIDDEN),
        ),
        filters=(
            Search(("number", "name", "content", "basis")),
            Choice("类别", "category", [(name, name) for name in categories]),
            Choice("事项类别", "item_class", ItemClass.choices),
            Choice("启用", "enabled", (("True", "是"), ("False", "否"))),
        ),
        order=("position",),
        buttons=BULK if editable else (),
        empty="没有符合条件的事项。",
    )


def doubtful_items(found: Mapping[tuple[int, str], Doubt]) -> Listing:
    """Return the list of items whose basis is in doubt, by edition and number."""

    def told(item: Item) -> str:
        return "\n".join(found[item.item_list_id, item.number].sentences)

    return Listing(
        incoming=Never.RECKONED,
        name="依据核对",
        columns=(
            Column("清单", lambda item: _("第 %(n)s 版") % {"n": item.item_list.edition}),
            Column("状态", "item_list__get_state_display"),
            Column(TITLES["number"], "number", link="catalog:item"),
            Column(TITLES["name"], "name"),
            Column(TITLES["enabled"], "enabled"),
            Column(TITLES["basis"], "basis"),
            Column("问题", told),
        ),
        filters=(Search(("number", "name", "basis")), Choice("启用", "enabled", (("True", "是"), ("False", "否")))),
        order=("item_list", "position"),
        empty="各项依据都能读出，没有发现已失效的条文。",
    )


def idle_listing(found: Mapping[str, Idle]) -> Listing:
    """Return the list of idle items."""
    return Listing(
        incoming=Never.RECKONED,
        name="长期未实施事项",
        columns=(
            Column(TITLES["number"], "number", link="catalog:item"),
            Column(TITLES["name"], "name"),
            Column(TITLES["category"], "category"),
            Column("列入清单", lambda item: found[item.number].listed),
            Column("最近一次实施", lambda item: found[item.number].used or _("从未实施")),
        ),
        filters=(Search(("number", "name")),),
        order=("position",),
        empty="没有长期未实施的事项。",
    )


def printed_items(edition: ItemList) -> Listing:
    """Return the list of an edition's items as it is printed and put on file."""
    printed = ("number", "name", "category", "content", "points", "method", "item_class", "basis", "enabled")
    return Listing(
        incoming=Never.RECKONED,
        name=str(edition),
        columns=tuple(Column(TITLES[name], _cell(name, "；")) for name in printed),
        order=("position",),
    )


def _cell(name: str, between: str = "\n") -> Any:
    return lambda item: shown(name, getattr(of_item(item), name)).replace("\n", between)


def _sound(item: Item, doubted: Set[str]) -> str:
    if item.number in doubted:
        return _("需核对")
    return _("已核对") if item.certainty == "confirmed" else _("未经证实")


def _colour(item: Item, doubted: Set[str]) -> str:
    return "bad" if item.number in doubted else "ok" if item.certainty == "confirmed" else "warn"
