"""What ``cppp voice letter`` asks: what became of a child's letter or drawing, and of the parents' letter back.

What a session tells already is proposed, and asked for only where it does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.programme.voice_life import LATER, NO, YES
from cppp_cli.questions.child_words import decisions
from cppp_cli.questions.conditions import is_
from cppp_cli.questions.model import Choice, Each, Kind, Question, Script, Section, View
from cppp_cli.questions.voice_items import known_among, known_text, of_the_child, proposed, since_it_was_said, which

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value

OF_A_CHILD, OF_THE_PARENTS = "child", "joint"
_NO_READERS: Final = frozenset({"nobody", "undecided"})


def _of_a_child(view: View) -> bool:
    return known_text(view, "kind") == OF_A_CHILD


def _of_the_parents(view: View) -> bool:
    return known_text(view, "kind") == OF_THE_PARENTS


def _written(view: View) -> bool:
    return view.text("wanted") == YES


def _all_children(view: View) -> tuple[str, ...]:
    return view.items("children")


def _who(view: View) -> tuple[Choice, ...]:
    return tuple(choice for choice in decisions(of_the_child(view)) if choice.value not in _NO_READERS)


def _beyond_consent(value: Value, view: View) -> str | None:
    """Say when somebody saw what was not theirs to see; the record stays true all the same."""
    cleared = set(known_among(view, "may_hear"))
    beyond = [c.label for c in _who(view) if isinstance(value, tuple) and c.value in value and c.value not in cleared]
    if not beyond:
        return None
    return (
        f"{' and '.join(beyond)}: not cleared by the child's wish and your decision. If the wish was wider, cppp voice "
        "consent; if it was passed on without consent, cppp voice disclose. Speak to your manager."
    )


def _before_both_agreed(value: Value, view: View) -> str | None:
    if value == YES and not (view.text("yes_a_on") and view.text("yes_b_on")):
        return "no yes of both to its words is recorded. Ask the one whose yes is missing."
    return None


def _with_you(value: Value, view: View) -> str | None:
    return "it stays on the list of what is owed until it is back." if value == "with_officer" else None


CHILDS = Section(
    "The letter or drawing",
    (
        Question(
            "shared",
            "Was it read out or shown to anybody?",
            Kind.CHOICE,
            required=True,
            choices=(Choice(YES, "yes"), Choice(LATER, "not yet"), Choice(NO, "no, and it will not be")),
            default=proposed("shared"),
        ),
        Question(
            "shared_with",
            "Who heard or saw it?",
            Kind.MANY,
            required=True,
            choices=_who,
            when=is_("shared", YES),
            default=proposed("shared_with"),
            caution=_beyond_consent,
        ),
        Question(
            "shared_on",
            "When?",
            Kind.DATE,
            required=True,
            lean="past",
            when=is_("shared", YES),
            default=proposed("shared_on"),
            check=since_it_was_said,
        ),
        Question("read_by", "Who read it out or showed it?", when=is_("shared", YES), default=proposed("read_by")),
        Question(
            "not_shared_reason",
            "Why not?",
            Kind.LONG,
            required=True,
            when=is_("shared", NO),
            hint="Such as: {child} wanted it back. For your file.",
        ),
        Question(
            "answered",
            "How was it answered?",
            Kind.CHOICE,
            when=is_("shared", YES),
            choices=(
                Choice("joint_letter", "by a letter back, written or promised"),
                Choice("spoken", "in words, at the meeting"),
                Choice("no", "not at all"),
            ),
            default=proposed("answered"),
        ),
        Question(
            "original",
            "Where is the original?",
            Kind.CHOICE,
            required=True,
            choices=(
                Choice("returned", "returned to the child"),
                Choice("kept_by_child", "the child kept it"),
                Choice("with_officer", "with you"),
                Choice("not_known", "not known"),
            ),
            default=proposed("original"),
            caution=_with_you,
            hint="It is the child's, and goes back unless the child wants it otherwise.",
        ),
        Question(
            "original_on",
            "When did it go back?",
            Kind.DATE,
            lean="past",
            when=is_("original", "returned"),
            check=since_it_was_said,
            hint="Enter when the day is not known.",
        ),
    ),
    when=_of_a_child,
)


def _yes(side: str) -> Question:
    return Question(
        f"yes_{side}_on",
        f"On which day did {{{side}}} say yes to these very words?",
        Kind.DATE,
        lean="past",
        when=_written,
        check=since_it_was_said,
        hint="Skip (:k) while it is open. Without the yes of both the letter is not given to anybody.",
        why="A letter back is from both of them, or from nobody.",
    )


PARENTS = Section(
    "The parents' letter back",
    (
        Question(
            "wanted",
            "Is there a letter back to the children?",
            Kind.CHOICE,
            required=True,
            choices=(
                Choice(YES, "yes, it is written"),
                Choice(LATER, "not yet; it is promised"),
                Choice(NO, "no, there will be none"),
            ),
            default=proposed("wanted"),
        ),
        Question(
            "words",
            "What does the letter say?",
            Kind.LONG,
            required=True,
            when=_written,
            default=proposed("words"),
            hint="As both wrote it: their love, what they hope for. Not a word of yours.",
        ),
        Question(
            "promises",
            "What do both promise the children?",
            Kind.LONG,
            when=_written,
            default=proposed("promises"),
            hint="One promise on each line. Only what a child could see being kept.",
        ),
        _yes("a"),
        _yes("b"),
        Each(
            "children",
            "{child}",
            (
                Question(
                    "given",
                    "Has the letter been given to {child}?",
                    Kind.CHOICE,
                    required=True,
                    choices=(Choice(YES, "yes"), Choice(LATER, "not yet"), Choice(NO, "no, and it will not be")),
                    default=lambda view: LATER,
                    caution=_before_both_agreed,
                ),
                Question(
                    "given_on",
                    "When?",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    when=is_("given", YES),
                    check=since_it_was_said,
                ),
                Question("given_by", "Who gave or read it to {child}?", when=is_("given", YES)),
                Question(
                    "how_taken",
                    "How did {child} take it?",
                    Kind.LONG,
                    when=is_("given", YES),
                    hint="What you saw and heard, for your file. In no document.",
                ),
                Question(
                    "why_not",
                    "Why not?",
                    Kind.LONG,
                    required=True,
                    when=is_("given", NO),
                    hint="Such as: {child} does not want it now, or is too young. For your file.",
                ),
            ),
            over=_all_children,
            when=_written,
        ),
    ),
    say="Their words only. Each said yes alone or before both; neither is told what held the other up.",
    when=_of_the_parents,
)

SCRIPT = Script(
    "letter-life",
    "The life of a letter",
    (Section("Which letter", (which("Which letter or drawing?"),)), CHILDS, PARENTS),
)

SAID_YES_TO: Final = ("words", "promises")
"""What both say yes to. Where it changes, the yes was said to something else."""
