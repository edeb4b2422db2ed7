"""Time in the log runs forward: nothing is written while the machine's clock is behind the last event."""

import re
from typing import Any

from django.db import connection

from sunlot.draw.moments import beijing
from sunlot.office.journal.models import Event
from sunlot.refusal import Refusal

BEGINNING = 160  # characters of a leaf that hold its act and its time, the first two keys of its canonical text
_LAST = f"SELECT seq, SUBSTR(leaf, 1, {BEGINNING}) FROM {Event._meta.db_table} ORDER BY seq DESC LIMIT 1"
_AT = re.compile(r'\{"act":"[^"]*","at":"([^"]+)"')


def last_event(cursor: Any) -> tuple[int, str]:
    """Return number and time, UTC text, of the last event, -1 and "" before the first; of its leaf, which may be long, only the beginning is read."""
    cursor.execute(_LAST)
    row = cursor.fetchone()
    if row is None:
        return -1, ""
    found = _AT.match(row[1])
    return int(row[0]), found[1] if found else ""


def latest_moment() -> str:
    """Return when the last event was, UTC text, empty before the first."""
    with connection.cursor() as cursor:
        return last_event(cursor)[1]


def refuse_wrong_clock(now: str) -> None:
    """Raise Refusal when this machine's clock, UTC text, is behind what the log has already seen."""
    refuse_behind(now, latest_moment())


def refuse_behind(now: str, seen: str) -> None:
    """Raise Refusal when a time, UTC text, is before that of the last event."""
    if seen > now:
        raise Refusal(
            "clock_backwards",
            f"本机时钟现为{beijing(now)}，早于日志最后一条的时间{beijing(seen)}。时钟慢了的，请先校正时钟，再办理；"
            "时钟没有错的，说明先前有人在时钟走快时办过事，请告诉系统管理员，等时钟走过日志最后一条的时间再办理。没有任何内容被改动。",
        )
