"""The process that applies an import is killed (SIGKILL) in the middle: the roster is as before until it is wholly after. It is killed later and later until one gets through."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.db import connection

from rosters import line, workbook
from sunlot.office.accounts.models import User
from sunlot.office.imports import services
from sunlot.office.imports.models import Batch, State, Written
from sunlot.office.journal.audit import audit
from sunlot.office.roster.models import Firm

ROWS = 800
APPLY = """
import sys
from pathlib import Path
from sunlot.office.start import open_office
open_office(Path(sys.argv[1]), sys.argv[2])
from sunlot.office.accounts.models import User
from sunlot.office.imports import applying
from sunlot.office.imports.models import Batch
batch = Batch.objects.get()
user = User.objects.get(username="clerk")
print("go", flush=True)
applying.apply(user, batch.pk, batch.version)
"""


def kill_after(home: Path, seconds: float) -> int:
    """Apply the batch in a process of its own, kill it after so many seconds, and return how it ended."""
    command = [sys.executable, "-c", APPLY, str(home), settings.DATABASE_URL]
    environment = os.environ | {"SUNLOT_HOME": str(home)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout and process.stdout.readline() == b"go\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    return process.returncode


def test_nothing_is_half_done(people: dict[str, User], office: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", (line(number) for number in range(ROWS)))
    services.take_in(people["clerk"], [(path.name, path.read_bytes())])
    connection.close()
    seconds, killed = 0.1, 0
    while Batch.objects.get().state == State.READ:
        ended = kill_after(office, seconds)
        state = Batch.objects.get().state
        assert (Firm.objects.count(), Written.objects.count()) == ((0, 0) if state == State.READ else (ROWS, ROWS))
        killed += ended == -signal.SIGKILL and state == State.READ
        connection.close()
        seconds *= 1.6
    assert killed >= 3
    assert audit().findings == []
