"""Schema 4: final documents, what was released or asked about in them, decisions to pass on, the life of a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_M004 = (
    # So that a decision can name a note of its own case, and of no other.
    "CREATE UNIQUE INDEX safeguarding_note_of_case ON safeguarding_note (case_id, id)",
    # A recorded decision to pass something on without consent. Added to, never changed.
    """CREATE TABLE disclosure (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE, number INTEGER NOT NULL CHECK (number > 0),
        session_id INTEGER, statement INTEGER, letter INTEGER,  -- by their numbers in that session
        note_id INTEGER,
        category TEXT NOT NULL, reason TEXT NOT NULL, manager TEXT, consulted_on TEXT,
        told TEXT NOT NULL, told_other TEXT, told_on TEXT,  -- told is a JSON list
        child_told TEXT NOT NULL CHECK (child_told IN ('yes', 'no', 'later')), child_told_on TEXT, child_told_note TEXT,
        decided_on TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (case_id, number),
        FOREIGN KEY (case_id, session_id) REFERENCES session (case_id, id),
        FOREIGN KEY (case_id, note_id) REFERENCES safeguarding_note (case_id, id),
        CHECK (session_id IS NOT NULL OR note_id IS NOT NULL),
        CHECK (session_id IS NOT NULL OR (statement IS NULL AND letter IS NULL)),
        CHECK (statement IS NULL OR letter IS NULL)
    ) STRICT, WITHOUT ROWID""",
    # The life of a child's letter or drawing, by its number in its session; 0 is the joint letter of the parents.
    """CREATE TABLE letter_answer (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE,
        session_id INTEGER NOT NULL, number INTEGER NOT NULL CHECK (number >= 0),
        path TEXT NOT NULL, value TEXT, gap TEXT,  -- value is JSON
        PRIMARY KEY (case_id, session_id, number, path), CHECK ((value IS NULL) <> (gap IS NULL)),
        FOREIGN KEY (case_id, session_id) REFERENCES session (case_id, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    # The words of every version written from now on; of a final also the data they were made from, as JSON.
    """CREATE TABLE document_text (
        case_id INTEGER NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL,
        markdown TEXT NOT NULL, data TEXT, written_at TEXT NOT NULL,
        PRIMARY KEY (case_id, kind, version),
        FOREIGN KEY (case_id, kind, version) REFERENCES document (case_id, kind, version) ON DELETE CASCADE
            DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    # A version that was frozen. `corrects` is the final it stands in the place of.
    """CREATE TABLE final (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE,
        kind TEXT NOT NULL, version INTEGER NOT NULL,
        code TEXT NOT NULL, template TEXT NOT NULL, template_digest TEXT NOT NULL, program TEXT NOT NULL,
        reviewed_by TEXT, reviewed_on TEXT, not_reviewed TEXT, corrects INTEGER, frozen_at TEXT NOT NULL,
        PRIMARY KEY (case_id, kind, version),
        FOREIGN KEY (case_id, kind, version) REFERENCES document (case_id, kind, version),
        FOREIGN KEY (case_id, kind, corrects) REFERENCES final (case_id, kind, version),
        CHECK (corrects < version)
    ) STRICT""",
    """CREATE TABLE final_file (
        case_id INTEGER NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, data BLOB NOT NULL,
        PRIMARY KEY (case_id, kind, version, name),
        FOREIGN KEY (case_id, kind, version) REFERENCES final (case_id, kind, version) ON DELETE CASCADE
    ) STRICT""",
    # A passage that only resembles something held in confidence, as the officer decided. `version` is of the final it
    # went into, and is the only thing that is filled in later.
    """CREATE TABLE release (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE, number INTEGER NOT NULL CHECK (number > 0),
        kind TEXT NOT NULL, version INTEGER, place TEXT NOT NULL, passage TEXT NOT NULL,
        confidence_ref TEXT NOT NULL, confidence_digest TEXT NOT NULL, how TEXT NOT NULL,
        reason TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (case_id, number),
        FOREIGN KEY (case_id, kind, version) REFERENCES final (case_id, kind, version)
    ) STRICT, WITHOUT ROWID""",
    # What is otherwise in a final than in the one it corrects; told is a JSON list.
    """CREATE TABLE correction (
        case_id INTEGER NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL, number INTEGER NOT NULL,
        place TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, reason TEXT NOT NULL,
        told TEXT NOT NULL, told_on TEXT,
        PRIMARY KEY (case_id, kind, version, number),
        FOREIGN KEY (case_id, kind, version) REFERENCES final (case_id, kind, version) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    # A copy that was written for one side to say what is not right in it, and what that side asked for.
    """CREATE TABLE fact_check (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE, number INTEGER NOT NULL CHECK (number > 0),
        kind TEXT NOT NULL, version INTEGER NOT NULL, side TEXT NOT NULL CHECK (side IN ('A', 'B')),
        written_at TEXT NOT NULL, answered_on TEXT,
        PRIMARY KEY (case_id, number)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE fact_request (
        case_id INTEGER NOT NULL, fact_check INTEGER NOT NULL, number INTEGER NOT NULL CHECK (number > 0),
        place TEXT NOT NULL, asked TEXT NOT NULL, accepted TEXT NOT NULL CHECK (accepted IN ('yes', 'no', 'partly')),
        why TEXT NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (case_id, fact_check, number),
        FOREIGN KEY (case_id, fact_check) REFERENCES fact_check (case_id, number) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
)


def m004_finals(db: Database) -> None:
    """Finals with their words and files, releases, corrections, fact checks, disclosures, the life of letters."""
    for statement in _M004:
        db.execute(statement)
