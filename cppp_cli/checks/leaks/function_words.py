"""Words that say little about what a sentence is about, and how short forms are written in full, as data."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PERSON: Final = "~who"  # I, he, she, they: reported speech changes one into the other
OWNER: Final = "~whose"
NOT: Final = "~not"

PRONOUNS: Final = _words("""
    i me you he him she they them we us it myself yourself himself herself themselves themself ourselves itself hers
    theirs mine yours ours u
""")
OWNERS: Final = _words("""
    my your his her their our its
""")
NEGATIONS: Final = _words("""
    not no never nobody none nothing nowhere neither nor without hardly nt cannot
""")

DROPPED: Final = _words("""
    a an the am is are was were be been being have has had having do does did doing done will would shall should
    could can may might must to of that which who whom whose there here so then than very really quite just too also
    even still already this these those s t d ll re ve m um er oh ok okay yes yeah please well only ever such same
    own rather perhaps maybe actually anyway dear
""")
"""Left out altogether: articles, auxiliaries and padding come and go with tense and reported speech."""

FUNCTION: Final = _words("""
    and or but if because cos as until till while when whenever before after since though although unless at by for
    from in into on onto off out over under up down with about against between through during above below near
    behind beside towards across along around round back away again once where why how what whether all any both
    each every few more most other another some lot lots much many anyone someone anybody somebody everybody
    everyone everything something anything always sometimes often usually now one ones
""")
"""Kept for the order of a sentence; they count for nothing in what it is about."""

SHORT_FORMS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "can't": ("can", "not"),
        "cant": ("can", "not"),
        "cannot": ("can", "not"),
        "won't": ("will", "not"),
        "wont": ("will", "not"),
        "shan't": ("shall", "not"),
        "ain't": ("is", "not"),
        **{
            f"{verb}nt": (verb, "not")
            for verb in (
                "do",
                "does",
                "did",
                "is",
                "was",
                "are",
                "were",
                "have",
                "has",
                "had",
                "would",
                "could",
                "should",
            )
        },
        "i'm": ("i", "am"),
        "im": ("i", "am"),
        "ive": ("i", "have"),
        "let's": ("let", "us"),
    }
)
ENDINGS: Final[Mapping[str, str]] = MappingProxyType(
    {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
)
_SMALL: Final = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS: Final[Mapping[str, str]] = MappingProxyType(
    {word: str(number) for number, word in enumerate(_SMALL.split())}
    | {word: str(10 * number) for number, word in enumerate(_TENS.split(), 2)}
)

COMMON: Final = _words("""
    mother father mum mummy dad daddy gran granny grandma nan grandad grandpa parent child kid brother sister
    family person boy girl baby man woman friend people name adult teacher grandmother grandfather aunt uncle cousin
    partner officer court judge social worker solicitor session report order home house room school class work bed
    day night week weekend morning afternoon evening time hour minute month year today tomorrow yesterday tonight
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december holiday term half christmas easter summer birthday want like go come see get have make
    take give keep put let live stay sleep spend say tell ask talk speak know think feel look find need use try
    start stop help play visit call phone collect pick bring drop meet wait leave return change happen seem mean
    show agree plan share arrange describe explain report wish hope would love enjoy good nice big small old new
    long first second last next late early right wrong bad little great own different same thing way place bit part
    side end kind number lot other way life together alone apart long soon later near far read write eat drink watch
    sit stand walk drive turn move open close hold hear listen buy pay send message text food tea dinner breakfast
    lunch bus car train park garden door car dog cat homework book game television contact arrangement handover
    overnight routine proposal position party side regular usual ordinary able
""")
"""Words met in every case; alone they show nothing."""

EVERYDAY: Final = _words("""
    abroad address advice adviser afterwards age agreed allergy alternate animal app appointment arrive ask assembly
    assessment asthma attend aunt autumn bag bath bathroom beach bedroom bedtime begin bike birthday body bowl box
    break breakfast brush bus calendar camp card centre chair change cheerful cinema clinic clock clothes club coach
    coat coffee cold collect computer consent cook copy cost counsellor country course cousin cup dance date dentist
    desk diary direct doctor dose draw drawer drawing dress easy email end entrance envelope everyday evidence
    expert eye face fair fare fault feelings fetch fifteen film find finish fit flat floor football form fortnight
    fortnightly free fridge friendly front full fun fund funny garage girl glad glasses go grass ground group
    guardian guest guidance hair half hall hand happy head health hearing helmet helper hobby holiday hospital hot
    hotel hungry idea ill illness indirect inhaler journey jumper key kind kit kitchen ladder landing late lawyer
    learn lesson letter library lift line list live local lose lounge love lovely luggage main map match maths meal
    medicine meeting message midday middle mind minibus miss mobile money music name nature near need neighbour nice
    note number nurse nursery offer office outside pack page paint paper parcel park passport path pattern peace
    pencil petrol phone photo photograph piano pick picnic picture place plate playground please pocket pool
    position post prescription present pupil put puzzle question quiet rain reading ready receive recommendation
    record remember rest ride ring road rule sad safe service shoe shop shopping short show shower sick sit sky
    sleep sofa song sorry spare special speech spell sport spring staff stairs statement station stay step stop
    story street summer supervise supervised support supported surgery swim swimming table tablet talk teacher team
    tennis term test thank therapist thirty ticket tidy timetable tip tired toy train transport travel trip trousers
    tutor uniform van video view village visitor voice wall wardrobe warm wash watch water wear weather welfare
    window winter wishes word worker worried worry write yard young
""")
"""Words of homes, schools, timetables and reports: they show less than a word that is seldom met."""

REPORTING: Final = _words("""
    say tell ask talk speak explain describe report mention add state share express wish feel think know seem recall
    comment note confirm reply answer
""")
"""Words that reported speech brings in; they are no part of what was said."""
