"""Whom a recorded decision lets hear a child's words, and nobody else's words."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.programme.disclosure import CATEGORIES, CHILD_TOLD, TOLD, Disclosure, readers_added

NUMBERS = st.integers(1, 3)
ABOUT = st.one_of(
    st.tuples(NUMBERS, NUMBERS, st.none(), st.none()),
    st.tuples(NUMBERS, st.none(), NUMBERS, st.none()),
    st.tuples(st.none(), st.none(), st.none(), NUMBERS),
    st.tuples(NUMBERS, st.none(), st.none(), st.none()),
)


def decision(about, told):
    session, statement, letter, note = about
    return Disclosure(
        1, session, statement, letter, note, "other", "a reason", "", None, told, "", None, "no", None, "",
        date(2026, 8, 5),
    )  # fmt: skip


DECISIONS = st.builds(decision, ABOUT, st.lists(st.sampled_from(sorted(TOLD)), max_size=4).map(tuple))
REFS = [
    f"{kind}.{session}.{number}" for kind in ("statement", "letter") for session in (1, 2, 3) for number in (1, 2, 3)
]
REFS += [f"note.{number}" for number in (1, 2, 3)]


@given(st.lists(DECISIONS, max_size=5))
def test_a_decision_opens_what_it_is_about_to_whom_it_names_and_nothing_else(decisions):
    """Reckoned once more by hand: a parent hears what a parent was told, and the report what the court was."""
    for ref in REFS:
        kind, *numbers = ref.split(".")
        wanted = set()
        for one in decisions:
            mine = {
                "statement": (one.session_id, one.statement),
                "letter": (one.session_id, one.letter),
                "note": (one.note_id,),
            }[kind]
            if [str(number) for number in mine] == numbers:
                wanted |= {"parent-a"} if "parent-a" in one.told else set()
                wanted |= {"parent-b"} if "parent-b" in one.told else set()
                wanted |= {"parent-a", "parent-b", "court"} if "court" in one.told else set()
        assert readers_added(decisions, ref) == wanted


@given(st.lists(DECISIONS, max_size=5))
def test_reasons_and_other_parts_of_it_stay_in_confidence(decisions):
    for ref in (
        "statement.1.1.wish_reason",
        "letter.2.2.decision_reason",
        "child.1.1.same",
        "answer.1.safety_note",
        "",
    ):
        assert readers_added(decisions, ref) == frozenset()


def test_no_paper_beside_the_report_and_no_service_opens_the_report():
    for code in TOLD.keys() - {"parent-a", "parent-b", "court"}:
        assert readers_added([decision((1, 1, None, None), (code,))], "statement.1.1") == frozenset(), code


def test_a_decision_about_a_session_opens_no_words_of_it():
    assert decision((1, None, None, None), ("court",)).refs == frozenset()


def test_every_code_has_words():
    assert all(words and words[0].islower() for words in (*CATEGORIES.values(), *TOLD.values()))
    assert set(CHILD_TOLD) == {"yes", "no", "later"}
