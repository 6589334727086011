"""Days, hours, places and people as a clause names them: the patterns the rules are made of.

Patterns never look further than a bounded number of characters, so that no text is slow to read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY: Final = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?-i:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b)"
MONTH: Final = (
    r"(?:january|february|march|april|june|july|august|september|october|november|december"
    r"|(?-i:May|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)"
)
DATE: Final = (
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}|\b{MONTH} \d{{1,2}}\b(?!:)"
    r"|\b\d{4}-\d\d-\d\d\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b)"
)
NUMBER: Final = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_COUNTED: Final = r"(?:days?|weeks?|months?|years?|hours?|minutes?)"
CLOCK: Final = (
    r"(?:(?<![£\d.:])\b\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b)?"
    r"|\b\d{1,2}\s?[ap]\.?m\b|\bnoon\b|\bmidday\b|\bmidnight\b|\b\w+ o'clock|\bhalf past \w+|\bquarter (?:past|to) \w+"
    rf"|\b(?:half|at) {NUMBER}\b(?! (?:{_COUNTED}|of|other|homes?|places?))"
    rf"|\bat \d{{1,2}}\b(?![:.]?\d|\s*(?:%|{MONTH}|{_COUNTED}|\w+ (?:street|road|lane))))"
)
SCHOOL: Final = r"(?:school|nursery|pre-?school|playgroup|college|childminder|after-?school club|breakfast club)"
SCHOOL_MARK: Final = (
    rf"(?:\b(?:after|before|from|to|into|until|till|leaves|at) (?:the )?(?:\w+ )?{SCHOOL}\b"
    rf"|\b(?:end|close|start|beginning|finish|opening|out) of (?:the |his |her |their )?{SCHOOL}\b"
    rf"|\b{SCHOOL} (?:day )?(?:starts?|ends?|finishes|begins|opens|closes|gate|pick-?up|drop-?off|run)\b"
    r"|\bdrop-?off\b|\bpick-?up\b|\bhome\s?time\b)"
)
MARK: Final = rf"(?:{CLOCK}|{SCHOOL_MARK})"
LOOSE_HOUR: Final = (
    rf"(?:\b(?:from|at|until|till|to|by) (?:\d{{1,2}}|{NUMBER})\b(?!\s*(?:{MONTH}|nights?|days?|weeks?|hours?)))"
)

# A given name, or a surname after a title: a capital that `Reading.plain` has left, but no day or month in short.
NAME: Final = (
    r"(?-i:\b(?!(?:May|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)"
    r"[A-Z][a-zà-ÿ]+(?:-[A-Z][a-z]+)?)"
)
OWN: Final = r"(?!'|\w)"  # not a possessive: the mother, and not the mother's
ADULT: Final = (
    r"\b(?:mother|father|mum|mummy|mam|mama|dad|daddy|baba|papa|parents?|applicant|respondent|(?:grand|step|god|foster)"
    r"[-\s]?\w+|granny|gran|grandad|nan|nana|nanny|aunt|aunty|auntie|uncle|carers?|adults?|partner|sister|brother|cousin"
    r"|neighbour|childminder|driver|taxi|escort|friend|relative|worker|person|party|parties|supervisor|husband|wife"
    r"|one of us)" + OWN
)
CHILD: Final = r"\b(?:child|children|kids?|boys?|girls?|sons?|daughters?|twins?|baby|babies|siblings?)" + OWN
PRONOUN: Final = r"\b(?:him|her|them|me|us)\b"
SOMEBODY: Final = rf"(?:{ADULT}|\b(?:he|she|they|we|I|each|either|both|whoever|who|neither)\b|{NAME}{OWN})"
WITH_HIM: Final = rf"(?:{CHILD}|{PRONOUN}|\bboth\b|{NAME}{OWN})"
"""A child as the object of a verb."""

THINGS: Final = (
    r"(?:passports?|prescriptions?|parcels?|uniforms?|bags?|kit|clothes|belongings|phones?|calls?|messages?|forms?"
    r"|letters?|post|medicines?|inhalers?|tablets?|documents?|toys?|books?|keys?|reports?|photos?|photographs?|shoes"
    r"|coats?|things|bikes?|e-?mails?|data|results|records?|papers?|details|dates|receipts?|cards?)"
)
HOLIDAYS: Final = (
    r"(?:holidays?|half[-\s]?terms?|summers?|easter|christmas|new year|breaks?|vacations?|inset days?|festivals?|diwali"
    r"|eid|ramadan|vaisakhi|hanukkah|passover|holi|halloween|bonfire night|birthdays?|special days?)"
)

LOOKS: Final = 240
"""Characters to either side of a word that its rule reads."""
_FOLDED: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-", "‑": "-"})
_NO_NAME: Final = re.compile(
    r"\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October"
    r"|November|December|Easter|Christmas|Boxing|New|The|This|That|These|Those|If|When|Where|On|In|At|From|Until|To|By|And"
    r"|Or|But|For|After|Before|No|Not|Any|All|Every|Each|Handover|Holiday|School|Contact|Access|Time|Half|Week|Weekend"
    r"|Term|Summer|Once|There|Then|It|Its|As|An|Is|Are|Alternate|Collect|Collection|Pick|Drop|Return|Review|Step|Bank"
    r"|Inset|Other|Reasonable|Regular|Bedtime|Screen|Phone|Neither|Nothing|Video|Day|While|During|Both|Whoever|Swap"
    r"|Father|Mother|Mothering|Handing|Bring|Exchange|Halloween|Diwali|Eid|Hanukkah|Ramadan|Vaisakhi|Passover)s?\b"
)
"""Words with a capital that begin a sentence, or are a day, a month or a feast."""
_SENTENCE_END: Final = re.compile(r"(?:[.!?](?=[\s\"')\]]|$)|\n)[\"')\]]*")
_ABBREVIATION: Final = re.compile(r"\b(?:mr|mrs|ms|dr|st|e\.g|i\.e|a\.m|p\.m|no|approx)\.$", re.IGNORECASE)


@dataclass(frozen=True)
class Reading:
    """A clause as the rules read it: each character at its own offset, but quotation marks and dashes of one kind."""

    text: str
    topic: str = ""

    @cached_property
    def plain(self) -> str:
        """The text with plain quotation marks, dashes and blanks, and capitals only where there may be a name.

        It is as long as the text, so that a place in the one is the same place in the other.
        """
        return _NO_NAME.sub(lambda match: match[0].lower(), self.text.translate(_FOLDED))

    @cached_property
    def sentences(self) -> tuple[tuple[int, int], ...]:
        """Where each sentence begins and ends."""
        found, start = [], 0
        for match in _SENTENCE_END.finditer(self.plain):
            if not _ABBREVIATION.search(self.plain, max(start, match.start() - 8), match.start() + 1):
                found.append((start, match.end()))
                start = match.end()
        return (*found, (start, len(self.plain)))

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return tuple(start for start, _ in self.sentences)

    def before(self, offset: int) -> str:
        """The sentence up to an offset, as far back as a rule looks."""
        start = self._starts[bisect_right(self._starts, offset) - 1]
        return self.plain[max(start, offset - LOOKS) : offset]

    def after(self, offset: int) -> str:
        """The sentence from the offset at which a word ends, as far as a rule looks."""
        _, end = self.sentences[max(0, bisect_left(self._starts, offset) - 1)]
        return self.plain[offset : min(end, offset + LOOKS)]

    @cached_property
    def whole(self) -> tuple[int, int]:
        """Where the clause begins and ends, without the blanks around it."""
        start = len(self.text) - len(self.text.lstrip())
        return start, max(start, len(self.text.rstrip()))


@dataclass(frozen=True)
class Pattern:
    """An expression that is compiled when it is first asked for: all of them together take 80 ms."""

    expression: str

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression; a blank in it is any run of blanks."""
        return re.compile(self.expression.replace(" ", r"\s+"), re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        """The first place that matches."""
        return self.compiled.search(text)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every place that matches."""
        return self.compiled.finditer(text)

    def blank(self, text: str) -> str:
        """The text with blanks where it matches, as long as before."""
        return self.compiled.sub(lambda match: " " * len(match[0]), text)


def pattern(*expressions: str) -> Pattern:
    """Any of the expressions, whatever the case; a blank in them is any run of blanks."""
    return Pattern("|".join(expressions))


THING: Final = pattern(rf"\b{THINGS}\b")
