"""The triggers of the officer's file: the history that no code path can skip, and what may not be changed.

They are made from the columns the tables have, after every migration, because `transform()` of sqlite-utils drops the
triggers of a table without a word. What each table's changes are told under is said once, in ``LOGGED``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlite_utils import Database

FILE_CHAIN: Final = 0
"""The chain of what belongs to no case; the chain of a case has the case's number."""


@dataclass(frozen=True)
class Logged:
    """How one table is told: the key of a row, and the chain as SQL with ``@`` for the row."""

    key: tuple[str, ...]
    chain: str = "@.case_id"


LOGGED: Final[dict[str, Logged]] = {
    "officer": Logged(("id",), str(FILE_CHAIN)),
    "case_file": Logged(("id",), "@.id"),
    "court_question": Logged(("case_id", "number")),
    "adult": Logged(("case_id", "number")),
    "child": Logged(("case_id", "number")),
    "relation": Logged(("case_id", "child", "adult")),
    "other_person": Logged(("case_id", "number")),
    "restriction": Logged(("case_id", "adult", "number")),
    "screening": Logged(("case_id", "criterion")),
    "appointment": Logged(("id",)),
    "session": Logged(("id",)),
    "session_answer": Logged(("session_id", "path"), "(SELECT case_id FROM session WHERE id = @.session_id)"),
    "statement": Logged(("session_id", "number")),
    "letter": Logged(("session_id", "number")),
    "topic": Logged(("session_id", "number")),
    "picture": Logged(("id",)),
    "amendment": Logged(("id",), "(SELECT case_id FROM session WHERE id = @.session_id)"),
    "report_answer": Logged(("case_id", "path")),
    "safeguarding_note": Logged(("id",)),
    "form_answer": Logged(("case_id", "form", "path")),
    "document": Logged(("id",)),
    "event": Logged(("id",), f"coalesce(@.case_id, {FILE_CHAIN})"),
    "erasure": Logged(("case_id",), str(FILE_CHAIN)),
    "closure": Logged(("case_id",)),
    "hold": Logged(("case_id", "number")),
    "handover": Logged(("case_id",)),
    "ledger_version": Logged(("case_id", "item", "number")),
    "ledger_answer": Logged(("case_id", "item", "number", "path")),
    "term_period": Logged(("case_id", "child", "number")),
    "parent_form": Logged(("id",)),
    "disclosure": Logged(("case_id", "number")),
    "letter_answer": Logged(("case_id", "session_id", "number", "path")),
    "final": Logged(("case_id", "kind", "version")),
    "release": Logged(("case_id", "number")),
    "correction": Logged(("case_id", "kind", "version", "number")),
    "fact_check": Logged(("case_id", "number")),
    "fact_request": Logged(("case_id", "fact_check", "number")),
}

NOT_LOGGED: Final = frozenset(
    {
        "unit",
        "change",
        "link",
        "unfinished",  # half-typed words: they become an answer, or are forgotten
        "earlier_change",  # another officer's history, brought in once and never changed
        "document_text",  # the words a document was written with: `document` has the digest of a final's
        "final_file",  # the files made of them
        "_sqlite_migrations",
        "sqlite_sequence",
    }
)

UNTOLD: Final = frozenset({("case_file", "changed_at"), ("session", "changed_at")})
"""Columns that say only when a row last changed, as the history does itself. An update of them alone is no change."""

# What a picture shows stays in its own row, and the history keeps its digest.
_DIGESTED: Final = frozenset({("picture", "data")})

_ANSWERS_OF_SESSIONS: Final = ("session_answer", "statement", "letter", "topic")
# Tables that are added to and never changed, with the key by which a row would be replaced, and what they are called.
_ADDED_TO: Final = {
    "safeguarding_note": (("id",), "a safeguarding note"),
    "disclosure": (("case_id", "number"), "a decision to pass something on"),
    "final": (("case_id", "kind", "version"), "a final document"),
    "final_file": (("case_id", "kind", "version", "name"), "a final document"),
    "correction": (("case_id", "kind", "version", "number"), "a correction"),
    "release": (("case_id", "number"), "a release"),
}
# What of a release is there from the beginning; the version of the final it went into is filled in later, once.
_OF_A_RELEASE: Final = (
    *("case_id", "number", "kind", "place", "passage", "confidence_ref", "confidence_digest", "how", "reason", "at"),
)
_BUT_ONCE: Final = f" WHEN OLD.version IS NOT NULL OR {' OR '.join(f'OLD.{c} IS NOT NEW.{c}' for c in _OF_A_RELEASE)}"
_NEEDS_REASON: Final = "a finished session is changed with a reason only"
_KEPT: Final = "the history is added to, never changed"


def told(table: str, column: str, row: str) -> str:
    """A column's value as the history keeps it, in SQL; ``row`` is OLD, NEW or the name of a table."""
    if (table, column) in _DIGESTED:
        return f"lower(hex(cppp_digest({row}.{column})))"
    return f"{row}.{column}"


def key_of(table: str, row: str) -> str:
    """The key of a row as JSON, in SQL."""
    return f"json_object({', '.join(f'{k!r}, {row}.{k}' for k in LOGGED[table].key)})"


def whole(table: str, columns: list[str], row: str) -> str:
    """A whole row as JSON without its empty columns, in SQL."""
    cells = " UNION ALL ".join(f"SELECT {c!r} AS name, {told(table, c, row)} AS said" for c in columns)
    return f"(SELECT json_group_object(name, said) FROM ({cells}) WHERE said IS NOT NULL)"


def record(table: str, action: str, row: str, before: str, after: str) -> str:
    """The statement that adds one change to the history, up to where its rows come from."""
    chain = LOGGED[table].chain.replace("@", row)
    return (
        'INSERT INTO change (chain, at, action, place, "row", before, after, reason) '
        f"SELECT {chain}, cppp_now(), {action!r}, {table!r}, {key_of(table, row)}, {before}, {after}, cppp_reason()"
    )


def expected(db: Database) -> dict[str, str]:
    """Every trigger the file should have, by name, for the columns its tables have now."""
    found: dict[str, str] = {}
    for table in LOGGED:
        found |= _of_table(table, [column.name for column in db.table(table).columns])
    return found | _guards()


def present(db: Database) -> dict[str, str]:
    """Every trigger the file has, by name."""
    return dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())


def renew(db: Database) -> None:
    """Make all triggers anew, within the caller's transaction, and compare them with what should be there."""
    for name in present(db):
        db.execute(f'DROP TRIGGER "{name}"')
    wanted = expected(db)
    for statement in wanted.values():
        db.execute(statement)
    if present(db) != wanted:
        message = "the triggers of the history could not be made"
        raise RuntimeError(message)


def names() -> frozenset[str]:
    """The names of all triggers, known without asking the file: what is compared at every opening."""
    logged = {f"history_{table}_{action}" for table in LOGGED for action in ("insert", "update", "delete")}
    return frozenset(logged | _guards().keys())


def _of_table(table: str, columns: list[str]) -> dict[str, str]:
    watched = [c for c in columns if (table, c) not in UNTOLD]
    differs = " OR ".join(f"OLD.{c} IS NOT NEW.{c}" for c in watched)

    def only_changed(row: str) -> str:
        cells = " UNION ALL ".join(
            f"SELECT {c!r} AS name, {told(table, c, row)} AS said WHERE OLD.{c} IS NOT NEW.{c}" for c in watched
        )
        return f"(SELECT json_group_object(name, said) FROM ({cells}))"

    bodies = {
        "insert": ("", record(table, "insert", "NEW", "NULL", whole(table, columns, "NEW"))),
        "update": (f" WHEN {differs}", record(table, "update", "NEW", only_changed("OLD"), only_changed("NEW"))),
        "delete": ("", record(table, "delete", "OLD", whole(table, columns, "OLD"), "NULL")),
    }
    return {
        f"history_{table}_{action}": (
            f"CREATE TRIGGER history_{table}_{action} AFTER {action.upper()} ON {table}{when} BEGIN {body}; END"
        )
        for action, (when, body) in bodies.items()
    }


def _guards() -> dict[str, str]:
    refuse = {
        "change_is_not_changed": ("UPDATE ON change", "", _KEPT),
        # The contents of an erased case leave; its links stay, and the chain still holds.
        "change_leaves_with_its_case": (
            "DELETE ON change",
            " WHEN NOT EXISTS (SELECT 1 FROM erasure WHERE case_id = OLD.chain)",
            _KEPT,
        ),
        "link_is_not_changed": ("UPDATE ON link", "", _KEPT),
        "link_is_not_deleted": ("DELETE ON link", "", _KEPT),
        "unit_is_not_changed": ("UPDATE ON unit", "", _KEPT),
        "unit_is_not_deleted": ("DELETE ON unit", "", _KEPT),
        "erasure_is_not_changed": ("UPDATE ON erasure", "", _KEPT),
        "erasure_is_not_deleted": ("DELETE ON erasure", "", _KEPT),
        **_added_to(),
        **_frozen(),
        **_finished(),
    }
    made = {
        name: f"CREATE TRIGGER {name} BEFORE {event}{when} BEGIN SELECT RAISE(ABORT, '{said}'); END"
        for name, (event, when, said) in refuse.items()
    }
    return made | {"change_is_chained": _CHAINED, "session_takes_its_answers_along": _ALONG}


def _added_to() -> dict[str, tuple[str, str, str]]:
    found = {}
    for table, (key, name) in _ADDED_TO.items():
        said = f"{name} is added to, never changed"
        found[f"{table}_stands"] = (f"UPDATE ON {table}", _BUT_ONCE if table == "release" else "", said)
        # Replacing a row is an insert to SQLite, and is no update to the trigger above.
        same = " AND ".join(f"{column} = NEW.{column}" for column in key)
        found[f"{table}_is_not_replaced"] = (
            f"INSERT ON {table}", f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})", said,
        )  # fmt: skip
        # It leaves the file only with its case, whose row is gone when its own turn comes.
        found[f"{table}_is_kept"] = (
            f"DELETE ON {table}", " WHEN EXISTS (SELECT 1 FROM case_file WHERE id = OLD.case_id)", said,
        )  # fmt: skip
    return found


def _frozen() -> dict[str, tuple[str, str, str]]:
    """A final's words and its place in the register stand as its other parts do."""
    said = "a final document is corrected, never changed"
    of_case = "EXISTS (SELECT 1 FROM case_file WHERE id = OLD.case_id)"
    same = "case_id = {0}.case_id AND kind = {0}.kind AND version = {0}.version"
    is_final = f"EXISTS (SELECT 1 FROM final WHERE {same})"
    there = f"EXISTS (SELECT 1 FROM document_text WHERE {same.format('NEW')})"
    return {
        "final_text_stands": ("UPDATE ON document_text", f" WHEN {is_final.format('OLD')}", said),
        "final_text_is_not_replaced": (
            "INSERT ON document_text", f" WHEN {there} AND {is_final.format('NEW')}", said,
        ),
        "final_text_is_kept": ("DELETE ON document_text", f" WHEN {of_case} AND {is_final.format('OLD')}", said),
        "final_stays_final": ("UPDATE ON document", " WHEN OLD.status = 'final'", said),
    }  # fmt: skip


def _finished() -> dict[str, tuple[str, str, str]]:
    """What a finished session says changes only while the program carries a reason for it."""
    found = {}
    for table in _ANSWERS_OF_SESSIONS:
        for action, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
            state = f"(SELECT state FROM session WHERE id = {row}.session_id)"
            when = f" WHEN cppp_reason() IS NULL AND {state} = 'finished'"
            found[f"finished_{table}_{action.lower()}"] = (f"{action} ON {table}", when, _NEEDS_REASON)
    when = " WHEN cppp_reason() IS NULL AND OLD.state = 'finished'"
    columns = "kind, side, state, outcome, outcome_reason, held_on, starts_at, ends_at, mode, place, gaps"
    found["finished_session_update"] = (f"UPDATE OF {columns} ON session", when, _NEEDS_REASON)
    found["finished_session_delete"] = ("DELETE ON session", when, _NEEDS_REASON)
    return found


# An ON CONFLICT clause here would give way to the one of the statement that fired the trigger, so it asks first.
_CHAINED: Final = """CREATE TRIGGER change_is_chained AFTER INSERT ON change BEGIN
    INSERT INTO unit (token, command, at, undoes) SELECT cppp_unit(), cppp_command(), NEW.at, cppp_undoes()
        WHERE NOT EXISTS (SELECT 1 FROM unit WHERE token = cppp_unit());
    INSERT INTO link (id, chain, number, unit, digest, head)
        SELECT NEW.id, NEW.chain, number, unit, digest, cppp_digest(before, NEW.id, NEW.chain, number, told, digest)
        FROM (SELECT
            coalesce((SELECT max(number) FROM link WHERE chain = NEW.chain), 0) + 1 AS number,
            coalesce((SELECT head FROM link WHERE chain = NEW.chain ORDER BY number DESC LIMIT 1), x'') AS before,
            (SELECT id FROM unit WHERE token = cppp_unit()) AS unit,
            (SELECT json_array(token, command, at, undoes) FROM unit WHERE token = cppp_unit()) AS told,
            cppp_digest(NEW.salt, NEW.chain, NEW.at, NEW.action, NEW.place, NEW."row", NEW.before, NEW.after,
                NEW.reason) AS digest
        );
END"""

# Deleting a case deletes its sessions, and their rows below tell their case by asking the session: so they go first.
_ALONG: Final = """CREATE TRIGGER session_takes_its_answers_along BEFORE DELETE ON session BEGIN
    DELETE FROM session_answer WHERE session_id = OLD.id;
    DELETE FROM amendment WHERE session_id = OLD.id;
END"""
