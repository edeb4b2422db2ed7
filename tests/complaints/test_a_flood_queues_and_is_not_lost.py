"""Who sends too much, or too many at once, queues; nothing is lost, no address is written down, and the same report twice is handled once."""

from collections.abc import Callable
from pathlib import Path

from django.http import HttpResponse
from django.test import Client, RequestFactory

from complaints.conftest import TEXT, code_in, filled, jpeg, later, photo
from lottery.conftest import Clock
from sunlot.office.accounts.models import User
from sunlot.office.complaints import doorkeeper, handling, todo
from sunlot.office.complaints.doorkeeper import KEEPER
from sunlot.office.complaints.models import Report
from sunlot.office.complaints.states import State
from sunlot.office.shell.doorkeeper import address

Send = Callable[..., HttpResponse]


def test_the_sixth_of_an_hour_queues(send: Send, county: dict[str, User]) -> None:
    for number in range(7):
        assert send(text=f"{TEXT}第{number}件，不是同一件事。").status_code == 200
    assert Report.objects.filter(state=State.QUEUED).count() == 2
    lines = list(todo.todos(county["clerk"], Report.objects.latest("pk").received_at.date()))
    assert [line.count for line in lines if "排队" in line.title] == [2]
    assert handling.release(county["clerk"], list(Report.objects.values_list("pk", flat=True))) == 2
    assert not Report.objects.filter(state=State.QUEUED).exists()


def test_over_the_daily_measure_one_is_asked_to_telephone_and_keeps_what_was_typed(send: Send) -> None:
    whom = "127.0.0.1"
    for _ in range(20):
        KEEPER.note("report", whom)
    answer = send()
    assert answer.status_code == 422
    assert "请拨打公开电话" in answer.content.decode() and TEXT in answer.content.decode()
    assert not Report.objects.exists()


def test_many_networks_together_queue_too(county: dict[str, User], clock: Clock) -> None:
    for number in range(60):
        KEEPER.note("report")
        KEEPER.note("report", f"198.51.100.{number}")
    client = Client()
    data = filled(client)
    later(clock, seconds=30)
    assert client.post("/complaints/new/", data, REMOTE_ADDR="203.0.113.9").status_code == 200
    assert Report.objects.get().state == State.QUEUED


def test_no_address_is_written_anywhere(county: dict[str, User], clock: Clock, office: Path) -> None:
    client = Client()
    data = filled(client)
    later(clock, seconds=30)
    client.post("/complaints/new/", data, REMOTE_ADDR="203.0.113.77")
    assert Report.objects.count() == 1
    assert KEEPER.count("report", "203.0.113.77") == 1
    assert not any(b"203.0.113.77" in path.read_bytes() for path in office.rglob("*") if path.is_file())
    assert "203.0.113.77" not in str(KEEPER.__dict__)


def test_a_day_later_nothing_is_remembered(county: dict[str, User], clock: Clock) -> None:
    KEEPER.note("report", "203.0.113.77")
    later(clock, hours=25)
    assert KEEPER.count("report", "203.0.113.77", doorkeeper.DAY) == 0
    assert not KEEPER._seen


def test_a_household_is_one_address_and_a_proxy_is_believed_on_this_machine_only() -> None:
    def seen(came: str, named: str = "") -> str:
        more = {"HTTP_X_FORWARDED_FOR": named} if named else {}
        return address(RequestFactory().get("/", REMOTE_ADDR=came, **more))

    assert seen("2001:db8:1:2:3:4:5:6") == seen("2001:db8:1:2::9")
    assert seen("2001:db8:1:2::9") != seen("2001:db8:1:3::9")
    assert seen("127.0.0.1", "1.2.3.4, 203.0.113.5") == "203.0.113.5"
    assert seen("203.0.113.9", "1.2.3.4") == "203.0.113.9"


def test_the_same_text_about_the_same_firm_is_joined(send: Send, county: dict[str, User]) -> None:
    send()
    second = code_in(send(text=TEXT.replace("，", ", ") + " "))
    send(firm="青禾第5厂")
    one, two, three = Report.objects.order_by("pk")
    assert (one.state, two.state, three.state) == (State.RECEIVED, State.JOINED, State.RECEIVED)
    assert two.into_id == one.pk
    handling.take(county["clerk"], one.pk)
    handling.accept(county["clerk"], one.pk, "收到，谢谢。")
    text = Client().post("/complaints/track/", {"code": second}).content.decode()
    assert "合并办理" in text and "已受理" in text and "收到，谢谢。" in text


def test_a_question_to_one_reporter_is_not_shown_to_another(send: Send, county: dict[str, User]) -> None:
    send()
    second = code_in(send())
    first = Report.objects.earliest("pk")
    handling.take(county["clerk"], first.pk)
    handling.question(county["clerk"], first.pk, "您说的班长姓什么？")
    assert "班长姓什么" not in Client().post("/complaints/track/", {"code": second}).content.decode()


def test_mistakes_are_not_counted(send: Send) -> None:
    for _ in range(30):
        assert send(text="太短").status_code == 422
        assert send(photos=[photo(b"GIF89a")]).status_code == 422
    assert send().status_code == 200
    assert Report.objects.get().state == State.RECEIVED


def test_too_much_at_once_is_said_and_not_dropped_in_silence(send: Send) -> None:
    whole = jpeg()[:-2] + b"\xff\xd9"
    large = [photo(whole + b"\0" * (10 * 2**20 - len(whole))) for _ in range(4)]
    answer = send(photos=[*large, photo(b"\xff\xd8" + b"\0" * 25 * 2**20)])
    assert answer.status_code == 422
    assert "超过大小限制" in answer.content.decode()
