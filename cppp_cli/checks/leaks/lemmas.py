"""Forms of English words that no ending gives away, as data."""

from __future__ import annotations

from typing import Final

IRREGULAR: Final = """
arise arose arisen; beat beaten; become became; begin began begun; bend bent; bite bit bitten; bleed bled; blow blew
blown; break broke broken; bring brought; build built; burn burnt; buy bought; catch caught; choose chose chosen
choice choices; come came; creep crept; deal dealt; die died dies dying death deaths dead; dig dug; draw drew drawn;
dream dreamt; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed; feel felt; fight
fought; find found; fly flew flown flies flight flights; forget forgot forgotten; forgive forgave forgiven; freeze
froze frozen; get got gotten; give gave given; go went gone goes; grow grew grown; hang hung; hear heard; hide hid
hidden; hold held; keep kept; kneel knelt; know knew known knowledge; lead led; lean leant; learn learnt; leave left;
lend lent; lie lay lain lies lied lying; light lit; lose lost loss losses; make made; mean meant; meet met; mistake
mistook mistaken; overhear overheard; pay paid; ride rode ridden; ring rang rung; rise rose risen; run ran; say said;
see saw seen; sell sold sale; send sent; shake shook shaken; shoot shot; show shown; sing sang sung; sit sat; sleep
slept; slide slid; smell smelt; speak spoke spoken speech; spell spelt; spend spent; spill spilt; spit spat; spoil
spoilt; stand stood; steal stole stolen; stick stuck; strike struck; swear swore sworn; sweep swept; swim swam swum;
swing swung; take took taken; teach taught; tear tore torn; tell told; think thought; throw threw thrown; tie ties
tied tying; try tries tried; cry cries cried; understand understood; wake woke woken awake awoke; wear wore worn; weep
wept; win won; write wrote written; child children; person people; man men; woman women; foot feet; tooth teeth; mouse
mice; knife knives; wife wives; half halves; self selves; good better best; bad worse worst badly; big bigger biggest;
small smaller smallest; old older oldest elder eldest; young younger youngest; early earlier earliest; late later
latest; long longer longest; loud louder loudest loudly; quiet quieter quietest quietly; near nearer nearest; nice
nicer nicest nicely; happy happier happiest happily; sad sadder saddest sadly; angry angrier angriest angrily; safe
safer safest safely safety; short shorter shortest; often oftener; much more most many; little less least; believe
belief beliefs; laugh laughter; marry marriage; hate hatred; fail failure; breathe breath breaths breathless; advise
advice; live alive; see sight; relieve relief; suspect suspicion; succeed success; admit admission; decide decision
decisions; long length; strong strength; young youth; mother maternal; father paternal; parent parental; far further
farther furthest
"""
"""The base first; each word ends with a semicolon."""

WHOLE: Final = """
absence across afterwards always ambulance animal anxious anything apartment apply balance bed being belly building
bully bus ceiling chance christmas dance difference distance downstairs during early evening everything evidence
family fence festival final finance fly gas general hateful his holy hospital hundred indeed indoors instead italy its
jealous jelly july king less maths medical morning naked need needs nervous news normal nothing only outdoors
parliament perhaps personal plus presence previous red relation reply sacred science sentence serious sibling silence
something sometimes special spring station string supply tennis thing this total towards ugly unless upstairs us
violence wedding wednesday wicked wing yes
"""
"""Words that only look as if they had an ending."""
