"""Pairs that look like one firm are suggested, shown side by side, merged without loss, or kept apart for good."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from rosters import DAY, code, enter, firm
from sunlot.draw.tables import read_clean
from sunlot.office.accounts.models import User
from sunlot.office.journal.audit import audit
from sunlot.office.journal.services import deed
from sunlot.office.roster import merging, queries
from sunlot.office.roster.history import history
from sunlot.office.roster.models import Firm
from sunlot.office.roster.services import record_visit
from sunlot.refusal import Refusal


def twins() -> None:
    enter(
        firm(1, name="青禾县锐嘉物流有限公司", phone=""),
        firm(2, name="青禾县锐嘉物流有限责任公司", address="物流园3号"),
        firm(3, name="青禾县恒瑞机械厂", phone="13700000000", legal_person="王五"),
        firm(4, name="青禾县恒瑞机械制造厂", phone="13700000000", legal_person="王五"),
        firm(5, name="青禾县山泉饮品店", phone="13700000000", legal_person="王五"),
        firm(6),
    )


def test_suggestions_name_the_pairs_and_why(people: dict[str, User]) -> None:
    twins()
    found = {(pair.first, pair.second): pair.why for pair in merging.suggested()}
    assert set(found) == {(code(1), code(2)), (code(3), code(4))}
    assert "组织形式" in found[code(1), code(2)]


def test_the_survivor_keeps_its_history_and_gets_the_visits_of_both(
    client_of: Callable[[str], Client], people: dict[str, User], tmp_path: Path
) -> None:
    twins()
    with deed(by="u/console") as doing:
        record_visit(doing, code(2), date(2026, 1, 9), "random", "379921-2026-0001")
    client, address = client_of("clerk"), f"/roster/duplicates/{code(1)}/{code(2)}/"
    assert "锐嘉物流有限责任公司" in client.get(address).content.decode()
    sent = {"into": code(1), "left_version": "1", "right_version": "1", "name": "left", "address": "right"}
    assert "合并请写明理由" in client.post(address, sent).content.decode()
    assert client.post(address, sent | {"reason": "换发新照"}).status_code == 302
    kept, gone = Firm.objects.get(pk=code(1)), Firm.objects.get(pk=code(2))
    assert (kept.name, kept.address) == ("青禾县锐嘉物流有限公司", "物流园3号")
    assert (gone.listed, gone.merged_into_id) == (False, kept.pk)
    assert history(gone)[0].sentence.split()[1] == "并入"
    queries.write_firm_tables(tmp_path, DAY, ())
    assert [visit["firm_id"] for visit in read_clean(tmp_path, "visits.csv")] == [kept.pk]
    assert "379921-2026-0001" in client.get(f"/roster/firms/{kept.pk}/").content.decode()
    assert audit().findings == []


def test_a_chain_of_merges_leads_to_the_last_survivor(people: dict[str, User]) -> None:
    enter(firm(1), firm(2), firm(3))
    merging.merge(people["clerk"], (code(1), 1), (code(2), 1), {}, "同一企业")
    merging.merge(people["clerk"], (code(2), 2), (code(3), 1), {}, "同一企业")
    assert set(Firm.objects.filter(merged_into_id=code(3)).values_list("pk", flat=True)) == {code(1), code(2)}
    with pytest.raises(Refusal, match="not_listed"):
        merging.merge(people["clerk"], (code(1), 3), (code(3), 2), {}, "再来一次")
    assert audit().findings == []


def test_two_that_are_two_are_not_suggested_again(client_of: Callable[[str], Client]) -> None:
    twins()
    client_of("clerk").post(f"/roster/duplicates/{code(3)}/{code(4)}/apart/")
    assert [pair.first for pair in merging.suggested()] == [code(1)]


def test_a_firm_is_not_merged_into_itself(people: dict[str, User]) -> None:
    enter(firm(1))
    with pytest.raises(Refusal, match="same_firm"):
        merging.merge(people["clerk"], (code(1), 1), (code(1), 1), {}, "误点")
