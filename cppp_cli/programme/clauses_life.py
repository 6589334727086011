"""Ready-made clauses on money, belief, friends and family, and life at home. Pure."""

from __future__ import annotations

from typing import Final

from cppp_cli.programme.clause import Clause
from cppp_cli.programme.clause_blanks import (
    AMOUNT,
    AT,
    CHILDREN,
    FROM,
    OTHER,
    REVIEW_ON,
    UNTIL,
    clock,
    day,
    side,
    words,
)

SHARES: Final = words("shares", "How is it shared?", "half by each parent")
TRAVELLER: Final = words("traveller", "Who takes the children there and back?", "Grandma Jean")

MONEY: Final = (
    Clause(
        "money_maintenance",
        "money",
        "Child maintenance between the parents",
        "{payer} will pay {payee} child maintenance of {amount}, by {means}, on {when}, starting on {first}. Both will "
        "look at the amount again on {review_on}.",
        (
            side("payer", "Who pays?"),
            side("payee", "To whom?", "Alex"),
            words("amount", "How much, and for what time?", "£240 a month"),
            words("means", "By what means?", "bank transfer"),
            words("when", "On which days?", "the first day of each month"),
            day("first", "Starting on which day?", "2026-10-01"),
            REVIEW_ON,
        ),
    ),
    Clause(
        "money_service",
        "money",
        "Child maintenance through the service",
        "Child maintenance will be what the Child Maintenance Service works out. Each parent will tell it of a change "
        "within {within}.",
        (words("within", "Within what time?", "two weeks"),),
    ),
    Clause(
        "money_extras",
        "money",
        "Uniform, trips and clubs",
        "The cost of {things} will be paid {shares}, within {within} of seeing the receipt. Anything above {amount} "
        "needs a yes from both parents first.",
        (
            words("things", "The cost of what?", "uniform, school trips and clubs"),
            SHARES,
            words("within", "Within what time?", "14 days"),
            words("amount", "Above what amount do both say yes first?", "£40"),
        ),
    ),
    Clause(
        "money_who_buys",
        "money",
        "Who buys what",
        "{parent} will buy {things} and {other} will buy {other_things}, by {by}.",
        (
            side("parent", "Who is the one parent?"),
            words("things", "What does this parent buy?", "the school uniform"),
            OTHER,
            words("other_things", "What does the other buy?", "shoes, coats and sports kit"),
            words("by", "By which day of the year?", "20 August every year"),
        ),
    ),
    Clause(
        "money_pocket",
        "money",
        "Pocket money",
        "Pocket money for {children} will be {amount} a week, paid on {day} by the parent who is there.",
        (CHILDREN, AMOUNT, words("day", "On which day of the week?", "Saturday")),
    ),
    Clause(
        "money_benefit",
        "money",
        "Child Benefit",
        "{parent} will claim Child Benefit for {children}.",
        (side("parent", "Which parent?"), CHILDREN),
    ),
)

RELIGION: Final = (
    Clause(
        "religion_worship",
        "religion_culture",
        "Worship",
        "{children} will go to {place} with {parent} on {days}.",
        (
            CHILDREN,
            words("place", "Where to?", "St Mark's Church"),
            side("parent", "With which parent?"),
            words("days", "On which days?", "the Sundays of that parent's weekends"),
        ),
    ),
    Clause(
        "religion_both",
        "religion_culture",
        "The customs of both families",
        "{children} will take part in the customs of both families. Each parent will speak with respect of the beliefs "
        "of the other.",
        (CHILDREN,),
    ),
    Clause(
        "religion_food",
        "religion_culture",
        "Food",
        "In both homes the food for {children} will be {food}.",
        (CHILDREN, words("food", "What kind of food?", "halal")),
    ),
    Clause(
        "religion_language",
        "religion_culture",
        "Languages",
        "{parent} will speak {language} with {children}, and {other} will speak {other_language}.",
        (
            side("parent", "Who is the one parent?"),
            words("language", "In which language?", "Polish"),
            CHILDREN,
            OTHER,
            words("other_language", "In which language does the other speak?", "English"),
        ),
    ),
    Clause(
        "religion_rites",
        "religion_culture",
        "Rites",
        "Neither parent will arrange {rite} for {children} unless the other has said yes in writing or the court has "
        "decided.",
        (words("rite", "Which rite?", "a baptism"), CHILDREN),
    ),
)

ACTIVITIES: Final = (
    Clause(
        "activities_club",
        "activities",
        "A club in both parents' time",
        "{children} will go to {club} on {days} at {time}. The parent who is looking after {children} that day will "
        "take {children} there and back, with {kit}.",
        (
            CHILDREN,
            words("club", "To which club or lesson?", "football training at Riverside Sports Ground"),
            words("days", "On which days?", "Tuesdays"),
            AT,
            words("kit", "What has to be taken along?", "boots and a drink"),
        ),
    ),
    Clause(
        "activities_new",
        "activities",
        "Something new",
        "A new club or lesson that falls in the time of both parents will begin only when both have said yes in "
        "writing. Its cost will be paid {shares}.",
        (SHARES,),
    ),
    Clause(
        "activities_parties",
        "activities",
        "Parties",
        "The parent who is looking after {children} on the day of a party will answer the invitation, buy the present "
        "and see to the journey.",
        (CHILDREN,),
    ),
)

FAMILY: Final = (
    Clause(
        "family_visits",
        "wider_family",
        "Time with relatives",
        "{children} will spend time with {relative} on {days}, from {start} until {end}, at {place}. {traveller} will "
        "take {children} there and back.",
        (
            CHILDREN,
            words("relative", "With whom?", "Grandma Jean"),
            words("days", "On which days?", "the first Saturday of each month"),
            FROM,
            UNTIL,
            words("place", "Where?", "Grandma Jean's home"),
            TRAVELLER,
        ),
    ),
    Clause(
        "family_calls",
        "wider_family",
        "Calls with relatives",
        "{relative} will call {children} by {means} on {days} at {time}.",
        (
            words("relative", "Who calls?", "Grandad Amir"),
            CHILDREN,
            words("means", "By telephone, by video?", "video"),
            words("days", "On which days?", "Sundays"),
            AT,
        ),
    ),
    Clause(
        "family_kind",
        "wider_family",
        "What relatives say",
        "Each parent will ask relatives to speak well of the other parent where {children} can hear it.",
        (CHILDREN,),
    ),
)

PARTNERS: Final = (
    Clause(
        "partners_told",
        "new_partners",
        "Telling the other parent first",
        "A parent who wants to introduce a new partner to {children} will tell the other parent at least {notice} "
        "before.",
        (CHILDREN, words("notice", "How long before?", "two weeks")),
    ),
    Clause(
        "partners_first",
        "new_partners",
        "The first meetings",
        "The first {number} meetings of {children} with a new partner will be by day and at {place}. A new partner "
        "will not stay overnight in the same home as {children} before {first}.",
        (
            words("number", "How many meetings?", "three"),
            CHILDREN,
            words("place", "Where?", "a park or a café"),
            day("first", "Before which day?", "2027-04-01"),
        ),
    ),
    Clause(
        "partners_role",
        "new_partners",
        "What a partner does",
        "A new partner can help with {tasks}, and will leave {matters} to the parents.",
        (
            words("tasks", "With what?", "meals and the way to school"),
            words("matters", "What is left to the parents?", "decisions and discipline"),
        ),
    ),
    Clause(
        "partners_names",
        "new_partners",
        "What a partner is called",
        "{children} will call a new partner {name}. Nobody will ask {children} to say mum or dad.",
        (CHILDREN, words("name", "By what name?", "by first name")),
    ),
)

HOME: Final = (
    Clause(
        "home_bedtime",
        "house_rules",
        "Bedtime",
        "On school nights bedtime for {children} will be {time} in both homes.",
        (CHILDREN, clock("time", "At what time?", "20:00")),
    ),
    Clause(
        "home_screens",
        "house_rules",
        "Screens",
        "In both homes screens will be off from {time}, and telephones will spend the night in {place}.",
        (clock("time", "From what time?", "19:30"), words("place", "Where, outside the bedrooms?", "the kitchen")),
    ),
    Clause(
        "home_photographs",
        "house_rules",
        "Photographs online",
        "Neither parent will put a photograph of {children} online where anybody but {people} can see it.",
        (CHILDREN, words("people", "Who may see it?", "close family")),
    ),
    Clause(
        "home_discipline",
        "house_rules",
        "When a rule is broken",
        "When a rule is broken, the consequence in both homes will be {consequence}. Nobody will hit, shake or shame a "
        "child.",
        (words("consequence", "What will it be?", "a talk, and an evening without screens"),),
    ),
)

CLAUSES: Final = (*MONEY, *RELIGION, *ACTIVITIES, *FAMILY, *PARTNERS, *HOME)
