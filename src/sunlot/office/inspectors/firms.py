"""Which firm somebody means: its code, older number, or typed identifier."""

from sunlot.codes.credit_code import identify
from sunlot.refusal import Refusal

PREFIXES = ("REG15-", "REG13-", "ORG9-")


def firm_code(text: str) -> str:
    """Return the typed identifier of a firm (docs/draw-format.md). Raises Refusal that says what is wrong with the code.

    >>> firm_code(" 91370830ma3c000115 ")
    '91370830MA3C000115'
    >>> firm_code("REG15-370830000012345")
    'REG15-370830000012345'
    """
    code = text.strip().upper()
    for prefix in PREFIXES:
        code = code.removeprefix(prefix)
    found = identify(code)
    if not found.id:
        raise Refusal("firm_unknown", f"“{text.strip()}”{found.problem}；{found.suggestion}。")
    return found.id
