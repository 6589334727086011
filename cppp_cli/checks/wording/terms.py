"""Words that leave a clause open, by what they leave open; old terms; words of permission; and what does no harm. Data.

In every expression a blank stands for any run of blanks, and case does not matter: see `reading.pattern`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cppp_cli.checks.wording.reading import CLOCK, pattern

if TYPE_CHECKING:
    from cppp_cli.checks.wording.reading import Pattern

_POSSIBLE: Final = r"(?:possible|practicable|practical|feasible|convenient|appropriate|suitable)"
_OF_TIME: Final = (
    r"(?:contact|access|time|visit\w*|calls?|phone|telephone|video|facetime|skype|zoom|whatsapp|communication|updates?"
    r"|basis|intervals?|meetings?|messages?|stays?|overnights?|weekends?|holidays?|trips?|days?|nights?|evenings?|slots?"
    r"|sessions?|reviews?|discussions?|catch-ups?|letters?|e-?mails?|texts?|photos?|information|involvement"
    r"|relationship)\b"
)
"""What is vague when it is called regular; medication, school hours and swimming are not."""
_TIME_NOUN: Final = (
    r"(?:contact|access|times?|notice|arrangements?|intervals?|dates?|days?|periods?|amounts?|level|share|basis)"
)
_AS: Final = r"(?:as|when|where|if|once|whenever|times?|dates?)(?: and when)?"
_IN_THE_PLAN: Final = r"(?! (?:in this|in the plan|above|below))"
_WITH_OTHERS: Final = r"(?! with the (?:school|centre|club|surgery|court))"
_IF: Final = r"(?:where|wherever|if|when|whenever|so far as|as far as|insofar as)"
_WORK: Final = r"(?:work|shifts?|weather|health|traffic|circumstances|time|rotas?|availability|commitments|mood)"
_ON_WORK: Final = r"(?:work|shifts?|availability|rotas?|commitments|circumstances|mood)"

# The first expression that matches a place says what kind of vagueness it is, and so which question is asked.
_VAGUE: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("notice", (r"\b(?:reasonable|adequate|sufficient|good|fair|proper|due|enough|plenty of|ample|some) notice\b",)),
    (
        "amount",
        (
            r"\breasonabl[ey]\b(?! adjustments?)",
            rf"(?<!\bthe\s)\bregular (?=(?:[\w-]+ ){{0,2}}?{_OF_TIME})",
            r"\bregularly\b",
            r"\bregular\b(?= (?:and|but|or)\b|[,.;]|\s*$)",
            r"\bliberal(?:ly)?\b",
            r"\bgenerous(?:ly)?\b",
            r"\bample\b",
            r"\bplenty of\b",
            rf"\b(?:appropriate|suitable|adequate|sufficient|sensible|convenient|fair) (?:\w+ )?{_TIME_NOUN}\b",
            r"\b(?:substantial|significant|meaningful|maximum|extended|extra) (?:time|contact|periods?|stays?)\b",
            r"\bas (?:much|often|frequently|many|long) as\b(?! (?:the|\w+) (?:is|are|lives?|attends?)\b)",
            r"\b(?:some|several|most) (?:weekends?|evenings?|afternoons?|nights?|holidays?|contact|weeks?)\b",
            r"\bas much (?:notice|time|contact|warning) as\b",
            r"\ba few\b",
            r"\b(?:shared?|split|divided?) (?:up |out )?fairly\b",
        ),
    ),
    (
        "manner",
        (r"\bflexib(?:le|ly|ility)\b(?! (?:work\w*|hours|contract|shifts?|employ\w+|job|splints?|tickets?|fares?))",),
    ),
    (
        "agreement",
        (
            r"\bto be (?:mutually )?(?:agreed|arranged|discussed|fixed|sorted(?: out)?|settled|confirmed)\b",
            r"\bto be (?:decided|determined)\b(?! by)",
            r"\bTB[ACD]\b",
            rf"\b{_AS} (?:may be |is |are |can be )?(?:mutually |otherwise )?agreed\b{_IN_THE_PLAN}",
            r"\bas (?:the )?(?:parents|parties|they|we) (?:may |can )?(?:agree|arrange|decide|see fit)\b",
            rf"\bby (?:mutual |prior |private )?(?:arrangement|agreement|consent)\b{_WITH_OTHERS}",
            r"\bmutual(?:ly)? (?:agree\w*|convenient|convenience|acceptable|suitable|consent)\b",
            r"\bsubject to agreement\b",
            r"\bat (?:his|her|their|the \w+(?:'s)?|\w+'s) discretion\b",
            r"\bas (?:he|she|they) (?:sees?|thinks?) fit\b",
        ),
    ),
    (
        "often",
        (
            r"\bas and when\b(?: (?:necessary|needed|required|possible|convenient))?",
            r"\bfrom time to time\b",
            r"\b(?:every )?now and (?:then|again)\b",
            r"\bevery so often\b",
            r"\bonce in a while\b",
            r"\bfrequent(?:ly)?\b",
            r"\boccasional(?:ly)?\b",
            r"\bsometimes\b",
            r"\bperiodic(?:al(?:ly)?)?\b",
            r"\bon occasions?\b",
            r"\bwhen(?:ever)? (?:it )?(?:suits|(?:he|she) (?:likes|wants)|they (?:like|want))\b",
        ),
    ),
    (
        "possibility",
        (
            rf"\b{_IF} (?:it is )?(?:at all |reasonably |humanly )?{_POSSIBLE}\b",
            r"\b(?:as|where) (?:may be |is )?(?:appropriate|needed|required|necessary)\b",
            rf"\b{_WORK} (?:commitments )?permitting\b",
            rf"\b(?:subject to|depending on|around) (?:\w+ ){{0,2}}?{_ON_WORK}\b",
            rf"\b(?:if|as|when) (?:\w+ )?{_WORK} (?:allows?|permits?)\b",
        ),
    ),
    (
        "later",
        (
            r"\bgradual(?:ly)?\b",
            r"\bover time\b",
            r"\bin due course\b",
            r"\beventually\b",
            r"\bat some point\b",
            r"\bbefore long\b",
            r"\bin good time\b",
            r"\bwhen (?:\w+ ){1,2}(?:is|are|feels?) (?:\w+ )?(?:ready|settled|old enough|comfortable)\b",
            r"\bat a later (?:date|time|stage)\b",
        ),
    ),
    (
        "about",
        (
            rf"\b(?:around|about|approximately|roughly) {CLOCK}",
            r"\bor thereabouts\b",
            r"\b\d{1,2}(?:[:.]\d\d)?\s?ish\b",
            r"\btea-?time(?:ish)?\b",
        ),
    ),
    (
        "effort",
        (
            r"\b(?:tr(?:y|ies)|endeavours?|aims?|hopes?) to\b",
            r"\b(?:best|every|reasonable) (?:endeavours|efforts?)\b",
            r"\bideally\b",
            r"\bpreferably\b",
            r"\bas a rule\b",
            r"\bmore or less\b",
            r"\busually\b",
            r"\bgenerally\b",
        ),
    ),
)
VAGUE: Final[tuple[tuple[str, Pattern], ...]] = tuple((kind, pattern(*said)) for kind, said in _VAGUE)

GROWING: Final = pattern("gradual", "over time", "due course", "eventually", "point", "long", "later", "when")
"""Words of growth, which recorded steps make exact."""
DEFAULT_STANDS: Final = pattern(r"\b(?:unless|except(?: as)?|save as|other than) (?:\w+ ){0,5}$")
"""Before "agreed": there is a rule, and the parents may leave it."""
SAID_AT_ONCE: Final = pattern(
    r"^(?: \w+){0,4}?\s*(?:,?\s*(?:meaning|that is|i\.e\.|namely)|:\s|\(|\s(?:of|at) least"
    r"| of (?:not less than )?(?=\d))[^.;]{0,60}?(?:\d|day\b|days\b|weeks?\b|hours?\b)"
)
"""After a vague word: it is made exact on the spot, "reasonable notice of at least 14 days"."""
IN_WRITING: Final = pattern(r"^[^.;]{0,30}?\b(?:in writing|by (?:text|message|e-?mail)|in the app)\b")
IF_NOT_AGREED: Final = pattern(
    r"\b(?:if|failing|without|where) (?:\w+ ){0,4}(?:not|no|cannot|agreement)\b",
    r"\bfailing (?:that|which|agreement)\b",
)
BY_A_DAY: Final = pattern(r"^[^.;]{0,40}?\bby (?:the )?(?:\d|\w+ \d|end of)")

# ------------------------------------------------------------------------------------------------ old terms

_OBJECT: Final = (
    r"(?:the|a|an|his|her|their|its|our|your|my|him|them|us|me|either|any|each other|one another|school|nursery|social"
    r"|children's)"
)
OLD: Final = pattern(
    r"\b(?:contacts?|access|custody|custodial|residenc[ey]|visitation|visiting rights|parental rights)\b"
)
CONTACT_PASSES_BEFORE: Final = pattern(
    r"\b(?:indirect|emergency|first|main|named|key|school's|points? of|physical|eye|skin|bodily|in|into|sexual|makes?"
    r"|making|gets?|useful|medical|next|otherwise have) $"
)
CONTACT_PASSES_AFTER: Final = pattern(
    r"^(?: |-)(?:details?|cent(?:re|er)s?|numbers?|persons?|people|lists?|books?|sheets?|cards?|forms?|info\w*"
    r"|address\w*|lens\w*|sports?|names?|points?|teacher|worker|supervisors?|service|staff|intervention|data|e-?mails?|notebook)\b",
    r"^ between (?:the |both |us\b|them\b|both\b)?(?:two )?(?:parents|adults|parties|us\b|schools?|homes|households)",
)
CONTACT_VERB_BEFORE: Final = pattern(
    r"\b(?:will|shall|can|may|should|must|could|would|not|cannot|please|they|we|I|you|he|she|both|parents|directly|then"
    r"|also|always|immediately|never|either|who|parent|mother|father|mum|dad|first|and|or) $"
)
CONTACT_TO_BEFORE: Final = pattern(
    r"(?<!prior\s)(?<!changes\s)(?<!respect\s)(?<!relation\s)(?<!regard\s)(?<!right\s)(?<!entitled\s)(?<!agree\s)"
    r"(?<!return\s)(?<!back\s)\bto $"
)
CONTACT_OBJECT_AFTER: Final = pattern(rf"^ (?:{_OBJECT}\b|(?-i:[A-Z]))")
ACCESS_PASSES_BEFORE: Final = pattern(
    r"\b(?:wheelchair|step-free|disabled|internet|online|remote|level|door|data|wi-?fi|portal|web|easy|free) $"
)
ACCESS_PASSES_AFTER: Final = pattern(
    r"^ (?:codes?|cards?|needs|points?|requests?|roads?|ramps?|funds?|courses?|keys?|permissions?|to work\b)"
)
ACCESS_VERB_BEFORE: Final = pattern(
    r"\b(?:to|can|may|will|could|must|should|shall|both|cannot|not|parents|they|who|parent|mother|father|mum|dad) $"
)
ACCESS_VERB_AFTER: Final = pattern(rf"^ (?:{_OBJECT}|online|medical|records?|information|reports?|it|help|support)\b")
CUSTODY_PASSES_BEFORE: Final = pattern(r"\b(?:police|into|remanded in|protective|military|prison) $")
CUSTODY_PASSES_AFTER: Final = pattern(
    r"^ (?:suite|sergeant|officer|record)\b",
    r"^ of (?:\w+ ){0,3}(?:passports?|documents?|certificates?|pets?|dog|cat|keys?|papers)\b",
)
RESIDENCE_PASSES_BEFORE: Final = pattern(
    r"\b(?:place|country|places|hall|halls|proof|address) of (?:\w+ )?$",
    r"\b(?:habitual|ordinary|tax|uk|student|whose) $",
    r"\b(?!child|son|daughter|boy|girl)\w+'s $",
    r"\b(?:at|outside|near) (?:the|his|her|their) $",
)
RESIDENCE_PASSES_AFTER: Final = pattern(r"^ (?:permits?|cards?|visas?|tests?|status|hall|requirement|documents?)\b")

# ------------------------------------------------------------------------------------------------ permission

PERMISSION: Final = pattern(
    r"\ballow(?:s|ed|ing)?\b",
    r"\blet(?:s|ting)?\b(?!')",
    r"\bpermit(?:s|ted|ting)?\b",
    r"\bentitled\b",
    r"\bat liberty to\b",
    r"\bmak(?:e|es|ing)\b(?=(?: [\w'-]+){0,6}? available\b)",
    r"\bmade available\b",
    r"\bavailable for (?:contact|access)\b",
    r"\bgives? (?:his |her |their )?permission\b",
    r"\bgrants?\b(?=(?: \w+){0,4} (?:time|contact|access|leave)\b)",
    r"\bha(?:s|ve) (?:the |a )?right to (?:see|have|take|collect|spend|visit|keep)\b",
)
NOT_OF_PARENTS: Final = pattern(
    r"\b(?:school|nursery|club|cent(?:re|er)|court|surgery|hospital|coach|law|app|employer|jobs?|airline|teachers?|doctors?"
    r"|judge|order|contract|work|shifts?|weather|traffic|rota|health|circumstances|time|rules?|policy|game|site|library"
    r"|hotel|landlord|platform)\b[^.;,]{0,30}$"
)
"""Before the word: it is not a parent who permits."""
A_PERMIT: Final = pattern(r"\b(?:residence|parking|work|travel|a|the|this|building) $")
NO_GATE: Final = pattern(
    r"^ to (?:\w+ )?(?:free|benefits?|discounts?|funded|funding|hours|help|support|sick|leave|tax|legal|child benefit"
    r"|\d+ hours|bus|school (?:meals?|transport|bus|place)|a (?:place|refund|school|bus))\b"
)
"""After "entitled": what the State or a school owes."""
ROOM_FOR: Final = pattern(
    r"^ (?:\w+ ){0,2}?(?:\d|time\b|an? (?:hour|half|week|day)|extra|enough|for\b|up to|half\b|plenty|sufficient)"
)
"""After "allow": a stretch of time."""
TELLS: Final = pattern(r"^ (?:[\w']+ ){1,5}?know\b", r"^ (?:down|alone|go|off|out|to|each other|one another)\b")
"""After "let": to tell, to let down."""
