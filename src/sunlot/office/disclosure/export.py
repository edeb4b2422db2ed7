"""The whole public site as static files: the same pages, made by the same functions, with links that work from a sub-path and from file://.

Only files that differ are written, and the same state gives the same bytes; `site-manifest.json` says the hash of every one. While an export
runs, `.sunlot-unfinished` lies beside it and names the files that are not ours: one that was cut short is finished by the next, which also
takes away what the first wrote and the second would not.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from sunlot.draw.canonical import dumps
from sunlot.files import replace_file
from sunlot.office.disclosure.evidence import zipped
from sunlot.office.disclosure.registry import NotPublic, answer, every_visit
from sunlot.office.disclosure.state import held
from sunlot.refusal import Refusal

MANIFEST = "site-manifest.json"
UNFINISHED = ".sunlot-unfinished"
FORMAT = "sunlot-public/1 site"
STARTED = "sunlot-public/1 unfinished site"


@dataclass
class Written:
    """What an export did: paths written, left as they were, and taken away; `size`: files of the site."""

    written: list[str] = field(default_factory=list)
    left: int = 0
    removed: list[str] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.written) + self.left


def files(base: str = "") -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of every file of the site as it is now. `base`: the whole address where it will stand, if known."""
    with held():
        for visit in every_visit(base):
            try:
                yield visit.full, answer(visit).body
            except NotPublic:
                continue


def write_site(out: Path, base: str = "") -> Written:
    """Write the site below `out`. Raises Refusal for a folder with other things in it: nothing but an earlier export is replaced."""
    before = _manifest_of(out)
    ours = before.keys() | _begin(out, before)
    done, hashes = Written(), {}
    for path, body in files(base):
        hashes[path] = sha256(body).hexdigest()
        target = out / path
        if target.is_file() and target.read_bytes() == body:
            done.left += 1
            continue
        _write(target, body)
        done.written.append(path)
    for path in sorted(ours - hashes.keys()):
        (out / path).unlink(missing_ok=True)
        done.removed.append(path)
    _drop_empty_folders(out, done.removed)
    replace_file(
        out / MANIFEST,
        dumps({"format": FORMAT, "files": [{"path": path, "sha256": hashes[path]} for path in sorted(hashes)]}),
    )
    (out / UNFINISHED).unlink()
    return done


def _begin(out: Path, before: dict[str, str]) -> set[str]:
    """Mark the export as begun, and return what one that was cut short has left behind."""
    there = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    there -= before.keys() | {MANIFEST, UNFINISHED}
    scraps = {path for path in there if _is_scrap(Path(path))}
    if (out / UNFINISHED).is_file():
        return there - set(_read(out / UNFINISHED, STARTED)["strangers"])
    replace_file(out / UNFINISHED, dumps({"format": STARTED, "strangers": sorted(there - scraps)}))
    return scraps


def _is_scrap(path: Path) -> bool:
    """Return whether a file is what a mark or manifest was being written to when all stopped."""
    return path.name.startswith((f".tmp-{UNFINISHED}-", f".tmp-{MANIFEST}-"))


def _write(target: Path, body: bytes) -> None:
    """Put a file in place whole. The disk is not waited for: the manifest, written last, is, and whatever was interrupted is written again."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(body)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def write_zip(out: Path) -> Path:
    """Write the exported site as `<out>.zip`, the same bytes for the same site, and return it."""
    target = out.with_name(f"{out.name}.zip")
    names = [*_manifest_of(out), MANIFEST]
    replace_file(target, zipped({name: (out / name).read_bytes() for name in names}, ""))
    return target


def _manifest_of(out: Path) -> dict[str, str]:
    """Return the hashes of an earlier export, nothing for an empty folder or none."""
    path = out / MANIFEST
    if not path.is_file():
        begun = (out / UNFINISHED).is_file() or (out.is_dir() and all(_is_scrap(path) for path in out.iterdir()))
        if out.exists() and not begun:
            raise Refusal("not_a_site", f"文件夹 {out} 里有别的文件，不是本系统导出的网站；请换一个空文件夹。")
        out.mkdir(parents=True, exist_ok=True)
        return {}
    found = _read(path, FORMAT)
    try:
        hashes = {str(entry["path"]): str(entry["sha256"]) for entry in found["files"]}
    except (KeyError, TypeError):
        raise _malformed(path) from None
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in hashes):
        raise Refusal("manifest_malformed", f"{path} 里有文件夹以外的路径；请换一个空文件夹重新导出。")
    return hashes


def _read(path: Path, form: str) -> dict[str, Any]:
    """Return what one of our own files says. Raises Refusal."""
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
        if found["format"] != form:
            raise KeyError("format")
    except (ValueError, KeyError, TypeError):
        raise _malformed(path) from None
    return found


def _malformed(path: Path) -> Refusal:
    return Refusal("manifest_malformed", f"{path} 无法解读；请换一个空文件夹重新导出。")


def _drop_empty_folders(out: Path, removed: list[str]) -> None:
    for path in removed:
        folder = (out / path).parent
        while folder != out and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
