"""The fictional county shows what an office sees: graded firms, people away, a certificate that runs out, firms that are not what the roster says."""
# ruff: noqa: F401, F811  (fixtures come in by name)

from pathlib import Path

from django.utils import timezone

from office.conftest import quick_passwords
from sqlite_only import office
from sunlot.commands import demo_office
from sunlot.commands.demo_county import write_office_files
from sunlot.commands.demo_desk import fill_desks
from sunlot.office.inspectors import todo as of_inspectors
from sunlot.office.journal.audit import audit
from sunlot.office.journal.checkpoints import open_log
from sunlot.office.plan import known
from sunlot.office.plan.caps import burdens
from sunlot.office.roster import todo as of_the_roster
from sunlot.office.roster.health import CHECKS
from sunlot.office.roster.models import Firm


def test_every_kind_of_thing_is_there(office: Path, tmp_path: Path) -> None:
    open_log(office, "yj.qinghe.example")
    people = demo_office.open_people()
    demo_office.describe_bureau()
    demo_office.take_in_rosters(people, write_office_files(tmp_path / "excel", 120, 30))
    today = timezone.localdate()
    demo_office.remember_visits(people, today.year, 30, today)
    fill_desks(people, today)
    told = [todo.title for todo in of_the_roster.todos(people["jingban"], today)]
    told += [todo.title for todo in of_inspectors.todos(people["jingban"], today)]
    assert sum("更正申请" in title for title in told) == 2
    assert {"停业待核查", "现场所见不符", "执法证已过期", "执法证即将到期"} <= set(told)
    assert 0 < CHECKS["unreachable"].find(today).count() < Firm.objects.count() / 10
    caps = burdens(known.visits_of(today.year), {}, {}, known.policy_for(today.year, today))
    assert 0 < sum(burden.standing.cap.assumed for burden in caps) < len(caps) / 2
    assert audit().findings == []
