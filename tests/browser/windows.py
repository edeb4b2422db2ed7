"""Everybody's windows on one served office, and what their scripts complain of."""

from playwright.sync_api import Browser, ConsoleMessage, Page

from office.conftest import PASSWORD


class Windows:
    """Windows of desk size, larger and smaller; whatever their scripts or the Content-Security-Policy complain of stands in `errors`."""

    def __init__(self, chromium: Browser, url: str) -> None:
        self.chromium, self.url = chromium, url
        self.errors: list[str] = []
        self.desks: dict[str, Page] = {}

    def window(self, width: int = 1366, height: int = 768, **more: object) -> Page:
        """Return a window nobody has logged in to."""
        context = self.chromium.new_context(viewport={"width": width, "height": height}, locale="zh-CN", **more)  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._refused_by_policy)
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def _refused_by_policy(self, said: ConsoleMessage) -> None:
        if "Content Security" in said.text:
            self.errors.append(said.text)

    def person(self, username: str) -> Page:
        """Return a person's desk at the first page, logged in anew."""
        if username not in self.desks:
            self.desks[username] = self.window()
        return self.log_in(self.desks[username], username)

    def log_in(self, page: Page, username: str) -> Page:
        page.context.clear_cookies()
        page.goto(f"{self.url}/accounts/login/")
        page.get_by_label("用户名").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(f"{self.url}/")
        return page

    def phone(self) -> Page:
        """Return the window of a phone."""
        return self.window(390, 844, has_touch=True, is_mobile=True)
