"""The code printed on a page: its QR code, or the digits beside it. Whoever hands in a signed page gives it, so that no other page is taken for it."""

import re

from sunlot.refusal import Refusal

LEAST = 8  # characters of the digest that tell one paper from another
CODE = re.compile(r"(?:sunlot-form:(?P<number>[^:]*):)?(?P<digest>[0-9a-f]+)")


def read_code(text: str) -> tuple[str, str]:
    """Return number and digest, or as much of it as there is, of what a QR code says or a person typed. Raises Refusal."""
    found = CODE.fullmatch("".join(text.split()).lower())
    if not found or len(found["digest"]) < LEAST:
        raise Refusal(
            "code_malformed", f"请输入页脚二维码的内容，或印在二维码旁的校验值（至少前 {LEAST} 位，0–9 和 a–f）。"
        )
    return found["number"] or "", found["digest"]


def says(code: str, digest: str, number: str = "") -> bool:
    """Return whether a code is that of a page with this digest and number. Raises Refusal for what is no code."""
    of, start = read_code(code)
    return digest.startswith(start) and of in ("", number.lower())
