"""Checking discs from what is on them, and joining the discs of a set into whole bags again.

The same four kinds of line as everywhere: equal, differs, withheld (another disc is needed), and what must be compared outside.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from sunlot.draw.verify import DIFFERS, EQUAL, OUTSIDE, WITHHELD, Line
from sunlot.evidence.bag import VERIFIER
from sunlot.evidence.check_bag import check_bag
from sunlot.evidence.disc_read import Disc, Hashed, ImageDisc, Index, open_disc
from sunlot.evidence.disc_set import ALSO, bag_facts, label_of, own_files
from sunlot.evidence.errors import EvidenceError


def check_discs(places: Sequence[Path]) -> list[Line]:
    """Return what was found on images or opened discs, and in every bag that is whole among them."""
    lines: list[Line] = []
    with ExitStack() as stack:
        discs: list[tuple[Disc, Index]] = []
        for place in places:
            try:
                disc = stack.enter_context(open_disc(place))
                index = disc.index()
                lines += _files(disc, index)
                discs.append((disc, index))
            except EvidenceError as error:
                lines.append(Line(DIFFERS, error.sentence))
        if any(line.kind == DIFFERS for line in lines) or not discs:
            return lines
        return [*lines, *_bags(discs)]


def check_files(place: Path) -> list[Line]:
    """Return what was found on one disc, its bags apart."""
    with open_disc(place) as disc:
        return list(_files(disc, disc.index()))


def join_discs(places: Sequence[Path], out: Path) -> list[Path]:
    """Write the bags and other files of a set into the folder `out`, which must not exist, and return the bags.

    Raises EvidenceError, leaving nothing, when a disc is missing, of another set, or holds a file that differs.
    """
    if out.exists():
        raise EvidenceError("folder_exists", f"{out} 已经存在；请换一个文件夹。")
    with ExitStack() as stack:
        discs = [(disc := stack.enter_context(open_disc(place)), disc.index()) for place in places]
        index = _one_set(discs)
        missing = sorted(set(range(1, index.discs + 1)) - {each.number for _, each in discs})
        if missing:
            raise EvidenceError(
                "disc_missing",
                f"还缺第 {'、'.join(map(str, missing))} 张（共 {index.discs} 张）；请把全部光盘一起交来。",
            )
        try:
            out.parent.mkdir(parents=True, exist_ok=True)
            staging = Path(mkdtemp(prefix=f".tmp-{out.name}-", dir=out.parent))
            try:
                for disc, each in discs:
                    _copy(disc, each.files(), staging)
                staging.chmod(0o755)
                staging.rename(out)
            finally:
                shutil.rmtree(staging, ignore_errors=True)
        except OSError as failure:
            raise EvidenceError(
                "cannot_write", f"写入失败：{failure.strerror}。请检查磁盘空间和权限后重试。"
            ) from failure
    return [out / draw for draw in index.draws]


def _one_set(discs: Sequence[tuple[Disc, Index]]) -> Index:
    first, index = discs[0]
    for disc, other in discs[1:]:
        if other.set_id != index.set_id:
            raise EvidenceError(
                "other_set",
                f"{disc.where} 与 {first.where} 不是同一套光盘（整套编号 {other.set_id[:16]}… 与 {index.set_id[:16]}…）。",
            )
    return index


def _files(disc: Disc, index: Index) -> Iterator[Line]:
    """Exactly the files that the set's list puts on this disc, each with its hash, and our own three."""
    own = own_files(index.content, index.number)
    wanted = index.files()
    name = f"{disc.where.name or disc.where}：第 {index.number} 张，共 {index.discs} 张"
    found = disc.names()
    expected = index.everything()
    good = True
    for missing in sorted(expected - found):
        good = False
        yield Line(DIFFERS, f"{name}，缺少文件 {missing}。")
    for extra in sorted(found - expected):
        good = False
        yield Line(DIFFERS, f"{name}，多出未登记的文件 {extra}。")
    hashes = wanted | {VERIFIER: index.content["verifier"]}
    for path in sorted((expected & found) - set(own)):
        if disc.digest(path) != hashes[path]:
            good = False
            yield Line(DIFFERS, f"{name}，文件 {path} 与光盘清单登记的校验值不符，已被改动或损坏。")
    for path in sorted(set(own) & found):
        if disc.read(path) != own[path]:
            good = False
            yield Line(DIFFERS, f"{name}，{path} 不是制作光盘时写入的内容。")
    if isinstance(disc, ImageDisc) and disc.label() != (label := label_of(index.draws[0], index.number)):
        good = False
        yield Line(DIFFERS, f"{name}，盘标是 {disc.label()}，应为 {label}。")
    if good:
        yield Line(EQUAL, f"{name}，{len(expected)} 个文件与光盘清单逐一核对完毕；整套编号 {index.set_id}")


def _bags(discs: Sequence[tuple[Disc, Index]]) -> Iterator[Line]:
    """Verify every bag whose files are all here; name the discs that the others still need."""
    try:
        index = _one_set(discs)
    except EvidenceError as error:
        yield Line(DIFFERS, error.sentence)
        return
    here = {each.number: disc for disc, each in discs}
    for bag in index.content["bags"]:
        spread = {entry["disc"] for entry in index.content["files"] if entry["path"].startswith(bag["draw"] + "/")}
        if absent := sorted(spread - set(here)):
            numbers = "、".join(map(str, absent))
            yield Line(WITHHELD, f"证据包 {bag['draw']} 还有文件在第 {numbers} 张光盘上；请把全部光盘一起核对")
            continue
        with TemporaryDirectory(prefix="sunlot-disc-") as folder:
            for number in sorted(spread):
                parts = {path: sha for path, sha in index.files(number).items() if path.startswith(bag["draw"] + "/")}
                _copy(here[number], parts, Path(folder))
            yield Line(EQUAL, f"证据包 {bag['draw']}（{bag['title']}）从光盘取出，以下逐项核对")
            lines = check_bag(Path(folder) / bag["draw"])
            yield from lines
            if all(line.kind != DIFFERS for line in lines) and vars(bag_facts(Path(folder) / bag["draw"])) != bag:
                yield Line(DIFFERS, f"光盘清单对证据包 {bag['draw']} 的登记（名称、机关、检查点）与证据包不同")
    also = [entry["path"] for entry in index.content["files"] if entry["path"].startswith(ALSO + "/")]
    if also:
        yield Line(OUTSIDE, f"一并刻入的 {len(also)} 个文件（{ALSO}/）不在证据包签名之内，只由光盘清单登记校验值")


def _copy(disc: Disc, files: dict[str, str], folder: Path) -> None:
    """Copy files below `folder`. Raises EvidenceError when one has another hash than it should, or would land elsewhere."""
    for path, sha in sorted(files.items()):
        target = folder / path
        if not target.resolve().is_relative_to(folder.resolve()):
            raise EvidenceError("path_escapes", f"光盘清单里的路径 {path} 不合法。")
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            disc.copy(path, hashed := Hashed(file))
            file.flush()
            os.fsync(file.fileno())
        if hashed.digest.hexdigest() != sha:
            raise EvidenceError("file_differs", f"{disc.where} 的 {path} 与光盘清单登记的校验值不符；不予合并。")
