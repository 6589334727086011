"""Ready-made clauses on decisions, news between the parents, school and health. Pure."""

from __future__ import annotations

from typing import Final

from cppp_cli.programme.clause import Clause
from cppp_cli.programme.clause_blanks import ANSWER, CHANNEL, CHILDREN, OTHER, WITHIN, clock, day, side, words

PRINCIPLES: Final = (
    Clause(
        "principles_first",
        "principles",
        "What is best for the children comes first",
        "What is best for {children} comes before what is easy for either parent.",
        (CHILDREN,),
    ),
    Clause(
        "principles_kind",
        "principles",
        "Kind words about the other parent",
        "Where {children} can hear or read it, both parents will speak well of each other and of the other's family.",
        (CHILDREN,),
    ),
    Clause(
        "principles_grown_up",
        "principles",
        "No grown-up talk in front of the children",
        "Neither parent will argue with the other, or talk about the court, money or blame, where {children} can hear "
        "it.",
        (CHILDREN,),
    ),
    Clause(
        "principles_promise",
        "principles",
        "A promise to the children",
        "Both parents promise {children} this: {promise}.",
        (CHILDREN, words("promise", "What do both promise?", "we will both come to the school play")),
    ),
)

DECISIONS: Final = (
    Clause(
        "decisions_everyday",
        "decisions",
        "Everyday decisions",
        "Everyday matters, such as {examples}, will be decided by the parent who is looking after {children} at the "
        "time.",
        (words("examples", "Such as what?", "meals, bedtime and clothes"), CHILDREN),
    ),
    Clause(
        "decisions_together",
        "decisions",
        "Decisions both make",
        "Both parents will decide together about {matters}. A parent who wants such a decision will write to the other "
        "by {channel}, and the other will answer within {answer}.",
        (
            words("matters", "About what?", "the choice of school, medical treatment and religion"),
            CHANNEL,
            words("answer", "Within what time is it answered?", "14 days"),
        ),
    ),
    Clause(
        "decisions_stuck",
        "decisions",
        "When both cannot decide",
        "If the parents have not decided something within {within}, they will {step} before either asks a court. Until "
        "it is decided, {meanwhile}.",
        (
            words("within", "Within what time?", "four weeks"),
            words("step", "What will they do first?", "go to mediation"),
            words("meanwhile", "What holds until then?", "everything stays as it is"),
        ),
    ),
    Clause(
        "decisions_emergency",
        "decisions",
        "In an emergency",
        "In an emergency the parent who is there will decide, and will telephone the other as soon as {children} and "
        "everybody else are safe.",
        (CHILDREN,),
    ),
    Clause(
        "decisions_one",
        "decisions",
        "A decision one parent makes",
        "{parent} will decide about {matter}, after asking {other} in writing and waiting {answer} for an answer.",
        (
            side("parent", "Which parent decides?"),
            words("matter", "About what?", "swimming lessons"),
            OTHER,
            words("answer", "How long is the answer waited for?", "seven days"),
        ),
        for_parents=False,
    ),
)

COMMUNICATION: Final = (
    Clause(
        "parents_channel",
        "parents_communication",
        "By what means, and how soon to answer",
        "The parents will write to each other about {children} by {channel}. A message will be answered within "
        "{answer}.",
        (CHILDREN, CHANNEL, ANSWER),
    ),
    Clause(
        "parents_urgent",
        "parents_communication",
        "When something is urgent",
        "If something about {children} is urgent, the parent who knows of it will telephone the other at once, and "
        "will send a message if the call is not answered.",
        (CHILDREN,),
    ),
    Clause(
        "parents_tone",
        "parents_communication",
        "Tone and hours",
        "Messages will be polite, short and about {children} only. Unless it is urgent, neither parent will write "
        "between {start} and {end}.",
        (
            CHILDREN,
            clock("start", "From what time in the evening?", "20:00"),
            clock("end", "Until what time in the morning?", "08:00"),
        ),
    ),
    Clause(
        "parents_not_messengers",
        "parents_communication",
        "Not through the children",
        "Neither parent will send a message through {children}, or ask {children} about life in the other home.",
        (CHILDREN,),
    ),
    Clause(
        "parents_weekly",
        "parents_communication",
        "A message every week",
        "Every {day} the parent who is looking after {children} will write to the other about {what}.",
        (
            words("day", "On which day of the week?", "Sunday"),
            CHILDREN,
            words("what", "About what?", "sleep, health, school and anything to remember"),
        ),
    ),
    Clause(
        "parents_details",
        "parents_communication",
        "A new number or e-mail address",
        "A parent whose telephone number or e-mail address changes will tell the other within {within}.",
        (WITHIN,),
    ),
)

INFORMATION: Final = (
    Clause(
        "information_school",
        "information",
        "News from school goes to both",
        "Both parents will have letters and reports about {children} sent by {school}. {parent} will ask the school "
        "for this by {by}.",
        (
            CHILDREN,
            words("school", "By which school or nursery?", "Oakfield Primary School"),
            side("parent", "Who asks the school?"),
            day("by", "By which date?", "2026-09-18"),
        ),
    ),
    Clause(
        "information_news",
        "information",
        "Telling each other",
        "Within {within} and by {channel}, each parent will tell the other about {matters}.",
        (
            words("within", "Within what time?", "one day"),
            CHANNEL,
            words("matters", "About what?", "illness, appointments and anything the school has said"),
        ),
    ),
    Clause(
        "information_emergency",
        "information",
        "Both named for emergencies",
        "Both parents will be named at {places} as the people to call in an emergency, and each can ask there to see "
        "the records about {children}.",
        (words("places", "Where?", "the school and the doctor's surgery"), CHILDREN),
    ),
)

EDUCATION: Final = (
    Clause(
        "education_school",
        "education",
        "Which school",
        "{children} will go to {school} from {first}. Neither parent will make a change unless the other has said yes "
        "in writing or the court has decided.",
        (
            CHILDREN,
            words("school", "To which school or nursery?", "Oakfield Primary School"),
            day("first", "From which day?", "2026-09-02"),
        ),
    ),
    Clause(
        "education_homework",
        "education",
        "Homework",
        "The parent who is looking after {children} on {days} will see to it that homework is finished by {time} and "
        "goes into the school bag.",
        (
            CHILDREN,
            words("days", "On which days?", "Sundays"),
            clock("time", "By what time?", "17:00"),
        ),
    ),
    Clause(
        "education_events",
        "education",
        "Events and parents' evenings",
        "Both parents can come to {events}. For parents' evenings {how}.",
        (
            words("events", "To what?", "plays, concerts and sports days"),
            words("how", "How are parents' evenings arranged?", "each will book an appointment of their own"),
        ),
    ),
    Clause(
        "education_after_school",
        "education",
        "Care after school",
        "After school on {days}, {carer} will look after {children} until {time}. If {carer} cannot, {instead} will.",
        (
            words("days", "On which days?", "Tuesdays and Thursdays"),
            words("carer", "Who looks after the children?", "the childminder"),
            CHILDREN,
            clock("time", "Until what time?", "17:30"),
            words("instead", "Who does so instead?", "Grandma Jean"),
        ),
    ),
    Clause(
        "education_absence",
        "education",
        "A day away from school",
        "The parent who is looking after {children} will tell the school of an absence by {time}, and the other parent "
        "on the same day.",
        (CHILDREN, clock("time", "By what time?", "08:30")),
    ),
)

HEALTH: Final = (
    Clause(
        "health_registered",
        "health",
        "Doctor and dentist",
        "{children} will be registered with the doctor at {doctor} and the dentist at {dentist}, with both parents "
        "named on the records.",
        (
            CHILDREN,
            words("doctor", "At which surgery?", "Mill Street Surgery"),
            words("dentist", "At which practice?", "Park Road Dental Practice"),
        ),
    ),
    Clause(
        "health_appointments",
        "health",
        "Appointments",
        "{parent} will make the appointments for {children} and tell {other} of each at least {notice} before. Both "
        "can come to it.",
        (
            side("parent", "Which parent makes them?"),
            CHILDREN,
            OTHER,
            words("notice", "How long before?", "three days"),
        ),
    ),
    Clause(
        "health_medicine",
        "health",
        "Medicines",
        "The parent who is looking after {children} will give {medicine} {when}. The medicine will travel with "
        "{children}, with a note of the last dose.",
        (
            CHILDREN,
            words("medicine", "Which medicine, and how much?", "two puffs of the brown inhaler"),
            words("when", "When?", "every morning and evening"),
        ),
    ),
    Clause(
        "health_hospital",
        "health",
        "If a child has to go to hospital",
        "If a child has to go to hospital, the parent who is looking after {children} will telephone the other at "
        "once, and both can be there.",
        (CHILDREN,),
    ),
    Clause(
        "health_treatment",
        "health",
        "Treatment both decide on",
        "Both parents will decide together about {treatment}, after hearing what {adviser} advises. Each will answer "
        "the other within {answer}.",
        (
            words("treatment", "About which treatment?", "immunisations"),
            words("adviser", "Who advises?", "the doctor"),
            words("answer", "Within what time?", "seven days"),
        ),
    ),
    Clause(
        "health_feelings",
        "health",
        "Feelings and well-being",
        "A parent who is worried about the feelings of {children} will tell the other within {within}, and both will "
        "ask {adviser} for advice.",
        (CHILDREN, WITHIN, words("adviser", "Whom will both ask?", "the school nurse")),
    ),
    Clause(
        "health_needs",
        "health",
        "The same support in both homes",
        "Because of {need}, both parents will do this at home: {support}.",
        (
            words("need", "What is the need?", "Robin's hearing loss"),
            words("support", "What will both do?", "face Robin when speaking and check the hearing aids every evening"),
        ),
    ),
)

CLAUSES: Final = (*PRINCIPLES, *DECISIONS, *COMMUNICATION, *INFORMATION, *EDUCATION, *HEALTH)
