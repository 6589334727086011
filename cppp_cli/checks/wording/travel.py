"""Handovers in a clause: whether it sets one, at what time, where, and who travels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.checks.wording.reading import CHILD, CLOCK, NAME, OWN, PRONOUN, SOMEBODY, THINGS, WITH_HIM, pattern

if TYPE_CHECKING:
    from cppp_cli.checks.wording.reading import Reading

_NO_THING: Final = rf"(?! (?:[\w']+ ){{0,3}}{THINGS}\b)"
_A: Final = r"(?:(?:the|both|his|her|their|our|my) )?"
_CALLED_OFF: Final = r"(?! (?:is|are|will be) (?:off|cancelled|late|not|over|missed|calm|kept|short|done|made up))"

_SETS: Final = pattern(
    rf"\bhand-?\s?overs?\b{_CALLED_OFF}(?= (?:is|are|will|shall|takes?|happens?|to be|on|at|from|by|after|points?"
    r"|places?|times?|\d)|\s*:)",
    rf"\bhand(?:ed|ing) (?:\w+ ){{0,3}}over\b(?! (?:the|a|an|his|her|their|its) (?!{CHILD})){_NO_THING}",
    r"\bexchanges?\b(?= (?:is|are|takes?|at|of the (?:child|kid)|points?|will|shall|happens?|the (?:child|kid)))",
    r"\bexchanged at\b",
    rf"\bcollect(?:s|ed|ing)?\b{_NO_THING}",
    rf"\bcollections?\b(?! of (?:the )?{THINGS})",
    rf"\b(?:(?:bring|fetch|return|deliver)(?:s|es|ing)? {_A}{WITH_HIM}"
    rf"|(?:hands?|tak(?:es?|ing)|drop(?:s|ped|ping)?|pick(?:s|ed|ing)?) {_A}{WITH_HIM} (?:back|home|over|off|up|at))\b",
    rf"\b(?:drop(?:s|ped|ping)? (?:off|back|home|at)|pick(?:s|ed|ing)? up)\b{_NO_THING}",
    rf"\bhands? {_A}{WITH_HIM} to\b",
    r"\bpick-?ups?\b",
    r"\bdrop-?offs?\b",
    r"\bbrought (?:back|home|to)\b",
    rf"\b(?:bring|brings) back\b{_NO_THING}",
    r"\bfetched\b",
    rf"(?:{CHILD}|\b(?:he|she|they)\b|{NAME}{OWN}) (?:will |shall |must |then |to )?(?:returns?|comes? back)"
    r" (?:back )?(?:to|home|at|by|from)\b",
    r"\b(?:is|are|be|being|been|gets?) (?:then )?(?:returned|delivered)\b",
    r"\breturn of the (?:child|kid)",
)
_MEETING: Final = pattern(r"\bmeets? (?:at|in|by|outside|near)\b")
_THING_SUBJECT: Final = pattern(
    rf"\b{THINGS} (?:(?:is|are|be|will|must|not|to|have|has|been|being|always|then) ){{0,4}}$"
)

# What only mentions a handover: a condition, a manner, a person described by it.
_MENTIONS: Final = pattern(
    r"\b(?:if|unless|in case|should)\b[^,;.]*",
    r"(?<!,\s)\b(?:who|whoever|whichever parent|when|while|before|after|during|late (?:for|to|in|at)|without|about"
    r"|between) (?:is |the )?(?:collect|pick|drop|return|hand|bring|fetch|exchang)\w*(?: (?:up|off|over))?",
)

_TRAVELS: Final = (
    r"(?:collects?|brings?|fetch(?:es)?|drops?|picks?|takes?(?! (?:place|part|turns))|drives?|walks?|meets?|delivers?"
    r"|accompan(?:y|ies)|escorts?|exchange (?:the|both)|hands? (?:over|\w+ over|the|him|her|them)|collecting|bringing"
    rf"|fetching|driving|returns?(?= {_A}{WITH_HIM})|travels? with"
    r"|(?:does|do|share) (?:all )?(?:the )?(?:travel\w*|driving|collecting|school run|journeys?|fetching))"
)
_TAKEN: Final = (
    r"(?:collected|brought|returned|fetched|picked up|dropped(?: (?:off|back))?|handed over|taken|driven|accompanied"
    r"|escorted|collections?|returns?|delivered|hand-?overs?|drop-?offs?|pick-?ups?|travel)"
)
_TRAVELLER: Final = pattern(
    rf"{SOMEBODY}[^.;:!?]{{0,70}}?(?<!\bbe\s)\b{_TRAVELS}\b",
    rf"\b{_TAKEN}\b[^.;]{{0,50}}?\bby (?:(?:the|his|her|their|a|an|either|both|each|our|my) )?(?:\w+ )?{SOMEBODY}",
    r"\bresponsible for (?:\w+ ){0,2}?(?:travel\w*|transport|collect\w*|collection|driving|bringing|return\w*)",
    r"\bschool (?:bus|transport|taxi)\b",
    r"\bby taxi\b",
    r"\b(?:on (?:his|her|their) own|by (?:him|her)self|by themselves|alone)\b",
    r"\bwho brings and who collects:\s*\S",
)

_PLACE_NOUN: Final = (
    r"(?:school|nursery|pre-?school|playgroup|college|homes?|house|flat|address|door|doorstep|hall|gates?|entrance|foyer"
    r"|reception|library|station|platform|stop|car\s*park|park|playground|cafe|café|mcdonald's|restaurant|supermarket"
    r"|shop|services|centre|center|church|mosque|synagogue|temple|club|pool|office|childminder|childminder's|farm|square"
    r"|street|road|lane|close|avenue|garage|corner|bridge|bus|train|airport|tesco|asda|sainsbury's|morrisons|costa|pub"
    r"|hotel|museum|surgery|academy|primary|infants|building|site|porch|drive|pier|market|ground|pitch|field)"
)
_PLACE: Final = pattern(
    r"(?:\b(?:at|outside|from|to|in|inside|into|near|by|opposite|behind|on)|[,:])"
    rf" (?:[\w'.&-]+ ){{0,5}}?{_PLACE_NOUN}\b(?! (?:holidays?|days? off|hours))",
    r"\b(?:at|to|from|outside) (?:[\w-]+ ){0,3}?[\w-]{2,}(?:'s|s')(?![\w'])(?! (?:father|mother|dad|mum|parent|other"
    r"|care|birthday|brother|sister|time|holidays?|weekend|week|day|notice|half))",
    r"\b(?:brings?|brought|takes?|taken|drops?|goes|comes?|returns?|returned|drives?|walks?)"
    rf" (?:(?:the )?(?:{CHILD}|{PRONOUN}|{NAME}) )?(?:back )?home\b",
    r"\bfrom (?:his|hers|theirs|mine|ours)\b(?! (?:mother|father|mum|dad|parent))",
    rf"\bat (?!(?:noon|midday|midnight|least|once|most|all|the (?:start|end|beginning|same|latest))\b){NAME}",
    r"\b(?:after|end of|close of|start of|finish of|leaves|before) (?:the )?(?:school|nursery)\b",
    r"\bschool gates?\b",
    r"\bdoorstep\b",
    r"\btakes? place at (?!\d)\S",
)
_CLOCK: Final = pattern(CLOCK)


def setting_sentences(clause: Reading) -> tuple[str, ...]:
    """The sentences in which a handover is set, without what only mentions one."""
    found = []
    for start, end in clause.sentences:
        sentence = _MENTIONS.blank(clause.plain[start:end])
        meets = clause.topic == "handovers" and _MEETING.search(sentence)
        if meets or any(not _THING_SUBJECT.search(sentence[: match.start()]) for match in _SETS.finditer(sentence)):
            found.append(clause.plain[start:end])
    return tuple(found)


def clock_times(clause: Reading) -> tuple[tuple[int, int], ...]:
    """Where hours of the clock stand in the sentences that set a handover."""
    sets = set(setting_sentences(clause))
    return tuple(
        (start + match.start(), start + match.end())
        for start, end in clause.sentences
        if clause.plain[start:end] in sets
        for match in _CLOCK.finditer(clause.plain[start:end])
    )


def names_a_place(clause: Reading) -> bool:
    """Whether some place is named, such as a school, a door or somebody's home."""
    return bool(_PLACE.search(clause.plain))


def names_a_traveller(clause: Reading) -> bool:
    """Whether somebody is said to bring, collect or travel."""
    return bool(_TRAVELLER.search(clause.plain))
