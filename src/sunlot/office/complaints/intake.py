"""Taking a report in, from the web form or by the clerk: number, key, tracking code, sealed pieces; the same text about the same firm is joined."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import VISITOR
from sunlot.office.catalog.policies import office_policy
from sunlot.office.complaints import pieces, tracking, vault
from sunlot.office.complaints.deadlines import answer_of_acceptance_by
from sunlot.office.complaints.images import cleaned
from sunlot.office.complaints.models import Channel, Report, Sort
from sunlot.office.complaints.states import OPEN, State, after
from sunlot.office.journal.clock import moment
from sunlot.office.journal.services import Deed, deed, take_log
from sunlot.office.roster.models import Firm
from sunlot.refusal import Refusal

PHOTOS = 5
SHORTEST, LONGEST = 10, 4000  # letters of the text
SCANS = {b"%PDF-": "application/pdf"}
SCAN_LARGEST = 20 * 2**20


@dataclass(frozen=True)
class Arrival:
    """What somebody reports. `firm`: name or code as typed; `when`: in his words; `name`, `phone`: empty for an anonymous report.

    `once` marks one return of a web form, `queue` says that too many come at once, `scans` are pages of a letter.
    """

    kind: str
    text: str
    firm: str = ""
    place: str = ""
    township: str = ""
    when: str = ""
    name: str = ""
    phone: str = ""
    address: str = ""
    photos: tuple[bytes, ...] = ()
    scans: tuple[bytes, ...] = ()
    channel: str = Channel.WEB.value
    once: str = ""
    queue: bool = False
    extra: dict[str, str] = field(default_factory=dict)


def receive(arrival: Arrival, clerk: User | None = None) -> tuple[Report, str]:
    """Return the report and its tracking code, which is told nowhere else. Raises Refusal for what cannot be taken; then nothing is kept.

    Taken in by a clerk, the report is his to handle.
    """
    vault.make_office_key()
    _refuse_incomplete(arrival)
    photos = [cleaned(data) for data in arrival.photos]
    scans = [_scan(data) for data in arrival.scans]
    code, now = tracking.new_code(), moment()
    with deed(by=clerk.actor if clerk else VISITOR) as doing:
        take_log()  # one at a time: numbers have no gap
        if arrival.once and Report.objects.filter(once=arrival.once).exists():
            raise Refusal("sent_already", "这份举报已经提交过，不必再次提交；请使用第一次提交时显示的查询码。")
        firm = firm_named(arrival.firm)
        report = Report(
            number=_next_number(timezone.localtime(now).year),
            kind=arrival.kind,
            state=State.QUEUED if arrival.queue else State.RECEIVED,
            channel=arrival.channel,
            named=bool(arrival.name),
            firm=firm,
            township=(firm.territory if firm else "") or arrival.township,
            received_at=now,
            handler=clerk,
            due_on=answer_of_acceptance_by(timezone.localtime(now).date()),
            code=tracking.kept_form(code),
            likeness=_likeness(arrival, firm),
            once=arrival.once or None,
        )
        _write(doing, report, arrival, clerk, photos, scans)
        _join_to_the_same(doing, report)
    return report, code


def _write(
    doing: Deed,
    report: Report,
    arrival: Arrival,
    clerk: User | None,
    photos: list[tuple[bytes, str]],
    scans: list[tuple[bytes, str]],
) -> None:
    report.save()  # its number in the database names its key
    report.wrapped = vault.new_key(report.obj)
    doing.save(report)
    content = {"text": arrival.text.strip(), "firm": arrival.firm.strip(), "place": arrival.place, "when": arrival.when}
    pieces.seal(doing, report, Sort.CONTENT, content | arrival.extra, clerk)
    if arrival.name:
        who = {"name": arrival.name, "phone": arrival.phone, "address": arrival.address}
        pieces.seal(doing, report, Sort.IDENTITY, who, clerk)
    for data, media in photos:
        pieces.seal(doing, report, Sort.PHOTO, data, clerk, media)
    for data, media in scans:
        pieces.seal(doing, report, Sort.SCAN, data, clerk, media)
    doing.record("complaint.received", report.obj, {})


def kind_title(report: Report) -> str:
    """Return the Chinese of a report's kind as the policy of its day spells it."""
    day = timezone.localtime(report.received_at).date()
    return office_policy(day).labels("complaint.kinds").get(report.kind, report.kind)


def firm_named(typed: str) -> Firm | None:
    """Return the listed firm with this code or exactly this name; None when there is none, or more than one."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    if not plain:
        return None
    if found := Firm.objects.filter(pk=plain.upper(), listed=True).first():
        return found
    rows = list(Firm.objects.filter(name=plain, listed=True)[:2])
    return rows[0] if len(rows) == 1 else None


def _refuse_incomplete(arrival: Arrival) -> None:
    if arrival.kind not in office_policy(_today()).labels("complaint.kinds"):
        raise Refusal("no_such_kind", "请选择举报的类别。")
    length = len(arrival.text.strip())
    if not SHORTEST <= length <= LONGEST:
        raise Refusal("text_length", f"请写明举报的问题，{SHORTEST} 到 {LONGEST} 字，现为 {length} 字。")
    if len(arrival.photos) > PHOTOS:
        raise Refusal(
            "too_many_photos", f"照片不超过 {PHOTOS} 张，现为 {len(arrival.photos)} 张；其余可以用查询码补充。"
        )


def _scan(data: bytes) -> tuple[bytes, str]:
    """Return a scanned page: a picture without metadata, or a PDF as it is. Raises Refusal."""
    for start, media in SCANS.items():
        if data.startswith(start):
            if len(data) > SCAN_LARGEST:
                raise Refusal("scan_too_large", f"扫描件不超过 {SCAN_LARGEST // 2**20} MB。")
            return data, media
    return cleaned(data)


def _next_number(year: int) -> str:
    last = Report.objects.filter(number__startswith=f"{year}-").order_by("-number").values_list("number", flat=True)
    return f"{year}-{int(last[0][5:]) + 1 if last else 1:05d}"


def _likeness(arrival: Arrival, firm: Firm | None) -> str:
    """Return a keyed hash of the text without blanks and punctuation, and of the firm."""
    words = [arrival.text, firm.pk if firm else arrival.firm]
    plain = ["".join(filter(str.isalnum, unicodedata.normalize("NFKC", word).casefold())) for word in words]
    return vault.digest("likeness", "\n".join(plain))


def _join_to_the_same(doing: Deed, report: Report) -> None:
    since = report.received_at - timedelta(days=office_policy(_today()).count("complaint.joining_days"))
    same = Report.objects.filter(likeness=report.likeness, state__in=OPEN, received_at__gte=since)
    if first := same.exclude(pk=report.pk).order_by("pk").first():
        report.state, report.into, report.ended_on = after(report.state, "join"), first, _today()
        doing.save(report)
        doing.record("complaint.joined", report.obj, {})


def _today() -> date:
    return timezone.localtime(moment()).date()
