"""Signed notes (C2SP signed-note): the known answer of the specification's Go package, and what is refused."""

import pytest

from sunlot.ledger.errors import LedgerError
from sunlot.ledger.keys import COSIGNATURE, ED25519, UNASSIGNED, read_signer, read_verifier, signer_of
from sunlot.ledger.note import check_note, parse_note, sign_note

PETER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PETERS_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
TEXT = "第一行\nsecond line\n"


def test_the_known_note_of_the_go_package() -> None:
    signer = read_signer(PETER)
    assert signer.verifier.text == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    assert signer.text == PETER
    note = parse_note(PETERS_NOTE)
    assert sign_note(note.text, signer).whole == note.whole == PETERS_NOTE
    assert check_note(note, [read_verifier(signer.verifier.text)]) == [signer.verifier]


@pytest.mark.parametrize("kind", [ED25519, UNASSIGNED], ids=["ed25519", "sm2"])
def test_a_key_survives_its_line(kind: int) -> None:
    signer = signer_of("county.example/log", bytes(range(32)), kind)
    assert read_signer(signer.text) == signer
    assert read_verifier(signer.verifier.text) == signer.verifier


def test_both_kinds_of_signature_stand_on_one_note() -> None:
    plain, national = signer_of("county", b"\1" * 32), signer_of("county", b"\2" * 32, UNASSIGNED)
    note = parse_note(sign_note(TEXT, plain, national).whole)
    assert check_note(note, [national.verifier, plain.verifier]) == [plain.verifier, national.verifier]
    swapped = parse_note(note.whole.replace("second", "secund"))
    for key in (plain.verifier, national.verifier):
        with pytest.raises(LedgerError, match="内容被改动"):
            check_note(swapped, [key])


def test_unknown_lines_are_passed_over_but_never_suffice() -> None:
    known, other = signer_of("known", b"\1" * 32), signer_of("other", b"\2" * 32)
    assert check_note(sign_note(TEXT, other, known), [known.verifier]) == [known.verifier]
    with pytest.raises(LedgerError, match="没有已知密钥"):
        check_note(sign_note(TEXT, other), [known.verifier])


def test_a_line_taken_from_another_note_is_refused() -> None:
    signer = signer_of("known", b"\1" * 32)
    borrowed = sign_note("another text\n", signer)
    with pytest.raises(LedgerError, match="不符"):
        check_note(parse_note(TEXT + "\n" + borrowed.signatures[0].line), [signer.verifier])


@pytest.mark.parametrize(
    "whole",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name\n",
        "text\n\n- name AAAAAAAA\n",
        "a\rb\n\n— n AAAAAAA=\n",
        "t\n\n— n AAAA",
    ],
)
def test_what_is_no_note_is_refused(whole: str) -> None:
    with pytest.raises(LedgerError, match="签名文件格式不对"):
        parse_note(whole)


@pytest.mark.parametrize("line", ["", "a+b", "name+00000000+AAAA", "name with blank+c74f20a3+ARpc", PETER])
def test_a_mistyped_key_is_refused(line: str) -> None:
    with pytest.raises(LedgerError):
        read_verifier(line)


def test_a_cosigning_key_signs_no_plain_note() -> None:
    with pytest.raises(LedgerError, match="共同签署"):
        sign_note(TEXT, signer_of("witness", b"\3" * 32, COSIGNATURE))
