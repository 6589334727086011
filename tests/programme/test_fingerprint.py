"""The code of a document changes with every word and figure, and with nothing that saving a file anew changes."""

from __future__ import annotations

import io
import random
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cppp_cli.documents.read_back import passages
from cppp_cli.programme.fingerprint import ALPHABET, COUNTED, code, code_in, is_code, normal_words
from cppp_cli.programme.passage import KINDS, Passage

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("family-*/documents/*.md"))
REPORTS = [path for path in EXAMPLES if "cppp-report" in path.name]
SHAPE = re.compile(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}")


def read(path):
    return passages(path.name, path.read_bytes())


def text(words, kind="text", **more):
    return Passage("paragraph 1", words, kind, **more)


def row(*cells):
    return Passage("table 1, row 1", "\n".join(cells), "row", cells=cells)


def each_change(found, pattern, put):
    """The passages with one match changed, for every match in every counted passage and cell."""
    for at, passage in enumerate(found):
        if passage.kind not in COUNTED:
            continue
        for match in re.finditer(pattern, passage.text):
            words = passage.text[: match.start()] + put(match) + passage.text[match.end() :]
            cells = tuple(words.split("\n")) if passage.cells and words.count("\n") + 1 == len(passage.cells) else ()
            if not passage.cells or cells:
                yield (*found[:at], replace(passage, text=words, cells=cells), *found[at + 1 :])


# ------------------------------------------------------------------------------------- what always changes it


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_digit_counts(path):
    found = read(path)
    own = code(found)
    several = [*each_change(found, r"\d", lambda match: str((int(match[0]) + 3) % 10))]
    assert len(several) > 150
    assert all(code(one) != own for one in several)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_exchanged_name_and_every_not_counts(path):
    found = read(path)
    own = code(found)
    names = {"Isla": "Theo", "Theo": "Isla", "Daniel": "Leanne", "Leanne": "Daniel"}
    names |= {"Isaac": "Thea", "Thea": "Isaac", "David": "Leonie", "Leonie": "David"}
    several = [*each_change(found, rf"\b(?:{'|'.join(names)})\b", lambda match: names[match[0]])]
    several += each_change(found, r"\b[Nn]ot\s", lambda _: "")
    several += each_change(found, r"\b[Aa]greed\b", lambda match: f"not {match[0]}")
    assert several
    assert all(code(one) != own for one in several)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_order_counts(path):
    found = read(path)
    own = code(found)
    chance = random.Random(5)
    places = [at for at, passage in enumerate(found) if passage.kind in COUNTED]
    for _ in range(30):
        one, other = chance.sample(places, 2)
        if found[one].text != found[other].text:
            several = list(found)
            several[one], several[other] = several[other], several[one]
            assert code(several) != own


def test_it_counts_in_which_cell_words_stand():
    who_asks = (row("Daniel", "Leanne"), row("half of the holidays", ""))
    assert code(who_asks) != code((row("Daniel", "Leanne"), row("", "half of the holidays")))
    assert code((row("two", "three"),)) != code((row("two three", ""),)) != code((text("two three"),))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("no one", "noone"), ("18:00", "18.00"), ("10²", "102"), ("½", "1/2"), ("£5", "5"), ("may", "May"),
        ("not, Isla", "not Isla"), ("5 %", "5"), ("re-sign", "resign"), ("Zoe", "Zoë"), ("their", "there"),
        ("1.200", "1,200"), ("agreed.", "agreed?"), ("one two", "two one"), ("a b a", "a a b"),
    ],
)  # fmt: skip
def test_words_that_are_not_the_same(one, other):
    assert code((text(f"It is {one} here"),)) != code((text(f"It is {other} here"),))


@given(st.lists(st.text(max_size=20), max_size=6), st.lists(st.text(max_size=20), max_size=6))
@settings(max_examples=200, deadline=None)
def test_two_codes_are_the_same_only_for_the_same_words(one, other):
    before, after = ([text(words) for words in several] for several in (one, other))
    assert (code(before) == code(after)) == (normal_words(before) == normal_words(after))


# ------------------------------------------------------------------------------------- what never changes it


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_markdown_and_word_have_one_code(path):
    word = path.with_suffix(".docx")
    assert code(read(path)) == code(read(word))
    assert len(normal_words(read(path))) > 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Dad’s” words", "\"Dad's\" words"), ("10–12", "10-12"), ("10‑12", "10-12"), ("wait…", "wait..."),
        ("co\u00adoperate", "cooperate"), ("a\u00a0b", "a b"), ("a \n\t b", "a b"), ("Zoe\u0308", "Zoë"),
        ("\u200eIsla\u200f", "Isla"), ("oﬃcer", "officer"), (" a", "a"), ("−5", "-5"), ("\ufeffa\u200b", "a"),
    ],
)  # fmt: skip
def test_words_that_are_the_same(one, other):
    assert code((text(f"x {one} y"),)) == code((text(f"x {other} y"),))


def test_paragraphs_may_be_cut_and_numbered_otherwise():
    whole = (text("One two three.", number=1), text("Four.", number=2))
    cut = (text("One two", number=7), text("three. Four.", "quote"))
    assert code(whole) == code(cut)


def test_only_what_a_reader_reads_in_the_body_counts():
    own = code((text("words"),))
    for kind in KINDS:
        assert (code((text("words"), text("more", kind))) == own) == (kind not in COUNTED)
    assert set(KINDS) >= COUNTED == {"heading", "text", "quote", "row", "alternative text"}


def saved_again(data):
    """A Word file as a word processor might write it anew: everything that may change, changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), reverse=True):
            content = source.read(name).decode("utf-8") if name.endswith((".xml", ".rels")) else source.read(name)
            if name == "word/document.xml":
                content = written_anew(content)
            elif name == "docProps/core.xml":
                head, *entries, tail = re.split(r"(?=<(?:dc|cp|dcterms):(?!coreP))|(?=</cp:coreP)", content)
                content = head + "".join(reversed(entries)) + tail
                content = content.replace("<cp:revision>1<", "<cp:revision>9<")
            if name in {"word/document.xml", "word/styles.xml", "word/numbering.xml"}:
                content = re.sub(r'(w:styleId|pStyle w:val|basedOn w:val|next w:val)="(\w+)"', r'\1="S-\2"', content)
            target.writestr(name, content)
        target.writestr("docProps/app.xml", "<Properties><Application>Another</Application></Properties>")
    return out.getvalue()


def written_anew(document):
    chance = random.Random(7)

    def cut(match):
        words = match[1].replace("'", "’").replace("-", "\u2011") if chance.random() < 0.8 else match[1]
        middle = chance.randrange(len(words) + 1)
        while re.search(r"&[^;]*$", words[:middle]):
            middle -= 1
        first, second = words[:middle], words[middle:]
        second = second.replace("\u2011", '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">')
        return (
            f'<w:t xml:space="preserve">{first}</w:t></w:r><w:proofErr w:type="gramEnd"/>'
            '<w:bookmarkStart w:id="4" w:name="_Hlk1"/><w:bookmarkEnd w:id="4"/>'
            '<w:r w:rsidR="00A1B2C3" w:rsidRPr="00D4E5F6"><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:lastRenderedPageBreak/>'
            f'<w:softHyphen/><w:t xml:space="preserve">{second}</w:t>'
        )

    document = re.sub(r"<w:tblCaption[^>]*/>", "", document)  # LibreOffice drops them
    document = re.sub(r"<w:p>", '<w:p w:rsidR="00123456" w:rsidRDefault="00654321">', document)
    return re.sub(r"<w:t(?: [^>]*)?>([^<]+)</w:t>", cut, document)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_file_saved_again_has_the_same_words(path):
    data = path.with_suffix(".docx").read_bytes()
    again = saved_again(data)
    assert len(again) > len(data) * 0.9
    before, after = passages("a.docx", data), passages("a.docx", again)
    assert [p.text for p in before] != [p.text for p in after]
    assert [p.number for p in before if p.number] == [p.number for p in after if p.number]
    assert normal_words(before) == normal_words(after)
    assert code(before) == code(after)


# ------------------------------------------------------------------------------------- the code itself


def test_a_code_that_was_printed_stays_what_it_is():
    """Codes are on paper: a change of the rules must be meant."""
    found = (text("Isla’s plan", "heading"), text("On 4 May 2026, at 18:00.", number=1), row("Who", "Day"))
    assert normal_words(found) == (
        *("Isla's", "plan", "On", "4", "May", "2026,", "at", "18:00.", "Who", "\t", "Day", "\t"),
    )
    assert code(found) == "FEJD-K9TJ-KJ85"


@given(st.text())
def test_a_code_has_one_shape_and_checks_itself(words):
    own = code((text(words),))
    assert SHAPE.fullmatch(own)
    assert is_code(own)
    assert is_code(own.lower().replace("-", " "))


def test_every_wrong_symbol_is_noticed_and_nearly_every_exchange():
    swaps = missed = 0
    for number in range(60):
        own = code((text(f"document {number}"),)).replace("-", "")
        for at in range(len(own)):
            for symbol in ALPHABET.replace(own[at], ""):
                assert not is_code(own[:at] + symbol + own[at + 1 :])
        for at in range(len(own) - 1):
            if own[at] != own[at + 1]:
                swaps += 1
                missed += is_code(own[:at] + own[at + 1] + own[at] + own[at + 2 :])
    assert missed / swaps < 0.04
    assert not is_code("")
    assert not is_code(own[:-1])
    assert not is_code(own + own[0])
    assert not is_code("O" + own[1:])


def test_codes_spread_over_the_whole_alphabet():
    symbols = "".join(code((text(f"document {number}"),)).replace("-", "") for number in range(400))
    assert set(symbols) == set(ALPHABET)
    assert max(map(symbols.count, ALPHABET)) < 2 * len(symbols) / len(ALPHABET)
    assert len({code((text(f"document {number}"),)) for number in range(2000)}) == 2000


OWN = "R4HF-WWTQ-NZTN"


@pytest.mark.parametrize(
    "printed",
    [
        f"Version 4 · code {OWN}", f"code {OWN}\tPage # of #", f"Code: {OWN}.", f"Page 2 code {OWN.lower()}",
        "code R4HF\u2011WWTQ\u2011NZTN", "code R4HF – WWTQ – NZTN", f"the code\u00a0{OWN}", f"code “{OWN}”",
    ],
)  # fmt: skip
def test_the_code_is_found_however_it_was_saved(printed):
    assert code_in((text("words"), text(printed, "footer"))) == OWN
    assert code_in((text("words"), text(printed, "header"))) == OWN
    assert code_in((text("words"), text(printed))) == OWN
    assert code_in((text(printed), text("words"), text("Page 1", "footer"))) == ""


def test_the_footer_goes_before_anything_else():
    body, other = text("It corrects code 2222-3333-4444"), text(f"code {OWN}", "footer")
    assert code_in((body, other)) == OWN
    assert code_in((text("code 2222-3333-4444", "header"), body, other)) == OWN
    assert code_in((body,)) == "2222-3333-4444"
    for words in ("R4HF-WWTQ-NZTN", "code R4HF-WWTQ", "decode R4HF-WWTQ-NZTN", "code R4HF-WWTQ-NZTNA", ""):
        assert code_in((text(words, "footer"),)) == ""


def test_a_mistyped_code_is_found_and_told_from_a_wrong_one():
    found = code_in((text("code R4HF-WWTO-NZTN", "footer"),))
    assert found == "R4HF-WWTO-NZTN"
    assert not is_code(found)
    assert is_code(OWN)
