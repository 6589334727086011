"""Ready-made clauses on journeys and moves, safety, the children's voice, problems and reviews. Pure."""

from __future__ import annotations

from typing import Final

from cppp_cli.programme.clause import Clause
from cppp_cli.programme.clause_blanks import AT, CHANNEL, CHILDREN, DAYS, FROM, NOTICE, UNTIL, WITHIN, day, side, words

TRAVEL: Final = (
    Clause(
        "travel_here",
        "travel",
        "Journeys in this country",
        "A parent who takes {children} away from home for more than {nights} nights will send the other the address "
        "and a telephone number at least {notice} before.",
        (
            CHILDREN,
            words("nights", "For more than how many nights?", "two"),
            words("notice", "How long before?", "a week"),
        ),
    ),
    Clause(
        "travel_abroad",
        "travel",
        "Journeys abroad",
        "A parent who wants to take {children} abroad will ask the other in writing at least {notice} before, with the "
        "dates, the flights and the address. The other will answer in writing within {answer}.",
        (CHILDREN, NOTICE, words("answer", "Within what time is it answered?", "seven days")),
    ),
    Clause(
        "travel_passports",
        "travel",
        "Passports",
        "Each passport for {children} will be kept by {holder}, given to the other parent at least {notice} before a "
        "journey abroad that both have said yes to, and given back within {within} of coming home.",
        (
            CHILDREN,
            side("holder", "Who keeps the passports?"),
            words("notice", "How long before?", "seven days"),
            WITHIN,
        ),
    ),
    Clause(
        "travel_calls",
        "travel",
        "Calls while away",
        "On a journey of more than {nights} nights {children} will call the parent at home on {days} at {time}, by "
        "{means}.",
        (
            words("nights", "More than how many nights?", "three"),
            CHILDREN,
            words("days", "On which days?", "Wednesdays and Sundays"),
            AT,
            words("means", "By telephone, by video?", "video call"),
        ),
    ),
    Clause(
        "travel_none",
        "travel",
        "No journey abroad for the time being",
        "Until {until} neither parent will take {children} out of the United Kingdom unless the other has said yes in "
        "writing or the court has decided.",
        (day("until", "Until which day?", "2027-09-01"), CHILDREN),
        for_parents=False,
    ),
)

MOVING: Final = (
    Clause(
        "moving_notice",
        "relocation_name",
        "Moving house",
        "A parent who plans to move house will tell the other by {channel} at least {notice} before, and say where "
        "to, on which day, and how {children} will get to school.",
        (CHANNEL, words("notice", "How long before?", "eight weeks"), CHILDREN),
    ),
    Clause(
        "moving_far",
        "relocation_name",
        "A move that is far",
        "If a parent plans to move more than {distance} from {place}, both will look at the whole plan together within "
        "{within}, before the move is settled.",
        (
            words("distance", "More than how far?", "ten miles"),
            words("place", "From where?", "Oakfield Primary School"),
            words("within", "Within what time of hearing of it?", "two weeks"),
        ),
    ),
    Clause(
        "moving_name",
        "relocation_name",
        "The children's surname",
        "{children} will keep the surname {surname}, at school, at the doctor's and everywhere else. Neither parent "
        "will use another unless the other has said yes in writing or the court has decided.",
        (CHILDREN, words("surname", "Which surname?", "Reed")),
    ),
)

SAFETY: Final = (
    Clause(
        "safety_alcohol",
        "safety",
        "Alcohol and drugs",
        "Neither parent will drink alcohol or use drugs in the {hours} hours before looking after {children}, or "
        "during that time.",
        (words("hours", "For how many hours before?", "twelve"), CHILDREN),
    ),
    Clause(
        "safety_never",
        "safety",
        "What is never acceptable",
        "In neither home, and nowhere else, will anybody do this where {children} might see or hear it: {things}.",
        (CHILDREN, words("things", "What will nobody do?", "shout, threaten or hit")),
    ),
    Clause(
        "safety_not_there",
        "safety",
        "Somebody who is not to be there",
        "{person} will not be there while {parent} is looking after {children}.",
        (
            words("person", "Who?", "Mr Cole"),
            words("parent", "While who is looking after the children?", "Sam"),
            CHILDREN,
        ),
        for_parents=False,
    ),
    Clause(
        "safety_supervised",
        "safety",
        "Time with somebody in the room",
        "{children} will spend time with {parent} at {place} on {days}, from {start} until {end}, with {supervisor} "
        "in the room throughout. If {supervisor} cannot come, {then}.",
        (
            CHILDREN,
            side("parent", "With which parent?"),
            words("place", "Where?", "the Elm Street contact centre"),
            DAYS,
            FROM,
            UNTIL,
            words("supervisor", "Who is in the room?", "a worker of the centre"),
            words("then", "What happens then?", "the visit will be a week later at the same hours"),
        ),
        for_parents=False,
    ),
    Clause(
        "safety_stop",
        "safety",
        "What stops the time at once",
        "If {event}, the time will end at once. {person} will take {children} to {place} and tell {whom} on the same "
        "day.",
        (
            words("event", "If what happens?", "a parent comes smelling of alcohol"),
            words("person", "Who takes the children away?", "Aunt Sunita"),
            CHILDREN,
            words("place", "Where to?", "the home of Alex"),
            words("whom", "Whom does this person tell?", "the other parent"),
        ),
        for_parents=False,
    ),
)

VOICE: Final = (
    Clause(
        "voice_told",
        "childs_voice",
        "Telling the children of the plan",
        "Both parents will tell {children} about this plan together, on {day} at {place}, and give {children} the "
        "short version.",
        (
            CHILDREN,
            day("day", "On which day?", "2026-09-20"),
            words("place", "Where?", "the home of Grandma Jean"),
        ),
    ),
    Clause(
        "voice_asked",
        "childs_voice",
        "Asking the children before a change",
        "Before this plan is changed, {person} will ask {children} what works well and what does not. Nobody will ask "
        "{children} to choose between the parents.",
        (words("person", "Who asks?", "the class teacher"), CHILDREN),
    ),
    Clause(
        "voice_somebody",
        "childs_voice",
        "Somebody to talk to",
        "{children} can talk to {person} about the plan at any time. {person} will tell the parents only what may be "
        "told, or what has to be told to keep a child safe.",
        (CHILDREN, words("person", "To whom?", "Aunt Sunita")),
    ),
    Clause(
        "voice_letter",
        "childs_voice",
        "The letter back to the children",
        "{person} will give the parents' joint letter to {children} on {day}, at {place}.",
        (
            words("person", "Who gives the letter?", "the Family Court Adviser"),
            CHILDREN,
            day("day", "On which day?", "2026-09-08"),
            words("place", "Where?", "school"),
        ),
        for_parents=False,
    ),
)

PROBLEMS: Final = (
    Clause(
        "problems_raised",
        "if_things_change",
        "How to raise a problem",
        "A parent who sees a problem will write to the other by {channel}, say what would help, and wait {answer} for "
        "an answer. Until it is settled, the plan goes on as it stands.",
        (CHANNEL, words("answer", "How long is the answer waited for?", "seven days")),
    ),
    Clause(
        "problems_steps",
        "if_things_change",
        "One step after another",
        "If the parents have not settled a problem within {within}, they will first {step_one} and then {step_two}. "
        "Only after that will either ask a court, unless a child is not safe.",
        (
            words("within", "Within what time?", "four weeks"),
            words("step_one", "What will they do first?", "ask Aunt Sunita to help"),
            words("step_two", "What next?", "go to mediation"),
        ),
    ),
    Clause(
        "problems_missed",
        "if_things_change",
        "When the plan was not kept",
        "A parent who did not keep to the plan will tell the other why, in writing, within {within}, and {then}.",
        (WITHIN, words("then", "And what will this parent do?", "offer two other days in the same month")),
    ),
)

REVIEW: Final = (
    Clause(
        "review_day",
        "review",
        "On a date",
        "Both parents will look at this plan again on {day}, {how}.",
        (
            day("day", "On which day?", "2027-03-01"),
            words("how", "How, and who helps?", "at the library, with a mediator"),
        ),
    ),
    Clause(
        "review_every",
        "review",
        "At fixed times",
        "Both parents will look at this plan every {interval}, for the first time on {day}.",
        (words("interval", "How often?", "six months"), day("day", "On which day for the first time?", "2027-03-01")),
    ),
    Clause(
        "review_sooner",
        "review",
        "What brings it on sooner",
        "Both parents will look at this plan within {within} if one of these happens: {events}.",
        (
            words("within", "Within what time?", "four weeks"),
            words("events", "If what happens?", "a new school, a move, a new partner, or a child who asks for it"),
        ),
    ),
    Clause(
        "review_prepared",
        "review",
        "Getting ready for it",
        "A week before each review each parent will write down what has gone well and what has not, and send it to the "
        "other by {channel}.",
        (CHANNEL,),
    ),
)

CLAUSES: Final = (*TRAVEL, *MOVING, *SAFETY, *VOICE, *PROBLEMS, *REVIEW)
