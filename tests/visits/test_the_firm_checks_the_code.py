"""Behind the check code the firm sees its own visit and nothing of another; what it complains of only the supervisor reads."""

import re
from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from lottery.conftest import Clock, Story
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.journal.audit import audit
from sunlot.office.journal.models import Event
from sunlot.office.visits import firm, moment
from sunlot.office.visits.approval_kinds import ask_for_draw
from sunlot.office.visits.models import Complaint, Rating, Visit
from sunlot.office.visits.states import State
from visits.conftest import Phone, officers, visits_of

Phones = Callable[[str], Phone]


def page(visit: Visit, status: int = 200) -> str:
    answer = Client().get(f"/visits/code/{visit.token}/")
    assert answer.status_code == status
    return answer.content.decode()


def begun(visit: Visit, phone_of: Phones) -> Visit:
    phone = phone_of(officers(visit)[0])
    phone.enter("place", "一车间")
    phone.send(visit.uid)
    return Visit.objects.get(pk=visit.pk)


def test_it_shows_firm_persons_items_and_why(ready: Callable[..., Visit]) -> None:
    visit = ready()
    text = page(visit)
    assert visit.firm_name in text and "真实" in text
    for officer in visit.team.all():
        assert officer.name in text and officer.certificate in text
    assert "AQ-01" in text and "有无警示标志" in text
    assert "它的签号是" in text and "所以它被抽中" in text
    assert "不要求法定代表人必须到场" in text


def test_nothing_of_another_firm_stands_there(ready: Callable[..., Visit]) -> None:
    visit = ready()
    text = page(visit)
    for other in Visit.objects.exclude(pk=visit.pk):
        assert other.firm_id not in text and other.firm_name not in text
        assert other.token not in text and other.uid not in text


def test_a_code_there_is_not_says_so(ready: Callable[..., Visit]) -> None:
    ready()
    answer = Client().get("/visits/code/nothing-like-it/")
    assert answer.status_code == 404
    assert "可以拒绝检查" in answer.content.decode()


def test_before_its_approval_a_visit_has_no_code(drawn: Callable[..., Story]) -> None:
    visit = visits_of(drawn())[0]
    assert "没有这个检查码" in page(visit, 404)


def test_a_cancelled_visit_is_named(ready: Callable[..., Visit]) -> None:
    visit = ready()
    Visit.objects.filter(pk=visit.pk).update(state=State.CANCELLED)
    assert "已经撤销" in page(visit)


def test_of_an_unannounced_round_the_seed_is_not_told(drawn: Callable[..., Story]) -> None:
    story = drawn(secret=True)
    approval = ask_for_draw(story.people["clerk"], story.name, "暗查")
    approvals.grant(story.people["chief"], approval.pk)
    text = page(visits_of(story)[0])
    assert "签号是" not in text and "|T|" not in text
    assert "届时任何人可以核对" in text


def test_a_certificate_that_no_longer_holds_is_named(ready: Callable[..., Visit]) -> None:
    from datetime import date

    from sunlot.office.inspectors.models import Certificate

    visit = ready()
    Certificate.objects.filter(inspector_id=officers(visit)[0]).update(valid_to=date(2023, 9, 1))
    assert "今天无效" in page(visit)


def test_a_firm_rates_after_the_visit_began(ready: Callable[..., Visit], phone_of: Phones) -> None:
    visit = ready()
    url = f"/visits/code/{visit.token}/"
    early = Client().post(url, {"act": "rate", "r-stars": "5"})
    assert early.status_code == 422 and not Rating.objects.exists()
    begun(visit, phone_of)
    assert Client().post(url, {"act": "rate", "r-stars": "6"}).status_code == 422
    assert Client().post(url, {"act": "rate", "r-stars": "4", "r-text": "很快"}).status_code == 302
    assert Rating.objects.get().stars == 4


def test_a_complaint_is_read_by_the_supervisor_only(
    ready: Callable[..., Visit], phone_of: Phones, client_of: Callable[[str], Client]
) -> None:
    visit = begun(ready(), phone_of)
    secret = "检查人员要求购买指定的灭火器"
    url = f"/visits/code/{visit.token}/"
    assert Client().post(url, {"act": "complain", "c-text": "", "c-contact": ""}).status_code == 422
    assert Client().post(url, {"act": "complain", "c-text": secret, "c-contact": "13800000000"}).status_code == 302
    row = Complaint.objects.get()
    for role in ("clerk", "chief", "leading", "auditor", "inspector"):
        assert client_of(role).get(f"/visits/complaints/{row.pk}/").status_code == 403
        assert secret not in client_of(role).get(f"/visits/{visit.pk}/").content.decode()
    supervisor = client_of("supervisor")
    assert secret in supervisor.get(f"/visits/complaints/{row.pk}/").content.decode()
    assert supervisor.post(f"/visits/complaints/{row.pk}/", {"answer": "已约谈"}).status_code == 302
    assert Complaint.objects.get().read_at is not None
    assert not any(secret in leaf for leaf in Event.objects.values_list("leaf", flat=True))


def test_what_a_firm_wrote_with_its_rating_is_read_by_the_supervisor_only(
    ready: Callable[..., Visit], phone_of: Phones, client_of: Callable[[str], Client]
) -> None:
    visit = begun(ready(), phone_of)
    for stars, text in ((4, "很快"), (1, "态度粗暴")):
        firm.rate(visit.token, stars, text)
    for role in ("clerk", "chief", "leading", "auditor"):
        page = client_of(role).get(f"/visits/{visit.pk}/").content.decode()
        assert "态度粗暴" not in page and "2 次，平均 2.5 分" in page
    assert "态度粗暴" in client_of("supervisor").get(f"/visits/{visit.pk}/").content.decode()


def test_a_code_that_got_about_keeps_no_firm_from_complaining(ready: Callable[..., Visit]) -> None:
    visit = ready()
    url = f"/visits/code/{visit.token}/"
    for number in range(12):
        assert (
            Client(REMOTE_ADDR=f"198.51.100.{number}")
            .post(url, {"act": "complain", "c-text": f"第 {number} 次"})
            .status_code
            == 302
        )
    assert list(Complaint.objects.order_by("pk").values_list("queued", flat=True)) == [False] * 10 + [True] * 2


def test_what_one_network_has_used_up_comes_back_the_next_day_and_keeps_no_other_out(
    ready: Callable[..., Visit], phone_of: Phones, clock: Clock, client_of: Callable[[str], Client]
) -> None:
    visit = begun(ready(), phone_of)
    url = f"/visits/code/{visit.token}/"

    def rated(network: str) -> int:
        return Client(REMOTE_ADDR=network).post(url, {"act": "rate", "r-stars": "5"}).status_code

    assert [rated("203.0.113.7") for _ in range(3)] == [302, 302, 422]  # the inspector, who holds the code too
    assert rated("198.51.100.9") == 302
    assert Client(REMOTE_ADDR="203.0.113.7").post(url, {"act": "complain", "c-text": "索要财物"}).status_code == 302
    for number in range(4):
        rated(f"198.51.100.{number}")
    assert list(Rating.objects.order_by("pk").values_list("queued", flat=True)) == [False] * 6 + [True]
    assert "当日评价过多" in client_of("supervisor").get(f"/visits/{visit.pk}/").content.decode()
    assert not [leaf for leaf in Event.objects.values_list("leaf", flat=True) if "203.0.113" in leaf]
    clock.at = (moment.now() + timedelta(days=1, minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert rated("203.0.113.7") == 302


def test_complaints_of_one_network_queue_and_keep_no_other_out(ready: Callable[..., Visit]) -> None:
    visit = ready()
    for number in range(6):
        firm.complain(visit.token, f"第 {number} 次", "", "203.0.113.7")
    firm.complain(visit.token, "企业自己的投诉", "", "198.51.100.9")
    queued = list(Complaint.objects.order_by("pk").values_list("queued", flat=True))
    assert queued == [False] * 5 + [True, False]


def test_a_firm_follows_its_complaint_by_its_code(ready: Callable[..., Visit], people: dict[str, User]) -> None:
    visit = ready()
    url = f"/visits/code/{visit.token}/"
    browser = Client()
    told = browser.post(url, {"act": "complain", "c-text": "索要财物"}, follow=True).content.decode()
    code = re.findall(r"(?:[2-9A-Z]{4}-){3}[2-9A-Z]{4}", told)[0]
    assert code not in Complaint.objects.get().code
    assert "监督员还没有阅" in browser.post(url, {"act": "track", "t-code": code}).content.decode()
    firm.read_complaint(people["supervisor"], Complaint.objects.get().pk, "已约谈，款项退回")
    answer = browser.post(url, {"act": "track", "t-code": code.lower().replace("-", " ")})
    assert answer.status_code == 200 and "已约谈，款项退回" in answer.content.decode()
    wrong = browser.post(url, {"act": "track", "t-code": "2222-2222-2222-2222"})
    assert wrong.status_code == 422 and "没有这个查询码" in wrong.content.decode()
    assert "已约谈" not in wrong.content.decode()
    assert audit().findings == []
