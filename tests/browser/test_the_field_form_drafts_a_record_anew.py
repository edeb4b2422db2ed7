"""A signed record that was opened again, or given up before everybody had signed: the phone makes the next edition, with new signatures."""
# ruff: noqa: F401, F811  (fixtures come in by name)

from phones import Officer, Town, entered, everybody_signs, signed
from playwright.sync_api import expect
from test_the_field_form_works_offline import town

from lottery.conftest import Clock, clock, county, story
from office.conftest import client_of, people, quick_passwords
from sqlite_only import office
from sunlot.office.accounts.models import User
from sunlot.office.journal.services import deed
from sunlot.office.visits import records, signing, steps
from sunlot.office.visits.models import Visit
from sunlot.office.visits.sync import locked_visit
from visits.conftest import drawn, item_list, phone_of, ready, signature


def test_after_a_correction_the_phone_that_signed_makes_the_next_edition(town: Town, people: dict[str, User]) -> None:
    first, second = town.officers()
    signed(first, second)
    steps.amend(people["clerk"], town.visit.pk, "检查场所写错")
    first.handed_in()
    first.type("检查场所", "二车间", step="facts")
    again(first, second)
    visit = Visit.objects.get(pk=town.visit.pk)
    assert visit.state == "done" and [one.replaced for one in visit.records.order_by("edition")] == [True, False]


def test_a_record_signed_in_the_office_is_given_up_from_the_phone(town: Town) -> None:
    first, second = town.officers()
    entered(first, second)
    user, uid = User.objects.get(person=second.person), town.visit.uid
    with deed(by=user.actor) as doing:
        record = records.freeze(doing, locked_visit(user, uid))
    signing.take_record(user, uid, record.body, [signature("officer", second.person)])
    first.type("检查场所", "二车间", step="facts")
    first.handed_in()
    first.open("sign")
    first.page.get_by_role("link", name="记录有误，重新起草").click()
    first.page.get_by_label("理由").fill("检查场所写错")
    first.page.get_by_role("button", name="重新起草记录").click()
    first.start()
    first.handed_in()
    again(first, second)
    visit = Visit.objects.get(pk=town.visit.pk)
    assert visit.state == "done" and [one.given_up for one in visit.records.order_by("edition")] == [True, False]


def again(first: Officer, second: Officer) -> None:
    """Make the next edition on the first phone, and sign it by everybody."""
    first.open("sign")
    expect(first.page.locator("main")).to_contain_text("所有人重新签字")
    everybody_signs(first, second)
