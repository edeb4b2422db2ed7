"""Writing a ceremony: open it, take sealed numbers, what they were, signatures."""

import re
import secrets
from hashlib import sha256

from sunlot.draw.deeds import next_id
from sunlot.draw.sources import commit_reveal
from sunlot.draw.state import Draw as DrawFolder
from sunlot.office.accounts.models import User
from sunlot.office.ceremony.models import Ceremony
from sunlot.office.journal.services import deed
from sunlot.office.lottery import moment
from sunlot.office.lottery.models import Envelope, Round, RoundState
from sunlot.office.lottery.progress import current, folder
from sunlot.office.lottery.register import register
from sunlot.office.lottery.tables import series_of
from sunlot.refusal import Refusal

MOST = 200  # people in one room
HASH, VALUE = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9A-Za-z]{1,64}")
PATH = re.compile(r"[ML0-9 ]{0,20000}")


def open_ceremony(user: User, number: int) -> Ceremony:
    """Return the ceremony of a round, opened on first use. Raises Refusal for a round that is dropped or still a draft without sources."""
    row = Round.objects.get(pk=number)
    if (existing := Ceremony.objects.filter(round=row).first()) is not None:
        return existing
    if row.state == RoundState.DROPPED or not row.sources:
        raise Refusal("no_ceremony", "先填好这一轮的方案和种子来源，再开公开抽取。")
    with deed(by=user.actor) as doing:
        made = Ceremony(round=row, token=secrets.token_urlsafe(24))
        made.save()
        doing.save(made)
        doing.record("ceremony.opened", row.obj, {"title": row.title})
    return made


def set_joining(user: User, ceremony: Ceremony, joining: bool) -> None:
    """Let others come in, or no more."""
    with deed(by=user.actor) as doing:
        ceremony.joining = joining
        doing.save(ceremony)
        doing.record(
            "ceremony.joining", ceremony.round.obj, {"title": ceremony.round.title, "open": "是" if joining else "否"}
        )


def stage_of(row: Round) -> tuple[str, str]:
    """Return the stage for which numbers can be sealed now and the draw's number, empty when none can."""
    draw = folder(row)
    if draw is None:
        return "firms", next_id(register(), series_of(row), str(row.year))
    return ("teams", draw.name) if current(row, draw) == "teams-notice" and not draw.void else ("", draw.name)


def join(ceremony: Ceremony, name: str) -> tuple[Envelope, str]:
    """Return a new participant and the key that his phone keeps. Raises Refusal when nobody may come in any more."""
    name = name.strip()
    if not name or len(name) > 40:
        raise Refusal("name_missing", "请填写姓名（不超过 40 字）。")
    key = secrets.token_urlsafe(24)
    with deed(by="u/phone") as doing:
        held = Ceremony.objects.select_for_update().select_related("round").get(pk=ceremony.pk)
        stage, number = stage_of(held.round)
        here = Envelope.objects.filter(round=held.round)
        if not held.joining or here.count() >= MOST:
            raise Refusal("joining_closed", "现在不再接受新的参与人。")
        row = Envelope(
            round=held.round,
            stage=stage or "firms",
            draw_number=number,
            participant=f"p{here.count() + 1:03d}",
            name=name,
            key=sha256(key.encode()).hexdigest(),
        )
        doing.save(row)
        doing.record("envelope.joined", held.round.obj, {"draw": number, "participant": row.participant})
    return row, key


def seal(ceremony: Ceremony, participant: str, key: str, commit: str) -> Envelope:
    """Take the commitment of a participant's number; once taken it stays until the envelopes are cleared."""
    if not HASH.fullmatch(commit):
        raise Refusal("commit_malformed", "承诺值应为 64 位小写十六进制。")
    with deed(by="u/phone") as doing:
        row = _own(ceremony, participant, key)
        stage, number = stage_of(row.round)
        if row.round.reveal_minutes == 0:
            raise Refusal("no_reveals", "这一轮没有设现场参与，不能密封。")
        if not stage or (stage, number) != (row.stage, row.draw_number):
            raise Refusal("too_late_to_seal", "公告已经发布，不能再密封；您仍可见证和签名。")
        if row.commit and row.commit != commit:
            raise Refusal("sealed_already", "您已密封过，不能更换。")
        row.commit = commit
        doing.save(row)
        doing.record("envelope.sealed", row.round.obj, {"draw": number, "participant": row.participant})
    return row


def reveal(ceremony: Ceremony, participant: str, value: str) -> Envelope:
    """Take a participant's number. Whoever knows the number that fits the commitment may say it. Raises Refusal before the notice and after the deadline."""
    if not VALUE.fullmatch(value) or value == "absent":
        raise Refusal("value_malformed", "密封数只能含数字和英文字母，不超过 64 位。")
    with deed(by="u/phone") as doing:
        row = Envelope.objects.select_for_update().filter(round=ceremony.round_id, participant=participant).first()
        if row is None or not row.commit:
            raise Refusal("not_sealed", "没有这个代号的密封数。")
        deadline = deadline_of(row)
        if not deadline:
            raise Refusal("too_early_to_reveal", "公告还没有发布，现在揭晓会让别人占便宜；请等公告发布。")
        if moment.now() >= deadline:
            raise Refusal("too_late_to_reveal", "揭晓时限已过，您的密封数已公开记为缺席。")
        if commit_reveal(row.draw_number, row.stage, row.participant, value) != row.commit:
            raise Refusal("reveal_differs", "这个数与您密封时的承诺值不符。")
        if row.value != value:
            row.value = value
            doing.save(row)
            doing.record("envelope.revealed", row.round.obj, {"draw": row.draw_number, "participant": row.participant})
    return row


def deadline_of(row: Envelope) -> str:
    """Return until when an envelope may be revealed, UTC text; empty while its notice is not out or has been answered by a seed."""
    draw = folder(row.round)
    if draw is None or draw.name != row.draw_number:
        return ""
    prefix = "teams-" if row.stage == "teams" else ""
    step = draw.step(f"{prefix}notice")
    if step is None or draw.step(f"{prefix}seed"):
        return ""
    known: list[str] = [
        source["known_at"]
        for source in step.read_json("notice.json")["sources"]
        if source.get("participant") == row.participant
    ]
    return known[0] if known else ""


def sign(ceremony: Ceremony, participant: str, key: str, path: str) -> Envelope:
    """Take the signature of somebody present, drawn on his phone, once there is a result."""
    if not PATH.fullmatch(path) or len(path) < 20:
        raise Refusal("signature_malformed", "请在框内手写签名。")
    with deed(by="u/phone") as doing:
        row = _own(ceremony, participant, key)
        draw: DrawFolder | None = folder(row.round)
        if draw is None or not draw.outcome:
            raise Refusal("nothing_to_sign", "结果产生之后才能签名。")
        if row.signature:
            raise Refusal("signed_already", "您已签过名。")
        row.signature = path
        doing.save(row)
        pub = {"draw": draw.name, "participant": row.participant, "check_code": draw.check_code}
        doing.record("envelope.signed", f"draw/{draw.name}", pub)
    return row


def clear(user: User, ceremony: Ceremony) -> int:
    """Void the commitments sealed for a number that the draw did not get; their owners seal again. Returns how many there were."""
    with deed(by=user.actor) as doing:
        row = Round.objects.select_for_update().get(pk=ceremony.round_id)
        stage, number = stage_of(row)
        if not stage:
            raise Refusal("announced_already", "公告已经发布，密封数不能清空。")
        stale = list(Envelope.objects.select_for_update().filter(round=row, value="", signature=""))
        for envelope in stale:
            envelope.stage, envelope.draw_number, envelope.commit = stage, number, ""
            doing.save(envelope)
        doing.record("envelope.cleared", row.obj, {"draw": number, "count": len(stale)})
    return len(stale)


def _own(ceremony: Ceremony, participant: str, key: str) -> Envelope:
    row = (
        Envelope.objects.select_for_update()
        .select_related("round")
        .filter(round=ceremony.round_id, participant=participant, key=sha256(key.encode()).hexdigest())
        .first()
    )
    if row is None:
        raise Refusal("not_you", "这部手机没有登记为这个代号；请重新进入。")
    return row
