"""SM2 signatures with SM3 (GB/T 32918.2-2016, curve of GB/T 32918.5-2017).

For verifying, and for signing where no certified device is at hand: pure Python is not constant in time, so an office under
商用密码 assessment signs with its UKey and hands the line in. Points are Jacobian (x, y, z); z = 0 is the point at infinity.
"""

import hmac
from hashlib import sha256

from sunlot.ledger.suites import sm3

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
    1,
)
IDENTITY = b"1234567812345678"  # the identity that GB/T 32918 and every deployment default to
Point = tuple[int, int, int]


def public_key(secret: bytes) -> bytes:
    """Return x ‖ y, 64 bytes. Raises ValueError for a secret outside 1 … n − 2."""
    d = int.from_bytes(secret, "big")
    if not 1 <= d <= N - 2:
        raise ValueError("SM2 secret out of range")
    x, y = _affine(_times(d, G))
    return x.to_bytes(32, "big") + y.to_bytes(32, "big")


def sign(secret: bytes, message: bytes, identity: bytes = IDENTITY, nonce: int = 0) -> bytes:
    """Return r ‖ s, 64 bytes. Without `nonce` one is derived from secret and message (as in RFC 6979), never from the machine."""
    d = int.from_bytes(secret, "big")
    e = _digest(public_key(secret), message, identity)
    for attempt in range(1000):
        k = nonce or _nonce(secret, e, attempt)
        r = (e + _affine(_times(k, G))[0]) % N
        s = pow(1 + d, -1, N) * (k - r * d) % N
        if r and s and r + k != N:
            return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    raise ArithmeticError("no SM2 signature found")


def _nonce(secret: bytes, e: int, attempt: int) -> int:
    wide = b"".join(
        hmac.new(
            secret, b"sunlot sm2 nonce" + bytes([part]) + attempt.to_bytes(4, "big") + e.to_bytes(32, "big"), sha256
        ).digest()
        for part in (0, 1)
    )
    return int.from_bytes(wide, "big") % (N - 1) + 1


def verify(key: bytes, message: bytes, signature: bytes, identity: bytes = IDENTITY) -> bool:
    """Return whether r ‖ s is the signature of the key x ‖ y over `message`."""
    if len(key) != 64 or len(signature) != 64:
        return False
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    x, y = int.from_bytes(key[:32], "big"), int.from_bytes(key[32:], "big")
    t = (r + s) % N
    if not (1 <= r < N and 1 <= s < N and t and x < P and y < P and (y * y - x * x * x - A * x - B) % P == 0):
        return False
    point = _add(_times(s, G), _times(t, (x, y, 1)))
    return point[2] != 0 and (_digest(key, message, identity) + _affine(point)[0]) % N == r


def _digest(key: bytes, message: bytes, identity: bytes) -> int:
    """e = SM3(Z ‖ M), Z over identity, curve and key (GB/T 32918.2 section 5.5)."""
    curve = b"".join(value.to_bytes(32, "big") for value in (A, B, G[0], G[1]))
    z = sm3((len(identity) * 8).to_bytes(2, "big") + identity + curve + key)
    return int.from_bytes(sm3(z + message), "big")


def _times(k: int, point: Point) -> Point:
    total: Point = (1, 1, 0)
    for bit in bin(k)[2:]:
        total = _double(total)
        if bit == "1":
            total = _add(total, point)
    return total


def _double(point: Point) -> Point:
    x, y, z = point
    if not z or not y:
        return (1, 1, 0)
    yy = y * y % P
    s = 4 * x * yy % P
    zz = z * z % P
    m = 3 * (x - zz) * (x + zz) % P  # because a = −3
    x3 = (m * m - 2 * s) % P
    return x3, (m * (s - x3) - 8 * yy * yy) % P, 2 * y * z % P


def _add(left: Point, right: Point) -> Point:
    if not left[2] or not right[2]:
        return right if not left[2] else left
    (x1, y1, z1), (x2, y2, z2) = left, right
    zz1, zz2 = z1 * z1 % P, z2 * z2 % P
    u1, u2, s1, s2 = x1 * zz2 % P, x2 * zz1 % P, y1 * zz2 * z2 % P, y2 * zz1 * z1 % P
    if u1 == u2:
        return _double(left) if s1 == s2 else (1, 1, 0)
    h, r = u2 - u1, s2 - s1
    hhh, v = h * h * h % P, u1 * h * h % P
    x3 = (r * r - hhh - 2 * v) % P
    return x3, (r * (v - x3) - s1 * hhh) % P, z1 * z2 * h % P


def _affine(point: Point) -> tuple[int, int]:
    inverse = pow(point[2], -1, P)
    return point[0] * inverse * inverse % P, point[1] * inverse * inverse * inverse % P
