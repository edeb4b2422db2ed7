"""Pages of a paper that were signed by hand: scanned, checked against the paper they belong to, and kept as they came."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sunlot.documents.statutory import Scan
from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import Finding
from sunlot.office.journal.services import deed
from sunlot.office.papers.models import Paper, ScannedPage, State, title_of
from sunlot.office.shell.kept import Kept
from sunlot.office.shell.printed_code import says
from sunlot.office.visits import moment
from sunlot.office.visits.photos import page_media
from sunlot.refusal import Refusal

FILES = Kept("papers")


def path_of(digest: str) -> Path:
    """Return where a scanned page lies in the office's folder."""
    return FILES.path(digest)


def bytes_of(page: ScannedPage) -> bytes:
    """Return a page's bytes. Raises Refusal when they are missing or not what came in."""
    data = FILES.read(page.sha256)
    if data is None:
        raise Refusal("scan_altered", f"扫描件 {page.sha256[:16]}… 的文件缺失或被改动；请从备份恢复，或重新扫描上传。")
    return data


def scan_findings() -> Iterator[Finding]:
    """Yield every scanned page whose file is gone or altered, for the audit."""
    pages = ScannedPage.objects.select_related("paper").order_by("pk").iterator(chunk_size=500)
    named = ((page.sha256, page.paper.obj, f"{page.paper}的扫描件") for page in pages)
    return FILES.findings("file_altered", named, "重新扫描上传")


def belongs(paper: Paper, code: str) -> bool:
    """Return whether a code, as `read_code` reads it, is that of the paper. Raises Refusal for what is no code."""
    return says(code, paper.digest, paper.number)


def keep(user: User, paper: Paper, code: str, pages: Sequence[bytes]) -> None:
    """Keep signed pages of a paper, behind those that are there. Raises Refusal for another paper's page and for what cannot be set into a case file."""
    if not belongs(paper, code):
        raise Refusal(
            "another_paper", f"页脚的校验值与 {paper} 不符：这一页属于另一份文书，或印自草稿。请核对后再上传。"
        )
    media = [page_media(number, data, "放进案卷") for number, data in enumerate(pages, 1)]
    digests = [FILES.write(data) for data in pages]
    with deed(by=user.actor) as doing:
        row = Paper.objects.select_for_update().get(pk=paper.pk)
        if row.state == State.VOID:
            raise Refusal("void_already", f"{paper}已经作废，不再接收签字页。")
        there = set(row.pages.values_list("sha256", flat=True))
        new = list(zip(digests, pages, media, strict=True))
        new = [one for place, one in enumerate(new) if one[0] not in there | {other[0] for other in new[:place]}]
        if not new:
            raise Refusal("scan_there", "这些扫描页已经收到过，没有新的页面。")
        for order, (digest, data, kind) in enumerate(new, len(there) + 1):
            doing.save(
                ScannedPage(paper=row, order=order, sha256=digest, size=len(data), media=kind, received_at=moment.now())
            )
        doing.record("paper.scanned", row.obj, {"paper": row.pk, "number": row.number, "count": len(new)})


def scan_of(paper: Paper) -> Scan | None:
    """Return the signed pages of a paper for its case file, None when there are none."""
    pages = [bytes_of(page) for page in paper.pages.order_by("order")]
    return Scan(f"{title_of(paper.kind)}（签字页）", pages, paper.number, paper.day) if pages else None
