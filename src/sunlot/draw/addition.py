"""Addition (追加): the next reserve is visited besides a firm that was tried in vain, which stays drawn and in sight.

A firm that cannot be reached is never replaced, or an inspector could spare a friend by not reaching him. Once it was tried on several days, each
documented by photos, and a second person has looked at that, the number of inspections is made good.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sunlot.draw.errors import DrawError
from sunlot.draw.substitution import additions, firms_now, next_reserve

if TYPE_CHECKING:
    from sunlot.draw.state import Draw

BLANKS = " \u3000\t\n\r"
LEAST = 2  # days on which a firm must have been tried; a policy may ask for more
DIGEST = re.compile(r"[0-9a-f]{64}")


def decide(draw: "Draw", request: Mapping[str, Any], at: str) -> dict[str, Any]:
    """Return the addition's record. `request`: for (id), attempts ([{on, photos}]), evidence, by, approver.

    Raises DrawError for a firm that is not to be visited or has been made good already, without attempts on different days before `at` that are
    documented, unless two persons stand for it, and when the reserves are used up.
    """
    words = {key: str(request.get(key, "")).strip(BLANKS) for key in ("approver", "by", "evidence", "for")}
    if not all(words.values()) or words["approver"] == words["by"]:
        raise DrawError("evidence_missing", "追加必须写明情况、经办人和另一名批准人。")
    attempts = check_attempts(request.get("attempts"), at)
    outcome = draw.need("outcome", "还没有抽取结果，不能追加。").read_json("outcome.json")
    if words["for"] not in firms_now(draw):
        raise DrawError("not_drawn", f"{words['for']} 不在现在的抽中名单里。")
    if any(record["for"] == words["for"] for record in additions(draw)):
        raise DrawError("added_already", f"{words['for']} 已经追加过候补，不能再次追加。")
    return {
        "format": "sunlot/1 addition",
        "draw": draw.name,
        "at": at,
        "attempts": attempts,
        "in": next_reserve(draw, outcome, words["for"]),
        **words,
    }


def check_attempts(attempts: Any, at: str) -> list[dict[str, Any]]:
    """Return the attempts. Raises DrawError unless there are enough, on different days in order and not after `at`, each with photos' hashes."""
    sound = isinstance(attempts, Sequence) and all(_sound(one) for one in attempts)
    days = [one["on"] for one in attempts] if sound else []
    if len(days) < LEAST or days != sorted(set(days)) or days[-1] > _day_after(at):
        raise DrawError("attempts_missing", f"追加须有 {LEAST} 次以上不同日期、各有照片的上门记录。")
    return [{"on": one["on"], "photos": list(one["photos"])} for one in attempts]


def _sound(one: Any) -> bool:
    if not isinstance(one, Mapping) or one.keys() != {"on", "photos"} or not isinstance(one["photos"], Sequence):
        return False
    photos = one["photos"]
    hashes = all(isinstance(photo, str) and DIGEST.fullmatch(photo) for photo in photos)
    return _is_day(one["on"]) and bool(photos) and hashes and list(photos) == sorted(set(photos))


def _is_day(text: Any) -> bool:
    try:
        return isinstance(text, str) and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _day_after(at: str) -> str:
    """Return the last day that can have begun anywhere in China at a moment in UTC: the day of eight hours later."""
    from datetime import timedelta

    from sunlot.draw.moments import seconds_of, utc

    return utc(seconds_of(at) + int(timedelta(hours=8).total_seconds()))[:10]
