"""The check code on the officer's phone, made there: it can be shown without a network. And a record that was signed elsewhere is signed on here."""
# ruff: noqa: F401, F811  (fixtures come in by name)

from phones import Town, entered
from pictures import seen
from playwright.sync_api import expect
from test_the_field_form_works_offline import office, town

from lottery.conftest import clock, county, story
from office.conftest import client_of, people, quick_passwords
from sunlot.office.visits.models import Record, Visit
from visits.conftest import drawn, item_list, phone_of, ready


def test_it_is_a_code_of_the_address_without_a_network(town: Town) -> None:
    first, _ = town.officers()
    first.offline()
    first.page.reload()
    first.open("in")
    picture = first.page.get_by_role("img", name="检查码二维码")
    expect(picture).to_be_visible()
    assert seen(picture) == [f"{town.url}/visits/code/{town.visit.token}/"]


def test_a_colleague_signs_the_same_record_on_his_own_phone(town: Town) -> None:
    first, second = town.officers()
    entered(first, second)
    second.handed_in()
    first.make_record()
    first.read_to_the_end()
    first.sign_with(second)
    first.sign_for_the_firm()
    record = first.page.evaluate(
        """(owner) => new Promise((resolve) => {
      const request = indexedDB.open(`sunlot-field-${owner}`);
      request.onsuccess = () => {
        const all = request.result.transaction('records').objectStore('records').getAll();
        all.onsuccess = () => { request.result.close(); resolve(all.result[0]); };
      };
    })""",
        first.person,
    )
    mine = [one for one in record["signatures"] if one["inspector"] == first.person]
    phone = first.page.request  # the same session hands in one signature only, as a phone does that closes early
    token = next(one["value"] for one in first.context.cookies() if one["name"] == "csrftoken")
    answer = phone.post(
        f"{town.url}/visits/api/{town.visit.uid}/record/",
        data={"record": record["text"], "signatures": mine, "refusal": None},
        headers={"X-CSRFToken": token, "Referer": town.url},
    )
    assert answer.ok and len(answer.json()["waiting"]) > 0
    second.handed_in()
    second.open("sign")
    expect(second.page.locator("main")).to_contain_text("内容与本机一致")
    second.page.get_by_role("button", name="打开这份记录，补齐签字").click()
    second.read_to_the_end()
    second.sign(second.name)
    second.complete()
    second.handed_in()
    expect(second.page.locator("main")).to_contain_text("还差")
    assert Record.objects.get().signatures.count() == 2
    first.complete()
    first.handed_in()
    assert Visit.objects.get(pk=town.visit.pk).state == "done"
    assert Record.objects.get().signatures.count() == 3
