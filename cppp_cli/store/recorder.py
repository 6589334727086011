"""What the history's triggers ask while they write: which command is at work, when, why, and the digests.

The functions live on the connection and not in the file. A program that opens the file without them can read it and
cannot change it: its first write stops with "no such function".
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

START: Final = b""
"""What the first link of a chain has before it."""


class Recorder:
    """The command at work. One command is one unit of the history, and of undo."""

    def __init__(self) -> None:
        """Begin a unit without a name, for changes nobody announced."""
        self.begin("cppp", lambda: datetime.now(tz=UTC))

    def begin(self, command: str, now: Callable[[], datetime], *, undoes: int | None = None) -> None:
        """Every change from here on belongs to a new unit, which is written with its first change."""
        self.token = secrets.token_hex(8)
        self._command = command
        self.now = now
        self._undoes = undoes
        self._reason: str | None = None

    def go_on(self) -> None:
        """The same command in a new unit: what it did so far was taken back in another window."""
        self.token = secrets.token_hex(8)

    @contextmanager
    def because(self, reason: str) -> Iterator[None]:
        """Changes inside the block carry this reason; a finished session takes no others."""
        before, self._reason = self._reason, reason or None
        try:
            yield
        finally:
            self._reason = before

    def register(self, connection: Any) -> None:  # noqa: ANN401  - sqlcipher3 has no types
        """Give the connection the functions that the triggers call."""
        connection.create_function("cppp_unit", 0, lambda: self.token)
        connection.create_function("cppp_command", 0, lambda: self._command)
        connection.create_function("cppp_undoes", 0, lambda: self._undoes)
        connection.create_function("cppp_now", 0, lambda: self.now().isoformat(timespec="seconds"))
        connection.create_function("cppp_reason", 0, lambda: self._reason)
        connection.create_function("cppp_digest", -1, digest, deterministic=True)


def digest(*parts: str | bytes | float | None) -> bytes:
    """SHA-256 over the parts, each with its kind and length before it, so that no two lists give the same."""
    running = hashlib.sha256()
    for part in parts:
        if part is None:
            running.update(b"n")
            continue
        data = part if isinstance(part, bytes) else str(part).encode()
        running.update((b"b" if isinstance(part, bytes) else b"t") + len(data).to_bytes(8, "big") + data)
    return running.digest()
