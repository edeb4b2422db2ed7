"""What of this app needs a second person: a first release, a correction, a withdrawal. What is granted is what was shown, to the byte."""

import json
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.catalog.policies import office_policy
from sunlot.office.journal.services import Deed
from sunlot.office.release import releasing
from sunlot.office.release.asking import CORRECT, PUBLISH, WITHDRAW, refuse_personal
from sunlot.office.release.deadlines import withdrawal_due
from sunlot.office.release.models import Kind as What
from sunlot.office.release.models import Release
from sunlot.office.release.sources import SOURCES, as_of_now
from sunlot.office.visits.moment import today
from sunlot.refusal import Refusal

SHOWN = 50  # records shown in full to whoever grants; the list has the rest


def checklist(payload: Any = None) -> dict[str, str]:
    """Return what must be ticked before anything goes public, by code (policy: publication.checklist), and each hit of the scan that is said to be no name."""
    return dict(office_policy(today()).labels("publication.checklist")) | passed_lines(payload or {})


def passed_lines(payload: dict[str, Any]) -> dict[str, str]:
    """Return a line for each hit that is said to be no name, with the reason: whoever grants confirms it by itself."""
    lines = enumerate(passed_of(payload).items(), 1)
    return {f"no-name-{n}": f"扫描认作人名的“{text}”不是人名，可以公开：{why}" for n, (text, why) in lines}


def passed_of(payload: dict[str, Any]) -> dict[str, str]:
    """Return the hits that are said to be no names, each with the reason."""
    return dict(payload.get("passed", ()))


def _note_passed(doing: Deed, payload: dict[str, Any], obj: str) -> None:
    if passed := passed_of(payload):
        said = "；".join(f"{text}：{why}" for text, why in sorted(passed.items()))
        doing.record("release.no-name", obj, {"count": len(passed)}, {"passed": said})


def _publish(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    things = {thing["number"]: thing for thing in payload["things"]}
    source = SOURCES[payload["kind"]]
    source.lock(sorted(things))
    made = source.drafts(sorted(things), {number: thing["wordings"] for number, thing in things.items()})
    for number, (draft, _) in zip(sorted(things), made, strict=True):
        if draft.sha256 != things[number]["sha256"]:
            raise _changed(draft.title)
    refuse_personal((draft for draft, _ in made), passed_of(payload))
    releasing.publish(doing, payload["kind"], made)
    _note_passed(doing, payload, approval.obj)


def _correct(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    release = Release.objects.get(pk=payload["release"])
    draft = as_of_now(release, payload["wordings"])
    if draft.sha256 != payload["sha256"]:
        raise _changed(draft.title)
    refuse_personal([draft], passed_of(payload))
    releasing.correct(doing, release.pk, payload["version"], draft, payload["reason"])
    _note_passed(doing, payload, release.about)


def _withdraw(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    release = releasing.withdraw(doing, payload["release"], payload["version"], payload["reason"])
    _note_passed(doing, payload, release.about)


def _changed(title: str) -> Refusal:
    return Refusal("changed_meanwhile", f"{title}的记录、名录或公开规则在送审之后有变动，请退回重新送审。")


def _publish_changes(payload: dict[str, Any]) -> list[Change]:
    """Show the records as they would be public, or as they went public; why one cannot be released is said here too."""
    source, things = SOURCES[payload["kind"]], {thing["number"]: thing["wordings"] for thing in payload["things"]}
    first = {number: things[number] for number in sorted(things)[:SHOWN]}
    rest = [(noop("其余"), "", f"{len(things) - SHOWN} 件，见公示列表")] if len(things) > SHOWN else []
    done = Release.objects.filter(kind=payload["kind"], about__in=[f"{source.noun}/{number}" for number in first])
    if released := list(done.order_by("sequence").prefetch_related("editions")):
        bodies = [(row.number, row.editions.all()[0].body) for row in released]
        return [(number, "未公示", lines_of(json.loads(body))) for number, body in bodies] + rest
    try:
        made = source.drafts(list(first), first)
    except Refusal as refusal:
        return [(noop("不能公示"), "", refusal.sentence)]
    but = "，只有下面逐条确认不是人名的" if payload.get("passed") else ""
    scanned = (noop("自动扫描"), "", f"拟公开的文字中没有发现电话、证件号码和本机关已知的人名{but}")
    return [(draft.title, "未公示", lines_of(draft.record)) for draft, _ in made] + rest + [scanned]


def lines_of(record: dict[str, Any]) -> str:
    """Return what a public record says, in one text for whoever grants it."""
    said = [str(record.get("result", {}).get("text", "")), str(record.get("inspected_on", ""))]
    said += [f"{one['text']}（{one['severity']}，{one['basis']}）" for one in record.get("problems", [])]
    said += [str(record.get(field, "")) for field in ("penalty_number", "violation", "penalty_content")]
    return "；".join(filter(None, said))


def _correction_changes(payload: dict[str, Any]) -> list[Change]:
    release = Release.objects.get(pk=payload["release"])
    last = release.editions.order_by("-edition")[0]
    try:
        after = lines_of(as_of_now(release, payload["wordings"]).record)
    except Refusal as refusal:
        after = refusal.sentence
    return [(release.number, lines_of(json.loads(last.body)), after), (noop("更正理由"), "", payload["reason"])]


def _withdrawal_changes(payload: dict[str, Any]) -> list[Change]:
    release = Release.objects.get(pk=payload["release"])
    return [
        (release.number, str(release.get_state_display()), "撤回，只留编号、理由和日期"),
        (noop("撤回理由"), "", payload["reason"]),
        (noop("应当撤回之日"), "", payload["since"]),
    ]


def _publish_address(payload: dict[str, Any]) -> str:
    numbers = [thing["number"] for thing in payload["things"]]
    result = payload["kind"] == What.RESULT
    if len(numbers) == 1:
        return reverse("release:visit" if result else "release:case", args=numbers)
    return reverse("release:list" if result else "release:penalties")


def _address(payload: dict[str, Any]) -> str:
    return reverse("release:one", args=[payload["release"]])


def _publish_due(payload: dict[str, Any]) -> date | None:
    """Return the earliest of the last days, None once nothing of it waits."""
    return SOURCES[payload["kind"]].due([thing["number"] for thing in payload["things"]])


def _withdrawal_due(payload: dict[str, Any]) -> date:
    return withdrawal_due(date.fromisoformat(payload["since"]))


KINDS = (
    Kind(
        PUBLISH,
        noop("公示审核"),
        APPROVERS,
        _publish,
        _publish_changes,
        _publish_address,
        checks=checklist,
        due=_publish_due,
    ),
    Kind(CORRECT, noop("更正公示"), APPROVERS, _correct, _correction_changes, _address, checks=checklist),
    Kind(
        WITHDRAW,
        noop("撤回公示"),
        APPROVERS,
        _withdraw,
        _withdrawal_changes,
        _address,
        checks=passed_lines,
        due=_withdrawal_due,
    ),
)
