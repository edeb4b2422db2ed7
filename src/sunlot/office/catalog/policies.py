"""The office's policy: the packs that ship with us, over them the office's own files in its folder `policy/`."""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from sunlot.policy.in_force import SHIPPED, Policy, policy_in_force
from sunlot.policy.rules import LAYERS, Rule, RulePack, read_rules


def office_packs() -> tuple[str | Path, ...]:
    """Return the packs in the order in which they are laid over each other within a layer."""
    return (*SHIPPED, *sorted((Path(settings.HOME) / "policy").glob("*.toml")))


def office_policy(day: date) -> Policy:
    """Return the policy of the office on a day. Raises PolicyError that names file and entry when one of its own packs is malformed.

    Packs are read again once one of the office's own looks different from outside: lists ask for the policy of every row's day.
    """
    packs = office_packs()
    return _policy(day, packs, tuple(_seen(pack) for pack in packs if isinstance(pack, Path)))


@lru_cache(maxsize=1024)
def _policy(day: date, packs: tuple[str | Path, ...], seen: tuple[tuple[int, int], ...]) -> Policy:
    return policy_in_force(day, packs)


def _seen(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


def packs_read() -> tuple[RulePack, ...]:
    """Return every pack with all its rules of all days. Raises PolicyError."""
    return tuple(read_rules(pack) for pack in office_packs())


def history(name: str, packs: Iterable[RulePack]) -> list[Rule]:
    """Return every rule of this name in the packs, oldest first."""
    return sorted((rule for pack in packs for rule in pack.rules if rule.name == name), key=_age)


def turning_days(packs: Iterable[RulePack]) -> list[date]:
    """Return the days on which a rule of the packs begins or has ended, latest first."""
    days: set[date] = set()
    for pack in packs:
        for rule in pack.rules:
            days |= {rule.valid_from} | ({rule.valid_to + timedelta(days=1)} if rule.valid_to else set())
    return sorted(days, reverse=True)


def _age(rule: Rule) -> tuple[date, int]:
    return rule.valid_from, list(LAYERS).index(rule.layer)
