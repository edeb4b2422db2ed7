"""The ceremony's record prints the codes and seeds that were on the screen, and the screen shows the check code as a picture too."""

from collections.abc import Callable

from django.test import Client

from lottery.conftest import Story
from sunlot.office.lottery.register import folder_of


def test_the_record_bears_the_notices_codes_and_the_seeds(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told, client = story().done(), client_of("clerk")
    page = client.get(f"/ceremony/{told.row.pk}/minutes/").content.decode()
    folder = folder_of(told.name)
    for what in ("notice", "teams-notice"):
        assert folder.need(what, "").digest in page
    for what in ("seed", "teams-seed"):
        assert folder.need(what, "").read_json("seed.json")["seed"] in page
    assert "抽中 6 户" in page


def test_the_desk_warns_of_an_address_no_phone_can_reach(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told, client = story(), client_of("clerk")
    page = f"/ceremony/{told.row.pk}/"
    client.post(page, {"act": "open"}, headers={"host": "127.0.0.1:8000"})
    assert "只有本机打得开" in client.get(page, headers={"host": "127.0.0.1:8000"}).content.decode()
    assert "只有本机打得开" not in client.get(page).content.decode()


def test_the_screen_gets_the_check_code_as_a_picture_and_phones_do_not(
    story: Callable[..., Story], client_of: Callable[[str], Client]
) -> None:
    told, client = story(), client_of("clerk")
    client.post(f"/ceremony/{told.row.pk}/", {"act": "open"})
    told.announced()
    state = client.get(f"/ceremony/{told.row.pk}/state.json").json()
    assert state["code_picture"].startswith("data:image/svg+xml")
    token = told.row.ceremony.token
    assert "code_picture" not in client.get(f"/ceremony/p/{token}/state.json").json()
