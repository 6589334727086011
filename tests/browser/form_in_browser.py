"""What a parent does with the form, done in a browser. Run by run.py; a plain run of pytest does not collect it."""

from __future__ import annotations

import importlib.resources
import json
import sys
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

sys.path.insert(0, str(Path(__file__).parent))

import finding

from cppp_cli import paths
from cppp_cli.documents import parent_form as page_of
from cppp_cli.programme import parent_form as pf
from cppp_cli.programme.clause import Blank, Clause
from cppp_cli.programme.clauses import options_for_parents
from cppp_cli.programme.clean import clean
from cppp_cli.programme.parent_form_file import fits, parse, tied_to
from cppp_cli.programme.topics import OFFERED

SWITCHES = [
    *("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES = {"phone": (320, 640), "desktop": (1280, 900)}
HOSTILE = [
    "\"double\" 'single' `back` & < > \\ / {{ 7 * 7 }} {% raw %} ${x}",
    "</script><script>window.hit = 1</script><img src=x onerror='window.hit = 1'>",
    "</textarea></title></style><!-- ]]> --> &amp; &lt;b&gt;",
    "👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿 Łódź Ynys Môn naïve",
    "مرحبا بالأطفال \u200f שלום \u202eturned\u202c round",
    "one\n\n  two\n\tthree \n",
    '"check": "00000000"\n}\n',
    "long " * 1000,
]
FIELDS = "textarea, select, input[type=text], input[type=checkbox], input[type=radio]"
STATE = f"""() => Array.from(document.querySelectorAll("{FIELDS}")).map(f =>
  [f.id, f.type === "checkbox" || f.type === "radio" ? f.checked : f.value])"""

OPTIONS = (
    Clause(
        "at-school",
        "handovers",
        "At school",
        "On school days {other} collects {children} from {place} at {time}, from {first}.",
        (
            Blank("other", "Which parent?", "side", "Sam"),
            Blank("children", "Which children?", "children", "Robin and Jo"),
            Blank("place", "Which place?", "text", "the library"),
            Blank("time", "What time?", "time", "15:30"),
            Blank("first", "From which day?", "date", "2026-09-04"),
        ),
    ),
    Clause("late", "handovers", "Being late", "Whoever is more than 15 minutes late sends a message.", ()),
)


def made_form(**changed):
    """A form of a made-up family, with everything a form can show."""
    values = {
        "side": "a",
        "first_name": "Rosa",
        "other_first_name": "Daniel",
        "children": (pf.FormChild("child-1", "Maya"), pf.FormChild("child-2", "Leo")),
        "topics": (
            pf.FormTopic("living_pattern", "Where the children live", ("which days", "from when")),
            pf.FormTopic("handovers", "Handovers", (), OPTIONS, ("They meet at the library.",), "I said Fridays."),
            pf.FormTopic("money", "Money"),
            pf.FormTopic("health", "Health", (), OPTIONS[1:]),
        ),
        "token": pf.new_token(b"a made-up form"),
        "made_on": date(2026, 8, 6),
    }
    return pf.FormFor(**values | changed)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=finding.browser(), args=SWITCHES)
        print(f"\nChromium {browser.version}")
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, tmp_path):
    """Opens a form from a file; every page keeps what it asked of a network and what went wrong in it."""
    contexts = []

    def open_form(form=None, size="desktop", *, html=None, script=True):
        form = form or made_form()
        file = tmp_path / page_of.file_name(form)
        file.write_text(html or page_of.render(form, [paths.shipped_templates()]), encoding="utf-8", newline="\n")
        width, height = SIZES[size]
        context = chromium.new_context(viewport={"width": width, "height": height}, java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        page.asked, page.wrong = [], []
        context.on("request", lambda request: page.asked.append(request.url))
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("console", lambda line: page.wrong.append(line.text) if line.type in {"error", "warning"} else None)
        page.goto(file.as_uri())
        page.where = file.as_uri()
        return page

    yield open_form
    for context in contexts:
        context.close()


def quiet(page):
    """Nothing was asked for but the file itself and what it saved, and nothing went wrong."""
    assert [url for url in page.asked if url != page.where and not url.startswith("blob:")] == []
    assert page.asked.count(page.where) >= 1
    assert page.wrong == []


def violations(page):
    axe = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert len(found["passes"]) > 10, "axe looked at nothing"
    return [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found["violations"]]


def saved(page, tmp_path, name="saved.json"):
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save my answers").last.press("Enter")
    target = tmp_path / name
    waiting.value.save_as(target)
    return waiting.value.suggested_filename, target


def fill(page, text):
    """Everything on the page: each box ticked, each field with the text, something different for one child."""
    page.get_by_role("button", name="Open all topics").click()
    for box in page.locator("[data-differs=child-2]").all():
        box.check()
    for box in page.locator("[data-option]:visible").all():
        box.check()
    for field in page.locator("input[type=text]:visible").all():
        field.fill(" ".join(text.split())[:300])
    for field in page.locator("textarea:visible").all():
        field.fill(text)
    for field in page.locator("select:visible").all():
        field.select_option("Daniel")
    for radio in page.locator("[data-told][value=yes]:visible").all():
        radio.check()
    page.locator("#t-money-declined").check()
    page.locator("#review-6").check()


def need_seen_focus(page):
    """What has the focus has a ring, and its beginning does not lie under the bar."""
    seen = page.evaluate("""() => {
      const field = document.activeElement, box = field.getBoundingClientRect(), style = getComputedStyle(field);
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
      return [style.outlineStyle, parseFloat(style.outlineWidth), field === top || field.contains(top)];
    }""")
    which = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    assert seen[0] == "solid", which
    assert seen[1] >= 2, which
    assert seen[2], which


def by_keyboard(page, wanted, most=400):
    """Go on with Tab until the field has the focus, which must be seen and not lie under the bar."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == wanted:
            break
    else:
        raise AssertionError(f"{wanted} is not reached by keyboard")
    need_seen_focus(page)


@pytest.mark.parametrize("size", SIZES)
def test_an_empty_form_has_no_barrier(opened, size):
    page = opened(size=size)
    assert page.locator(".bar").bounding_box()["height"] < 70, "the bar takes the room of the form"
    assert violations(page) == []
    page.get_by_role("button", name="Open all topics").click()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    quiet(page)


@pytest.mark.parametrize("size", SIZES)
def test_the_form_of_every_topic_with_its_ready_made_wording_has_no_barrier(opened, size):
    topics = tuple(pf.FormTopic(s.key, s.heading, s.prompts, options_for_parents(s.key)) for s in OFFERED)
    page = opened(made_form(topics=topics), size)
    page.get_by_role("button", name="Open all topics").click()
    for box in page.locator("[data-option]:visible").all()[::7]:
        box.check()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    quiet(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_filled_form_has_no_barrier(opened, size):
    page = opened(size=size)
    fill(page, "On Fridays.\nFrom school, at 15:30.")
    assert page.locator(".state", has_text="Not answered").count() == 0
    assert violations(page) == []
    page.get_by_role("button", name="Clear everything").click()
    assert page.locator("dialog").is_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    quiet(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_refused_file_has_no_barrier(opened, size, tmp_path):
    page = opened(size=size)
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}")
    page.locator("#load").set_input_files(wrong)
    page.locator("#load-error").wait_for()
    assert page.locator("#load").get_attribute("aria-invalid") == "true"
    assert violations(page) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_paper_form_has_no_barrier_on_the_screen(opened, size):
    html = page_of.render(made_form(), [paths.shipped_templates()])
    page = opened(size=size, html=html[: html.rindex("<script>")] + "</body></html>")
    assert page.locator("html").get_attribute("class") == "without-script"
    assert violations(page) == []


def test_axe_would_find_a_barrier(opened):
    html = page_of.render(made_form(), [paths.shipped_templates()])
    page = opened(html=html.replace("<label ", "<span ").replace("</label>", "</span>"))
    assert "label" in dict(violations(page))


def test_the_form_is_filled_in_by_keyboard_alone(opened, tmp_path):
    form = made_form()
    page = opened(form)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the skip link
    assert page.evaluate("document.activeElement.id") == "main"
    fold = page.locator("[data-topic=handovers] .fold")
    for _ in range(20):
        page.keyboard.press("Tab")
        if fold.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")
    assert fold.get_attribute("aria-expanded") == "true"
    by_keyboard(page, "t-handovers-0all-o-at-school")
    page.keyboard.press("Space")
    by_keyboard(page, "t-handovers-0all-o-at-school-other")
    page.keyboard.type("Dan")
    by_keyboard(page, "t-handovers-0all-o-at-school-place")
    page.keyboard.type("Oak Lane School")
    by_keyboard(page, "t-handovers-0all-asked")
    page.keyboard.type("Fridays, please.\nNot on Sundays.")
    by_keyboard(page, "t-handovers-0all-offered")
    page.keyboard.type("I could drive.")
    by_keyboard(page, "t-handovers-0all-told-yes")
    page.keyboard.press("ArrowDown")  # to "only my adviser"
    by_keyboard(page, "t-handovers-0all-court_asked")
    page.keyboard.type("Who collects.")
    by_keyboard(page, "t-handovers-child-1-differs")
    page.keyboard.press("Space")
    by_keyboard(page, "t-handovers-child-1-asked")
    page.keyboard.type("Maya walks.")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('[data-topic=money]') !== null"):
            break
    page.keyboard.press("Enter")
    by_keyboard(page, "t-money-declined")
    page.keyboard.press("Space")
    by_keyboard(page, "review-3")
    page.keyboard.press("Space")
    by_keyboard(page, "review-sooner")
    page.keyboard.type("A new school.")
    name, file = saved(page, tmp_path)
    assert name == page_of.answers_file(form) == f"my-answers-{form.token[:4]}.json"
    page.get_by_role("status").get_by_text(f"as {name}, in your downloads").wait_for()
    read = parse(file.read_bytes())
    tied_to(read, form.token, "a")
    fits(read, form)
    assert read.topics == (
        pf.TopicAnswers(
            "handovers",
            answers=(
                pf.Answer(
                    "",
                    (pf.ChosenOption("at-school", (("other", "Daniel"), ("place", "Oak Lane School"))),),
                    "Fridays, please.\nNot on Sundays.",
                    "I could drive.",
                    offer_may_be_told=False,
                    court_asked="Who collects.",
                ),
                pf.Answer("child-1", asked="Maya walks."),
            ),
        ),
        pf.TopicAnswers("money", declined=True),
    )
    positions = pf.as_positions(read, form)
    assert [(p.topic, p.children, p.declined, p.offer_may_be_told) for p in positions] == [
        ("handovers", (), False, False),
        ("handovers", ("child-1",), False, False),
        ("money", (), True, False),
    ]
    assert positions[0].clauses == (
        "On school days Daniel collects Leo from Oak Lane School at [What time?], from [From which day?].",
    )
    assert read.review == pf.ReviewWish(3, "", "A new school.")
    assert read.anything_else == ""
    quiet(page)


def test_going_back_by_keyboard_the_focus_never_hides_under_the_bar(opened, tmp_path):
    page = opened(size="phone")
    page.get_by_role("button", name="Open all topics").click()
    saved(page, tmp_path)
    page.get_by_role("status").get_by_text("in your downloads").wait_for()
    page.get_by_role("button", name="Clear everything").focus()
    steps = 0
    while not page.evaluate("document.activeElement.id === 'load'"):
        page.keyboard.press("Shift+Tab")
        need_seen_focus(page)
        steps += 1
    assert steps > 40


@pytest.mark.parametrize("text", HOSTILE, ids=["marks", "script", "ends", "emoji", "turning", "lines", "check", "long"])
def test_whatever_is_typed_comes_back(opened, tmp_path, text):
    form = made_form()
    page = opened(form)
    fill(page, text)
    before = page.evaluate(STATE)
    _, file = saved(page, tmp_path)
    read = parse(file.read_bytes())
    fits(read, form)
    whole = {answer.child: answer for entry in read.topics for answer in entry.answers if entry.topic == "handovers"}
    assert set(whole) == {"", "child-2"}
    for answer in whole.values():
        assert answer.asked == answer.offered == answer.court_asked == clean(text)
        assert answer.offer_may_be_told is True
        assert dict(answer.chosen[0].typed)["place"] == clean(" ".join(text.split())[:300])
    assert [entry.topic for entry in read.topics] == ["living_pattern", "handovers", "money", "health"]
    assert read.topics[2].declined
    assert read.review.words == read.review.sooner == read.anything_else == clean(text)
    again = opened(form)
    again.locator("#load").set_input_files(file)
    again.get_by_text("Your answers are back on this page.").wait_for()
    # What stands in a topic that is declined, or on a child who does not differ, is meant to stay out of the file.
    after = dict(again.evaluate(STATE))
    lost = [name for name, value in before if after[name] != value]
    assert all(name.startswith("t-money-") for name in lost)
    _, second = saved(again, tmp_path, "second.json")
    first_said, second_said = (json.loads(path.read_bytes())["answers"] for path in (file, second))
    assert first_said == second_said
    assert page.evaluate("window.hit") is None
    quiet(page)
    quiet(again)


def test_what_the_officer_passes_in_is_text_and_nothing_else(opened):
    """Also in names and headings; and what a page cannot load it cannot send."""
    seen = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self):
            seen.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}/"
    evil = f"</script></p><script>window.hit=1</script><img src='{there}img' onerror='window.hit=1'>{{{{ 7*7 }}}}"
    topic = pf.FormTopic(
        "money", evil, (evil,), (Clause("x", "money", evil, evil.replace("{", "("), ()),), (evil,), evil
    )
    form = made_form(first_name=evil, other_first_name=evil, children=(pf.FormChild("c", evil),), topics=(topic,))
    page = opened(form)
    assert page.locator(".said").first.text_content() == evil
    assert page.locator("h1").inner_text().endswith(evil)
    assert page.locator("img").count() == 0
    assert page.evaluate("window.hit") is None
    quiet(page)
    refused = page.evaluate(
        "there => fetch(there + 'fetch').then(() => 'went out', () => 'refused')",
        there,
    )
    page.evaluate("there => { const i = new Image(); i.src = there + 'late'; document.body.append(i); }", there)
    page.evaluate("there => navigator.sendBeacon && navigator.sendBeacon(there + 'beacon', 'x')", there)
    page.wait_for_timeout(300)
    server.shutdown()
    server.server_close()
    assert refused == "refused"
    assert seen == []
    assert any("Content Security Policy" in line for line in page.wrong)


def test_a_request_would_be_noticed(opened):
    html = page_of.render(made_form(), [paths.shipped_templates()])
    loose = html.replace("http-equiv=", "data-was=").replace("</main>", "<img src='http://127.0.0.1:9/x.png'></main>")
    page = opened(html=loose)
    page.wait_for_timeout(200)
    with pytest.raises(AssertionError):
        quiet(page)


def test_nothing_is_kept_in_the_browser(opened, tmp_path):
    page = opened()
    fill(page, "Kept nowhere")
    saved(page, tmp_path)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    page.reload()
    assert all(value in ("", False) for _, value in page.evaluate(STATE))


def test_a_damaged_file_and_another_forms_are_refused_and_leave_the_page_as_it_is(opened, tmp_path):
    page = opened()
    fill(page, "Mine")
    _, file = saved(page, tmp_path)
    before = page.evaluate(STATE)
    words = file.read_text(encoding="utf-8")
    other = made_form(side="b")
    other_page = opened(other)
    fill(other_page, "Theirs")
    _, others = saved(other_page, tmp_path, "other.json")
    for number, text in enumerate((words.replace("Mine", "Mind", 1), words[:-20], others.read_text(encoding="utf-8"))):
        bad = tmp_path / f"bad-{number}.json"
        bad.write_text(text, encoding="utf-8")
        page.locator("#load").set_input_files(bad)
        page.locator("#load-error").wait_for()
        assert page.evaluate(STATE) == before
        page.locator("#load").set_input_files([])
    page.locator("#load").set_input_files(file)
    page.locator("#load-error").wait_for(state="hidden")


def test_clearing_asks_first_and_unsaved_answers_hold_the_page(opened):
    page = opened()
    fill(page, "Not saved")
    page.get_by_role("button", name="Clear everything").click()
    page.keyboard.press("Escape")
    assert page.locator("#t-handovers-0all-asked").input_value() == "Not saved"
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"]
    assert not page.is_closed()
    page.get_by_role("button", name="Clear everything").click()
    page.get_by_role("button", name="Yes, clear everything").click()
    assert all(value in ("", False) for _, value in page.evaluate(STATE))
    with page.expect_event("close", timeout=5000):
        page.close(run_before_unload=True)


def test_leaving_clears_the_screen_and_the_way_back(opened):
    page = opened()
    fill(page, "Someone came in")
    page.locator("#leave").click()
    page.wait_for_url("about:blank")
    assert page.locator("body").inner_text() == ""
    page.go_back()
    assert page.url == "about:blank"


def test_no_single_key_leaves_the_page(opened):
    page = opened()
    fill(page, "Still here")
    page.locator("#t-handovers-0all-asked").focus()
    for key in ("Escape", "Shift", "Control", "Alt", "F2", "Home"):
        page.keyboard.press(key)
    assert page.url == page.where
    assert page.locator("#t-handovers-0all-asked").input_value() == "Still here"


def test_what_was_typed_is_printed_whole(opened, tmp_path):
    page = opened()
    long = "\n".join(f"line number {n}" for n in range(60))
    page.get_by_role("button", name="Open all topics").click()
    page.locator("#t-handovers-0all-asked").fill(long)
    page.locator("#t-handovers-0all-o-at-school").check()
    page.locator("#t-handovers-0all-o-at-school-place").fill("Oak Lane School")
    page.locator("#t-handovers-0all-o-at-school-other").select_option("Daniel")
    wording = "On school days Daniel collects Maya and Leo from Oak Lane School at [What time?]"
    assert wording in page.locator("#t-handovers-0all-o-at-school-words").inner_text()
    page.pdf(path=tmp_path / "filled.pdf")
    words = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "filled.pdf").pages).split())
    assert all(line in words for line in long.split("\n"))
    assert wording in words
    assert "Save my answers" not in words


def test_without_script_it_is_a_paper_form(opened, tmp_path):
    form = made_form()
    page = opened(form, script=False)
    for part in page.locator(
        "button:visible, textarea:visible, input[type=file]:visible, input[type=text]:visible, select:visible"
    ).all():
        raise AssertionError(f"it does nothing and is shown: {part.text_content()}")
    assert page.get_by_text("Print this page, write your answers on the lines").is_visible()
    assert page.locator(".topic .line:visible").count() >= 8 * len(form.topics)
    for topic in form.topics:
        assert page.get_by_role("heading", name=topic.label, exact=True).is_visible()
    page.pdf(path=tmp_path / "paper.pdf", prefer_css_page_size=True)
    sheets = PdfReader(tmp_path / "paper.pdf").pages
    words = " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())
    labels = [
        "What I ask for",
        "What I could offer",
        "May Daniel be told about this offer?",
        "I would rather not say anything",
    ]
    labels += ["What I ask the court to decide, if we do not agree", "Should something be different for one child?"]
    for label in labels:
        assert words.count(label) == len(form.topics), label
    for topic in form.topics:
        assert topic.label in words
        for option in topic.options:
            assert option.label in words
            assert all(blank.ask in words for blank in option.blanks if blank.kind != "children")
    for text in ("They meet at the library.", "I said Fridays.", "not legally binding", "999", "Maya", "Leo", "Date:"):
        assert text in words
    assert "Save my answers" not in words
    assert all(abs(float(sheet.mediabox.width) - 595) < 2 for sheet in sheets), "not A4"
    quiet(page)
