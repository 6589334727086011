"""The topics a plan for children may settle, by key, as documents and prompts name them. Pure."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TOPICS: Mapping[str, str] = MappingProxyType(
    {
        "living_pattern": "where the children live and spend time, in term time",
        "handovers": "handovers",
        "school_holidays": "school holidays",
        "special_days": "special days, such as birthdays and festivals",
        "time_apart": "time and calls when apart",
        "parents_communication": "how the parents communicate with each other",
        "decisions": "making decisions",
        "information": "sharing information",
        "education": "education and childcare",
        "health": "health and well-being",
        "money": "money and what the children need",
        "religion_culture": "religion, culture and language",
        "activities": "activities and friends",
        "wider_family": "wider family and others who matter",
        "new_partners": "new partners",
        "travel": "travel and passports",
        "safety": "safety",
        "childs_voice": "the children's voice, and how they are told of the plan",
        "if_things_change": "what happens if things change or go wrong",
        "review": "reviewing the plan",
    }
)


def topic_label(topic: str) -> str:
    """A topic as a heading; one the officer named stays as typed."""
    label = TOPICS.get(topic)
    return label[0].upper() + label[1:] if label else topic
