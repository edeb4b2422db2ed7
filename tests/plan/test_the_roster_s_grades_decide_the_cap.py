"""The table of caps is asked with the grades that the roster holds; where one is unknown the page says that the loosest row applied."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from rosters import code, enter, firm
from sunlot.intake.reading import read_roster
from sunlot.office.accounts.models import User
from sunlot.office.journal.services import deed
from sunlot.office.plan import known
from sunlot.office.plan.caps import burdens
from sunlot.office.roster.models import Firm
from sunlot.office.roster.services import record_visit
from sunlot.office.visits.caps import refuse_over_cap
from sunlot.office.visits.key_firms import reach_of
from sunlot.refusal import Refusal

DAY = date(2026, 11, 20)
FIRMS = {
    1: ({"hazard_class": "非煤矿山", "risk_level": "低", "risk_class": "A"}, 1),
    2: ({"hazard_class": "非煤矿山", "risk_level": "重大", "risk_class": "C"}, 2),
    3: ({"hazard_class": "冶金", "standardization_level": "二级"}, 4),
    4: ({"standardization_level": "一级"}, 1),
    5: ({}, 6),
}


@pytest.fixture
def visited(people: dict[str, User]) -> None:
    enter(*(firm(number, **facts) for number, (facts, _) in FIRMS.items()))
    with deed(by=people["clerk"].actor) as doing:
        for number in FIRMS:
            record_visit(doing, code(number), DAY, "routine")


def test_list_and_arranging_read_the_same_cap(visited: None) -> None:
    expected = {code(number): cap for number, (_, cap) in FIRMS.items()}
    found = burdens(known.visits_of(2026), {}, {}, known.policy_for(2026, DAY))
    assert {burden.pk: burden.standing.cap.visits for burden in found} == expected
    assert {name: reach.cap for name, reach in reach_of(expected, DAY).items()} == expected
    assert {name: known.firms(expected)[name].cap_facts for name in expected} == {
        row.pk: row.cap_facts for row in Firm.objects.all()
    }


def test_a_firm_of_the_best_grade_is_not_visited_twice(visited: None) -> None:
    with pytest.raises(Refusal) as refusal:
        refuse_over_cap(Firm.objects.get(pk=code(1)), "routine", DAY, 0)
    assert refusal.value.kind == "over_the_cap"
    refuse_over_cap(Firm.objects.get(pk=code(2)), "routine", DAY, 0)


def test_the_page_marks_the_rows_whose_grade_is_unknown(visited: None, client_of: Callable[[str], Client]) -> None:
    page = client_of("chief").get("/plan/caps/", {"year": 2026}).content.decode()
    rows = {number: page.split(code(number))[1].split("</tr>")[0] for number in FIRMS}
    assert [number for number, row in rows.items() if "上限按最宽一档" in row] == [5]


def test_a_file_brings_the_grades_and_never_takes_one_scale_for_the_other(tmp_path: Path) -> None:
    path = tmp_path / "名录.csv"
    head = "统一社会信用代码,单位名称,风险等级,安全风险分级,安全生产标准化等级"
    path.write_text(f"{head}\n{code(1)},甲矿,较大,a级,二级\n{code(2)},乙厂,低,,\n", "utf-8")
    found = read_roster([path]).rows
    grades = [(row["risk_level"], row["risk_class"], row["standardization_level"]) for row in found]
    assert grades == [("较大", "A", "二级"), ("低", "", "")]
