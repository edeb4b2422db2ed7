"""The clean tables an import left behind, read as the rows a notice commits to."""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from sunlot.draw.errors import DrawError

Row = dict[str, str]


def read_clean(folder: Path, name: str, columns: Iterable[str] = (), required: bool = False) -> list[Row]:
    """Return the rows of `folder/name`, each with at least `columns` (missing ones empty).

    Raises DrawError when a required table is absent or empty.
    """
    path = folder / name
    rows: list[Row] = []
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = [{key: value or "" for key, value in row.items() if key} for row in csv.DictReader(file)]
    if required and not rows:
        raise DrawError("empty_roster", f"名录 {name} 不存在或没有数据行；请先用 sunlot import 导入并确认。")
    return [{**dict.fromkeys(columns, ""), **row} for row in rows]


def frame_rows(folder: Path, year: str, territories: list[str], drawn_before: Mapping[str, str]) -> list[Row]:
    """Return the rows of the firms' frame: the clean roster joined with this year's visits and with verified causes for intensity.

    `drawn_before`: the draw of this year, by firm, that the register knows to have drawn it. Optional tables beside firms.csv: `visits.csv`
    (firm_id,date,draw,counted), one line a visit, `counted` 0 where it does not count against the cap, and `intensity.csv`
    (firm_id,intensity,cause,until). Raises DrawError for firms outside the known territories.
    """
    firms = read_clean(folder, "firms.csv", ("territory", "industry", "hazard_class", "level", "status"), required=True)
    unknown = [firm["id"] for firm in firms if territories and firm["territory"] not in territories]
    if unknown:
        raise DrawError(
            "unknown_territory",
            f"有 {len(unknown)} 户的所属镇街不在本级辖区名单中，例如 {'、'.join(unknown[:3])}；请核对镇街或补充辖区名单。",
        )
    visits = read_clean(folder, "visits.csv", ("firm_id", "date", "draw", "counted"))
    counted = Counter(
        visit["firm_id"] for visit in visits if visit["date"].startswith(year) and visit["counted"] != "0"
    )
    last = {visit["firm_id"]: visit["date"] for visit in sorted(visits, key=lambda visit: visit["date"])}
    elsewhere = {
        visit["firm_id"]: visit["draw"] for visit in visits if visit["draw"] and visit["date"].startswith(year)
    }
    drawn = elsewhere | dict(drawn_before)
    causes = {cause["firm_id"]: cause for cause in read_clean(folder, "intensity.csv")}
    return [_frame_row(firm, counted, last, drawn, causes.get(firm["id"], {})) for firm in firms]


def _frame_row(firm: Row, counted: Counter[str], last: Row, drawn: Row, cause: Row) -> Row:
    kept = ("id", "name", "territory", "industry", "hazard_class", "level", "status")
    more = ("risk_level", "credit_class", "key_unit")
    return {
        **{column: firm.get(column, "") for column in (*kept, *more)},
        "intensity": cause.get("intensity", "") or "0",
        "intensity_cause": cause.get("cause", ""),
        "intensity_until": cause.get("until", ""),
        "visits": str(counted[firm["id"]]),
        "last_visit": last.get(firm["id"], ""),
        "drawn": drawn.get(firm["id"], ""),
    }
