"""The log's signing keys: files that only the office reads, one for Ed25519 and, where asked for, one for SM2."""

import secrets
from pathlib import Path

from sunlot.files import private_file
from sunlot.ledger.keys import ED25519, UNASSIGNED, Signer, read_signer, signer_of


def make_keys(home: Path, origin: str, national: bool) -> list[Signer]:
    """Return the signers of the log, made on first use; `national` adds an SM2 signature line beside the Ed25519 one."""
    for kind in (ED25519, UNASSIGNED) if national else (ED25519,):
        private_file(_path(home, kind), signer_of(origin, _secret(kind), kind).text + "\n")
    return read_keys(home)


def read_keys(home: Path) -> list[Signer]:
    """Return the signers whose files exist, Ed25519 first."""
    paths = (_path(home, ED25519), _path(home, UNASSIGNED))
    return [read_signer(path.read_text().strip()) for path in paths if path.is_file()]


def _secret(kind: int) -> bytes:
    """SM2 needs 1 … n − 2, and n begins with FFFFFFFE: a first byte below FF is enough."""
    return (
        secrets.token_bytes(32)
        if kind == ED25519
        else secrets.randbelow(255).to_bytes(1, "big") + secrets.token_bytes(31)
    )


def _path(home: Path, kind: int) -> Path:
    return home / "keys" / ("log.key" if kind == ED25519 else "log-sm2.key")
