"""Every personal text field of every model, found by looking at the models, gets a canary; no page open to anybody, and no file of the written site, sings."""

from collections.abc import Callable, Iterator

import pytest
from django.db import models
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from disclosure.test_no_personal_data_is_published import AFTER, texts
from lottery.conftest import Clock
from release.conftest import Finish, finish, problem, release  # noqa: F401
from sunlot.office.access import pages
from sunlot.office.accounts.models import User
from sunlot.office.complaints import handling, intake
from sunlot.office.complaints.doorkeeper import KEEPER
from sunlot.office.complaints.intake import Arrival
from sunlot.office.disclosure.export import files
from sunlot.office.journal import checkpoints
from sunlot.office.journal.tracked import TRACKED
from sunlot.office.lottery.register import register
from sunlot.office.portal import codes
from sunlot.office.release.models import Release
from sunlot.office.shell.pages import ANYBODY
from sunlot.office.visits.models import Visit
from visits.conftest import drawn, item_list, phone_of, ready  # noqa: F401

KEPT = {  # texts that hold a whole record, a key or a code, which a canary would break; what is in them is searched for elsewhere
    "approvals.approval.payload",
    "complaints.report.number",
    "visits.record.body",
    "visits.change.value",
    "visits.signature.path",
    "release.edition.body",
    "portal.accesscode.digest",
}
PUBLIC = {  # personal in the log, so that what is withdrawn is not read there for ever, and public where the policy opens it
    "complaints.report.kind": "投诉举报统计的分类，小数不显示",
    "complaints.report.township": "投诉举报统计的分类，小数不显示",
    "inspectors.inspector.name": "执法人员名单（publication.field.inspector_name）",
    "visits.visit.firm_name": "单位名称",
    "visits.visit.firm_address": "登记住所",
}


def plant() -> dict[str, str]:
    """Put a canary into every personal text of every row there is; return them by field."""
    sown = {}
    for label, kept in sorted(TRACKED.items()):
        for name in kept.personal:
            field = kept.model._meta.get_field(name)
            where = f"{label}.{name}"
            if not isinstance(field, models.CharField | models.TextField) or field.choices or field.unique:
                continue
            if where in KEPT or name.endswith("_id") or not kept.model._base_manager.exists():
                continue
            bird = f"雀{len(sown):03d}鸣"
            if field.max_length and len(bird) > field.max_length:
                continue
            kept.model._base_manager.update(**{name: bird})
            sown[where] = bird
    return sown


def patterns(resolver: URLResolver, names: tuple[str, ...] = ()) -> Iterator[tuple[str, list[str]]]:
    """Yield the name of every address with its parameters."""
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from patterns(each, (*names, each.namespace) if each.namespace else names)
        elif isinstance(each, URLPattern) and each.name:
            yield ":".join((*names, each.name)), list(each.pattern.converters)


def open_addresses(number: int, token: str) -> list[str]:
    """Return every address that the page registry opens to anybody; its parts are a number that there is, or a wrong code."""
    found = []
    for name, parameters in patterns(get_resolver()):
        page = pages().get(name)
        if page is None or page.roles != ANYBODY:
            continue
        for value in (number, token, "x"):
            try:
                found.append(reverse(name, kwargs=dict.fromkeys(parameters, value)))
            except NoReverseMatch:
                continue
    return sorted(set(found))


def sung(sown: dict[str, str], where: str, text: str) -> list[str]:
    return [f"{field} in {where}" for field, bird in sown.items() if bird in text and field not in PUBLIC]


@pytest.fixture
def told(
    county: dict[str, User],
    finish: Finish,  # noqa: F811
    release: Callable[..., Release],  # noqa: F811
    clock: Clock,
) -> Visit:
    """A released visit, a report, an access code: rows of as many kinds as one story brings."""
    KEEPER.forget()
    visit = finish(more=problem("安全出口堵塞"))
    release(visit)
    report, _ = intake.receive(Arrival("hazard", "夜班冲床的光电保护被短接。", firm=visit.firm_name, name="欧阳举报"))
    handling.take(county["clerk"], report.pk)
    codes.give(county["clerk"], visit.firm_id, "邮寄")
    clock.at = AFTER
    checkpoints.sign(register().parent)
    return visit


def test_no_canary_sings(told: Visit) -> None:
    sown = plant()
    assert {"roster.firm.legal_person", "inspectors.inspector.phone", "accounts.user.name"} <= sown.keys()
    found = []
    for path, body in files("https://x.example/"):
        for place, text in texts(path, body):
            found += sung(sown, place, text)
    addresses = open_addresses(told.pk, "AAAAA-BBBBB")
    assert any("login" in one for one in addresses) and any("complaints/track" in one for one in addresses)
    assert any(one.startswith("/firm/") for one in addresses) and len(addresses) > 10
    answered = 0
    for address in [*addresses, "/no/such/page/", "/public/no/such/page/"]:
        for send in (Client().get, Client().post):
            answer = send(address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
            answered += answer.status_code == 200
            found += sung(sown, address, body.decode(errors="ignore"))
    assert sorted({one.partition(" in ")[0] for one in found}) == []
    assert answered > 5


def test_the_search_hears_a_canary_where_one_sings(told: Visit) -> None:
    """The test can fail: the officers' names on the check code page, which the firm is meant to read, are heard."""
    sown = plant()
    page = Client().get(reverse("visits:code", args=[told.token])).content.decode()
    assert any(one.startswith("visits.officer.name") for one in sung(sown, "code", page))
