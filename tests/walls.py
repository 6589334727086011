"""The wall between two families in one file: what every command that reads shows of the other one.

Asked by a test and by ``tests/benchmarks/safety.py``; the two families share a surname and the first letters of their
children's names, so what tells one from the other is looked for whole.
"""

from __future__ import annotations

import re

SHARED = 14  # signs; a shorter answer of one family may well stand in the other's by chance

READING = (
    "case show {ref}",
    "session show {ref} parent-a",
    "session show {ref} parent-b",
    "session show {ref} child",
    "session show {ref} joint",
    "session show {ref} child --json",
    "session notes {ref}",
    "schedule show {ref}",
    "agreement show {ref}",
    "agreement show {ref} --json",
    "agreement history {ref}",
    "agreement compare {ref}",
    "agreement check {ref}",
    "nights {ref}",
    "history {ref} --full",
    "voice show {ref}",
    "voice show {ref} --json",
    "check {ref} --why",
    "check {ref} --json",
    "check {ref} --release --questions",
    "report {ref} --no-input --out {out}",
    "report {ref} --explain 14",
    "report {ref} --diff 1 1",
    "report {ref} --fact-check parent-a --out {out}",
    "report {ref} --fact-check parent-b --out {out}",
    "plan {ref} --out {out}",
    "plan {ref} --for child --out {out}",
    "verify {out}/{number}-cppp-report-v1-draft.docx",
    "report {ref} --questions",
    "report {ref} --final --questions",
    "session log {ref} other --questions",
    "session amend {ref} child --questions",
    "case edit {ref} --questions",
    "case return {ref} --questions",
    "agreement log {ref} --questions",
    "agreement form {ref} --for parent-a --questions",
    "voice consent {ref} --questions",
    "voice letter {ref} --questions",
    "voice disclose {ref} --questions",
    "letter {ref} outcome --child 1 --questions",
    "letter {ref} child --child 1 --for parents --out {out}",
    "letter {ref} joint --out {out}",
)
"""Everything that shows or writes something of one case. What writes is among it for what it writes."""
WRITES_FIRST = "report {ref} --no-input --out {out}"  # others look at what it wrote

ASIDE = {
    "case list": "shows every case, by initials",
    "new-case": "has no case to show yet",
    "undo": "shows the last change of any case, to be taken back",
    "import": "brings a case in",
    "nights": "of a pattern shows no case",
}
"""Commands with more than one case in view, or none."""


def telling(answers):
    """What tells a family: every answer of its own in words, and each part of it that stands on a line."""
    found = set()
    for step in answers.values():
        for value in step.values():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str):
                    found |= {line.strip() for line in text.splitlines() if len(line.strip()) >= SHARED}
    return {text for text in found if not re.fullmatch(r"[a-z_]+", text)}  # a choice is a word of the program


def of_other(mine, other):
    """What would tell the other family: its answers that are not mine as well, as one expression."""
    own = " ".join(telling(mine))
    words = sorted(word for word in telling(other) if word not in own)
    names = sorted(
        {n for step in other.values() for path, n in step.items() if path.endswith(("full_name", "case_number"))}
    )
    names = [name for name in names if isinstance(name, str) and name not in own]
    pieces = [r"\s+".join(map(re.escape, text.split())) for text in (*words, *names)]
    return re.compile("|".join(sorted(pieces, key=len, reverse=True)))
