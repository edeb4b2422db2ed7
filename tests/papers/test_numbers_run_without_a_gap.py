"""（青）应急检记〔2023〕1号 and so on: no number twice, none left out, whatever fails and however many issue at once."""

import random
from collections.abc import Callable
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from lottery.conftest import Clock
from papers.conftest import RECORD, issued
from sunlot.documents.statutory import FormError
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.journal.audit import audit
from sunlot.office.journal.services import deed
from sunlot.office.papers.approval_kinds import ask_void
from sunlot.office.papers.issuing import issue
from sunlot.office.papers.models import Paper, Series, State
from sunlot.office.papers.queries import series
from sunlot.refusal import Refusal

QUESTIONS = {"round": "1", "name": "王某", "questioner": "甲", "questioner_post": "科员", "recorder": "乙"}
QUESTIONS |= {"recorder_post": "科员", "matter": "配电箱", "record": "问：……"}
SAME = ("begun", "ended", "place", "officers", "certificates")


def sequences(year: int = 2023) -> list[int | None]:
    return list(
        Paper.objects.filter(series="onsite_record", year=year).order_by("pk").values_list("sequence", flat=True)
    )


def test_they_count_from_one(record: Callable[..., Paper]) -> None:
    numbers = [record().number for _ in range(3)]
    assert numbers == [f"（青）应急检记〔2023〕{n}号" for n in (1, 2, 3)]
    assert audit().findings == []


def test_each_kind_and_each_year_counts_by_itself(record: Callable[..., Paper], clock: Clock) -> None:
    record()
    assert record(day=date(2022, 12, 30)).number == "（青）应急检记〔2022〕1号"
    clock.at = "2023-12-31T16:00:00Z"  # midnight in China
    assert record().number == "（青）应急检记〔2024〕1号"
    scheme = {"industry": "机械", "inspected_on": "8月", "officers": "甲、乙", "content": "x", "methods": "y"}
    fields = {name: RECORD[name] for name in ("firm", "address")} | scheme
    with deed(by="u/1") as doing:
        paper = issue(doing, User.objects.get(username="clerk"), "inspection_scheme", "order/1", fields)
    assert paper.number == "（青）应急检查〔2024〕1号"


def test_a_form_without_a_number_takes_none(county: dict[str, User]) -> None:
    fields = {name: RECORD[name] for name in SAME} | QUESTIONS
    with deed(by="u/1") as doing:
        papers = [issue(doing, county["clerk"], "questioning_record", "order/1", fields) for _ in range(2)]
    assert [(paper.number, paper.sequence) for paper in papers] == [("", None)] * 2
    assert not Series.objects.exists()


def test_what_fails_gives_its_number_back(county: dict[str, User]) -> None:
    clerk, dice = county["clerk"], random.Random(5)
    done = 0
    for _ in range(30):
        if dice.random() < 0.5:
            with pytest.raises(ZeroDivisionError), deed(by=clerk.actor) as doing:
                issue(doing, clerk, "onsite_record", "order/1", RECORD)
                raise ZeroDivisionError
        else:
            issued(clerk)
            done += 1
    assert sequences() == list(range(1, done + 1))
    assert audit().findings == []


def test_a_document_its_form_refuses_takes_no_number(county: dict[str, User], record: Callable[..., Paper]) -> None:
    with pytest.raises(FormError, match="缺少：被检查单位"):
        record(fields={"firm": ""})
    with pytest.raises(Refusal, match="在将来"):
        record(day=date(2030, 1, 1))
    assert record().sequence == 1


def test_many_at_once_get_each_their_own(county: dict[str, User]) -> None:
    """Six clerks issue at once, every third time something fails: the numbers are 1 to n."""
    clerk, together, trouble = county["clerk"], Barrier(6), list[BaseException]()

    def work(thread: int) -> None:
        try:
            together.wait()
            for turn in range(6):
                try:
                    with deed(by=clerk.actor) as doing:
                        issue(doing, clerk, "onsite_record", "order/1", RECORD)
                        if (thread + turn) % 3 == 0:
                            raise ZeroDivisionError
                except ZeroDivisionError:
                    pass
        except BaseException as failure:
            trouble.append(failure)
        finally:
            connection.close()

    threads = [Thread(target=work, args=[thread]) for thread in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    assert sorted(sequences()) == list(range(1, 25))  # type: ignore[type-var]
    assert Series.objects.get().last == 24
    assert audit().findings == []


def test_over_the_new_year_two_clerks_and_a_void_paper_leave_no_gap(county: dict[str, User], clock: Clock) -> None:
    clerk, chief = county["clerk"], county["chief"]
    clock.at = "2023-12-31T15:59:00Z"  # a minute before midnight in China
    first, second = issued(clerk), issued(chief)
    asked = ask_void(clerk, second, "单位名称写错")
    clock.at = "2023-12-31T16:01:00Z"
    third = issued(chief)
    approvals.grant(chief, asked.pk)
    late, fourth = issued(clerk, day=date(2023, 12, 31)), issued(clerk)
    found = [(paper.year, paper.sequence) for paper in (first, second, third, late, fourth)]
    assert found == [(2023, 1), (2023, 2), (2024, 1), (2023, 3), (2024, 2)]
    second.refresh_from_db()
    assert (second.state, second.number) == (State.VOID, "（青）应急检记〔2023〕2号")
    assert [(one.year, one.given, one.void, one.missing) for one in series()] == [(2024, 2, 0, []), (2023, 3, 1, [])]
    assert audit().findings == []


def test_the_database_itself_refuses_a_number_twice(record: Callable[..., Paper]) -> None:
    first, second = record(), record()
    for field in ("sequence", "number"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Paper.objects.filter(pk=second.pk).update(**{field: getattr(first, field)})
