"""The request is downloaded from the notice, and the witness's answer comes back as a file or pasted; what does not fit stays on the page."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lottery.conftest import Story
from sunlot.draw.moments import seconds_of
from sunlot.ledger.keys import COSIGNATURE, signer_of
from sunlot.ledger.suites import SHA256
from sunlot.ledger.witness import answer, parse_request
from sunlot.office.journal import checkpoints
from sunlot.office.journal.store import the_log

WITNESSES = {
    "纪检": signer_of("jijian.example", bytes([1]) * 32, COSIGNATURE),
    "上级": signer_of("up.example", bytes([2]) * 32, COSIGNATURE),
}


def asked(story: Callable[..., Story]) -> Story:
    lines = [f"log {the_log().keys}", *(f"witness {name} {key.verifier.text}" for name, key in WITNESSES.items())]
    checkpoints.set_policy("\n".join([*lines, "group all all 纪检 上级", "quorum all", ""]), "u/console")
    return story().announced()


def signed(told: Story, client: Client, name: str) -> str:
    text = client.get(f"/lottery/draws/{told.name}/request/{name}/").content.decode()
    keys = checkpoints.log_verifiers(the_log())
    line, _memory = answer(parse_request(text), None, keys, WITNESSES[name], seconds_of(told.clock.at), SHA256)
    return line.line


def test_a_file_and_a_pasted_answer_anchor_the_notice(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told, client = asked(story), client_of("clerk")
    page = f"/lottery/draws/{told.name}/"
    assert "公告尚未锚定" in client.get(page).content.decode()
    file = SimpleUploadedFile("签署.txt", signed(told, client, "纪检").encode())
    assert client.post(f"{page}cosign/", {"answer": "", "file": file}).status_code == 302
    pasted = signed(told, client, "上级").replace("\n", "\r\n").strip()
    assert client.post(f"{page}cosign/", {"answer": pasted}).status_code == 302
    assert "公告已由见证人锚定" in client.get(page).content.decode()


def test_an_office_without_witnesses_says_so_and_claims_none(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told, client = story().announced(), client_of("clerk")
    shown = client.get(f"/lottery/draws/{told.name}/").content.decode()
    assert "未设见证人" in shown and "公告已由见证人锚定" not in shown
    assert "没有设见证人" in client_of("supervisor").get("/").content.decode()
    assert told.sealed(), "nobody can be waited for"


def test_what_is_no_answer_is_said_and_kept(story: Callable[..., Story], client_of: Callable[[str], Client]) -> None:
    told, client = asked(story), client_of("clerk")
    for text, why in (
        ("胡写的签署", "胡写的签署"),
        ("", "请粘贴或选择见证人的签署"),
        ("SUNLOT1.AAAA.BBBB", "二维码内容不完整"),
    ):
        found = client.post(f"/lottery/draws/{told.name}/cosign/", {"answer": text})
        assert (found.status_code, why in found.content.decode()) == (409, True), text


def test_an_answer_lost_on_the_way_is_asked_for_again(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told, client = asked(story), client_of("clerk")
    page = f"/lottery/draws/{told.name}/request/纪检/"
    first = parse_request(client.get(page).content.decode())
    keys, at = checkpoints.log_verifiers(the_log()), seconds_of(told.clock.at)
    _lost, memory = answer(first, None, keys, WITNESSES["纪检"], at, SHA256)
    again = parse_request(client.get(f"{page}?seen={memory.size}").content.decode())
    line, _memory = answer(again, memory, keys, WITNESSES["纪检"], at, SHA256)
    assert client.post(f"/lottery/draws/{told.name}/cosign/", {"answer": line.line}).status_code == 302
    assert client.get(f"{page}?seen=many").status_code == 200


def test_a_supervisor_is_told_of_a_notice_without_witness_and_of_a_draw_somebody_wants_void(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told, client = asked(story), client_of("clerk")
    unseen = f"{told.name} 的公告没有见证"
    assert unseen in client_of("supervisor").get("/").content.decode()
    for name in WITNESSES:
        client.post(f"/lottery/draws/{told.name}/cosign/", {"answer": signed(told, client, name)})
    assert unseen not in client_of("supervisor").get("/").content.decode()
    client.post(f"/lottery/draws/{told.name}/void/", {"reason": "名录有误"})
    assert "有人申请作废抽取" in client_of("supervisor").get("/").content.decode()
