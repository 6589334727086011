"""The topics a plan for children may settle, as choices; the officer may always name another."""

from __future__ import annotations

from cppp_cli.questions.model import Choice

OTHER = "other"

TOPICS = (
    Choice("living_pattern", "where the children live and spend time, in term time"),
    Choice("handovers", "handovers"),
    Choice("school_holidays", "school holidays"),
    Choice("special_days", "special days, such as birthdays and festivals"),
    Choice("time_apart", "time and calls when apart"),
    Choice("parents_communication", "how the parents communicate with each other"),
    Choice("decisions", "making decisions"),
    Choice("information", "sharing information"),
    Choice("education", "education and childcare"),
    Choice("health", "health and well-being"),
    Choice("money", "money and what the children need"),
    Choice("religion_culture", "religion, culture and language"),
    Choice("activities", "activities and friends"),
    Choice("wider_family", "wider family and others who matter"),
    Choice("new_partners", "new partners"),
    Choice("travel", "travel and passports"),
    Choice("safety", "safety"),
    Choice("childs_voice", "the children's voice, and how they are told of the plan"),
    Choice("if_things_change", "what happens if things change or go wrong"),
    Choice("review", "reviewing the plan"),
    Choice(OTHER, "another topic"),
)
