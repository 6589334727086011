"""A new passphrase judged or offered, and the one a script supplies. A passphrase is never shown or kept here."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import LockedError
from cppp_cli.store.keys import looks_like_recovery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

IN_FILE: Final = "CPPP_PASSPHRASE_FILE"
IN_VARIABLE: Final = "CPPP_PASSPHRASE"

SHORTEST: Final = 12
"""Characters."""
_STRONG_ENOUGH: Final = 3
"""Of zxcvbn's 0 to 4: more than a hundred million guesses, each of which costs a thief a key derivation."""
_JUDGED_CHARACTERS: Final = 72
"""zxcvbn takes no more, and a passphrase that long is judged by its beginning."""

_WORD: Final = 3
"""Characters; a shorter personal word stands inside too many others."""

WORDS_OFFERED: Final = 6

# The officer types these every day, about other people's children: nothing violent, bodily, frightening or unkind,
# nothing about crime, drink, illness or faith, and nothing that could read as a remark on a family or be its name.
_UNKIND: Final = """
    acid aged agony aids alarm alibi alien alone anger april arson ashen ashes avert avoid bash bleak bloat
    blunt boney bony boss botch bribe bride broke bulge bully bust canon carol chaos chump cider coke cola cramp
    crave crazy cried crook crush cult curse cut dad daisy darn dawn deaf debt decay dig ditzy dizzy dose dowry
    drab drank dude dwarf ebony elope erase evade evict evil false fang femur fend fetal fever filth flirt foe
    frail frisk gag geek gore grant grave grief grill groom grope growl grunt gut harm hash hate hazel hump hung
    hunk hunt hurt hush islam ivy jab joy judge junky juror jury keg lair lash late lazy lily lurch lure lurk
    lying mace mama marry mash moan mom moody mumbo mummy mute nag nanny nerd niece olive ooze ouch pagan panic
    panty penny perky pest plead poach poppy pouch pound probe prong prude prune pry punch punk rabid rage raid
    rant rash rebel riot rival robin rogue romp ruby ruin rut sadly saint sandy scam scare scary scoff scold
    scorn scowl sect shady shaky sham shock shove shun shush silly slack slain slam slang slash slimy slit slob
    slug slum slurp smash smell smirk snare snarl sneak sneer snort snout snub spew spied spoil stain stank
    stark sting stole stomp stray strut stud stung stunt sulk swear sweat swore tacky tarot tart taunt theft
    thigh thong thud thump trap trash trick trump twins uncle vice viral virus vixen void wad wasp wick widow
    wife wimp womb worry wound wrath wreck
"""
# Words that are spelt otherwise in England, and would be typed so.
_AMERICAN: Final = "armor chili donut fiber gray mold plow rigor savor vapor"


def judge(passphrase: str, personal_words: Sequence[str] = ()) -> str | None:
    """What is wrong with a new passphrase, in a sentence that does not repeat it; none when it will do.

    Args:
        passphrase: as typed.
        personal_words: what somebody who knows the officer would try first, such as their name and office.
    """
    composed = unicodedata.normalize("NFC", passphrase)
    if composed != composed.strip() or not composed.isprintable():
        return (
            "A passphrase must not begin or end with a blank, or hold a tab or another character that cannot be seen."
        )
    if len(composed) < SHORTEST:
        return (
            f"A passphrase needs at least {SHORTEST} characters; four words that have nothing to do with each other "
            "do well."
        )
    if looks_like_recovery(composed):
        return "This has the form of a recovery key; choose a passphrase of words instead."
    if _score(composed, personal_words) < _STRONG_ENOUGH:
        return (
            "This passphrase would be guessed too soon; choose more words that have nothing to do with each other, "
            "with you or with your work."
        )
    return None


def offer() -> str:
    """Six random English words with blanks between, drawn with the operating system's random numbers.

    From a little over 1,024 short words, so 60 bits. At a million guesses a second, which takes many machines since
    each guess costs a key derivation, half of them would take some 18,000 years.
    """
    from xkcdpass import xkcd_password

    phrase: str = xkcd_password.generate_xkcdpassword(words(), numwords=WORDS_OFFERED, delimiter=" ")
    return phrase


def words() -> list[str]:
    """The words that `offer` draws from: the short list of the Electronic Frontier Foundation, without unkind ones."""
    from xkcdpass import xkcd_password

    listed = xkcd_password.generate_wordlist("eff-short", min_length=3, max_length=9, valid_chars="[a-z]")
    return sorted(set(listed).difference(_UNKIND.split(), _AMERICAN.split()))


def supplied(environ: Mapping[str, str]) -> str | None:
    """The passphrase a script supplies; none when it supplies none.

    It is in the file named by `CPPP_PASSPHRASE_FILE`, whose last line end is not part of it, or else it is
    `CPPP_PASSPHRASE` itself.

    Raises:
        LockedError: the file cannot be read, is not text, or is empty.
    """
    named = environ.get(IN_FILE, "")
    if not named:
        return environ.get(IN_VARIABLE) or None
    try:
        # Some editors on Windows put a mark at the beginning, which "utf-8-sig" takes off.
        with Path(named).expanduser().open(encoding="utf-8-sig", newline="") as file:
            text = file.read()
    except (OSError, ValueError):
        raise LockedError(
            f"The file named by {IN_FILE} cannot be read as text in UTF-8; name one that can, or unset the variable."
        ) from None
    passphrase = text.removesuffix("\n").removesuffix("\r")
    if not passphrase:
        raise LockedError(f"The file named by {IN_FILE} is empty; write the passphrase in it, or unset the variable.")
    return passphrase


def _score(passphrase: str, personal_words: Sequence[str]) -> int:
    from zxcvbn import zxcvbn

    # zxcvbn counts a word it was warned of as worth fifty guesses, so three of them together would pass. What is left
    # without them is judged, and the words are still given to it, for spellings such as "4lex".
    parts = sorted({part for word in personal_words for part in word.split() if len(part) >= _WORD}, key=len)
    rest = passphrase
    for part in reversed(parts):
        rest = re.sub(re.escape(part), "", rest, flags=re.IGNORECASE)
    judged = rest.strip()[:_JUDGED_CHARACTERS]
    return int(zxcvbn(judged, user_inputs=parts)["score"]) if judged else 0
