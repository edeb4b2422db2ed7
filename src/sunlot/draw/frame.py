"""The frame (名录快照): the committed rows of the firms, read strictly (docs/draw-format.md section 4.1)."""

import re
from datetime import date

from sunlot.draw.canonical import read_table
from sunlot.draw.errors import DrawError

COLUMNS = (
    "id",
    "name",
    "territory",
    "industry",
    "hazard_class",
    "risk_level",
    "credit_class",
    "key_unit",
    "level",
    "status",
    "intensity",
    "intensity_cause",
    "intensity_until",
    "visits",
    "last_visit",
    "drawn",
)
FIRM_ID = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}|REG15-[0-9]{15}|REG13-[0-9]{13}|ORG9-[0-9A-Z]{8}[0-9X]", re.ASCII)
DIGITS = re.compile(r"0|[1-9][0-9]{0,5}")


def read_frame(data: bytes) -> list[dict[str, str]]:
    """Return the rows in file order. Raises DrawError naming the firm and the field that cannot be relied upon."""
    rows = read_table(data, COLUMNS, name="firms.csv")
    if not rows:
        raise DrawError("empty_frame", "名录是空的，没有可以抽取的单位。")
    for row in rows:
        check_row(row)
    return rows


def check_row(row: dict[str, str]) -> None:
    """Raise DrawError unless id, numbers and dates are written as the format demands. A misspelt id is refused, never hashed."""
    clean_id(row["id"])
    if not re.fullmatch(r"[0-9]", row["intensity"]):
        raise DrawError(
            "frame_malformed", f"{row['id']} 的 intensity（加大力度级别）应为 0 到 9，现为 {row['intensity']!r}。"
        )
    if not DIGITS.fullmatch(row["visits"]):
        raise DrawError("frame_malformed", f"{row['id']} 的 visits（今年检查次数）应为整数，现为 {row['visits']!r}。")
    for field in ("last_visit", "intensity_until"):
        if row[field] and not _is_day(row[field]):
            raise DrawError(
                "frame_malformed", f"{row['id']} 的 {field} 应为 2026-03-02 这样的日期，现为 {row[field]!r}。"
            )


def clean_id(identity: str) -> str:
    """Return the id unchanged. Raises DrawError for any other spelling: small letters, full width, blanks, a letter O for a zero."""
    if not FIRM_ID.fullmatch(identity):
        raise DrawError("id_malformed", f"编号 {identity!r} 不是规范写法；请在导入时核对后再抽取。")
    return identity


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
