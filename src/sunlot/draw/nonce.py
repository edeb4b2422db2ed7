"""The secret number of an unannounced draw (暗查暗访): its commitment, and three shares: any two restore it."""

import re
from collections.abc import Sequence

from sunlot.draw.canonical import hash_of
from sunlot.draw.errors import DrawError

HOLDERS = ("本局", "纪检监察机构", "上级机关")
SECRET = re.compile(r"[0-9a-f]{64}")
PADS = (("a", "b"), ("b", "c"), ("c", "a"))


def commit_nonce(draw: str, stage: str, nonce: str) -> str:
    """Return the commitment that stands in the notice."""
    return hash_of(f"sunlot/1|nonce|{draw}|{stage}|{nonce}")


def split_nonce(nonce: str, fresh: Sequence[str]) -> list[str]:
    """Return three printable shares. nonce = a xor b xor c; each holds two of the three: one alone says nothing.

    `nonce` and the two `fresh` secrets are 64 hex characters each.
    """
    if len(fresh) != 2 or not all(SECRET.fullmatch(secret) for secret in (nonce, *fresh)):
        raise DrawError("nonce_malformed", "保密随机数和两个新随机数须各为 64 位小写十六进制；请重新生成。")
    a, b = fresh[0], fresh[1]
    if len({nonce, a, b}) < 3:
        raise DrawError("nonce_malformed", "保密随机数和两个新随机数不能相同；请重新生成。")
    pads = {"a": a, "b": b, "c": _xor(_xor(nonce, a), b)}
    return [_print(number, {name: pads[name] for name in names}) for number, names in enumerate(PADS, 1)]


def combine(shares: Sequence[str]) -> str:
    """Return the nonce from two shares. Raises DrawError naming a mistyped share, or when both are the same."""
    pads: dict[str, str] = {}
    for share in shares:
        for name, value in _parse(share).items():
            if pads.setdefault(name, value) != value:
                raise DrawError("shares_differ", "这两份份额不属于同一个随机数；请核对抽取编号和阶段。")
    if set(pads) != {"a", "b", "c"}:
        raise DrawError("shares_too_few", "需要三份份额中不同的两份。")
    return _xor(_xor(pads["a"], pads["b"]), pads["c"])


def _print(number: int, pads: dict[str, str]) -> str:
    body = " ".join(f"{name}:{value}" for name, value in pads.items())
    return f"sunlot-share {number}/3 {body} {_checksum(number, body)}"


def _checksum(number: int | str, body: str) -> str:
    return hash_of(f"sunlot/1|share|{number}|{body}")[:8]


def _parse(share: str) -> dict[str, str]:
    words = share.split()
    number = words[1] if len(words) > 1 else "?"
    if len(words) != 5 or _checksum(number.split("/")[0], " ".join(words[2:4])) != words[4]:
        raise DrawError("share_mistyped", f"份额 {number} 抄写有误，请逐字核对。")
    return {name: value for name, _, value in (word.partition(":") for word in words[2:4])}


def _xor(left: str, right: str) -> str:
    return f"{int(left, 16) ^ int(right, 16):064x}"
