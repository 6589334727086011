from __future__ import annotations

import pytest

from cppp_cli.programme.topics import FURTHER, OFFERED, SECTIONS, STARTING, TOPICS, find, topic_label
from cppp_cli.questions.topics import OTHER
from cppp_cli.questions.topics import TOPICS as CHOICES

# Keys are stored in officers' files: these may never be renamed or vanish.
KEPT = {
    *(
        "living_pattern",
        "handovers",
        "school_holidays",
        "special_days",
        "time_apart",
        "parents_communication",
        "decisions",
        "information",
        "education",
    ),
    *(
        "health",
        "money",
        "religion_culture",
        "activities",
        "wider_family",
        "new_partners",
        "travel",
        "safety",
        "childs_voice",
        "if_things_change",
        "review",
    ),
    *("principles", "cancellations", "priority", "house_rules", "relocation_name"),
}
PARTS_OF_THE_DOCUMENT = {"people_status", "status", "not_agreed", "sign_off"}


def test_the_inventory_has_29_sections_numbered_in_order_with_keys_and_labels_of_their_own():
    assert [section.number for section in SECTIONS] == list(range(1, 30))
    for name in ("key", "label"):
        assert len({getattr(section, name) for section in SECTIONS}) == len(SECTIONS)
    for section in SECTIONS:
        assert find(section.key) is section
        assert 3 <= len(section.prompts) <= 6
        assert len(set(section.prompts)) == len(section.prompts)
        assert all(prompt and prompt == prompt.strip() and prompt[-1] not in ".;," for prompt in section.prompts)


def test_topics_are_what_parents_can_settle_and_every_stored_key_is_among_them():
    assert set(TOPICS) == KEPT
    assert {section.key for section in SECTIONS} - set(TOPICS) == PARTS_OF_THE_DOCUMENT
    assert list(TOPICS) == [section.key for section in OFFERED]


def test_the_short_set_covers_the_areas_of_the_plan_in_use_and_the_rest_is_all_the_rest():
    assert {section.key for section in STARTING} == {
        *("parents_communication", "living_pattern", "handovers", "school_holidays", "special_days", "money"),
        *("education", "health", "religion_culture", "decisions", "travel", "new_partners", "review"),
    }
    assert set(STARTING) | set(FURTHER) == set(OFFERED)
    assert not set(STARTING) & set(FURTHER)
    assert all(section.starting for section in STARTING)


def test_choices_offer_the_short_set_first_then_every_other_topic_and_one_of_the_officers_own():
    values = [choice.value for choice in CHOICES]
    assert values == [*(s.key for s in STARTING), *(s.key for s in FURTHER), OTHER]
    assert all(choice.label == TOPICS[choice.value] for choice in CHOICES[:-1])


@pytest.mark.parametrize(
    ("topic", "heading"),
    [
        ("living_pattern", "Where the children live and spend time, in term time"),
        ("money", "Money and what the children need"),
        ("relocation_name", "Moving house, and the children's name"),
        ("The dog", "The dog"),
        ("the dog", "the dog"),
        ("status", "status"),  # a part of the document; as a topic it can only be the officer's own word
        ("", ""),
    ],
)
def test_a_topic_is_named_as_a_heading_and_the_officers_own_stays_as_typed(topic, heading):
    assert topic_label(topic) == heading
