"""Who comes too often: counted in this process's memory only, under a key that dies with it, so that no address is ever written down."""

import hmac
import ipaddress
import secrets
from collections import OrderedDict, deque
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock

from django.http import HttpRequest

from sunlot.office.journal.clock import moment

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ROOM = 20_000  # addresses remembered at once


class Doorkeeper:
    """Counts arrivals by what and whom; forgets them after a day, or when too many others come."""

    def __init__(self) -> None:
        self._key, self._lock = secrets.token_bytes(32), Lock()
        self._seen: OrderedDict[bytes, deque[datetime]] = OrderedDict()

    def note(self, what: str, whom: str = "") -> None:
        """Note an arrival."""
        with self._lock:
            name = self._name(what, whom)
            self._seen.setdefault(name, deque(maxlen=1000)).append(moment())
            self._seen.move_to_end(name)
            while len(self._seen) > ROOM:
                self._seen.popitem(last=False)

    def count(self, what: str, whom: str = "", within: timedelta = HOUR) -> int:
        """Return how often it came of late."""
        with self._lock:
            name, now = self._name(what, whom), moment()
            times = self._seen.get(name, deque())
            while times and times[0] <= now - DAY:
                times.popleft()
            if not times:
                self._seen.pop(name, None)
            return sum(now - within < at for at in times)

    def forget(self) -> None:
        """Begin anew, with a new key."""
        self.__init__()  # type: ignore[misc]

    def _name(self, what: str, whom: str) -> bytes:
        return hmac.new(self._key, f"{what} {whom}".encode(), sha256).digest()


def address(request: HttpRequest) -> str:
    """Return the network that a request came from: an IPv4 address, or the /64 of an IPv6 one, which is one household.

    Behind a proxy on this machine it is the last address that the proxy names.
    """
    came = str(request.META.get("REMOTE_ADDR", ""))
    named = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    try:
        found = ipaddress.ip_address(came)
        if found.is_loopback and named:
            found = ipaddress.ip_address(named)
    except ValueError:
        return came
    return str(found if found.version == 4 else ipaddress.ip_network(f"{found}/64", strict=False))
