"""Publishing a round's notice, and finding out after a crash whether it was published.

A draw's folder appears whole or not at all; the round waits in the state `announcing` meanwhile, under the number it expects. Whoever
opens the lottery next settles it: the folder is there, then the notice is out; it is not, then nothing has happened.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sunlot.draw import deeds
from sunlot.draw.errors import DrawError
from sunlot.draw.moments import seconds_of, utc
from sunlot.files import locked
from sunlot.office.accounts.models import User
from sunlot.office.journal.order import refuse_wrong_clock
from sunlot.office.journal.services import deed
from sunlot.office.lottery import moment, rounds, services, tables
from sunlot.office.lottery.models import Draw, Envelope, Round, RoundState
from sunlot.office.lottery.register import folder_of, register
from sunlot.policy.reader import read_pack
from sunlot.refusal import Refusal

OUT = _("“%(round)s”的公告发布途中中断过：公告 %(draw)s 已经发出，现已补登日志，不必也不能重新发布。")
NOT_OUT = _("“%(round)s”的公告发布途中中断过：公告没有发出，一切如前，请重新发布。")


def announce(user: User, number: int) -> Draw:
    """Publish the notice of an approved round and return its draw. Raises Refusal and leaves everything as it was when it cannot be."""
    now = moment.now()
    refuse_wrong_clock(now)
    with _alone():
        _settle(user.actor)
        row = Round.objects.get(pk=number)
        folder = tables.frozen(row, row.digest) if row.state == RoundState.APPROVED else None
        if folder is None:
            raise Refusal(
                "not_approved", f"“{row.title}”现在是“{row.get_state_display()}”；批准之后、公告之前才能发布。"
            )
        if tables.freeze(row) != row.digest:
            raise Refusal("roster_moved", "名录或人员在批准之后有变动，批准的已不是现在的名录；请重新核查并送审。")
        plan = {**tables.plan_of(row), "sources": [*_reveals(row, "firms", now), *tables.plan_of(row)["sources"]]}
        expects = deeds.next_id(register(), str(plan["organ"]), str(plan["year"]))
        services.refuse_held_before(expects)
        _refuse_foreign_envelopes(row, "firms", expects)
        with deed(by=user.actor) as doing:
            row = rounds.take(number)
            rounds.move(doing, row, RoundState.ANNOUNCING, expects=expects)
            doing.record("round.announcing", row.obj, {"title": row.title, "draw": expects})
        try:
            deeds.announce_firms(register(), plan, read_pack(row.pack), folder, now, moment.new_secret)
        finally:
            _settle(user.actor)
    return Draw.objects.get(pk=expects)


def announce_teams(user: User, name: str) -> None:
    """Publish the teams' notice of a draw. Raises DrawError, which names who lacks whom, when no teams exist."""
    row, now = Round.objects.get(draw_id=name), moment.now()
    refuse_wrong_clock(now)
    if row.team_sources_by_id == user.pk:
        raise Refusal("own_sources", "检查组的种子来源是您填写的；请由另一人核对后发布公告。")
    sources = [*_reveals(row, "teams", now), *tables.plan_of(row)["team_sources"]]
    _refuse_foreign_envelopes(row, "teams", name)
    deeds.announce_teams(folder_of(name), now, sources)
    finish(user.actor)


def finish(by: str) -> None:
    """Enter whatever steps the folders have and the log has not, and sign the log."""
    services.catch_up(Path(settings.HOME), register(), by)


def settle(by: str) -> list[str]:
    """Bring rounds that a crash left `announcing` to what really happened, and return what that was, a sentence a round."""
    if not Round.objects.filter(state=RoundState.ANNOUNCING).exists():
        return []
    with _alone():
        return _settle(by)


def _settle(by: str) -> list[str]:
    told = []
    for waiting in Round.objects.filter(state=RoundState.ANNOUNCING):
        number = waiting.expects
        published = (register() / number).is_dir()
        if published:
            finish(by)
        with deed(by=by) as doing:
            row = rounds.take(waiting.pk)
            if row.state != RoundState.ANNOUNCING:
                continue
            fields = {"title": row.title, "draw": number}
            if published:
                rounds.move(doing, row, RoundState.ANNOUNCED, draw_id=number)
                doing.record("round.announced", row.obj, fields)
            else:
                rounds.move(doing, row, RoundState.APPROVED, expects="")
                doing.record("round.not-announced", row.obj, fields)
        told.append((OUT if published else NOT_OUT) % {"round": row.title, "draw": number})
    return told


@contextmanager
def _alone() -> Iterator[None]:
    home = Path(settings.HOME) / "rounds"
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with locked(home / ".announcing.lock"):
        yield


def _reveals(row: Round, stage: str, now: str) -> list[dict[str, Any]]:
    """Return the sources of those who sealed a number for this stage; all must be revealed by the same minute."""
    if not row.reveal_minutes:
        return []
    deadline = utc(seconds_of(now) + row.reveal_minutes * 60)
    return [
        {"kind": "reveal", "participant": sealed.participant, "commit": sealed.commit, "known_at": deadline}
        for sealed in Envelope.objects.filter(round=row, stage=stage).order_by("participant")
    ]


def _refuse_foreign_envelopes(row: Round, stage: str, expects: str) -> None:
    if row.reveal_minutes and row.envelopes.filter(stage=stage).exclude(draw_number=expects).exists():
        raise DrawError(
            "envelope_foreign", f"有密封数不是为抽取 {expects} 封的；请在“公开抽取”页清空，由参与人重新密封。"
        )
