"""What a child said, wrote or drew, and the two gates before it: the child's wish and the officer's decision.

The narrower of the two wins (``programme/audiences.py``); while one of them is open, words stay in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.programme.audiences import COURT, cleared, may_enter_report, readers
from cppp_cli.questions.conditions import is_, not_after_today
from cppp_cli.questions.meeting import children
from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Repeat, Section, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from cppp_cli.programme.answers import Value

NARROWER = "The narrower of the child's wish and your decision counts."


def _named_readers(view: View) -> tuple[Choice, ...]:
    speaker = view.text("child")
    siblings = children(view, (n for n in view.items("children") if n != speaker))
    return (
        Choice("parent-a", view.side_names("A")),
        Choice("parent-b", view.side_names("B")),
        Choice(COURT, "the judge, in a report both parents also read"),
        *(Choice(f"child-{sibling.value}", sibling.label) for sibling in siblings),
    )


def wishes(view: View) -> tuple[Choice, ...]:
    """Whom a child may wish to hear it; sisters and brothers are named, the speaker is not among them."""
    return (
        *_named_readers(view),
        Choice("judge-only", "the judge alone, not the parents", alone=True),
        Choice("nobody", "nobody", alone=True),
        Choice("unsure", "the child was unsure", alone=True),
        Choice("not-asked", "the child was not asked", alone=True),
    )


def decisions(view: View) -> tuple[Choice, ...]:
    """Whom the officer may decide it is safe to tell."""
    return (
        *_named_readers(view),
        Choice("nobody", "nobody", alone=True),
        Choice("undecided", "not decided yet", alone=True),
    )


def _about_wish(value: Value, view: View) -> str | None:
    wish = value if isinstance(value, tuple) else ()
    if "judge-only" in wish:
        return "a report to the judge is read by both parents, so this stays in your file. Tell the child so."
    if COURT in wish:
        return "a report to the judge is read by both parents too. Make sure the child knows."
    return None


def _about_decision(value: Value, view: View) -> str:
    decision = value if isinstance(value, tuple) else ()
    wish = view.among("wish")
    heard = cleared(wish, decision)
    narrowed = "Some were not in the child's wish, and the wish counts. " if readers(decision) - readers(wish) else ""
    if may_enter_report(wish, decision):
        return f"{narrowed}This may stand in the report, which the judge and every party read."
    if not heard:
        return f"{narrowed}This stays in your file. Nobody else hears it."
    names = [choice.label for choice in _named_readers(view) if choice.value in heard]
    return f"{narrowed}This may be passed on to {' and '.join(names)}. It stays out of the report."


def _the_day_of_the_session(view: View) -> Value | None:
    held = view.day("held_on")
    return held.isoformat() if held and held <= view.facts.today else None


def gates(words: str) -> tuple[Question, ...]:
    """The child's wish and the officer's decision about ``words``, such as "these words"."""
    return (
        Question(
            "wish",
            f"Who does {{child}} want to share {words} with?",
            Kind.MANY,
            required=True,
            choices=wishes,
            caution=_about_wish,
            hint="Ask plainly, person by person, and say that no is a good answer. Unsure or not asked: file only.",
            why=f"What a child says is the child's. {NARROWER}",
        ),
        Question(
            "wish_on",
            "When did {child} say so?",
            Kind.DATE,
            lean="past",
            default=_the_day_of_the_session,
            check=not_after_today,
            when=lambda view: "not-asked" not in view.among("wish"),
        ),
        Question(
            "wish_reason", "Why, if {child} gave a reason?", Kind.LONG, hint="In {child}'s words. Enter for none."
        ),
        Question(
            "decision",
            f"Who is it safe to share {words} with?",
            Kind.MANY,
            required=True,
            choices=decisions,
            caution=_about_decision,
            hint=f"Think of what each person may do with it, at home and in court. {NARROWER}",
            why="A child may wish more than is safe for them. Not decided yet keeps it in your file.",
        ),
        Question(
            "decision_on",
            "When did you decide?",
            Kind.DATE,
            lean="past",
            default=lambda view: view.facts.today.isoformat(),
            check=not_after_today,
            when=lambda view: "undecided" not in view.among("decision"),
        ),
        Question("decision_reason", "What does your decision rest on?", Kind.LONG, hint="For your file."),
    )


def _which_child(speakers: Callable[[View], tuple[str, ...]], text: str) -> Question:
    return Question("child", text, Kind.CHOICE, required=True, choices=lambda view: children(view, speakers(view)))


def statements(speakers: Callable[[View], tuple[str, ...]]) -> Section:
    """Statements one by one, of the children ``speakers`` gives."""
    return Section(
        "In the children's own words",
        (
            Question(
                "has_statements",
                "Did a child say something that others might hear?",
                Kind.CHOICE,
                choices=YES_NO,
                hint="One statement at a time, so that the child can say yes to one and no to another.",
            ),
            Repeat(
                "statements",
                "Statement",
                (
                    _which_child(speakers, "Which child said it?"),
                    Question(
                        "exact",
                        "Are these {child}'s exact words, or your summary?",
                        Kind.CHOICE,
                        required=True,
                        choices=(Choice("exact", "exact words"), Choice("summary", "a summary")),
                        hint="Exact words are set off as a quotation. A summary is called one.",
                    ),
                    Question(
                        "words",
                        "What did {child} say?",
                        Kind.LONG,
                        required=True,
                        hint="Without quotation marks, and one thought at a time.",
                    ),
                    *gates("these words"),
                ),
                another="Is there another statement to keep?",
                at_most=40,
                when=is_("has_statements", "yes"),
            ),
        ),
        say="Only what you enter here can reach anybody, as far as the child wishes and you decide it is safe.",
        when=lambda view: bool(speakers(view)),
    )


def letters(speakers: Callable[[View], tuple[str, ...]]) -> Section:
    """Letters and drawings, of the children ``speakers`` gives."""
    return Section(
        "A letter or drawing",
        (
            Question(
                "has_letter",
                "Did a child make a letter or drawing for others to see?",
                Kind.CHOICE,
                choices=(*YES_NO, Choice("later", "later, perhaps")),
                hint="It is an offer, never a task. No is a complete answer.",
            ),
            Repeat(
                "letters",
                "Letter or drawing",
                (
                    _which_child(speakers, "Whose is it?"),
                    Question(
                        "form",
                        "What is it?",
                        Kind.CHOICE,
                        required=True,
                        choices=(Choice("letter", "a letter"), Choice("drawing", "a drawing"), Choice("both", "both")),
                    ),
                    Question(
                        "idea_of",
                        "Whose idea was it?",
                        Kind.CHOICE,
                        choices=(
                            Choice("child", "the child's"),
                            Choice("officer", "yours"),
                            Choice("parent", "a parent's"),
                            Choice("other", "somebody else's"),
                        ),
                        why="A letter somebody else wanted is not less real, but the reader should not be misled.",
                    ),
                    Question(
                        "picture",
                        "Which file holds the photograph or scan?",
                        Kind.PICTURE,
                        hint="JPEG, PNG, HEIC or PDF. It is kept inside the encrypted file; then delete the copy left "
                        "on the phone or scanner. Enter when there is none.",
                    ),
                    Question(
                        "words",
                        "What does it say?",
                        Kind.LONG,
                        hint="Its words as written, mistakes too, for those who cannot see it. Enter for none.",
                    ),
                    Question(
                        "description",
                        "What would you tell somebody who cannot see it?",
                        required=True,
                        when=lambda view: bool(view.value("picture")) or view.text("form") in {"drawing", "both"},
                        hint="One plain sentence on what is there, not on what it means. It is read out in its place.",
                    ),
                    *gates("this"),
                    Question(
                        "shown_how",
                        "How is it to be shared?",
                        Kind.CHOICE,
                        choices=(
                            Choice("read", "read out"),
                            Choice("shown", "shown"),
                            Choice("both", "read out and shown"),
                            Choice("neither", "neither"),
                        ),
                        hint="As {child} would like it. It reaches nobody beyond the wish and the decision above.",
                    ),
                    Question(
                        "shown_by",
                        "Who is to read it out or show it?",
                        when=is_("shown_how", "read", "shown", "both"),
                        hint="For example you, or a parent.",
                    ),
                    Question(
                        "original",
                        "Where is the original?",
                        Kind.CHOICE,
                        choices=(
                            Choice("returned", "returned to the child"),
                            Choice("kept_by_child", "the child kept it"),
                            Choice("with_officer", "with you"),
                            Choice("not_known", "not known"),
                        ),
                        hint="It is the child's, and goes back unless the child wants it otherwise.",
                    ),
                ),
                another="Is there another letter or drawing?",
                when=is_("has_letter", "yes"),
            ),
        ),
        when=lambda view: bool(speakers(view)),
    )
