"""The topics a plan for children may settle, as choices; the officer may always name another."""

from __future__ import annotations

from cppp_cli.programme import topics
from cppp_cli.questions.model import Choice

OTHER = "other"
TOPICS = (*(Choice(key, label) for key, label in topics.TOPICS.items()), Choice(OTHER, "another topic"))
