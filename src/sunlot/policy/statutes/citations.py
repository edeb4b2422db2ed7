"""Reading a citation as officers write it: 安全生产法第21条第1项、第22条；山东省安全生产条例第16条.

Laws are parted by ；, articles by 、; numbers are Arabic or Chinese; 《》 and remarks in brackets are allowed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sunlot.refusal import Refusal

NUMBER = "[0-9零〇一二三四五六七八九十百]+"
NUMBERS = f"{NUMBER}(?:[、,，至到—–~-]{NUMBER})*"
UNIT = re.compile(f"(?:第({NUMBERS})条)?(?:第({NUMBERS})款)?(?:第({NUMBERS})项)?")
BETWEEN = re.compile("[、,，和及与]|以及")
UP_TO = re.compile(f"第({NUMBER})([条款项])[至到]第({NUMBER})\\2")
FIRST_UNIT = re.compile(f"第{NUMBERS}条")
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
STATE = "中华人民共和国"


class StatuteError(Refusal):
    """A citation, or a question about a law, that is refused."""


@dataclass(frozen=True)
class Citation:
    """One place in a law; `article`, `paragraph` (款) and `item` (项) are None where the citation does not go so deep."""

    law: str
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    remark: str = ""

    def __str__(self) -> str:
        places = ((self.article, "条"), (self.paragraph, "款"), (self.item, "项"))
        return self.law + "".join(f"第{number}{unit}" for number, unit in places if number is not None)


def parse_citations(text: str) -> tuple[Citation, ...]:
    """Return every place cited, in the order of the text. Raises StatuteError that quotes the part it cannot read.

    >>> [str(citation) for citation in parse_citations("安全生产法第36条第2、3款；GB 30871-2022")]
    ['安全生产法第36条第2款', '安全生产法第36条第3款', 'GB 30871-2022']
    """
    parts = [part.strip() for part in re.split("[；;。\n]", text) if part.strip()]
    if not parts:
        raise StatuteError("citation_empty", "没有写明依据；请写成 安全生产法第21条第1款，不同法规用分号隔开。")
    return tuple(citation for part in parts for citation in _part(part))


def number_of(text: str) -> int:
    """Return the number of an Arabic or Chinese numeral below a thousand. Raises StatuteError.

    >>> number_of("一百零二"), number_of("十九"), number_of("65")
    (102, 19, 65)
    """
    if not re.fullmatch(NUMBER, text):
        raise StatuteError("not_a_number", f"“{text}”不是条、款、项的序号。")
    if text.isdecimal() and len(text) <= 3:
        return int(text)
    total = digit = 0
    for letter in text:
        if letter in "十百":
            total += (digit or 1) * (10 if letter == "十" else 100)
            digit = 0
        elif letter in DIGITS:
            digit = DIGITS[letter]
        else:
            raise StatuteError("not_a_number", f"“{text}”不是条、款、项的序号。")
    return total + digit


def _part(part: str) -> Iterator[Citation]:
    plain, remark = _without_remarks(part)
    first = FIRST_UNIT.search(plain)
    law = (plain[: first.start()] if first else plain).strip("《》 ,，、").removeprefix(STATE)
    if not law or (not first and re.search(f"{NUMBER}条", law)):
        raise _unreadable(part, plain)
    if not first:
        yield Citation(law, remark=remark)
        return
    for places in _units(part, UP_TO.sub(r"第\1至\3\2", plain[first.start() :].strip())):
        yield Citation(law, *places, remark=remark)


def _without_remarks(part: str) -> tuple[str, str]:
    remarks: list[str] = []

    def keep_numbers(bracket: re.Match[str]) -> str:
        if re.fullmatch(NUMBER, bracket[1]):
            return bracket[1]
        remarks.append(bracket[1])
        return ""

    return re.sub("[（(]([^（）()]*)[）)]", keep_numbers, part), "；".join(remarks)


def _units(part: str, rest: str) -> Iterator[tuple[int | None, int | None, int | None]]:
    article: int | None = None
    paragraph: int | None = None
    while rest:
        unit = UNIT.match(rest)
        if not unit or not unit[0]:
            raise _unreadable(part, rest)
        articles = _expand(unit[1]) if unit[1] else [article]
        paragraphs = _expand(unit[2]) if unit[2] else [None if unit[1] else paragraph]
        for article in articles:
            for paragraph in paragraphs:
                for item in _expand(unit[3]) if unit[3] else [None]:
                    yield article, paragraph, item
        rest = rest[unit.end() :].strip()
        if rest:
            between = BETWEEN.match(rest)
            if not between or between.end() == len(rest):
                raise _unreadable(part, rest)
            rest = rest[between.end() :].strip()


def _expand(numbers: str) -> list[int | None]:
    expanded: list[int | None] = []
    for group in re.split("[、,，]", numbers):
        first, *last = (number_of(number) for number in re.split("[至到—–~-]", group))
        if last and last[-1] <= first:
            raise StatuteError("citation_unreadable", f"“{group}”的起止序号颠倒，请从小到大写。")
        expanded += range(first, (last[-1] if last else first) + 1)
    return expanded


def _unreadable(part: str, rest: str) -> StatuteError:
    return StatuteError(
        "citation_unreadable",
        f"看不懂依据“{part}”中的“{rest}”；请写成 安全生产法第21条第1款第3项，多条用顿号、不同法规用分号隔开。",
    )
