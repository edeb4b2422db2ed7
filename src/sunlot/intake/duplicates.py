"""The same firm or person twice: exact copies merge, variants merge and are shown, conflicts are put aside."""

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import SequenceMatcher

from sunlot.intake.table import Intake, Place

LEGAL_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "公司")  # the longer first
FORMS = re.compile(rf"({'|'.join(LEGAL_FORMS)}|\s|[（）()])")
ALIKE = 0.72


def firms(intake: Intake, places: list[Place]) -> list[Place]:
    """Return the firms, one row a code, and report merged, conflicting and possible duplicates."""
    kept = []
    for group in _grouped(places, "id"):
        if any(not same_name(group[0].values["name"], other.values["name"]) for other in group[1:]):
            names = "、".join(sorted({place.values["name"] for place in group}))
            for place in group:
                intake.quarantine(
                    place,
                    "id",
                    "dup_code_other_name",
                    place.values["id"],
                    f"同一代码对应不同企业：{names}",
                    "按营业执照核对是哪一户",
                )
            continue
        kept.append(_merge(intake, group, "name"))
    _candidates(intake, kept)
    return kept


def _grouped(places: Iterable[Place], key: str) -> Iterable[list[Place]]:
    groups: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        groups[place.values[key]].append(place)
    return groups.values()


def same_name(left: str, right: str) -> bool:
    """Return whether two names differ only as one firm's name may: legal form, brackets, a few characters."""
    if left == right:
        return True
    a, b = FORMS.sub("", left), FORMS.sub("", right)
    return a == b or a in b or b in a or SequenceMatcher(None, a, b).ratio() >= ALIKE


def _merge(intake: Intake, group: list[Place], name: str) -> Place:
    """Keep the first row and fill its gaps from the others; both names of a variant stay in the report for review."""
    first = group[0]
    for other in group[1:]:
        intake.fates["merged"] += 1
        where = f"与第 {first.row} 行（{first.sheet or first.file}）同一编号"
        kept = f"第 {other.row} 行（{other.sheet or other.file}）是同一编号，已并入本行"
        kind = "dup_exact" if other.values[name] == first.values[name] else "dup_name_variant"
        intake.note(first, first.row, "id", kind, first.values["id"], kept, "", "accepted")
        if kind == "dup_exact":
            intake.note(other, other.row, "id", "dup_exact", other.values["id"], f"重复：{where}", "已合并", "merged")
        else:
            both = f"“{first.values[name]}”与“{other.values[name]}”"
            intake.note(
                other,
                other.row,
                name,
                "dup_name_variant",
                other.values[name],
                f"{where}，名称写法不同：{both}",
                "核对哪个是现用名称",
                "merged",
            )
        for column, value in other.values.items():
            first.values[column] = first.values[column] or value
    return first


def _candidates(intake: Intake, kept: list[Place]) -> None:
    """A quarantined row without a code that bears a known firm's name may be that firm; a person decides."""
    known = {place.values["name"]: place for place in kept}
    for place in intake.quarantined:
        twin = known.get(place.values.get("name", ""))
        if twin and not place.values["id"]:
            where = f"与第 {twin.row} 行（{twin.sheet or twin.file}）名称相同"
            intake.note(
                place,
                place.row,
                "name",
                "dup_no_code",
                place.values["name"],
                f"没有可用代码，{where}",
                f"若是同一户，代码应为 {twin.values['id']}，须人工确认",
                "quarantined",
            )


def inspectors(intake: Intake, places: list[Place]) -> list[Place]:
    """Return the inspectors, one row a person: the same certificate is the same person, the same name alone is not."""
    kept: list[Place] = []
    by_certificate: dict[str, Place] = {}
    by_name: dict[str, Place] = {}
    for group in _grouped(places, "id"):
        place = _merge(intake, group, "name")
        certificate = place.values["certificate"]
        if certificate and (first := by_certificate.get(certificate)):
            intake.fates["merged"] += 1
            text = f"与 {first.values['id']} {first.values['name']} 执法证号相同，是同一个人"
            intake.note(
                place,
                place.row,
                "certificate",
                "duplicate_person",
                place.values["id"],
                text,
                f"已并入 {first.values['id']}",
                "merged",
            )
            first.values["aliases"] = "；".join(filter(None, [first.values.get("aliases", ""), place.values["id"]]))
            continue
        by_certificate[certificate] = place
        if twin := by_name.get(place.values["name"]):
            text = f"与 {twin.values['id']} 同名，执法证号不同"
            intake.note(place, place.row, "name", "homonym", place.values["name"], text, "两人都保留", "flagged")
        by_name.setdefault(place.values["name"], place)
        kept.append(place)
    return kept


def key_list(intake: Intake, places: list[Place]) -> list[Place]:
    """Return the entries of a list of key firms, one a firm and year; a firm that stands there twice with other words is put aside."""
    kept: list[Place] = []
    groups: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in exact(intake, places):
        groups[place.values["year"], place.values["firm_id"] or place.values["firm_name"]].append(place)
    for (_, firm), group in groups.items():
        if len(group) == 1:
            kept += group
            continue
        rows = "、".join(f"{place.sheet or place.file} 第 {place.row} 行" for place in group)
        for place in group:
            problem = f"同一单位列了 {len(group)} 次，内容不同：{rows}"
            intake.quarantine(place, "firm_id", "dup_key_firm", firm, problem, "只留一行")
    return kept


def exact(intake: Intake, places: list[Place]) -> list[Place]:
    """Return the rows without those that repeat an earlier one in every field."""
    kept: list[Place] = []
    seen: dict[tuple[str, ...], Place] = {}
    for place in places:
        key = tuple(place.values.values())
        if key in seen:
            intake.fates["merged"] += 1
            intake.note(place, place.row, "", "dup_exact", "", f"与第 {seen[key].row} 行完全相同", "已合并", "merged")
            continue
        seen[key] = place
        kept.append(place)
    return kept
