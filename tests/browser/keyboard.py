"""A person without a mouse: keys only, in a window of 1366×768. Wherever a key leads, the focus must be seen (WCAG 2.4.7, 2.4.11, 1.4.11).

keys.to("用户与岗位").press("Enter")
keys.to("关键词").type("明盛").press("Enter")
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

PATIENCE = 250  # presses of Tab
SKIP = "跳到正文"
HELPERS = """
window.nameOf = (one) => ((one.labels && one.labels[0] ? one.labels[0].innerText : one.ariaLabel || one.innerText || one.value) || '')
  .replace(/\\s+/g, ' ').replace(/[*＊]/g, '').trim();
window.lightOf = (text) => {
  const [r, g, b] = text.match(/[\\d.]+/g).slice(0, 3).map((one) => { const c = one / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
window.groundOf = (one) => {
  for (let at = one; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!/, 0\\)$|transparent/.test(colour)) return colour;
  }
  return 'rgb(255, 255, 255)';
};
"""
LOOK = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const again = one === window.before; window.before = one;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const a = lightOf(style.outlineColor), b = lightOf(groundOf(one.parentElement));
  const points = [[.5, .5], [.1, .5], [.9, .5], [.5, .15], [.5, .85]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
  const hit = ([x, y]) => { const there = document.elementFromPoint(x, y); return there && (one.contains(there) || there.contains(one) && there.matches('label') || there.closest('label')?.control === one); };
  return {
    again, name: nameOf(one), tag: one.tagName, id: one.id, type: one.type || '',
    drawn: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    contrast: (Math.max(a, b) + .05) / (Math.min(a, b) + .05),
    seen: points.some(hit), inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter((one) =>
  one.tabIndex >= 0 && !one.disabled && one.type !== 'hidden' && one.checkVisibility({ visibilityProperty: true })
  && !(one.type === 'radio' && !one.checked && document.querySelector(`input[name="${one.name}"]:checked`))
  && !(one.type === 'radio' && document.querySelector(`input[name="${one.name}"]`) !== one && !one.checked))"""


class Keyboard:
    """The keys of one window."""

    def __init__(self, page: Page, url: str) -> None:
        self.page, self.url = page, url
        page.set_viewport_size({"width": 1366, "height": 768})
        page.add_init_script(HELPERS)

    def press(self, key: str) -> "Keyboard":
        self.page.keyboard.press(key)
        return self

    def type(self, text: str) -> "Keyboard":
        """Type over what stands in the field."""
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        return self

    def look(self) -> dict[str, Any] | None:
        """Return what has the focus, None for nothing; fail when it cannot be seen that it has."""
        found: dict[str, Any] | None = self.page.evaluate(LOOK)
        if found and found["id"] != "main":  # the skip link's goal is the page itself
            where = f"{self.page.url}: {found}"
            assert found["drawn"], f"no outline is drawn: {where}"
            assert found["contrast"] >= 3, f"the outline does not stand out: {where}"
            assert found["inside"] and found["seen"], f"the focus is covered: {where}"
        return found

    def tab(self, key: str = "Tab") -> dict[str, Any] | None:
        """Go one further, or back with Shift+Tab, and look."""
        self.page.keyboard.press(key)
        return self.look()

    def to(self, wanted: str, tag: str = "", back: bool = False) -> "Keyboard":
        """Press Tab until what bears this label or text has the focus; a text that ends in … needs only to begin so."""
        seen = []
        for _ in range(PATIENCE):
            found = self.tab("Shift+Tab" if back else "Tab")
            if found is None:
                continue
            name = found["name"]
            if (name == wanted or (wanted.endswith("…") and name.startswith(wanted[:-1]))) and tag in (
                "",
                found["tag"],
            ):
                return self
            seen.append(name)
        raise AssertionError(f"Tab never came to {wanted} on {self.page.url}, only to {seen}")

    def choose(self, wanted: str) -> "Keyboard":
        """Go down in a list that has the focus until this entry stands in it."""
        for _ in range(60):
            if self.page.evaluate("document.activeElement.selectedOptions[0]?.text").startswith(wanted):
                return self
            self.press("ArrowDown")
        raise AssertionError(f"no entry {wanted}")

    def day(self, wanted: str) -> "Keyboard":
        """Type a day, as 2023-09-18, in the order that this browser shows its parts."""
        year, month, day = wanted.split("-")
        for parts in ((month, day, year), (year, month, day), (day, month, year)):
            for part in parts:
                self.page.keyboard.type(part)
                if len(part) == 4 and part != parts[-1]:
                    self.press("ArrowRight")
            if self.page.evaluate("document.activeElement.value") == wanted:
                return self
            for _ in parts:
                self.press("Delete").press("ArrowLeft")
        raise AssertionError(f"{wanted} could not be typed")

    def skip_to_content(self) -> "Keyboard":
        """Take the skip link, the first stop of every page."""
        self.to(SKIP).press("Enter")
        expect(self.page.locator("#main")).to_be_focused()
        return self

    def menu(self, title: str) -> "Keyboard":
        """Open a page of the menu."""
        self.to(SKIP).to(title, "A").press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(title)
        return self

    def upload(self, path: Path) -> "Keyboard":
        """Press the space bar on a file's field and give the file to the window that opens."""
        with self.page.expect_file_chooser() as asked:
            self.press("Space")
        asked.value.set_files(path)
        return self

    def walk(self) -> None:
        """Go once through everything that can be reached; fail when something is left out, comes out of order, or holds the focus."""
        wanted = self.page.evaluate(f"({REACHABLE})().map(nameOf)")
        visited = [self.to(SKIP).look()]
        for _ in range(2 * len(wanted) + 20):
            if (found := self.tab()) is None or found["name"] == SKIP:
                break
            if not found["again"]:  # a day has several parts
                visited.append(found)
        else:
            raise AssertionError(f"{self.page.url} holds the focus: {visited[-3:]}")
        names = [one["name"] for one in visited if one]
        assert names == wanted, f"{self.page.url}: {names} instead of {wanted}"

    def log_in(self, username: str, password: str) -> "Keyboard":
        self.page.context.clear_cookies()
        self.page.goto(f"{self.url}/accounts/login/")
        expect(self.page.get_by_label("用户名")).to_be_focused()
        self.type(username).to("密码").type(password).press("Enter")
        expect(self.page.get_by_role("heading", level=1)).to_have_text("待办")
        return self
