"""The secret number of an unannounced draw (暗查暗访): its commitment, and its three shares of which any two restore it."""

from collections.abc import Sequence

from sunlot.draw.canonical import hash_of
from sunlot.draw.errors import DrawError

HOLDERS = ("本局", "纪检监察机构", "上级机关")
PADS = (("a", "b"), ("b", "c"), ("c", "a"))


def commit_nonce(draw: str, stage: str, nonce: str) -> str:
    """Return the commitment that stands in the notice."""
    return hash_of(f"sunlot/1|nonce|{draw}|{stage}|{nonce}")


def split_nonce(nonce: str, fresh: Sequence[str]) -> list[str]:
    """Return three printable shares. nonce = a xor b xor c and each share holds two of the three, so one share alone says nothing.

    `nonce` and the two `fresh` secrets are 64 hex characters each.
    """
    a, b = fresh[0], fresh[1]
    pads = {"a": a, "b": b, "c": _xor(_xor(nonce, a), b)}
    return [_print(number, {name: pads[name] for name in names}) for number, names in enumerate(PADS, 1)]


def combine(shares: Sequence[str]) -> str:
    """Return the nonce from two shares. Raises DrawError naming a share that is mistyped, or when both are the same one."""
    pads: dict[str, str] = {}
    for share in shares:
        pads |= _parse(share)
    if set(pads) != {"a", "b", "c"}:
        raise DrawError("shares_too_few", "需要三份份额中不同的两份。")
    return _xor(_xor(pads["a"], pads["b"]), pads["c"])


def _print(number: int, pads: dict[str, str]) -> str:
    body = " ".join(f"{name}:{value}" for name, value in pads.items())
    return f"sunlot-share {number}/3 {body} {hash_of(body)[:8]}"


def _parse(share: str) -> dict[str, str]:
    words = share.split()
    if len(words) != 5 or hash_of(" ".join(words[2:4]))[:8] != words[4]:
        number = words[1] if len(words) > 1 else "?"
        raise DrawError("share_mistyped", f"份额 {number} 抄写有误，请逐字核对。")
    return dict(word.split(":", 1) for word in words[2:4])  # type: ignore[misc]


def _xor(left: str, right: str) -> str:
    return f"{int(left, 16) ^ int(right, 16):064x}"
