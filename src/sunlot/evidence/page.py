"""The verifier page that goes into every bag: one HTML file, built from frontend/verifier, the same bytes from the same source."""

import shutil
from hashlib import sha256
from pathlib import Path

from sunlot.bundling import NotBuilt, bundle
from sunlot.evidence.errors import EvidenceError
from sunlot.files import locked

BUILT = Path(__file__).parent / "built"
SOURCE = Path(__file__).parents[3] / "frontend" / "verifier"


def verifier_page() -> bytes:
    """Return the page. A distribution carries it; a checkout builds it on first use. Raises EvidenceError when it cannot be had."""
    page = BUILT / "verifier.html"
    if SOURCE.is_dir() and not _fresh(page):
        with locked(SOURCE / "package-lock.json"):
            if not _fresh(page):
                _build(page)
    if not page.is_file():
        raise EvidenceError("page_missing", "核验页没有随软件安装；请重新安装。")
    return page.read_bytes()


def _fresh(page: Path) -> bool:
    stamp = BUILT / "source.sha256"
    return page.is_file() and stamp.is_file() and stamp.read_text() == source_hash()


def source_hash() -> str:
    """Return one hash over what the page is built from."""
    files = [*SOURCE.glob("*.json"), *SOURCE.glob("*.mjs"), *(SOURCE / "src").rglob("*"), *(SOURCE / "page").rglob("*")]
    parts = [
        f"{sha256(path.read_bytes()).hexdigest()}  {path.relative_to(SOURCE).as_posix()}\n"
        for path in files
        if path.is_file()
    ]
    return sha256("".join(sorted(parts)).encode()).hexdigest()


def _build(page: Path) -> None:
    BUILT.mkdir(exist_ok=True)
    try:
        bundle(SOURCE, page)
    except NotBuilt as failure:
        shutil.rmtree(BUILT, ignore_errors=True)
        raise EvidenceError("page_not_built", f"核验页没有生成：{failure}") from failure
    (BUILT / "source.sha256").write_text(source_hash())
