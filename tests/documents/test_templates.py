"""The shipped templates, read back: who is who, the same for both sides, and whatever was typed as it was typed.

What a document should say is worked out here from the answers files alone, and the document is read by the two
readers of ``test_parity.py``.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

FAMILIES = ("family-1", "family-2")
PROMPTS = {
    "obstacles": "What stands in the way",
    "situation": "How things are seen now",
    "communication": "How the parents communicate",
    "hopes": "What is hoped for from the proceedings",
    "best_for_child": "What would be best for the children",
    "child_would_say": "What the children would say",
}
SEEN = {
    "seen_alone": "seen alone",
    "seen_with_siblings": "seen together with brothers or sisters",
    "observed": "observed",
    "not_seen": "not seen",
}
WRITTEN_ON = date(2026, 8, 6)
NO_POSITION = "puts no position to the court."


@pytest.fixture(scope="session")
def readers():
    """The two readers, and the words that were tried on them."""
    place = Path(__file__).parent / "test_parity.py"
    spec = importlib.util.spec_from_file_location("parity_readers", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return SimpleNamespace(markdown=module.read_markdown, docx=module.read_docx, hostile=module.HOSTILE)


@pytest.fixture(scope="module")
def written(shelf, families, tmp_path_factory):
    """Fill a case and give its report and plan as Markdown; the same case is filled once."""
    from cppp_cli.commands import demo
    from cppp_cli.commands.office import Office
    from cppp_cli.store import officer
    from cppp_cli.store.file import open_file

    folder = tmp_path_factory.mktemp("written")
    db = open_file(shelf.take("empty", folder / "home"), shelf.key)
    desk = Office(folder / "home", db, officer.load(db), demo.WRITTEN_ON, demo._nine_oclock(demo.WRITTEN_ON))
    made = {}

    def write(steps_of):
        key = repr(steps_of)
        if key not in made:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                case_id = families.fill(desk, steps_of)
            made[key] = families.documents(desk, case_id, folder / str(len(made)), kinds=("report", "plan"))
        return made[key]

    yield write
    db.close()


def blocks_of(markdown, readers):
    found = []
    for kind, content in readers.markdown(markdown):
        if kind in {"row", "head"}:
            found.append((kind, tuple("".join(text for text, *_ in spans) for _, spans in content)))
        elif kind == "picture":
            found.append((kind, content))
        else:
            found.append((kind.split()[0], "".join(text for text, *_ in content)))
    return found


def sections(markdown, readers):
    """Blocks below each heading, as (second heading, third heading) -> [(kind, text or cells)], in their order."""
    found, at = {}, ("", "")
    for kind, content in blocks_of(markdown, readers):
        if kind == "h2":
            at = (content, "")
        elif kind == "h3":
            at = (at[0], content)
        else:
            found.setdefault(at, []).append((kind, content))
        found.setdefault(at, [])
    return found


# ---------------------------------------------------------------------------------- what should stand there


def items(answers, group):
    """The items of a group in order, each with its answers: a few lines of their own, on purpose."""
    numbers = sorted({int(m[1]) for path in answers if (m := re.match(rf"{group}\.(\d+)\.", path))})
    return {
        n: {p[len(f"{group}.{n}.") :]: v for p, v in answers.items() if p.startswith(f"{group}.{n}.")} for n in numbers
    }


def text(answers, key):
    value = answers.get(key, "")
    return value.strip("\n") if isinstance(value, str) else ""


def side_names(case, side):
    return " and ".join(a["full_name"] for a in items(case, "adults").values() if a["side"] == side)


def uk(day):
    return f"{day.day} {day:%B} {day.year}"


def age(born):
    return WRITTEN_ON.year - born.year - ((WRITTEN_ON.month, WRITTEN_ON.day) < (born.month, born.day))


def person(case, reference):
    group, number = reference.split(".")
    return items(case, group)[int(number)]["full_name"]


def both_court(item):
    return item["wish"] == ["court"] and "court" in item["decision"]


def relations_of(case, number):
    kinds = {}
    for child in items(case, "children").values():
        kinds.setdefault(child[f"adults.{number}.relation"], []).append(child["full_name"])
    return "; ".join(f"{kind} of {' and '.join(names)}" for kind, names in kinds.items())


def check_people(case, blocks):
    """The two tables at the head of a document: each child with a birthday, each party with role, relations, solicitor."""
    rows = [content for kind, content in blocks if kind == "row"]
    children, adults = items(case, "children"), items(case, "adults")
    shown = rows[-len(children) - len(adults) :]
    assert shown[: len(children)] == [(c["full_name"], uk(c["born"]), str(age(c["born"]))) for c in children.values()]
    firms = {text(a, "solicitor") for a in adults.values()} - {""}
    for (number, adult), row in zip(adults.items(), shown[len(children) :], strict=True):
        assert row[:2] == (adult["full_name"], adult["role"])
        assert row[2].startswith(f"{relations_of(case, number)};")
        assert {firm for firm in firms if firm in row[2]} == {text(adult, "solicitor")} - {""}


def expected_child(child, number, said, reference):
    """Quotations, summaries and pictures that may stand under a child's name."""
    words = [s for s in items(said, "statements").values() if s["child"] == number and both_court(s)]
    made = [letter for letter in items(said, "letters").values() if letter["child"] == number and both_court(letter)]
    return {
        "quote": [s["words"] for s in words if s["exact"] == "exact"] + [w for x in made if (w := text(x, "words"))],
        "summary": [f"In the officer's summary: {s['words']}" for s in words if s["exact"] == "summary"],
        "picture": [letter["description"] for letter in made],
        "seen": f"{child['called']} was {SEEN[said[f'children.{number}.seen']]} on {uk(reference)}",
    }


def expected_view(answers):
    return [("numbered", f"{label}. {text(answers, key)}" if text(answers, key) else f"{label}. Nothing recorded.")
            for key, label in PROMPTS.items()]  # fmt: skip


def row_for(joint, case):
    """Agreed topics as (for whom, words, how far), open ones as (for whom, words of each side by name, the question).

    What an answers file says was told to a session, which says nothing of a confirmation.
    """
    agreed, still_open = [], []
    everybody = len(items(case, "children")) == 1 and next(iter(items(case, "children").values()))["full_name"]
    for topic in items(joint, "topics").values():
        whom = topic["children"]
        named = (
            (everybody or "all the children")
            if whom == ["all"]
            else ", ".join(person(case, f"children.{n}") for n in whom)
        )
        if topic["state"].startswith("agreed"):
            agreed.append((named, topic["wording"], topic["state"], topic["topic"]))
        else:
            positions = {
                side_names(case, s): f"Asks the court for: {text(topic, f'position_{s.lower()}') or NO_POSITION}"
                for s in "AB"
            }
            still_open.append((named, positions, text(topic, "court_asked")))
    return agreed, still_open


def check_speaker(words, name, other, lines):
    """The words stand once, introduced by the name of whoever said them and by no other."""
    (lead,) = [line[: -len(words)] for line in lines if isinstance(line, str) and line.endswith(words)]
    assert name in lead
    assert other not in lead.replace(name, "")


def check_report(given, markdown, readers):
    """Everything in the report that says who somebody is or what somebody said."""
    case, child, joint, own = given["new-case"], given["child"], given["joint"], given["report"]
    found = sections(markdown, readers)
    check_people(case, found["", ""])

    why = [content for kind, content in found["Why this programme", ""] if kind == "numbered"]
    for adult in items(case, "adults").values():
        assert f"{adult['full_name']} agreed to take part on {uk(adult['consent_on'])}, {adult['consent_way']}." in why

    meetings = [content for kind, content in found["Work done", ""] if kind == "row"]
    titles = [
        f"Session with {side_names(case, 'A')}",
        f"Session with {side_names(case, 'B')}",
        "Session with the children",
        "Joint session",
    ]
    for title, step, row in zip(titles, ("parent-a", "parent-b", "child", "joint"), meetings, strict=True):
        who = ", ".join(person(case, reference) for reference in given[step]["came"])
        assert row[:3] == (title, uk(given[step]["held_on"]), who)

    for number, one in items(case, "children").items():
        wanted = expected_child(one, str(number), child, child["held_on"])
        block = found["The children", one["full_name"]]
        assert [c for kind, c in block if kind == "quote"] == wanted["quote"]
        assert [c for kind, c in block if kind == "picture"] == wanted["picture"]
        assert [c for kind, c in block if kind == "numbered" and "officer's summary" in c] == wanted["summary"]
        assert block[0][1].startswith(wanted["seen"])
    assert [h3 for h2, h3 in found if h2 == "The children" and h3] == [
        c["full_name"] for c in items(case, "children").values()
    ]

    for side in "AB":
        assert found["What each side said", side_names(case, side)] == expected_view(given[f"parent-{side.lower()}"])
    assert [h3 for h2, h3 in found if h2 == "What each side said" and h3] == [side_names(case, s) for s in "AB"]

    met = [content for _, content in found["The joint session", ""]]
    for side, other in ("ab", "ba"):
        names = (side_names(case, side.upper()), side_names(case, other.upper()))
        for key in ("way_forward", "answer"):
            if f"{key}_{side}" in joint:
                check_speaker(joint[f"{key}_{side}"], *names, met)

    agreed, still_open = row_for(joint, case)
    on = uk(joint["held_on"])
    assert [content[1:] for kind, content in found["Agreed arrangements", ""] if kind == "row"] == [
        (named, words, f"By both on {on}{'; not yet confirmed by either side' if state == 'agreed' else ''}.")
        for named, words, state, _ in agreed
    ]
    check_open(still_open, found, "Not agreed, or for the court to decide")
    check_questions(still_open, [at for at in found if at[0] == "Not agreed, or for the court to decide"], found)

    asked = [h3 for h2, h3 in found if h2 == "The questions the order put" and h3]
    for (number, question), heading in zip(items(case, "questions").items(), asked, strict=True):
        block = found["The questions the order put", heading]
        assert block == [("quote", question["words"]), ("numbered", own[f"order_answers.{number}.words"])]


def check_open(still_open, found, h2):
    headings = [at for at in found if at[0] == h2 and at[1]]
    assert len(headings) == len(still_open)
    for at, (named, positions, _) in zip(headings, still_open, strict=True):
        assert at[1].endswith(f", for {named}")
        head, row = (next(content for kind, content in found[at] if kind == k) for k in ("head", "row"))
        assert dict(zip(head, row, strict=True)) == positions


def check_questions(still_open, places, found):
    """Each question to the court once, and no other."""
    said = [c for at in places for kind, c in found[at] if kind == "numbered" and "The court is asked: " in c]
    assert said == [f"The court is asked: {asked}" for _, _, asked in still_open if asked]


def check_plan(given, markdown, readers):
    case = given["new-case"]
    found = sections(markdown, readers)
    check_people(case, found["The children and the parties", ""])
    agreed, still_open = row_for(given["joint"], case)
    on = uk(given["joint"]["held_on"])
    said = [
        block
        for (h2, h3), blocks in found.items()
        if h2 in {"What is agreed", "Raising problems, and looking at it again"} and h3 != "Dates"
        for block in blocks
    ]
    wanted = []
    # How problems are raised stands further below.
    for named, wording, state, _ in sorted(agreed, key=lambda one: one[3] == "parents_communication"):
        whole = state == "agreed"
        what = "these words" if whole else "this in principle"
        later = " It is not yet confirmed by either side." if whole else ""
        wanted += [
            ("numbered", f"For {named}{'' if whole else ' (agreed in principle)'}:"),
            ("quote", wording),
            ("numbered", f"Both sides said yes to {what} at the meeting on {on}.{later}"),
        ]
    assert said == wanted
    check_open(still_open, found, "Where the two sides differ")
    asked = [content for _, content in found.get(("What the court is asked", ""), [])]
    for (named, _, question), line in zip([each for each in still_open if each[2]], asked, strict=True):
        assert line.endswith(f", for {named}. {question}")


def exchanged(given, step, *pairs):
    """Answers exchanged within a step, for instance who said a statement."""
    found = {name: dict(answers) for name, answers in given.items()}
    for one, two in pairs:
        found[step][one], found[step][two] = given[step][two], given[step][one]
    return found


def variants(families, family):
    """The family, and the same family with two of its people exchanged in every way that can be."""
    given = families.load(family)
    children = [f"children.{n}" for n in (1, 2)]
    topic_of_one = next(n for n, t in items(given["joint"], "topics").items() if t["children"] != ["all"])
    other_child = {"1": "2", "2": "1"}[given["joint"][f"topics.{topic_of_one}.children"][0]]
    return {
        "as it is": given,
        "adults numbered the other way round": families.renumber(given, "adults", 1, 2),
        "children numbered the other way round": families.renumber(given, "children", 1, 2),
        "sides exchanged": families.other_sides(given),
        "names of the adults exchanged": exchanged(given, "new-case", ("adults.1.full_name", "adults.2.full_name")),
        "names of the children exchanged": exchanged(
            given, "new-case", *((f"{children[0]}.{key}", f"{children[1]}.{key}") for key in ("full_name", "called"))
        ),
        "dates of birth exchanged": exchanged(given, "new-case", tuple(f"{child}.born" for child in children)),
        "relations exchanged": exchanged(
            given, "new-case", *((f"{child}.adults.1.relation", f"{child}.adults.2.relation") for child in children)
        ),
        "what both sides said exchanged": {**given,
            "parent-a": {**given["parent-b"], "came": given["parent-a"]["came"]},
            "parent-b": {**given["parent-a"], "came": given["parent-b"]["came"]}
        },
        "the topic of one child made the other's": families.changed(
            family, joint={f"topics.{topic_of_one}.children": [other_child]}
        ),
    }  # fmt: skip


VARIANTS = ("as it is", "adults numbered the other way round", "children numbered the other way round", "sides exchanged",
            "names of the adults exchanged", "names of the children exchanged", "dates of birth exchanged",
            "relations exchanged", "what both sides said exchanged", "the topic of one child made the other's")  # fmt: skip


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("family", FAMILIES)
def test_everybody_has_their_own_name_role_relation_and_words(written, families, readers, family, variant):
    given = variants(families, family)[variant]
    found = written(given)
    check_report(given, found["report", "md"], readers)
    check_plan(given, found["plan", "md"], readers)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("variant", VARIANTS[1:])
def test_an_exchange_is_noticed(written, families, readers, family, variant):
    """The check above is worth something: the document of the exchanged case does not pass for the case as it is."""
    given = variants(families, family)
    found = written(given[variant])["report", "md"]
    with pytest.raises((AssertionError, KeyError, ValueError)):
        check_report(given["as it is"], found, readers)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_statement_given_to_the_other_child_stands_under_the_other_name(written, families, readers, family):
    given = families.load(family)
    child = given["child"]
    one = child["statements.1.child"]
    other = {"1": "2", "2": "1"}[one]
    words = child["statements.1.words"]
    named = {n: given["new-case"][f"children.{n}.full_name"] for n in "12"}
    changed = families.changed(family, child={"statements.1.child": other, f"children.{other}.willing_today": "yes"})
    for answers, owner in ((given, one), (changed, other)):
        found = sections(written(answers)["report", "md"], readers)
        holds = [h3 for (h2, h3), blocks in found.items() if h2 == "The children" and ("quote", words) in blocks]
        assert holds == [named[owner]]


# ---------------------------------------------------------------------------------- the same for both


def headings(markdown, readers):
    return [(kind, content) for kind, content in blocks_of(markdown, readers) if kind in {"h1", "h2", "h3"}]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("silent", [(), ("parent-a",), ("parent-b",)])
def test_both_sides_get_the_same_prompts_in_the_same_order(written, families, readers, family, silent):
    """Also when one of them said nothing at all: an empty place is shown as empty."""
    given = families.load(family)
    for step in silent:
        given[step] = {k: v for k, v in given[step].items() if k not in PROMPTS}
    found = sections(written(given)["report", "md"], readers)
    both = [found["What each side said", side_names(given["new-case"], side)] for side in "AB"]
    labels = [[content.partition(". ")[0] for _, content in block] for block in both]
    assert labels[0] == labels[1] == list(PROMPTS.values())
    for step, block in zip(("parent-a", "parent-b"), both, strict=True):
        assert all(content.endswith("Nothing recorded.") for _, content in block) == (step in silent)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_children_come_before_their_parents(written, families, readers, family):
    second = [
        content for kind, content in headings(written(families.load(family))["report", "md"], readers) if kind == "h2"
    ]
    wanted = ["Summary for the judge", "Why this programme", "Work done", "The children", "What each side said",
              "The joint session", "Agreed arrangements", "Not agreed, or for the court to decide", "Safety and welfare",
              "Analysis", "The questions the order put", "Recommendations", "Review and next hearing"]  # fmt: skip
    assert second == wanted


@pytest.mark.parametrize("family", FAMILIES)
def test_headings_do_not_depend_on_which_side_is_which(written, families, readers, family):
    given = families.load(family)
    one, two = (
        [h for h in headings(written(answers)["report", "md"], readers) if h[1] not in both_names]
        for both_names in [{side_names(given["new-case"], side) for side in "AB"}]
        for answers in (given, families.other_sides(given))
    )
    assert one == two


# ---------------------------------------------------------------------------------- what is not there yet


@pytest.mark.parametrize("family", FAMILIES)
def test_what_only_the_officer_can_write_is_shown_as_missing(written, families, readers, family):
    given = families.load(family)
    given["report"] = {}
    found = sections(written(given)["report", "md"], readers)
    missing = ("numbered", "Not yet written.")
    assert found["Summary for the judge", ""] == [missing]
    assert found["Recommendations", ""] == [missing]
    places = [at for at in found if at[0] == "Analysis" and (at[1] or family == "family-2")]
    assert len(places) == (7 if family == "family-1" else 1)
    assert all(found[at] == [missing] for at in places)
    asked = [block for (h2, h3), block in found.items() if h2 == "The questions the order put" and h3]
    assert len(asked) == len(items(given["new-case"], "questions"))
    assert all(block[-1] == missing for block in asked)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_case_with_nothing_held_yet_says_so_and_invents_nothing(written, families, readers, family):
    given = {"new-case": families.load(family)["new-case"]}
    found = written(given)
    report = sections(found["report", "md"], readers)
    assert report["Work done", ""] == [("numbered", "No session has been held.")]
    assert report["The joint session", ""] == [("numbered", "No joint session has been held.")]
    assert report["Agreed arrangements", ""] == [("numbered", "No arrangement has been agreed in the programme.")]
    for child in items(given["new-case"], "children").values():
        assert "has not been seen" in report["The children", child["full_name"]][0][1]
    for side in "AB":
        (only,) = report["What each side said", side_names(given["new-case"], side)]
        assert "has been held" in only[1]
    assert sections(found["plan", "md"], readers)["What is agreed", ""] == [
        ("numbered", "Nothing has been agreed yet.")
    ]
    assert not [block for blocks in report.values() for block in blocks if block[0] in {"quote", "picture"} and block[1] not in
                {q["words"] for q in items(given["new-case"], "questions").values()}]  # fmt: skip


# ---------------------------------------------------------------------------------- typed words stay as typed

PRINTED = re.compile(
    r"(new-case:(case_number|court|judge|guardian|adults\.\d\.(full_name|solicitor)|children\.\d\.(full_name|called)"
    r"|questions\.\d\.words|screening\.\w+\.(reason|manager))"
    rf"|parent-[ab]:({'|'.join(PROMPTS)})"
    r"|child:(statements\.[13]\.words|letters\.1\.(words|description))"
    r"|joint:(letter_read_by|answer_[ab]|way_forward_[ab]|topics\.\d\.(topic_other|wording|position_[ab]|court_asked)|next_steps)"
    r"|report:(summary|analysis|checklist\.\w\.words|order_answers\.\d\.words|recommendations\.\d\.(words|rests_on)))"
)


EMPTY_HEAD = ("head", (("left", ()), ("left", ())))  # Markdown wants one above a table of facts; Word has none


def lines_fit(words):
    return "\n" not in words and "\r" not in words and len(words) <= 1_900


@pytest.mark.parametrize(("family", "turn"), [("family-1", 0), ("family-1", 1), ("family-2", 2)])
def test_whatever_is_typed_in_any_place_arrives_in_both_files(
    open_desk, families, tmp_path, readers, parts, family, turn, monkeypatch
):
    """A case whose every answer is hostile; each is found whole in the Markdown and in the Word file as read back."""
    from cppp_cli.commands import guard
    from cppp_cli.programme.clean import clean
    from cppp_cli.questions.model import Kind

    # The same few texts are typed into open and confidential places, so the one gives the other away.
    monkeypatch.setattr(guard, "refuse_leaks", lambda *_, **__: None)

    typed = {}

    def hostile(step, path, kind):
        number = len(typed)
        choices = [w for w in readers.hostile if w.strip() and (kind is Kind.LONG or lines_fit(w))]
        words = choices[(number * 7 + turn * 3) % len(choices)]
        mark = f"zq{number:04}x"
        whole = f"{mark} {words}" if number % 2 else f"{words} {mark}"
        # The ends of a one-line answer are trimmed when it is given, and empty lines around a long one.
        typed[f"{step}:{path}"] = (mark, clean(whole).strip("\n" if kind is Kind.LONG else None))
        return whole

    desk = open_desk("empty")
    given = families.load(family)
    given["joint"]["topics.1.topic"] = "other"
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        case_id = families.fill(desk, given, words=hostile)
    found = families.documents(desk, case_id, tmp_path / "out", formats=("md", "docx"))
    for kind in ("report", "plan", "timetable"):
        shown = [block for block in readers.markdown(found[kind, "md"]) if block != EMPTY_HEAD]
        assert shown == readers.docx(parts(found[kind, "docx"])), kind
    whole = "\x00".join(
        text
        for _, content in blocks_of(found["report", "md"], readers)
        for text in ([content] if isinstance(content, str) else content)
    )
    checked = 0
    for place, (mark, words) in typed.items():
        if not PRINTED.fullmatch(place):
            continue
        if family == "family-2" and place.startswith("child:letters."):
            assert mark not in whole, "its gates are shut"
            continue
        checked += 1
        assert mark in whole, place
        for paragraph in re.split(r"\n(?:[^\S\n]*\n)+", words):
            if paragraph.strip():
                assert paragraph in whole, place
    assert checked > 40


@pytest.mark.parametrize("name", ["{adult}", "{{ adult }}", "**x**", "{% raw %}", "<b>A</b>", "A | B", "# A", "1. A", "O'Neill-Ødegård",
                                  "a_b_c", "%s", "$name", "[A](b)", "-", "&amp;", "\\"])  # fmt: skip
def test_a_name_is_a_name_whatever_it_looks_like(written, families, readers, name):
    """In questions, tables, headings and sentences; and the other adult keeps theirs."""
    given = families.changed(
        "family-1", new_case={"adults.1.full_name": name, "adults.1.called": name, "children.2.full_name": f"{name} Ashdown",
                              "children.2.called": name}
    )  # fmt: skip
    found = written(given)
    check_report(given, found["report", "md"], readers)
    check_plan(given, found["plan", "md"], readers)


def test_the_header_and_the_properties_hold_what_was_typed(open_desk, families, tmp_path, parts):
    """The case number stands in the header of every page, outside what the two readers read."""
    import zipfile

    number = "FD26 P**0** {{ status }} <1> & 2"
    desk = open_desk("empty")
    given = families.changed("family-1", new_case={"case_number": number})
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        case_id = families.fill(desk, given)
    data = families.documents(desk, case_id, tmp_path, formats=("docx",), kinds=("report",))["report", "docx"]
    xml = parts(data)
    headers = ["".join(element.itertext()) for name, element in xml.items() if re.match(r"word/header\d*\.xml", name)]
    assert headers
    assert all(number in header and "DRAFT" in header for header in headers)
    assert number in "".join(xml["docProps/core.xml"].itertext())
    (path,) = tmp_path.glob("*.docx")
    assert re.fullmatch(r"[A-Za-z0-9.-]+", path.name)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {part.date_time[0] for part in archive.infolist()} == {1980}, "no clock in the file"
