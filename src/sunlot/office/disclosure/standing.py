"""Where every draw stands in public: its number, its state, what is open of it, and whether it is missing or late."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sunlot.codes.workdays import add_workdays
from sunlot.draw.state import Draw as Folder
from sunlot.draw.substitution import firms_now
from sunlot.office.catalog.policies import office_policy
from sunlot.office.disclosure.state import remembered
from sunlot.office.journal.clock import moment, now
from sunlot.office.journal.models import Event
from sunlot.office.lottery import progress
from sunlot.office.lottery.models import Draw, Round
from sunlot.office.lottery.register import folder_of, register
from sunlot.office.roster.models import VisitEntry
from sunlot.policy.in_force import Policy
from sunlot.refusal import Refusal

NUMBERED = re.compile(r"(.+-)([0-9]{4})")
SECRET_TITLE = _("暗查抽取（执行完毕后公开）")


class Openness(Enum):
    """What of a draw anybody may see."""

    SEALED = "sealed"  # unannounced and not opened: commitments only
    LISTED_LATER = "listed_later"  # notice, seed and chances; the drawn firms after their visits (policy: drawn_list)
    OPEN = "open"


STAGES: dict[str, Promise] = {
    "missing": _("缺号：这个编号没有公告"),
    "lost": _("证据缺失：日志有登记，文件不见了"),
    "broken": _("证据被改动：文件与登记不符"),
    "announced": _("已公告，等待种子产生"),
    "known": _("种子来源已经产生，尚未登记"),
    "seeded": _("种子已登记，尚未公布结果"),
    "drawn": _("企业已抽取"),
    "teams_announced": _("企业已抽取，检查组已公告"),
    "done": _("企业和检查组都已抽取"),
    "void": _("已作废"),
}
COLOURS = {
    "missing": "bad",
    "lost": "bad",
    "broken": "bad",
    "void": "bad",
    "done": "ok",
    "drawn": "ok",
    "known": "warn",
}


@dataclass(frozen=True)
class Standing:
    """One number of the series. `folder` is None for what is missing or broken; `due`: the last day for what comes next."""

    name: str
    stage: str
    openness: Openness = Openness.SEALED
    folder: Folder | None = None
    title: str | Promise = ""
    announced_at: str = ""
    rehearsal: bool = False
    secret: bool = False
    due: date | None = None
    trouble: str = ""

    @property
    def late(self) -> bool:
        """Whether the last day has passed."""
        return self.due is not None and self.due < timezone.localtime(moment()).date()

    @property
    def sealed(self) -> bool:
        return self.openness is Openness.SEALED

    @property
    def open(self) -> bool:
        return self.openness is Openness.OPEN

    @property
    def state(self) -> str | Promise:
        """The state as people read it."""
        return STAGES[self.stage]

    @property
    def colour(self) -> str:
        return "bad" if self.late else COLOURS.get(self.stage, "info")

    @property
    def shown(self) -> Folder:
        """The folder of a draw that is there. Raises Refusal for one that is not."""
        if self.folder is None:
            raise Refusal("no_such_draw", f"抽取 {self.name} 的文件不在。")
        return self.folder


def today() -> date:
    """Return the day on the office's clock."""
    return timezone.localtime(moment()).date()


@remembered
def policy() -> Policy:
    """Return the policy of today."""
    return office_policy(today())


@remembered
def draws() -> tuple[Standing, ...]:
    """Return every number of every series, newest first; one that was left out stands where it belongs."""
    found = {name: _one(name) for name in _names()}
    found |= {name: Standing(name, "missing") for name in _gaps(sorted(found))}
    return tuple(found[name] for name in sorted(found, key=_order, reverse=True))


def draw_of(name: str) -> Standing | None:
    """Return one number, None when no series reaches it."""
    return next((each for each in draws() if each.name == name), None)


def readable() -> list[Standing]:
    """Return the draws whose notice anybody may read, newest first."""
    return [each for each in draws() if each.folder and not each.sealed]


def _order(name: str) -> tuple[str, str]:
    match = NUMBERED.fullmatch(name)
    return (match[1].split("-")[-2], name) if match else ("", name)


def _names() -> set[str]:
    """Return every number that the table, the log or the folders know: hiding a draw takes all three."""
    logged = Event.objects.filter(act="draw.notice").values_list("obj", flat=True)
    folders = {path.name for path in register().glob("[!.]*")} if register().is_dir() else set()
    return {*Draw.objects.values_list("pk", flat=True), *(obj.removeprefix("draw/") for obj in logged), *folders}


def _gaps(names: list[str]) -> Iterator[str]:
    numbered = [match for name in names if (match := NUMBERED.fullmatch(name))]
    for series, matches in groupby(numbered, key=lambda match: match[1]):
        there = {int(match[2]) for match in matches}
        yield from (f"{series}{number:04d}" for number in range(1, max(there)) if number not in there)


def _one(name: str) -> Standing:
    try:
        folder = _folder(name, _seen(register() / name))
        notice = folder.firms_notice
    except Refusal as refusal:
        stage = "broken" if (register() / name).is_dir() else "lost"
        return Standing(name, stage, trouble=refusal.sentence)
    row = Round.objects.filter(draw=name).first()
    openness = _openness(folder, row)
    sealed = openness is Openness.SEALED
    stage = _stage(folder)
    return Standing(
        name,
        stage,
        openness,
        folder,
        title=SECRET_TITLE if sealed else notice["title"],
        announced_at=notice["announced_at"],
        rehearsal=bool(notice["rehearsal"]),
        secret=bool(notice["secret"]),
        due=_due(folder, stage, openness),
    )


@lru_cache(maxsize=256)
def _folder(name: str, seen: tuple[tuple[str, int, int], ...]) -> Folder:
    """Return the draw, every byte of it checked; as long as its files look the same from outside they are not read again."""
    return folder_of(name)


def _seen(place: Path) -> tuple[tuple[str, int, int], ...]:
    """Return path, size and time of every file below a folder: what an edit changes (`sunlot journal audit` reads the bytes)."""
    files = [(str(path), path.stat()) for path in sorted(place.rglob("*")) if path.is_file()]
    return tuple((path, stat.st_size, stat.st_mtime_ns) for path, stat in files)


def _stage(folder: Folder) -> str:
    if folder.void:
        return "void"
    if folder.step("teams-outcome"):
        return "done"
    if folder.step("teams-notice"):
        return "teams_announced"
    if folder.outcome:
        return "drawn"
    if folder.step("seed"):
        return "seeded"
    return "known" if _last_source(folder) <= now() else "announced"


def _last_source(folder: Folder) -> str:
    return str(max(source["known_at"] for source in folder.firms_notice["sources"]))


def _openness(folder: Folder, row: Round | None) -> Openness:
    """Return what is open. Unannounced: nothing until a second person has opened it. Else the lists follow the policy of `drawn_list`."""
    if folder.firms_notice["secret"]:
        closed = row is None or not row.secret or progress.hidden(row)
        return Openness.SEALED if closed else Openness.OPEN
    if policy().openness("drawn_list") == "public" or date.fromisoformat(folder.firms_notice["window"][1]) < today():
        return Openness.OPEN
    return Openness.OPEN if _all_visited(folder) else Openness.LISTED_LATER


def _all_visited(folder: Folder) -> bool:
    if not folder.outcome:
        return False
    visited = set(VisitEntry.objects.filter(draw=folder.name).values_list("firm_id", flat=True))
    return set(firms_now(folder)) <= visited


def _due(folder: Folder, stage: str, openness: Openness) -> date | None:
    """Return the last day for what the notice has announced, None when nothing is to come.

    Of firms, then of teams: the first workday after the moment at which, by its own notice, the last source is known, at the latest the day
    on which the visits begin. Of an unannounced draw that is done: the opening, by publication.result_workdays from the end of its visits.
    """
    if stage in ("announced", "known", "seeded"):
        return _result_day(folder, folder.firms_notice["sources"])
    if stage == "teams_announced" and openness is not Openness.SEALED:
        return _result_day(folder, folder.need("teams-notice", "").read_json("notice.json")["sources"])
    if openness is not Openness.SEALED:
        return None
    first = date.fromisoformat(folder.firms_notice["window"][1])
    return add_workdays(first, policy().count("publication.result_workdays")).day


def _result_day(folder: Folder, sources: list[dict[str, Any]]) -> date:
    """Return the day by which a draw announced with these sources has its result."""
    known = max(str(source["known_at"]) for source in sources)
    first = timezone.localtime(datetime.fromisoformat(known)).date()
    visits_begin = date.fromisoformat(folder.firms_notice["window"][0])
    return min(add_workdays(first, 1).day, max(first, visits_begin))
