"""The draws' folders held to the log: a step edited, removed or added behind the application's back is named."""

import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from sunlot.draw.canonical import hash_of
from sunlot.draw.state import open_draw
from sunlot.office.journal.audit import Finding
from sunlot.office.journal.models import Event
from sunlot.office.journal.queries import leaf_of
from sunlot.office.lottery.services import STEP_ACTS
from sunlot.refusal import Refusal

NUMBERED = re.compile(r"(.+-)([0-9]{4})")
Steps = dict[str, str]  # the check code of each step by its folder's name


def folder_findings(register: Path) -> Iterator[Finding]:
    """Yield what differs between the folders of a register and the steps that the log knows."""
    logged: dict[str, Steps] = {}
    for event in Event.objects.filter(act__in=STEP_ACTS).order_by("seq").iterator():
        yield from _take(event, logged)
    folders = {path.name: path for path in sorted(register.glob("[!.]*"))} if register.is_dir() else {}
    for name in sorted(logged.keys() | folders.keys()):
        for text in _differences(name, folders.get(name), logged.get(name, {})):
            yield Finding("folder_differs", f"draw/{name}", text)
    yield from _numbers(sorted(logged.keys() | folders.keys()))


def _take(event: Event, logged: dict[str, Steps]) -> Iterator[Finding]:
    """Remember a step that the log enters. A number entered twice is a draw held twice."""
    try:
        pub: dict[str, Any] = leaf_of(event)["pub"]
        name, step = str(pub["draw"]), f"{pub['step']:02d}-{event.act.removeprefix('draw.')}"
        code = str(pub["check_code"])
    except (KeyError, TypeError, ValueError):
        yield Finding("leaf_malformed", f"event/{event.seq}", f"第 {event.seq} 条登记的抽取步骤无法解读：原文被改动。")
        return
    steps = logged.setdefault(name, {})
    if twin := next((other for other in steps if other[:2] == step[:2]), ""):
        text = f"抽取 {name} 的第 {pub['step']} 步在日志里登记了两次（{twin}、{step}）：同一编号抽了不止一次。"
        yield Finding("held_twice", f"event/{event.seq}", text)
        return
    steps[step] = code


def _differences(name: str, folder: Path | None, logged: Steps) -> Iterator[str]:
    if folder is None:
        yield f"抽取 {name} 在日志里有 {len(logged)} 步，文件夹却不见了：被绕过系统删除。"
        return
    found = {path.name: path / "step.json" for path in sorted(folder.glob("[!.]*"))}
    for step, code in logged.items():
        if step not in found:
            yield f"抽取 {name} 的步骤 {step} 不见了：被绕过系统删除。"
        elif not found[step].is_file() or hash_of(found[step].read_bytes()) != code:
            yield f"抽取 {name} 的步骤 {step} 与日志登记的核对码 {code[:16]}… 不同：被绕过系统改动或替换。"
    for step in found.keys() - logged.keys():
        yield f"抽取 {name} 的步骤 {step} 没有任何日志条目：是绕过系统加进来的，或尚未补记。"
    try:
        open_draw(folder)
    except Refusal as error:
        yield f"抽取 {name}：{error.sentence}"


def _numbers(names: list[str]) -> Iterator[Finding]:
    """The draws of one organ and year are numbered without a gap from 0001."""
    numbered = [match for name in names if (match := NUMBERED.fullmatch(name))]
    for series, matches in groupby(numbered, key=lambda match: match[1]):
        present = {int(match[2]) for match in matches}
        for number in sorted(set(range(1, max(present))) - present):
            text = f"抽取编号 {series}{number:04d} 空缺：编号应当连续，有一次抽取被整个抹去。"
            yield Finding("number_missing", f"draw/{series}{number:04d}", text)
