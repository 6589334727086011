"""Months in a Word file: a real table each, three abreast, shaded by the letter; and the page that children get."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from cppp_cli.documents import one_page
from cppp_cli.documents.md2docx import to_docx
from cppp_cli.documents.md_blocks import read_blocks
from cppp_cli.documents.mdenv import render
from cppp_cli.documents.shown_plan import PartOfWeeks, ToldToChildren
from cppp_cli.errors import TemplateError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
TEMPLATES = Path(__file__).parents[2] / "templates"
HEAD = "| Mon | Tue | Wed | Thu | Fri | Sat | Sun |\n| :-: | :-: | :-: | :-: | :-: | :-: | :-: |\n"


def month(title, weeks="| 1 A | 2 B | 3 O | 4 | 5 A | 6 B | 7 O |\n"):
    return f'<!-- style: caption -->\n{title}\n\n<!-- table: calendar caption="{title}" -->\n{HEAD}{weeks}\n'


@pytest.fixture
def document(house_style, fields, parts):
    return lambda markdown, **more: parts(to_docx(markdown, house_style, replace(fields, **more)))


def tables(xml):
    return list(xml["word/document.xml"].iter(f"{W}tbl"))


def words(element):
    return "".join(text.text or "" for text in element.iter(f"{W}t"))


# ---------------------------------------------------------------------------------- the hint


def test_a_month_is_read_as_a_calendar():
    _, table = read_blocks(month("May 2027"))
    assert (table.calendar, table.facts, table.caption) == (True, False, "May 2027")
    assert [cell[0].text for cell in table.rows[0]] == ["1 A", "2 B", "3 O", "4", "5 A", "6 B", "7 O"]


@pytest.mark.parametrize("weeks", ["| 1 A | 2 B | 3 C | 4 | 5 | 6 | 7 |\n", "| one | | | | | | |\n", "| 1A | | | | | | |\n",
                                   "| 123 A | | | | | | |\n", "| 1 AB | | | | | | |\n"])  # fmt: skip
def test_a_calendar_with_anything_else_in_a_square_is_refused(weeks):
    with pytest.raises(TemplateError, match="calendar"):
        read_blocks(month("May 2027", weeks))


def test_a_calendar_of_another_width_is_refused():
    with pytest.raises(TemplateError, match="seven"):
        read_blocks("<!-- table: calendar -->\n| Mon | Tue |\n|---|---|\n| 1 A | 2 B |\n")


# ---------------------------------------------------------------------------------- the table


def test_each_square_has_its_letter_and_the_shade_of_that_letter(document):
    """The letter always; the shade tells A, B and others apart in a court's grey print."""
    (table,) = tables(document(month("May 2027")))
    squares = {}
    for cell in list(table.iter(f"{W}tr"))[1].iter(f"{W}tc"):
        shade = cell.find(f"{W}tcPr/{W}shd")
        squares.setdefault(words(cell)[2:], set()).add(None if shade is None else shade.get(f"{W}fill"))
    assert set(squares) == {"A", "B", "O", ""}
    assert squares["A"] == squares[""] == {None}
    greys = [int(next(iter(squares[letter]))[:2], 16) for letter in "BO"]
    assert 255 - greys[0] > 25
    assert greys[0] - greys[1] > 25
    assert all(len({fill[n : n + 2] for n in (0, 2, 4)}) == 1 for letter in "BO" for fill in squares[letter]), "greys"


def test_nothing_else_is_shaded(document):
    xml = document("| a | b |\n|---|---|\n| 1 A | 2 B |\n")
    assert not list(xml["word/document.xml"].iter(f"{W}shd"))


def test_each_month_is_a_table_of_its_own_with_caption_and_repeated_header(document):
    found = tables(document("".join(month(f"Month {n}") for n in range(12))))
    assert [t.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") for t in found] == [f"Month {n}" for n in range(12)]
    for table in found:
        head, *rest = table.iter(f"{W}tr")
        assert words(head) == "MonTueWedThuFriSatSun"
        assert head.find(f"{W}trPr/{W}tblHeader") is not None
        assert not [row for row in rest if row.find(f"{W}trPr/{W}tblHeader") is not None]
        assert not list(table.iter(f"{W}tbl"))[1:], "no table inside another"


# ---------------------------------------------------------------------------------- three abreast


def sections(xml):
    """Each part of the document: how many columns it has, how it begins, and the words of its paragraphs."""
    found, held = [], []
    body = xml["word/document.xml"].find(f"{W}body")
    for element in body:
        settings = element if element.tag == f"{W}sectPr" else element.find(f"{W}pPr/{W}sectPr")
        held.append(words(element))
        if settings is not None:
            columns, kind = settings.find(f"{W}cols"), settings.find(f"{W}type")
            count = int(columns.get(f"{W}num", "1")) if columns is not None else 1
            heads = [r.get(f"{R}id") for r in settings.findall(f"{W}headerReference")]
            foots = [r.get(f"{R}id") for r in settings.findall(f"{W}footerReference")]
            found.append(SimpleNamespace(columns=count, begins=None if kind is None else kind.get(f"{W}val"),
                                         words=[w for w in held if w], references=(heads, foots)))  # fmt: skip
            held = []
    return found


MONTHS = "".join(month(f"Month {n}") for n in range(13))


@pytest.mark.parametrize(
    ("markdown", "columns"),
    [
        ("Before.\n\nAfter.\n", [1]),
        (f"Before.\n\n{MONTHS}", [1, 3]),
        (f"Before.\n\n{MONTHS}\nAfter.\n", [1, 3, 1]),
        (f"Before.\n\n{MONTHS}\n<!-- page: new -->\n## Two\n\n{MONTHS}\nAfter.\n", [1, 3, 1, 3, 1]),
        (f"| a |\n|---|\n| b |\n\n{MONTHS}\n| a |\n|---|\n| b |\n", [1, 3, 1]),
    ],
)
def test_only_months_stand_in_columns(document, audit, house_style, fields, markdown, columns):
    found = sections(document(markdown))
    assert [one.columns for one in found] == columns
    assert [one.begins for one in found[1:]] == ["continuous"] * (len(columns) - 1)
    assert len({str(one.references) for one in found}) == 1, "header and footer are the same in every part"
    assert found[0].references[0]
    for one in found:
        assert all(re.fullmatch(r"Month \d+|MonTueWed.*", line) for line in one.words) == (one.columns == 3)
    assert audit(to_docx(markdown, house_style, fields)) == []


def test_thirteen_months_stand_in_columns_of_five_five_and_three(document):
    """Down each column in the order of the year, so that reading aloud goes from month to month."""
    xml = document(f"Before.\n\n{MONTHS}")
    begins = [words(p) for p in xml["word/document.xml"].iter(f"{W}p")
              if any(b.get(f"{W}type") == "column" for b in p.iter(f"{W}br"))]  # fmt: skip
    assert begins == ["Month 5", "Month 10"]


def test_the_months_fit_their_columns(document):
    xml = document(f"Before.\n\n{MONTHS}")
    settings = xml["word/document.xml"].find(f"{W}body/{W}sectPr")
    page, margins = settings.find(f"{W}pgSz"), settings.find(f"{W}pgMar")
    width = int(page.get(f"{W}w")) - int(margins.get(f"{W}left")) - int(margins.get(f"{W}right"))
    column = (width - 2 * int(settings.find(f"{W}cols").get(f"{W}space"))) / 3
    for table in tables(xml):
        assert sum(int(c.get(f"{W}w")) for c in table.iter(f"{W}gridCol")) <= column
        size = min(int(s.get(f"{W}val")) for s in table.iter(f"{W}sz") if s.get(f"{W}val"))
        assert size >= 17, "half points: smaller letters could not be read"


# ---------------------------------------------------------------------------------- the page for children


WORDS = "You can call from either home, every day, when it is not too late to."


def context(told=3, promises=3, weeks=2, *, words=WORDS, alone=("",), promise="We will both come to your play."):
    """What the children's page says: ``alone`` names the child each calendar is for, or nobody for all."""

    def calendar(who):
        are = f"{who} is" if who else "you are"
        each = f"On Friday and Saturday nights {are} with Daniel. On all the other nights {are} with Leanne."
        parts = tuple(PartOfWeeks(f"Week {n}", (each,)) for n in range(1, weeks + 1))
        return ToldToChildren(who, date(2026, 9, 7), weeks, parts, other_days=True)

    return {
        "doc": SimpleNamespace(title="Our plan", status="DRAFT"),
        "author": SimpleNamespace(full_name="Ruth Adeyemi"),
        "children": ("Isla", "Theo"),
        "adults": ("Daniel", "Leanne"),
        "calendars": tuple(calendar(who) for who in alone),
        "told": (("", words),) * told,
        "promises": (promise,) * promises,
        "review_on": date(2026, 12, 7),
    }


def page(count, shape):
    return render("child_plan.md.j2", context(**shape(count)), [TEMPLATES])


def test_a_page_for_children_shows_no_case(document):
    page = document("# Our plan\n\nWords.\n", for_children=True, case_number="ZE26P99", classification="SECRET")
    assert not [name for name in page if name.startswith("word/header")]
    body = "".join("".join(part.itertext()) for name, part in page.items() if name.startswith("word/"))
    assert "ZE26P99" not in body
    assert "SECRET" not in body
    assert "Page " in body, "the footer stays"
    other = document("# Our plan\n\nWords.\n", case_number="ZE26P99")
    assert [name for name in other if name.startswith("word/header")]


SHAPES = {
    "long words told": lambda n: {"told": n},
    "promises": lambda n: {"told": 0, "promises": n},
    "a calendar for each": lambda n: {"told": n, "promises": 2, "alone": ("Isla", "Theo")},
    "three calendars of many weeks": lambda n: {"told": 0, "weeks": n, "alone": ("Isla", "Theo", "Wren")},
    "one calendar of many weeks": lambda n: {"told": 0, "promises": 0, "weeks": n},
    "wide letters": lambda n: {"told": n, "words": "MUM WILL WARM MOM'S MEWS AND WE WILL SWIM MMMM WWWW. " * 2},
    "narrow letters": lambda n: {"told": n, "words": "if it is little, I will fill it till it is full. " * 3},
    "several lines each": lambda n: {"told": n, "words": "Monday: Mum.\nTuesday: Dad.\nAnd then Mum again."},
    "a word without end": lambda n: {"told": 1, "words": "ring" * 30 * n},
    "a long paragraph": lambda n: {"told": 1, "words": WORDS * n},
    "no calendar": lambda n: {"told": n, "promises": 1, "alone": ()},
}
"""Pages of many kinds, each the longer the higher the number."""


def fullest(shape):
    """The highest number of which nobody is warned."""
    found = next(n for n in range(1, 99) if one_page.too_long(page(n, shape)))
    assert all(one_page.too_long(page(n, shape)) for n in range(found, found + 8)), "once too long, always too long"
    return found - 1


def test_everything_on_the_page_is_counted():
    """Headings, what stands before the weeks, and all lines: a page fills whichever of them there is more of."""
    assert not one_page.too_long(page(3, SHAPES["long words told"]))
    for name, shape in SHAPES.items():
        assert 0 < fullest(shape) < 60, name
    two, one = (
        fullest(lambda n, alone=alone: {"told": n, "promises": 0, "alone": alone})
        for alone in (("Isla", "Theo"), ("",))
    )
    assert two < one
    headings = "# Our plan\n\n" + "## Words\n\n- Words.\n\n" * 11
    assert not one_page.too_long(headings)
    assert one_page.too_long(headings + "## Words\n\n- Words.\n\n" * 3)
    assert one_page.too_long("| a | b |\n| --- | --- |\n" + "| c | d |\n" * 40), "an office's own template"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_the_fullest_page_that_is_not_warned_of_is_one_page(house_style, fields, tmp_path):
    """Laid out by a word processor, because nothing else knows where a page ends."""
    settings = replace(fields, for_children=True)
    files = []
    for number, shape in enumerate(SHAPES.values()):
        files.append(tmp_path / f"{number}.docx")
        files[-1].write_bytes(to_docx(page(fullest(shape), shape), house_style, settings))
    command = [
        "soffice",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", tmp_path, *files], check=True, capture_output=True, timeout=120)
    pages = [len(re.findall(rb"/Type\s*/Page\b", file.with_suffix(".pdf").read_bytes())) for file in files]
    assert dict(zip(SHAPES, pages, strict=True)) == dict.fromkeys(SHAPES, 1)
