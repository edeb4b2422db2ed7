"""用印: the office's seal is kept once as a picture, and set on a paper when a second person has approved that paper.

It is a picture of the seal, as good as a stamped page that was copied; it is no electronic seal in the sense of 电子签名法.
"""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_noop as noop

from sunlot.documents.statutory import FormError, Seal, form_in_force
from sunlot.documents.statutory.seal_ink import ink_of
from sunlot.office.accounts.models import User
from sunlot.office.accounts.queries import doer_of, same_person
from sunlot.office.accounts.roles import APPROVERS
from sunlot.office.approvals.kinds import Change, Kind
from sunlot.office.approvals.models import Approval
from sunlot.office.approvals.services import ask
from sunlot.office.journal.audit import Finding
from sunlot.office.journal.services import Deed, deed
from sunlot.office.papers.models import OfficeSeal, Paper, Sealing, State
from sunlot.office.papers.scans import FILES
from sunlot.office.visits import moment
from sunlot.office.visits.fields import LARGEST
from sunlot.refusal import Refusal

SEAL = "papers.seal"
NARROWEST, WIDEST = 20, 60  # millimetres


def seal_in_force() -> OfficeSeal | None:
    """Return the seal that is set today, None where the office keeps none."""
    return OfficeSeal.objects.filter(withdrawn_at=None).select_related("put_by").order_by("-pk").first()


def keep_seal(user: User, picture: bytes, width: int) -> OfficeSeal:
    """Return the office's seal, its ink taken from a scan or photo; one that was kept before is withdrawn. Raises Refusal for a picture that shows none."""
    if len(picture) > LARGEST:
        raise Refusal("photo_too_large", f"照片不超过 {LARGEST // 2**20} MB，请缩小后再传。")
    if not NARROWEST <= width <= WIDEST:
        raise Refusal("seal_width", f"印章直径应在 {NARROWEST} 至 {WIDEST} 毫米之间，现为 {width}。")
    digest, original = FILES.write(ink_of(picture)), FILES.write(picture)
    with deed(by=user.actor) as doing:
        _withdraw(doing)
        seal = OfficeSeal(sha256=digest, width=width, original=original, put_by=user, put_at=moment.now())
        doing.save(seal)
        doing.record("paper.seal_kept", "bureau", {"digest": digest, "width": width})
    return seal


def withdraw_seal(user: User) -> None:
    """Note that the seal is not to be set any more. Raises Refusal where none is kept."""
    with deed(by=user.actor) as doing:
        if not (digests := _withdraw(doing)):
            raise Refusal("no_seal", "没有登记印章图像，不需要停用。")
        doing.record("paper.seal_withdrawn", "bureau", {"digest": digests[-1]})


def picture_of(seal: OfficeSeal) -> bytes:
    """Return the seal's ink as PNG. Raises Refusal when its file is missing or altered."""
    data = FILES.read(seal.sha256)
    if data is None:
        raise Refusal("seal_altered", f"印章图像 {seal.sha256[:16]}… 的文件缺失或被改动；请从备份恢复。")
    return data


def seal_on(paper: Paper) -> Seal | None:
    """Return the seal that was set on a paper, None on one that bears none."""
    sealing = Sealing.objects.filter(paper=paper).select_related("seal").first()
    return Seal(picture_of(sealing.seal), sealing.seal.width) if sealing else None


def may_bear(paper: Paper) -> bool:
    """Return whether a paper's form has a place for the seal and it is still empty."""
    return _hindrance(paper) is None


def ask_seal(user: User, paper: Paper, reason: str) -> Approval:
    """Ask that the seal be set on a paper. Raises Refusal for one that may not bear it, and where no seal is kept."""
    _refuse(paper)
    payload = {"paper": paper.pk, "by": user.pk}
    return ask(user, SEAL, f"paper/{paper.pk}", f"用印：{paper}", payload, reason)


def seal_findings() -> Iterator[Finding]:
    """Yield every seal whose file is gone or altered, for the audit."""
    seals = OfficeSeal.objects.order_by("pk")
    named = [(digest, "bureau", "本机关印章图像") for one in seals for digest in (one.sha256, one.original)]
    return FILES.findings("file_altered", named, "重新登记印章")


def _withdraw(doing: Deed) -> list[str]:
    rows = list(OfficeSeal.objects.select_for_update().filter(withdrawn_at=None).order_by("pk"))
    for row in rows:
        row.withdrawn_at = moment.now()
        doing.save(row)
    return [row.sha256 for row in rows]


def _hindrance(paper: Paper) -> Refusal | None:
    """Return why a paper cannot bear the seal, None for one that can."""
    if not form_in_force(paper.kind, paper.day).sealed():
        return Refusal("no_place_for_seal", f"{paper}的式样没有加盖印章的位置。")
    if paper.state == State.VOID:
        return Refusal("void_already", f"{paper}已经作废。")
    if Sealing.objects.filter(paper=paper).exists():
        return Refusal("paper_sealed", f"{paper}已经用印。")
    return None


def _refuse(paper: Paper) -> OfficeSeal:
    """Return the seal to set. Raises Refusal for a paper that cannot bear it, and where none is kept."""
    if why := _hindrance(paper):
        raise why
    if (seal := seal_in_force()) is None:
        raise Refusal(
            "no_seal", "还没有登记本机关印章图像；请科室负责人或领导小组在“文书 → 本机关印章”登记，或打印后盖章。"
        )
    return seal


def _set(doing: Deed, payload: dict[str, Any], approval: Approval) -> None:
    paper = Paper.objects.select_for_update().get(pk=payload["paper"])
    seal, approver = _refuse(paper), doer_of(doing)
    if approver == paper.issued_by or same_person(approver, paper.issued_by):
        raise Refusal("own_request", "制作人不能批准在自己制作的文书上用印，请由另一人办理。")
    doing.save(Sealing(paper=paper, seal=seal, asked_by_id=payload["by"], approved_by=approver, at=moment.now()))
    doing.record("paper.sealed", paper.obj, {"paper": paper.pk, "number": paper.number, "digest": seal.sha256})


def _changes(payload: dict[str, Any]) -> list[Change]:
    paper = Paper.objects.get(pk=payload["paper"])
    return [(str(paper), noop("未用印"), noop("加盖本机关印章"))]


def _address(payload: dict[str, Any]) -> str:
    return reverse("papers:one", args=[payload["paper"]])


SEALING = Kind(SEAL, "文书用印", APPROVERS, _set, _changes, _address)


def firm_ink(picture: bytes) -> bytes:
    """Return the ink of a firm's seal in a photo, b"" where none can be told from the paper: then the photo stands in the case file alone."""
    try:
        return ink_of(picture) if picture else b""
    except FormError:
        return b""
