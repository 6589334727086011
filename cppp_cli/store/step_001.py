"""Schema 1: the officer, the case and its people, sessions, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite_utils import Database

_CONTACT = (
    "phone TEXT, phone_confidential TEXT, email TEXT, email_confidential TEXT, address TEXT, address_confidential TEXT"
)
# wish and decision are JSON lists of readers
_GATES = "wish TEXT, wish_on TEXT, wish_reason TEXT, decision TEXT, decision_on TEXT, decision_reason TEXT"

_M001 = (
    # One row: a file belongs to one officer. answers to `init`.
    """CREATE TABLE officer (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        full_name TEXT NOT NULL, title TEXT, team TEXT, swe_number TEXT, usual_court TEXT, phone TEXT,
        working_days TEXT NOT NULL, working_hours TEXT, documents TEXT, gaps TEXT NOT NULL DEFAULT '{}'
    ) STRICT""",
    # Numbers of cases, sessions and pictures are never used again, so that nothing written late reaches a newer one.
    # A draft has few columns filled: new-case saves each answer as it is given.
    """CREATE TABLE case_file (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        reference TEXT NOT NULL UNIQUE,
        state TEXT NOT NULL CHECK (state IN
            ('draft', 'referred', 'consented', 'in_progress', 'paused', 'completed', 'returned')),
        case_number TEXT, court TEXT, judge TEXT, route TEXT, route_other TEXT, order_date TEXT,
        hearing_on TEXT, hearing_kind TEXT, report_due TEXT,
        guardian TEXT, child_solicitor TEXT, local_authority TEXT, has_others TEXT,
        arrangement_now TEXT, order_now TEXT,
        day_zero TEXT,
        returned_on TEXT, return_reason TEXT, return_sentence TEXT,
        gaps TEXT NOT NULL DEFAULT '{}',
        opened_at TEXT NOT NULL, changed_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE court_question (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE, number INTEGER NOT NULL,
        words TEXT, more TEXT, gaps TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (case_id, number)
    ) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE adult (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE, number INTEGER NOT NULL,
        side TEXT CHECK (side IN ('A', 'B')), full_name TEXT, called TEXT, role TEXT, pronouns TEXT, {_CONTACT},
        solicitor TEXT, interpreter TEXT, adjustments TEXT, adjustments_open TEXT,
        asked_alone TEXT, has_restrictions TEXT,
        willing TEXT, consent_on TEXT, consent_way TEXT,
        prep_elearning TEXT, prep_workshop TEXT, prep_certificate TEXT,
        more TEXT, gaps TEXT NOT NULL DEFAULT '{{}}',
        PRIMARY KEY (case_id, number)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE child (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE, number INTEGER NOT NULL,
        full_name TEXT, called TEXT, pronouns TEXT, born TEXT, school TEXT,
        lives_with TEXT, lives_elsewhere TEXT, needs TEXT,
        more TEXT, gaps TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (case_id, number)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE relation (
        case_id INTEGER NOT NULL, child INTEGER NOT NULL, adult INTEGER NOT NULL,
        relation TEXT, responsibility TEXT, gaps TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (case_id, child, adult),
        FOREIGN KEY (case_id, child) REFERENCES child (case_id, number) ON DELETE CASCADE,
        FOREIGN KEY (case_id, adult) REFERENCES adult (case_id, number) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE other_person (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE, number INTEGER NOT NULL,
        full_name TEXT, role TEXT, home TEXT, note TEXT, more TEXT, gaps TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (case_id, number)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE restriction (
        case_id INTEGER NOT NULL, adult INTEGER NOT NULL, number INTEGER NOT NULL,
        kind TEXT, terms TEXT, forbids_meeting TEXT, ends_on TEXT, more TEXT, gaps TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (case_id, adult, number),
        FOREIGN KEY (case_id, adult) REFERENCES adult (case_id, number) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE screening (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE, criterion TEXT NOT NULL,
        result TEXT, note TEXT, depart TEXT, reason TEXT, manager TEXT, consulted_on TEXT,
        gaps TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (case_id, criterion)
    ) STRICT, WITHOUT ROWID""",
    # A planned time is never changed: a move adds a row and marks the old one, so the record keeps both.
    """CREATE TABLE appointment (
        id INTEGER PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE,
        step TEXT NOT NULL, on_date TEXT NOT NULL, at_time TEXT,
        state TEXT NOT NULL CHECK (state IN ('planned', 'confirmed', 'moved', 'cancelled')),
        chosen INTEGER NOT NULL DEFAULT 0 CHECK (chosen IN (0, 1)),  -- 1: set by the officer, not proposed
        reason TEXT, made_at TEXT NOT NULL, ended_at TEXT
    ) STRICT""",
    """CREATE UNIQUE INDEX one_current_appointment ON appointment (case_id, step)
        WHERE state IN ('planned', 'confirmed')""",
    """CREATE TABLE session (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE,
        kind TEXT NOT NULL CHECK (kind IN ('parent', 'child', 'joint', 'other')),
        side TEXT CHECK (side IN ('A', 'B')),
        state TEXT NOT NULL CHECK (state IN ('draft', 'finished', 'discarded')),
        outcome TEXT, outcome_reason TEXT, held_on TEXT, starts_at TEXT, ends_at TEXT, mode TEXT, place TEXT,
        gaps TEXT NOT NULL DEFAULT '{}',
        started_at TEXT NOT NULL, changed_at TEXT NOT NULL, finished_at TEXT,
        CHECK ((kind = 'parent') = (side IS NOT NULL)),
        UNIQUE (case_id, id)
    ) STRICT""",
    # What a session's script asks and no table below keeps, by path.
    """CREATE TABLE session_answer (
        session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE, path TEXT NOT NULL,
        value TEXT, gap TEXT,  -- value is JSON
        PRIMARY KEY (session_id, path), CHECK ((value IS NULL) <> (gap IS NULL))
    ) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE statement (
        session_id INTEGER NOT NULL, case_id INTEGER NOT NULL, number INTEGER NOT NULL,
        child INTEGER, exact TEXT, words TEXT, {_GATES}, more TEXT, gaps TEXT NOT NULL DEFAULT '{{}}',
        PRIMARY KEY (session_id, number),
        FOREIGN KEY (case_id, session_id) REFERENCES session (case_id, id) ON DELETE CASCADE,
        FOREIGN KEY (case_id, child) REFERENCES child (case_id, number)
    ) STRICT, WITHOUT ROWID""",
    f"""CREATE TABLE letter (
        session_id INTEGER NOT NULL, case_id INTEGER NOT NULL, number INTEGER NOT NULL,
        child INTEGER, form TEXT, idea_of TEXT, picture INTEGER REFERENCES picture, words TEXT, description TEXT,
        {_GATES}, shown_how TEXT, shown_by TEXT, original TEXT, more TEXT, gaps TEXT NOT NULL DEFAULT '{{}}',
        PRIMARY KEY (session_id, number),
        FOREIGN KEY (case_id, session_id) REFERENCES session (case_id, id) ON DELETE CASCADE,
        FOREIGN KEY (case_id, child) REFERENCES child (case_id, number)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE topic (
        session_id INTEGER NOT NULL, case_id INTEGER NOT NULL, number INTEGER NOT NULL,
        topic TEXT, topic_other TEXT, children TEXT, state TEXT, wording TEXT,
        position_a TEXT, position_b TEXT, court_asked TEXT, more TEXT, gaps TEXT NOT NULL DEFAULT '{}',
        PRIMARY KEY (session_id, number),
        FOREIGN KEY (case_id, session_id) REFERENCES session (case_id, id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID""",
    # The attached letter or drawing, cleaned of metadata before it came here.
    """CREATE TABLE picture (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE,
        media_type TEXT NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL,
        data BLOB NOT NULL, added_at TEXT NOT NULL
    ) STRICT""",
    # Every later change to a finished session, with its reason.
    """CREATE TABLE amendment (
        id INTEGER PRIMARY KEY,
        session_id INTEGER NOT NULL REFERENCES session ON DELETE CASCADE,
        path TEXT NOT NULL, before TEXT, after TEXT, reason TEXT NOT NULL CHECK (reason <> ''), at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE report_answer (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE, path TEXT NOT NULL,
        value TEXT, gap TEXT,
        PRIMARY KEY (case_id, path), CHECK ((value IS NULL) <> (gap IS NULL))
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE safeguarding_note (
        id INTEGER PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE,
        session_id INTEGER REFERENCES session ON DELETE CASCADE,
        words TEXT NOT NULL, said_by TEXT, said_when TEXT, present TEXT, place TEXT, asked TEXT,
        told_next TEXT, manager_told TEXT, at TEXT NOT NULL
    ) STRICT""",
    """CREATE TRIGGER safeguarding_note_stands BEFORE UPDATE ON safeguarding_note
        BEGIN SELECT RAISE(ABORT, 'a safeguarding note is added to, never changed'); END""",
    # Replacing a row is an insert to SQLite, and is no update to the trigger above.
    """CREATE TRIGGER safeguarding_note_is_not_replaced BEFORE INSERT ON safeguarding_note
        WHEN EXISTS (SELECT 1 FROM safeguarding_note WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'a safeguarding note is added to, never changed'); END""",
    # It leaves the file only with its case, whose row is gone when its own turn comes.
    """CREATE TRIGGER safeguarding_note_is_kept BEFORE DELETE ON safeguarding_note
        WHEN EXISTS (SELECT 1 FROM case_file WHERE id = OLD.case_id)
        BEGIN SELECT RAISE(ABORT, 'a safeguarding note is added to, never changed'); END""",
    # Words typed into a long answer and not yet given: kept when the officer leaves in the middle.
    """CREATE TABLE unfinished (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE,
        scope TEXT NOT NULL, path TEXT NOT NULL, words TEXT NOT NULL,
        PRIMARY KEY (case_id, scope, path)
    ) STRICT, WITHOUT ROWID""",
    # A form that becomes one record when it is finished, such as a safeguarding note.
    """CREATE TABLE form_answer (
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE,
        form TEXT NOT NULL, path TEXT NOT NULL, value TEXT, gap TEXT,
        PRIMARY KEY (case_id, form, path), CHECK ((value IS NULL) <> (gap IS NULL))
    ) STRICT, WITHOUT ROWID""",
    # Every document written, so that versions count up and a copy can be told from another.
    """CREATE TABLE document (
        id INTEGER PRIMARY KEY,
        case_id INTEGER NOT NULL REFERENCES case_file ON DELETE CASCADE,
        kind TEXT NOT NULL, version INTEGER NOT NULL, status TEXT NOT NULL,
        digest TEXT NOT NULL, written_at TEXT NOT NULL,  -- SHA-256 of the Markdown
        UNIQUE (case_id, kind, version)
    ) STRICT""",
)


def m001_first(db: Database) -> None:
    """The first schema."""
    for statement in _M001:
        db.execute(statement)
