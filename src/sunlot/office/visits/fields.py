"""Which fields can be entered on site, and what each may hold (docs/sync.md). Nothing off the checklist is ever among the answers."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sunlot.draw.moments import seconds_of
from sunlot.office.visits.labels import Labels
from sunlot.refusal import Refusal

UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
LONGEST = 4000  # letters of a text
LARGEST = 12 * 2**20  # bytes of a photo
MEDIA = ("image/jpeg", "image/png", "image/webp")
PAPERS = ("application/pdf",)  # what a firm hands in, at an off-site check


@dataclass(frozen=True)
class Frame:
    """What decides whether a field may be entered: the check points, who is entering, the vocabularies, whether anybody is there."""

    points: Collection[str]
    person: str
    labels: Labels
    offsite: bool = False
    departments: Collection[str] = ()


Check = Callable[[Any, "re.Match[str]", Frame], bool]


def _text(value: Any, found: "re.Match[str]", frame: Frame) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST


def _flag(value: Any, found: "re.Match[str]", frame: Frame) -> bool:
    return isinstance(value, bool)


def _moment(value: Any, found: "re.Match[str]", frame: Frame) -> bool:
    return is_moment(value)


def _one_of(vocabulary: str) -> Check:
    return lambda value, found, frame: isinstance(value, str) and value in frame.labels[vocabulary]


def _some_of(vocabulary: str) -> Check:
    def check(value: Any, found: "re.Match[str]", frame: Frame) -> bool:
        return isinstance(value, list) and all(
            isinstance(one, str) and one in frame.labels[vocabulary] for one in value
        )

    return check


def _answer(value: Any, found: "re.Match[str]", frame: Frame) -> bool:
    return isinstance(value, str) and value in frame.labels["answers"]


def _point(value: Any, found: "re.Match[str]", frame: Frame) -> bool:
    return isinstance(value, str) and (not value or value in frame.points)


def _checkin(value: Any, found: "re.Match[str]", frame: Frame) -> bool:
    if not isinstance(value, dict) or value.get("pledge") is not True or value.keys() - {"pledge", "place"}:
        return False
    place = value.get("place")
    if place is None:
        return "place" not in value
    whole = not frame.offsite and isinstance(place, dict) and place.keys() == {"lat", "lon", "acc"}
    return whole and all(type(part) is int and abs(part) <= 180_000_000 for part in place.values())


def _photo(value: Any, found: "re.Match[str]", frame: Frame) -> bool:
    if not isinstance(value, dict) or value.keys() != {"size", "media", "taken", "of", "caption"}:
        return False
    sizes = type(value["size"]) is int and 0 < value["size"] <= LARGEST
    texts = all(isinstance(value[key], str) and len(value[key]) <= 200 for key in ("of", "caption"))
    return (
        sizes and texts and value["media"] in (MEDIA + PAPERS if frame.offsite else MEDIA) and is_moment(value["taken"])
    )


def _representative(value: Any, found: "re.Match[str]", frame: Frame) -> bool:
    if not isinstance(value, dict) or value.keys() != {"name", "capacity", "phone"}:
        return False
    return all(isinstance(part, str) and len(part) <= 40 for part in value.values()) and (
        not value["capacity"] or value["capacity"] in frame.labels["capacities"]
    )


FIELDS: Mapping[str, tuple[Check, str]] = {
    r"checkin/(?P<person>[0-9A-Za-z_-]{1,32})": (
        _checkin,
        "签到须声明遵守行为规范，位置以百万分之一度的整数表示（非现场检查没有位置）",
    ),
    r"answers/(?P<point>.+/[0-9]+)": (_answer, "检查要点只能答“合格、不合格、不适用、未查”"),
    r"notes/(?P<point>.+/[0-9]+)": (_text, f"说明是文字，不超过 {LONGEST} 字"),
    rf"(findings|hazards)/{UUID}/(text|measure|article)": (_text, f"须为文字，不超过 {LONGEST} 字"),
    rf"(findings|hazards)/{UUID}/severity": (_one_of("severities"), "隐患等级只能从列表中选"),
    rf"findings/{UUID}/point": (_point, "问题只能对应本次检查清单上的要点；清单外的隐患请另行记录"),
    rf"(findings|hazards)/{UUID}/(withdrawn|corrected)": (_flag, "只能为是或否"),
    r"photos/(?P<photo>[0-9a-f]{64})": (_photo, "照片须写明大小、格式、拍摄时间，不超过 12 MB"),
    r"photos/[0-9a-f]{64}/withdrawn": (_flag, "只能为是或否"),
    r"times/(arrived|left)": (_moment, "时间应写作 2026-03-02T01:15:00Z"),
    r"place|summary|handling": (_text, f"须为文字，不超过 {LONGEST} 字"),
    r"firm/representative": (_representative, "须写明姓名、身份（从列表中选）、电话"),
    r"outcome": (_one_of("outcomes"), "检查结果只能从列表中选"),
    r"joint/(?P<department>d[0-9]{1,2})/absent": (_text, f"须为文字，不超过 {LONGEST} 字"),
    r"methods": (_some_of("methods"), "核查方式只能从列表中选"),
    r"dispositions": (_some_of("dispositions"), "后续处置只能从列表中选"),
}
_KNOWN = [(re.compile(pattern), check, sentence) for pattern, (check, sentence) in FIELDS.items()]


def refuse_bad(field: str, value: Any, frame: Frame) -> None:
    """Raise Refusal unless the field exists for this visit and may hold the value. None empties any field."""
    for pattern, check, sentence in _KNOWN:
        if found := pattern.fullmatch(field):
            parts = found.groupdict()
            if "point" in parts and parts["point"] not in frame.points:
                raise Refusal(
                    "not_on_the_checklist", f"{parts['point']} 不在本次检查的清单上，不得检查；清单外的隐患请另行记录。"
                )
            if "department" in parts and parts["department"] not in frame.departments:
                raise Refusal("no_such_department", "本次检查没有这个联合部门；请更新手机上的程序。")
            if "person" in parts and parts["person"] != frame.person:
                raise Refusal("not_yours", "签到只能由本人用自己的账号办理。")
            if value is not None and not check(value, found, frame):
                raise Refusal("value_wrong", f"{field}：{sentence}。")
            return
    raise Refusal("no_such_field", f"没有录入项 {field[:80]}；请更新手机上的程序。")


def is_moment(value: Any) -> bool:
    """Return whether a value is UTC text to the second."""
    try:
        seconds_of(value)
    except (TypeError, ValueError):
        return False
    return True
