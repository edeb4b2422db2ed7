"""Seed sources: what a notice may name, in which order, and how far the result can be trusted (draw.md section 3)."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sunlot.draw.beacon import chain_of, time_of
from sunlot.draw.canonical import hash_of
from sunlot.draw.errors import DrawError
from sunlot.draw.lotteries import GAMES
from sunlot.draw.moments import beijing, seconds_of

Source = Mapping[str, Any]
LEAST_BITS = 24
TEXTS = ("kind", "known_at", "chain", "issue", "label", "participant", "commit")
NAME = re.compile(r"[0-9a-z-]{1,32}")
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
GRADES = {
    "甲": "多个公共来源，且公告事先经外部共同签署",
    "乙": "有公共来源；公告未经外部共同签署，或公共来源只有一个",
    "丙": "只有现场产生的随机数，在场的人可能影响结果",
}


def is_public(source: Source) -> bool:
    """Return whether the source is a beacon or lottery far from the bureau."""
    return source["kind"] == "drand" or source["kind"] in GAMES


def bits(source: Source) -> int:
    """Return how many bits of the source nobody in the bureau controls; an envelope counts for none."""
    if source["kind"] == "drand":
        return 256
    if source["kind"] in GAMES:
        return GAMES[source["kind"]].bits
    return int(source["bits"]) if source["kind"] == "hand" else 0


def is_moment(text: object) -> bool:
    """Return whether `text` spells a time that exists, in ASCII: such texts sort as the times do."""
    if not isinstance(text, str) or not MOMENT.fullmatch(text):
        return False
    try:
        seconds_of(text)
    except ValueError:
        return False
    return True


def check_sources(sources: Sequence[Source], announced_at: str) -> None:
    """Raise DrawError unless the sources are well formed, later than the announcement, and the last is nobody's."""
    if not sources:
        raise DrawError("source_missing", "公告必须写明至少一个种子来源。")
    if not is_moment(announced_at):
        raise DrawError("announcement_malformed", "公告时间要写成 2026-03-02T13:15:00Z（世界时）。")
    for source in sources:
        _check_one(source)
        if source["known_at"] <= announced_at:
            raise DrawError(
                "source_too_early",
                f"{describe(source)}在{beijing(source['known_at'])} 已经产生，不晚于公告时间 {beijing(announced_at)}；"
                "请改用公告之后才产生的来源。",
            )
    names = [_name(source) for source in sources]
    if len(set(names)) != len(names):
        raise DrawError("source_twice", "同一个来源不能写两次。")
    _check_together(sources)


def _check_one(source: Source) -> None:
    if not isinstance(source, Mapping) or not all(isinstance(source.get(key, ""), str) for key in TEXTS):
        raise DrawError(
            "source_malformed", '来源的各项（轮次、位数除外）都要写成文字，数字也要加引号，如 issue = "2026023"。'
        )
    kind = source.get("kind", "")
    if not is_moment(source.get("known_at")):
        raise DrawError("source_malformed", f"来源 {kind} 的产生时间要写成 2026-03-02T13:15:00Z（世界时）。")
    if kind == "drand":
        chain_of(str(source.get("chain", "")))
        if source["known_at"] != time_of(source["chain"], source.get("round", 0)):
            raise DrawError("source_malformed", f"drand 第 {source.get('round')} 轮不在 {source['known_at']} 产生。")
    elif kind in GAMES:
        if not re.fullmatch(r"[0-9]{5,8}", str(source.get("issue", ""))):
            raise DrawError("source_malformed", f"{GAMES[kind].title}要写明期号，如 2026023。")
    elif kind == "hand":
        if (
            not NAME.fullmatch(str(source.get("label", "")))
            or type(source.get("bits")) is not int
            or not 1 <= source["bits"] <= 512
        ):
            raise DrawError("source_malformed", "现场摇号要写明名称（小写英文字母和数字，如 dice）和随机位数。")
    elif kind == "reveal":
        if not NAME.fullmatch(str(source.get("participant", ""))) or not re.fullmatch(
            r"[0-9a-f]{64}", str(source.get("commit", ""))
        ):
            raise DrawError("source_malformed", "参与人密封数要写明参与人代号和 64 位承诺值。")
    else:
        raise DrawError("source_unknown", f"不认识的种子来源“{kind}”；人工键入或机器生成的种子不允许使用。")


def _check_together(sources: Sequence[Source]) -> None:
    public = [source for source in sources if is_public(source)]
    if sum(bits(source) for source in public or sources) < LEAST_BITS:  # dice do not make up for a weak public source
        raise DrawError(
            "too_little_chance", f"无人可控的随机位数合计不足 {LEAST_BITS} 位（例如只有 3D）；请再加一个来源。"
        )
    last = max(source["known_at"] for source in sources)
    free = [source for source in sources if source["known_at"] == last]
    wanted = is_public if public else (lambda source: source["kind"] == "hand")
    if not all(wanted(source) for source in free):
        raise DrawError(
            "last_source_controlled",
            "最后产生的来源必须是局里无人能控制的（信标或彩票）；密封数和现场摇号要在它之前揭晓。",
        )


def _name(source: Source) -> str:
    return {
        "drand": f"drand/{source.get('chain')}/{source.get('round')}",
        "hand": f"hand/{source.get('label')}",
        "reveal": f"reveal/{source.get('participant')}",
    }.get(source["kind"], f"{source['kind']}/{source.get('issue')}")


def grade(sources: Sequence[Source], cosigned: bool) -> str:
    """Return the trust grade 甲, 乙 or 丙 (meanings in GRADES)."""
    public = sum(is_public(source) for source in sources)
    if public > 1 and cosigned:
        return "甲"
    return "乙" if public else "丙"


def commit_reveal(draw: str, stage: str, participant: str, value: str) -> str:
    """Return the commitment of an envelope; draw, stage and participant inside it stop copying."""
    return hash_of(f"sunlot/1|reveal|{draw}|{stage}|{participant}|{value}")


def describe(source: Source) -> str:
    """Return the source's name for people."""
    kind = source["kind"]
    if kind == "drand":
        return f"drand 信标 {chain_of(source['chain']).name} 第 {source['round']} 轮"
    if kind in GAMES:
        return f"{GAMES[kind].title}第 {source['issue']} 期"
    return f"现场摇号 {source['label']}" if kind == "hand" else f"参与人 {source['participant']} 的密封数"
