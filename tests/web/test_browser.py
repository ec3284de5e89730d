"""In a real Chromium: nothing leaves the machine, nothing of an article runs, keyboard and mouse do, axe is content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from benchmarks.web import make
from tests.ledger.made import claim, document, raw_of
from tests.web.conftest import served
from tests.web.made import ARABIC
from tollbook.ledger import Ledger
from tollbook.records import Place
from tollbook.web.config import Config

Site = tuple[str, dict[str, str], Path]
AXE = Path(__file__).parent / "vendor/axe.min.js"


class Watched:
    """A page, with everything it asked for and everything it complained of."""

    def __init__(self, browser: Any, base: str, **context: Any) -> None:
        self.base = base
        self.scripts = context.get("java_script_enabled", True)
        self.context = browser.new_context(**context)
        self.page = self.context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.complaints.append("dialog"), dialog.dismiss()))

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def go(self, at: str) -> Any:
        """Opens a page and waits until its scripts have begun."""
        self.page.goto(self.base + at)
        if self.scripts:
            self.page.wait_for_selector("html[data-ready]", state="attached")
        return self.page

    def close(self) -> None:
        """Nothing was asked of another host, and nothing went wrong."""
        self.context.close()
        foreign = [url for url in self.asked if not url.startswith((self.base, "data:"))]
        assert not foreign, foreign
        assert not self.complaints, self.complaints


def screens(ids: dict[str, str]) -> list[str]:
    """Each screen once, the hard ones with planted payloads."""
    return [
        "/incidents", "/claims?q=Tellhaf", "/documents", f"/documents/{ids['first']}", f"/documents/{ids['evil']}",
        f"/documents/{ids['evil']}?view=raw", f"/documents/{ids['arabic']}", f"/incidents/{ids['incident']}",
        f"/incidents/{ids['evil incident']}", f"/review/{ids['bad']}", f"/review/pairs?incident={ids['incident']}",
        f"/review?incident={ids['incident']}", "/review/decisions", "/add", "/nothing",
    ]  # fmt: skip


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_each_screen_is_accessible_quiet_and_fits(browser: Any, site: Site, scheme: str, width: int) -> None:
    """axe finds nothing, no request leaves, no payload runs, and nothing has to be scrolled sideways at 360 px."""
    base, ids, _ = site
    # Axe is laid into the page past its policy; the policy itself is tested below.
    watched = Watched(browser, base, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
    for at in screens(ids):
        page = watched.go(at)
        if page.locator("#map").count():
            page.wait_for_selector(".map-ready")
        page.evaluate(AXE.read_text("utf-8"))
        options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
        found = page.evaluate("options => axe.run(document, options)", options)
        problems = [
            (one["id"], [(node["target"], node.get("failureSummary", "")[:300]) for node in one["nodes"][:3]])
            for one in found["violations"]
        ]
        assert not problems, (at, problems)
        assert page.title() != "owned"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (at, wide)
    watched.complaints = [one for one in watched.complaints if "404" not in one]  # /nothing
    watched.close()


def test_nothing_sticks_out_or_breaks_at_any_width(browser: Any, site: Site) -> None:
    """From a tablet to a wall: no scrolling sideways, no name of a screen in two lines."""
    base, ids, _ = site
    watched = Watched(browser, base)
    for at in ("/incidents", "/documents", f"/incidents/{ids['evil incident']}", f"/documents/{ids['first']}"):
        watched.go(at)
        for width in (480, 740, 900, 1100, 3840):
            watched.page.set_viewport_size({"width": width, "height": 800})
            wide, tall = watched.page.evaluate(
                "[document.documentElement.scrollWidth - document.documentElement.clientWidth,"
                " Math.max(...[...document.querySelectorAll('.top nav a')].map(one => one.offsetHeight))]"
            )
            assert wide <= 0 and tall < 50, (at, width, wide, tall)
    watched.close()


def test_the_policy_holds_and_the_map_is_drawn_without_it_breaking(browser: Any, site: Site) -> None:
    """With the policy in force nothing complains, and an injected script does not run."""
    base, ids, _ = site
    watched = Watched(browser, base)
    page = watched.go("/incidents")
    page.wait_for_selector(".map-ready")
    assert page.locator("#map canvas").count() or page.locator("#map path").count()
    for at in screens(ids)[1:-1]:
        watched.go(at)
        assert page.title() != "owned"
    watched.close()
    injected = Watched(browser, base)
    page = injected.go("/documents")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.owned=1\">')")
    page.wait_for_timeout(200)
    assert page.evaluate("window.owned") is None
    injected.context.close()


def test_the_map_moves_nothing(browser: Any, site: Site) -> None:
    """Nothing shifts when the map arrives, and the page is usable before it does."""
    base, _, _ = site
    watched = Watched(browser, base)
    watched.page.add_init_script(
        "window.shift = 0; const add = list => { for (const one of list.getEntries()) window.shift += one.value; };"
        "new PerformanceObserver(add).observe({type: 'layout-shift', buffered: true});"
    )
    page = watched.go("/incidents")
    page.wait_for_selector(".map-ready")
    page.wait_for_timeout(300)
    assert page.evaluate("window.shift") < 0.02
    scripts = [url for url in watched.asked if ".js" in url]
    assert scripts
    watched.close()


def test_review_by_keyboard_alone(browser: Any, site: Site) -> None:
    """Accept, undo, correct a number, skip: no mouse, one decision a key, every one in the ledger."""
    base, _, path = site
    watched = Watched(browser, base)
    page = watched.go("/review")

    def claim() -> str:
        return str(page.locator("form.desk").get_attribute("action")).split("/")[-1].split("?")[0]

    def pressed(key: str) -> None:
        with page.expect_navigation():
            page.keyboard.press(key)
        page.wait_for_selector("html[data-ready]", state="attached")

    first = claim()
    pressed("a")
    second = claim()
    assert second != first
    pressed("z")
    assert claim() == first
    page.keyboard.press("2")
    page.keyboard.press("Control+a")
    page.keyboard.type("21")
    page.keyboard.press("Tab")
    page.keyboard.type("25")
    pressed("Enter")
    assert claim() == first and "Kept: corrected (number)" in page.locator(".kept").inner_text()
    pressed(" ")
    assert claim() == second
    pressed(" ")
    assert claim() not in (first, second)
    page.keyboard.press("?")
    assert page.locator("#help").get_attribute("open") is not None
    page.keyboard.press("Escape")
    with Ledger.open(path, read_only=True) as ledger:
        about = [one.judgement for one in ledger.judgements() if first in one.judgement.key]
        kinds = [one.kind for one in about]
        kinds += [one.judgement.kind for one in ledger.judgements() if one.judgement.kind == "undo"]
        fixed = [one.judgement.value for one in ledger.judgements(first) if one.judgement.kind == "correct"]
    assert kinds == ["accept", "correct", "undo"] and (fixed[0]["low"], fixed[0]["high"]) == (21, 25)
    watched.close()


def test_enter_in_a_note_decides_nothing(browser: Any, site: Site) -> None:
    """The first button of a form is what Enter presses: a note to a rejection must not accept, nor one to a grade
    confirm."""
    base, ids, path = site
    watched = Watched(browser, base)
    pages = (f"/review/{ids['two']}", f"/incidents/{ids['incident']}", f"/review/pairs?incident={ids['incident']}")
    for at in pages:
        page = watched.go(at)
        field = page.locator(".desk [name=note], .decide [name=note]").first
        field.fill("the agency repeats itself")
        field.press("Enter")
        page.wait_for_timeout(200)
        assert page.url == base + at and field.input_value()
    with Ledger.open(path, read_only=True) as ledger:
        assert sum(1 for _ in ledger.judgements()) == 1
    watched.close()


def test_keys_can_be_switched_off(browser: Any, site: Site) -> None:
    """Somebody who speaks to their computer must not decide by accident (WCAG 2.1.4)."""
    base, _, path = site
    watched = Watched(browser, base)
    page = watched.go("/review")
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert page.url.endswith("/review")
    with Ledger.open(path, read_only=True) as ledger:
        assert sum(1 for _ in ledger.judgements()) == 1
    watched.close()


def test_a_click_never_decides_and_leads_from_claims_to_words(browser: Any, site: Site) -> None:
    """A claim shows its words, words show their claim, and the ledger stays as it was."""
    base, ids, path = site
    watched = Watched(browser, base, viewport={"width": 1280, "height": 700})
    page = watched.go(f"/documents/{ids['first']}")
    page.click(".card h2 .n")
    words = page.locator("mark.words").all_inner_texts()
    assert "12" in words and "Tellhaf" in words
    page.click("mark.date")
    assert page.locator(".card.lit").count() == 1
    page.click("mark.quote >> nth=0")
    with Ledger.open(path, read_only=True) as ledger:
        assert sum(1 for _ in ledger.judgements()) == 1
    watched.close()


def test_a_permalink_leads_to_the_number(browser: Any, site: Site) -> None:
    """The place of a claim can stand in the title and its number far down: the number is what is shown."""
    base, _, path = site
    lines = ["Night over Tellhaf", *(f"Paragraph {n} tells of the market and of its lamps." for n in range(60))]
    doc = document("\n\n".join([*lines, "In the end 99 people were dead."]), outlet="River Echo", key="long.txt")
    at = doc.text.index("Tellhaf")
    place = Place("Tellhaf", at, at + 7, "Tellhaf", "SY", None, 35.0, 39.0, "town", None)
    found = claim(doc, "99", place=place)
    with Ledger.open(path) as ledger:
        ledger.add_document(doc, [found], raw_of(doc))
    watched = Watched(browser, base, viewport={"width": 360, "height": 700}, reduced_motion="reduce")
    page = watched.go(f"/claims/{found.id}")
    expect(page.locator("#text mark.count")).to_be_in_viewport()
    watched.close()


def test_words_selected_in_a_browser_become_a_claim(browser: Any, site: Site) -> None:
    """Arabic text with an emoji before the words: the browser counts UTF-16, the claim counts code points."""
    base, ids, path = site
    watched = Watched(browser, base)
    page = watched.go(f"/documents/{ids['arabic']}")

    def select(words: str) -> None:
        page.evaluate(
            """words => {
                const walker = document.createTreeWalker(document.querySelector('#text'), NodeFilter.SHOW_TEXT);
                for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                    const at = node.data.indexOf(words);
                    if (at < 0) continue;
                    const range = document.createRange();
                    range.setStart(node, at);
                    range.setEnd(node, at + words.length);
                    getSelection().removeAllRanges();
                    getSelection().addRange(range);
                    return;
                }
            }""",
            words,
        )

    page.keyboard.press("n")
    select("١٢")
    page.keyboard.press("1")
    assert page.input_value("#missed-form [name=low]") == "12"
    select("الأهالي")  # stands behind the emoji
    page.keyboard.press("7")
    page.click("#missed-form button:has-text('Add this claim')")
    page.wait_for_selector(".card")
    with Ledger.open(path, read_only=True) as ledger:
        added = next(one.judgement.value for one in ledger.judgements() if one.judgement.kind == "add")
    for span in (added["count"], added["attribution"][0]):
        assert ARABIC[span["start"] : span["end"]] == span["text"]
    assert added["attribution"][0]["text"] == "الأهالي"
    watched.close()


def test_articles_are_dropped_read_and_opened_by_key(browser: Any, site: Site) -> None:
    """A file dropped on the form is read beside a pasted text; what fails says why; j, k and Enter open an article, and
    j goes through its claims."""
    base, _, _ = site
    watched = Watched(browser, base, viewport={"width": 1280, "height": 900})
    page = watched.go("/add")
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["not a page"], "torn.pdf"));
            document.querySelector("#drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
        }"""
    )
    expect(page.locator("#drop output")).to_have_text("torn.pdf")
    page.fill("textarea", "Nine people were killed when shells hit the mill in Orlan on 3 May 2031, a nurse said.")
    page.fill("[name=title]", "The mill of Orlan")
    page.locator("button", has_text="Read them").press("Enter")
    page.wait_for_selector("text=To the articles", timeout=60_000)
    expect(page.locator("main")).to_contain_text("2 of 2 files, 2 articles, 1 failed")
    expect(page.locator("li", has_text="torn.pdf")).to_contain_text("damaged, or no PDF")
    page = watched.go("/documents")
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_url("**/documents/d-*")
    expect(page.locator("h1")).to_have_text("The mill of Orlan")
    page.keyboard.press("j")
    expect(page.locator(".card.lit")).to_have_count(1)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    watched.close()


def test_facets_by_mouse_and_back_again(browser: Any, site: Site) -> None:
    """Choosing narrows table and map without a new page, the address says what was chosen, and Back undoes it."""
    base, ids, _ = site
    watched = Watched(browser, base, viewport={"width": 1280, "height": 900})
    page = watched.go("/incidents")
    page.wait_for_selector(".map-ready")
    page.evaluate("window.same = true")
    page.click("a[id^=f-country]:has-text('Syria')")
    page.wait_for_url("**country=SY")
    expect(page.locator("tr[data-row]")).to_have_count(1)
    assert page.evaluate("window.same") is True and page.locator("#map.leaflet-container").count() == 1
    expect(page.locator("#map-note")).to_be_hidden()
    page.go_back()
    expect(page.locator("tr[data-row]")).to_have_count(3)
    page.wait_for_selector(".map-ready")
    watched.close()


def brush(page: Any, down: int) -> None:
    """Drags over the whole width of the timeline, so many pixels below its top."""
    box = page.locator(".columns").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + down)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 2, box["y"] + down, steps=4)
    page.mouse.up()


def test_facets_stay_where_they_were_and_show_all_their_values(browser: Any, tmp_path: Path) -> None:
    """Whoever scrolled down and unfolded a facet goes on from there, with the focus on what was chosen; the address
    keeps that all values are shown; the search box empties with its chip."""
    make(tmp_path / "many.db", 400)
    with served(Config(ledger=str(tmp_path / "many.db"))) as base:
        watched = Watched(browser, base, viewport={"width": 1280, "height": 600})
        page = watched.go("/incidents?q=a")
        page.click(".chosen a >> nth=0")
        page.wait_for_url("**/incidents")
        expect(page.locator("#q")).to_have_value("")
        page.click("summary:text-is('Outlet')")
        assert page.locator("a[id^=f-outlet-]").count() == 13  # twelve, and the rest
        page.click("#f-outlet-all")
        page.wait_for_url("**all=outlet")
        expect(page.locator("#f-outlet-14")).to_be_visible()
        page.click("summary:text-is('Grade')")
        page.locator("#f-outlet-14").focus()
        before = page.evaluate("document.querySelector('.facets').scrollTop")
        page.keyboard.press("Enter")
        page.wait_for_url("**outlet=**all=outlet")
        expect(page.locator("#f-outlet-14")).to_have_attribute("aria-current", "true")
        for _ in range(50):  # the list is scrolled once the new page has settled
            now = page.evaluate("document.querySelector('.facets').scrollTop")
            if abs(now - before) < 60:
                break
            page.wait_for_timeout(100)
        assert before > 100 and abs(now - before) < 60
        assert page.locator(".facet:has(summary:text-is('Grade'))").get_attribute("open") is not None
        assert page.evaluate("document.activeElement.id") == "f-outlet-14"
        watched.close()


def test_the_map_stays_where_an_area_was_chosen(browser: Any, site: Site) -> None:
    """The area in the address is what the map shows, with a frame around it, not all places again."""
    base, _, _ = site
    watched = Watched(browser, base, viewport={"width": 1280, "height": 900})
    page = watched.go("/incidents?box=38.2,34.6,39.8,35.4")
    page.wait_for_selector(".map-ready")
    page.wait_for_selector(".town", state="attached")  # names of towns: it has come near
    page.click("#only-here")
    page.wait_for_url("**box=**")
    west, south, east, north = (float(edge) for edge in page.url.split("box=")[1].replace("%2C", ",").split(","))
    assert west < 38.2 < 39.8 < east < west + 12 and south < 34.6 < 35.4 < north < south + 6
    watched.close()


def test_a_printed_list_is_a_table_and_says_where_it_is_from(browser: Any, site: Site) -> None:
    """On paper nothing can be pressed; the address and the event that it shows stand below."""
    base, ids, _ = site
    watched = Watched(browser, base, viewport={"width": 794, "height": 1123})
    for at in ("/incidents?country=SY", f"/incidents/{ids['incident']}", f"/documents/{ids['first']}"):
        page = watched.go(at)
        page.emulate_media(media="print")
        pressed = page.locator("button:visible:not(.n), select:visible, input:visible")
        assert pressed.count() == 0, (at, pressed.all_inner_texts())
        expect(page.locator(".printed")).to_contain_text(f"{base}{at} · as of event ")
        if "country" in at:
            assert page.locator("tr[data-row]").first.evaluate("row => getComputedStyle(row).display") == "table-row"
        page.emulate_media(media="screen")
    watched.close()


def test_brushing_the_timeline_chooses_a_period(browser: Any, site: Site) -> None:
    """Dragging over all of it chooses the days it shows; clicking a dot opens its incident; the list does the same."""
    base, ids, _ = site
    watched = Watched(browser, base, viewport={"width": 1280, "height": 900})
    page = watched.go("/incidents")
    brush(page, down=4)
    page.wait_for_url("**since=2031-04-30&until=2031-05-06")
    page = watched.go("/incidents?since=2031-05-01&until=2031-05-09")
    page.locator(".dots a").first.click()
    page.wait_for_url(f"**/incidents/{ids['incident']}")
    page = watched.go("/incidents?since=2031-05-01&until=2031-05-09")
    page.locator(".twin summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/incidents/{ids['incident']}")
    watched.close()


def test_brushing_bars_narrows_to_them(browser: Any, site: Site) -> None:
    """Where there are no dots (claims), the days of the bars under the brush are chosen."""
    base, _, _ = site
    watched = Watched(browser, base, viewport={"width": 1280, "height": 900})
    page = watched.go("/claims")
    brush(page, down=20)
    page.wait_for_url("**since=2031-05-03&until=2031-05-03")
    watched.close()


def test_rivers_are_on_the_map(browser: Any, site: Site) -> None:
    """Some of what is drawn has the colour of rivers, which the sea has not."""
    base, _, _ = site
    watched = Watched(browser, base, viewport={"width": 1280, "height": 900}, color_scheme="light")
    page = watched.go("/incidents")
    page.wait_for_selector(".map-ready")
    page.wait_for_timeout(500)
    river = """() => {
      const canvas = document.querySelector('#map canvas');
      const seen = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      let found = 0;
      for (let at = 0; at < seen.length; at += 4)
        if (seen[at] === 0xa9 && seen[at + 1] === 0xc8 && seen[at + 2] === 0xda && seen[at + 3] === 255) found += 1;
      return found; }"""
    assert page.evaluate(river) > 5
    watched.close()


def test_many_places_are_drawn_together_until_one_comes_near(browser: Any, tmp_path: Path) -> None:
    """Discs with numbers that add up to what was found; a click on one comes nearer and takes it apart."""
    make(tmp_path / "many.db", 400)
    with served(Config(ledger=str(tmp_path / "many.db"), by="Ines Okoye")) as base:
        watched = Watched(browser, base, viewport={"width": 1280, "height": 900})
        page = watched.go("/incidents")
        page.wait_for_selector(".cluster")
        numbers = [int(text.replace(",", "")) for text in page.locator(".cluster").all_inner_texts()]
        assert 10 < len(numbers) < 200 and max(numbers) > 1 and sum(numbers) <= 400
        page.locator(".cluster").first.click()
        for _wait in range(100):  # the policy of the page lets no condition be waited for in it
            nearer = [int(text.replace(",", "")) for text in page.locator(".cluster").all_inner_texts()]
            if max(nearer, default=0) < max(numbers):
                break
            page.wait_for_timeout(100)
        assert max(nearer, default=0) < max(numbers)
        watched.close()


def test_it_can_be_read_without_scripts(browser: Any, site: Site) -> None:
    """Lists, articles and decisions work with JavaScript off."""
    base, ids, path = site
    watched = Watched(browser, base, java_script_enabled=False)
    page = watched.go("/incidents?country=SY")
    assert page.locator("tr[data-row]").count() == 1
    watched.go(f"/review/{ids['two']}")
    page.click("button:has-text('Read correctly')")
    with Ledger.open(path, read_only=True) as ledger:
        assert [one.judgement.kind for one in ledger.judgements(ids["two"])] == ["accept"]
    watched.close()
