"""Voiding (作废) without choosing: nobody may void what he could already have computed (docs/draw-format.md section 6.1)."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sunlot.draw.errors import DrawError
from sunlot.draw.sources import Source, describe
from sunlot.draw.state import Draw, open_draw

BLANKS = " \u3000\t\n\r"  # the same in every language; each has a strip of its own


def void_record(draw: Draw, reason: str, approvers: Sequence[str], missing: Sequence[int], at: str) -> dict[str, Any]:
    """Return what void.json says. `missing`: numbers, from 1, of sources of the open notice that never came into being.

    Raises DrawError without a reason and two approvers, and when the sources are known already but the seed is not recorded.
    """
    names = sorted({name.strip(BLANKS) for name in approvers} - {""})
    if not reason.strip(BLANKS) or len(names) < 2:
        raise DrawError("void_needs_two", "作废必须写明理由，并由两人（两个单位）批准。")
    refuse_unseeded(draw, missing, at)
    fields = {"reason": reason.strip(BLANKS), "approvers": names, "missing": list(missing), "at": at}
    return {"format": "sunlot/1 void", "draw": draw.name, **fields}


def check_void(before: Draw, record: Mapping[str, Any], at: str) -> None:
    """Raise DrawError unless the record is one that could be made after the steps `before` at that time."""
    try:
        again = void_record(before, record["reason"], record["approvers"], record["missing"], at)
    except (KeyError, TypeError, AttributeError):
        raise DrawError("void_malformed", "void.json 内容不完整。") from None
    if again != record:
        raise DrawError("void_malformed", "void.json 的内容或写法不对。")


def refuse_unseeded(draw: Draw, numbers: Sequence[int], at: str) -> None:
    """Raise DrawError when a void at that time would come after a source is known and before the seed is recorded."""
    sources, missing = unseeded_sources(draw), list(numbers)
    known = [number for number, source in enumerate(sources, 1) if source["known_at"] <= at]
    if any(type(number) is not int for number in missing) or missing != sorted(set(missing) & set(known)):
        raise DrawError("missing_malformed", "未产生的来源只能是公告中产生时间已过、尚未登记的来源的序号。")
    if known and not missing:
        raise DrawError(
            "seed_owed",
            f"{describe(sources[known[0] - 1])}已经产生：请先登记种子，再作废。结果可以算出之后，不登记种子就不能作废；"
            "来源确实没有产生的，写明是公告中的第几个（--missing）。",
        )


def unseeded_sources(draw: Draw) -> Sequence[Source]:
    """Return the sources of the stage announced last when its seed is not recorded, else nothing."""
    stage, notice = draw.open_stage()
    sources: list[Source] = notice.read_json("notice.json")["sources"]
    return [] if draw.step(f"{stage.prefix}seed") else sources


def missing_sources(before: Draw, record: Mapping[str, Any]) -> list[str]:
    """Return the names of the sources that a void calls missing."""
    sources = unseeded_sources(before)
    return [describe(sources[number - 1]) for number in record["missing"]]


def draws_before(register: Path, name: str, now: str) -> dict[str, Any]:
    """Return what a notice says of the draws of its organ and year before it: the last one, and which were voided.

    Raises DrawError while a voided draw owes a result that can be computed by now: it would hide whom the void has spared.
    """
    series = sorted(register.glob(f"{name[:-4]}[0-9][0-9][0-9][0-9]"))
    earlier = [open_draw(folder) for folder in series if folder.name < name]
    if len(earlier) != int(name[-4:]) - 1:
        raise DrawError("number_missing", f"{name} 之前的抽取编号空缺：登记簿里少了抽取文件夹；请先从备份恢复。")
    void = [draw for draw in earlier if draw.void]
    for draw in void:
        _refuse_owing(draw, now)
    last = earlier[-1] if earlier else None
    before = {"draw": last.name if last else "", "check_code": last.check_code if last else ""}
    return {"before": before, "voided": [draw.name for draw in void]}


def _refuse_owing(draw: Draw, now: str) -> None:
    stage, notice = draw.open_stage()
    if draw.step(f"{stage.prefix}outcome") or not draw.void or draw.void.read_json("void.json")["missing"]:
        return
    if draw.step(f"{stage.prefix}seed") or all(
        source["known_at"] <= now for source in notice.read_json("notice.json")["sources"]
    ):
        raise DrawError(
            "outcome_owed", f"作废的抽取 {draw.name} 的来源已经产生：先登记种子、计算并公布结果，再发布新公告。"
        )


def check_before(notice: Mapping[str, Any]) -> str:
    """Return a sentence on the draws before this one, to compare with what was published, "" for the first of a year.

    Raises DrawError when the notice does not say which draw came before it and which were voided.
    """
    name, before, voided = str(notice["draw"]), notice["before"], notice["voided"]
    series, number = name[:-4], name[-4:]
    last = f"{series}{int(number) - 1:04d}" if re.fullmatch("[0-9]{4}", number) and int(number) > 1 else ""
    code = re.fullmatch("[0-9a-f]{64}" if last else "", before["check_code"])
    if before != {"draw": last, "check_code": before["check_code"]} or not code:
        raise DrawError("before_differs", f"公告写的上一次抽取是“{before['draw']}”，应是“{last}”。")
    earlier = re.compile(re.escape(series) + "[0-9]{4}")
    if voided != sorted(set(voided)) or not all(earlier.fullmatch(item) and item < name for item in voided):
        raise DrawError("before_differs", "公告写的此前作废的抽取不对。")
    if not last:
        return ""
    told = f"此前作废 {len(voided)} 次：{'、'.join(voided)}" if voided else "此前没有作废"
    return f"公告称上一次抽取是 {last}（核对码 {before['check_code']}），本年{told}"
