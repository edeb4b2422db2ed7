"""Integers below n from the seed, the only source of chance after the notice (docs/draw-format.md section 2)."""

from hashlib import sha256


class Generator:
    """The stream of one label. Two streams of one seed never share a word."""

    def __init__(self, seed: str, label: str) -> None:
        self._prefix = sha256(f"{seed}|R|{label}|".encode())
        self.words_used = 0

    def below(self, n: int) -> int:
        """Return an integer 0 … n−1, each exactly as likely as the others: words above the largest multiple of n are passed over."""
        if not 1 <= n <= 2**256:
            raise ValueError("below needs n from 1 to 2^256")
        limit = 2**256 // n * n
        while (word := self._next_word()) >= limit:
            pass
        return word % n

    def _next_word(self) -> int:
        block = self._prefix.copy()
        block.update(str(self.words_used).encode())
        self.words_used += 1
        return int.from_bytes(block.digest(), "big")
