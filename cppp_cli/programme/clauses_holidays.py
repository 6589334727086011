"""Ready-made clauses on school holidays, special days, and which rule comes first. Pure."""

from __future__ import annotations

from typing import Final

from cppp_cli.programme.clause import Clause
from cppp_cli.programme.clause_blanks import AT, CHANNEL, CHILDREN, FROM, OTHER, UNTIL, clock, day, side, words

EVEN_YEARS: Final = side("parent", "With which parent in even years?")
ODD_YEARS: Final = side("other", "With which parent in odd years?", "Alex")

HOLIDAYS: Final = (
    Clause(
        "holiday_halves",
        "school_holidays",
        "Two halves of a holiday, changing every year",
        "{holiday} will be divided into two halves with the same number of nights, changing at {time} on the middle "
        "day. In even years {children} will spend the first half with {parent} and the second half with {other}; in "
        "odd years it will be the other way round.",
        (
            words("holiday", "Which holiday?", "the summer holiday"),
            AT,
            CHILDREN,
            side("parent", "Who has the first half in even years?"),
            OTHER,
        ),
    ),
    Clause(
        "holiday_half_terms",
        "school_holidays",
        "Half terms",
        "In even years {children} will spend the February half term with {parent} and the May and October half terms "
        "with {other}; in odd years it will be the other way round. A half term begins at {start} on {start_day} and "
        "ends at {end} on {end_day}.",
        (
            CHILDREN,
            side("parent", "Who has February in even years?"),
            OTHER,
            clock("start", "At what time does it begin?", "17:00"),
            words("start_day", "On which day does it begin?", "the Friday when school ends"),
            clock("end", "At what time does it end?", "17:00"),
            words("end_day", "On which day does it end?", "the Sunday before school begins"),
        ),
    ),
    Clause(
        "holiday_weeks",
        "school_holidays",
        "Summer: weeks in turn",
        "In the summer holiday {children} will spend one week with each parent in turn, changing on {day} at {time}. "
        "The first week begins on {first} and will be with {parent}.",
        (
            CHILDREN,
            words("day", "On which day of the week?", "Saturday"),
            clock("time", "At what time?", "12:00"),
            day("first", "On which date does the first week begin?", "2027-07-24"),
            side("parent", "With which parent is it?"),
        ),
    ),
    Clause(
        "holiday_choice",
        "school_holidays",
        "Summer: each chooses weeks",
        "In the summer holiday {children} will spend {weeks} weeks in a row with each parent. In odd years {parent} "
        "will choose first, by {by}, and {other} by {then_by}; in even years {other} will choose first. Each will send "
        "the dates to the other by {channel}.",
        (
            CHILDREN,
            words("weeks", "How many weeks with each?", "two"),
            side("parent", "Who chooses first in odd years?"),
            words("by", "By which day of the year?", "31 March"),
            OTHER,
            words("then_by", "By which day does the other choose?", "14 April"),
            CHANNEL,
        ),
    ),
    Clause(
        "holiday_christmas",
        "school_holidays",
        "The Christmas holiday in two parts",
        "The first part of the Christmas holiday is from the end of term until {time} on {day}, and the second part is "
        "from then until {end}. In even years {children} will spend the first part with {parent} and the second with "
        "{other}; in odd years it will be the other way round.",
        (
            clock("time", "At what time do they change?", "12:00"),
            words("day", "On which day?", "28 December"),
            words("end", "When does the second part end?", "18:00 on the day before school begins"),
            CHILDREN,
            side("parent", "Who has the first part in even years?"),
            OTHER,
        ),
    ),
    Clause(
        "holiday_handover",
        "school_holidays",
        "Coming and going in the holidays",
        "In the school holidays {collector} will collect {children} from {place} at {time} on the first day, and "
        "{bringer} will bring {children} to {back} at {end} on the last day. If illness or a failure of transport "
        "prevents this, {then}.",
        (
            side("collector", "Who collects at the start?"),
            CHILDREN,
            words("place", "From where?", "the home of Alex"),
            clock("time", "At what time on the first day?", "10:00"),
            side("bringer", "Who brings the children at the end?"),
            words("back", "Where to?", "the home of Alex"),
            clock("end", "At what time on the last day?", "17:00"),
            words("then", "What happens if that is not possible?", "it will be done at the same time on the next day"),
        ),
    ),
    Clause(
        "holiday_single_days",
        "school_holidays",
        "Inset days and bank holidays",
        "On an inset day the parent of the night before will look after {children} until {time}. On a bank holiday "
        "Monday the parent of the Sunday night will look after {children} until {monday_time}.",
        (
            CHILDREN,
            clock("time", "Until what time on an inset day?", "15:30"),
            clock("monday_time", "Until what time on a bank holiday?", "18:00"),
        ),
    ),
)

SPECIAL_DAYS: Final = (
    Clause(
        "special_birthday",
        "special_days",
        "A child's birthday",
        "On a child's birthday the parent who is elsewhere will spend time with {children} from {start} until {end}, "
        "at {place}. {traveller} will take {children} there and back.",
        (
            CHILDREN,
            clock("start", "From what time?", "16:00"),
            UNTIL,
            words("place", "Where?", "the café in Priory Park"),
            words("traveller", "Who takes the children there and back?", "the parent who is elsewhere"),
        ),
    ),
    Clause(
        "special_parents_birthday",
        "special_days",
        "A parent's birthday",
        "On a parent's birthday {children} will spend time with that parent from {start} until {end}. That parent will "
        "collect {children} from the home of the other and bring {children} back there.",
        (CHILDREN, clock("start", "From what time?", "16:00"), clock("end", "Until what time?", "19:00")),
    ),
    Clause(
        "special_parents_days",
        "special_days",
        "Mothering Sunday and Father's Day",
        "{children} will be with {mother} on Mothering Sunday and with {father} on Father's Day, from {start} until "
        "{end}. The parent whose day it is will collect {children} from the home of the other and bring {children} "
        "back there.",
        (
            CHILDREN,
            side("mother", "With whom on Mothering Sunday?"),
            side("father", "With whom on Father's Day?", "Alex"),
            FROM,
            UNTIL,
        ),
    ),
    Clause(
        "special_christmas",
        "special_days",
        "Christmas Day, in turn",
        "From {start} on 24 December until {end} on 26 December {children} will be with {parent} in even years and "
        "with {other} in odd years. The parent whose time begins will collect {children} from the home of the other.",
        (
            clock("start", "From what time on 24 December?", "12:00"),
            clock("end", "Until what time on 26 December?", "12:00"),
            CHILDREN,
            EVEN_YEARS,
            ODD_YEARS,
        ),
    ),
    Clause(
        "special_new_year",
        "special_days",
        "New Year, in turn",
        "From {start} on 31 December until {end} on 1 January {children} will be with {parent} when the year that ends "
        "is even, and with {other} when it is odd.",
        (
            clock("start", "From what time on 31 December?", "12:00"),
            clock("end", "Until what time on 1 January?", "12:00"),
            CHILDREN,
            side("parent", "With which parent when the year that ends is even?"),
            side("other", "With which parent when it is odd?", "Alex"),
        ),
    ),
    Clause(
        "special_festival",
        "special_days",
        "A festival",
        "For {festival} {children} will be with {parent} every year, from {start} until {end}. If the date of the "
        "festival moves, the time with {parent} will move with it.",
        (
            words("festival", "Which festival?", "Eid al-Fitr"),
            CHILDREN,
            side("parent", "With which parent?"),
            words("start", "From when?", "09:00 on the day"),
            words("end", "Until when?", "18:00 on the day after"),
        ),
    ),
)

PRIORITY: Final = (
    Clause(
        "priority_order",
        "priority",
        "Special days, then holidays, then normal weeks",
        "Special days come before school holidays, and school holidays come before normal weeks. Where two rules "
        "disagree, the one that comes first holds.",
        (),
    ),
    Clause(
        "priority_by_calendar",
        "priority",
        "How the pattern goes on after a holiday",
        "After a school holiday the normal pattern goes on by the calendar, counted from {first}, as if the holiday "
        "had not come between.",
        (day("first", "From which date does the pattern count?", "2026-09-04"),),
    ),
    Clause(
        "priority_not_made_up",
        "priority",
        "Days that fall away",
        "Normal days that fall away because of a special day or a school holiday will not be made up.",
        (),
    ),
)

CLAUSES: Final = (*HOLIDAYS, *SPECIAL_DAYS, *PRIORITY)
