"""统一社会信用代码 (GB 32100-2015), its two check digits, and the older numbers that firms still carry."""

import re
from dataclasses import dataclass
from functools import cache
from operator import mul

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
CHARACTERS = frozenset(ALPHABET)
ORG_VALUE = {letter: value for value, letter in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
ENTERPRISE = ("91", "92", "93")


def check_character(first17: str) -> str:
    """Return the 18th character for the first 17 (GB 32100-2015, 5.3)."""
    return ALPHABET[-sum(map(mul, map(VALUE.__getitem__, first17), WEIGHTS)) % 31]


def org_check_character(first8: str) -> str:
    """Return the 9th character of an organisation code (GB 11714-1997): 0–9 or X."""
    rest = 11 - sum(map(mul, map(ORG_VALUE.__getitem__, first8), ORG_WEIGHTS)) % 11
    return {10: "X", 11: "0"}.get(rest, str(rest))


@dataclass(frozen=True)
class Identifier:
    """What a code is. `kind` is `valid` or the name of the defect or older type; `id` is canonical, empty when it cannot be relied upon."""

    kind: str
    id: str = ""
    problem: str = ""
    suggestion: str = ""


@cache
def identify(text: str) -> Identifier:
    """Return what the code is. `text`: trimmed, half-width. A wrong digit is named, never repaired.

    >>> identify("91370830MA3C000115").kind
    'valid'
    >>> identify("91370830MA3C000116").kind
    'code_bad_check_digit'
    """
    if len(text) == 18:
        return _eighteen(text)
    if text in ("", "无", "暂无"):
        return Identifier("code_none", problem="没有统一社会信用代码", suggestion="补填 18 位统一社会信用代码")
    if re.fullmatch(r"[0-9]{15}", text):
        return Identifier("old_registration_number_15", f"REG15-{text}", "15 位旧注册号", "换发后补填 18 位代码")
    if re.fullmatch(r"[0-9]{13}", text):
        return Identifier("old_registration_number_13", f"REG13-{text}", "13 位旧注册号", "换发后补填 18 位代码")
    if re.fullmatch(r"[0-9A-Z]{8}-?[0-9X]", text):
        return _organisation(text.replace("-", ""))
    if (typed := re.fullmatch(r"(?:REG15|REG13|ORG9)-([0-9A-Z]+)", text)) and (found := identify(typed[1])).id == text:
        return found  # as our own lists write it
    return Identifier(
        f"code_length_{len(text)}", problem=f"代码长度为 {len(text)} 位，应为 18 位", suggestion="按营业执照重新填写"
    )


def _organisation(text: str) -> Identifier:
    if org_check_character(text[:8]) != text[8]:
        return Identifier("org_part_check_bad", problem="组织机构代码校验位不符", suggestion="按证件核对")
    return Identifier("organisation_code_9", f"ORG9-{text}", "9 位组织机构代码", "换发后补填 18 位代码")


def _eighteen(text: str) -> Identifier:
    upper = text.upper()
    if not CHARACTERS.issuperset(upper):
        guess = upper.replace("O", "0").replace("I", "1")
        hint = (
            f"若字母 O/I 是数字 0/1 之误，应为 {guess}，须人工确认"
            if guess != upper and _sound(guess)
            else "按营业执照核对"
        )
        return Identifier(
            "code_bad_character", problem="代码含有不允许的字符（不会出现 I、O、S、V、Z）", suggestion=hint
        )
    if check_character(upper[:17]) != upper[17]:
        return Identifier(
            "code_bad_check_digit", problem="第 18 位校验码不符，代码有错字", suggestion="按营业执照核对，不自动改正"
        )
    if org_check_character(upper[8:16]) != upper[16]:
        return Identifier(
            "org_part_check_bad", problem="第 17 位（主体标识码校验位）不符", suggestion="按营业执照核对，不自动改正"
        )
    if not upper.startswith(ENTERPRISE):
        problem = f"代码以 {upper[:2]} 开头，不是企业、个体工商户或农民专业合作社"
        return Identifier(f"not_an_enterprise_code_{upper[:2]}", upper, problem, "核对是否属于检查对象")
    if upper != text:
        return Identifier("code_lowercase_recoverable", upper, "代码含小写字母", f"已改为大写 {upper}")
    return Identifier("valid", upper)


def _sound(code: str) -> bool:
    return all(letter in VALUE for letter in code) and identify(code).kind == "valid"
