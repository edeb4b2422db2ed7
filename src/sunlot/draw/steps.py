"""The folder of a draw: an append-only chain of steps, each of which appears whole or not at all (docs/draw-format.md section 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sunlot.draw.canonical import dumps, hash_of, loads
from sunlot.draw.errors import DrawError
from sunlot.draw.moments import beijing
from sunlot.draw.order import check_order
from sunlot.draw.sources import is_moment
from sunlot.files import locked, write_folder


@dataclass(frozen=True)
class Step:
    """One step as it lies on the disk: its number, what it is, its folder, what its step.json says and that file's hash."""

    number: int
    what: str
    folder: Path
    record: dict[str, Any]
    digest: str

    def read(self, name: str) -> bytes:
        """Return a file's bytes. Raises DrawError when it is missing or differs from what step.json promises."""
        promised = {entry["name"]: entry for entry in self.record["files"]}
        path = self.folder / name
        if name not in promised or not path.is_file():
            raise DrawError("file_missing", f"缺少文件 {self.folder.name}/{name}；证据不全，不能视为通过。")
        data = path.read_bytes()
        if hash_of(data) != promised[name]["sha256"] or len(data) != promised[name]["bytes"]:
            raise DrawError("file_differs", f"文件 {self.folder.name}/{name} 与登记的校验值不符，已被改动或损坏。")
        return data

    def read_json(self, name: str) -> Any:
        """Return what a canonical JSON file of this step says."""
        return loads(self.read(name), f"{self.folder.name}/{name}")


def read_steps(draw: Path) -> list[Step]:
    """Return the steps of a draw in order. Raises DrawError when the chain is broken, a file is missing, altered or one too many."""
    if not draw.is_dir():
        raise DrawError("no_such_draw", f"找不到抽取文件夹 {draw}。")
    steps: list[Step] = []
    for folder in sorted(path for path in draw.iterdir() if not path.name.startswith(".")):
        step = _read_step(folder, steps[-1].digest if steps else "", len(steps) + 1, draw.name)
        if steps and step.record["at"] < steps[-1].record["at"]:
            raise DrawError("clock_backwards", f"步骤 {folder.name} 的时间早于前一步骤；请核对时钟，时间不能倒退。")
        steps.append(step)
    if not steps:
        raise DrawError("empty_draw", f"抽取文件夹 {draw} 是空的。")
    check_order([step.what for step in steps])
    return steps


def _read_step(folder: Path, previous: str, number: int, draw: str) -> Step:
    record_file = folder / "step.json"
    if not record_file.is_file():
        raise DrawError("file_missing", f"缺少文件 {folder.name}/step.json；证据不全，不能视为通过。")
    data = record_file.read_bytes()
    record = loads(data, f"{folder.name}/step.json")
    try:
        what, names = record["what"], {entry["name"] for entry in record["files"]}
        expected = (number, previous, draw, f"{number:02d}-{what}", "sunlot/1 step")
        found = (record["number"], record["previous"], record["draw"], folder.name, record["format"])
        at = record["at"]
    except (KeyError, TypeError):
        raise DrawError("step_malformed", f"{folder.name}/step.json 内容不完整。") from None
    if found != expected:
        raise DrawError("chain_broken", f"步骤 {folder.name} 与前一步骤接不上：有步骤被改动、删除、插入或改名。")
    if not is_moment(at):
        raise DrawError("step_malformed", f"{folder.name}/step.json 的时间不是世界时写法。")
    present = {path.name for path in folder.iterdir()} - {"step.json"}
    if extra := sorted(present - names):
        raise DrawError("file_extra", f"{folder.name} 里多出了未登记的文件：{'、'.join(extra)}。")
    step = Step(number, what, folder, record, hash_of(data))
    for name in sorted(names):
        step.read(name)
    return step


def latest(steps: list[Step], what: str) -> Step | None:
    """Return the last step of that kind, or None."""
    return next((step for step in reversed(steps) if step.what == what), None)


def append_step(draw: Path, steps: list[Step], what: str, at: str, files: Mapping[str, bytes]) -> Step:
    """Write the next step and return it. It becomes visible by one rename; who comes second is refused and nothing is lost.

    `steps` are those the caller has read and decided upon; at: UTC time of the deed. Raises DrawError when another person was faster.
    """
    number = len(steps) + 1
    if steps and at < steps[-1].record["at"]:
        raise DrawError(
            "clock_backwards",
            f"现在的时间（{beijing(at)}）早于前一步骤（{beijing(steps[-1].record['at'])}）；请先校正本机时钟。",
        )
    check_order([*(step.what for step in steps), what])
    record = {
        "format": "sunlot/1 step",
        "draw": draw.name,
        "number": number,
        "what": what,
        "at": at,
        "previous": steps[-1].digest if steps else "",
        "files": [
            {"name": name, "bytes": len(data), "sha256": hash_of(data)}
            for name, data in sorted(files.items(), key=lambda item: item[0].encode())
        ],
    }
    draw.parent.mkdir(parents=True, exist_ok=True)
    with locked(draw.parent / f".{draw.name}.lock"):
        taken = (
            [path.name for path in draw.iterdir() if path.name.startswith(f"{number:02d}-")] if draw.exists() else []
        )
        if taken:
            raise DrawError("step_exists", f"这一步已经完成（{taken[0]}）；每个公告只有一次结果，不能重做。")
        return _write(draw, f"{number:02d}-{what}", {**files, "step.json": dumps(record)})


def _write(draw: Path, name: str, files: Mapping[str, bytes]) -> Step:
    """Write a step; a new draw appears with its first one."""
    try:
        if draw.exists():
            write_folder(draw / name, files, beside=draw.parent)
        else:
            write_folder(draw, {f"{name}/{file}": data for file, data in files.items()}, beside=draw.parent)
    except OSError as failure:
        raise DrawError(
            "cannot_write", f"写入失败：{failure.strerror}。原有文件没有变化，请检查磁盘空间和权限后重试。"
        ) from failure
    data = files["step.json"]
    record = loads(data)
    return Step(record["number"], record["what"], draw / name, record, hash_of(data))
