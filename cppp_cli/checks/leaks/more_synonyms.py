"""More words for the same thing, of every day and of families, and more pairs of words, as data: general English."""

from __future__ import annotations

from typing import Final

MORE_GROUPS: Final = """
well right fine healthy; mind head brain; tape stick put fix; run turn; side back support; opposite across;
loudspeaker speaker; allegation accuse claim; 2 twice double couple pair; 1 once; 3 triple; apologise sorry;
questioning ask; negative bad; weekly regular; bad wrong; test spell; order instruct make; lie statement untrue;
conceal hide secret; negative horrible; across opposite; sense feel; shift night; disclose tell; mess poo; instruction
tell; prospect think; flight aeroplane plane; leave go; stay bed; pray hope wish; reunite together back; childish
babyish immature; cardboard card; nursery playgroup preschool kindergarten; violent dangerous; trust believe faith;
honest fair truthful; practise rehearse prepare; search look google; own yourself myself alone; sum work calculate
count; count tally reckon; face look expression; bed bedtime; feed meal food; rise get; invent make; tent den; shout
shouty loud; talk tell; warn say; poo mess; fail badly deliberate purpose; deliberate purpose intentional; exam
spelling test; hire rent; question ask; ring call; return back; instruct make; instruct tell; negative bad nasty
critical; criticise slag bad; park stand; surgery doctor; overdose swallow tablet; appointment visit; resume start
again; online internet; grab hold; tablet ipad; prefer best favourite; want wish; forbid allow; ban stop; spend stay
sleep; join come; choose decide; work count; lock shut trap; brag boast; tattle tell snitch; moan cry; sniff sob;
whine moan; nap lie; ache sore hurt; throb hurt; limp hobble; stumble trip; bump hit; smear wipe; stroke rub; tickle
poke; poke prod jab; nudge push; yell call; mumble say; gasp breathe; pant breathe; puke sick; faint collapse; dizzy
giddy; drowsy sleepy; knackered tired; drain tired; starving hungry; skip miss; cancel miss; cancel off; postpone put;
delay late; late behind; hurry quick; slow ages; forever always ages; constant always; daily everyday; weekly week;
nightly night; annual yearly; lad boy; lass girl; bloke man; toddler baby; teen teenager; pensioner elderly; auntie
aunt; uncle aunt; cousin relative; relative family; relation family; household home; flat apartment; cottage house;
caravan trailer; hostel refuge; refuge shelter; hotel inn; lounge room; kitchen kitchenette; conservatory extension;
corridor landing; loft attic; backyard garden; lawn garden; drive car; motorbike motorcycle; moped scooter; lorry
truck; tractor digger; pram buggy pushchair; trolley cart; helmet hat; glove mitten; scarf muffler; trainers shoe;
wellies boot; sandal shoe; dressing robe gown; slippers shoe; knickers pants underwear; vest top; bra underwear;
jewellery necklace ring; earring stud; makeup lipstick; perfume scent; hairband bobble; ponytail plait; wig hair;
beard moustache; tattoo mark; scab cut; plaster bandage; crutch stick; wheelchair chair; spectacles glasses; handset
phone; charger plug; socket plug; plug lead; cable wire lead; battery power; laptop notebook; printer machine;
keyboard key; email mail; inbox mail; post mail letter; stamp postage; envelope letter; folder file; file record;
drawer desk; ledger book; novel book; magazine comic; newspaper paper; poster picture; mural painting; painting
picture; painting drawing; scribble doodle draw; doodle drawing; chalk crayon; marker felt pen; ruler measure; glue
paste; string rope; rope cord; chain lead; padlock lock; hammer tool; spanner tool; screw nail; ladder step; bucket
basin; mop brush; broom brush; sweep brush; hoover vacuum clean; dust clean; polish shine; iron press; peg hang; fold
tidy; pile heap stack; stack pile; scatter spread; spread lay; drip leak; leak drip; puddle pool; flood water; splash
wet; sponge cloth; cloth rag; towel cloth; napkin tissue; tissue hanky; kettle pot; toaster oven; microwave oven;
plate saucer; fork spoon; spoon cutlery; mug cup; flask bottle; lid top; cork top; tin can; jam spread; butter spread;
cereal porridge; porridge oats; pancake waffle; sausage bacon; ham meat; meat chicken; fish seafood; soup stew; gravy
sauce; ketchup sauce; pie pasty; cheese dairy; milk dairy; yoghurt dessert; jelly dessert; lemonade pop fizzy; cola
pop; whisky spirits; lager beer; hangover drunk; sober drunk; addict drug; dealer drug; gamble bet; bet wager; lottery
gamble; casino gamble; loan debt; bailiff debt; evict landlord; homeless evict; benefit money; wages pay; bonus pay;
redundant sack; sack fire dismiss; resign quit; unemployed job; promotion job; uniform clothes; factory work;
warehouse work; builder workman; plumber workman; mechanic garage; farmer farm; vicar priest; priest minister; imam
mosque; detective police; guard warden; soldier army; sergeant army; caution warn; bail release; release free;
statement say; testify evidence; deny refuse; deny lie; confess tell; apology sorry; excuse reason; pretext excuse;
motive reason; aim goal; purpose reason; prospect thought; idea plan; memory remember; reminder remind; nightmare bad;
fantasy dream; ghost spirit; monster beast; dragon monster; witch magic; puppet doll; robot toy; lego brick; jigsaw
puzzle; dice game; chess game; tag chase; tig tag; trampoline bounce; bounce jump; skip jump; somersault roll;
cartwheel roll; goal score; score point; referee umpire; captain leader; medal award; certificate award; sticker star;
detention punish; suspend exclude; expel exclude; truant skip; lunchtime noon; playtime break; corridor hall;
cloakroom peg; canteen dining; dining dinner; minibus bus; coach bus; tram train; ferry boat; canoe boat; suitcase
trunk; passport document; ticket pass; tunnel passage; cliff edge; cave hole; island isle; desert sand; jungle forest;
puddle mud; breeze wind; gale storm; fog mist; drizzle rain; hail snow; sunrise dawn; sunset dusk; dusk evening;
evening dark; shadow dark; glow light; candle light; match light; spark fire; ash smoke; smell whiff; stink pong;
racket row; yelling shouting; screaming shouting; thud bang; creak noise; buzz ring; buzz vibrate; beep ring; alarm
siren; whistle blow; hum sing; chant sing; clap applaud; cheer shout; wave hand; nod agree; shrug shoulder; wink
blink; yawn tired; stretch reach; lean rest; slump fall; curl hide; cower hide; huddle cuddle; cling hold; clasp hold;
clench grip; wrestle fight; scuffle fight; brawl fight; shove barge; spit saliva; dribble drool; tug pull; twist turn;
bend twist; snap break; crack break; splinter break; dent damage; ruin spoil; spoil wreck; destroy wreck ruin; waste
throw; lend borrow; nick take; swipe take; snoop spy; pry spy; sneak steal; trespass enter; enter come; burst come;
storm leave; barge enter; slip leave; vanish leave; wander roam; roam walk; stagger walk; limp walk; creep walk; march
walk; trudge walk; gallop run; jog run; sprint run; hop jump; dive jump; float swim; paddle swim; drown sink; sink
drown; rescue help; aid help; encourage urge; urge push; push make; nag push; pester bother nag; annoy bother;
irritate bother; offend upset; humiliate shame; ridicule mock; mimic copy; imitate copy; exaggerate lie; mislead lie;
deceive lie trick; betray tell; confide tell; whisper secret; mention say; utter say; announce say; declare say; swear
promise; vow promise; oath promise; bargain deal; deal agreement; compromise agree; settle agree; resolve settle; sort
fix; mend fix; adjust change; modify change; transform change; swap change; grow rise; shrink small; miniature small;
gigantic huge; vast huge; filthy dirty; spotless clean; shabby old; tatty old; ragged torn; posh rich; fancy posh;
plain simple; odd strange; creepy scary; spooky scary; eerie scary; grim horrible; gross disgusting; yucky disgusting;
revolting disgusting; delicious tasty; yummy tasty; tasty nice; bitter sour; sour bitter; salty salt; spicy hot;
freezing icy; boiling hot; humid hot; damp wet; soggy wet; dusty dirty; sticky gooey; slippery wet; bumpy rough; rough
hard; smooth soft; fluffy soft; stiff hard; loose free; tight close; narrow tight; deep low; shallow low; steep hill;
crooked bent; bent twisted; broken bust; bust broken; spare extra; glum sad; grief sad; grieve sad; mourn grieve;
homesick miss; hopeless despair; despair hopeless; suicidal die; overwhelmed cope; stressed pressure; panic worry;
dread fear; phobia fear; bravery brave; confident sure; proud pleased; grumpy cross; stroppy grumpy; sulk moody; spite
mean; bossy strict; strict stern; stern strict; harsh strict; lenient soft; spoilt spoil; greedy selfish; selfish
mean; generous kind; helpful kind; polite nice; rude impolite; cheeky rude; naughty badly; sensible good; silly daft;
clumsy careless; careless clumsy; careful caution; noisy loud; chatty talk; silent quiet; mute silent; deaf hear;
blind see; ginger red; blonde fair; pale white; tanned brown; bald hair; chubby fat; plump fat; slim thin; bony thin;
tiny little; teenage teen; youth young; youngest little; eldest big;
sniff smell; combination code password; safe strongbox box; contact see speak touch; resume restart begin; alone own
myself; poison drug; pinch steal; scrape scratch; wail cry; shriek scream; gulp swallow; nibble bite; bicker argue;
yank grab; dash run; peep look; glimpse see; overhear hear; snigger laugh; smirk smile; sulky cross; teary cry; frail
weak; brainy clever; chilly cold; mucky dirty; scruffy untidy; spill knock; glare stare; grope touch; fondle touch;
undress clothes; naked bare; bribe reward; blackmail threaten; stalk follow; hack password; text chat; tremble shake;
vomit puke; bin throw; burgle steal; scorch burn; drown water; lie untrue; snore sleep; whack hit; thump punch
"""
"""As ``synonyms.GROUPS``; each group ends with a semicolon."""

MORE_PHRASES: Final = """
all time = always; at once = immediate; back together = reunite; best friend = bestie; blow up = angry; bring up =
mention; by accident = mistake; call off = cancel; calm down = calm; cheer up = happy; clear up = tidy; each day =
daily; each evening = nightly; each night = nightly; each week = weekly; entire time = always; every day = daily;
every evening = nightly; every night = nightly; every week = weekly; front room = lounge; get dress = dress; get on =
friend; get rid = remove; get together = reunite; get up = wake; give up = quit; go away = leave; go off = leave;
ground floor = downstairs; grow up = adult; hang up = end; hide away = hide; in charge = control; keep saying =
repeat; leave behind = abandon; let down = disappoint; lie down = rest; living room = lounge; lock up = lock; look up
= search; make believe = pretend; make fun = tease; make sure = check; mess around = play; miss out = lose; not allow
= forbid; not alone = together; not asleep = awake; not awake = asleep; not bad = good; not believe = doubt; not brave
= scared; not care = ignore; not clean = dirty; not easy = hard; not enjoy = hate; not far = near; not good = bad; not
hard = easy; not know = unsure; not let = forbid; not listen = ignore; not often = seldom; not real = fake; not
remember = forget; not right = ill; not speak = silent; not stop = continue; not sure = unsure; not talk = silent; not
trust = doubt; not well = ill; not work = broken; on purpose = deliberate; own up = admit; pay back = repay; point out
= mention; put off = delay; put on = wear; right away = immediate; send back = return; set fire = burn; set off =
leave; shout out = shout; show off = boast; shut up = quiet; sit down = sit; sitting room = lounge; slag off =
criticise; sneak out = escape; speak up = say; stand up = rise; stay up = bedtime; storm out = leave; straight away =
immediate; switch off = off; take away = remove; take off = remove; take part = join; talk back = argue; tell tale =
snitch; tidy up = tidy; turn off = off; use up = finish; walk out = leave; wash up = wash; watch over = protect; wet
bed = wee; whole time = always; work out = count
"""
"""As ``synonyms.PHRASES``: two words, and the one they mean together; each ends with a semicolon."""
