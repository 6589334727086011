"""Words that children, parents and social workers use for the same thing, as data: general English.

A word may stand in several groups. The groups are deliberately wide: a sentence is found by several of them together.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

GROUPS: Final = """
mother mum mummy mam mammy mom mama mums; father dad daddy papa dada pa dads; grandmother gran granny grandma nan nana
nanny nanna; grandfather grandad granddad grandpa grampy gramps; stepfather stepdad; stepmother stepmum; brother
sibling; sister sibling; child kid youngster children boy girl son daughter; baby infant toddler newborn; adult
grownup; friend mate pal buddy; partner boyfriend girlfriend husband wife fiance; teacher headteacher tutor staff;
police officer policeman policewoman; doctor gp nurse medic; person man woman bloke guy lady someone somebody; home
house flat place accommodation property; bedroom room; toilet loo bathroom lavatory; garden yard; sofa settee couch;
cupboard wardrobe closet; stairs staircase landing steps; car vehicle van; phone telephone mobile ring call; tablet
ipad computer laptop; tv television telly; message text email letter note; picture photo photograph drawing image; toy
teddy plaything doll; clothes clothing outfit garment uniform; bag rucksack backpack suitcase case; money cash pocket
pound pay; present gift; dinner tea supper meal; lunch meal sandwich; breakfast meal cereal; food meal eat; drink
alcohol beer wine booze vodka drunk lager; drunk intoxicated tipsy wasted; drug cannabis weed substance; smoke
cigarette vape smoking; medicine medication tablet pill; bottle can glass; night nighttime evening bedtime overnight;
morning breakfast early; weekend saturday sunday; holiday vacation trip break; school class classroom lesson nursery;
homework schoolwork; court judge judgement hearing; solicitor lawyer barrister; rule boundary; scared afraid
frightened fearful terrified petrified scary fear frighten scare fright terrify terror; worried anxious nervous worry
anxiety concerned concern uneasy stressed fret apprehensive; scared worried nervous anxious; sad unhappy upset tearful
miserable down low heartbroken sadness distressed gutted sorrow; cry weep sob tearful tears tear bawl; angry cross mad
furious annoyed anger temper rage irate livid moody grumpy irritated; happy glad pleased cheerful content joyful
delighted excited joy; like enjoy love prefer fond keen; hate dislike loathe detest despise; lonely alone isolated;
tired exhausted sleepy weary worn overtired; bored boring dull; sick ill unwell poorly vomit nausea sickness illness;
hungry starving starve hunger; thirsty thirst; cold freezing chilly freeze; hot boiling warm; dirty filthy messy
grubby mess; clean tidy wash; embarrassed ashamed humiliated shame shy embarrass; guilty guilt blame fault; confused
muddled puzzled; surprised shocked shock surprise startled; jealous envious; proud pride; safe secure protected;
dangerous unsafe risky danger risk hazard; strange weird odd funny peculiar; horrible awful terrible nasty dreadful
bad vile disgusting; mean unkind cruel nasty horrid spiteful rude; nice kind lovely pleasant good gentle friendly
caring; good great brilliant fantastic wonderful; big large huge enormous massive giant; small little tiny; quick fast
quickly rapidly swift hurry rush soon; slow slowly; loud noisy noise loudly racket; quiet silent silence quietly hush
peaceful; empty bare; broken smashed wrecked damaged; old elderly; new different another; true truth honest real; lie
fib untruth untrue dishonest; wrong incorrect mistake; unfair unjust; hard difficult tough tricky; easy simple; boring
dull; shout yell scream holler bellow bawl roar shriek raise; argue row fight quarrel bicker dispute squabble disagree
argument clash; fight punch hit scrap; hit smack slap punch strike beat thump hurt whack wallop kick; push shove
pushed; grab seize snatch clutch pull grip; throw chuck hurl toss fling lob; smash break shatter crash; slam bang
thud; kick boot; hurt harm injure pain injury ache sore; bruise mark injury; blood bleed bleeding; threaten threat
warn; swear curse cuss; call name insult; tease mock bully taunt laugh; laugh giggle joke chuckle; smile grin; frown
scowl face; shake tremble shiver; hide conceal hidden cover hid; secret private confidential secretly; pretend fake
act; watch look see stare observe view gaze; look stare glance peer; see notice witness spot; hear listen overhear;
listen attention heed; smell stink; touch stroke; hug cuddle embrace hold; say tell state mention remark; tell inform
say explain; ask question query request enquire; talk speak chat discuss converse communicate conversation; whisper
murmur mutter mumble; answer reply respond; promise swear vow pledge; think believe reckon suppose feel consider; know
realise aware understand; remember recall; forget forgotten; want wish like hope long desire; wish hope dream; choose
pick select decide choice; decide decision; need require must; try attempt; help assist support aid; look care after
mind; care look; stay remain sleep live stop; live reside stay; sleep asleep stay nap doze rest kip; wake awaken
waken; rest relax; dream nightmare; lie lay; leave go depart exit; leave abandon; go travel head move; come arrive
visit; arrive reach appear show turn; return back; run sprint dash race flee escape; walk stroll stride step; follow
chase; wait await hang; move shift relocate; drive ride lift; collect fetch pick; bring carry take; take carry bring
remove steal grab; give hand pass; get receive obtain become fetch; keep hold retain; put place set leave; lose lost
misplace; find discover locate; open unlock; close shut; lock bolt; start begin commence; stop cease quit end finish
prevent; finish end complete; happen occur; make force create cause; force make compel; let allow permit; allowed
permitted permission; ban forbid forbidden prohibit; break smash; fix mend repair; build construct; draw sketch; write
jot scribble; read study; learn study; play game; sing song; swim swimming pool; cook bake make; buy purchase get; eat
consume have; wear dress; miss long absence; visit see; meet see; spend pass; share split; change alter different
switch swap; fall trip tumble slip; jump leap hop; sit seat perch; stand rise; hold carry; wet soak damp; check
examine inspect look; search hunt rummage; blame accuse fault; punish discipline ground; scold reprimand tell-off nag;
apologise sorry apology; trust rely believe; promise word; love adore care; worry bother trouble; bother disturb
upset; ignore disregard; cope manage; calm settle relaxed soothe; follow track; spy watch; record film video; die dead
death pass kill; kill murder die; money cash; shop store supermarket; town city village; road street lane; beach
seaside coast; park playground field; animal pet; dog puppy; cat kitten; rabbit bunny; bike bicycle cycle; ball
football; book story comic novel; bed bunk mattress; blanket duvet cover quilt; pillow cushion; door doorway; window
pane; floor ground carpet; dark darkness black; light lamp; tummy stomach belly; mouth lip; arm wrist; face
expression; always constantly forever continually; sometimes occasionally; often frequently regularly; usually
normally generally; again repeatedly; now currently presently; later afterwards; soon shortly; alone myself lonely
single unaccompanied own; together both joint; everyone everybody all; nobody none; almost nearly; maybe perhaps
possibly; enough sufficient; extra additional spare; upstairs above; downstairs below; outside outdoors; inside
indoors; jumper sweater cardigan pullover hoodie sweatshirt top; shirt tshirt blouse top jumper; coat jacket anorak;
trousers jeans pants leggings; shoe trainer boot slipper; skirt dress; sock tights; pyjamas nightie nightdress; hat
cap hood; sleeve cuff; pocket purse wallet; chips fries crisps; sweet candy chocolate treat; cake bun biscuit cookie;
bread toast roll; juice squash drink; pub bar club; shop market supermarket corner; oven stove cooker; fridge freezer;
sink basin tap; bath tub shower; plate dish bowl; cup mug beaker; pan pot saucepan; knife blade; bin rubbish trash
waste; garage shed outhouse; attic loft; cellar basement; larder pantry cupboard; hall hallway corridor passage; gate
fence; porch doorstep step; chair stool seat armchair; table desk; drawer cabinet chest; shelf bookcase rack; lamp
torch light; heater radiator fire boiler; mat rug carpet; curtain blind drape; sheet bedding linen blanket; key lock;
handle knob; box carton crate container; packet parcel package envelope; basket hamper; diary journal notebook log;
page sheet paper; pen pencil crayon marker; list chart register; map plan atlas; calendar planner timetable; clock
watch alarm; camera webcam; password passcode pin code; computer laptop pc console; internet online website web; game
toy console; film movie cinema; song music tune; radio stereo; spill tip drop pour; lock shut fasten close bolt; tap
knock bang rap hammer; rip tear split; scratch graze cut scrape; burn scald; cut slice; wipe rub clean clear mop; wash
launder rinse scrub bathe; dry towel; delete erase remove rub wipe; hide bury stash tuck; collapse breakdown faint;
arrest detain custody nick; prison jail cell custody; crime offence; charge accuse; steal nick rob thieve pinch; cheat
trick con; trick prank; hospital ward clinic surgery; ambulance paramedic; injection jab needle; operation surgery;
illness disease condition; cough cold flu throat; allergic allergy reaction; asthma inhaler breathe breath breathing;
pregnant expecting baby; birth born; funeral grave; church mosque temple chapel; pray prayer worship; marry wedding
marriage married; divorce separate split separation; affair cheat; rent lease; job work employment occupation; boss
manager; shift duty rota; pay wage salary; debt owe loan borrow; poor broke skint; rich wealthy; expensive dear
costly; cheap inexpensive; bill payment; sell sold; lose misplace; win beat victory; team club side squad; match game
fixture; coach trainer; race contest competition; medal prize trophy award; concert show performance play assembly;
party celebration disco; guest visitor; neighbour neighbor nextdoor; stranger outsider; crowd group gang bunch; club
group; trip outing excursion visit journey; airport plane flight fly; abroad overseas country; train rail; bus coach;
taxi cab; boat ship ferry; driver motorist; crash accident collision; speed fast; seatbelt belt strap; pavement path
kerb; wood forest trees; river stream canal; sea ocean water; pond lake; hill mountain; rain wet storm; snow ice; hot
sunny warm heat; sky cloud; fire flame burn; smoke fumes; petrol fuel diesel; noise sound; voice tone; word phrase;
name called title; joke tease laugh; story tale; secret hush; rumour gossip; gossip chatter; plan scheme; idea thought
notion; reason cause; problem trouble difficulty issue; worry nightmare; mistake error; truth fact; reward prize
present; punish grounded banned; chore job task; tidy sort arrange; pack unpack case; empty drain; fill load; wrap
cover; carry lug haul; lift raise pick; drag pull haul; press push squeeze; squeeze crush; bite nip chew; swallow
gulp; choke strangle throttle; breathe gasp; sneeze cough; sweat shaking shake; stutter stammer; stare glare; blink
wink; kneel crouch squat; crawl creep sneak; sneak creep tiptoe; peek peep glance look; eavesdrop listen overhear;
copy imitate mimic; practise rehearse practice; perform act; teach show train; explain tell; describe say; remind
prompt; warn caution; beg plead implore; persuade convince; bribe pay; argue debate; disagree argue; agree consent;
refuse decline reject; accept take; admit confess own; complain moan grumble whinge; grass snitch tell; interrupt
disturb; support back stand; protect defend guard shield; save rescue; attack assault; abuse mistreat harm; control
boss dominate; order command tell; demand insist require; chase hunt pursue; avoid dodge evade; escape flee; miss
yearn long pine; comfort console soothe reassure; cuddle snuggle hug; kind gentle; stroke pat pet; hate resent; regret
sorry; feel sense; notice realise spot; guess suppose assume suspect; doubt unsure uncertain; certain sure definite;
imagine picture pretend; believe pretend; remember recall remind; expect await; hope expect; relief relieved; grateful
thankful; lucky fortunate; brave courageous bold; shy timid quiet; clever bright smart intelligent; stupid dumb silly
idiot thick daft foolish; lazy idle; naughty bad disobedient cheeky misbehave; good behave; fat overweight; thin
skinny slim; pretty beautiful; tall high big; heavy weigh; weak feeble; strong tough; special important; main chief;
favourite best prefer; perfect ideal; normal ordinary usual; real actual; whole entire complete full; whole all;
single only sole; double two twice; middle centre; top upper; bottom base; edge side border; line row queue; gap hole
space; mark stain spot; smell stink reek odour scent; taste flavour; colour paint; black dark; hurt sting; ache pain;
headache migraine; nervous jumpy edgy; pressure stress strain; tension tense stress; atmosphere mood; silence quiet;
peace calm quiet; mess untidy; stranger unknown; new fresh; ancient old; dead late; gone left away; sudden abrupt;
immediate straight instant; early soon; rare seldom; fortnight fortnightly alternate; year annual; age old; minute
moment second; while time; end finish last; ending finish; beginning start; whenever when; until till; because since;
although though; pretend feign fake; attend come go visit; reveal disclose tell; instruct tell order; conflict argue
row hostility; verbal shout swear; reluctant unwilling hesitant resist refuse; avoid evade escape; struggle difficult
hard trouble; absent away miss; relationship together couple dating; residence home house address; conclude end
finish; comfortable relaxed safe happy; uncomfortable awkward uneasy; coerce force pressure make; transport drive
take; accompany come go join; beverage drink; possess own have; anticipate expect; preference prefer favourite;
dispute argue row; request ask want; desire want wish; prefer rather like; intend plan mean; permit let; prevent stop
keep; continue carry keep; cause make; appear seem look; receive get; give provide offer supply; contact call phone
message; remark comment say; account story; occasion time day; incident event; frequent often; immediate once; prior
before; following after; midnight night; dawn morning; noon lunch; quarrel fall; physical hit violence violent;
violent violence aggressive aggression; aggressive angry; calm quiet; distress cry upset; secret nobody; quiet secret;
silent speak; refuse won; disappear vanish gone go; desert abandon; evict throw kick; exclude leave; include join;
replace new; swap exchange trade; behave behaviour act; manner way; favour prefer favourite; spoil treat; criticise
blame insult moan; insult rude; compliment praise; own belong; property belongings things possession stuff; belongings
stuff thing; stuff thing item object; tiny little; entire all; several many some; couple two pair; dozen twelve; few
some; dad stepfather; mum stepmother; auntie aunt aunty; kiss cuddle; cousin relative relation family; relative
family; adult parent; teenager teen; pupil student schoolchild; schoolteacher teacher; counsellor therapist
psychologist; therapist counselling therapy; midwife nurse; surgeon doctor; carer childminder babysitter; babysitter
sitter; lodger tenant; landlord owner; flatmate housemate; colleague workmate; employer boss; constable police; cop
police; handcuff arrest; cellphone mobile phone; screen phone tablet tv; text message; voicemail message; reply answer
text; password code; photo selfie; clip video; channel programme; cartoon programme show; hate loathe stand bear; sick
fed tired; bear stand tolerate endure; scared spooked panicked panic alarmed alarm; startle jump shock; fear dread;
nightmare terror; sad blue glum gloomy; upset hurt wounded; cry whimper wail howl blub; angry fuming raging enraged;
temper tantrum outburst meltdown; moody sulky sulk; annoy irritate bug wind; happy chuffed thrilled; smile beam; fun
enjoyable enjoy; bored fed; lonely left; worry dwell; nerves nervous; shout bark snap; argue shout; row shouting;
quarrel feud; insult swear name; scold shout told; hit beat batter bash clout cuff; kick stamp stomp; push barge bump;
drag yank tug pull; pull tug jerk; squeeze grip; pinch nip; throw sling; break crack snap; bang hit knock; crash smash
bang; slap spank; strangle neck throat; hold restrain; trap stuck lock; tie bind; hide sneak; hide duck; disguise
hide; sneak slip; peer peek; watch follow; spy check; snoop rummage search pry; search look; find spot; see catch;
hear catch; tell let; tell report; tell admit; say claim; say mean; say mutter; say put; ask beg; ask tell; ask press
quiz; quiz question interrogate; promise guarantee assure; lie cheat; trick fool; lie story; secret mystery; private
personal; whisper quiet; talk mention; mention bring; speak say; speak voice; call shout; text write; write note;
letter card; card postcard; sign signature; read look; spell write; draw colour; picture sketch; drawing sketch; photo
snap; record tape; play mess; toy car; bear teddy; doll dolly figure; bike scooter; swing slide; pool baths; dance
ballet; song lullaby; sing hum; piano keyboard; football soccer; rugby sport; run jog; walk wander; walk march; go
wander; go set; go pop; go drive; leave walk; come turn; come get; follow trail; rush dash; race hurry; run bolt;
travel trip; journey drive ride; trip fall stumble; fall drop; climb scramble; roll turn; turn switch; switch flick;
open undo; close pull; lift carry; bring fetch; give lend; give let; give present; keep save; store keep; pack put;
put shove stuff stick; put lay; put pop; hang put; stick glue tape; sew stitch; cut chop snip; cut trim; tear shred;
light burn; cook fry boil; eat bite chew munch gobble; feed eat; drink sip gulp swallow; drunk plastered sloshed; beer
pint cider ale; wine bottle; vodka gin whisky whiskey spirit; bottle flask; pub tavern inn; smoke fag; cannabis
marijuana weed spliff joint dope; cocaine powder; pill capsule; needle syringe; medicine syrup; doctor medical;
hospital infirmary; plaster bandage; sling cast; broken fractured fracture; arm elbow; leg knee; foot ankle; hand
fist; fist punch; finger thumb; nail claw; head skull; hair fringe; chest rib; tummy tum; bottom bum; mouth teeth;
tooth mouth; face cheek; bruise black; scar mark; wound cut injury; swell swollen; itch itchy scratch; rash spot; wet
soak drench; wet wee pee urine; wee pee toilet; poo toilet; nappy diaper; sick throw; cough splutter; sleep slumber
drowse; sleep bed; asleep sleeping; wake stir; night dark; nap snooze; bed cot crib; pillow pillowcase; duvet bedding;
sheet bed; blanket throw; sofa chair; table worktop counter; drawer cupboard; shelf ledge; box tin; box chest; box
case; bag sack; bag purse handbag; rucksack schoolbag satchel bag; bag holdall; suitcase luggage baggage; basket bag;
bucket pail; bowl basin; cup glass; jar pot; fridge larder; tap water; sink bathroom; bath bathroom; shower wash; soap
shampoo; brush comb; mirror glass; window glass; door gate; step stair; stairs stairway; landing upstairs; hall lobby;
lounge living sitting; attic roof; cellar underground; garage workshop; shed hut; garden lawn grass; yard patio; fence
hedge wall; gate entrance; drive driveway; car motor; car boot; van lorry truck; bus minibus; train tube; station
platform; road motorway; street avenue; bridge tunnel; park green; field meadow; wood woodland; tree branch; leaf
leaves; flower plant; mud dirt; sand beach; stone rock pebble; stick branch; hole pit; fire bonfire; rain pour; storm
thunder; thunder lightning; snow frost; sun sunshine; wind breeze; sky star; moon night; dog hound pup; cat kitty;
rabbit hutch; hamster guinea gerbil; horse pony; fish goldfish; bird budgie parrot; cage hutch; lead leash; zoo farm;
pizza burger; pasta spaghetti noodle; potato chip; vegetable veg greens; fruit apple; sweets treats; cake pudding
dessert; ice lolly; crisp snack; snack food; tea cuppa; coffee drink; sandwich roll; dinner roast; pay cost; cost
price; money pence; pound quid; coin money; bank account; purse money; pay give; spend pay; owe pay; gift surprise;
present surprise; birthday party; christmas xmas; easter egg; summer hot; winter cold; day date; hour ages; minute
ages; ages long; later next; earlier previously; previous last former; last final; first initial; start outset; times
occasion; mostly mainly; people others; others else; man gentleman; boy lad; girl lass; brother bro; sister sis;
stepbrother brother; stepsister sister; kid kiddie; baby little; neighbour next; friend bestie; friend playmate;
boyfriend man; girlfriend woman; husband man; wife woman; teacher miss sir; head headmaster headmistress; assistant
helper; worker officer; officer adviser; adviser advisor; counsellor worker; lawyer legal; magistrate judge; court
tribunal; order ruling; law legal; rule law; contract agreement; sign agree; statement account; report document paper;
form paper; evidence proof; witness evidence; charge caution; arrest police; jail locked; thief burglar; weapon knife;
threat menace; danger harm; safe unharmed; protect safe; school academy; class form; assembly hall; playground break;
break playtime; test exam; mark grade score; homework work; book reading; word term; number figure; maths sum; colour
shade; red scarlet; pen biro; rubber eraser; project work; club activity; activity hobby; hobby interest; interest
like; prize cup; lose beaten; race running; coach train; train practise; practise drill; concert recital; play drama;
costume outfit; coat top; jacket blazer; trousers bottoms; shirt polo; shoes footwear; boots wellies; gloves mittens;
hat beanie; glasses spectacles; watch wristwatch; ring jewellery necklace bracelet; necklace chain; key fob; phone
handset; phone iphone smartphone; tablet kindle; computer machine; game xbox playstation; internet wifi web; message
whatsapp; message dm; password login; screen monitor; camera lens; tv set; film cartoon; music noise; headphones
earphones earbuds; loud blaring; noise bang; noise shouting; silent mute; quiet hushed; dark pitch; light bright;
bright sunny; big great; small mini; tall long; short little; long lengthy; wide broad; thick fat; thin narrow; fast
speedy; hard solid; soft gentle fluffy; sharp pointed; hot burning; cold icy; warm cosy; clean spotless; dirty muddy;
messy untidy; tidy neat; new brand; old worn; broken cracked; lost missing; full packed; empty vacant; right correct;
wrong bad; true right; false untrue; real genuine; fake false; different unlike; strange unusual; normal fine; fine
alright; good fine; bad poor; best top; nice sweet; mean horrible; cruel vicious; rude cheeky; naughty trouble; funny
hilarious; funny amusing; important matter; ready prepared; busy occupied; free available; alone solo; inside within;
outside outdoor; beneath underneath
"""
"""Each group ends with a semicolon."""

PHRASES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tell off": "scold",
        "have go": "scold",
        "look after": "care",
        "take care": "care",
        "fall out": "argue",
        "shout at": "shout",
        "let know": "tell",
        "raise voice": "shout",
        "say sorry": "apologise",
        "would rather": "prefer",
        "keep quiet": "secret",
        "keep secret": "secret",
        "break up": "separate",
        "split up": "separate",
        "move out": "leave",
        "come back": "return",
        "go back": "return",
        "give back": "return",
        "no 1": "nobody",
        "not anybody": "nobody",
        "not anyone": "nobody",
        "grown up": "adult",
        "step dad": "stepfather",
        "step father": "stepfather",
        "step mum": "stepmother",
        "step mother": "stepmother",
        "head teacher": "teacher",
        "wake up": "wake",
        "get up": "wake",
        "stay over": "stay",
        "run off": "flee",
        "run away": "flee",
        "make up": "pretend",
        "find out": "discover",
        "turn up": "arrive",
        "pick up": "collect",
        "throw up": "vomit",
        "pass away": "die",
        "pass out": "sleep",
        "fed up": "unhappy",
        "phone up": "phone",
        "ring up": "phone",
        "go bed": "sleep",
        "lose temper": "angry",
        "not like": "hate",
        "not love": "hate",
        "not happy": "sad",
        "not kind": "mean",
        "not nice": "horrible",
        "not safe": "dangerous",
        "not fair": "unfair",
        "not true": "lie",
        "not want": "refuse",
        "mobile phone": "phone",
    }
)
"""Two words, by their stems' own words, that mean what one word means."""
