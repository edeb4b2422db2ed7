"""What the big screen and the phones show, read from the round, its draw and its envelopes."""

from typing import Any

from django.utils.translation import gettext as _

from sunlot.draw.sources import GRADES
from sunlot.office.ceremony.models import Ceremony
from sunlot.office.lottery import moment, progress, queries, seeding
from sunlot.office.lottery.models import Envelope
from sunlot.office.lottery.templatetags.lottery import qr

SHOWN = 400  # drawn firms on the screen; more are in the result


def state_of(ceremony: Ceremony) -> dict[str, Any]:
    """Return the state as plain data: `phase` is waiting, announced, seeded, drawn or void."""
    row = ceremony.round
    draw = progress.folder(row)
    people = list(Envelope.objects.filter(round=row).order_by("pk"))
    state: dict[str, Any] = {
        "phase": "waiting",
        "now": moment.now(),
        "draw": row.draw_id or "",
        "joining": ceremony.joining,
        "people": [
            {
                "code": one.participant,
                "name": one.name,
                "sealed": bool(one.commit),
                "value": one.value,
                "signed": one.signature,
            }
            for one in people
        ],
    }
    if draw is None:
        return state
    stage, step = draw.open_stage()
    sealed, outcome = draw.step(f"{stage.prefix}seed"), draw.step(f"{stage.prefix}outcome")
    notice = step.read_json("notice.json")
    state |= {
        "phase": "drawn" if outcome else "seeded" if sealed else "announced",
        "stage": stage.name,
        "code": step.digest,
        "code_picture": qr(step.digest),
        "anchor": "anchored" if seeding.anchored(draw) else "unwitnessed" if seeding.nobody_witnesses() else "alone",
        "sources": [
            {"title": place.title, "state": place.state, "known_at": place.known_at}
            for place in ([] if sealed else seeding.places(draw))
        ],
        "last_at": max(source["known_at"] for source in notice["sources"]),
        "next_at": min((s["known_at"] for s in notice["sources"] if s["known_at"] > moment.now()), default=""),
    }
    if sealed:
        record = sealed.read_json("seed.json")
        state |= {"seed": record["seed"], "grade": f"{record['grade']} {GRADES[record['grade']]}"}
    if outcome:
        state |= _result(row, draw, outcome.read_json("outcome.json"))
    if draw.void:
        state |= {"phase": "void", "reason": draw.void.read_json("void.json")["reason"]}
    return state


def _result(row: Any, draw: Any, outcome: dict[str, Any]) -> dict[str, Any]:
    if progress.hidden(row):
        count = len(outcome.get("selected") or outcome.get("teams", []))
        return {"count": count, "entries": [], "secret": _("暗查暗访，名单在执行完毕后公开")}
    entries = queries.drawn_list(draw)
    shown = [
        {
            "name": one["name"],
            "id": one["id"],
            "town": one["territory"],
            "team": "、".join(name for _id, name in one["members"]),
        }
        for one in entries[:SHOWN]
    ]
    return {"count": len(entries), "entries": shown, "secret": ""}
