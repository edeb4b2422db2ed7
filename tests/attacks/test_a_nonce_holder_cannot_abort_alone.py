"""The bureau sees the result of an unannounced draw first, dislikes it, and loses the secret number; two of three shares bring it back."""

import shutil
from pathlib import Path

import pytest

from helpers import TEAMS_ANNOUNCED, announced, fixed_secret
from insider import County
from sunlot.cli import main
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.draw import deeds
from sunlot.draw.errors import DrawError
from sunlot.draw.nonce import split_nonce
from sunlot.draw.state import Draw

KNOWN = str(RANDOMNESS["firms"]["recorded_at"])


@pytest.fixture
def lost(tmp_path: Path) -> Draw:
    """An unannounced draw with its seed recorded, whose shares went to their three holders and whose secrets the bureau has destroyed."""
    draw = deeds.record_seed(announced(tmp_path, secret=True), RANDOMNESS["firms"]["evidence"], KNOWN)
    private = tmp_path / "draws" / ".private" / draw.name
    (tmp_path / "holders").mkdir()
    for share in private.glob("nonce-*"):
        shutil.copy(share, tmp_path / "holders" / share.name)
    shutil.rmtree(private)
    return draw


def shares(draw: Draw, stage: str, *numbers: int) -> list[str]:
    holders = draw.folder.parent.parent / "holders"
    return [str(holders / f"nonce-{stage}-share-{number}.txt") for number in numbers]


def test_without_it_there_is_no_result(lost: Draw) -> None:
    with pytest.raises(DrawError, match="nonce_missing"):
        deeds.run(lost, KNOWN)


@pytest.mark.parametrize("holders", [(1, 2), (2, 3), (3, 1)])
def test_any_two_holders_go_on(lost: Draw, holders: tuple[int, int]) -> None:
    assert main(["draw", "restore", str(lost.folder), *shares(lost, "firms", *holders)]) == 0
    assert deeds.run(lost, KNOWN).outcome


def test_one_holder_alone_gets_nothing(lost: Draw, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "restore", str(lost.folder), *shares(lost, "firms", 1, 1)]) == 2
    assert "三份份额中不同的两份" in capsys.readouterr().err


def test_another_number_than_the_committed_one_is_not_taken(lost: Draw, tmp_path: Path) -> None:
    forged = split_nonce("5a" * 32, [fixed_secret(), fixed_secret()])
    with pytest.raises(DrawError, match="nonce_differs"):
        deeds.restore_nonce(lost, "firms", forged[:2])


def test_the_teams_notice_is_not_published_without_its_commitment(lost: Draw) -> None:
    main(["draw", "restore", str(lost.folder), *shares(lost, "firms", 1, 2)])
    draw = deeds.run(lost, KNOWN)
    with pytest.raises(DrawError, match="检查组阶段的保密随机数"):
        deeds.announce_teams(draw, TEAMS_ANNOUNCED)
    main(["draw", "restore", str(lost.folder), *shares(lost, "teams", 2, 3), "--stage", "teams"])
    notice = deeds.announce_teams(draw, TEAMS_ANNOUNCED).steps[-1].read_json("notice.json")
    assert len(notice["nonce_commit"]) == 64


def test_an_aborted_draw_stays_open_and_stops_the_next(lost: Draw, county: County) -> None:
    register = lost.folder.parent
    with pytest.raises(DrawError, match="draw_open"):
        deeds.next_id(register, "379921", "2023")
    assert deeds.next_id(county.register, "379921", "2023") == "379921-2023-0002"
