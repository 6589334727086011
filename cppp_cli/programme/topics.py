"""The sections of a plan for children: what each is about, and which of them parents settle between them. Pure.

The inventory is drawn from the plans in use in Britain and elsewhere. Most sections are topics: something to agree, or
to leave to the court. The others are parts of the document.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Section:
    """One section of a plan.

    Attributes:
        key: How it is stored; never changed.
        number: Its place in the inventory, from 1.
        label: Its name in a sentence.
        prompts: What to think of, each in a few plain words.
        starting: Whether it is in the short set a first talk begins with.
        plan: Whether it is a topic to settle, rather than a part of the document.
    """

    key: str
    number: int
    label: str
    prompts: tuple[str, ...]
    starting: bool = False
    plan: bool = True

    @property
    def heading(self) -> str:
        """Its name as a heading."""
        return self.label[0].upper() + self.label[1:]


# The areas of the Cafcass plan and its progress summary, in the order in which most talks take them.
_STARTING: Final = (
    *("parents_communication", "living_pattern", "handovers", "school_holidays", "special_days", "money", "education"),
    *("health", "religion_culture", "decisions", "travel", "new_partners", "review"),
)


def _section(key: str, label: str, prompts: str, *, plan: bool = True) -> Section:
    """A section whose number is still to come; its prompts are parted by semicolons."""
    return Section(key, 0, label, tuple(prompts.split("; ")), key in _STARTING, plan)


_LISTED: Final = (
    _section(
        "people_status",
        "the people, and what kind of plan this is",
        "each child's name and date of birth; the adults who care for them, and what they are to each child; "
        "which details of theirs are confidential; the date and version of the plan, for the time being or for "
        "good; court orders that are in force",
        plan=False,
    ),
    _section(
        "principles",
        "what both parents hold to",
        "what is best for the children comes first; no grown-up talk where the children can hear; the children "
        "carry no messages; a kind word about the other parent and that side of the family; the promises of the "
        "joint letter",
    ),
    _section(
        "decisions",
        "making decisions",
        "everyday decisions: whoever is looking after the children; emergencies: who decides, and how soon the "
        "other is told; big decisions for both: school, treatment that can wait, religion; how long to wait for "
        "an answer; what happens when both do not agree",
    ),
    _section(
        "living_pattern",
        "where the children live and spend time, in term time",
        "with whom each child lives, and with whom each spends time; the pattern: days, nights and hours; the "
        "date from which it counts, and whose week or weekend is first; visits by day; growing in steps: what, "
        "from when, and what must have gone well",
    ),
    _section(
        "handovers",
        "handovers",
        "who brings and who collects, and who else may; where: a home, school or somewhere neutral; at what time, "
        "and how long to wait; what if the school is closed or a child is ill; what travels with the children",
    ),
    _section(
        "cancellations",
        "cancelling and swapping days",
        "how long before, and by what means; whether the time is made up, and when; how a swap is asked for and "
        "answered; who tells the children",
    ),
    _section(
        "school_holidays",
        "school holidays",
        "the half terms in October, February and May; Christmas, Easter and summer: how each is divided, and "
        "which part is whose; which years: odd or even; by what date holidays are chosen; inset days and bank "
        "holidays",
    ),
    _section(
        "special_days",
        "special days, such as birthdays and festivals",
        "the children's and the parents' birthdays; Mothering Sunday and Father's Day; Christmas Eve, Christmas "
        "Day and Boxing Day, New Year; religious festivals and days that matter to the family; which years, and "
        "from when until when",
    ),
    _section(
        "priority",
        "which rule comes first",
        "special days, then holidays, then normal weeks; whether days that fall away are made up; how the pattern "
        "goes on after a holiday",
    ),
    _section(
        "time_apart",
        "time and calls when apart",
        "calls, video calls, messages, letters and cards; on which days and at what time; who starts the call, "
        "and on whose telephone; quiet and privacy; what if a call is missed",
    ),
    _section(
        "parents_communication",
        "how the parents communicate with each other",
        "by what means: message, e-mail, telephone, an app; how soon to answer, what is urgent, and how to say "
        "so; the tone; never through the children; telling each other of a new number",
    ),
    _section(
        "information",
        "sharing information",
        "school reports, letters and parents' evenings; news about health; both named for emergencies; records "
        "both can ask for",
    ),
    _section(
        "education",
        "education and childcare",
        "which school, and who decides on a change; homework, trips and events; who tells the school of the plan "
        "and of absences; care before and after school, and who else looks after the children",
    ),
    _section(
        "health",
        "health and well-being",
        "doctor and dentist, who makes appointments, and who goes along; consent to treatment; medicines and "
        "allergies; special educational needs and disability; feelings: whom the children can talk to, and "
        "counselling",
    ),
    _section(
        "money",
        "money and what the children need",
        "child maintenance: between the parents, or through the Child Maintenance Service; uniform, trips and "
        "clubs: who pays what; pocket money, telephones and savings; benefits, and who claims them",
    ),
    _section(
        "religion_culture",
        "religion, culture and language",
        "worship and festivals; food; the languages spoken in each home; rites such as a naming, a baptism or "
        "circumcision; the children's own sense of who they are",
    ),
    _section(
        "activities",
        "activities and friends",
        "clubs and lessons that fall in both parents' time; parties and friends who come to stay; kit and "
        "instruments that travel; who says yes to something new",
    ),
    _section(
        "wider_family",
        "wider family and others who matter",
        "grandparents, aunts, uncles and cousins; brothers and sisters, half and step; friends of the family; "
        "when, where, and who takes the children",
    ),
    _section(
        "new_partners",
        "new partners",
        "when and how the children meet them; telling the other parent first; what a partner does, and leaves to "
        "the parents; who is there when the children come and go",
    ),
    _section(
        "house_rules",
        "house rules",
        "bedtimes and meals; how rules are kept, and what happens when they are broken; screens, social media and "
        "photographs online; smoking and alcohol at home; pets",
    ),
    _section(
        "travel",
        "travel and passports",
        "journeys in this country and abroad; how long before to say so, and what to send; who says yes, and in "
        "what form; who keeps the passports; calls while away",
    ),
    _section(
        "relocation_name",
        "moving house, and the children's name",
        "how long before to tell the other of a move; how far is too far for the plan to work; who decides on a "
        "new school; the surname, and who has to agree to a change",
    ),
    _section(
        "safety",
        "safety",
        "coming and going without risk; time that is supported or supervised: where, and by whom; who must not be "
        "there; alcohol and drugs; what stops the time at once, what is never acceptable",
    ),
    _section(
        "childs_voice",
        "the children's voice, and how they are told of the plan",
        "what the children said and want to have shared; who tells them of the plan, when and in what words; "
        "whether they see all of it or part of it; whom they can talk to afterwards",
    ),
    _section(
        "if_things_change",
        "what happens if things change or go wrong",
        "how to raise a problem; the steps: talking, writing, mediation, a solicitor, the court; what holds while "
        "it is open",
    ),
    _section(
        "review",
        "reviewing the plan",
        "a date, or every so many months; what brings a review on sooner: a new school, a move, a new partner, a "
        "child who asks, new work, health; where and how, and who helps",
    ),
    _section(
        "status",
        "what this plan is",
        "it binds nobody in law unless the court makes an order; whether it may be put before the court; whether "
        "both want a recital or an order by consent",
        plan=False,
    ),
    _section(
        "not_agreed",
        "what is not agreed",
        "each question that is open; each side's position, as that side puts it; what would help to decide it; "
        "what the court is asked",
        plan=False,
    ),
    _section(
        "sign_off",
        "names, dates and copies",
        "who has agreed, and on which day; signatures, if both want them; who gets a copy",
        plan=False,
    ),
)

SECTIONS: Final = tuple(replace(section, number=number) for number, section in enumerate(_LISTED, 1))
"""Every section, in the order of the inventory."""

_BY_KEY: Final = MappingProxyType({section.key: section for section in SECTIONS})

OFFERED: Final = tuple(section for section in SECTIONS if section.plan)
"""The topics: what may be agreed or left open."""

STARTING: Final = tuple(_BY_KEY[key] for key in _STARTING)
"""The short set to begin with."""

FURTHER: Final = tuple(section for section in OFFERED if not section.starting)
"""The other topics, a keystroke away."""

TOPICS: Final[Mapping[str, str]] = MappingProxyType({section.key: section.label for section in OFFERED})
"""The topics by key, as documents and prompts name them."""


def find(key: str) -> Section | None:
    """The section of that key; None for a topic the officer named."""
    return _BY_KEY.get(key)


def topic_label(topic: str) -> str:
    """A topic as a heading; one the officer named stays as typed."""
    section = find(topic)
    return section.heading if section and section.plan else topic
