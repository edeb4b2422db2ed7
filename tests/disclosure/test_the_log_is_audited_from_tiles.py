"""A monitor that has only the tiles computes the published root and every proof, as C2SP tlog-tiles says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from lottery.conftest import Story
from sunlot.ledger import merkle
from sunlot.ledger.checkpoint import parse_checkpoint
from sunlot.ledger.note import parse_note
from sunlot.office.disclosure import tiles
from sunlot.office.disclosure.registry import NotPublic
from sunlot.office.journal import checkpoints
from sunlot.office.journal.services import deed


def log_of(count: int, home: Path) -> None:
    """Grow the log to at least `count` entries and sign it."""
    with deed(by="u/console") as doing:
        for number in range(count):
            doing.record("log.audited", f"log/{number}", {"size": number, "findings": 0})
    checkpoints.sign(home)


def fetch(address: str) -> bytes:
    answer = Client().get(f"/public/log/{address}")
    assert answer.status_code == 200, address
    return answer.content


def test_the_root_follows_from_the_tiles_alone(people: object, office: Path) -> None:
    log_of(700, office)
    checkpoint = parse_checkpoint(parse_note(fetch("checkpoint").decode()).text)
    whole, rest = divmod(checkpoint.size, 256)
    names = [f"{number:03d}" for number in range(whole)] + ([f"{whole:03d}.p/{rest}"] if rest else [])
    entries: list[bytes] = []
    for name in names:
        bundle, at = fetch(f"tile/entries/{name}"), 0
        while at < len(bundle):
            length = int.from_bytes(bundle[at : at + 2], "big")
            entries.append(bundle[at + 2 : at + 2 + length])
            at += 2 + length
    assert len(entries) == checkpoint.size
    assert merkle.root(entries) == checkpoint.root
    hashes = b"".join(fetch(f"tile/0/{name}") for name in names)
    assert hashes == b"".join(map(merkle.leaf_hash, entries))
    upper = fetch(f"tile/1/000.p/{whole}")
    assert upper[:32] == merkle.root(entries[:256]) and len(upper) == 32 * whole


@pytest.mark.parametrize(
    "path", ["0/001", "0/000.p/999", "1/000", "9/000", "0/0", "0/000.p/x", "x/000", "entries/001", "entries/0"]
)
def test_a_tile_that_there_is_not_is_not_found(path: str, people: object, office: Path) -> None:
    checkpoints.sign(office)
    assert Client().get(f"/public/log/tile/{path}").status_code == 404


def test_numbers_are_spelt_in_groups_of_three() -> None:
    for number, name in ((0, "000"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067")):
        assert tiles.spelt(number) == name
        assert tiles.number_of(name) == number
    with pytest.raises(NotPublic):
        tiles.number_of("abc")


def test_an_entry_longer_than_a_bundle_can_hold_keeps_its_bundle_back_and_says_so(people: object, office: Path) -> None:
    with deed(by="u/console") as doing:
        doing.record("log.audited", "log/1", {"size": 1, "findings": 0, "text": "长" * 30_000})
    checkpoints.sign(office)
    assert tiles.kept_back(0) == "large"
    assert "不公开" in Client().get("/public/log/").content.decode()
    size = tiles.size()
    assert Client().get(f"/public/log/tile/0/000.p/{size}").status_code == 200
    assert Client().get(f"/public/log/tile/entries/000.p/{size}").status_code == 404


def test_the_bundle_of_an_unannounced_round_opens_with_it(story: Callable[..., Story], office: Path) -> None:
    from sunlot.office.approvals import services as approvals
    from sunlot.office.lottery import drawing

    told = story(secret=True).done()
    checkpoints.sign(office)
    assert tiles.kept_back(0) == "secret"
    approval = drawing.ask_opening(told.people["clerk"], told.row.pk, "已执行完毕")
    approvals.grant(told.people["chief"], approval.pk)
    checkpoints.sign(office)
    assert tiles.kept_back(0) == ""
