"""Words that begin with a capital and are nobody's name. Data."""

from __future__ import annotations

from typing import Final

from cppp_cli.programme.dates import MONTHS, WEEKDAYS

_LISTED: Final = """
# people and titles
i i'm i've i'll i'd mr mrs ms miss mx dr prof sir dame lord lady hhj dj mum mummy mam mama mother dad daddy
papa dear father gran granny grandma grandmother grandad grandpa grandfather nan nana nanny auntie aunt uncle god
# languages, nations, faiths
english british welsh scottish irish polish french german spanish italian portuguese romanian ukrainian
russian turkish arabic urdu punjabi bengali hindi gujarati tamil somali chinese mandarin cantonese african
asian european caribbean indian pakistani bangladeshi nigerian jewish christian muslim catholic sikh hindu
islam islamic quran bible torah church mosque temple synagogue england wales scotland ireland britain uk gb eu
usa london europe
# days and seasons
christmas easter boxing new year year's eve mothering mother's father's mothers fathers day sunday whitsun
pentecost lent advent ramadan eid diwali vaisakhi hanukkah passover bonfire night halloween valentine's spring
summer autumn winter half term good holy epiphany
# the court, the law, the service
court courts family high judge judges justice justices magistrate magistrates district deputy recorder his her
honour honours cafcass cppp positive co-parenting parenting programme plan planning together children child
act rule rules procedure practice direction directions pd section order orders question questions case number
fca fcas ciaf dra fhdra miam fm5 cao pso sio fao cms nhs gp gps pto pta send ehcp camhs sen spip ptfc report
reports draft final version work england social worker workers adviser advisers officer guardian registration
local authority council police children's services childline nspcc citizens advice relate applicant respondent
solicitor solicitors party parties safeguarding letter barnardo's ofsted hmcts moj law legal llp ltd co ward
# things with names
whatsapp facetime zoom teams skype facebook instagram snapchat tiktok youtube google apple iphone ipad xbox
playstation nintendo minecraft roblox internet wi-fi wifi tv dvd sms e-mail email lego
# schools and places
school primary secondary nursery academy college university reception sixth form playgroup library centre
station park road street lane avenue close drive way place square terrace gardens row crescent hospital
surgery
# what sentences begin with
about above after again ago ahead all almost alone along already also although altogether always among another any
anybody anyone anything apart around aside asked at away back because been before behind being below beside besides
best better between beyond but can cannot could did do does done down due during early earlier either else enough even
evening evenings eventually ever everybody everyone everything except few finally first following for former further
generally given go good had handover handovers has have having he hence her here him himself herself holidays how
however if indeed inside instead into it itself just last lastly later least less like likewise long looking made make
many maybe me meanwhile more moreover morning mornings most much must my near nearly neither never nevertheless nobody
now nowhere often once one others otherwise our out outside over overall overnight own parents per perhaps please quite
rather recently regarding same second several shall she should similarly since so some somebody somehow someone
something sometimes soon staff still such teachers than thanks them then thereafter therefore third those though three
through throughout thus time to today together tomorrow too towards twice two under unless unlike up upon us usually
very visits was we weekend weekends well were whatever whenever whereas wherever while whoever whose will within without
would yes yesterday yet you your four five six seven eight nine ten
# the documents
a an and are as at before both by confidential counted date each every family's for from how if in is it its
no not none nothing of on only or proceedings rests that the their there these they this to until what when
where whether which who why with mon tue wed thu fri sat sun am pm week weeks next
"""

_SAYING: Final = """
said says told tells asked asks wants wanted wishes wished feels felt thinks thought collects collected brings brought
"""


def _words(text: str) -> frozenset[str]:
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


COMMON: Final = _words(_LISTED) | {name.casefold() for name in (*MONTHS, *WEEKDAYS, *(f"{day}s" for day in WEEKDAYS))}
"""In small letters. Whatever the text or the record also writes with a small letter is no name either."""

SPEAKS: Final = _words(_SAYING)
"""What only a person does: a word before one of these at the beginning of a sentence may be a name."""
