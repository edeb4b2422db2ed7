"""A joint visit on the phone: whose items, whose officers; each department signs on the same screen, offline too."""
# ruff: noqa: F401, F811  (fixtures come in by name)

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from axe import violations
from phones import Town
from playwright.sync_api import expect
from test_the_field_form_checks_off_site import serve_visit
from test_the_field_form_works_offline import office

from lottery.conftest import clock, county, story
from office.conftest import client_of, people, quick_passwords
from sunlot.office.accounts.models import User
from sunlot.office.visits import joint
from sunlot.office.visits.models import Record, Visit
from visits.conftest import drawn, item_list, phone_of

MARKET = "市场监督管理局：AQ-02：李某 SG001、赵某 SG002"


def make_joint(clerk: User, visit: Visit) -> None:
    Visit.objects.filter(draw=visit.draw).update(kind="joint")
    joint.arrange(clerk, visit.pk, joint.read(MARKET))


@pytest.fixture
def town(serve_visit: Callable[..., AbstractContextManager[Town]]) -> Iterator[Town]:
    with serve_visit(make_joint) as town:
        yield town


def test_each_department_signs_its_part_without_a_network(town: Town) -> None:
    first, second = town.officers()
    second.check_in()
    second.handed_in()
    first.fill("未发现问题")
    first.open("in")
    expect(first.page.locator("main")).to_contain_text("联合部门：市场监督管理局")
    assert violations(first.page) == []
    first.open("check")
    expect(first.page.locator(".item", has_text="AQ-02").locator(".tag", has_text="市场监督管理局")).to_be_visible()
    first.handed_in()
    first.offline()
    first.make_record()
    expect(first.page.get_by_role("region", name="检查记录全文")).to_contain_text("李某（SG001）；赵某（SG002）")
    first.read_to_the_end()
    first.sign_with(second)
    first.sign_for_the_firm()
    done = first.page.get_by_role("button", name="完成签字")
    first.sign("李某")
    expect(done).to_be_disabled()
    first.sign("赵某")
    assert violations(first.page) == []
    done.click()
    first.online()
    first.handed_in()
    assert Visit.objects.get(pk=town.visit.pk).state == "done"
    signed = Record.objects.get().signatures.filter(who="partner")
    assert sorted(signed.values_list("capacity", "name")) == [("d1", "李某"), ("d1", "赵某")]
