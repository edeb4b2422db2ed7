"""A journalist, or somebody's enemy, reads every public byte: the log, the bag, the draw's folder; and tries to undo the commitments."""

import json
from itertools import product

from insider import County
from sunlot.office.journal.commitments import commit
from sunlot.office.journal.models import Event, Opening
from sunlot.office.journal.redaction import redact
from sunlot.office.journal.services import deed

PHONE = "13800001234"


def enter(county: County) -> int:
    """Enter a deed with a telephone number and return its place in the log."""
    with deed(by="u/1") as doing:
        doing.record("log.audited", "log", {"size": 1, "findings": 0}, sealed={"auditor": PHONE})
    last = Event.objects.order_by("-seq").first()
    assert last
    return int(last.seq)


def test_the_number_is_in_no_leaf(county: County) -> None:
    enter(county)
    assert PHONE not in "".join(Event.objects.values_list("leaf", flat=True))


def test_trying_every_number_does_not_undo_a_commitment(county: County) -> None:
    """Without its salt a telephone number would fall within minutes; here ten thousand guesses, the right one included, fit nothing."""
    sealed = json.loads(Event.objects.get(seq=enter(county)).leaf)["sealed"]["auditor"]
    guesses = [PHONE[:7] + "".join(digits) for digits in product("0123456789", repeat=4)]
    assert PHONE in guesses
    assert all(commit(b"", "auditor", guess) != sealed for guess in guesses)
    opening = Opening.objects.get(name="auditor")
    assert commit(bytes(opening.salt), "auditor", PHONE) == sealed, "only the salt opens it"


def test_the_same_number_twice_does_not_look_the_same(county: County) -> None:
    seals = {json.loads(Event.objects.get(seq=enter(county)).leaf)["sealed"]["auditor"] for _ in range(2)}
    assert len(seals) == 2


def test_a_lawful_deletion_leaves_nothing_to_open_and_every_proof_valid(county: County) -> None:
    seq = enter(county)
    county.journal("checkpoint")
    redact(seq, ["auditor"], "个人信息保护法第四十七条", "u/2")
    assert PHONE not in "".join(Opening.objects.values_list("value", flat=True))
    assert "发现 0 处" in county.journal("audit")


def test_recusals_leaves_and_homes_are_in_no_public_byte(county: County) -> None:
    """They decide who can go where; the public sees that a pair is absent and that the reason is withheld."""
    private = json.loads((county.register / ".private" / county.draw.name / "openings.json").read_text())
    recusals = {firm for facts in private["facts"].values() for firm in facts["recusals"]}
    assert recusals, "the county has recusals to hide"
    told = [*(county.bag / "data" / county.draw.name).rglob("*"), *(county.bag / "data" / "log").iterdir()]
    public = b"".join(path.read_bytes() for path in told if path.is_file())
    assert not any(salt.encode() in public for salt in private["salts"].values())
    assert b'"recusals"' not in public
    absent = (county.draw / "04-teams-notice/absent.csv").read_text().splitlines()[1:]
    assert {line.rsplit(",", 1)[1] for line in absent} <= {"withheld", "zero", "repeat"}
