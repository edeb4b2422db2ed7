"""The items of a round as text: codes separated by 、 as people write them, and what of the list they take over."""

import re
from collections.abc import Container, Iterable, Mapping

from sunlot.office.plan.known import ItemFact
from sunlot.refusal import Refusal


def codes_of(text: str) -> tuple[str, ...]:
    """Return the codes in their order, each once.

    >>> codes_of("AQ-01，AQ-02 AQ-01")
    ('AQ-01', 'AQ-02')
    """
    return tuple(dict.fromkeys(code for code in re.split(r"[\s,，、;；]+", text) if code))


def unlisted(text: str, items: Container[str]) -> tuple[str, ...]:
    """Return the codes that none of the items has. `items`: their codes, or a mapping by them."""
    return tuple(code for code in codes_of(text) if code not in items)


def must_be_listed(text: str, items: Mapping[str, ItemFact]) -> str:
    """Return the codes as they are kept. Raises Refusal without any, and for one that may not be planned."""
    codes = codes_of(text)
    if not codes:
        raise Refusal("no_items", "请写明检查事项的编号：未列入清单的事项不得检查。")
    if wrong := unlisted(text, items):
        raise Refusal(
            "item_not_listed", f"检查事项 {'、'.join(wrong)} 不在现行随机抽查事项清单中，或已停用，不能列入计划。"
        )
    return "、".join(codes)


def joined(codes: Iterable[str], items: Mapping[str, ItemFact], part: str) -> str:
    """Return one part of the items (name, basis, content or method), each text once."""
    texts = dict.fromkeys(getattr(items[code], part) for code in codes if code in items)
    return "；".join(text for text in texts if text)
