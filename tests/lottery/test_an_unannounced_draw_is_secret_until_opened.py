"""暗查暗访: each inspector sees his own task from a set hour, every view is an event, nobody sees the list before it is opened."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client

from lottery.conftest import Story
from sunlot.office.accounts.models import User
from sunlot.office.approvals import services as approvals
from sunlot.office.approvals.models import Approval
from sunlot.office.journal import queries as journal
from sunlot.office.journal.models import Event
from sunlot.office.lottery import drawing, queries, rounds
from sunlot.office.lottery.models import Round
from sunlot.office.lottery.register import folder_of


def ready(told: Story) -> tuple[str, list[dict[str, object]]]:
    """Return an inspector who was drawn and the whole list; the inspector's account is linked to him."""
    entries = queries.drawn_list(folder_of(told.name))
    person = str(entries[0]["members"][0][0])
    User.objects.filter(pk=told.people["inspector"].pk).update(person=person)
    return person, entries


def test_nobody_sees_the_list_before_it_is_opened(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story(secret=True).done()
    _, entries = ready(told)
    for role in ("clerk", "chief", "leading", "supervisor", "auditor"):
        for page in ("result", "draw", "archive", "teams", "substitute", f"explain/?id={entries[0]['id']}", "seed"):
            address = f"/lottery/draws/{told.name}/" + ("" if page == "draw" else page if "?" in page else page + "/")
            if page == "substitute" and role not in ("clerk", "chief"):
                continue
            text = client_of(role).get(address).content.decode()
            assert not any(str(entry["name"]) in text or str(entry["id"]) in text for entry in entries[1:]), page


def test_an_inspector_sees_his_own_task_from_the_hour_on_and_it_is_an_event(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story(secret=True).done()
    person, entries = ready(told)
    page = client_of("inspector").get("/lottery/tasks/").content.decode()
    assert "现在没有分给您的检查任务" in page
    rounds.set_hour(told.people["clerk"], told.row.pk, datetime(2023, 9, 18, tzinfo=UTC))
    page = client_of("inspector").get("/lottery/tasks/").content.decode()
    for entry in entries:
        assert (str(entry["id"]) in page) == (person in dict(entry["members"]))  # type: ignore[call-overload]
    assert Event.objects.filter(act="task.viewed").count() == 1


def test_opening_needs_a_second_person_and_then_everything_is_there(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story(secret=True).done()
    _, entries = ready(told)
    approval = drawing.ask_opening(told.people["clerk"], told.row.pk, "已执行完毕")
    approvals.grant(told.people["chief"], approval.pk)
    assert Round.objects.get().executed_at
    page = client_of("clerk").get(f"/lottery/draws/{told.name}/result/").content.decode()
    assert all(str(entry["id"]) in page for entry in entries)
    bag = client_of("clerk").post(f"/lottery/draws/{told.name}/bag/")
    assert bag.status_code == 200
    assert bag["Content-Type"] == "application/zip"


def test_asking_for_a_substitution_tells_nobody_who_is_drawn(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told = story(secret=True).done()
    _, entries = ready(told)
    drawn = next(str(entry["id"]) for entry in entries if entry["hazard_class"] == "机械")
    spared = next(row["id"] for row in folder_of(told.name).frame() if row["id"] not in {one["id"] for one in entries})
    clerk, answers, before = client_of("clerk"), [], Event.objects.filter(act="approval.asked").count()
    for firm in (drawn, spared):
        typed = {"out": firm, "reason": "closed", "evidence": "注销登记", "visit": ""}
        answer = clerk.post(f"/lottery/draws/{told.name}/substitute/", typed)
        answers.append((answer.status_code, answer["Location"]))
        page = clerk.get(answer["Location"]).content.decode()
        assert "已提交，由负责人审批" in page and drawn not in page and spared not in page
    assert answers[0] == answers[1]
    assert Event.objects.filter(act="approval.asked").count() == before + 2
    one, other = Approval.objects.filter(kind="lottery.substitute-closed").order_by("pk")
    assert client_of("supervisor").get(f"/approvals/{one.pk}/").status_code == 404
    public = [journal.leaf_of(event)["pub"] for event in Event.objects.all()]
    assert not any(drawn in str(pub) or spared in str(pub) for pub in public)

    refused = client_of("chief").post(f"/approvals/{other.pk}/decide/", {"act": "grant"})
    assert refused.status_code == 409
    client_of("chief").post(f"/approvals/{one.pk}/decide/", {"act": "grant"})
    assert folder_of(told.name).steps[-1].read_json("substitution.json")["out"] == drawn
    comes = str(folder_of(told.name).steps[-1].read_json("substitution.json")["in"])
    for page in ("substitute/", "result/", ""):
        assert comes not in client_of("clerk").get(f"/lottery/draws/{told.name}/{page}").content.decode()
