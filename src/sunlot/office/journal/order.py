"""Time in the log runs forward: nothing is written while the machine's clock is behind the last event."""

import re

from django.db import connection

from sunlot.draw.moments import beijing
from sunlot.office.journal.models import Event
from sunlot.refusal import Refusal

BEGINNING = 160  # characters of a leaf that hold its act and its time, the first two keys of its canonical text
_LAST = f"SELECT SUBSTR(leaf, 1, {BEGINNING}) FROM {Event._meta.db_table} ORDER BY seq DESC LIMIT 1"
_AT = re.compile(r'\{"act":"[^"]*","at":"([^"]+)"')


def latest_moment() -> str:
    """Return when the last event was, UTC text, empty before the first; of its leaf, which may be long, only the beginning is read."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST)
        row = cursor.fetchone()
    found = _AT.match(row[0]) if row else None
    return found[1] if found else ""


def refuse_wrong_clock(now: str) -> None:
    """Raise Refusal when this machine's clock, UTC text, is behind what the log has already seen."""
    if (seen := latest_moment()) > now:
        raise Refusal(
            "clock_backwards",
            f"本机时钟现为{beijing(now)}，早于日志最后一条的时间{beijing(seen)}。时钟慢了的，请先校正时钟，再办理；"
            "时钟没有错的，说明先前有人在时钟走快时办过事，请告诉系统管理员，等时钟走过日志最后一条的时间再办理。没有任何内容被改动。",
        )
