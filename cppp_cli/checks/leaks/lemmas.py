"""Forms of English words that no ending gives away, the base first, as data."""

from __future__ import annotations

from typing import Final

IRREGULAR: Final = """
arise arose arisen
beat beaten
become became
begin began begun
bend bent
bite bit bitten
bleed bled
blow blew blown
break broke broken
bring brought
build built
burn burnt
buy bought
catch caught
choose chose chosen
come came
creep crept
deal dealt
die died dies dying
dig dug
draw drew drawn
dream dreamt
drink drank drunk
drive drove driven
eat ate eaten
fall fell fallen
feed fed
feel felt
fight fought
find found
fly flew flown flies
forget forgot forgotten
forgive forgave forgiven
freeze froze frozen
get got gotten
give gave given
go went gone goes
grow grew grown
hang hung
hear heard
hide hid hidden
hold held
keep kept
kneel knelt
know knew known
lead led
lean leant
learn learnt
leave left
lend lent
lie lay lain lies lied lying
light lit
lose lost
make made
mean meant
meet met
mistake mistook mistaken
overhear overheard
pay paid
ride rode ridden
ring rang rung
rise rose risen
run ran
say said
see saw seen
sell sold
send sent
shake shook shaken
shoot shot
show shown
sing sang sung
sit sat
sleep slept
slide slid
smell smelt
speak spoke spoken
spell spelt
spend spent
spill spilt
spit spat
spoil spoilt
stand stood
steal stole stolen
stick stuck
strike struck
swear swore sworn
sweep swept
swim swam swum
swing swung
take took taken
teach taught
tear tore torn
tell told
think thought
throw threw thrown
tie ties tied tying
try tries tried
cry cries cried
understand understood
wake woke woken awake awoke
wear wore worn
weep wept
win won
write wrote written
child children
person people
man men
woman women
foot feet
tooth teeth
mouse mice
knife knives
wife wives
half halves
self selves
good better best
bad worse worst badly
big bigger biggest
small smaller smallest
old older oldest elder eldest
young younger youngest
early earlier earliest
late later latest
long longer longest
loud louder loudest loudly
quiet quieter quietest quietly
near nearer nearest
nice nicer nicest nicely
happy happier happiest happily
sad sadder saddest sadly
angry angrier angriest angrily
safe safer safest safely safety
short shorter shortest
often oftener
much more most many
little less least
far further farther furthest
"""
"""One word a line."""

WHOLE: Final = frozenset(
    "morning evening nothing something anything everything sibling during ceiling wedding building hundred "
    "this his its us yes bus gas plus always perhaps upstairs downstairs outdoors indoors sometimes towards "
    "afterwards less unless across christmas maths tennis needs news previous nervous anxious serious jealous "
    "only family early july reply belly jelly ugly bully apply fly supply italy holy wednesday red bed need indeed "
    "instead spring string king thing wing evening being sacred naked wicked".split()
)
"""Words that only look as if they had an ending."""
