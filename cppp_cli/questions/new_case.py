"""What ``cppp new-case`` asks: the court, the people, the orders, the screening, the preparation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from cppp_cli.programme.case import ROUTES, odd_case_number
from cppp_cli.programme.dates import age_on, say_date
from cppp_cli.programme.screening import CRITERIA, Criterion, decide
from cppp_cli.questions.model import YES_NO, Choice, Each, Kind, Question, Repeat, Script, Section, View

if TYPE_CHECKING:
    from collections.abc import Callable

    from cppp_cli.programme.answers import Value

RESULTS = (Choice("met", "met"), Choice("not_met", "not met"), Choice("not_known", "not known"))
YES_NO_UNKNOWN = (*YES_NO, Choice("not_known", "not known"))
ADULTS_AT_MOST = 4
CHILDREN_AT_MOST = 10
GROWN_UP = 18  # years


def is_(key: str, *values: str) -> Callable[[View], bool]:
    """A condition: the nearest answer to ``key`` is one of ``values``."""
    return lambda view: view.text(key) in values


def _every_adult(view: View) -> tuple[str, ...]:
    return view.items("adults")


def _not_after_today(value: Value, view: View) -> str | None:
    if date.fromisoformat(str(value)) > view.facts.today:
        return "That day is still to come. Type a date up to today."
    return None


def _born(value: Value, view: View) -> str | None:
    if date.fromisoformat(str(value)) > view.facts.today:
        return "A child cannot be born after today. Type the date of birth, such as 4 May 2017."
    return None


def _grown_up(value: Value, view: View) -> str | None:
    age = age_on(date.fromisoformat(str(value)), view.facts.today)
    return f"That makes {view.name(view.prefix.rstrip('.'))} {age} years old." if age >= GROWN_UP else None


def _hearing_after_order(value: Value, view: View) -> str | None:
    order = view.day("order_date")
    if order and date.fromisoformat(str(value)) < order:
        return f"That is before the order of {say_date(order)}. Type the date of the next hearing."
    return None


def _due_after_order(value: Value, view: View) -> str | None:
    order = view.day("order_date")
    if order and date.fromisoformat(str(value)) < order:
        return f"That is before the order of {say_date(order)}. Type the date the order gives for the report."
    return None


def _due_before_hearing(value: Value, view: View) -> str | None:
    hearing = view.day("hearing_on")
    if hearing and date.fromisoformat(str(value)) >= hearing:
        return f"the hearing is on {say_date(hearing)}, and this is not before it. Check the order."
    return None


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


def _odd_number(value: Value, view: View) -> str | None:
    return odd_case_number(str(value))


def _not_met(view: View) -> bool:
    return view.answer("result") is not None and view.text("result") != "met"


def _departs(view: View) -> bool:
    return _not_met(view) and view.text("depart") == "yes"


def _next_side(view: View) -> str:
    return "A" if not view.side("A") else "B"


def _role(view: View) -> str:
    return "applicant" if view.text("side") == "A" else "respondent"


def _homes(view: View) -> tuple[Choice, ...]:
    adults = tuple(Choice(f"adults.{n}", view.name(f"adults.{n}")) for n in view.items("adults"))
    return (*adults, Choice("shared", "shared between homes"), Choice("elsewhere", "somewhere else"))


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


COURT = Section(
    "The court and the order",
    (
        Question(
            "case_number",
            "Case number",
            required=True,
            caution=_odd_number,
            hint="As on the order, for example ZE23P01234.",
        ),
        Question(
            "court", "Family Court sitting at", required=True, default=lambda view: view.text("usual_court") or None
        ),
        Question("judge", "Judge or bench", hint="As named on the order; Enter leaves it blank."),
        Question(
            "route",
            "How did the case come to you?",
            Kind.CHOICE,
            required=True,
            choices=tuple(Choice(key, label) for key, label in ROUTES.items()),
        ),
        Question("route_other", "Which other route?", when=is_("route", "other")),
        Question("order_date", "Date of the order", Kind.DATE, required=True, lean="past", check=_not_after_today),
        Repeat(
            "questions",
            "Question of the order",
            (
                Question(
                    "words",
                    "What did the order ask the report to answer?",
                    Kind.LONG,
                    hint="One question at a time, in the words of the order. Each gets its own answer in the report.",
                ),
            ),
            another="Did the order put another question?",
        ),
        Question("hearing_on", "Date of the next hearing", Kind.DATE, lean="future", check=_hearing_after_order),
        Question(
            "hearing_kind",
            "What kind of hearing is it?",
            Kind.CHOICE,
            choices=(
                Choice("fhdra", "first hearing dispute resolution appointment (FHDRA)"),
                Choice("dra", "dispute resolution appointment (DRA)"),
                Choice("decision", "decision hearing"),
                Choice("review", "review hearing"),
                Choice("final", "final hearing"),
                Choice("other", "another kind of hearing"),
            ),
            when=lambda view: bool(view.text("hearing_on")),
        ),
        Question(
            "report_due",
            "By which date does the order want the report filed?",
            Kind.DATE,
            lean="future",
            check=_due_after_order,
            caution=_due_before_hearing,
            hint="It comes from the order. Skip (:k) when the order gives none; it is not worked out for you.",
            why="There is no fixed number of days before a hearing for this report; only the order's date counts.",
        ),
    ),
)

ADULTS = Section(
    "The adults",
    (
        Repeat(
            "adults",
            "Adult",
            (
                Question("full_name", "Full name", required=True, check=_same_person),
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
                Question("email", "{adult}'s e-mail address"),
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
                Question("full_name", "Full name", required=True),
                Question("called", "Called in conversation", hint="The name the child uses. Enter leaves it blank."),
                Question("pronouns", "{child}'s pronouns", hint="For example she/her, he/him, they/them."),
                Question(
                    "born",
                    "{child}'s date of birth",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    check=_born,
                    caution=_grown_up,
                ),
                Question("school", "{child}'s school or nursery"),
                Question("lives_with", "Who does {child} live with now?", Kind.CHOICE, choices=_homes),
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
                    over=_every_adult,
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
                Question("home", "Whose home do they live in?", Kind.CHOICE, choices=_homes),
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

ORDERS = Section(
    "Orders and conditions about who may meet whom",
    (
        Each(
            "adults",
            "{adult}, asked alone",
            (
                Question(
                    "asked_alone",
                    "Was {adult} asked about this alone?",
                    Kind.CHOICE,
                    choices=YES_NO,
                    required=True,
                    hint="Nobody is asked about orders or safety within hearing of the other side.",
                ),
                Question(
                    "has_restrictions",
                    "Did {adult} tell of an order, bail condition or undertaking that limits who may meet whom?",
                    Kind.CHOICE,
                    choices=YES_NO_UNKNOWN,
                    required=True,
                ),
                Repeat(
                    "restrictions",
                    "Restriction",
                    (
                        Question(
                            "kind",
                            "What is it?",
                            Kind.CHOICE,
                            required=True,
                            choices=tuple(
                                Choice(value, value)
                                for value in (
                                    "non-molestation order",
                                    "occupation order",
                                    "restraining order",
                                    "bail condition",
                                    "undertaking",
                                    "other",
                                )
                            ),
                        ),
                        Question("terms", "What does it say?", Kind.LONG),
                        Question(
                            "forbids_meeting",
                            "Does it stand in the way of the two sides being in one meeting?",
                            Kind.CHOICE,
                            choices=YES_NO_UNKNOWN,
                            required=True,
                            hint="While it does, or while that is not known, no joint session is confirmed.",
                        ),
                        Question("ends_on", "When does it end?", Kind.DATE, lean="future"),
                    ),
                    another="Did {adult} tell of another?",
                    when=is_("has_restrictions", "yes"),
                ),
            ),
            over=_every_adult,
        ),
    ),
    say="Ask each adult alone. What one of them says here is not shown to the other.",
)

SCREENING = Section(
    "Screening",
    (
        Each(
            "adults",
            "{adult}",
            (
                Question(
                    "willing",
                    "Is {adult} willing to take part?",
                    Kind.CHOICE,
                    choices=RESULTS,
                    hint="The programme is voluntary for both sides. This can never be departed from.",
                ),
                Question(
                    "consent_on",
                    "On which date did {adult} agree to take part?",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    check=_not_after_today,
                    when=is_("willing", "met"),
                ),
                Question(
                    "consent_way",
                    "How did {adult} agree?",
                    Kind.CHOICE,
                    required=True,
                    choices=tuple(
                        Choice(v, v) for v in ("in person", "by telephone", "by video", "in writing", "at court")
                    ),
                    when=is_("willing", "met"),
                ),
            ),
            over=_every_adult,
        ),
        Each(
            "screening",
            "Criterion",
            (
                Question(
                    "result",
                    "{criterion}",
                    Kind.CHOICE,
                    choices=RESULTS,
                    hint="Only “met” opens the programme. A skip is kept as not known.",
                ),
                Question("note", "What is that based on?", hint="One line; Enter leaves it blank."),
                Question(
                    "depart",
                    "Do you and your manager depart from this criterion?",
                    Kind.CHOICE,
                    choices=YES_NO,
                    default=lambda view: "no",
                    when=_not_met,
                ),
                Question(
                    "reason",
                    "Why?",
                    Kind.LONG,
                    required=True,
                    when=_departs,
                    hint="This reason stands in the report, which both sides read. Leave out who told what.",
                ),
                Question("manager", "Which manager was consulted?", required=True, when=_departs),
                Question(
                    "consulted_on",
                    "On which date?",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    check=_not_after_today,
                    when=_departs,
                ),
            ),
            over=lambda view: tuple(CRITERIA),
        ),
    ),
    say="Each point is met, not met or not known. If one is not met, the case is kept, and the programme waits.",
)

PREPARATION = Section(
    "Preparation: Planning Together for Children",
    (
        Each(
            "adults",
            "{adult}",
            tuple(
                Question(
                    key,
                    text,
                    Kind.CHOICE,
                    choices=(
                        Choice("done", "done"),
                        Choice("booked", "booked"),
                        Choice("not_yet", "not yet"),
                        Choice("not_known", "not known"),
                    ),
                )
                for key, text in (
                    ("prep_elearning", "E-learning"),
                    ("prep_workshop", "Workshop"),
                    ("prep_certificate", "Certificate seen"),
                )
            ),
            over=_every_adult,
        ),
    ),
    say="The parents' course of that name. It is not this programme; it comes before it.",
)


def _opens(view: View) -> bool:
    """Whether the programme opens with the answers so far."""
    adults = [f"adults.{n}." for n in view.items("adults")]
    willing = [("", _said(view, f"{adult}willing")) for adult in adults]
    both = bool(view.side("A") and view.side("B"))
    return decide(willing if both else [], [_criterion(view, key) for key in CRITERIA]).opens


def _criterion(view: View, key: str) -> Criterion:
    at = f"screening.{key}."
    day = _said(view, f"{at}consulted_on")
    return Criterion(
        key,
        _said(view, f"{at}result") or "not_known",
        depart=_said(view, f"{at}depart") == "yes",
        reason=_said(view, f"{at}reason"),
        manager=_said(view, f"{at}manager"),
        consulted_on=date.fromisoformat(day) if day else None,
    )


def _said(view: View, path: str) -> str:
    found = view.answers.get(path)
    return "" if found is None or found.value is None else str(found.value)


def _latest_of_order_and_consents(view: View) -> str | None:
    days = [_said(view, "order_date"), *(_said(view, f"adults.{n}.consent_on") for n in view.items("adults"))]
    return max(days) if all(days) else None


TIMETABLE = Section(
    "The twelve weeks",
    (
        Question(
            "day_zero",
            "From which day are the twelve weeks counted?",
            Kind.DATE,
            required=True,
            default=_latest_of_order_and_consents,
            hint="Proposed: the later of the order and the consents. Day 84 ends the programme.",
        ),
    ),
    when=_opens,
)

SCRIPT = Script(
    "new-case",
    "New case",
    (COURT, ADULTS, CHILDREN, OTHERS, ORDERS, SCREENING, PREPARATION, TIMETABLE),
)
