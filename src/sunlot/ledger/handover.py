"""Carrying text between two machines that share no network: a file, or letters that a QR code and a scanner can hold."""

from base64 import b32decode, b32encode
from hashlib import sha256

from sunlot.ledger.errors import LedgerError

MARK = "SUNLOT1"


def pack(text: str) -> str:
    """Return `text` as capital letters, digits and full stops: what QR codes hold densely and every scanner types alike."""
    data = text.encode()
    return f"{MARK}.{sha256(data).hexdigest()[:8].upper()}.{b32encode(data).decode().rstrip('=')}"


def unpack(typed: str) -> str:
    """Return the text from its packed form or from the file itself. Raises LedgerError when a letter was lost on the way."""
    joined = "".join(typed.split())
    if not joined.startswith(MARK + "."):
        return typed
    try:
        _, check, body = joined.split(".")
        data = b32decode(body + "=" * (-len(body) % 8))
        if sha256(data).hexdigest()[:8].upper() == check:
            return data.decode()
    except ValueError:
        pass
    raise LedgerError("handover_damaged", "二维码内容不完整或有误；请重新扫描，或改用文件。")
