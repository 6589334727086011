"""A new passphrase: supplied by a script, or typed twice, with random words offered."""

from __future__ import annotations

from collections.abc import Callable

from cppp_cli.errors import WeakPassphraseError
from cppp_cli.show import note


def choose(given: str | None, fault: Callable[[str], str | None], *, lead: str, ask: str, plain: bool) -> str:
    """The passphrase supplied, or one typed twice, without a fault.

    Args:
        given: What a script supplies; None to ask the person at the terminal.
        fault: What is wrong with a passphrase, in a sentence that does not repeat it.
        lead: Said first, before the random words that are offered.
        ask: The prompt.
        plain: Whether to say that nothing is shown while it is typed.

    Raises:
        WeakPassphraseError: the supplied one has a fault.
    """
    from cppp_cli.commands.office import ask_hidden
    from cppp_cli.store import passphrases

    if given is not None:
        found = fault(given)
        if found:
            raise WeakPassphraseError(found)
        return given
    note(f"{lead} Random words are good, for example:")
    note(f"    {passphrases.offer()}")
    while True:
        first = ask_hidden(ask, plain=plain)
        found = fault(first)
        if found:
            note(found)
        elif ask_hidden("The same again", plain=plain) == first:
            return first
        else:
            note("The two differ. Type it again.")
