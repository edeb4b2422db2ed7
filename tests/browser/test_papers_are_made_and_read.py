"""A clerk makes a notice in a real browser, looks at the draft first, and reads lists and case file; every page meets WCAG 2.2 AA, on a phone too."""
# ruff: noqa: F401, F811  (fixtures come in by name)

from collections.abc import Callable

from axe import assert_accessible
from inside import serve_inside
from playwright.sync_api import Browser, Page, expect
from windows import Windows

from documents.test_a_seal_is_set_as_its_ink_alone import seal_on
from lottery.conftest import clock, county
from office.conftest import PASSWORD, people, quick_passwords
from papers.conftest import PROBLEM, arranged, held
from sqlite_only import office
from sunlot.office.papers.models import Paper
from sunlot.office.visits.models import Visit
from visits.conftest import Phone, item_list, phone_of


def test_from_the_visits_page_to_the_case_file(
    chromium: Browser, arranged: Callable[..., Visit], phone_of: Callable[[str], Phone]
) -> None:
    visit = arranged()
    held(visit, phone_of, problems=[PROBLEM])
    with serve_inside() as url:
        room = Windows(chromium, url)
        page = room.log_in(room.window(), "clerk")
        page.goto(f"{url}/visits/{visit.pk}/")
        page.get_by_role("link", name="行政检查通知书").click()
        page.get_by_label("联系人").fill("钱经办")
        page.get_by_role("button", name="制作，编号").click()
        expect(page.get_by_role("alert")).to_contain_text("监督电话")
        expect(page.get_by_label("联系人")).to_have_value("钱经办")
        assert_accessible(page)
        with page.expect_popup() as popup:
            page.get_by_role("button", name="预览草稿").click()
        popup.value.close()
        assert not Paper.objects.exists()
        page.get_by_label("联系电话").fill("0537-5551234")
        page.get_by_label("监督电话").fill("0537-5559999")
        page.get_by_role("button", name="制作，编号").click()
        expect(page.locator("h1")).to_contain_text("（青）应急检通〔2025〕1号")
        paper = Paper.objects.get()
        case = f"/papers/case/visit/{visit.pk}/"
        kinds = [f"/papers/visits/{visit.pk}/{kind}/" for kind in ("onsite_record", "inspection_scheme", "receipt")]
        acts = [f"/papers/{paper.pk}/{act}" for act in ("", "scan/", "serve/", "stamp/", "void/")]
        lists = ["/papers/", "/papers/register/", "/papers/blank/", f"/papers/check/?code={paper.digest}"]
        for address in (*kinds, *acts, *lists, case, case + "cover/", f"/visits/{visit.pk}/"):
            page.goto(url + address)
            assert_accessible(page)
        page.set_viewport_size({"width": 390, "height": 844})
        for address in (*kinds, *acts, *lists, case):
            page.goto(url + address)
            assert_accessible(page)
        page.goto(url + case + "cover/")
        page.get_by_role("button", name="制作案卷首页").click()
        with page.expect_download() as download:
            page.get_by_role("button", name="下载案卷 PDF").click()
        assert download.value.suggested_filename.startswith("案卷")
        assert download.value.path().read_bytes().startswith(b"%PDF")
        chief = room.log_in(room.window(), "chief")
        chief.goto(f"{url}/papers/seal/")
        assert_accessible(chief)
        chief.get_by_label("印章扫描件或照片").set_input_files(
            {"name": "seal.png", "mimeType": "image/png", "buffer": seal_on("white")}
        )
        chief.get_by_role("button", name="登记印章图像").click()
        expect(chief.get_by_role("img", name="本机关印章图像")).to_be_visible()
        assert chief.locator("img.seal").evaluate("one => one.naturalWidth") > 100
        assert_accessible(chief)
        chief.set_viewport_size({"width": 390, "height": 844})
        assert_accessible(chief)
        page.goto(f"{url}/papers/{paper.pk}/stamp/")
        page.get_by_label("用印事由").fill("当场送达")
        page.get_by_role("button", name="申请用印").click()
        expect(page.locator("main")).to_contain_text("另一人批准后加盖印章")
