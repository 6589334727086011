"""Ready-made clauses on where the children live and spend time, handovers, and changes of the day. Pure."""

from __future__ import annotations

from typing import Final

from cppp_cli.programme.clause import Clause
from cppp_cli.programme.clause_blanks import (
    ANSWER,
    AT,
    CHANNEL,
    CHILDREN,
    END,
    FIRST,
    LIVES_WITH,
    OTHER,
    PLACE,
    REVIEW_ON,
    START,
    WITHIN,
    clock,
    day,
    side,
    words,
)

LIVING: Final = (
    Clause(
        "living_weekdays",
        "living_pattern",
        "Lives with one parent, fixed days with the other",
        "{children} will live with {parent} and spend time with {other} every {days}, from {start} until {end}, "
        "starting on {first}. Both parents will look at this pattern again on {review_on}.",
        (
            CHILDREN,
            LIVES_WITH,
            OTHER,
            words("days", "Every which day of the week?", "Wednesday"),
            START,
            END,
            FIRST,
            REVIEW_ON,
        ),
    ),
    Clause(
        "living_weekends",
        "living_pattern",
        "Lives with one parent, alternate weekends with the other",
        "{children} will live with {parent} and spend alternate weekends with {other}, from {start} on {start_day} "
        "until {end} on {end_day}. The first of these weekends begins on {first}. Both parents will look at this "
        "pattern again on {review_on}.",
        (
            CHILDREN,
            LIVES_WITH,
            OTHER,
            START,
            words("start_day", "On which day does the weekend start?", "Friday"),
            END,
            words("end_day", "On which day does it end?", "Sunday"),
            day("first", "On which date does the first one begin?", "2026-09-04"),
            REVIEW_ON,
        ),
    ),
    Clause(
        "living_weeks",
        "living_pattern",
        "Alternate weeks with each parent",
        "{children} will live with {parent} and with {other}, in alternate weeks. A week begins on {day} at {time}. "
        "The week that begins on {first} will be with {first_parent}. Both parents will look at this pattern again on "
        "{review_on}.",
        (
            CHILDREN,
            side("parent", "Who is the one parent?"),
            OTHER,
            words("day", "On which day of the week does a week begin?", "Friday"),
            AT,
            day("first", "On which date does the first week begin?", "2026-09-04"),
            side("first_parent", "With which parent is the first week?"),
            REVIEW_ON,
        ),
    ),
    Clause(
        "living_nights",
        "living_pattern",
        "The same nights every week with each parent",
        "In term time {children} will sleep at the home of {parent} on {nights} nights and at the home of {other} on "
        "{other_nights} nights, starting on {first}. Both parents will look at this pattern again on {review_on}.",
        (
            CHILDREN,
            side("parent", "Who is the one parent?"),
            words("nights", "Which nights are with this parent?", "Monday, Tuesday and Friday"),
            OTHER,
            words("other_nights", "Which nights are with the other?", "Wednesday, Thursday, Saturday and Sunday"),
            FIRST,
            REVIEW_ON,
        ),
    ),
    Clause(
        "living_steps",
        "living_pattern",
        "Time that grows in steps",
        "{children} will spend time with {other} in steps. From {first}: {step_one}. From {second}: {step_two}. From "
        "{third}: {step_three}. Both parents will look at it again on {review_on}, and before the next step if "
        "{trigger}.",
        (
            CHILDREN,
            side("other", "With which parent?", "Alex"),
            day("first", "From which day, the first step?", "2026-10-03"),
            words("step_one", "What is the first step? Days and times.", "Saturdays from 10:00 until 13:00"),
            day("second", "From which day, the second step?", "2026-12-05"),
            words("step_two", "What is the second step?", "Saturdays from 10:00 until 17:00"),
            day("third", "From which day, the third step?", "2027-02-06"),
            words("step_three", "What is the third step?", "every Saturday at 10:00 until Sunday at 11:00"),
            REVIEW_ON,
            words("trigger", "What would make you look at it sooner?", "either parent or the school is worried"),
        ),
    ),
    Clause(
        "living_rota",
        "living_pattern",
        "Days that follow a work rota",
        "{parent} will send the rota for each month by the {day} of the month before. {children} will be with {parent} "
        "on {days}, from {start} until {end}, starting on {first}. Both parents will look at this pattern again on "
        "{review_on}.",
        (
            side("parent", "Which parent has the rota?"),
            words("day", "By which day of the month?", "20th"),
            CHILDREN,
            words("days", "Which days of the rota?", "the first and second day off of each run of shifts"),
            START,
            END,
            FIRST,
            REVIEW_ON,
        ),
    ),
)

HANDOVERS: Final = (
    Clause(
        "handover_school",
        "handovers",
        "Collecting from school or nursery",
        "{collector} will collect {children} from {school} at {time} on {days}. On a day when it is closed, "
        "{collector} will collect {children} from {instead} at {instead_time}.",
        (
            side("collector", "Who collects?"),
            CHILDREN,
            words("school", "From which school or nursery?", "Oakfield Primary School"),
            clock("time", "At what time?", "15:15"),
            words("days", "On which days?", "Fridays"),
            words("instead", "From where, when it is closed?", "the library in Mill Lane"),
            clock("instead_time", "At what time, when it is closed?", "15:30"),
        ),
    ),
    Clause(
        "handover_return",
        "handovers",
        "Bringing the children back",
        "{bringer} will bring {children} to {place} at {time} on {days}. If something holds up the journey, {bringer} "
        "will tell {other} before that time and say when to expect {children}.",
        (
            side("bringer", "Who brings the children?", "Alex"),
            CHILDREN,
            words("place", "Where to?", "the home of Sam"),
            AT,
            words("days", "On which days?", "Sundays"),
            side("other", "Who is waiting?", "Sam"),
        ),
    ),
    Clause(
        "handover_neutral",
        "handovers",
        "Meeting at a neutral place",
        "{bringer} will bring {children} to {place} at {time} on {days}, and {collector} will collect {children} "
        "there. If it is closed, both will go to {instead} at the same time.",
        (
            side("bringer", "Who brings the children?", "Alex"),
            CHILDREN,
            PLACE,
            AT,
            words("days", "On which days?", "Sundays"),
            side("collector", "Who collects?"),
            words("instead", "Where to, if it is closed?", "the café in Priory Park"),
        ),
    ),
    Clause(
        "handover_late",
        "handovers",
        "Being late",
        "A parent who is going to be late will send a message at once. The other parent will wait for {minutes} "
        "minutes; after that, {then}.",
        (
            words("minutes", "For how many minutes?", "30"),
            words("then", "What happens then?", "the visit will not take place that day"),
        ),
    ),
    Clause(
        "handover_ill",
        "handovers",
        "When a child is ill",
        "If a child is too ill to travel, the parent who is looking after {children} will tell the other by {time} on "
        "that day, and {then}.",
        (
            CHILDREN,
            clock("time", "By what time?", "08:00"),
            words("then", "What happens then?", "the visit will be a week later at the same hours"),
        ),
    ),
    Clause(
        "handover_somebody_else",
        "handovers",
        "Somebody else who may bring and collect",
        "If {parent} cannot come, {person} will bring and collect {children}. {parent} will tell the other parent the "
        "day before. Nobody else will do so unless both parents have said yes in writing.",
        (
            side("parent", "For which parent?"),
            words("person", "Who comes instead?", "Aunt Sunita"),
            CHILDREN,
        ),
    ),
    Clause(
        "handover_centre",
        "handovers",
        "Coming and going at a contact centre",
        "{person} will bring {children} to {centre} at {start} and collect {children} there at {end}. If the centre is "
        "closed, {then}.",
        (
            words("person", "Who brings and collects the children?", "Aunt Sunita"),
            CHILDREN,
            words("centre", "Which centre?", "the Elm Street contact centre"),
            clock("start", "At what time do they come?", "10:00"),
            clock("end", "At what time do they leave?", "12:00"),
            words("then", "What happens if it is closed?", "the visit will be a week later at the same hours"),
        ),
        for_parents=False,
    ),
    Clause(
        "handover_things",
        "handovers",
        "What travels with the children",
        "These things will travel with {children} each time, there and back: {things}.",
        (CHILDREN, words("things", "Which things?", "school bag, inhaler, reading book and swimming kit")),
    ),
)

CHANGES: Final = (
    Clause(
        "cancel_notice",
        "cancellations",
        "Cancelling a day",
        "A parent who cannot keep a day will tell the other at least {notice} before, by {channel}. On that day "
        "{children} will stay with the other parent.",
        (words("notice", "How long before?", "48 hours"), CHANNEL, CHILDREN),
    ),
    Clause(
        "cancel_made_up",
        "cancellations",
        "Making up lost time",
        "Time that is lost because of {reason} will be made up on {made_up}. Time that is lost for another reason will "
        "not be made up.",
        (
            words("reason", "For which reasons is it made up?", "illness or work"),
            words("made_up", "On which day, and at what hours?", "the next Sunday from 10:00 until 17:00"),
        ),
    ),
    Clause(
        "cancel_swap",
        "cancellations",
        "Swapping days",
        "A parent who wants to swap days will ask in writing at least {notice} before, and the other will answer "
        "within {answer}. Without an answer the days stay as they are.",
        (words("notice", "How long before?", "seven days"), ANSWER),
    ),
    Clause(
        "cancel_telling",
        "cancellations",
        "Telling the children of a change",
        "The parent who cancels or changes a day will tell {children} so, by {means}, and will not blame anybody for "
        "it.",
        (CHILDREN, words("means", "By what means?", "telephone")),
    ),
    Clause(
        "apart_calls",
        "time_apart",
        "Calls on fixed days",
        "On {days} at {time} {children} will speak by {means} with the parent who is elsewhere, for up to {minutes} "
        "minutes. The parent who is there will have {device} ready and leave the room. A call that is missed will be "
        "made the next day at the same time.",
        (
            words("days", "On which days?", "Tuesdays and Fridays"),
            clock("time", "At what time?", "18:00"),
            CHILDREN,
            words("means", "By telephone, by video?", "video call"),
            words("minutes", "For how many minutes at most?", "20"),
            words("device", "On whose telephone or other device?", "the family tablet"),
        ),
    ),
    Clause(
        "apart_child_calls",
        "time_apart",
        "When a child wants to call",
        "{children} may call the parent who is elsewhere on any day between {start} and {end}. The parent who is "
        "there will help and then leave the room.",
        (CHILDREN, clock("start", "From what time?", "16:00"), clock("end", "Until what time?", "19:00")),
    ),
    Clause(
        "apart_letters",
        "time_apart",
        "Letters and cards through somebody",
        "{parent} will send {what} to {children}, addressed to {person}, by the {day} of each month. {person} will "
        "pass it on within {within} and tell {parent} that it has come.",
        (
            side("parent", "Which parent writes?", "Alex"),
            words("what", "What will be sent?", "one letter or card"),
            CHILDREN,
            words("person", "Through whom?", "Aunt Sunita"),
            words("day", "By which day of the month?", "10th"),
            WITHIN,
        ),
        for_parents=False,
    ),
)

CLAUSES: Final = (*LIVING, *HANDOVERS, *CHANGES)
