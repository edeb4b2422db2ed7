"""The firms that the rows of a file name, by code or by name, in a few queries however many rows."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from sunlot.office.imports.kinds import Row
from sunlot.office.imports.rows import UnfitError
from sunlot.office.roster.models import Firm
from sunlot.stretches import stretches

BY_ID = 500  # of one SELECT … IN


class Named:
    """The firms of some rows, whose fields are `firm_id` and `firm_name`."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.by_code: dict[str, Firm] = {}
        self.by_name: dict[str, list[Firm]] = {}
        codes = sorted({row["firm_id"] for row in rows} - {""})
        names = sorted({row["firm_name"] for row in rows if not row["firm_id"]} - {""})
        for some in stretches(codes, BY_ID):
            found = Firm.objects.select_related("merged_into").in_bulk(some)
            self.by_code |= {pk: firm.merged_into or firm for pk, firm in found.items()}
        for some in stretches(names, BY_ID):
            for firm in Firm.objects.filter(listed=True, name__in=some):
                self.by_name.setdefault(firm.name, []).append(firm)

    def known(self, entered: QuerySet[Any], *fields: str) -> set[tuple[Any, ...]]:
        """Return what was entered of the firms that the rows may mean: of each entry the firm's number and these fields."""
        firms, found = self._numbers(), set[tuple[Any, ...]]()
        for some in stretches(firms, BY_ID):
            found |= set(entered.filter(firm__in=some).values_list("firm_id", *fields))
        return found

    def _numbers(self) -> list[str]:
        by_name = (firm for alike in self.by_name.values() for firm in alike)
        return sorted({firm.pk for firm in (*self.by_code.values(), *by_name)})

    def firm(self, row: Row) -> Firm:
        """Return the firm a row means: the code decides, without one the name if one firm only bears it. Raises UnfitError."""
        code, name = row["firm_id"], row["firm_name"]
        found = [self.by_code[code]] if code in self.by_code else [] if code else self.by_name.get(name, [])
        alive = [firm for firm in found if firm.listed]
        if len(alive) > 1:
            raise UnfitError(f"名录中有 {len(alive)} 户叫“{name}”，未导入；请补填统一社会信用代码")
        if not alive:
            raise UnfitError(f"名录中没有 {code or name or '（未填单位）'}，未导入；请先把该单位加入名录")
        return alive[0]
