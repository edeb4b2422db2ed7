"""Asking a second person to make something public, to correct it, to take it away. What personal data the scan finds cannot even be asked for.

The scan knows names by comparing with those of the office's tables, so that 高峰 in “用电高峰” is one. Such a hit may be passed with a reason: the
second person has to confirm each of them by itself, and the event counts them. Numbers of papers, telephones and accounts are never passed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.models import State as Asked
from sunlot.office.approvals.services import ask
from sunlot.office.release.draft import Draft, Wordings
from sunlot.office.release.models import Kind, Release
from sunlot.office.release.scan import Hit, known_names, scan, without
from sunlot.office.release.sources import SOURCES, as_of_now
from sunlot.office.visits.models import Visit
from sunlot.refusal import Refusal

Passed = Mapping[str, str]
NOTHING: Passed = MappingProxyType({})
PUBLISH, CORRECT, WITHDRAW = "release.publish", "release.correct", "release.withdraw"
NOUNS = {Kind.RESULT.value: "号检查", Kind.PENALTY.value: "号案件"}


def ask_release(
    user: User,
    kind: str,
    numbers: Iterable[int],
    wordings: Mapping[int, Wordings],
    reason: str,
    passed: Passed = NOTHING,
) -> Approval:
    """Ask a second person to release results or penalties. Raises Refusal for one that cannot be, and while the scan finds personal data.

    `passed`: hits that are no names, each with the reason.
    """
    wanted = sorted(set(numbers))
    made = [draft for draft, _ in SOURCES[kind].drafts(wanted, wordings)]
    refuse_personal(made, passed)
    if again := sorted(set(wanted) & asked_for(kind).keys()):
        raise Refusal("already_asked", f"已经送审、等待审批的：第 {'、'.join(map(str, again))} {NOUNS[kind]}。")
    things = [
        {"number": number, "sha256": draft.sha256, "wordings": dict(draft.wordings)}
        for number, draft in zip(wanted, made, strict=True)
    ]
    obj, title = _named(kind, wanted)
    return ask(user, PUBLISH, obj, title, {"kind": kind, "things": things} | _with(passed), reason)


def ask_correction(user: User, number: int, wordings: Wordings, reason: str, passed: Passed = NOTHING) -> Approval:
    """Ask for a new edition of a release, made from its record as it is now. `reason` will be public."""
    release = Release.objects.get(pk=number)
    draft = as_of_now(release, wordings)
    refuse_personal([draft], passed)
    refuse_personal_text(reason, passed)
    payload = {
        "release": release.pk,
        "version": release.version,
        "sha256": draft.sha256,
        "wordings": dict(draft.wordings),
        "reason": reason.strip(),
    }
    return ask(user, CORRECT, f"{release.obj}/correct", f"更正公示：{release}", payload | _with(passed), reason)


def ask_withdrawal(user: User, number: int, reason: str, since: date, passed: Passed = NOTHING) -> Approval:
    """Ask to take a release away. `reason` will be public; `since`: the day since which it has to be, from which the period runs."""
    release = Release.objects.get(pk=number)
    refuse_personal_text(reason, passed)
    payload = {
        "release": release.pk,
        "version": release.version,
        "reason": reason.strip(),
        "since": since.isoformat(),
    }
    return ask(user, WITHDRAW, f"{release.obj}/withdraw", f"撤回公示：{release}", payload | _with(passed), reason)


def _with(passed: Passed) -> dict[str, list[list[str]]]:
    said = [[text, why.strip()[:200]] for text, why in sorted(passed.items()) if why.strip()]
    return {"passed": said} if said else {}


def asked_for(kind: str) -> dict[int, Approval]:
    """Return the requests that wait for a decision by the numbers of the visits or cases that they would release."""
    found: dict[int, Approval] = {}
    for row in Approval.objects.filter(kind=PUBLISH, state=Asked.PENDING):
        payload = json.loads(row.payload)
        if payload["kind"] == kind:
            found |= {thing["number"]: row for thing in payload["things"]}
    return found


def refuse_personal(made: Iterable[Draft], passed: Passed = NOTHING) -> None:
    """Raise Refusal that names the texts in which the scan finds personal data, but for names that were passed."""
    names = known_names()
    for draft in made:
        for found in draft.hits(names).values():
            if hits := without(found, passed):
                raise _personal(draft.title, hits)


def refuse_personal_text(text: str, passed: Passed = NOTHING) -> None:
    """Raise Refusal when a text that will be public holds personal data."""
    if hits := without(scan(text, known_names()), passed):
        raise _personal("理由", hits)


def _personal(where: str, hits: Sequence[Hit]) -> Refusal:
    found = "、".join(f"{hit.what}“{hit.text}”" for hit in hits)
    return Refusal(
        "personal_data",
        f"{where}的公开文字中有个人信息：{found}；请改写公示用语后再送审；扫描误认为人名的，写明为什么不是人名，由审核人确认。",
    )


def _named(kind: str, numbers: Sequence[int]) -> tuple[str, str]:
    """Return what the request is about and its title; neither names a firm, for both stand in the public log."""
    noun, what = SOURCES[kind].noun, str(Kind(kind).label)
    if len(numbers) == 1:
        return f"{noun}/{numbers[0]}/release", f"{what}公示：第 {numbers[0]} {NOUNS[kind]}"
    if kind == Kind.RESULT:
        draws = set(Visit.objects.filter(pk__in=numbers).values_list("draw", flat=True))
        if len(draws) == 1 and (draw := draws.pop()):
            return f"draw/{draw}/release", f"{what}公示：抽取 {draw}，{len(numbers)} 户"
    return f"{noun}/{numbers[0]}-{numbers[-1]}/release", f"{what}公示：{len(numbers)} 件"
