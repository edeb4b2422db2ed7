"""The frame, the sources and the algorithm are public, so whoever can read them tries to compute an unannounced draw the second its beacon appears."""

from pathlib import Path

import pytest

from bags import in_javascript
from helpers import announced
from insider import kinds_of
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.draw import deeds
from sunlot.draw.canonical import hash_of
from sunlot.draw.compute import compute
from sunlot.draw.errors import DrawError
from sunlot.draw.seed import make_seed
from sunlot.draw.state import Draw, open_draw
from sunlot.draw.verify import verify

KNOWN = str(RANDOMNESS["firms"]["recorded_at"])


@pytest.fixture
def seeded(tmp_path: Path) -> Draw:
    """An unannounced draw whose sources are known to everybody."""
    return deeds.record_seed(announced(tmp_path, secret=True), RANDOMNESS["firms"]["evidence"], KNOWN)


def test_without_the_nonce_there_is_no_seed(seeded: Draw) -> None:
    with pytest.raises(DrawError, match="保密随机数尚未公开"):
        seeded.seed_of("firms")
    assert seeded.need("seed", "").read_json("seed.json")["seed"] == "withheld"


@pytest.mark.parametrize("guess", ["", "00" * 32])
def test_a_guess_gives_another_list(seeded: Draw, guess: str) -> None:
    notice = seeded.need("notice", "")
    texts = [source["text"] for source in seeded.need("seed", "").read_json("seed.json")["sources"]]
    guessed = compute("firms", notice, make_seed(hash_of(notice.read("notice.json")), guess, texts))
    true = deeds.run(seeded, KNOWN).need("outcome", "").read_json("outcome.json")
    ids = [{entry["id"] for entry in outcome["selected"]} for outcome in (guessed, true)]
    assert ids[0] != ids[1]


def test_no_file_beside_the_notice_and_the_sources_says_it(seeded: Draw) -> None:
    nonce = deeds.read_private(seeded.folder.parent, seeded.name)["nonces"]["firms"]
    everything = b"".join(path.read_bytes() for path in seeded.folder.rglob("*") if path.is_file())
    assert nonce.encode() not in everything
    private = seeded.folder.parent / ".private" / seeded.name
    assert private.stat().st_mode & 0o077 == 0
    assert (private / "openings.json").stat().st_mode & 0o077 == 0


def test_once_it_is_opened_everybody_can_compute_it(seeded: Draw) -> None:
    nonces = deeds.read_private(seeded.folder.parent, seeded.name)["nonces"]
    draw = deeds.run(seeded, KNOWN)
    assert kinds_of(draw.folder) == {"equal", "outside", "withheld"}
    texts = [line.text for line in verify(draw.folder, nonces) if line.kind == "equal"]
    assert any("outcome.json 逐字节重算一致" in text for text in texts)
    told = {line["what"]: line["kind"] for line in in_javascript(draw.folder, "--nonce", nonces["firms"])}
    assert told["firms_outcome"] == "equal"
    lines = in_javascript(draw.folder, "--nonce", "5a" * 32)
    assert {line["what"]: line["kind"] for line in lines}["firms_seed"] == "differs"
    assert open_draw(draw.folder).status == "drawn"
