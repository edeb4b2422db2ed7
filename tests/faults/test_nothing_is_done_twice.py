"""One notice has one seed and one result, whoever asks again and however fast."""

import threading
from pathlib import Path

import pytest

from helpers import announced, complete, drawn, fixed_secret, plan, tables
from sunlot.commands.demo_county import RANDOMNESS
from sunlot.draw import deeds
from sunlot.draw.errors import DrawError
from sunlot.draw.state import open_draw
from sunlot.draw.verify import exit_code, verify
from sunlot.policy.reader import read_pack

AT = RANDOMNESS["firms"]["recorded_at"]


def test_a_second_seed_is_refused(tmp_path: Path) -> None:
    draw = deeds.record_seed(announced(tmp_path), RANDOMNESS["firms"]["evidence"], AT)
    with pytest.raises(DrawError, match="step_exists"):
        deeds.record_seed(draw, RANDOMNESS["firms"]["evidence"], AT)


def test_a_second_result_is_refused(tmp_path: Path) -> None:
    draw = drawn(tmp_path)
    with pytest.raises(DrawError, match="不能重抽"):
        deeds.run(draw, AT)


def test_a_new_draw_waits_for_the_one_before(tmp_path: Path) -> None:
    announced(tmp_path)
    with pytest.raises(DrawError, match="draw_open"):
        deeds.announce_firms(
            tmp_path / "draws",
            plan(),
            read_pack("county-2026"),
            tmp_path / "tables",
            "2023-08-22T02:00:00Z",
            fixed_secret,
        )


def test_of_two_clerks_one_is_first_and_the_other_is_told(tmp_path: Path) -> None:
    folder = announced(tmp_path).folder
    draws = [open_draw(folder) for _ in range(2)]
    results: list[object] = []

    def clerk(number: int) -> None:
        try:
            results.append(deeds.record_seed(draws[number], RANDOMNESS["firms"]["evidence"], AT).name)
        except DrawError as refusal:
            results.append(refusal.kind)

    people = [threading.Thread(target=clerk, args=(number,)) for number in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert sorted(map(str, results)) == sorted([folder.name, "step_exists"])


def test_a_voided_draw_is_still_computed_and_stays_visible(tmp_path: Path) -> None:
    draw = deeds.record_seed(announced(tmp_path), RANDOMNESS["firms"]["evidence"], AT)
    draw = deeds.void(draw, "名录文件有误", ["局长", "纪检组长"], AT)
    assert draw.status == "voided"
    assert any("作废" in line.text and line.kind == "differs" for line in verify(draw.folder))
    draw = deeds.run(draw, AT)
    assert not any(line.kind == "differs" for line in verify(draw.folder))
    again = deeds.announce_firms(
        tmp_path / "draws", plan(), read_pack("county-2026"), tables(tmp_path), "2023-08-22T02:00:00Z", fixed_secret
    )
    assert again.name.endswith("-0002")


def test_one_person_cannot_void(tmp_path: Path) -> None:
    with pytest.raises(DrawError, match="void_needs_two"):
        deeds.void(announced(tmp_path), "理由", ["局长"], AT)


def test_a_full_disk_leaves_the_draw_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw = announced(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sunlot.files.write_flushed", full)
    with pytest.raises(DrawError, match="cannot_write"):
        deeds.record_seed(draw, RANDOMNESS["firms"]["evidence"], AT)
    assert [step.what for step in open_draw(draw.folder).steps] == ["notice"]
    assert not list((tmp_path / "draws").glob(".tmp-*"))


def test_substitutions_follow_the_reserves_and_are_verified(tmp_path: Path) -> None:
    draw = complete(tmp_path)
    outcome = draw.need("outcome", "").read_json("outcome.json")
    first = outcome["selected"][0]
    expected = next(entry["id"] for entry in outcome["reserves"] if entry["cell"] == first["cell"])
    request = {"out": first["id"], "reason": "closed", "evidence": "注销证明 2023-12", "by": "经办人甲", "visit": ""}
    draw = deeds.substitute(draw, request, "2023-09-20T01:00:00Z")
    assert draw.steps[-1].read_json("substitution.json")["in"] == expected
    team = draw.need("teams-outcome", "").read_json("outcome.json")["teams"][0]
    request = {
        "out": team["members"][0],
        "visit": team["visit"],
        "reason": "illness",
        "evidence": "病假条",
        "by": "经办人甲",
    }
    draw = deeds.substitute(draw, request, "2023-09-20T02:00:00Z")
    assert draw.steps[-1].read_json("substitution.json")["in"] not in team["members"]
    assert exit_code(verify(draw.folder)) == 0


@pytest.mark.parametrize("reason", ["refused", "no_answer", "inconvenient"])
def test_refusal_is_no_reason_for_a_substitution(tmp_path: Path, reason: str) -> None:
    draw = drawn(tmp_path)
    out = draw.need("outcome", "").read_json("outcome.json")["selected"][0]["id"]
    with pytest.raises(DrawError, match="reason_"):
        deeds.substitute(draw, {"out": out, "reason": reason, "evidence": "x", "by": "y", "visit": ""}, AT)


def test_an_unannounced_draw_is_withheld_until_its_nonce_opens(tmp_path: Path) -> None:
    draw = drawn(tmp_path, secret=True)
    assert exit_code(verify(draw.folder)) == 3
    nonce = deeds.read_private(draw.folder.parent, draw.name)["nonces"]["firms"]
    lines = verify(draw.folder, {"firms": nonce})
    assert not any(line.kind == "differs" for line in lines)
    assert any("outcome.json 逐字节重算一致" in line.text for line in lines)
    assert exit_code(verify(draw.folder, {"firms": "00" * 32})) == 1
