"""The unlocked key, kept in the operating system's credential store until it expires or `cppp lock`.

A credential store may be missing, locked, or waiting for somebody to answer a window on another screen. So every
question to it is put in a thread of its own and given two seconds, and nothing here raises: the answer says why not.

Importing `keyring` takes 100 ms. A marker in the officer's folder, which holds the expiry time and no secret, says
whether there is anything to ask for.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cppp_cli.store.keys import Key

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SERVICE: Final = "cppp"
WAIT_S: Final = 2.0
"""Seconds that one question to the credential store may take."""

_LONG_AGO: Final = datetime(1, 1, 2, tzinfo=UTC)

_T = TypeVar("_T")


@dataclass(frozen=True)
class Kept:
    """Whether the credential store did as asked; as a condition it is `ok`. The reason is a sentence, or empty."""

    ok: bool
    reason: str = ""

    def __bool__(self) -> bool:
        """Whether it was done."""
        return self.ok


NO_STORE: Final = Kept(
    ok=False,
    reason="This computer has no credential store that cppp can use; the passphrase is asked for each time.",
)
SILENT: Final = Kept(
    ok=False,
    reason="The credential store did not answer within two seconds; open it, or the passphrase is asked for each time.",
)
REFUSED: Final = Kept(
    ok=False,
    reason="The credential store refused; the passphrase is asked for each time.",
)


class _NoStoreError(Exception):
    """There is no store, or only one that keeps secrets in a readable file."""


def account_for(database: Path) -> str:
    """The name under which the key of this file is kept: tells nothing about the person or the place."""
    place = os.path.normcase(database.expanduser().resolve())
    return hashlib.sha256(place.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def remember(account: str, key: Key, expires: datetime, since: datetime | None = None) -> Kept:
    """Keep the key from `since`, which is now, until `expires`; both are times with their offset from UTC."""
    times = {"expires": expires, "since": since or _LONG_AGO}
    kept_times = {name: at.astimezone(UTC).isoformat() for name, at in times.items()}
    secret = json.dumps({"key": key.raw.hex(), "salt": key.salt.hex(), **kept_times})
    too_late = Event()

    def work(store: Any) -> Kept:  # noqa: ANN401  - keyring is imported only in the thread
        store.set_password(SERVICE, account, secret)
        if too_late.is_set():  # the officer was told that it is not kept
            store.delete_password(SERVICE, account)
        return Kept(ok=True)

    kept = _asked(work)
    if not kept:
        too_late.set()
    return kept


def recall(account: str, now: datetime) -> Key | None:
    """The key kept under this name; none when there is none or it cannot be had. One that has expired is removed.

    So is one that was kept at a later time than now: a clock that was set back would keep it for longer than was said.
    """

    def work(store: Any) -> Key | None:  # noqa: ANN401  - as above
        secret = store.get_password(SERVICE, account)
        if secret is None:
            return None
        key, since, expires = _read(secret)
        if key is None or not since <= now < expires:
            store.delete_password(SERVICE, account)
            return None
        return key

    answer = _asked(work)
    return answer if isinstance(answer, Key) else None


def forget(account: str) -> Kept:
    """Remove the key kept under this name; also done when there was none. Asks the store whatever the marker says."""

    def work(store: Any) -> Kept:  # noqa: ANN401  - as above
        if store.get_password(SERVICE, account) is not None:
            store.delete_password(SERVICE, account)
        return Kept(ok=True)

    return _asked(work)


def mark(home: Path, expires: datetime) -> Kept:
    """Note in the officer's folder that a key is kept, and until when."""
    text = expires.astimezone(UTC).isoformat() + "\n"
    try:
        unmark(home)
        descriptor = os.open(_marker(home), os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError:
        return Kept(
            ok=False, reason="The officer's folder cannot be written to; the passphrase is asked for each time."
        )
    return Kept(ok=True)


def marked_until(home: Path) -> datetime | None:
    """Until when a key is kept, in UTC; none when there is none to ask the credential store for."""
    try:
        expires = datetime.fromisoformat(_marker(home).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None
    return expires if expires.tzinfo else None


def unmark(home: Path) -> None:
    """Remove the note that a key is kept."""
    with contextlib.suppress(OSError):
        _marker(home).unlink(missing_ok=True)


def _marker(home: Path) -> Path:
    return home / "unlocked"


def _read(secret: str) -> tuple[Key | None, datetime, datetime]:
    """What `remember` wrote; no key when it was written by something else, or by a version that kept less."""
    try:
        kept = json.loads(secret)
        since, expires = (datetime.fromisoformat(kept[name]).astimezone(UTC) for name in ("since", "expires"))
        return Key(bytes.fromhex(kept["key"]), bytes.fromhex(kept["salt"])), since, expires
    except (ValueError, KeyError, TypeError, OverflowError):
        return None, _LONG_AGO, _LONG_AGO


def _asked(work: Callable[[Any], _T]) -> _T | Kept:
    """What `work` returns for the credential store, or why there is no answer."""
    answers: SimpleQueue[_T | Kept] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(work(_store()))
        except _NoStoreError:
            answers.put(NO_STORE)
        except Exception:  # noqa: BLE001  - each system's store has its own, and none of them is the officer's matter
            answers.put(REFUSED)

    # A daemon, because a thread that hangs cannot be stopped and must not keep the program from ending.
    Thread(target=ask, name="credential store", daemon=True).start()
    try:
        return answers.get(timeout=WAIT_S)
    except Empty:
        return SILENT


def _store() -> Any:  # noqa: ANN401  - keyring is not imported at the top
    import keyring

    store: Any = keyring.get_keyring()
    # keyring's own mark of a store that the system protects. Below it are its stand-ins for "none" and the
    # third-party stores that write secrets into a readable file.
    if store.priority < 1:
        raise _NoStoreError
    # Windows would copy the key to every computer of a roaming profile.
    if hasattr(type(store), "persist"):
        with contextlib.suppress(AttributeError):
            store.persist = "local machine"
    return store
