"""Evidence that people hand in becomes the texts of the seed, each verified."""

from hashlib import sha256
from typing import Any

import pytest

from sunlot.draw.errors import DrawError
from sunlot.draw.nonce import commit_nonce
from sunlot.draw.seed import check_seed_record, make_seed, public_part, record_sources, seed_record
from sunlot.draw.sources import commit_reveal

Thing = dict[str, Any]
NONCE = "5a" * 32
NOTICE_HASH = "a" * 64


def refused(notice: Thing, *evidence: Thing) -> str:
    with pytest.raises(DrawError) as caught:
        record_sources(notice, list(evidence))
    return caught.value.kind


def test_the_seed_is_one_hash_of_the_texts() -> None:
    assert make_seed("n", "", ["a", "b"]) == sha256(b"sunlot/1|seed|n||a|b").hexdigest()


def test_a_real_lottery_draw_is_recorded(notice: Thing, evidence: Thing) -> None:
    (entry,) = record_sources(notice, [evidence])
    assert entry["text"] == "ssq=2023097/01,09,14,19,29,30+15"


def test_a_real_beacon_is_recorded_and_a_forged_one_is_not(notice: Thing, ours: list[Thing]) -> None:
    for beacon in ours:
        source = {"kind": "drand", "chain": beacon["chain"], "round": beacon["round"]}
        given = {"kind": "drand", "signature": beacon["signature"], "previous": beacon["previous"]}
        (entry,) = record_sources({**notice, "sources": [source]}, [given])
        assert entry["text"] == f"drand={beacon['chain']}/{beacon['round']}/{beacon['randomness']}"
        mark = beacon["signature"]
        forged = {**given, "signature": mark[:-1] + f"{int(mark[-1], 16) ^ 1:x}"}
        assert refused({**notice, "sources": [source]}, forged) == "beacon_forged"


def test_the_draw_waits_for_a_missing_source(notice: Thing) -> None:
    assert refused(notice) == "source_missing"


def test_another_day_or_issue_is_refused(notice: Thing, evidence: Thing) -> None:
    assert refused(notice, {**evidence, "drawn_on": "2023-08-20"}) == "wrong_issue"
    assert refused(notice, {**evidence, "issue": "2023096"}) == "wrong_issue"


def test_one_person_is_not_two(notice: Thing, evidence: Thing) -> None:
    for people in (["张三"], ["张三", "张三 "], ["张三", ""], [], "张三"):
        assert refused(notice, {**evidence, "entered_by": people}) == "two_people_needed"


def test_a_reveal_is_the_committed_value_or_publicly_absent(notice: Thing, evidence: Thing) -> None:
    commit = commit_reveal(notice["draw"], "firms", "p1", "7f3a")
    both = {**notice, "sources": [{"kind": "reveal", "participant": "p1", "commit": commit}, *notice["sources"]]}
    assert record_sources(both, [{"kind": "reveal", "value": "7f3a"}, evidence])[0]["text"] == "reveal=p1/7f3a"
    assert record_sources(both, [{"kind": "reveal", "absent": True}, evidence])[0]["text"] == "reveal=p1/absent"
    assert refused(both, {"kind": "reveal", "value": "7f3b"}, evidence) == "reveal_differs"


def test_an_open_record_says_all_and_checks(notice: Thing, evidence: Thing) -> None:
    record = seed_record(notice, NOTICE_HASH, "", record_sources(notice, [evidence]))
    assert set(record) == {"draw", "format", "grade", "nonce", "notice", "seed", "sources", "stage"}
    check_seed_record(notice, NOTICE_HASH, record)


@pytest.mark.parametrize("change", [{"seed": "0" * 64}, {"grade": "甲"}, {"notice": "b" * 64}, {"nonce": NONCE}])
def test_a_changed_record_is_refused(notice: Thing, evidence: Thing, change: Thing) -> None:
    record = seed_record(notice, NOTICE_HASH, "", record_sources(notice, [evidence]))
    with pytest.raises(DrawError):
        check_seed_record(notice, NOTICE_HASH, {**record, **change})


def test_an_unannounced_draw_withholds_nonce_and_seed(notice: Thing, evidence: Thing) -> None:
    commit = commit_nonce(notice["draw"], "firms", NONCE)
    secret = {**notice, "secret": True, "nonce_commit": commit}
    record = seed_record(secret, NOTICE_HASH, NONCE, record_sources(secret, [evidence]))
    public = public_part(record)
    assert (public["nonce"], public["seed"]) == ("withheld", "withheld")
    assert NONCE not in str(public) and record["seed"] not in str(public)
    check_seed_record(secret, NOTICE_HASH, public)
    check_seed_record(secret, NOTICE_HASH, public, NONCE)
    with pytest.raises(DrawError, match="承诺值"):
        check_seed_record(secret, NOTICE_HASH, public, "6b" * 32)
