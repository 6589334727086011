"""The page a parent gets, read as HTML: nothing from elsewhere, nothing unescaped, nothing that was not passed in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from cppp_cli import paths
from cppp_cli.documents import parent_form as page_of
from cppp_cli.errors import TemplateError
from cppp_cli.programme import parent_form as pf
from cppp_cli.programme.clause import Blank, Clause
from cppp_cli.programme.clauses import options_for_parents
from cppp_cli.programme.parent_form_file import MOST_BYTES
from cppp_cli.programme.topics import OFFERED

TOKEN = pf.new_token(b"made-up bytes")
VOID = {"meta", "link", "input", "br", "img", "hr", "base", "source"}


class Page(HTMLParser):
    """The elements of a page with their attributes, the text in each, and whether all were closed."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.text, self.astray = [], [], {}, []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute of {tag} stands twice"
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, len(self.elements) - 1))

    def handle_endtag(self, tag):
        if not self.open or self.open[-1][0] != tag:
            self.astray.append(tag)
            return
        self.open.pop()

    def handle_data(self, data):
        for _, number in self.open[-4:]:  # the whole page's text again for each of its frames would take long
            self.text[number] = self.text.get(number, "") + data

    def all(self, tag):
        return [(attrs, self.text.get(n, "")) for n, (name, attrs) in enumerate(self.elements) if name == tag]

    def with_class(self, name):
        return [
            self.text.get(n, "") for n, (_, a) in enumerate(self.elements) if name in (a.get("class") or "").split()
        ]


CLAUSE = Clause(
    "meet",
    "handovers",
    "A place to meet",
    "{who} brings {children} to {place} from {first}.",
    (
        Blank("who", "Which parent?", "side", "Sam"),
        Blank("children", "Which children?", "children", "Jo"),
        Blank("place", "Which place?", "text", "the library"),
        Blank("first", "From when?", "date", "2026-09-04"),
    ),
)


def made_form(**changed):
    values = {
        "side": "a",
        "first_name": "Sam",
        "other_first_name": "Alex",
        "children": (pf.FormChild("child-1", "Robin"), pf.FormChild("child-2", "Jo")),
        "topics": (
            pf.FormTopic("handovers", "Handovers", ("where", "when"), (CLAUSE,), ("We meet at noon.",), "I said noon."),
            pf.FormTopic("own-topic", "The dog"),
        ),
        "token": TOKEN,
        "made_on": date(2026, 8, 6),
    }
    return pf.FormFor(**values | changed)


def render(form=None):
    return page_of.render(form or made_form(), [paths.shipped_templates()])


def everything(size=2):
    children = tuple(pf.FormChild(f"child-{n}", name) for n, name in enumerate(("Robin", "Jo", "Kit")[:size], 1))
    topics = tuple(pf.FormTopic(s.key, s.heading, s.prompts, options_for_parents(s.key)) for s in OFFERED)
    return made_form(children=children, topics=topics)


def test_the_page_is_one_file_that_asks_for_nothing():
    html = render(everything())
    page = Page(html)
    for tag, attrs in page.elements:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "video", "audio", "source"}
        assert not {"src", "srcset", "action", "formaction", "style", "background", "poster", "ping"} & attrs.keys()
        assert not [name for name in attrs if name.startswith("on")]
        assert attrs.get("href", "#").startswith(("#", "about:blank"))
    assert "http" not in html.replace('http-equiv="Content-Security-Policy"', "")
    assert not re.search(
        r"url\(|@import|fetch\(|XMLHttpRequest|WebSocket|sendBeacon|localStorage|sessionStorage|cookie", html
    )


def test_the_policy_allows_this_style_and_this_script_and_nothing_else():
    page = Page(render())
    (policy,) = [a["content"] for a, _ in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    style = [text for _, text in page.all("style")]
    script = [text for attrs, text in page.all("script") if attrs.get("type") != "application/json"]
    assert len(style) == len(script) == 1

    def digest(text):
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    assert rules == {
        "default-src": "'none'",
        "style-src": digest(style[0]),
        "script-src": digest(script[0]),
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_every_element_is_closed_and_every_reference_leads_somewhere():
    for size in (1, 3):
        page = Page(render(everything(size)))
        assert page.astray == []
        assert page.open == []
        ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
        assert len(set(ids)) == len(ids)
        for _, attrs in page.elements:
            for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
                assert set((attrs.get(name) or "").split()) <= set(ids)


def test_every_field_has_a_label_and_no_two_labels_of_text_fields_are_the_same():
    page = Page(render(everything()))
    labels = {attrs["for"]: text for attrs, text in page.all("label")}
    fields = [a for tag in ("input", "textarea", "select") for a, _ in page.all(tag)]
    assert len(fields) > 500
    assert {attrs["id"] for attrs in fields} == set(labels)
    assert all(attrs["autocomplete"] == "off" for attrs in fields)
    spoken = [" ".join(labels[attrs["id"]].split()) for attrs, _ in page.all("textarea")]
    assert len(set(spoken)) == len(spoken)


def test_headings_do_not_leap():
    levels = [int(tag[1]) for tag, _ in Page(render(everything())).elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


HOSTILE = "</script></style></textarea>\"'><b onmouseover=alert(1)>&amp; {{ 7*7 }} {% x %} \u202e <!-- "


def test_whatever_is_passed_in_is_text():
    clause = Clause(
        "meet", "x", HOSTILE, HOSTILE.replace("{", "(") + " {place}", (Blank("place", HOSTILE, "text", HOSTILE),)
    )
    topic = pf.FormTopic("x", HOSTILE, (HOSTILE,), (clause,), (HOSTILE,), HOSTILE)
    names = {"first_name": HOSTILE, "other_first_name": HOSTILE}
    page = Page(render(made_form(children=(pf.FormChild("c", HOSTILE),), topics=(topic,), **names)))
    assert page.astray == []
    assert page.open == []
    assert "b" not in {tag for tag, _ in page.elements}
    shown = HOSTILE.replace("\u202e", "")
    assert page.with_class("said") == [shown, shown]
    assert shown in page.all("h1")[0][1]
    clean = Page(
        render(
            made_form(
                children=(pf.FormChild("c", "Jo"),), topics=(pf.FormTopic("x", "X", ("p",), (clause,), ("a",), "b"),)
            )
        )
    )
    assert [tag for tag, _ in page.elements] == [tag for tag, _ in clean.elements], "words made elements"


def test_the_facts_for_the_script_cannot_end_their_element():
    facts = page_of._facts(made_form())
    assert not set("<>&'") & set(facts)
    (text,) = [text for attrs, text in Page(render()).all("script") if attrs.get("type") == "application/json"]
    assert json.loads(text) == {
        "form": "cppp-parent-form",
        "version": 1,
        "token": TOKEN,
        "side": "a",
        "file": f"my-answers-{TOKEN[:4]}.json",
        "most_bytes": MOST_BYTES,
    }


def test_only_what_was_passed_in_is_shown():
    page = Page(render())
    assert page.with_class("said") == ["We meet at noon.", "I said noon."]
    bare = render(made_form(topics=(pf.FormTopic("handovers", "Handovers"),)))
    assert "What you have both said yes to" not in bare
    assert "What you said before" not in bare


def test_swapping_the_two_parents_changes_who_is_told():
    one, other = render(), render(made_form(first_name="Alex", other_first_name="Sam"))
    assert "May Alex be told about this offer?" in one
    assert "May Sam be told about this offer?" in other
    assert "May Sam be told" not in one
    assert "This form is for Alex." in other


def test_ready_made_wording_names_the_children_it_is_for_and_asks_for_the_rest():
    page = Page(render())
    words = [" ".join(text.split()) for text in page.with_class("wording")]
    assert words == [
        f"[Which parent?] brings {names} to [Which place?] from [From when?]."
        for names in ("Robin and Jo", "Robin", "Jo")
    ]
    assert "Which children?" not in render()
    choices = [text for attrs, text in page.all("option") if attrs["value"]]
    assert choices == ["Sam", "Alex"] * 3
    assert "For example: Friday 4 September 2026" in render()


def test_one_child_is_not_asked_about_differences():
    html = render(made_form(children=(pf.FormChild("only", "Robin"),)))
    assert "different for one child" not in html
    assert "For all the children" not in html
    assert sum("data-answer" in attrs for _, attrs in Page(html).elements) == len(made_form().topics)


def test_without_script_there_is_nothing_to_press_and_a_line_for_every_field_of_words():
    """The style hides what carries the class "screen"; every button and field of text must stand inside one."""
    page = Page(render(everything()))
    shown = []

    class Walk(Page):
        def handle_starttag(self, tag, attrs):
            hidden = any("screen" in (self.elements[n][1].get("class") or "").split() for _, n in self.open)
            found = dict(attrs)
            dead = tag in {"button", "textarea", "select"} or (tag == "input" and found.get("type") in {"file", "text"})
            inside = {t for t, _ in self.open}
            if dead and not hidden and "dialog" not in inside and "screen" not in (found.get("class") or "").split():
                shown.append((tag, found))
            super().handle_starttag(tag, attrs)

    Walk(render(everything()))
    assert shown == []
    assert len(page.with_class("lines")) >= len(page.all("textarea")) > 0


def test_the_files_are_named_after_nobody():
    form = made_form(first_name="Samantha", other_first_name="Alexander")
    assert page_of.file_name(form) == f"form-a-{TOKEN[:4]}.html"
    assert page_of.answers_file(form) == f"my-answers-{TOKEN[:4]}.json"


def test_an_offices_own_template_is_used_and_a_mistake_in_it_is_told(tmp_path):
    shipped = paths.shipped_templates()
    (tmp_path / page_of.TEMPLATE).write_text("<p>{{ form.first_name }}</p>\n{{ form.nothing }}", encoding="utf-8")
    with pytest.raises(TemplateError, match=r"parent_form\.html\.j2, line 2: .*'nothing'"):
        page_of.render(made_form(), [tmp_path, shipped])
    (tmp_path / page_of.TEMPLATE).write_text("<p>{{ form.first_name }}</p>", encoding="utf-8")
    assert page_of.render(made_form(first_name="S<m"), [tmp_path, shipped]) == "<p>S&lt;m</p>"


@pytest.mark.parametrize("name", [page_of.STYLE, page_of.SCRIPT])
def test_a_style_or_script_that_would_end_early_is_refused(tmp_path, name):
    kind = "style" if name.endswith("css") else "script"
    (tmp_path / name).write_text(f"/* </{kind}><b> */", encoding="utf-8")
    with pytest.raises(TemplateError, match=name.replace(".", r"\.")):
        page_of.render(made_form(), [tmp_path, paths.shipped_templates()])


def test_a_missing_style_is_told(tmp_path):
    for name in (page_of.TEMPLATE, page_of.SCRIPT):
        (tmp_path / name).write_bytes((paths.shipped_templates() / name).read_bytes())
    with pytest.raises(TemplateError, match=r"parent_form\.css"):
        page_of.render(made_form(), [tmp_path])


def test_a_colour_never_stands_alone_and_every_pair_can_be_read():
    """WCAG's contrast of every text colour on the ground it stands on, worked out from the style itself."""
    style = (paths.shipped_templates() / page_of.STYLE).read_text(encoding="utf-8")
    named = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", style))

    def light(colour):
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one, other):
        high, low = sorted((light(one), light(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    white = "#ffffff"
    for text in ("ink", "soft", "deep", "warn"):
        for ground in (white, named["wash"]):
            assert contrast(named[text], ground) >= 4.5, (text, ground)
    for ground in (named["deep"], named["warn"]):
        assert contrast(white, ground) >= 4.5
    assert contrast(named["ink"], named["sun"]) >= 3, "the two rings of the focus"
