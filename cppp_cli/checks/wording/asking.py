"""Why each kind of wording is questioned, on what authority, what to ask, and the sentence an answer is put into."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.finding import Finding
from cppp_cli.checks.wording import records

if TYPE_CHECKING:
    from collections.abc import Mapping

AZ_V_BX: Final = "AZ v BX [2024] EWHC 1528 (Fam): holidays in halves on dates “to be agreed” were plainly wrong"
LABYRINTH: Final = "AZ v BX [2024] EWHC 1528 (Fam) warns of “labyrinthine” orders and sees merit in simplicity"
RE_L_W: Final = "Re L-W [2010] EWCA Civ 1253: “allow” and “make available” do not oblige anybody to make it happen"
WHO_AND_WHEN: Final = "Children Act 1989 s8: an order says with whom a child lives or spends time, and when"
TERMS: Final = "Children Act 1989 s8 as amended in 2014; Practice Direction 12B"
CAFCASS_PLAN: Final = "the Cafcass parenting plan, which asks for it"
RETURNS: Final = (
    "Cafcass 2017: about 30% of applications had been before, half of them with an issue not dealt with then"
)


@dataclass(frozen=True)
class Asked:
    """The words of one kind of finding. Only a completion quotes the clause: its ``{word}`` is the word found."""

    why: str
    authority: str
    question: str
    completion: str | None


ASKED: Final[Mapping[str, Asked]] = MappingProxyType(
    {
        records.VAGUE: Asked(
            "Each parent can read such words differently, and both can be right.",
            AZ_V_BX,
            "What exactly do these words mean here: which days, from when until when?",
            "“{word}” here means: {{answer}}.",
        ),
        records.ALTERNATE: Asked(
            "Without a first date each parent can count from another one, and both expect the children at once.",
            WHO_AND_WHEN,
            "On which date does the first of these begin, and with whom?",
            "This is counted from {{answer}}.",
        ),
        records.PLACE: Asked(
            "A time without a place leaves a child waiting in one while a parent waits in another.",
            WHO_AND_WHEN,
            "Where is this handover: at which door, gate or address?",
            "This takes place at {{answer}}.",
        ),
        records.WEEKEND: Asked(
            "A weekend can be one night or three.",
            WHO_AND_WHEN,
            "When does the weekend begin, and at what time does it end, and on which day?",
            "The weekend runs {{answer}}.",
        ),
        records.HALF: Asked(
            "A half can be cut in many ways, and the better half is wanted by both.",
            AZ_V_BX,
            "How is it divided, when is the change, and who has which part in which year?",
            "It is divided like this: {{answer}}.",
        ),
        records.TRAVEL: Asked(
            "A handover for which nobody is named to travel is nobody's to keep.",
            f"{RE_L_W}; {CAFCASS_PLAN}",
            "Who brings the children, and who collects them?",
            "Who brings and who collects: {{answer}}.",
        ),
        records.FALLBACK: Asked(
            "Schools close, children fall ill and trains are late; without a second plan each of these is a dispute.",
            RETURNS,
            "What might get in the way (a closed school, an illness, a delay), and what happens then?",
            "If this cannot happen as planned, {{answer}}.",
        ),
        records.REVIEW: Asked(
            "What suits a child now will not suit in two years, and nobody has to ask first if a date is set.",
            RETURNS,
            "When do the parents look at this again: on which date, or after which change?",
            "This is reviewed {{answer}}.",
        ),
        records.PERMISSION: Asked(
            "Such words make one parent the gatekeeper and oblige nobody to do anything.",
            RE_L_W,
            "What does each parent do so that it happens: who does what, where and when?",
            "To bring this about, {{answer}}.",
        ),
        records.OLD: Asked(
            "The law no longer uses this word for a child's time with somebody; it speaks of rights, not of the child.",
            TERMS,
            "What is to stand there instead, such as “lives with” or “spends time with”?",
            None,
        ),
        records.DETAIL: Asked(
            "So many conditions in one clause cannot be remembered, and invite a search for gaps.",
            LABYRINTH,
            "What is the rule on an ordinary day, in one or two sentences, and which one exception matters most?",
            None,
        ),
    }
)

# What else a vague word may leave open, by the kind of word.
VAGUE_QUESTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "amount": "How much does “{word}” mean here: how often, on which days, from when until when?",
        "agreement": "“{word}”: what is settled, or how and by when will it be, and what holds if it is not?",
        "possibility": "“{word}”: when will it not be possible, who decides that, and what happens then?",
        "often": "“{word}”: how often is that at the least, and on which days?",
        "later": "“{word}”: on which date, or after what?",
        "about": "“{word}”: at what time exactly, or how many?",
        "effort": "“{word}”: who does it, and by when?",
        "notice": "“{word}”: how many days before, and in what form?",
        "manner": "“{word}”: what would each parent do, and what would they not do?",
    }
)

SUGGESTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "contact": "time",
        "access": "time",
        "visitation": "time",
        "visiting": "time",
        "custod": "lives with",
        "residen": "lives with",
    }
)
"""What to write for an old term, by how the term begins."""


def ask(kind: str, text: str, start: int, end: int, vague: str = "") -> records.WordingFinding:
    """The finding of this kind at this place of the text.

    Args:
        kind: one of `records.IDS`.
        text: the clause.
        start: where the words found begin.
        end: where they end.
        vague: for a vague word, its kind: one of `VAGUE_QUESTIONS`.
    """
    words = text[start:end]
    asked = ASKED[kind]
    # A brace in the clause must not be taken for the place of the answer.
    word = " ".join(words.replace("{", "(").replace("}", ")").split())
    suggestion = ""
    if kind == records.OLD:
        lower = word.casefold()
        suggestion = next((said for sign, said in SUGGESTIONS.items() if sign in lower), "")
    return records.WordingFinding(
        id=kind,
        start=start,
        end=end,
        words=words,
        why=asked.why,
        authority=asked.authority,
        question=VAGUE_QUESTIONS.get(vague, asked.question).format(word=word),
        completion=asked.completion and asked.completion.format(word=word),
        suggestion=suggestion,
    )


def as_finding(finding: records.WordingFinding, place: str) -> Finding:
    """The finding as any check gives it, without a word of the clause, so that it names nobody.

    Args:
        finding: what was found.
        place: where the clause stands, as people read it: "handovers, all children".
    """
    asked = ASKED[finding.id]
    return Finding(f"wording.{finding.id}", place, f"{asked.why} ({asked.authority})", asked.question)
