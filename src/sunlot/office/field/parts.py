"""The files of the field form: its script built from frontend/field, the others as they lie there, all of one version."""

import shutil
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from sunlot.bundling import NotBuilt, bundle
from sunlot.files import locked
from sunlot.refusal import Refusal

BUILT = Path(__file__).parent / "built"
SOURCE = Path(__file__).parents[4] / "frontend" / "field"
SHARED = SOURCE.parent / "verifier" / "src"  # SHA-256 and canonical JSON are those of the verifier
MEDIA = {
    "shell.html": "text/html; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    "worker.js": "text/javascript; charset=utf-8",
    "style.css": "text/css; charset=utf-8",
    "manifest.json": "application/manifest+json",
    "icon.svg": "image/svg+xml",
    "icon-192.png": "image/png",
    "icon-512.png": "image/png",
}
VERSIONED = ("shell.html", "worker.js", "manifest.json")  # these name the version: {{version}}


@dataclass(frozen=True)
class Part:
    """A file as it is served."""

    body: bytes
    media: str


@cache
def parts() -> dict[str, Part]:
    """Return every file by name. A distribution carries them; a checkout builds the script on first use. Raises Refusal."""
    _make()
    bodies = {name: (BUILT / name).read_bytes() for name in MEDIA}
    version = sha256(b"".join(sha256(body).digest() for body in bodies.values())).hexdigest()[:16].encode()
    return {
        name: Part(body.replace(b"{{version}}", version) if name in VERSIONED else body, MEDIA[name])
        for name, body in bodies.items()
    }


def _make() -> None:
    if SOURCE.is_dir() and not _fresh():
        with locked(SOURCE / "package-lock.json"):
            if not _fresh():
                _build()
    if not all((BUILT / name).is_file() for name in MEDIA):
        raise Refusal("form_missing", "手机表单没有随软件安装；请重新安装。")


def _fresh() -> bool:
    stamp = BUILT / "source.sha256"
    return stamp.is_file() and stamp.read_text() == source_hash()


def source_hash() -> str:
    """Return one hash over what the form is built from."""
    files = [*SOURCE.glob("*.*"), *(SOURCE / "src").rglob("*.js"), SHARED / "sha256.js", SHARED / "canonical.js"]
    lines = [f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files if path.is_file()]
    return sha256("".join(sorted(lines)).encode()).hexdigest()


def _build() -> None:
    BUILT.mkdir(exist_ok=True)
    try:
        bundle(SOURCE, BUILT)
        for name in MEDIA.keys() - {"app.js"}:
            shutil.copyfile(SOURCE / name, BUILT / name)
    except (OSError, NotBuilt) as failure:
        shutil.rmtree(BUILT, ignore_errors=True)
        raise Refusal("form_not_built", f"手机表单没有生成：{failure}") from failure
    (BUILT / "source.sha256").write_text(source_hash())
