"""What keeps a report unreadable at rest: a key for each report, itself wrapped by the office's key, which is a file and never in the database.

AES-256-GCM (NIST SP 800-38D) with a fresh 96-bit nonce before each ciphertext. What a ciphertext belongs to is bound to it as associated
data, so that one cannot be put in the place of another. Whoever destroys a report's wrapped key has destroyed the report (lawful deletion).
"""

import base64
import hmac
import secrets
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from sunlot.files import private_file
from sunlot.refusal import Refusal

NONCE = 12  # bytes


def key_path() -> Path:
    """Return where the office's key lies."""
    home: Path = settings.HOME
    return home / "keys" / "complaints.key"


def make_office_key() -> None:
    """Make the office's key, readable by its owner only, unless there is one."""
    private_file(key_path(), base64.b64encode(secrets.token_bytes(32)).decode() + "\n")


def digest(purpose: str, text: str) -> str:
    """Return a keyed hash of a text as hexadecimal; without the office's key nobody can try texts against it."""
    return hmac.new(_subkey(purpose), text.encode(), sha256).hexdigest()


def new_key(name: str) -> bytes:
    """Return a fresh key for the thing of this name, wrapped by the office's key."""
    return _lock(_subkey("wrap"), f"key of {name}", secrets.token_bytes(32))


def lock(wrapped: bytes, name: str, place: str, data: bytes) -> bytes:
    """Return data encrypted with the wrapped key of `name`, bound to its `place`. Raises Refusal when there is no such key any more."""
    return _lock(_unwrapped(wrapped, name), place, data)


def unlock(wrapped: bytes, name: str, place: str, data: bytes) -> bytes:
    """Return what `lock` was given. Raises Refusal for destroyed or foreign keys, and for bytes that were altered or moved."""
    return _unlock(_unwrapped(wrapped, name), place, data)


def _unwrapped(wrapped: bytes, name: str) -> bytes:
    if not wrapped:
        raise Refusal("key_destroyed", "这件举报的内容已依法销毁，不能再读。")
    return _unlock(_subkey("wrap"), f"key of {name}", wrapped)


def _lock(key: bytes, place: str, data: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, data, place.encode())


def _unlock(key: bytes, place: str, data: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(data[:NONCE], data[NONCE:], place.encode())
    except InvalidTag:
        raise Refusal(
            "not_this_key",
            f"举报内容解不开：密钥文件 {key_path().name} 不是当时的那一个，或者内容被改动过；请从备份恢复密钥文件。",
        ) from None


def _subkey(purpose: str) -> bytes:
    path = key_path()
    if not path.is_file():
        raise Refusal(
            "key_missing", f"办公室文件夹中没有举报密钥 keys/{path.name}，举报内容无法读写；请从备份恢复这个文件。"
        )
    secret = base64.b64decode(path.read_text().strip())
    return HKDF(SHA256(), 32, salt=None, info=f"sunlot/1 complaints {purpose}".encode()).derive(secret)
