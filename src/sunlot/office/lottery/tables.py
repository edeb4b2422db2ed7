"""The tables a round draws from: written from the rosters, frozen for the approver, compared again before the notice."""

import shutil
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from django.conf import settings

from sunlot.draw.deeds import drawn_before, last_round, next_id
from sunlot.draw.plan_file import exact
from sunlot.draw.state import Draw as DrawFolder
from sunlot.office.bureau.queries import territories, the_bureau
from sunlot.office.catalog.policies import office_policy
from sunlot.office.inspectors.queries import write_staff_tables
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.register import register
from sunlot.office.lottery.trial import Trial, try_out
from sunlot.office.roster.queries import write_firm_tables
from sunlot.policy.reader import read_pack
from sunlot.policy.vocabulary import VISIT_KINDS
from sunlot.refusal import Refusal


def freeze(row: Round) -> str:
    """Write today's tables for a round into the office's folder and return the hash that stands for them."""
    home = Path(settings.HOME) / "rounds" / str(row.pk)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = Path(mkdtemp(prefix=".new-", dir=home))
    policy = office_policy(row.date)
    write_firm_tables(fresh, row.date, [kind for kind in VISIT_KINDS if policy.counted(kind)])
    write_staff_tables(fresh, row.date)
    digest = digest_of(fresh)
    if (kept := home / digest).exists():
        shutil.rmtree(fresh)
    else:
        fresh.rename(kept)
    return digest


def frozen(row: Round, digest: str) -> Path:
    """Return the folder of frozen tables, checked against its hash. Raises Refusal when it is gone or differs."""
    folder = Path(settings.HOME) / "rounds" / str(row.pk) / digest
    if not digest or not folder.is_dir() or digest_of(folder) != digest:
        raise Refusal("tables_lost", "送审时固定的名录文件不见了或被改动；请重新核查并送审。")
    return folder


def digest_of(folder: Path) -> str:
    """Return one hash over the files of a folder by name."""
    parts = [f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in sorted(folder.iterdir())]
    return sha256("".join(parts).encode()).hexdigest()


REHEARSED = "Y"  # 演练


def plan_of(row: Round) -> dict[str, Any]:
    """Return the round as the core reads a plan."""
    bureau = the_bureau()
    return {
        "organ": series_of(row),
        "organ_name": bureau.name,
        "territories": territories(bureau),
        "year": row.year,
        "title": row.title,
        "date": row.date.isoformat(),
        "window": [row.window_from.isoformat(), row.window_to.isoformat()],
        "round": row.number,
        "budget": row.budget,
        "secret": row.secret,
        "rehearsal": row.rehearsal,
        "sources": exact(row.sources),
        "team_sources": exact(row.team_sources),
    }


def series_of(row: Round) -> str:
    """Return whose numbers a round's draw takes: the bureau's, or for a rehearsal those of a series of its own, as 379921Y-2026-0001.

    So a rehearsal that is never finished holds no real notice up, and the numbers of real draws stand without gaps.
    """
    return the_bureau().code + (REHEARSED if row.rehearsal else "")


def try_round(row: Round, folder: Path) -> Trial:
    """Return what the round would fix with the tables in `folder`."""
    plan = plan_of(row)
    key = (str(plan), str(folder), sum(1 for _ in register().glob("*/*")))
    if key not in _TRIED:
        _TRIED.clear()
        _TRIED[key] = _try(row, plan, folder)
    return _TRIED[key]


_TRIED: dict[tuple[Any, ...], Trial] = {}  # the last one only: whoever looks at a round reloads its page


def _try(row: Round, plan: dict[str, Any], folder: Path) -> Trial:
    before = drawn_before(register(), plan["organ"], str(row.year), row.rehearsal)
    here = DrawFolder(register() / next_id(register(), plan["organ"], str(row.year)), [])
    return try_out(plan, read_pack(row.pack), folder, before, last_round(here)[1])
