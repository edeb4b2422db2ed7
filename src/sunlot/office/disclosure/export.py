"""The whole public site as static files: the same pages, made by the same functions, with links that work from a sub-path and from file://.

Only files that differ are written, and the same state gives the same bytes; `site-manifest.json` says the hash of every one.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sunlot.draw.canonical import dumps
from sunlot.files import replace_file
from sunlot.office.disclosure.evidence import zipped
from sunlot.office.disclosure.registry import NotPublic, answer, every_visit
from sunlot.office.disclosure.state import held
from sunlot.refusal import Refusal

MANIFEST = "site-manifest.json"
FORMAT = "sunlot-public/1 site"


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
    if not (out / MANIFEST).is_file():
        _say_what_is_there(out, {})  # so that a first export which breaks off can be taken up again
    done, hashes = Written(), {}
    for path, body in files(base):
        hashes[path] = sha256(body).hexdigest()
        target = out / path
        if before.get(path) == hashes[path] and target.is_file() and target.stat().st_size == len(body):
            done.left += 1
            continue
        _write(target, body)
        done.written.append(path)
    for path in sorted(before.keys() - hashes.keys()):
        (out / path).unlink(missing_ok=True)
        done.removed.append(path)
    _drop_empty_folders(out, done.removed)
    _say_what_is_there(out, hashes)
    return done


def _say_what_is_there(out: Path, hashes: Mapping[str, str]) -> None:
    files = [{"path": path, "sha256": hashes[path]} for path in sorted(hashes)]
    replace_file(out / MANIFEST, dumps({"format": FORMAT, "files": files}))


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
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise Refusal("not_a_site", f"文件夹 {out} 里有别的文件，不是本系统导出的网站；请换一个空文件夹。")
        out.mkdir(parents=True, exist_ok=True)
        return {}
    try:
        found = json.loads(path.read_bytes())
        if found["format"] != FORMAT:
            raise KeyError("format")
        hashes = {str(entry["path"]): str(entry["sha256"]) for entry in found["files"]}
    except (ValueError, KeyError, TypeError):
        raise Refusal("manifest_malformed", f"{path} 无法解读；请换一个空文件夹重新导出。") from None
    if any(Path(name).is_absolute() or ".." in Path(name).parts for name in hashes):
        raise Refusal("manifest_malformed", f"{path} 里有文件夹以外的路径；请换一个空文件夹重新导出。")
    return hashes


def _drop_empty_folders(out: Path, removed: list[str]) -> None:
    for path in removed:
        folder = (out / path).parent
        while folder != out and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
