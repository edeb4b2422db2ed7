"""The automatic scan of texts that would go public: telephone numbers, numbers of identity papers, names of persons whom the office knows.

>>> scan("联系人电话 13953700001", frozenset())
[Hit(what='电话', text='13953700001')]
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop as noop

from sunlot.office.accounts.models import User
from sunlot.office.cases.models import Case, CaseOfficer, Party
from sunlot.office.inspectors.models import Inspector
from sunlot.office.roster.models import Firm
from sunlot.office.visits.models import Officer, Signature

_GAP = r"[\s\-－—·.]?"
_PATTERNS = (
    (noop("身份证件号码"), re.compile(rf"(?<!\d)(?:\d{_GAP}){{17}}[\dXx](?![\dA-Za-z])")),
    (
        "身份证件号码",
        re.compile(rf"(?<!\d)[1-9]\d{{5}}{_GAP}\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}(?!\d)"),
    ),
    (noop("电话"), re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)")),
    (noop("电话"), re.compile(r"(?<!\d)0\d{2,3}[\s\-－—)）]{1,2}\d{7,8}(?!\d)")),
    (noop("电话"), re.compile(r"(?:电话|联系方式|微信|QQ)[^\d]{0,4}\d{5,12}", re.IGNORECASE)),
    (noop("银行账号"), re.compile(rf"(?<!\d)(?:\d{_GAP}){{15,18}}\d(?!\d)")),
    (noop("电子邮箱"), re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")),
)
_HANZI = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]+")
NAME = noop("人名")  # what the scan knows by comparing only, and may be mistaken about
SHORTEST, LONGEST = 2, 8  # letters of a name that is looked for

NAMES: list[Callable[[], Iterable[str]]] = []  # a later app adds the names it knows, such as those who complained


@dataclass(frozen=True)
class Hit:
    """Something found: what kind of personal data, and the text itself."""

    what: str
    text: str


def known_names() -> frozenset[str]:
    """Return the names of all persons in the office's tables: accounts, inspectors, firms' representatives, who signed, who is in a case."""
    sources: list[Iterable[str]] = [
        User.objects.values_list("name", flat=True),
        Inspector.objects.values_list("name", flat=True),
        Firm.objects.exclude(legal_person="").values_list("legal_person", flat=True),
        Officer.objects.values_list("name", flat=True).distinct(),
        Signature.objects.values_list("name", flat=True).distinct(),
        Case.objects.exclude(head="").values_list("head", flat=True),
        Case.objects.filter(party_kind=Party.INDIVIDUAL).values_list("party", flat=True),
        CaseOfficer.objects.values_list("name", flat=True).distinct(),
        *(names() for names in NAMES),
    ]
    found = {plain(name) for names in sources for name in names}
    return frozenset(name for name in found if SHORTEST <= len(name) <= LONGEST)


def scan(text: str, names: frozenset[str], without: Iterable[str] = ()) -> list[Hit]:
    """Return what of personal data a text holds, nothing if it may go public.

    `names`: known_names(); `without`: texts that are public anyway and often hold a name, such as the firm's.
    """
    text = plain(text)
    for public in without:
        text = text.replace(plain(public), "□") if public else text
    hits = [Hit(what, found[0].strip()) for what, pattern in _PATTERNS for found in pattern.finditer(text)]
    hits += [Hit(NAME, name) for name in sorted(_named(text, names))]
    return list({hit.text: hit for hit in reversed(hits)}.values())[::-1]


def without(hits: Iterable[Hit], passed: Mapping[str, str]) -> list[Hit]:
    """Return the hits that stand: those of names are left out that somebody said are no names, and why. A number never is."""
    return [hit for hit in hits if hit.what != NAME or not passed.get(hit.text, "").strip()]


def plain(text: str) -> str:
    """Return a text in one width, blanks between Chinese letters taken out: people space names of two letters."""
    return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", unicodedata.normalize("NFKC", text)).strip()


def _named(text: str, names: frozenset[str]) -> set[str]:
    runs = _HANZI.findall(text)
    lengths = range(SHORTEST, LONGEST + 1)
    parts = {run[at : at + n] for run in runs for n in lengths for at in range(len(run) - n + 1)}
    return parts & names
