"""What a finished document has to say wherever it names somebody, worked out from the family alone.

Nothing here asks the code that makes documents who is who: sides, children and their entries are read from the records.
"""

from __future__ import annotations

from datetime import date

from cppp_cli.programme.nights.figures import figures
from cppp_cli.programme.nights.telling import Names, tell

TITLES = {  # in the order of the inventory
    "living_pattern": "Where the children live and spend time, in term time",
    "handovers": "Handovers",
    "school_holidays": "School holidays",
    "education": "Education and childcare",
    "health": "Health and well-being",
    "money": "Money and what the children need",
    "religion_culture": "Religion, culture and language",
    "activities": "Activities and friends",
    "travel": "Travel and passports",
    "if_things_change": "What happens if things change or go wrong",
}
STATES = {"agreed": "agreed", "agreed_in_principle": "agreed in principle", "not_agreed": "they differ",
          "progress": "progress made, more help needed", "for_court": "for the court to decide"}  # fmt: skip
OPEN = ("not_agreed", "progress", "for_court")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def uk(day):
    day = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{day.day} {day:%B} {day.year}"


def both(names, last="and"):
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


class People:
    """Who is who, from the records."""

    def __init__(self, family):
        self.family, self.case = family, family.case
        self.sides = {s: [a for a in self.case.adults if a.side == s] for s in "AB"}
        self.a, self.b = (both([adult.full_name for adult in self.sides[s]]) for s in "AB")
        self.children = {child.number: child for child in self.case.children}
        self.adults = {f"adults.{adult.number}": adult for adult in self.case.adults}

    def specs(self, *states):
        found = [(n, spec) for n, spec in self.family.specs.items() if spec["state"] in states]
        return sorted(found, key=lambda pair: (list(TITLES).index(pair[1]["topic"]), pair[0]))

    def numbers(self, number):
        """The children an entry holds for."""
        spec = self.family.specs[number]
        if spec["children"] != ("all",):
            return [int(n) for n in spec["children"]]
        gone = {int(c) for n, other in self.family.specs.items() if other.get("instead") == "yes"
                and other["topic"] == spec["topic"] for c in other["children"]}  # fmt: skip
        return [n for n in self.children if n not in gone]

    def whom(self, number):
        numbers = self.numbers(number)
        everybody = self.family.specs[number]["children"] == ("all",) and len(numbers) == len(self.children) > 1
        return "all the children" if everybody else both([self.children[n].full_name for n in numbers])

    def topic(self, number):
        title, whom = TITLES[self.family.specs[number]["topic"]], self.whom(number)
        return title if whom == "all the children" else f"{title} ({whom})"

    def names(self, numbers):
        whole = len(numbers) == len(self.children) > 1
        return Names(self.a, self.b, "somebody else",
                     "the children" if whole else both([self.children[n].full_name for n in numbers]),
                     len(numbers) > 1)  # fmt: skip


def people_rows(who):
    for child in who.case.children:
        age = 2026 - child.born.year - ((child.born.month, child.born.day) > (8, 6))
        yield "row", (child.full_name, uk(child.born), str(age))
    for adult in who.case.adults:
        kinds = {}
        for relation in who.case.relations:
            if relation.adult == adult.number:
                kinds.setdefault(relation.kind, []).append(who.children[relation.child].full_name)
        relations = "; ".join(f"{kind} of {both(names)}" for kind, names in kinds.items())
        solicitor = f"represented by {adult.solicitor}" if adult.solicitor else "no solicitor on record"
        yield "row", (adult.full_name, adult.role, f"{relations}; {solicitor}")


def _confirmed(who, spec, *, table):
    a, b = spec.get("confirmed_a_on"), spec.get("confirmed_b_on")
    missing = "either side" if not (a or b) else who.b if a else who.a
    if spec["state"] != "agreed":
        return ""
    if table:
        said = (
            f"confirmed by both {'on' if a == b else 'by'} {uk(max(a, b))}"
            if a and b
            else f"not yet confirmed by {missing}"
        )
        return f"; {said}"
    later = " after time to reflect or take advice."
    if a and b:
        said = f" Both confirmed it on {uk(a)}," if a == b else (
            f" It was confirmed by {who.a} on {uk(a)}, and by {who.b} on {uk(b)},")  # fmt: skip
        return said + later
    one = f" {who.a if a else who.b} confirmed it on {uk(a or b)},{later}" if a or b else ""
    return f"{one} It is not yet confirmed by {missing}."


def _yes(who, spec, *, table):
    a, b = spec["yes_a_on"], spec["yes_b_on"]
    until = f" It holds until {uk(spec['until_on'])}." if "until_on" in spec else ""
    if table:
        said = f"By both on {uk(a)}" if a == b else f"By {who.a} on {uk(a)}, by {who.b} on {uk(b)}"
        return f"{said}{_confirmed(who, spec, table=True)}."
    what = "these words" if spec["state"] == "agreed" else "this in principle"
    said = (f"Both sides said yes to {what} at the meeting on {uk(a)}." if a == b
            else f"{who.a} said yes on {uk(a)}, and {who.b} on {uk(b)}.")  # fmt: skip
    return f"{said}{_confirmed(who, spec, table=False)}{until}"


def _arrangement(who, number):
    spec = who.family.specs[number]
    state = "" if spec["state"] == "agreed" else f" ({STATES[spec['state']]})"
    instead = ", in place of what holds for the other children" if spec.get("instead") == "yes" else ""
    yield "numbered", f"For {who.whom(number)}{state}{instead}:"
    yield "quote", spec["wording"]
    if "conditions" in spec:
        yield "numbered", f"Only on this condition: {spec['conditions']}"
    if "steps.1.words" in spec:
        yield "numbered", "It changes in steps:"
        yield "bullet", f"From {spec['steps.1.starts']}: {spec['steps.1.words']}"
    yield "numbered", _yes(who, spec, table=False)
    said = next(s for s in who.family.sessions if s.kind == "child")
    for reference in spec.get("wishes", ()):
        lead = f"statements.{reference.split('.')[1]}"
        if said.among(f"{lead}.wish") == ("court",):
            name = who.children[int(said.text(f"{lead}.child"))].full_name
            yield "numbered", f"{name} said of this, and wanted the court and the adults in this case to know it:"
            yield "quote", said.text(f"{lead}.words")


def positions(who, number):
    spec = who.family.specs[number]
    put = {"as_asked": "asked_{}", "own_words": "court_{}", "nothing": ""}
    told = []
    for side in "ab":
        key = put[spec[f"court_{side}_as"]].format(side)
        told.append(f"Asks the court for: {spec[key] if key else 'puts no position to the court.'}")
    yield "h3", f"{TITLES[spec['topic']]} ({STATES[spec['state']]}), for {who.whom(number)}"
    yield "head", (who.a, who.b)
    yield "row", tuple(told)
    offers = [spec.get(f"offered_{side}", "") if spec.get(f"offer_told_{side}") == "yes" else "" for side in "ab"]
    if any(offers):
        yield "row", tuple(f"Offers: {offer or 'no offer is told here.'}" for offer in offers)


def _counted(names):
    return (
        f"This counts where {names.children} {'sleep' if names.plural else 'sleeps'} on 365 nights, from Monday 7 "
        "September 2026 to Monday 6 September 2027; a night belongs to the date of its evening."
    )


def _tally(tally, who):
    return f"{tally.a} with {who.a}; {tally.b} with {who.b}"


def calendar_blocks(who, laid):
    names = who.names(laid.children)
    if len(laid.children) < len(who.children):
        yield "h3", f"For {names.children}"
    for line in tell(laid.agreed.calendar, names):
        yield "numbered", line
    if all(laid.yes_on):
        yield (
            "numbered",
            (f"{who.a} said yes to this calendar on {uk(laid.yes_on[0])}, and {who.b} on {uk(laid.yes_on[1])}."),
        )
    found = figures(laid.agreed)
    yield "row", ("Nights", _tally(found.nights, who), found.basis["nights"])
    weekends = found.weekends
    divided = f"; {weekends.divided} divided between them" if weekends.divided else ""
    yield "row", ("Weekends", _tally(weekends, who) + divided, found.basis["weekends"])
    away = []
    for side, name in (("a", who.a), ("b", who.b)):
        stretch = found.longest_away[side]
        first = f"{DAYS[stretch.first.weekday()]} {uk(stretch.first)}"
        away.append(f"{stretch.nights} night{'s' if stretch.nights > 1 else ''} from {name}, beginning on {first}")
    yield "row", ("Longest time away", "; ".join(away), found.basis["longest_away"])


def proposal_blocks(who, laid):
    one, other = (figures(nights).nights for nights in laid.proposals)
    disputed = sum(x != y for x, y in zip(*(nights.letters for nights in laid.proposals), strict=True))
    yield (
        "numbered",
        (
            f"No calendar is agreed for {who.names(laid.children).children}. Both sides made a proposal. Of the 365 nights "
            f"from Monday 7 September 2026 to Monday 6 September 2027 the two proposals differ on {disputed}."
        ),
    )
    yield "head", ("Nights", f"As {who.a} proposes", f"As {who.b} proposes")
    yield "row", (f"With {who.a}", str(one.a), str(other.a))
    yield "row", (f"With {who.b}", str(one.b), str(other.b))
    if one.o or other.o:
        yield "row", ("With somebody else", str(one.o), str(other.o))
    yield "numbered", _counted(who.names(laid.children))


def plan(family):
    who = People(family)
    yield (
        "p",
        (
            f"This is a summary of the parenting plan for {both([c.full_name for c in who.case.children])}: what both sides have "
            f"agreed so far, and what they have not. {family.officer.full_name} wrote it down on 6 August 2026 (version 1) from "
            "what each side said. It is a draft and may still change. It is not legally binding unless the court makes an order."
        ),
    )
    for state, label in (("agreed", "agreed"), ("agreed_in_principle", "agreed in principle"),
                         ("not_agreed", "they differ"), ("progress", STATES["progress"]), ("for_court", STATES["for_court"])):  # fmt: skip
        topics = [who.topic(n) for n, _ in who.specs(state)]
        yield "row", (label, str(len(topics)), "\n".join(topics) or "–")
    yield "numbered", f"Not talked about: {'; '.join(who.topic(n) for n, _ in who.specs('not_raised'))}."
    yield from people_rows(who)
    for number, spec in who.specs("agreed", "agreed_in_principle"):
        if spec["topic"] != "if_things_change":
            yield from _arrangement(who, number)
    for number, _ in who.specs(*OPEN):
        yield from positions(who, number)
    for number, spec in who.specs("for_court"):
        yield "numbered", f"{TITLES[spec['topic']]}, for {who.whom(number)}. {spec['court_asked']}"
    for make, there in ((calendar_blocks, "agreed"), (proposal_blocks, "proposals")):
        for laid in family.laid:
            yield from make(who, laid) if getattr(laid, there) else ()
    for number, spec in who.specs("agreed"):
        if spec["topic"] == "if_things_change":
            yield from _arrangement(who, number)
    yield "numbered", "All of the arrangements: to be looked at again on 7 December 2026."
    for number, spec in who.specs("agreed"):
        if "review_on" in spec:
            yield (
                "numbered",
                (f"{TITLES[spec['topic']]}, for {who.whom(number)}: to be looked at again on {uk(spec['review_on'])}."),
            )
    yield from _months(who)


def _months(who):
    agreed = [laid for laid in who.family.laid if laid.agreed]
    for laid in agreed:
        if len(laid.children) < len(who.children):
            yield "h2", f"The months, for {who.names(laid.children).children}"
        yield (
            "numbered",
            (
                f"Each day shows whose night begins on its evening: A is {who.a} and B is {who.b}. "
                "A day without a letter is not counted."
            ),
        )


def _work_done(who):
    titles = {"parent": "Session with {}", "child": "Session with the children", "joint": "Joint session"}
    for session in who.family.sessions:
        side = {"A": who.a, "B": who.b}.get(session.side, "")
        came = [who.adults[r].full_name if r in who.adults else who.children[int(r.split(".")[1])].full_name
                for r in session.among("came")]  # fmt: skip
        yield "row", (titles[session.kind].format(side), "29 July 2026", ", ".join(came), "")


def _heard(who):
    said = next(s for s in who.family.sessions if s.kind == "child")
    seen = {"seen_alone": "seen alone on 29 July 2026", "observed": "observed on 29 July 2026, without a conversation"}
    for number, child in who.children.items():
        name = child.called
        yield "h3", child.full_name
        yield "numbered", f"{name} was {seen[said.text(f'children.{number}.seen')]}."
        cleared = [n for n in "123" if said.text(f"statements.{n}.child") == str(number)
                   and said.among(f"statements.{n}.wish") == ("court",)]  # fmt: skip
        if cleared:
            yield "numbered", f"{name} wanted the court and the adults in this case to know the following."
        for n in cleared:
            words = said.text(f"statements.{n}.words")
            exact = said.text(f"statements.{n}.exact") == "exact"
            yield ("quote", words) if exact else ("numbered", f"In the officer's summary: {words}")
        if said.text("letters.1.child") == str(number):
            yield "numbered", f"{name} made a letter and agreed to the court and the adults in this case seeing it."
            yield "quote", said.text("letters.1.words")


def _agreed_rows(who):
    for number, spec in who.specs("agreed", "agreed_in_principle"):
        state = "" if spec["state"] == "agreed" else f" ({STATES[spec['state']]})"
        instead = ", in place of what holds for the other children" if spec.get("instead") == "yes" else ""
        parts = [spec["wording"]]
        parts += [f"Only on this condition: {spec['conditions']}"] if "conditions" in spec else []
        parts += [f"From {spec['steps.1.starts']}: {spec['steps.1.words']}"] if "steps.1.words" in spec else []
        parts += [f"Until {uk(spec['until_on'])}."] if "until_on" in spec else []
        yield "row", (TITLES[spec["topic"]] + state, who.whom(number) + instead, "\n".join(parts), _yes(who, spec, table=True))  # fmt: skip


def report(family):
    who = People(family)
    yield from people_rows(who)
    for adult in who.case.adults:
        yield "numbered", f"{adult.full_name} agreed to take part on {uk(adult.consent_on)}, {adult.consent_way}."
    yield from _work_done(who)
    yield from _heard(who)
    labels = ("What stands in the way", "How things are seen now", "How the parents communicate",
              "What is hoped for from the proceedings", "What would be best for the children", "What the children would say")  # fmt: skip
    for side, names in (("A", who.a), ("B", who.b)):
        yield "h3", names
        for n, label in enumerate(labels):
            yield "numbered", f"{label}. View{side}{n}"
    for side, names in (("A", who.a), ("B", who.b)):
        yield "numbered", f"What was said to the children's letter or drawing by {names}. Answer{side}"
    for side, names in (("A", who.a), ("B", who.b)):
        yield "numbered", f"The way forward proposed by {names}. Way{side}"
    yield from _agreed_rows(who)
    for number, _ in who.specs(*OPEN):
        yield from positions(who, number)
    for laid in family.laid:
        if laid.agreed:
            found, names = figures(laid.agreed), who.names(laid.children)
            yield (
                "numbered",
                (
                    f"By the agreed calendar {names.children} {'spend' if names.plural else 'spends'} "
                    f"{found.nights.a} nights with {who.a}, {found.nights.b} nights with {who.b}. "
                    f"{_counted(names)} "
                    "Time together by day is not in this count; it stands under the agreed arrangements. "
                    "The parenting-plan summary has the calendar itself and what else was counted."
                ),
            )


def returned(family):
    who = People(family)
    yield from people_rows(who)
    yield from _work_done(who)
    yield from _heard(who)
    yield from _agreed_rows(who)


def child_plan(family):
    who = People(family)
    called = [adult.called for side in "AB" for adult in who.sides[side]]
    yield "p", f"For {both([child.called for child in who.case.children])}"
    yield "p", (f"{both(called)} have talked. They want what is best for you. "
                "This page is not finished yet. It may still change.")  # fmt: skip
    for laid in family.laid:
        if laid.agreed:
            yield from _weeks(who, laid)
    for number, spec in who.specs("agreed"):
        if spec["topic"] not in {"if_things_change", "money"} and "for_child" in spec:
            numbers = who.numbers(number)
            lead = (
                "" if len(numbers) == len(who.children) else f"{', '.join(who.children[n].called for n in numbers)}: "
            )
            yield "bullet", lead + spec["for_child"]
    yield (
        "p",
        (
            f"Tell {both(called, 'or')}. Or tell a grown-up you trust, like a teacher. You can also tell "
            f"{family.officer.full_name}. You can call Childline at any time: 0800 1111. It is free."
        ),
    )


def _weeks(who, laid):
    letters, whole = laid.agreed.calendar.letters, len(laid.children) == len(who.children)
    called = {s: both([adult.called for adult in who.sides[s]]) for s in "AB"}
    alone = "" if whole else both([who.children[n].called for n in laid.children])
    are, lead = (f"{alone} is", f"{alone}: ") if alone else ("you are", "")
    weeks = [letters[n : n + 7] for n in range(0, len(letters), 7)]
    if len(weeks) > 1:
        yield "p", f"{lead}Week 1 starts on Monday 7 September 2026. After week {len(weeks)} it starts again."
    for number, week in enumerate(weeks, 1):
        label = f"Week {number}." if len(weeks) > 1 else "Every week."
        most = max("AB", key=week.count)
        few = [DAYS[at] for at, letter in enumerate(week) if letter != most]
        other = called["B" if most == "A" else "A"]
        if few:
            said = f"On {both(few)} nights {are} with {other}. On all the other nights {are} with {called[most]}."
        else:
            said = f"{are[0].upper()}{are[1:]} with {called[most]} every night."
        yield "bullet", f"{label} {said}"


EXPECTED = {"plan": plan, "report": report, "returned": returned, "child plan": child_plan}


def names_of(family):
    """Every name of the family that a document may print."""
    people = (*family.case.adults, *family.case.children)
    return {name for person in people for name in (person.full_name, person.called)}
