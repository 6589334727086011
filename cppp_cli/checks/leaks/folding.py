"""Text without all that does not change its words: case, blanks, punctuation, accents, signs nobody sees. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from cppp_cli.checks.leaks.function_words import ENDINGS, NUMBERS, SHORT_FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PLAIN: Final = str.maketrans(
    "‘’‚‛′´`“”„‟«»″‐‑‒–—―−…\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\u3000\u2028\u2029\u0085",
    "'''''''\"\"\"\"\"\"\"-------.        \n\n\n",
)
_LOOK_ALIKES: Final = str.maketrans(
    (
        "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425"
        "\u0430\u0432\u0435\u0455\u0456\u0458\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445"
        "\u04bb\u0501\u051b\u051d\u04cf"
        "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
        "\u03b1\u03b2\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
        "\u0131\u0251\u0261"
    ),
    ("ABESIJKMHOPCTYXabesijkmhopctyxhdqwlABEZHIKMNOPTYXabeikvoptuxiag"),
)
"""Letters of the Cyrillic and Greek alphabets and a few more, as the Latin ones nobody can tell them from."""
_WORD: Final = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+|-[ \t]*\n\s*[^\W\d_]+)*")
_EDGE: Final = re.compile(r"[.!?:;\"\n|()\[\]•]|--| - |(?:^|\s)'|'(?:\s|$)")
_STOP: Final = re.compile(r"[.!?;\n|]")
_QUOTE: Final = re.compile(r"\"|(?:^|[\s(])'|'(?:[\s.,;:!?)]|$)")
_TENS: Final = frozenset(str(number) for number in range(20, 100, 10))
_BROKEN: Final = re.compile(r"-\s+")


class Token(NamedTuple):
    """A word in its folded form and where it stands in the text it came from."""

    word: str
    start: int
    end: int
    starts: bool
    """A sentence, a cell or a quotation begins with it."""
    ends: bool
    opens: bool
    """A quotation mark stands before it."""
    closes: bool
    stopped: bool
    """A full stop or a line end stands before it."""


@lru_cache(maxsize=4096)  # a document is read for words and for details, and open words again and again
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text, folded."""
    plain, origin = folded(text)
    found: list[Token] = []
    words = list(_WORD.finditer(plain))
    edges = [0, *(place for match in words for place in match.span()), len(plain)]
    gaps = [_gap(plain[edges[at] : edges[at + 1]]) for at in range(0, len(edges), 2)]
    gaps[0], gaps[-1] = (True, gaps[0][1], True), (True, gaps[-1][1], True)
    for place, match in enumerate(words):
        (starts, opens, stopped), (ends, closes, _) = gaps[place], gaps[place + 1]
        start = match.start() if origin is None else origin[match.start()]
        end = match.end() if origin is None else origin[match.end() - 1] + 1
        parts = _parts(match[0])
        number = NUMBERS.get(match[0])
        if (
            number
            and found
            and found[-1].word in _TENS
            and len(number) == 1
            and match.start() - words[place - 1].end() == 1
        ):
            tens = found.pop()
            found.append(tens._replace(word=tens.word[0] + number, end=end, ends=ends, closes=closes))
            continue
        last = len(parts) - 1
        for part, word in enumerate(parts):
            one, other = part == 0, part == last
            found.append(
                Token(
                    word, start, end, starts and one, ends and other, opens and one, closes and other, stopped and one
                )
            )
    return tuple(found)


@cache
def _gap(between: str) -> tuple[bool, bool, bool]:
    """What stands between two words: the end of a sentence, cell or quotation; a quotation mark; a full stop."""
    if between == " ":
        return False, False, False
    return bool(_EDGE.search(between)), bool(_QUOTE.search(between)), bool(_STOP.search(between))


@cache
def _parts(word: str) -> tuple[str, ...]:
    """The words a written word stands for: don't is two, dad's is one."""
    if word in SHORT_FORMS:
        return SHORT_FORMS[word]
    for ending, full in ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word.removesuffix(ending).replace("'", ""), full)
    word = _BROKEN.sub("", word).replace("'", "")
    return (NUMBERS.get(word, word),)


def folded(text: str) -> tuple[str, Sequence[int] | None]:
    """The text in one case, without accents and invisible signs, and where each sign came from (None: unmoved)."""
    text = text if text.isascii() else text.translate(_LOOK_ALIKES)
    plain = text.translate(_PLAIN).lower()
    if plain.isascii():
        return plain, None
    signs: list[str] = []
    origin: list[int] = []
    for place, sign in enumerate(text.translate(_PLAIN)):
        for inner in _bare(sign):
            signs.append(inner)
            origin.append(place)
    return "".join(signs), origin


@cache
def _bare(sign: str) -> str:
    return "".join(_letters(unicodedata.normalize("NFKD", sign).casefold())).translate(_PLAIN).translate(_LOOK_ALIKES)


def _letters(signs: str) -> Iterator[str]:
    return (sign for sign in signs if unicodedata.category(sign) not in {"Mn", "Me", "Cf"})


def run_together(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text alone, and where each came from."""
    plain, origin = folded(text)
    kept = [place for place, sign in enumerate(plain) if sign.isalnum()]
    return "".join(plain[place] for place in kept), kept if origin is None else [origin[place] for place in kept]


def core(text: str) -> str:
    """A text without the blanks and punctuation around it, otherwise as it stands."""
    found = tokens(text)
    return text[found[0].start : found[-1].end] if found else ""
