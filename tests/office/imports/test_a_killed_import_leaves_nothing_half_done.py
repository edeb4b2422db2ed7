"""The process that applies an import is killed (SIGKILL) in the middle: the roster is as before or wholly after, and it can be applied again."""

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
from sunlot.office.imports import applying, services
from sunlot.office.imports.models import Batch, State, Written
from sunlot.office.journal.audit import audit
from sunlot.office.roster.models import Firm

ROWS = 2500
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
    (batch,) = services.take_in(people["clerk"], [(path.name, path.read_bytes())])
    connection.close()
    killed_inside = 0
    for seconds in (0.15, 0.4, 0.7):
        ended = kill_after(office, seconds)
        state = Batch.objects.get().state
        assert (Firm.objects.count(), Written.objects.count()) == (0, 0) if state == State.READ else (ROWS, ROWS)
        killed_inside += ended == -signal.SIGKILL and state == State.READ
        if state == State.APPLIED:
            break
    assert killed_inside
    if Batch.objects.get().state == State.READ:
        applying.apply(people["clerk"], batch.pk, batch.version)
    assert Firm.objects.count() == ROWS
    assert audit().findings == []
