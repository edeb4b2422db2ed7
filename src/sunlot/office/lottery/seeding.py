"""The seed: every source is typed by two persons who do not see each other's entry, or verified by itself; then it is sealed, once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError

from sunlot.draw import deeds
from sunlot.draw.errors import DrawError
from sunlot.draw.hand import refuse_too_little
from sunlot.draw.lotteries import GAMES
from sunlot.draw.seed import record_sources
from sunlot.draw.sources import describe
from sunlot.draw.state import Draw as DrawFolder
from sunlot.office.accounts.models import User
from sunlot.office.journal import checkpoints, clock
from sunlot.office.journal import queries as journal
from sunlot.office.journal.models import Event
from sunlot.office.journal.order import refuse_wrong_clock
from sunlot.office.journal.services import deed
from sunlot.office.journal.store import the_log
from sunlot.office.lottery import moment
from sunlot.office.lottery.announcing import finish
from sunlot.office.lottery.models import Envelope, SeedEntry
from sunlot.office.lottery.register import folder_of
from sunlot.refusal import Refusal

PATIENCE = timedelta(days=3)  # after which a source that nobody has typed is looked upon as lost
TYPED = frozenset({*GAMES, "hand"})  # what two persons must type


@dataclass(frozen=True)
class Place:
    """One source of the open notice and how far its evidence is. `state`: early, waiting, second, differs, ready, absent."""

    number: int
    source: dict[str, Any]
    title: str
    state: str
    entries: list[SeedEntry]
    evidence: dict[str, Any] | None

    @property
    def known_at(self) -> str:
        """The moment the source becomes known, UTC text."""
        return str(self.source["known_at"])

    @property
    def lost(self) -> bool:
        """Whether it should have been here for so long that it may never come."""
        return self.evidence is None and clock.moment() - datetime.fromisoformat(self.known_at) > PATIENCE


def places(draw: DrawFolder) -> list[Place]:
    """Return the sources of the stage that was announced last, in the notice's order."""
    stage, step = draw.open_stage()
    now = moment.now()
    entries: dict[int, list[SeedEntry]] = {}
    for entry in SeedEntry.objects.filter(draw_id=draw.name, stage=stage.name, withdrawn=False).select_related(
        "person"
    ):
        entries.setdefault(entry.place, []).append(entry)
    sealed = {row.participant: row for row in Envelope.objects.filter(draw_number=draw.name, stage=stage.name)}
    notice = step.read_json("notice.json")
    return [
        _place(number, source, entries.get(number, []), sealed, now) for number, source in enumerate(notice["sources"])
    ]


def _place(
    number: int, source: dict[str, Any], entries: list[SeedEntry], sealed: dict[str, Envelope], now: str
) -> Place:
    kind, evidence = source["kind"], None
    if kind == "reveal":
        row = sealed.get(source["participant"])
        if row and row.value:
            state, evidence = "ready", {"kind": kind, "value": row.value}
        elif source["known_at"] <= now:
            state, evidence = "absent", {"kind": kind, "absent": True}
        else:
            state = "waiting"
    elif kind in TYPED:
        state = {0: "waiting", 1: "second"}.get(len(entries), "ready")
        if len(entries) > 1:
            if len({_plain(entry.value) for entry in entries}) > 1:
                state = "differs"
            else:
                evidence = {"kind": kind, **entries[0].value, "entered_by": [entry.person.name for entry in entries]}
    else:
        state = "ready" if entries else "waiting"
        evidence = {"kind": kind, **entries[0].value} if entries else None
    if source["known_at"] > now and state == "waiting" and kind != "reveal":
        state = "early"
    return Place(number, source, describe(source), state, entries, evidence)


def _plain(value: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, str(text)) for key, text in value.items()))


def source_of(draw: DrawFolder, number: int) -> dict[str, Any]:
    """Return one source of the open notice. Raises DrawError when the notice has no such source."""
    _, step = draw.open_stage()
    sources: list[dict[str, Any]] = step.read_json("notice.json")["sources"]
    if not 0 <= number < len(sources):
        raise DrawError("no_such_source", "公告里没有这个来源。")
    return sources[number]


def enter(user: User, name: str, number: int, value: dict[str, Any]) -> Place:
    """Take one person's entry for one source and return where the source stands. Raises DrawError when it cannot be right."""
    draw = folder_of(name)
    stage, step = draw.open_stage()
    draw.refuse_if(f"{stage.prefix}seed", "本公告的种子已经登记，不能再录入。")
    notice, source = step.read_json("notice.json"), source_of(draw, number)
    if source["known_at"] > moment.now() and source["kind"] != "hand":
        raise DrawError("too_early", f"{describe(source)}要到 {source['known_at']}（世界时）才会产生。")
    if source["kind"] == "reveal":
        raise DrawError("reveal_by_phone", "密封数由参与人用自己的手机揭晓。")
    clean = _checked(notice, source, value)
    try:
        with deed(by=user.actor) as doing:
            entry = SeedEntry(draw_id=draw.name, stage=stage.name, place=number, value=clean, person=user)
            doing.save(entry)
            doing.record("seed.entered", f"draw/{draw.name}", {"draw": draw.name, "source": describe(source)})
    except IntegrityError:
        raise Refusal(
            "entered_already", "您已录入过这个来源；另一人也要独立录入一次。要改正请先撤回自己的录入。"
        ) from None
    return places(draw)[number]


def _checked(notice: dict[str, Any], source: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """Return the entry in its canonical spelling; a forged beacon, a wrong issue or an impossible number is refused here already."""
    alone = {**notice, "sources": [source]}
    pair = {"entered_by": ["一", "二"]} if source["kind"] in TYPED else {}
    text = record_sources(alone, [{"kind": source["kind"], **value, **pair}])[0]["text"]
    if source["kind"] in GAMES:
        return {**value, "numbers": text.split("/", 1)[1]}
    if source["kind"] == "hand":
        refuse_too_little(source, typed := text.split("/", 1)[1])
        return {**value, "value": typed}
    return dict(value)


def withdraw(user: User, name: str, number: int) -> None:
    """Take one's own entry back; it stays in the log."""
    with deed(by=user.actor) as doing:
        draw = folder_of(name)
        stage, _ = draw.open_stage()
        draw.refuse_if(f"{stage.prefix}seed", "本公告的种子已经登记，不能再改。")
        entry = (
            SeedEntry.objects.select_for_update()
            .filter(draw_id=name, stage=stage.name, place=number, person=user, withdrawn=False)
            .first()
        )
        if entry is None:
            raise Refusal("nothing_entered", "您没有录入过这个来源。")
        entry.withdrawn = True
        doing.save(entry)
        doing.record("seed.withdrawn", f"draw/{name}", {"draw": name, "source": number + 1})


def seal(user: User, name: str, unanchored: bool = False) -> None:
    """Record the seed of the open stage. Raises Refusal when a source is missing, or the notice has no witness and `unanchored` is not said."""
    draw, now = folder_of(name), moment.now()
    refuse_wrong_clock(now)
    found = places(draw)
    if missing := [place.title for place in found if place.evidence is None]:
        raise Refusal("source_missing", f"还缺：{'、'.join(missing)}。缺一个就要等，不能省略，也不能换成别的来源。")
    if not unanchored and not (anchored(draw) or nobody_witnesses()):
        raise Refusal(
            "notice_unanchored",
            "公告尚未锚定：请先取得见证人的共同签署。确实无法取得时可选“没有见证也继续”，信任等级会降低并写明。",
        )
    deeds.record_seed(draw, [place.evidence for place in found if place.evidence is not None], now)
    finish(user.actor)


def nobody_witnesses() -> bool:
    """Return whether the office has named no witness: nothing can be anchored then, and whoever looks is told so."""
    return checkpoints.policy_of(the_log()).quorum == "none"


def anchored(draw: DrawFolder) -> bool:
    """Return whether the notice of the open stage has its quorum of witnesses; never where nobody was named."""
    if nobody_witnesses():
        return False
    stage, _ = draw.open_stage()
    event = Event.objects.filter(obj=f"draw/{draw.name}", act=f"draw.{stage.prefix}notice").order_by("-seq").first()
    return event is not None and journal.standing(event)[0] == journal.ANCHORED


def unsigned(draw: DrawFolder) -> bool:
    """Return whether witnesses are named and have not signed the draw's last step yet: its bag would not verify."""
    if nobody_witnesses():
        return False
    last = Event.objects.filter(obj=f"draw/{draw.name}", act=f"draw.{draw.steps[-1].what}").order_by("-seq").first()
    return last is None or journal.standing(last)[0] != journal.ANCHORED
