"""What a clause leaves out: a first date, the ends, the rule, a place, who travels, a second plan, the review."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cppp_cli.checks.wording import records, travel
from cppp_cli.checks.wording.asking import ask
from cppp_cli.checks.wording.reading import (
    ADULT,
    CHILD,
    CLOCK,
    DATE,
    DAY,
    HOLIDAYS,
    LOOSE_HOUR,
    MARK,
    NAME,
    SOMEBODY,
    pattern,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cppp_cli.checks.wording.reading import Reading
    from cppp_cli.checks.wording.records import WordingFinding

MAY_FAIL: Final = frozenset({"", "living_pattern", "handovers", "school_holidays"})
"""Topics whose handovers need a second plan, and whose steps need a review."""

_UNIT: Final = (
    r"(?:weekends?|weeks?|years?|nights?|evenings?|fortnights?|christmas(?:es)?|easters?|months?|mornings?|afternoons?"
    rf"|{DAY}|{HOLIDAYS})"
)
_ALTERNATE: Final = pattern(
    rf"\b(?:every|each) (?:other|second|third|fourth|2nd|3rd) (?:[\w-]+ )?{_UNIT}\b",
    r"\bevery (?:two|three|four|2|3|4) (?:weeks|weekends)\b",
    r"\b(?:a|one) week with\b[^.;]{0,40}?\b(?:a|one) week with\b",
    r"\bone (?:week|weekend|year|christmas|easter|holiday)\b[^.;]{0,40}?\bthe next\b",
    r"\balternat(?:e|es|ed|ing|ely|ion)\b(?! (?:contact|address|numbers?|carers?|plans?|places?|routes?|arrangements?"
    r"|venue|dates?|telephone|e-?mail|childcare|person|drivers?|means|school|provision))"
    r"(?: (?:weekends?|weeks?|years?|christmas(?:es)?|holidays?))?",
    r"\b(?:swap|chang|revers|switch|rotat)\w* (?:over |round )?(?:every|each) (?:year|time|week|weekend)\b",
    r"\bfortnightly\b",
    r"\b(?:every|each|per|once a|twice a|(?:nights?|days?|weekends?|times?) a) fortnight\b(?!'?s? (?:notice|before))",
    r"\bbi-?weekly\b",
    r"\bweek on,?(?: and|\s*/)?\s*(?:one )?(?:then a )?week off\b",
    r"\bweek(?: and week)? about\b",
    r"\bweek-?on[-\s/]+week-?off\b",
    r"\b[2-5](?:[-/][2-5]){2,3}\b(?![-/\d])",
)
_ROTA: Final = pattern(r"\bweek (?:a|1|one)\b[^;]{0,90}?\bweek (?:b|2|two)\b")
_IN_TURN: Final = pattern(r"\b(?:in turns?|tak(?:e|es|ing) (?:it in )?turns?|turn and turn about|turn about)\b")
_TURNING: Final = pattern(rf"\b{_UNIT}\b")
_OF_YEARS: Final = pattern(rf"\b(?:years?|{HOLIDAYS}|christmas(?:es)?|easters?)\b")
_YEAR: Final = pattern(r"\b20\d\d\b")
_ODD: Final = pattern(r"\b(?:odd|even)\b|\bending in (?:a|an)\b")
_DATE: Final = pattern(DATE)
_NOT_A_START: Final = pattern(
    r"\b(?:until|till|before|by|no later than|ends?(?:ing)?(?: on)?|born(?: on)?) (?:the |\w+day )?$"
)
_TERM_START: Final = pattern(
    rf"\b(?:first|starting|beginning|begins?|starts?|counted|counting|from)\b[^.;]{{0,50}}?\b(?:weekend|week|{DAY})?"
    r"[^.;]{0,25}?\b(?:of|after|in|with) (?:the |each |every )?(?:\w+ )?(?:term|half[-\s]term|school year|new year)\b",
    rf"\bfirst\b[^.;]{{0,40}}?(?:weekend|week|{DAY})[^.;]{{0,25}}?\b(?:after|of|in)\b[^.;]{{0,30}}?"
    r"\b(?:term|month|holidays?|year)\b",
)

_REVIEW: Final = pattern(
    r"\breview\w*",
    r"\breconsider\w*",
    r"\brevisit\w*",
    r"\bre-?assess\w*",
    r"\brenegotiat\w*",
    r"\brethink\w*",
    r"\b(?:looks?|talks?|thinks?|discuss|meets?|checks?|speak|comes?)\b[^.;]{0,40}?"
    r"\b(?:again|afresh|back to|how (?:it|this|things)|anew|over this)\b",
    r"\b(?:next|first|new|another|fresh) look\b",
    r"\bcheck how\b",
    r"\btaken? stock\b",
    r"\blook(?:ed|s)? (?:at (?:\w+ ){0,4})?again\b",
    r"\bsee how (?:it|this|things)\b",
    r"\bconsidered? (?:again|afresh)\b",
)
_FALLBACK: Final = pattern(
    r"\bshould (?:the|an?|any|either|there|it|he|she|they|school|nursery)\b",
    r"\b(?:if|when|unless|otherwise|in case|failing|instead|in the event|except)\b",
    r"\bwhere (?:the |a |school)",
    r"\b(?:on|during) (?:an? |any |inset |non-)?(?:days? without school|inset days?|days? when|bank holiday)",
    r"\bsnow days?",
    r"\b(?:in|whatever) (?:bad |the )weather\b",
    r"\bout(?:side)? of? ?term",
    r"\bno school\b",
    r"\bcancelled\b",
    r"\blateness\b",
)
_SAYS_WHEN: Final = pattern(
    r"\bwhen (?:he|she|they|it) (?:likes?|wants?)\b",
    r"\bwhen (?:the )?(?:school|nursery|term|club|it|day) (?:day )?(?:ends?|finishes|starts|opens|closes|begins)\b",
)


def alternate_without_anchor(clause: Reading) -> Iterator[WordingFinding]:
    """Every other week, fortnight or year, with no first one."""
    places = [match.span() for match in _ALTERNATE.finditer(clause.plain)]
    for match in _IN_TURN.finditer(clause.plain):
        near = clause.before(match.start()) + clause.after(match.end())
        if _TURNING.search(near):
            places.append(match.span())
    if clause.topic != "school_holidays":  # where week 1 is the first of the holiday
        places += [match.span() for match in _ROTA.finditer(clause.plain)]
    for start, end in sorted(places):
        around = clause.before(start)[-45:] + clause.plain[start:end] + clause.after(end)[:45]
        years = bool(_OF_YEARS.search(around)) and not re.search(r"\bweek", clause.plain[start:end], re.IGNORECASE)
        if not _has_start(clause, years=years):
            yield ask(records.ALTERNATE, clause.text, start, end)
            return


def _has_start(clause: Reading, *, years: bool) -> bool:
    """Whether a first date, or odd and even, says which."""
    if re.search(r"\bcounted\s+from\s+\S", clause.plain, re.IGNORECASE) or _ODD.search(clause.plain):
        return True
    for start, end in clause.sentences:
        sentence = clause.plain[start:end]
        if review := _REVIEW.search(sentence):
            # "From 4 September ..., reviewed on 3 March": what comes before the word still counts.
            sentence = sentence[: review.start()]
        dates = (_YEAR if years else _DATE).finditer(sentence)
        if any(not _NOT_A_START.search(sentence[: match.start()]) for match in dates):
            return True
        if not years and _TERM_START.search(sentence):
            return True
    return False


_WEEKEND: Final = pattern(r"\bweekends?\b")
_POINTS_AT: Final = pattern(
    r"\b(?:whose|whoever's|that|this|same|keep (?:a|the)|miss(?:es|ed)? (?:a|the)|cancel\w* (?:a|the)"
    r"|swap\w*(?: (?:a|the))?|lost|next|following|last|previous|parent's(?: own)?|(?:the|a) missed"
    r"|(?:of|about|for|before|after) (?:the|a|each|every)|(?:his|her|their|own|my) own|on (?:his|her|their|my)"
    r"|during (?:his|her|their|my|the)) (?:\w+ )?$",
    r"(?:mother|father|dad|mum)'s (?:own )?$",
    r"\bif\b[^,;]*$",
)
_NOT_TIME: Final = pattern(
    r"^(?:'s)? (?:bags?|clubs?|clothes|activit\w+|homework|jobs?|work|shifts?|match(?:es)?|football|training|bedtimes?"
    r"|breakfast|away match|pattern|plans|it (?:is|follows|was|falls))\b"
)
_GIVES: Final = pattern(
    r"\b(?:with|has|have|having|stays?|spends?|sees?|lives?|sleeps?|goes to|go to|visits?|contact|access|gets?)\b",
    r"\bat \w+'s",
    rf"\b(?:to|for) (?:{ADULT}|{NAME})",
)
_EVERY: Final = pattern(
    r"\b(?:every|each|alternate|alternating|other|second|one|two|three|first|third|holiday|all|most|both|some"
    r"|fortnightly|\d|of the) (?:\w+ )?$"
)
_BY_THE_WAY: Final = pattern(
    r"\b(?:bed|bedtimes?|screens?|phones?|homework|pocket money|football|club|swimming|calls?|rings?|telephones?)\b"
)
_MARK: Final = pattern(MARK, LOOSE_HOUR)
_MOMENT: Final = pattern(
    rf"\b{DAY}\b(?:(?!\b{DAY}\b)[^;\n]){{0,30}}?(?:{MARK}|{LOOSE_HOUR})",
    rf"(?:{MARK}|{LOOSE_HOUR})(?:(?!\b{DAY}\b)[^.;\n]){{0,15}}?\b{DAY}\b",
)
_BOTH_ENDS: Final = 2


def weekend_without_ends(clause: Reading) -> Iterator[WordingFinding]:
    """A weekend that is given to somebody, and does not begin or end."""
    for match in _WEEKEND.finditer(clause.plain):
        before, after = clause.before(match.start()), clause.after(match.end())
        given = _EVERY.search(before) or _GIVES.search(before + after)
        if not given or _POINTS_AT.search(before) or _NOT_TIME.search(after) or _BY_THE_WAY.search(before + after):
            continue
        if not (_MOMENT.search(clause.plain) and sum(1 for _ in _MARK.finditer(clause.plain)) >= _BOTH_ENDS):
            yield ask(records.WEEKEND, clause.text, match.start(), match.end())
        return


_SHARED_TIME: Final = rf"(?:{HOLIDAYS}|time|care|weekends?|weeks?|nights?|days?|leave|school closures?|year)"
_HALF: Final = pattern(
    r"(?<!first\s)(?<!second\s)(?<!other\s)(?<!one-)\b(?:one[-\s])?half\b"
    r"(?! (?:an|past|term|brother|sister|sibling|day|hour|price)\b|-)"
    rf"(?: of)?(?: (?:the|all|each|every|his|her|their|any|our|school|long))* (?:[\w-]+ ){{0,2}}?{_SHARED_TIME}\b",
    rf"\b{_SHARED_TIME}\b[^.;]{{0,60}}?\b(?:shared|split|divided|halved|share)\b(?! care)",
    rf"\b(?:share|shares|split|splits|divide|divides|halve|halves) (?:[\w-]+ ){{0,4}}?{_SHARED_TIME}\b",
    r"\b(?:50|fifty)\s?(?:%|per\s?cent) of\b",
    r"\b50\s?(?:[:/-]|%? )\s?50\b",
    r"\bfifty[-\s/]fifty\b",
    r"\bhalf (?:each|and half)\b",
    r"\bin half\b(?![-\s]?terms?)",
    r"\bdown the middle\b",
    r"\bequal(?:ly)? (?:shares?|split|division|time|shared?|divided|care|parts)\b",
    r"\bequal (?:amounts?|numbers?) of (?:time|days|nights|weeks|weekends)\b",
    r"\b(?:shared?|split|divided?) (?:\w+ ){0,3}?(?:equally|evenly)\b",
)
_MONEY: Final = pattern(
    r"£",
    r"\b(?:costs?|pays?|paid|fees?|money|expenses?|prices?|maintenance|receipts?|bills?|contribut\w+|uniforms?|savings"
    r"|buys?|bought|fund|fares?|petrol|presents?|cake)\b",
)
_DIVIDED: Final = pattern(
    r"\b(?:first|second|earlier|later|last|other) (?:half|part|week|fortnight|two weeks|three weeks|block)\b",
    r"\b(?:odd|even)\b",
    r"\b(?:picks?|chooses?)\b",
    rf"\bmiddle {DAY}",
    r"\bweeks? (?:\d|one|two|three)\b",
    r"\bchanges? (?:over|is)\b",
    r"\bhalfway\b",
    r"\bmid-?point\b",
    rf"\bfrom\b[^.;]{{0,40}}?{DATE}[^.;]{{0,40}}?\b(?:to|until|till)\b",
    r"\b(?:each|one|alternate|alternating) weeks? (?:with|each|at a time)\b",
    r"\bweek (?:on|about)\b",
    rf"\b{DAY}\b[^.;]{{0,60}}?\bwith\b[^.;]{{0,60}}?\b{DAY}\b",
)
_WHO_HAS: Final = pattern(rf"\bodd\b|\beven\b|\b(?:picks?|chooses?)\b|\bwith\b|{SOMEBODY}")


def half_without_rule(clause: Reading) -> Iterator[WordingFinding]:
    """Halves of a holiday, or of time, without saying which half is whose."""
    for start, end in clause.sentences:
        sentence = clause.plain[start:end]
        match = _HALF.search(sentence)
        if match is None or _MONEY.search(sentence):
            continue
        if re.search(r"\bdivided like this:\s*\S", clause.plain, re.IGNORECASE):
            return
        if not any(
            _DIVIDED.search(clause.plain[a:b]) and _WHO_HAS.search(clause.plain[a:b]) for a, b in clause.sentences
        ):
            yield ask(records.HALF, clause.text, start + match.start(), start + match.end())
        return


def handover_gaps(clause: Reading) -> Iterator[WordingFinding]:
    """A handover with a time and no place, with nobody to travel, or with no second plan."""
    if not travel.setting_sentences(clause):
        return
    times = travel.clock_times(clause)
    if times and not travel.names_a_place(clause):
        yield ask(records.PLACE, clause.text, *times[0])
    if not travel.names_a_traveller(clause):
        yield ask(records.TRAVEL, clause.text, *clause.whole)
    if clause.topic in MAY_FAIL and not _FALLBACK.search(_SAYS_WHEN.blank(clause.plain)):
        yield ask(records.FALLBACK, clause.text, *clause.whole)


_EACH: Final = rf"(?:every|each|alternate|alternating|other) (?:\w+ )?(?:weekends?|weeks?|fortnights?|{DAY})"
_GIVEN_TIME: Final = pattern(
    rf"\b(?:weekends?|weekdays?|weeks?|nights?|fortnight\w*|overnights?|{DAY})\b",
    CLOCK,
    r"\b(?:contact|access|custody|visits?|visitation|half|equal time)\b",
    r"\b(?:spends?|sees?|sleeps?)\b",
    r"\bshared? care\b",
    r"\bcare\b[^.;]{0,40}?\b(?:shared|split|equal\w*)",
    r"\b50[:/-]50\b",
    r"\bstays? (?:with|at|over)\b",
    r"\bgo(?:es)? to\b",
    r"\btime with\b",
    rf"\bhas (?:him|her|them|the {CHILD})",
)
_PATTERN: Final = pattern(
    rf"\b{_EACH}\b[^.;]{{0,60}}?\bwith\b",
    rf"\bwith\b[^.;]{{0,60}}?\b{_EACH}\b",
    r"\bfortnightly with\b",
)
_STEPS: Final = pattern(
    r"\b(?:step|stage|phase) (?:\d|one|two|three)\b",
    r"\bin (?:two |three |four )?(?:steps|stages|phases)\b",
    r"\bbecom(?:es|ing) overnight\b",
    r"\b(?:goes|go|going|moves?|builds?|building|increas\w+|extend\w*|grow\w*|progress\w*|rises?) (?:up )?"
    r"(?:to|by|until|into)\b(?=[^.;]{0,40}?(?:hours?|days?|nights?|overnight|weekends?|weeks?))",
)


def no_review(clause: Reading) -> Iterator[WordingFinding]:
    """A pattern of living, or an arrangement in steps, that nobody is to look at again."""
    plain = clause.plain
    pattern_given = clause.topic == "living_pattern" and _GIVEN_TIME.search(plain)
    unsaid = not clause.topic and _PATTERN.search(plain)
    in_steps = clause.topic in MAY_FAIL and _STEPS.search(plain)
    if (pattern_given or unsaid or in_steps) and not _REVIEW.search(plain):
        yield ask(records.REVIEW, clause.text, *clause.whole)
