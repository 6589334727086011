"""The topics a plan for children may settle, as choices; the officer may always name another."""

from __future__ import annotations

from cppp_cli.programme.topics import FURTHER, STARTING
from cppp_cli.questions.model import Choice

OTHER = "other"
# What most talks begin with stands first.
TOPICS = (
    *(Choice(section.key, section.label) for section in (*STARTING, *FURTHER)),
    Choice(OTHER, "another topic"),
)
