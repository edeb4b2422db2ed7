"""Pages that came from elsewhere, as pictures: a scanner's PDF is set into a case file page by page, since PDF/A takes no other PDF in."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from sunlot.documents.statutory.document import JPEG, PNG
from sunlot.documents.statutory.form_text import FormError

PDF, WEBP = b"%PDF-", b"RIFF"
MOST = 60  # pages of one PDF
SHARPNESS = 150  # dots an inch: a signature and a seal stay legible, a page takes a few hundred kilobytes
BEHIND_THE_LAST, LOCKED = "does not exist", "encrypted"  # words of the typesetter
PAGE = '#set page(width: auto, height: auto, margin: 0pt)\n#image("scan.pdf", page: {number})'


def suffix_of(page: bytes) -> str:
    """Return how the name of a scanned page's file ends: png, jpg, webp, pdf. Raises FormError for anything else."""
    for start, suffix in ((PNG, "png"), (JPEG, "jpg"), (WEBP, "webp"), (PDF, "pdf")):
        if page.startswith(start):
            return suffix
    raise FormError("picture_wrong", "不是 PNG、JPEG、WebP 图片或 PDF。")


def pictures_of(page: bytes) -> list[bytes]:
    """Return a picture as it is, a PDF as PNG pictures of its pages. Raises FormError for one that is locked, broken or too long."""
    return list(_pages(page)) if suffix_of(page) == "pdf" else [page]


def _pages(data: bytes) -> Iterator[bytes]:
    with TemporaryDirectory() as folder:
        Path(folder, "scan.pdf").write_bytes(data)
        source = Path(folder, "page.typ")
        for number in range(1, MOST + 2):
            source.write_text(PAGE.format(number=number))
            try:
                made = typst.compile(str(source), format="png", ppi=SHARPNESS, ignore_system_fonts=True)
            except typst.TypstError as failure:
                if BEHIND_THE_LAST in failure.message and number > 1:
                    return
                raise FormError("pdf_unreadable", _trouble(failure.message)) from failure
            if number > MOST:
                raise FormError("pdf_long", f"PDF 超过 {MOST} 页，请分成几个文件。")
            yield bytes(made)


def _trouble(message: str) -> str:
    if LOCKED in message:
        return "PDF 设有密码，无法读出；请取消密码后再交。"
    return "PDF 无法读出，可能没有传完或已损坏；请重新扫描。"
