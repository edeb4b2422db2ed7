"""What was entered at a visit, as pages and records read it: answers, findings, hazards, photos, check-ins, and what still is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sunlot.office.visits.checklist import points_of
from sunlot.office.visits.joint import in_frame, there
from sunlot.office.visits.labels import Labels
from sunlot.office.visits.merge import Held
from sunlot.office.visits.models import Visit

NOBODY_THERE = ("closed", "unreachable", "gone")  # outcomes of a visit that could not be held: the firm cannot sign
ONSITE = "onsite"  # the method that an off-site check never is: 实地核查
NORMAL, CORRECTED, PENDING, NO_ACTIVITY = "no_problem", "corrected", "pending", "no_activity"
UNCOOPERATIVE = "uncooperative"  # 不配合检查情节严重: held, but the firm lets nothing be checked
NOTHING_TO_CHECK = (
    NO_ACTIVITY,
    UNCOOPERATIVE,
)  # held without any point: 检查情况 says why, once for all that was not seen


@dataclass(frozen=True)
class Sheet:
    """The values that hold, by field. `points`: the checklist's, as item/position; `offsite`: nobody went there; `departments`: of a
    joint visit, as its frame has them."""

    values: Mapping[str, Any]
    points: Sequence[str]
    offsite: bool = False
    departments: Sequence[Mapping[str, Any]] = ()

    def text(self, field: str) -> str:
        """Return a text, empty when none was entered."""
        return str(self.values.get(field) or "")

    def answer(self, point: str) -> str:
        """Return the answer to a check point; 未查 until somebody says otherwise."""
        return self.text(f"answers/{point}") or "unseen"

    def answers(self) -> dict[str, str]:
        """Return the answer to every check point."""
        return {point: self.answer(point) for point in self.points}

    def many(self, kind: str) -> list[dict[str, Any]]:
        """Return the findings or hazards that stand, each with its id, in the order of their ids."""
        found: dict[str, dict[str, Any]] = {}
        for field, value in self.values.items():
            parts = field.split("/")
            if parts[0] == kind and len(parts) == 3:
                found.setdefault(parts[1], {"id": parts[1]})[parts[2]] = value
        return [found[one] for one in sorted(found) if not found[one].get("withdrawn") and found[one].get("text")]

    def photos(self) -> dict[str, dict[str, Any]]:
        """Return the photos that stand, by hash."""
        named = {field.split("/")[1]: value for field, value in self.values.items() if _is_photo(field)}
        return {one: facts for one, facts in named.items() if not self.values.get(f"photos/{one}/withdrawn")}

    def checked_in(self) -> list[str]:
        """Return who has checked in."""
        return sorted(field.split("/")[1] for field in self.values if field.startswith("checkin/"))

    @property
    def outcome(self) -> str:
        """The result, empty while nobody has said it."""
        return self.text("outcome")


def sheet_now(held: Mapping[str, Held], items: Iterable[Mapping[str, Any]], visit: Visit) -> Sheet:
    """Return what holds now at a visit, record or none."""
    values = {field: one.value for field, one in held.items() if one.value is not None}
    return Sheet(values, points_of(items), visit.offsite, in_frame(visit.partners.all()))


def _is_photo(field: str) -> bool:
    return field.startswith("photos/") and field.count("/") == 1


def lacks(sheet: Sheet, certified: Iterable[str], least: int, labels: Labels) -> list[str]:
    """Return what a record still lacks (安全生产法第68条, 行政处罚法第42条), in sentences. `certified`: officers of the team who may check."""
    found = []
    here = sorted(set(sheet.checked_in()) & set(certified))
    if len(here) < least:
        did = "确认参加核查" if sheet.offsite else "签到"
        found.append(f"持证执法人员{did} {len(here)} 名，须有 {least} 名以上；请各自用自己的账号{did}。")
    if sheet.outcome not in labels["outcomes"]:
        found.append("没有填写检查结果。")
    began, ended = ("核查开始时间", "核查结束时间") if sheet.offsite else ("到达时间", "离开时间")
    wanted = {"times/arrived": began} | ({} if sheet.offsite else {"place": "检查场所"}) | {"summary": "检查情况"}
    if sheet.outcome not in NOBODY_THERE:
        wanted |= {"times/left": ended, "handling": "处理情况"}
    found += [f"没有填写{title}。" for field, title in wanted.items() if not sheet.text(field).strip()]
    if not sheet.values.get("methods"):
        found.append("没有填写核查方式。")
    elif sheet.offsite and ONSITE in sheet.values["methods"]:
        found.append("非现场检查的核查方式不能有“实地核查”；到过现场的请按现场检查办理。")
    if not sheet.photos():
        what = "材料或截图" if sheet.offsite else "照片或扫描件"
        found.append(f"没有任何{what}；没有证据的检查不能办结。")
    return found + ([] if sheet.outcome in NOBODY_THERE else _content(sheet, labels))


def _content(sheet: Sheet, labels: Labels) -> list[str]:
    answers, findings, hazards = sheet.answers(), sheet.many("findings"), sheet.many("hazards")
    found = [] if sheet.outcome in NOTHING_TO_CHECK else _unseen(sheet, answers)
    named = {finding.get("point") for finding in findings}
    found += [
        f"要点 {point} 不合格，但没有写明问题。"
        for point, answer in answers.items()
        if answer == "fail" and point not in named
    ]
    for number, finding in enumerate(findings, 1):
        if finding.get("severity") not in labels["severities"] or not str(finding.get("article") or "").strip():
            found.append(f"第 {number} 个问题没有写明隐患等级或依据的条文。")
    found += [
        f"第 {n} 个清单外隐患没有写明隐患等级。"
        for n, one in enumerate(hazards, 1)
        if one.get("severity") not in labels["severities"]
    ]
    found += _of_absent(sheet, answers)
    return found + _outcome(sheet, answers, findings, hazards)


def _unseen(sheet: Sheet, answers: Mapping[str, str]) -> list[str]:
    found = [
        f"要点 {point} 未查，须在说明中写明原因。"
        for point, answer in answers.items()
        if answer == "unseen" and not sheet.text(f"notes/{point}").strip()
    ]
    if "pass" not in answers.values() and "fail" not in answers.values():
        found.append("没有查过任何要点。")
    return found


def _of_absent(sheet: Sheet, answers: Mapping[str, str]) -> list[str]:
    """A department that did not come has checked nothing."""
    came = {one["code"] for one in there(sheet.departments, sheet.values)}
    gone = {item: one["name"] for one in sheet.departments if one["code"] not in came for item in one["items"]}
    return [
        f"{gone[item]}没有参加，要点 {point} 不能有它的检查结果。"
        for point, answer in answers.items()
        if (item := point.rpartition("/")[0]) in gone and answer in ("pass", "fail")
    ]


def _outcome(sheet: Sheet, answers: Mapping[str, str], findings: Sequence[Any], hazards: Sequence[Any]) -> list[str]:
    trouble = bool(findings or hazards)
    if sheet.outcome in (NORMAL, NO_ACTIVITY) and (trouble or "fail" in answers.values()):
        return ["有问题或隐患，检查结果不能是“未发现问题”。"]
    if sheet.outcome == NORMAL and "pass" not in answers.values():
        return ["没有一个要点查为合格，不能写“未发现问题”。"]
    if sheet.outcome in (CORRECTED, PENDING) and not trouble:
        return ["检查结果写有问题，但没有写明是什么问题。"]
    if sheet.outcome == CORRECTED and not all(one.get("corrected") for one in [*findings, *hazards]):
        return ["还有问题没有标明现场已改正，检查结果应为“发现问题待后续处理”。"]
    if sheet.outcome == PENDING and not sheet.values.get("dispositions"):
        return ["问题待后续处理，请填写后续处置。"]
    return []
