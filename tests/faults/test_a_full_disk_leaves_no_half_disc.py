"""Images lie in their folder whole or not at all, whatever goes wrong while they are written, and no seal number is spent."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sunlot.draw.canonical import hash_of
from sunlot.evidence import disc_image
from sunlot.evidence.disc_set import SIZES
from sunlot.evidence.errors import EvidenceError
from sunlot.office.journal.audit import audit
from sunlot.office.journal.checkpoints import open_log
from sunlot.office.journal.services import deed
from sunlot.office.lottery import discs
from sunlot.office.lottery.models import Disc


@pytest.fixture
def make(office: Path, whole_bag: Path, tmp_path: Path) -> Callable[[], Path]:
    """A function that makes the discs of the bag below `tmp_path/discs`."""
    open_log(office, "yj.qinghe.example")
    with deed(by="u/1") as doing:
        digest = hash_of((whole_bag / "tagmanifest-sha256.txt").read_bytes())
        doing.record("bag.made", f"draw/{whole_bag.name}", {"draw": whole_bag.name, "digest": digest})
    return lambda: discs.make_discs([whole_bag], tmp_path / "discs", SIZES["cd"], "u/1")[0]


def nothing_is_left(folder: Path) -> bool:
    return list(folder.iterdir()) == [] and not Disc.objects.exists() and audit().findings == []


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_disk_that_fills_up_while_the_image_is_written(
    make: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(disc_image.os, "fsync", full)
        with pytest.raises(EvidenceError, match="写入失败：No space left on device。请检查磁盘空间"):
            make()
    assert nothing_is_left(tmp_path / "discs")
    assert make().is_dir()


def test_a_disk_that_fills_up_while_the_forms_are_written(
    make: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(discs, "write_sheets", full)
        with pytest.raises(EvidenceError, match="写入失败"):
            make()
    assert nothing_is_left(tmp_path / "discs")
    make()
    assert set(Disc.objects.values_list("seal", flat=True)) == {"2023-0001", "2023-0002"}


def test_a_folder_that_is_there_is_not_touched(make: Callable[[], Path], tmp_path: Path) -> None:
    (make() / "labels.pdf").write_bytes(b"mine")
    with pytest.raises(EvidenceError, match="已经存在"):
        make()
    assert [path.read_bytes() for path in (tmp_path / "discs").rglob("labels.pdf")] == [b"mine"]


def test_an_image_that_reads_back_otherwise_is_not_kept(
    make: Callable[[], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = disc_image.write_image

    def rotten(target: Path, *rest: object) -> None:
        honest(target, *rest)  # type: ignore[arg-type]
        data = bytearray(target.read_bytes())
        data[data.index("有限公司".encode())] ^= 1
        target.write_bytes(data)

    monkeypatch.setattr("sunlot.evidence.disc_writing.write_image", rotten)
    with pytest.raises(EvidenceError, match="读回来不一样"):
        make()
    assert nothing_is_left(tmp_path / "discs")


SLOW = """
import sys, time
from pathlib import Path
from sunlot.evidence import disc_writing
from sunlot.evidence.disc_set import SIZES, plan_set
planned = plan_set([Path(sys.argv[1])], SIZES["cd"])
with disc_writing.whole_folder(Path(sys.argv[2])) as folder:
    disc_writing.write_images(planned, folder, SIZES["cd"])
    print("written", flush=True)
    time.sleep(60)
"""


def test_a_kill_leaves_only_a_hidden_folder(whole_bag: Path, tmp_path: Path) -> None:
    out = tmp_path / "discs" / "set"
    with subprocess.Popen([sys.executable, "-c", SLOW, str(whole_bag), str(out)], stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline() == b"written\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert not out.exists()
    assert all(path.name.startswith(".tmp-") for path in out.parent.iterdir())


def test_a_real_disk_that_is_full(whole_bag: Path, tmp_path: Path) -> None:
    """With a limit on file sizes the system itself refuses the write."""
    script = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
    script += "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n" + SLOW
    done = subprocess.run(
        [sys.executable, "-c", script, str(whole_bag), str(tmp_path / "discs" / "set")], capture_output=True, text=True
    )
    assert "写入失败：File too large" in done.stderr
    assert list((tmp_path / "discs").iterdir()) == []
