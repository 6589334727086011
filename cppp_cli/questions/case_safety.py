"""What new-case asks about orders, screening and preparation."""

from __future__ import annotations

from cppp_cli.programme.screening import CRITERIA
from cppp_cli.questions.conditions import RESULTS, YES_NO_UNKNOWN, every_adult, is_, not_after_today, not_known
from cppp_cli.questions.model import YES_NO, Choice, Each, Kind, Question, Repeat, Section, View


def _not_met(view: View) -> bool:
    return view.answer("result") is not None and view.text("result") != "met"


def _departs(view: View) -> bool:
    return _not_met(view) and view.text("depart") == "yes"


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
                            default=not_known,
                            hint="While it does, or while that is not known, no joint session is confirmed.",
                        ),
                        Question("ends_on", "When does it end?", Kind.DATE, lean="future"),
                    ),
                    another="Did {adult} tell of another?",
                    when=is_("has_restrictions", "yes"),
                ),
            ),
            over=every_adult,
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
                    default=not_known,
                    hint="The programme is voluntary for both sides. This can never be departed from.",
                ),
                Question(
                    "consent_on",
                    "On which date did {adult} agree to take part?",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    check=not_after_today,
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
            over=every_adult,
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
                    default=not_known,
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
                    check=not_after_today,
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
            over=every_adult,
        ),
    ),
    say="The parents' course of that name. It is not this programme; it comes before it.",
)
