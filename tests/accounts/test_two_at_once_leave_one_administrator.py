"""Two persons close the last two administrators of a kind at the same moment: one of them is told that it is the last."""

from pathlib import Path
from threading import Barrier, Thread

from django.db import connection

from sunlot.office.accounts import keeping
from sunlot.office.accounts.models import User
from sunlot.office.accounts.services import open_account
from sunlot.refusal import Refusal


def test_one_is_left(office: Path, people: dict[str, User]) -> None:
    for turn in range(5):
        other = open_account("u/console", f"second{turn}", f"接任者{turn}", "security", "一个-long-password")
        first = User.objects.exclude(pk=other.pk).get(role="security", is_active=True)
        said = close_both(people["system"], first.pk, other.pk)
        assert sorted(said) == ["closed", "last_of_three"]
        assert User.objects.filter(role="security", is_active=True).count() == 1


def close_both(by: User, *numbers: int) -> list[str]:
    """Close each in a thread of its own and return what each was told."""
    said: list[str] = []
    together = Barrier(len(numbers))

    def close(number: int) -> None:
        together.wait()
        try:
            keeping.close(by, number, "离岗")
            said.append("closed")
        except Refusal as refusal:
            said.append(refusal.kind)
        finally:
            connection.close()

    threads = [Thread(target=close, args=[number]) for number in numbers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return said
