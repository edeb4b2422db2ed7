"""What only several tables together show: people who must avoid half the county, firms for whom too few are left."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

MANY = 30
FEW = 2


def crosscheck(
    inspectors: Sequence[Mapping[str, str]], recusals: Sequence[Mapping[str, str]], today: str = ""
) -> list[tuple[str, str, str]]:
    """Return (kind, id, Chinese sentence): `mass_conflict_person` and `only_two_left_for_firm`.

    Merged duplicates are one person: a recusal declared under either number holds for both.
    """
    same = {alias: person["id"] for person in inspectors for alias in person.get("aliases", "").split("；") if alias}
    usable = {person["id"] for person in inspectors if person["certificate"] and person["state"] in ("", "在岗")}
    if today:
        usable -= {
            person["id"]
            for person in inspectors
            if person["certificate_valid_to"] < today[: len(person["certificate_valid_to"])]
        }
    pairs = {(same.get(recusal["inspector_id"], recusal["inspector_id"]), recusal["firm_id"]) for recusal in recusals}
    found = []
    for person, count in sorted(Counter(person for person, _ in pairs).items()):
        if count >= MANY:
            found.append(("mass_conflict_person", person, f"{person} 申报回避 {count} 户，请核对是否属实"))
    barred: dict[str, set[str]] = defaultdict(set)
    for person, firm in pairs:
        barred[firm].add(person)
    for firm, people in sorted(barred.items()):
        left = usable - people
        if len(left) <= FEW:
            names = "、".join(sorted(left)) or "无人"
            found.append(("only_two_left_for_firm", firm, f"{firm} 回避之后只剩 {len(left)} 人可派：{names}"))
    return found
