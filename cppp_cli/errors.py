"""Everything that can go wrong, as one class per failure with its exit code.

The text of an error is for the officer: what happened, and what to do next. It never holds a name,
an address or words from a case. Exit codes are part of the public contract and are listed in the README.
"""

from __future__ import annotations

from typing import ClassVar


class CpppError(Exception):
    """Base of every failure that is told in a sentence; never raised itself."""

    exit_code: ClassVar[int] = 1


class UsageProblemError(CpppError):
    """The command line asks for something that does not exist or does not go together."""

    exit_code = 2


class AnswersError(CpppError):
    """An answer is missing or not valid."""

    exit_code = 3


class NoTerminalError(AnswersError):
    """A question must be asked and there is nobody at a terminal to answer it."""


class TemplateError(AnswersError):
    """A template names something that is not there, or is written wrongly; says which file and line."""


class PictureError(AnswersError):
    """A file offered as a letter or drawing cannot be read as one."""


class BlockedError(CpppError):
    """A check stands in the way; the text says which, and what would clear it."""

    exit_code = 4


class LockedError(CpppError):
    """The officer's file cannot be opened with the key that was given, or none was given."""

    exit_code = 5


class WeakPassphraseError(LockedError):
    """A new passphrase would be guessed too soon."""


class NotFoundError(CpppError):
    """What was named does not exist, or the name fits several."""

    exit_code = 6


class ConflictError(CpppError):
    """Something changed meanwhile, is in use, or would be overwritten."""

    exit_code = 7


class NotSavedError(ConflictError):
    """A save did not go through for a reason that may pass: the file in use, the disk full, writing not allowed."""


class NothingFeasibleError(CpppError):
    """No plan satisfies what was asked."""

    exit_code = 8


class DamagedFileError(CpppError):
    """The officer's file is damaged or was written by a newer program."""

    exit_code = 9


class StoppedError(CpppError):
    """The officer stopped; everything answered so far is kept."""

    exit_code = 130
