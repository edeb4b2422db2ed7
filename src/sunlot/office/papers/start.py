"""What a paper begins with: the fields that the office knows already, those nobody may change, and who has signed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sunlot.documents.statutory import Signature, Value

Address = Callable[[str], str]  # the secret part of a check code becomes its whole address


@dataclass(frozen=True)
class Start:
    """What the system fills in. `fixed`: fields of the signed record, which a person may read here and not change.

    `closed`: fields that others fill in, on paper or by approving. `record`: the hash of the record they come from; `check`: what the QR code says, else number and digest.
    `firm_seal`: the ink of the seal that the firm put under the record.
    """

    fields: Mapping[str, Value]
    fixed: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    signatures: tuple[Signature, ...] = ()
    record: str = ""
    check: str = ""
    firm_seal: bytes = b""
    note: str = field(default="", compare=False)  # a hint to the person at the form


def electronic(role: str, name: str, at: datetime, what: str = "电子审批") -> Signature:
    """Return the signature of somebody who decided in the office's program: no handwriting, but who and how in its place; the form dates it."""
    return Signature(role, name, at=at, note=f"{name}（{what}）")
