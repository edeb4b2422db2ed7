"""The audit and the witnesses, by page: what was done behind the office's back is named, a witness's QR code goes out and its answer comes in."""

import time
from collections.abc import Callable

import pytest
from django.test import Client

from sunlot.ledger.handover import pack
from sunlot.ledger.keys import COSIGNATURE, Signer, read_verifier, signer_of
from sunlot.ledger.suites import SHA256
from sunlot.ledger.witness import answer, parse_request
from sunlot.office.accounts.models import User
from sunlot.office.journal import checkpoints
from sunlot.office.journal.models import Checkpoint, Event
from sunlot.office.journal.store import the_log
from sunlot.office.records import services


@pytest.fixture
def witness(people: dict[str, User]) -> Signer:
    """A witness whom the policy names 纪检."""
    signer = signer_of("jijian.qinghe.example", bytes(range(32)), COSIGNATURE)
    log = the_log()
    lines = [f"log {log.keys}", f"witness 纪检 {signer.verifier.text}", "group all all 纪检", "quorum all"]
    checkpoints.set_policy("\n".join(lines) + "\n", "u/console")
    return signer


def audited(client: Client, outside: str = "") -> str:
    found = client.post("/journal/audit/", {"outside": outside})
    return found.content.decode()


def test_an_untouched_office_has_no_findings(client_of: Callable[[str], Client]) -> None:
    assert "没有发现问题" in audited(client_of("supervisor"))
    assert Event.objects.filter(act="log.audited").count() == 1


def test_an_export_that_counts_rows_is_no_finding(client_of: Callable[[str], Client]) -> None:
    assert client_of("clerk").get("/roster/?as=xlsx").status_code == 200
    assert "没有发现问题" in audited(client_of("auditor"))


def test_a_row_changed_behind_the_offices_back_is_named(
    people: dict[str, User], client_of: Callable[[str], Client]
) -> None:
    User.objects.filter(username="clerk").update(role="chief")
    page = audited(client_of("auditor"))
    assert "发现问题" in page
    assert f"accounts.user/{people['clerk'].pk}" in page


def test_a_name_changed_behind_the_offices_back_is_named(client_of: Callable[[str], Client]) -> None:
    User.objects.filter(username="clerk").update(name="别人")
    assert "与日志第" in audited(client_of("auditor"))


def test_a_checkpoint_kept_outside_catches_a_log_cut_short(client_of: Callable[[str], Client]) -> None:
    client = client_of("auditor")
    client.post("/journal/checkpoints/sign/")
    note = Checkpoint.objects.get().note
    Checkpoint.objects.all().delete()
    last = Event.objects.latest("seq")
    last.delete()
    assert "末尾的记录被删" in audited(client, note.replace("\n", "\r\n"))


def test_what_is_no_checkpoint_is_said_to_be_none(client_of: Callable[[str], Client]) -> None:
    assert "外部检查点 1 无效" in audited(client_of("auditor"), "胡言乱语")


def test_a_log_too_long_to_wait_for_is_left_to_the_shell(
    client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST", 10)
    assert "./sunlot journal audit" in audited(client_of("auditor"), "某段文字")


def test_a_witness_is_asked_by_qr_code_and_its_answer_anchors_the_log(
    witness: Signer, client_of: Callable[[str], Client]
) -> None:
    client = client_of("auditor")
    address = client.post("/journal/checkpoints/sign/")["Location"]
    page = client.get(f"{address}?witness=纪检").content.decode()
    assert 'src="data:image/svg+xml' in page
    text = page.split('<pre class="leaf" tabindex="0">')[1].split("</pre>")[0].replace("&quot;", '"')
    line, _ = answer(parse_request(text), None, [read_verifier(the_log().keys)], witness, int(time.time()), SHA256)
    came = client.post("/journal/checkpoints/cosigned/", {"text": pack(line.line)}, follow=True)
    assert "收到 纪检 的签署" in came.content.decode()
    assert "已锚定" in client.get("/journal/3/").content.decode()


def test_an_answer_that_fits_nothing_is_refused_and_kept_on_the_page(client_of: Callable[[str], Client]) -> None:
    page = client_of("auditor").post("/journal/checkpoints/cosigned/", {"text": "— x AAAA"})
    assert page.status_code == 422
    assert "— x AAAA" in page.content.decode()


def test_the_supervisor_signs_nothing(client_of: Callable[[str], Client]) -> None:
    client = client_of("supervisor")
    assert client.post("/journal/checkpoints/sign/").status_code == 403
    assert client.get("/journal/checkpoints/").status_code == 200
