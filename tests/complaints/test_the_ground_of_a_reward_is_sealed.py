"""What a reward is reckoned from can tell who gets it: it lies encrypted under the report's key, and what stood in the clear before was encrypted too."""

from collections.abc import Callable
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from complaints.test_a_report_goes_from_receipt_to_answer import concluded
from complaints.test_the_reporter_stays_hidden import everything_on_disk
from sunlot.office.accounts.models import User
from sunlot.office.approvals.models import Approval
from sunlot.office.complaints import rewards
from sunlot.office.complaints.models import Report, Reward
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Opening

GROUND = "罚款十万元的15%，冲压车间夜班举报"
Taken = Callable[..., Report]


def test_it_is_nowhere_in_the_clear_and_whoever_decides_reads_it(
    taken: Taken, county: dict[str, User], client_of: Callable[[str], Client], office: Path
) -> None:
    report = concluded(county, taken())
    approval = rewards.ask_reward(county["clerk"], report.pk, 15_000, GROUND, "欧阳举报，现金")
    assert rewards.ground_of(Reward.objects.get()) == GROUND
    assert GROUND in client_of("chief").get(f"/approvals/{approval.pk}/").content.decode()
    assert GROUND in client_of("clerk").get(f"/complaints/{report.pk}/").content.decode()
    assert GROUND.encode() not in everything_on_disk(office)
    assert audit().findings == []


def test_what_was_written_before_is_encrypted_and_the_audit_holds(
    taken: Taken, county: dict[str, User], office: Path
) -> None:
    report = concluded(county, taken())
    approval = rewards.ask_reward(county["clerk"], report.pk, 15_000, GROUND, "欧阳举报，现金")
    back = MigrationExecutor(connection)
    back.migrate([("complaints", "0002_pieces_have_an_order")])
    old = back.loader.project_state([("complaints", "0002_pieces_have_an_order")]).apps.get_model(
        "complaints", "Reward"
    )
    old.objects.update(ground=GROUND)
    Approval.objects.filter(pk=approval.pk).update(reason=GROUND)
    Opening.objects.create(
        seq=1, name=f"complaints.reward/{Reward._meta.pk and old.objects.get().pk}/ground", salt=b"1", value=GROUND
    )
    forth = MigrationExecutor(connection)
    forth.migrate(forth.loader.graph.leaf_nodes("complaints"))
    assert apps.get_model("complaints", "Reward") is Reward
    assert rewards.ground_of(Reward.objects.get()) == GROUND
    assert GROUND.encode() not in everything_on_disk(office)
    assert audit().findings == []
