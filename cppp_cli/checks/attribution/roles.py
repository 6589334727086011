"""Who is said to be whose father, mother, brother or sister, against the relations and pronouns on file.

Only where a sentence says it plainly: "Leonie is the father of Isaac", "their mother David", "Your sister Theo". What
somebody says, asks or denies is theirs, and passed over. Always a doubt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.attribution.pronouns import is_quoted
from cppp_cli.checks.attribution.records import ADULT, BROTHERS, CHILD, OTHER
from cppp_cli.checks.attribution.saying import TYPED, advisory, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.attribution.names import Mention
    from cppp_cli.checks.attribution.reading import Piece, Reading
    from cppp_cli.checks.attribution.records import Person
    from cppp_cli.checks.finding import Finding

ID: Final = "name.role"
_WORDS: Final = {
    "mother": "she mother mum mummy mam",
    "father": "he father dad daddy",
    "step-mother": "she stepmother step-mother stepmum",
    "step-father": "he stepfather step-father stepdad",
    "grandmother": "she grandmother gran granny grandma nan nana",
    "grandfather": "he grandfather grandad granddad grandpa",
    "sister": "she sister half-sister half-sister stepsister step-sister",
    "brother": "he brother half-brother stepbrother step-brother",
    "aunt": "she aunt auntie",
    "uncle": "he uncle",
    "daughter": "she daughter",
    "son": "he son",
    "wife": "she wife",
    "husband": "he husband",
}
_KIND: Final = {word: kind for kind, line in _WORDS.items() for word in line.split()[1:]}
_GENDER: Final = {kind: line.split()[0] for kind, line in _WORDS.items()}
OLDER: Final = frozenset({"mother", "father", "step-mother", "step-father", "grandmother", "grandfather"})
"""Relations of an adult that the file keeps by these names; one who is kept as guardian may be any of them."""
_ADJECTIVES: Final = (
    r"(?:(?:biological|birth|natural|own|only|maternal|paternal|elder|older|eldest|oldest|younger|youngest|little|big|"
    r"baby|twin|half|dear|new)[ -])*"
)
ROLE: Final = rf"{_ADJECTIVES}(?P<role>{'|'.join(sorted(map(re.escape, _KIND), key=len, reverse=True))})"
_IS: Final = re.compile(
    r"(?:,? who)? (?:is|was)(?: also| still)? "
    r"(?:(?P<det>the|a|his|her|their|your|my|our|the children[’']s) |(?=[A-Z]))"
)
_ROLE_AFTER: Final = re.compile(rf"{ROLE}(?![\w’'\-])(?! figure\b)(?P<of> (?:of|to) )?", re.IGNORECASE)
_ROLE_BEFORE: Final = re.compile(
    rf"(?:\b(?P<det>the children[’']s|both children[’']s|the|his|her|their|your|my|our)|(?<=[’']s)) {ROLE} $",
    re.IGNORECASE,
)
FAMILY_BEFORE: Final = re.compile(
    rf"(?:\b(?:his|her|their|your)|[’']s) {ROLE},? (?:(?:is|was) )?(?:called |named )?$", re.IGNORECASE
)
"""What stands before the name of a relative."""
_SENTENCE_END: Final = re.compile(r"[.!?;:][”’\"')]*\s+|\n|[“\"]")
_THEIRS: Final = re.compile(
    r"\b(?:say|says|said|saying|claim\w*|believ\w*|thinks?|thought|den(?:y|ies|ied)|whether|if|asks?|asked|alleg\w*|"
    r"suggest\w*|wrote|writes|insist\w*|pretend\w*|calls?|called|as though|hopes?|wish\w*|wants?|not|never|no longer|"
    r"anybody|somebody|nobody)\b",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(
    r"^(?:when|while|if|after|before|at|with|on|in|during|since|as|because|for|once|until|from|to|by|although|though|"
    r"whenever|where|without|then|next|last|every|each)\b",
    re.IGNORECASE,
)
"""How a clause begins that a name may follow as the next subject: "When she is with her father Isla sleeps"."""
_LEADS: Final = re.compile(r"(?:^|\b(?:and|or|but|that|because|so|then)\s+|,\s+)$", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"$|[.,;:!?)”’]|[\s](?:and|or|but|that|at|in|on|to|with|for|who)\b|\n")


@dataclass(frozen=True)
class Said:
    """That somebody is something to some children. ``children`` is empty where it is not said to whom."""

    mention: Mention
    kind: str
    informal: bool
    children: frozenset[int]
    determiner: str
    of_others: bool  # to somebody who is no child


def roles(reading: Reading) -> Iterator[Finding]:
    """Sentences that plainly say of somebody what the record contradicts."""
    for at in reading.body():
        if reading.passages[at].kind == "quote":
            continue
        for piece in reading.of_passage[at]:
            yield from dict.fromkeys(_in(reading, piece))


def _in(reading: Reading, piece: Piece) -> Iterator[Finding]:
    mentions = list(reading.people.mentions(piece.text))
    for at, mention in enumerate(mentions):
        start = max((end.end() for end in _SENTENCE_END.finditer(piece.text, 0, mention.start)), default=0)
        before = piece.text[start : mention.start]
        if len(mention.refs) != 1 or is_quoted(piece, mention.start) or _of_a_child(piece, mention.start):
            continue
        for said in (
            _after(reading, piece.text, before, mentions, at),
            _before(reading, piece.text, before, mentions, at),
        ):
            if said is None:
                continue
            others = [m for m in mentions if m.start < mention.start and m.refs != mention.refs]
            why = _contradiction(reading, said, others)
            if why:
                what = f"{why}: “{shortened(piece.text)}”"
                yield advisory(ID, piece.passage, what, BROTHERS, TYPED)


def _of_a_child(piece: Piece, at: int) -> bool:
    """Whether a place stands in the words of a child: of whom they speak is theirs."""
    theirs = (typed for typed in piece.typed if typed.words.owners and not typed.words.about)
    return any(t.start <= at < t.end and all(ref.startswith("children.") for ref in t.words.owners) for t in theirs)


def _after(reading: Reading, text: str, before: str, mentions: list[Mention], at: int) -> Said | None:
    """What follows a name: "NAME is the father (of NAME)", "NAME is NAME's father"."""
    mention = mentions[at]
    found = _IS.match(text, mention.end)
    if not found or _THEIRS.search(before):
        return None
    place, children, of_others = found.end(), frozenset[int](), False
    if not found["det"]:
        owner = next((m for m in mentions if m.start == place), None)
        if owner is None or text[owner.end : owner.end + 3] not in {"'s ", "’s "}:
            return None
        children, place = reading.cast.children(owner.refs), owner.end + 3
        of_others = not children
    role = _ROLE_AFTER.match(text, place)
    if not role:
        return None
    if role["of"]:
        named = _listed(text, mentions, role.end())
        children, of_others = children | reading.cast.children(named), of_others or not named
        if re.match(r"(?:the|both) children\b", text[role.end() :]):
            children, of_others = _everybody(reading), False
        of_others = of_others or bool(named and not reading.cast.children(named))
    return _said(reading, mention, role["role"], children, found["det"] or "", of_others=of_others)


def _before(reading: Reading, text: str, before: str, mentions: list[Mention], at: int) -> Said | None:
    """What leads up to a name: "their mother NAME", "NAME's brother NAME"; not where it may begin another clause."""
    mention = mentions[at]
    found = _ROLE_BEFORE.search(before)
    if not found:
        return None
    children, of_others, lead = frozenset[int](), False, before[: found.start()]
    if not found["det"]:
        start = mention.start - len(before)
        owner = next((m for m in mentions if m.end == start + found.start() - 2), None)
        if owner is None:
            return None
        children = reading.cast.children(owner.refs)
        of_others, lead = not children, before[: owner.start - start]
    follows = text[mention.end :]
    if _THEIRS.search(lead) and not _GOES_ON.match(follows):
        return None
    if not lead.strip() or (not _OPENS.match(lead) and (_LEADS.search(lead) or _GOES_ON.match(follows))):
        return _said(reading, mention, found["role"], children, found["det"] or "", of_others=of_others)
    return None


def _listed(text: str, mentions: list[Mention], place: int) -> frozenset[str]:
    """The people named from a place on, one after another."""
    named = frozenset[str]()
    for mention in mentions:
        if mention.start >= place and text[place : mention.start] in {"", ", ", " and ", ", and "}:
            named, place = named | mention.refs, mention.end
    return named


def _everybody(reading: Reading) -> frozenset[int]:
    return frozenset(child.number for child in reading.cast.case.children)


def _said(
    reading: Reading, mention: Mention, role: str, children: frozenset[int], determiner: str, *, of_others: bool
) -> Said:
    det, to = determiner.casefold(), reading.cast.addressed_to
    if "children" in det:
        children = _everybody(reading)
    elif det == "your":
        children = frozenset({to}) if to is not None else children
    word = role.casefold()
    return Said(mention, _KIND[word], word not in OLDER, children, det, of_others)


def _contradiction(reading: Reading, said: Said, others: list[Mention]) -> str:
    """What of the record it contradicts; empty when nothing."""
    person = reading.cast.person(next(iter(said.mention.refs)))
    if person.kind not in {ADULT, CHILD, OTHER}:
        return ""
    lead = f"It says of {said.mention.text} that this is the {said.kind}"
    goes_by = _only_pronoun(person)
    if goes_by and goes_by != _GENDER[said.kind]:
        return f"{lead}; on file {said.mention.text} goes by “{person.pronouns}”"
    itself = reading.cast.children(said.mention.refs)
    if itself and said.children and itself <= said.children and said.kind in {"sister", "brother"}:
        return f"{lead} of the same child" if said.determiner != "your" else f"{lead} of the child the letter is to"
    vague = said.of_others or said.determiner in {"my", "our", "a"} or (said.informal and not said.children)
    if vague or (said.determiner in {"his", "her", "their"} and any(reading.cast.sides(m.refs) for m in others)):
        return ""  # an adult has a mother too
    if person.kind == CHILD:
        return f"{lead}; on file this is a child of the case" if said.kind in OLDER else ""
    return _relation(reading, person, said, lead)


def _relation(reading: Reading, person: Person, said: Said, lead: str) -> str:
    """Whether an adult, or somebody beside the parties, is on file as something else to the children meant."""
    case, meant = reading.cast.case, said.children or _everybody(reading)
    group, _, number = person.ref.partition(".")
    if group == "adults":
        held = {r.kind for r in case.relations if r.adult == int(number) and r.child in meant and r.kind}
        close = said.kind in OLDER or (said.kind in {"sister", "brother"} and bool(said.children))
        if (
            close
            and held
            and held <= OLDER
            and said.kind not in held
            and not (said.informal and _step(said.kind) in held)
        ):
            return f"{lead}; on file {said.mention.text} is the {' and '.join(sorted(held))}"
        return ""
    if said.kind not in {"mother", "father"} or said.kind in person.role.casefold():
        return ""
    bearers = {r.adult for r in case.relations if r.kind == said.kind and r.child in meant}
    names = " and ".join(case.adult(adult).full_name for adult in sorted(bearers))
    return f"{lead}; on file that is {names}" if names else ""


def _step(kind: str) -> str:
    return f"step-{kind}"


def _only_pronoun(person: Person) -> str:
    """She or he, where the record has one of them alone."""
    parts = set(re.findall(r"[a-z]+", person.pronouns.casefold()))
    she, he = bool(parts & {"she", "her"}), bool(parts & {"he", "him"})
    return "" if she == he or parts & {"they", "them"} else "she" if she else "he"
