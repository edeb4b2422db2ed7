"""What a paper begins with: the fields that the office knows already, those nobody may change, and who has signed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sunlot.documents.statutory import Signature, Value
from sunlot.documents.statutory.document import beijing

Address = Callable[[str], str]  # the secret part of a check code becomes its whole address


@dataclass(frozen=True)
class Start:
    """What the system fills in. `fixed`: fields of the signed record, which a person may read here and not change.

    `record`: the hash of the record they come from; `check`: what the QR code says, else number and digest.
    """

    fields: Mapping[str, Value]
    fixed: frozenset[str] = frozenset()
    signatures: tuple[Signature, ...] = ()
    record: str = ""
    check: str = ""
    note: str = field(default="", compare=False)  # a hint to the person at the form


def electronic(role: str, name: str, at: datetime, what: str = "电子审批") -> Signature:
    """Return the signature of somebody who decided in the office's program: no handwriting, but who, what and when in its place."""
    return Signature(role, name, at=at, note=f"{name}（{what} {beijing(at):%Y-%m-%d %H:%M}）")
