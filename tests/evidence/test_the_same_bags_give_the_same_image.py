"""No clock, no machine, no chance goes into an image: whoever has the bag can make it again, byte for byte."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from sunlot.evidence.disc_set import SIZES, plan_set
from sunlot.evidence.disc_writing import whole_folder, write_images

SCRIPT = """
import os, sys
from pathlib import Path
from sunlot.evidence.disc_set import SIZES, plan_set
from sunlot.evidence.disc_writing import whole_folder, write_images
os.umask(int(sys.argv[3], 8))
with whole_folder(Path(sys.argv[2])) as folder:
    print(write_images(plan_set([Path(sys.argv[1])], SIZES["cd"]), folder, SIZES["cd"])[0].sha256)
"""


def made(bag: Path, out: Path, umask: str, **environment: str) -> str:
    """Return the hash of the image that a process of its own makes."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(bag), str(out), umask],
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_two_processes_zones_umasks_and_hash_seeds(whole_bag: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(whole_bag, tmp_path / "elsewhere" / "bag"))
    for path in copy.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700)
    first = made(whole_bag, tmp_path / "1", "022", TZ="UTC", PYTHONHASHSEED="1")
    second = made(copy, tmp_path / "2", "077", TZ="Asia/Shanghai", PYTHONHASHSEED="2", LC_ALL="C")
    third = made(copy, tmp_path / "3", "000", TZ="America/St_Johns", PYTHONHASHSEED="3")
    assert first == second == third


def test_the_clock_of_the_program_is_left_alone(whole_bag: Path, tmp_path: Path) -> None:
    from time import time

    from pycdlib import dates, udf

    planned = plan_set([whole_bag], SIZES["cd"])
    with whole_folder(tmp_path / "a") as folder:
        write_images(planned, folder, SIZES["cd"])
    assert dates.time.time is time
    assert udf.random.__name__ == "random"


def test_the_dates_on_the_disc_are_those_of_the_bag(whole_bag: Path, tmp_path: Path) -> None:
    import discs

    planned = plan_set([whole_bag], SIZES["cd"])
    with whole_folder(tmp_path / "a") as folder:
        write_images(planned, folder, SIZES["cd"])
    shown = discs.extracted(tmp_path / "a" / "379921-2023-0001.iso", tmp_path / "shown")
    assert {int(path.stat().st_mtime) for path in shown.rglob("*") if path.is_file()} == {1694736000}  # 2023-09-15, UTC
