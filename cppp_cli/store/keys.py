"""The key of the officer's file: derived from a passphrase, or read from the recovery key on paper.

SQLCipher 4 derives the key of a file with PBKDF2-HMAC-SHA512 from the passphrase and the first sixteen bytes of the
file. The same is done here, so that the key can be kept, or written down, without the passphrase. The recovery key
*is* the derived key; the salt is in the file. Only the standard library is needed.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import ConflictError, DamagedFileError, LockedError, NotFoundError

if TYPE_CHECKING:
    from pathlib import Path

RAW_BYTES: Final = 32
SALT_BYTES: Final = 16
ROUNDS: Final = 256_000
"""What SQLCipher 4 uses; about 180 ms on a laptop, for the officer once a day and for a thief at every guess."""

# Base 32 without the letters that are written like a digit: O, I, L and B are read as 0, 1, 1 and 8.
ALPHABET: Final = "0123456789ACDEFGHJKMNPQRSTUVWXYZ"
_LOOK_ALIKES: Final = str.maketrans("OILB", "0118")

GROUPS: Final = 13
GROUP_SYMBOLS: Final = 5
"""Four symbols of the key and one check symbol."""
_SYMBOLS: Final = GROUPS * GROUP_SYMBOLS
_SPARE_BITS: Final = GROUPS * (GROUP_SYMBOLS - 1) * 5 - RAW_BYTES * 8

_PLAIN_SQLITE: Final = b"SQLite format 3\0"

RESTORE: Final = "bring back a copy made before with cppp restore"
"""What to do about a damaged file, as the end of a sentence."""


@dataclass(frozen=True)
class Key:
    """What opens one file: 32 bytes of key and that file's 16 bytes of salt. Neither shows when it is printed."""

    raw: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what cannot be a key; only a bug gets that far."""
        if len(self.raw) != RAW_BYTES or len(self.salt) != SALT_BYTES:
            raise ValueError("A key has 32 bytes and a salt of 16.")


def derive(passphrase: str, salt: bytes) -> Key:
    """The key that SQLCipher itself would derive. Takes about 180 ms.

    The passphrase is brought to Unicode's composed form first, so that an accented letter opens the file whichever
    way a keyboard sends it.

    Raises:
        LockedError: the passphrase holds something that is not text.
    """
    try:
        spelt = unicodedata.normalize("NFC", passphrase).encode("utf-8")
    except UnicodeEncodeError:  # it carries the passphrase, so it must not be shown as the cause
        raise LockedError("The passphrase holds bytes that are not text; supply it again as UTF-8.") from None
    return Key(hashlib.pbkdf2_hmac("sha512", spelt, salt, ROUNDS, RAW_BYTES), salt)


def make_key(passphrase: str) -> Key:
    """A key for a new file, with a fresh salt. Takes about 180 ms.

    Raises:
        LockedError: the passphrase holds something that is not text.
    """
    return derive(passphrase, os.urandom(SALT_BYTES))


def read_salt(path: Path) -> bytes:
    """The first sixteen bytes of the officer's file.

    Raises:
        NotFoundError: there is no such file.
        DamagedFileError: it is empty, too short, or an ordinary database that nobody encrypted.
        ConflictError: it may not be read just now.
    """
    try:
        with path.open("rb") as file:
            salt = file.read(SALT_BYTES)
    except FileNotFoundError:
        raise NotFoundError("There is no officer's file here yet; run `cppp init` to make one.") from None
    except OSError:
        raise ConflictError(
            "The officer's file cannot be read: another program holds it, or it belongs to another account. "
            "Close the other program and try again."
        ) from None
    if not salt:
        raise DamagedFileError(f"The officer's file is empty; {RESTORE}.")
    if len(salt) < SALT_BYTES:
        raise DamagedFileError(f"The officer's file was cut short; {RESTORE}.")
    if salt == _PLAIN_SQLITE:
        raise DamagedFileError(
            f"The officer's file is a database without encryption, so cppp did not write it; {RESTORE}."
        )
    return salt


def recovery_text(key: Key) -> str:
    """The key as thirteen groups of five symbols, to be written down: 77 characters with the dashes.

    The last symbol of each group checks the other four and the place of the group. One wrong symbol, two symbols
    of a group exchanged, and two groups exchanged are always noticed.
    """
    number = int.from_bytes(key.raw, "big") << _SPARE_BITS
    places = range(5 * (GROUPS * (GROUP_SYMBOLS - 1) - 1), -1, -5)
    values = [number >> place & 31 for place in places]
    groups = []
    for index in range(GROUPS):
        data = values[index * (GROUP_SYMBOLS - 1) : (index + 1) * (GROUP_SYMBOLS - 1)]
        groups.append("".join(ALPHABET[value] for value in (*data, _check(index, data))))
    return "-".join(groups)


def read_recovery(text: str, salt: bytes) -> Key:
    """The key written as `text`, for the file with this salt.

    Small letters, blanks and dashes anywhere, and letters that look like a digit are all understood.

    Raises:
        LockedError: there is a mistake; says in which group, counted from one.
    """
    values = _values(text)
    wrong = [index + 1 for index in range(GROUPS) if not _fits(index, _group(values, index))]
    if len(values) != _SYMBOLS:
        first = f"group {wrong[0]}" if wrong else "the end"
        raise LockedError(
            f"A recovery key has {GROUPS} groups of {GROUP_SYMBOLS}, {_SYMBOLS} symbols in all, and {len(values)} "
            f"were typed; compare it with the paper, beginning at {first}."
        )
    number = 0
    for index in range(GROUPS):
        for value in _group(values, index)[:-1]:
            number = number << 5 | (value or 0)
    if not wrong and number & (1 << _SPARE_BITS) - 1:
        wrong = [GROUPS]
    if wrong:
        raise LockedError(
            f"There is a typing mistake in {_listed(wrong)} of the recovery key; compare it with the paper "
            "and type the key again."
        )
    return Key((number >> _SPARE_BITS).to_bytes(RAW_BYTES, "big"), salt)


def from_text(text: str, salt: bytes) -> Key:
    """The key that a passphrase or a recovery key gives for the file with this salt.

    Raises:
        LockedError: it is a recovery key with a mistake, or holds something that is not text.
    """
    return read_recovery(text, salt) if looks_like_recovery(text) else derive(text, salt)


def is_group(key: Key, number: int, typed: str) -> bool:
    """Whether this is one group of the recovery key, counted from one, however it is spaced and spelt."""
    return _values(typed) == _group(_values(recovery_text(key)), number - 1)


def looks_like_recovery(text: str) -> bool:
    """Whether this is meant as a recovery key, with or without mistakes, and not as a passphrase.

    About 65 letters and digits, some of them digits, and next to nothing else. A new passphrase like that is refused,
    so the two cannot be taken for each other.
    """
    values = _values(text)
    digits = sum(character.isdecimal() for character in text)
    strangers = sum(value is None for value in values)
    return abs(len(values) - _SYMBOLS) <= GROUP_SYMBOLS and digits >= 3 and strangers <= 2  # noqa: PLR2004  - a guess


def _values(text: str) -> list[int | None]:
    """The symbols typed, as numbers; none for a character that a recovery key never has."""
    values: list[int | None] = []
    for character in unicodedata.normalize("NFKC", text).upper().translate(_LOOK_ALIKES):
        # Dashes of every kind, and the marks a word processor hides in text, separate and mean nothing.
        if character.isspace() or character in "_−" or unicodedata.category(character) in {"Pd", "Cf", "Cc"}:
            continue
        value = ALPHABET.find(character)
        values.append(value if value >= 0 else None)
    return values


def _group(values: list[int | None], index: int) -> list[int | None]:
    return values[index * GROUP_SYMBOLS : (index + 1) * GROUP_SYMBOLS]


def _fits(index: int, group: list[int | None]) -> bool:
    known = [value for value in group if value is not None]
    return len(known) == GROUP_SYMBOLS and known[-1] == _check(index, known[:-1])


def _check(index: int, data: list[int]) -> int:
    """The check symbol of the group with this index.

    A sum in the field of 32 elements, each symbol times its own power of two: weights that differ and are not zero
    are what makes a wrong symbol, or two exchanged, always change the sum. The index makes the groups differ.
    """
    total = index + 1
    for place, value in enumerate(data, start=1):
        product = value
        for _ in range(place):
            product = product << 1 ^ (0b100101 if product & 16 else 0)  # x^5 + x^2 + 1 is primitive
        total ^= product
    return total


def _listed(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"group {numbers[0]}"
    return f"groups {', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"
