"""Two clerks apply at the same moment, each in a process of his own: one is done whole, the other is told to look again."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from rosters import line, workbook
from sunlot.office.accounts.models import User
from sunlot.office.imports import services
from sunlot.office.imports.models import Batch, State
from sunlot.office.journal.audit import audit
from sunlot.office.roster.models import Firm

APPLY = """
import sys
from pathlib import Path
from sunlot.office.start import open_office
open_office(Path(sys.argv[1]), sys.argv[2])
from sunlot.office.accounts.models import User
from sunlot.office.imports import applying
from sunlot.office.imports.models import Batch
from sunlot.refusal import Refusal
batch = Batch.objects.get(pk=sys.argv[3])
user = User.objects.get(pk=batch.by_id)
print("ready", flush=True)
sys.stdin.readline()
try:
    applying.apply(user, batch.pk, batch.version)
    print("applied")
except Refusal as refusal:
    print(refusal.kind)
"""


def test_one_is_done_and_the_other_is_told(people: dict[str, User], office: Path, tmp_path: Path) -> None:
    batches = []
    for name, first in (("clerk", 0), ("clerk2", 200)):
        path = workbook(tmp_path / f"{name}.xlsx", (line(number) for number in range(first, first + 400)))
        batches += services.take_in(people[name], [(path.name, path.read_bytes())])
    connection.close()
    command = [sys.executable, "-c", APPLY, str(office), settings.DATABASE_URL]
    running = [
        subprocess.Popen(
            [*command, str(batch.pk)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"SUNLOT_HOME": str(office)},
        )
        for batch in batches
    ]
    for process in running:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    told = sorted(process.communicate()[0].strip() for process in running)
    assert told == ["applied", "roster_moved"]
    assert sorted(Batch.objects.values_list("state", flat=True)) == [State.APPLIED, State.READ]
    assert Firm.objects.count() == 400
    assert audit().findings == []
