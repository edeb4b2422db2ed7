"""What an unannounced round is stands in no public page, no public file and no leaf of the log; only how many firms and which share."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from plans import YEAR, fields
from sunlot.office.accounts.models import User
from sunlot.office.journal.models import Event
from sunlot.office.plan import services
from sunlot.office.plan.models import Plan
from sunlot.office.plan.rounds import change_round
from sunlot.refusal import Refusal

SECRET = ("夜查行动", "烟花爆竹零售点", "AQ-03", f"{YEAR}-04")


def publish(plan: Plan, approve: Callable[[Plan], Plan], clerk: User) -> Plan:
    on = approve(plan).approved_on
    assert on
    services.file(clerk, plan.pk, on, "市应急管理局")
    return services.publish(clerk, plan.pk, on, "县政府网站")


def test_nothing_is_public_before_publication(plan: Plan, approve: Callable[[Plan], Plan]) -> None:
    approve(plan)
    assert Client().get(f"/plan/public/{YEAR}/").status_code == 404
    assert Client().get(f"/plan/public/{YEAR}/word/").status_code == 404
    assert "还没有公布的计划" in Client().get("/plan/public/").content.decode()


def test_the_public_page_and_file_know_only_number_and_share(
    plan: Plan, approve: Callable[[Plan], Plan], clerk: User
) -> None:
    publish(plan, approve, clerk)
    page = Client().get(f"/plan/public/{YEAR}/").content.decode()
    data = Client().get(f"/plan/public/{YEAR}/word/").content
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        word = "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))
    for text in (page, word, Client().get("/plan/public/").content.decode()):
        assert [secret for secret in SECRET if secret in text] == []
    for text in (page, word):
        assert "另有不事先公开的检查 1 轮，检查 4 户，占计划检查户数的 5.4%，实施后公开。" in text
        assert "第一次双随机抽查" in text


def test_the_log_holds_commitments_only(plan: Plan, approve: Callable[[Plan], Plan], clerk: User) -> None:
    publish(plan, approve, clerk)
    leaves = "\n".join(Event.objects.values_list("leaf", flat=True))
    assert f"{YEAR}-04" in leaves
    assert [secret for secret in SECRET[:3] if secret in leaves] == []


def test_the_office_sees_it_and_others_do_not(plan: Plan, client_of: Callable[[str], Client]) -> None:
    for role in ("clerk", "chief", "leading", "supervisor", "auditor"):
        assert "夜查行动" in client_of(role).get(f"/plan/{plan.pk}/").content.decode()
    for role in ("inspector", "partner", "system", "security"):
        for page in ("", "word/", "print/", "rounds/", "rounds/?as=xlsx", "diff/", "what-if/", "keys/"):
            assert client_of(role).get(f"/plan/{plan.pk}/{page}").status_code == 403


def test_a_text_that_gives_the_name_away_keeps_the_plan_from_being_published(
    plan: Plan, approve: Callable[[Plan], Plan], clerk: User
) -> None:
    figures = services.Figures("青禾县应急管理局", 8, plan.days_each, {"综合监管": 1035}, {"值班": 535})
    plan = services.change_figures(clerk, plan.pk, plan.version, replace(figures, measures="做好夜查行动的准备"))
    with pytest.raises(Refusal, match="secret_named"):
        publish(plan, approve, clerk)


def test_a_covert_round_cannot_be_announced(plan: Plan, clerk: User) -> None:
    each = plan.rounds.get(kind="covert")
    with pytest.raises(Refusal, match="covert_is_secret"):
        change_round(clerk, each.pk, each.version, fields(kind="covert", secret=False))
