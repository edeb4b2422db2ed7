"""A wire that breaks: a proxy between phone and office that cuts connections after so many bytes of a request's body, or of its answer."""

import re
import socket
import struct
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Thread

CHUNK = 4096


@dataclass
class Wire:
    """The proxy. `cuts`: for the next posts to the office, after how many bytes the wire breaks; negative: of the answer. `cut`: those done."""

    office: int
    port: int = 0
    cuts: deque[int] = field(default_factory=deque)
    cut: list[tuple[bytes, int]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def carry(self, phone: socket.socket) -> None:
        """Carry one connection; the office serves one request on each."""
        with phone, suppress(OSError), socket.create_connection(("127.0.0.1", self.office)) as office:
            head = b""
            while b"\r\n\r\n" not in head:
                if not (data := phone.recv(CHUNK)):
                    return
                head += data
            head, _, body = head.partition(b"\r\n\r\n")
            line = head.partition(b"\r\n")[0]
            left = self.cuts.popleft() if line.startswith(b"POST /visits/api/") and self.cuts else None
            office.sendall(head + b"\r\n\r\n")
            if left is not None and left >= 0:
                self._cut_body(phone, office, body, min(left, _length(head)), line)
            else:
                Thread(target=_pump, args=(phone, office, body), daemon=True).start()
                self._answer(phone, office, left, line)

    def _cut_body(self, phone: socket.socket, office: socket.socket, body: bytes, left: int, line: bytes) -> None:
        while len(body) < left and (data := phone.recv(CHUNK)):
            body += data
        self.cut.append((line, left))
        office.sendall(body[:left])
        _break(office)
        _break(phone)

    def _answer(self, phone: socket.socket, office: socket.socket, left: int | None, line: bytes) -> None:
        passed = 0
        while data := office.recv(CHUNK):
            if left is not None and passed + len(data) > -left - 1:
                phone.sendall(data[: max(0, -left - 1 - passed)])
                self.cut.append((line, left))
                _break(phone)
                return
            phone.sendall(data)
            passed += len(data)
        phone.shutdown(socket.SHUT_WR)


def _length(head: bytes) -> int:
    found = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return int(found[1]) if found else 0


def _pump(source: socket.socket, sink: socket.socket, first: bytes) -> None:
    with suppress(OSError):
        sink.sendall(first)
        while data := source.recv(CHUNK):
            sink.sendall(data)


def _break(end: socket.socket) -> None:
    """Close at once, as a lost network does: what is under way is lost."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)  # wakes a thread that still reads from it
    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.close()


@contextmanager
def wire(office: str) -> Iterator[Wire]:
    """Put a wire before the office of an address; yield it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Wire(int(office.rpartition(":")[2]), server.getsockname()[1])

        def serve() -> None:
            with suppress(OSError):
                while True:
                    phone, _ = server.accept()
                    Thread(target=found.carry, args=(phone,), daemon=True).start()

        Thread(target=serve, daemon=True).start()
        yield found
