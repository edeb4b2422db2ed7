"""Of an unannounced round the published log holds back what became of its visits too: entries on site, photos, signatures, orders; once it opens all of it is there."""

import json
from collections.abc import Iterator

from followup.conftest import flawed, standing  # noqa: F401
from lottery.conftest import Clock
from release.conftest import Finish, finish, problem  # noqa: F401
from sunlot.office.accounts.models import User
from sunlot.office.disclosure import tiles
from sunlot.office.journal import checkpoints
from sunlot.office.journal.models import Event
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.register import register
from sunlot.office.visits.models import Visit
from visits.conftest import drawn, item_list, phone_of, ready  # noqa: F401


def published() -> Iterator[str]:
    """Yield the leaves that a reader of the tiles gets."""
    for name in tiles.bundles():
        data = tiles.bundle(name)
        while data:
            size = int.from_bytes(data[:2], "big")
            yield data[2 : 2 + size].decode()
            data = data[2 + size :]


def test_what_became_of_a_visit_is_kept_back_with_it(
    county: dict[str, User],
    finish: Finish,  # noqa: F811
    clock: Clock,
) -> None:
    visit = finish(secret=True, more=problem("安全出口堵塞"))
    for row in Event.objects.filter(act__in=("visit.changes", "visit.photo", "visit.frozen", "visit.signed")):
        assert row.obj == visit.obj
    own = {row.seq for row in Event.objects.filter(obj=visit.obj)}
    clock.at = "2023-11-01T01:00:00Z"
    checkpoints.sign(register().parent)
    assert visit.round and Round.objects.get(pk=visit.round.pk).executed_at is None
    told = set(tiles._told_of(visit.round))
    assert own <= told and len(own) > 6
    acts = {json.loads(leaf)["act"] for leaf in published()}
    assert not {act for act in acts if act.startswith("visit.")}
    assert not any(f'"{one.obj}"' in leaf for leaf in published() for one in Visit.objects.all())
    Round.objects.filter(pk=visit.round.pk).update(executed_at="2023-10-30T00:00:00Z")
    clock.at = "2023-11-01T01:02:00Z"
    assert tiles.kept_back(0) == "" and any(f'"{visit.obj}"' in leaf for leaf in published())
