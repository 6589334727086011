"""What new-case asks about the people: the adults on two sides, the children, others who matter."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.programme.dates import age_on
from cppp_cli.questions.conditions import YES_NO_UNKNOWN, every_adult, homes, is_
from cppp_cli.questions.model import YES_NO, Choice, Each, Kind, Question, Repeat, Section, View

if TYPE_CHECKING:
    from cppp_cli.programme.answers import Value

ADULTS_AT_MOST = 4
CHILDREN_AT_MOST = 10
GROWN_UP = 18  # years


def _born(value: Value, view: View) -> str | None:
    if date.fromisoformat(str(value)) > view.facts.today:
        return "A child cannot be born after today. Type the date of birth, such as 4 May 2017."
    return None


def _age(value: Value, view: View) -> str:
    age = age_on(date.fromisoformat(str(value)), view.facts.today)
    check = " Is the year right?" if age >= GROWN_UP else ""
    return f"that makes {view.name(view.prefix.rstrip('.'))} {age} years old.{check}"


def _odd_name(value: Value, view: View) -> str | None:
    return "there is a digit in this name. Check it." if any(c.isdigit() for c in str(value)) else None


def _odd_email(value: Value, view: View) -> str | None:
    return None if "@" in str(value) else "this has no @, as an e-mail address has. Check it."


def _same_person(value: Value, view: View) -> str | None:
    typed = " ".join(str(value).casefold().split())
    for n in view.items("adults"):
        if n == view.item:
            continue
        other = view.answers.get(f"adults.{n}.full_name")
        if other and " ".join(str(other.value).casefold().split()) == typed:
            return "This person is already on file as another adult. Type the other person's full name."
    return None


def _both_sides(value: Value, view: View) -> str | None:
    so_far = [n for n in view.items("adults") if int(n) <= int(view.item)]
    empty = [side for side in ("A", "B") if not set(so_far) & set(view.side(side))]
    if value == "no" and empty:
        return f"Nobody is on side {empty[0]} yet. Answer yes and add that adult, or go :b and change a side."
    return None


def _side_for_the_last(value: Value, view: View) -> str | None:
    """When there is no room for another adult, this one must not leave a side empty."""
    adults = set(view.items("adults")) | {view.item}
    empty = [side for side in ("A", "B") if side != value and not (set(view.side(side)) - {view.item})]
    if len(adults) == ADULTS_AT_MOST and empty:
        return f"Nobody is on side {empty[0]} yet, and {ADULTS_AT_MOST} adults are the most. Choose side {empty[0]}."
    return None


def _next_side(view: View) -> str:
    return "A" if not view.side("A") else "B"


def _role(view: View) -> str:
    return "applicant" if view.text("side") == "A" else "respondent"


def _confidential(key: str, what: str) -> Question:
    return Question(
        f"{key}_confidential",
        f"Must {{adult}}'s {what} be kept from the other side?",
        Kind.CHOICE,
        choices=YES_NO,
        required=True,
        hint="A confidential detail never enters a document.",
        when=lambda view: bool(view.text(key)),
    )


ADULTS = Section(
    "The adults",
    (
        Repeat(
            "adults",
            "Adult",
            (
                Question("full_name", "Full name", required=True, check=_same_person, caution=_odd_name),
                Question("called", "Called in conversation", hint="For example a first name. Enter leaves it blank."),
                Question(
                    "side",
                    "Which side is {adult} on?",
                    Kind.CHOICE,
                    required=True,
                    choices=(Choice("A", "side A"), Choice("B", "side B")),
                    default=_next_side,
                    check=_side_for_the_last,
                    hint="A side may hold two adults, such as grandparents or a parent and a step-parent.",
                ),
                Question(
                    "role",
                    "{adult} is",
                    Kind.CHOICE,
                    required=True,
                    choices=(Choice("applicant", "applicant"), Choice("respondent", "respondent")),
                    default=_role,
                ),
                Question("pronouns", "{adult}'s pronouns", hint="For example she/her, he/him, they/them."),
                Question("phone", "{adult}'s telephone number"),
                _confidential("phone", "telephone number"),
                Question("email", "{adult}'s e-mail address", caution=_odd_email),
                _confidential("email", "e-mail address"),
                Question("address", "{adult}'s address", hint="On one line, with commas."),
                _confidential("address", "address"),
                Question("solicitor", "{adult}'s solicitor", hint="Name and firm; Enter when there is none."),
                Question("interpreter", "Does {adult} need an interpreter? Which language?", hint="Enter when not."),
                Question(
                    "adjustments",
                    "What would {adult} need to take part fully?",
                    hint="Access, breaks, format. Enter for none.",
                ),
                Question(
                    "adjustments_open",
                    "Is something of that still to be arranged?",
                    Kind.CHOICE,
                    choices=YES_NO,
                    when=lambda view: bool(view.text("adjustments") or view.text("interpreter")),
                    hint="The joint session waits until it is arranged.",
                ),
            ),
            another="Is there another adult party, such as a grandparent or step-parent who is a party?",
            at_least=2,
            at_most=ADULTS_AT_MOST,
            check=_both_sides,
        ),
    ),
    say="The parties who are the children's most significant carers, on two sides.",
)

CHILDREN = Section(
    "The children",
    (
        Repeat(
            "children",
            "Child",
            (
                Question("full_name", "Full name", required=True, caution=_odd_name),
                Question("called", "Called in conversation", hint="The name the child uses. Enter leaves it blank."),
                Question("pronouns", "{child}'s pronouns", hint="For example she/her, he/him, they/them."),
                Question(
                    "born",
                    "{child}'s date of birth",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    check=_born,
                    caution=_age,
                ),
                Question("school", "{child}'s school or nursery"),
                Question("lives_with", "Who does {child} live with now?", Kind.CHOICE, choices=homes),
                Question("lives_elsewhere", "Where and with whom?", when=is_("lives_with", "elsewhere")),
                Question(
                    "needs", "What should anyone who meets {child} know?", hint="Health, learning, language, worries."
                ),
                Each(
                    "adults",
                    "{child} and {adult}",
                    (
                        Question(
                            "relation",
                            "What is {adult} to {child}?",
                            Kind.CHOICE,
                            required=True,
                            choices=tuple(
                                Choice(value, value.replace("_", " "))
                                for value in (
                                    "mother",
                                    "father",
                                    "step-mother",
                                    "step-father",
                                    "grandmother",
                                    "grandfather",
                                    "guardian",
                                    "special guardian",
                                    "other relative",
                                    "not related",
                                )
                            ),
                        ),
                        Question(
                            "responsibility",
                            "Does {adult} have parental responsibility for {child}?",
                            Kind.CHOICE,
                            choices=YES_NO_UNKNOWN,
                        ),
                    ),
                    over=every_adult,
                ),
            ),
            another="Is there another child in these proceedings?",
            at_most=CHILDREN_AT_MOST,
        ),
    ),
)

OTHERS = Section(
    "Others who matter",
    (
        Question("guardian", "Name of the children's guardian", when=is_("route", "rule_16_4")),
        Question("child_solicitor", "The children's solicitor", when=is_("route", "rule_16_4"), hint="Name and firm."),
        Question("local_authority", "Local authority involved", hint="Authority and worker; Enter when there is none."),
        Question(
            "has_others",
            "Is there anyone else in one of the homes, or close to the children, to put on file?",
            Kind.CHOICE,
            choices=YES_NO,
            required=True,
        ),
        Repeat(
            "others",
            "Person",
            (
                Question("full_name", "Full name", required=True),
                Question(
                    "role", "Who is this person to the children?", hint="For example stepfather, aunt, half-brother."
                ),
                Question("home", "Whose home do they live in?", Kind.CHOICE, choices=homes),
                Question("note", "Anything to know?"),
            ),
            another="Is there another such person?",
            when=is_("has_others", "yes"),
        ),
        Question(
            "arrangement_now",
            "What is the arrangement in force now?",
            Kind.LONG,
            hint="Who the children live with and spend time with, when, and how handovers happen.",
        ),
        Question("order_now", "Which order is in force about it?", hint="Kind and date; Enter when there is none."),
    ),
)
