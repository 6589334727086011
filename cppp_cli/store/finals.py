"""Finals in the officer's file: frozen with their words, their data and their files, and never changed."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from cppp_cli.errors import ConflictError
from cppp_cli.programme.finals import Correction, Final
from cppp_cli.store.sheets import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlite_utils import Database

_COLUMNS = "kind, version, code, template, template_digest, program, reviewed_by, reviewed_on, not_reviewed, corrects"


def freeze(
    db: Database, case_id: int, final: Final,
    *, markdown: str, data: str, files: Mapping[str, bytes], corrections: Sequence[Correction] = (),
    now: Callable[[], str],
) -> None:  # fmt: skip
    """Make one version final: its words, its data and its files are kept, and its register says so.

    Releases of that kind of document that are in no final yet are noted as in this one. ``corrections`` are what is
    otherwise in it than in the one it corrects, and are numbered in their order.

    Raises:
        ConflictError: that version, or a later one, is final already; nothing is changed.
        ValueError: a file's name is not a plain one, or the data is not JSON.
    """
    if not all(map(is_plain, files)):
        raise ValueError("the name of a file")
    json.loads(data)
    words, at, key = storable(markdown), now(), [case_id, final.kind, final.version]
    with db.atomic():
        if any(known.version >= final.version for known in of_case(db, case_id, final.kind)):
            raise ConflictError(
                f"Version {final.version} of this document cannot be made final: it, or a later one, is final already. "
                "Nothing was changed. A final document is corrected: cppp report CASE --correct"
            )
        _register(db, key, digest_of(words), at)
        db.execute(
            "INSERT INTO document_text (case_id, kind, version, markdown, data, written_at) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET markdown = excluded.markdown, data = excluded.data",
            [*key, words, storable(data), at],
        )
        reviewed_on = final.reviewed_on.isoformat() if final.reviewed_on else None
        made = (final.code, final.template, final.template_digest, final.program)
        told = (final.reviewed_by or None, reviewed_on, final.not_reviewed or None, final.corrects)
        db.execute(
            f"INSERT INTO final (case_id, {_COLUMNS}, frozen_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*key, *map(_stored, (*made, *told)), final.frozen_at or at],
        )
        for name, content in files.items():
            db.execute("INSERT INTO final_file VALUES (?, ?, ?, ?, ?)", [*key, name, content])
        for number, one in enumerate(corrections, 1):
            said = [storable(words) for words in (one.place, one.before, one.after, one.reason)]
            told_on = one.told_on.isoformat() if one.told_on else None
            db.execute(
                "INSERT INTO correction VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [*key, number, *said, json.dumps(list(one.told), ensure_ascii=False), told_on],
            )
        db.execute(
            "UPDATE release SET version = ? WHERE case_id = ? AND kind = ? AND version IS NULL",
            [final.version, case_id, final.kind],
        )
        db.execute("UPDATE case_file SET changed_at = ? WHERE id = ?", [at, case_id])


def of_case(db: Database, case_id: int, kind: str | None = None) -> tuple[Final, ...]:
    """The finals of a case, of one kind when it is given, in the order of their versions."""
    found = db.query("SELECT * FROM final WHERE case_id = ? ORDER BY kind, version", [case_id])
    return tuple(_final(row) for row in found if kind in (None, row["kind"]))


def all_finals(db: Database) -> tuple[tuple[str, int, Final], ...]:
    """Every final of the file, with the reference and the number of its case."""
    rows = db.query(
        "SELECT final.*, reference FROM final JOIN case_file ON case_file.id = case_id ORDER BY case_id, kind, version"
    )
    return tuple((str(row["reference"]), int(row["case_id"]), _final(row)) for row in rows)


def files(db: Database, case_id: int, kind: str, version: int) -> dict[str, bytes]:
    """The files of a final by their names; none of a draft."""
    query = "SELECT name, data FROM final_file WHERE case_id = ? AND kind = ? AND version = ? ORDER BY name"
    return {str(name): bytes(data) for name, data in db.execute(query, [case_id, kind, version])}


def text(db: Database, case_id: int, kind: str, version: int) -> str | None:
    """The Markdown of a version, draft or final; None where none was kept."""
    return _text(db, "markdown", (case_id, kind, version))


def data(db: Database, case_id: int, kind: str, version: int) -> str | None:
    """The data a final was made from, as JSON; None of a draft."""
    return _text(db, "data", (case_id, kind, version))


def keep_text(db: Database, case_id: int, kind: str, version: int, markdown: str, now: Callable[[], str]) -> None:
    """Keep the words of a draft that is registered, in the place of those it had; those of a final stay."""
    with db.atomic():
        if final_of(db, case_id, kind, version) is None:
            db.execute(
                "INSERT INTO document_text (case_id, kind, version, markdown, written_at) VALUES (?, ?, ?, ?, ?) "
                "ON CONFLICT DO UPDATE SET markdown = excluded.markdown, written_at = excluded.written_at",
                [case_id, kind, version, storable(markdown), now()],
            )


def final_of(db: Database, case_id: int, kind: str, version: int) -> Final | None:
    """One version as it was frozen; None while it is a draft, or not there."""
    return next((final for final in of_case(db, case_id, kind) if final.version == version), None)


def corrections(db: Database, case_id: int, kind: str, version: int) -> tuple[Correction, ...]:
    """What is otherwise in that final than in the one it corrects."""
    rows = db.query(
        "SELECT * FROM correction WHERE case_id = ? AND kind = ? AND version = ? ORDER BY number",
        [case_id, kind, version],
    )
    return tuple(
        Correction(
            number=row["number"],
            place=row["place"],
            before=row["before"],
            after=row["after"],
            reason=row["reason"],
            told=tuple(json.loads(row["told"])),
            told_on=_day(row["told_on"]),
        )
        for row in rows
    )


def stamp(db: Database, case_id: int) -> int:
    """How often anything of a case was changed so far, but for answers to a form that is still asked."""
    query = "SELECT count(*) FROM change WHERE chain = ? AND place <> 'form_answer'"
    return int(db.execute(query, [case_id]).fetchone()[0])


def digest_of(markdown: str) -> str:
    """What the register keeps of a final's words: the SHA-256 of its Markdown."""
    return hashlib.sha256(markdown.encode("utf-8")).hexdigest()


def is_plain(name: str) -> bool:
    """Whether a name is that of a file and of no folder, on every system: it may be written to a folder one day."""
    return bool(name) and name[0] != "." and name.isprintable() and not set(name) & set('/\\:*?"<>|')


def _register(db: Database, key: Sequence[object], digest: str, at: str) -> None:
    db.execute(
        "INSERT INTO document (case_id, kind, version, status, digest, written_at) VALUES (?, ?, ?, 'final', ?, ?) "
        "ON CONFLICT (case_id, kind, version) DO UPDATE SET status = 'final', digest = excluded.digest",
        [*key, digest, at],
    )


def _text(db: Database, column: str, key: Sequence[object]) -> str | None:
    query = f"SELECT {column} FROM document_text WHERE case_id = ? AND kind = ? AND version = ?"
    found = db.execute(query, [*key]).fetchone()
    return None if found is None or found[0] is None else str(found[0])


def _stored(value: object) -> object:
    return storable(value) if isinstance(value, str) else value


def _final(row: Mapping[str, Any]) -> Final:
    return Final(
        kind=row["kind"],
        version=row["version"],
        code=row["code"],
        template=row["template"],
        template_digest=row["template_digest"],
        program=row["program"],
        reviewed_by=row["reviewed_by"] or "",
        reviewed_on=_day(row["reviewed_on"]),
        not_reviewed=row["not_reviewed"] or "",
        corrects=row["corrects"],
        frozen_at=row["frozen_at"],
    )


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None
