"""Reading a disc back: an image file, or an opened disc (a folder that shows one), and the raw bytes of a drive."""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

import pycdlib

from sunlot.draw.canonical import dumps, hash_of, loads
from sunlot.evidence.bag import VERIFIER
from sunlot.evidence.disc_packing import MOST_DISCS
from sunlot.evidence.disc_set import FORMAT, INDEX, BagFacts, own_files
from sunlot.evidence.errors import EvidenceError
from sunlot.refusal import Refusal

VIEWS = {"udf_path": "UDF", "joliet_path": "Joliet", "rr_path": "Rock Ridge"}
CHUNK = 1 << 20


class Writes(Protocol):
    """Whatever bytes can be written to."""

    def write(self, data: bytes, /) -> object: ...


class Hashed:
    """Passes on what is written, if it is wanted, and keeps its hash."""

    def __init__(self, out: Writes | None = None) -> None:
        self.out, self.digest = out, sha256()

    def write(self, data: bytes) -> int:
        self.digest.update(data)
        if self.out:
            self.out.write(data)
        return len(data)


class Disc(ABC):
    """The files of one disc, by path, and what its index says."""

    def __init__(self, where: Path) -> None:
        self.where = where

    @abstractmethod
    def names(self) -> set[str]:
        """Return the paths of all files. Raises EvidenceError when they cannot be read."""

    @abstractmethod
    def copy(self, name: str, out: Writes) -> None:
        """Write one file's bytes to `out`. Raises EvidenceError when they cannot be read."""

    def digest(self, name: str) -> str:
        """Return the SHA-256 of one file."""
        sink = Hashed()
        self.copy(name, sink)
        return sink.digest.hexdigest()

    def read(self, name: str) -> bytes:
        """Return one small file."""
        memory = BytesIO()
        self.copy(name, memory)
        return memory.getvalue()

    def index(self) -> "Index":
        """Return what disc.json says. Raises EvidenceError when this is no disc of ours, or the index does not hold."""
        try:
            said = loads(self.read(INDEX), INDEX)
            index = Index(said["set"], said["number"])
            index.check()
            return index
        except (Refusal, KeyError, TypeError, ValueError) as error:
            why = getattr(error, "sentence", f"{INDEX} 无法解读")
            raise EvidenceError("not_our_disc", f"{self.where} 不是 sunlot 制作的光盘：{why}") from error


@dataclass(frozen=True)
class Index:
    """What disc.json says: the set's content, which every disc of it repeats, and this disc's number."""

    content: dict[str, Any]
    number: int

    def check(self) -> None:
        """Raise ValueError, KeyError or TypeError unless everything is there and of the right kind."""
        bags = [BagFacts(**bag) for bag in self.content["bags"]]
        files = [(entry["path"] + entry["sha256"], entry["size"] + entry["disc"]) for entry in self.content["files"]]
        whole = {"format", "bags", "discs", "files", "verifier"} == set(self.content) and bags and files
        if not whole or self.content["format"] != FORMAT or not 1 <= self.number <= self.discs <= MOST_DISCS:
            raise ValueError("index malformed")
        if any(type(getattr(bag, field.name)) is not field.type for bag in bags for field in fields(BagFacts)):
            raise TypeError("bag malformed")

    @property
    def set_id(self) -> str:
        return hash_of(dumps(self.content))

    @property
    def discs(self) -> int:
        return int(self.content["discs"])

    @property
    def draws(self) -> list[str]:
        return [bag["draw"] for bag in self.content["bags"]]

    @property
    def date(self) -> str:
        """The day of the last bag, which every time on the disc is."""
        return str(max(bag["date"] for bag in self.content["bags"]))

    def everything(self) -> set[str]:
        """Return the paths of all files on this disc."""
        return set(self.files()) | set(own_files(self.content, self.number)) | {VERIFIER}

    def files(self, number: int | None = None) -> dict[str, str]:
        """Return the SHA-256 of the pieces on one disc (this one by default), by path."""
        wanted = self.number if number is None else number
        return {entry["path"]: entry["sha256"] for entry in self.content["files"] if entry["disc"] == wanted}


class OpenedDisc(Disc):
    """A disc as the system shows it: a drive, or a copy of one in a folder."""

    def names(self) -> set[str]:
        return {path.relative_to(self.where).as_posix() for path in self.where.rglob("*") if path.is_file()}

    def copy(self, name: str, out: Writes) -> None:
        try:
            with (self.where / name).open("rb") as file:
                shutil.copyfileobj(file, out, CHUNK)
        except FileNotFoundError:
            raise EvidenceError("file_missing", f"{self.where} 里没有 {name}。") from None


class ImageDisc(Disc):
    """An image, read through its UDF names."""

    def __init__(self, where: Path, iso: pycdlib.PyCdlib) -> None:
        super().__init__(where)
        self._iso = iso

    def names(self) -> set[str]:
        found = {title: set(self._walk(view)) for view, title in VIEWS.items()}
        for title, names in found.items():
            for name in sorted(names ^ found["UDF"]):
                raise EvidenceError(
                    "views_differ", f"{self.where.name}：{name} 在 {title} 和 UDF 目录里不一样，映像被改动。"
                )
        return found["UDF"]

    def copy(self, name: str, out: Writes) -> None:
        with _foreign(self.where):
            self._iso.get_file_from_iso_fp(out, udf_path=f"/{name}")  # type: ignore[arg-type]  # it only writes

    def label(self) -> str:
        """Return the volume label."""
        return str(self._iso.pvd.volume_identifier.decode("ascii", "replace").rstrip())

    def _walk(self, view: str) -> Iterator[str]:
        with _foreign(self.where):
            for folder, _, names in self._iso.walk(**{view: "/"}):
                yield from (f"{folder.strip('/')}/{name}".lstrip("/") for name in names)


@contextmanager
def open_disc(where: Path) -> Iterator[Disc]:
    """Open an image file or an opened disc. Raises EvidenceError when it is neither."""
    if where.is_dir():
        yield OpenedDisc(where)
        return
    iso = pycdlib.PyCdlib()
    with ExitStack() as stack:
        try:
            file = stack.enter_context(where.open("rb"))
        except OSError as failure:
            raise EvidenceError("disc_missing", f"打不开光盘或映像 {where}：{failure.strerror}。") from failure
        with _foreign(where):
            iso.open_fp(file)
        try:
            yield ImageDisc(where, iso)
        finally:
            iso.close()


@contextmanager
def _foreign(where: Path) -> Iterator[None]:
    """A damaged image may make its reader stumble anywhere: whatever it raises, the image is unreadable."""
    try:
        yield
    except EvidenceError:
        raise
    except OSError as failure:
        raise EvidenceError("cannot_read", f"读取 {where} 失败：{failure.strerror or failure}。") from failure
    except Exception as error:
        raise EvidenceError("image_damaged", f"{where} 不是光盘映像，或已损坏（{error}）。") from error


def image_hash(image: Path) -> str:
    """Return the SHA-256 of a whole image file. Raises EvidenceError when it cannot be read."""
    if not image.is_file():
        raise EvidenceError("image_missing", f"找不到映像文件 {image}。")
    return raw_hash(image, image.stat().st_size)


def raw_hash(where: Path, size: int) -> str:
    """Return the SHA-256 of the first `size` bytes of a file or a drive; drives pad what was burned.

    Raises EvidenceError when it cannot be opened, when there are fewer bytes, or when some cannot be read.
    """
    digest, done = sha256(), 0
    try:
        drive = where.open("rb", buffering=0)
    except OSError as failure:
        raise EvidenceError(
            "cannot_open",
            f"打不开 {where}（{failure.strerror}）；应为光驱（如 D: 或 /dev/sr0）或整盘读出的文件，光驱里要有光盘。",
        ) from failure
    with drive:
        try:
            while done < size and (block := drive.read(min(CHUNK, size - done))):
                digest.update(block)
                done += len(block)
        except OSError as failure:
            raise EvidenceError(
                "cannot_read", f"读到第 {done:,} 字节时失败（{failure.strerror}）；登记的映像有 {size:,} 字节。"
            ) from failure
    if done < size:
        raise EvidenceError("too_short", f"只有 {done:,} 字节，登记的映像有 {size:,} 字节：没有刻完或被截断。")
    return digest.hexdigest()
