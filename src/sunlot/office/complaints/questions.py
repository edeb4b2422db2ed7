"""A small sum in Chinese words, a field that only programs fill, and a least time: enough against floods of machines, and nobody's foreign captcha.

The sum stands in a signed ticket, so that nothing is stored of who looks at the form. A ticket is good for one report.
"""

import secrets
import unicodedata
from dataclasses import dataclass

from django.core import signing
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from sunlot.office.journal.clock import moment
from sunlot.refusal import Refusal

NUMERALS = "零一二三四五六七八九十"
ENGLISH = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
LEAST, MOST = 4, 24 * 3600  # seconds between the form's opening and its return
SALT = "sunlot.complaints.question"


@dataclass(frozen=True)
class Question:
    """What to ask, and the signed ticket that comes back with the answer."""

    text: str
    ticket: str

    def __str__(self) -> str:
        """The sum in the reader's language."""
        if get_language() != "en":
            return self.text
        return " plus ".join(ENGLISH[NUMERALS.index(sign)] for sign in self.text.split("加"))


def ask() -> Question:
    """Return a fresh question."""
    first, second = (secrets.randbelow(9) + 1 for _ in range(2))
    once = secrets.token_hex(16)
    body = {"sum": f"{NUMERALS[first]}加{NUMERALS[second]}", "once": once, "is": _hidden(once, first + second)}
    return asked(signing.dumps(body | {"at": int(moment().timestamp())}, salt=SALT, compress=True))


def asked(ticket: str) -> Question:
    """Return the question of a ticket once more. Raises Refusal when it is not ours or too old."""
    return Question(str(_read(ticket)["sum"]), ticket)


def settle(ticket: str, answer: str, trap: str) -> str:
    """Return what marks this one return of the form. Raises Refusal for a wrong answer, a filled trap, or a form returned too quickly."""
    body = _read(ticket)
    if trap.strip():
        raise Refusal("trap", "请不要填写“网址”一栏；它是用来识别机器的。")
    if moment().timestamp() - float(str(body["at"])) < LEAST:
        raise Refusal("too_quick", "提交得太快，请核对一遍内容后再提交。")
    if _hidden(body["once"], _number(answer)) != body["is"]:
        raise Refusal("wrong_sum", f"算式“{body['sum']}”的得数不对，请再算一遍，用数字填写。")
    return str(body["once"])


def _read(ticket: str) -> dict[str, object]:
    try:
        body: dict[str, object] = signing.loads(ticket, salt=SALT)
    except signing.BadSignature:
        raise Refusal("no_ticket", "页面已失效，内容仍在下面；请回答新的算式后再提交。") from None
    if moment().timestamp() - float(str(body["at"])) > MOST:
        raise Refusal("old_ticket", "页面打开已超过一天，内容仍在下面；请回答新的算式后再提交。")
    return body


def _number(answer: str) -> int:
    """Return the number that was typed, in digits of any width or Chinese numerals up to twenty; -1 for none."""
    plain = unicodedata.normalize("NFKC", answer).strip()
    if plain.isdecimal() and len(plain) < 4:
        return int(plain)
    tens, mark, ones = plain.partition("十")
    if not mark:
        return NUMERALS.find(plain) if len(plain) == 1 else -1
    if tens not in ("", "一", "二") or (ones and (len(ones) > 1 or ones not in NUMERALS[1:10])):
        return -1
    return 10 * max(1, NUMERALS.find(tens) if tens else 1) + (NUMERALS.find(ones) if ones else 0)


def _hidden(once: object, number: int) -> str:
    return salted_hmac(SALT, f"{once} {number}").hexdigest()
