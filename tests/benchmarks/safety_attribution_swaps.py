"""Two people exchanged: in the record, in what a template is given, and in a template itself; one exchange at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from itertools import combinations

from benchmarks.safety_attribution_families import SOURCES, answers_changed

from cppp_cli.documents.calendar_shown import called
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.ledger import Version, entry

# ---------------------------------------------------------------------------------- in the record


def record_swaps(base):
    """Each as its name, and the family with two people exchanged in that respect alone."""
    yield from _people(base)
    yield from _sessions(base)
    yield from _entries(base)
    yield from _calendars(base)


def _with_adults(base, changed):
    adults = tuple(changed.get(adult.number, adult) for adult in base.case.adults)
    return replace(base, case=replace(base.case, adults=adults))


def _people(base):
    case = base.case
    of_adult = (("names", ("full_name", "called")), ("role", ("role",)), ("solicitor", ("solicitor",)),
                ("consent", ("consent_on", "consent_way")), ("side", ("side",)))  # fmt: skip
    for one, two in combinations(case.adults, 2):
        for what, names in of_adult:
            mine, theirs = ({name: getattr(adult, name) for name in names} for adult in (one, two))
            yield (f"adults {one.number} and {two.number}: {what}",
                   _with_adults(base, {one.number: replace(one, **theirs), two.number: replace(two, **mine)}))  # fmt: skip
        other = {one.number: two.number, two.number: one.number}
        relations = tuple(replace(r, adult=other.get(r.adult, r.adult)) for r in case.relations)
        yield f"adults {one.number} and {two.number}: relations", replace(base, case=replace(case, relations=relations))
    for one, two in combinations(case.children, 2):
        for what, names in (("names", ("full_name", "called")), ("date of birth", ("born",))):
            mine, theirs = ({name: getattr(child, name) for name in names} for child in (one, two))
            changed = {one.number: replace(one, **theirs), two.number: replace(two, **mine)}
            children = tuple(changed.get(child.number, child) for child in case.children)
            yield (f"children {one.number} and {two.number}: {what}",
                   replace(base, case=replace(case, children=children)))  # fmt: skip
        other = {one.number: two.number, two.number: one.number}
        relations = tuple(replace(r, child=other.get(r.child, r.child)) for r in case.relations)
        yield (
            f"children {one.number} and {two.number}: relations",
            replace(base, case=replace(case, relations=relations)),
        )
    for one, two in combinations(case.others, 2):
        changed = {one.number: replace(one, full_name=two.full_name), two.number: replace(two, full_name=one.full_name)}
        others = tuple(changed.get(person.number, person) for person in case.others)
        yield f"other people {one.number} and {two.number}: names", replace(base, case=replace(case, others=others))


def _swapped(value, pairs):
    if isinstance(value, tuple):
        return tuple(_swapped(each, pairs) for each in value)
    return pairs.get(value, value) if isinstance(value, str) else value


def _sessions(base):
    other = {"A": "B", "B": "A"}
    sessions = tuple(replace(s, side=other[s.side]) if s.side else s for s in base.sessions)
    yield "sessions of the sides", replace(base, sessions=sessions)
    pairs = [("adults", one.number, two.number) for one, two in combinations(base.case.adults, 2)]
    pairs += [("children", one.number, two.number) for one, two in combinations(base.case.children, 2)]
    for group, one, two in pairs:
        both = {f"{group}.{one}": f"{group}.{two}", f"{group}.{two}": f"{group}.{one}"}

        def came(_, answers, both=both):
            return answers | {p: Answer(_swapped(a.value, both)) for p, a in answers.items() if p == "came"}

        yield f"who came: {group} {one} and {two}", replace(base, sessions=answers_changed(base.sessions, came))
    for one, two in combinations(base.case.children, 2):
        numbers = {str(one.number): str(two.number), str(two.number): str(one.number)}
        for group in ("statements", "letters"):

            def child(_, answers, group=group, numbers=numbers):
                return answers | {
                    path: Answer(numbers.get(a.value, a.value))
                    for path, a in answers.items()
                    if path.startswith(f"{group}.") and path.endswith(".child")
                }

            yield f"{group} of the children", replace(base, sessions=answers_changed(base.sessions, child))

        def seen(_, answers, numbers=numbers):
            moved = {}
            for path, found in answers.items():
                parts = path.split(".")
                if parts[0] == "children" and len(parts) > 2:
                    parts[1] = numbers.get(parts[1], parts[1])
                moved[".".join(parts)] = found
            return moved

        yield "how the children were seen", replace(base, sessions=answers_changed(base.sessions, seen))
    for key in ("answer", "way_forward"):

        def sides(session, answers, key=key):
            if session.kind != "joint":
                return answers
            pair = (f"{key}_a", f"{key}_b")
            kept = {path: a for path, a in answers.items() if path not in pair}
            return kept | {new: answers[old] for old, new in (pair, pair[::-1]) if old in answers}

        yield f"the joint session: {key}", replace(base, sessions=answers_changed(base.sessions, sides))


POSITION = (
    ("asked", ("asked_{}",)),
    ("asked and put to the court", ("asked_{}", "court_{}", "court_{}_as")),
    ("offered", ("offered_{}", "offer_told_{}")),
    ("yes", ("yes_{}_on",)),
    ("confirmed", ("confirmed_{}_on",)),
)


def _entries(base):
    for found in base.entries:
        for what, paths in POSITION:
            pairs = {path.format(side): path.format(other) for path in paths for side, other in ("ab", "ba")}
            changed = _entry(found, lambda changes, pairs=pairs: {pairs.get(p, p): a for p, a in changes.items()})
            if changed != found:
                yield f"entry {found.number}: {what} of the sides", _with_entry(base, changed)
        for one, two in combinations(base.case.children, 2):
            numbers = {str(one.number): str(two.number), str(two.number): str(one.number)}
            changed = _entry(found, lambda changes, numbers=numbers: {
                p: Answer(_swapped(a.value, numbers)) if p == "children" and a else a for p, a in changes.items()
            })  # fmt: skip
            if changed != found:
                yield f"entry {found.number}: for the other child", _with_entry(base, changed)


def _entry(found, change):
    versions = [Version(v.item, v.number, v.source, v.said_on, v.made_at, change(v.changes), v.session_id, v.session_item)
                for v in found.versions]  # fmt: skip
    return entry(found.number, versions)


def _with_entry(base, changed):
    return replace(base, entries=tuple(changed if e.number == changed.number else e for e in base.entries))


def _calendars(base):
    if not base.laid:
        return
    other = str.maketrans("AB", "BA")

    def exchanged(nights):
        from cppp_cli.programme.nights.lay import lay

        calendar = nights.calendar
        daytimes = tuple(replace(d, side=d.side.translate(other)) for d in calendar.daytimes)
        turned = replace(calendar, letters=calendar.letters.translate(other), daytimes=daytimes)
        return lay(turned, nights.first, nights.days)

    def each(change):
        return replace(base, laid=tuple(change(laid) for laid in base.laid))

    yield "nights of the agreed calendars", each(lambda one: replace(one, agreed=one.agreed and exchanged(one.agreed)))
    yield "the two proposals", each(lambda one: replace(one, proposals=one.proposals and one.proposals[::-1]))
    yield "yes to the calendar", each(lambda one: replace(one, yes_on=one.yes_on[::-1]))
    for one, two in combinations(base.case.children, 2):
        numbers = {one.number: two.number, two.number: one.number}
        yield ("calendars of the children",
               each(lambda laid, numbers=numbers: replace(laid, children=tuple(numbers.get(n, n) for n in laid.children))))  # fmt: skip


# ---------------------------------------------------------------------------------- in what a template is given


OF_RECORDS = {
    "ChildShown": ("full_name", "called", "born", "age"),
    "PartyShown": ("full_name", "role", "relations", "solicitor"),
    "SessionShown": ("what", "held_on", "how", "who", "minutes"),
    "ChildHeard": ("child", "seen", "said", "letters"),
    "Account": ("names", "held_on", "answers"),
    "Agreed": ("children",),
    "Differs": ("children",),
    "Wish": ("child", "words"),
    "Yes": ("names", "said_on", "confirmed_on"),
    "CalendarShown": ("children", "telling", "nights", "yes", "key"),
    "Proposals": ("children", "nights"),
    "ToldToChildren": ("who", "starts", "parts"),
    "Checked": ("names", "given_on", "answered_on"),
}
"""The fields of the records a template reads that are somebody's. Two entries exchanged in any other way misname nobody."""
OF_TUPLES = {"consents": (0, 1, 2), "ways_forward": (0, 1), "key": (0, 1), "told": (0, 1)}
"""The same for what has no names of its own."""
PAIRS = {"sides", "to_court", "offers", "nights"}
"""Pairs of which the first is A's and the second is B's."""
STEPS = ("Parent A session", "Parent B session")


def context_swaps(context):
    """Every field of two records of one kind that stand side by side, its values exchanged; and every pair of A and B."""
    for where, found in _tuples(context, ()):
        if len(found) == 2 and where[-1] in PAIRS:
            yield f"{_told(where)}: exchanged", _put(context, where, found[::-1])
        for i, j in combinations(range(len(found)), 2):
            one, two = found[i], found[j]
            for name in _parts(where, one, two):
                if _part(one, name) == _part(two, name):
                    continue
                parts = list(found)
                parts[i], parts[j] = _with(one, name, _part(two, name)), _with(two, name, _part(one, name))
                yield f"{_told(where)}: {name} of {i + 1} and {j + 1}", _put(context, where, tuple(parts))


def _parts(where, one, two):
    """Which parts of two neighbours are somebody's."""
    if type(one) is not type(two):
        return ()
    if is_dataclass(one):
        if type(one).__name__ == "StepShown":
            return ("label", "on") if {one.label, two.label} == set(STEPS) else ()
        return OF_RECORDS.get(type(one).__name__, ())
    if where[-1] == "answers" and where[0] == "joint":
        return 0, 1
    return OF_TUPLES.get(where[-1], ())


def _tuples(value, where):
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _tuples(inner, (*where, key))
    elif isinstance(value, (tuple, list)):
        if where and value:
            yield where, tuple(value)
        for at, inner in enumerate(value):
            yield from _tuples(inner, (*where, at))
    elif is_dataclass(value):
        for each in fields(value):
            yield from _tuples(getattr(value, each.name), (*where, each.name))


def _part(one, name):
    return getattr(one, name) if is_dataclass(one) else one[name]


def _with(one, name, value):
    if is_dataclass(one):
        return replace(one, **{name: value})
    return (*one[:name], value, *one[name + 1 :])


def _put(value, where, new):
    if not where:
        return new
    key, *rest = where
    if isinstance(value, Mapping):
        return {**value, key: _put(value[key], rest, new)}
    if is_dataclass(value):
        return replace(value, **{key: _put(getattr(value, key), rest, new)})
    return type(value)((*value[:key], _put(value[key], rest, new), *value[key + 1 :]))


def _told(where):
    return ".".join(str(part) for part in where)


# ---------------------------------------------------------------------------------- in a template

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_INDEX = re.compile(r"(?<=[\w\]])\[([01])\]")
_DOTTED = re.compile(r"(?<![\w.\"'\[])([a-z_]+)\.([a-z_]+)")
_PRINTED = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z_]+|\[\d\])*)(?=\s*(?:\||\}\}))")
_NOBODY = {"loop", "doc", "own", "standing", "month", "f", "line", "step", "r", "review"}
"""What is nobody's: a figure, a topic, a step of the timetable. Of an entry only whom it is for is somebody's."""
_SAME_CHILD = ("_children_heard.md.j2", "s")
"""Two statements of the same child."""


def template_swaps(name):
    """Every reference of a template exchanged for that to somebody else, one at a time: its name, and the text."""
    text = SOURCES[name]
    for tag in _TAG.finditer(text):
        said, at = tag[0], tag.start()
        if re.match(r"\{%-?\s*(include|else|end)", said):
            continue
        line = text.count("\n", 0, at) + 1
        for found in _INDEX.finditer(said):
            yield (
                f"{name}, line {line}: {said} [{found[1]}]",
                _cut(text, at + found.start(1), at + found.end(1), "10"[int(found[1])]),
            )
        for found in _DOTTED.finditer(said):
            if (name, found[1]) == _SAME_CHILD:
                continue
            if found[1] not in _NOBODY and (found[1] != "t" or found[2] == "children"):
                yield (
                    f"{name}, line {line}: {said} other {found[1]}",
                    _cut(text, at + found.start(1), at + found.end(1), f"other[{found[1]}]"),
                )
        for found in _PRINTED.finditer(said):
            yield (
                f"{name}, line {line}: {said} other name",
                _cut(text, at + found.start(1), at + found.end(1), f"other[{found[1]}]"),
            )


def _cut(text, start, end, new):
    return text[:start] + new + text[end:]


class Other(dict):
    """For a name or a record its counterpart; what has none stands for itself."""

    def __missing__(self, key):
        return key


def others_of(base, context):
    """Who stands for whom: A for B, each child for the next, the officer for an adult, each record for the next one."""
    case, found = base.case, Other()
    a, b = case.side("A"), case.side("B")
    for mine, theirs in ((a, b), (b, a)):
        for at, adult in enumerate(mine):
            found[adult.full_name] = theirs[min(at, len(theirs) - 1)].full_name
            found[called(adult)] = called(theirs[min(at, len(theirs) - 1)])
    found[case.side_names("A")], found[case.side_names("B")] = case.side_names("B"), case.side_names("A")
    for at, child in enumerate(case.children):
        after = case.children[(at + 1) % len(case.children)]
        found[child.full_name], found[called(child)] = after.full_name, called(after)
    for _, records in _tuples(context, ()):
        if len(records) > 1 and all(is_dataclass(one) for one in records):
            for at, one in enumerate(records):
                found.setdefault(one, records[(at + 1) % len(records)])
    found[base.officer.full_name] = a[0].full_name
    if case.judge:
        found[case.judge] = base.officer.full_name
    for person in case.others:
        found[person.full_name] = next((p.full_name for p in case.others if p != person), a[0].full_name)
    return found


def included(name, seen=None):
    """A template and every one it includes."""
    seen = set() if seen is None else seen
    if name not in seen:
        seen.add(name)
        text = SOURCES[name]
        for inner in re.findall(r'include "([^"]+)"', text):
            included(inner, seen)
    return seen


# ---------------------------------------------------------------------------------- in typed text


def typed_swaps(base):
    """Each as whose words, what was done, and the family: one name put for another, or two exchanged in one answer."""
    pairs = [(x, y) for x, y in combinations(base.case.children, 2)] + [
        (x, y) for x in base.case.side("A") for y in base.case.side("B")
    ]
    for one, two in ((called(x), called(y)) for x, y in pairs):
        for whose, where, text in _typed(base):
            for old, new in ((one, two), (two, one)):
                for found in re.finditer(rf"\b{old}\b", text):
                    yield whose, "one name for another", _retyped(base, where, _cut(text, *found.span(), new))
            both = {one: two, two: one}
            exchanged = re.sub(rf"\b(?:{one}|{two})\b", lambda found, both=both: both[found[0]], text)
            if one in text and two in text:
                yield whose, "two names exchanged", _retyped(base, where, exchanged)


def _typed(base):
    for path, found in base.own.items():
        if isinstance(found.value, str):
            yield "the officer's own words", ("own", path), found.value
    for at, session in enumerate(base.sessions):
        for path, found in session.answers.items():
            if isinstance(found.value, str) and " " in found.value:
                yield "what was said in a session", ("session", at, path), found.value
    for at, one in enumerate(base.entries):
        for number, version in enumerate(one.versions):
            for path, found in version.changes.items():
                if found is not None and isinstance(found.value, str) and " " in found.value:
                    yield "the ledger", ("entry", at, number, path), found.value


def _retyped(base, where, text):
    if where[0] == "own":
        return replace(base, own={**base.own, where[1]: Answer(text)})
    if where[0] == "session":
        _, at, path = where
        sessions = list(base.sessions)
        sessions[at] = replace(sessions[at], answers={**sessions[at].answers, path: Answer(text)})
        return replace(base, sessions=tuple(sessions))
    _, at, number, path = where
    entries = list(base.entries)
    versions = list(entries[at].versions)
    versions[number] = replace(versions[number], changes={**versions[number].changes, path: Answer(text)})
    entries[at] = entry(entries[at].number, versions)
    return replace(base, entries=tuple(entries))


# ---------------------------------------------------------------------------------- what an exchange does


def meaning(read, base):
    """What a document says, whatever the order of names in a list and of points of one kind under a heading."""
    names = sorted(
        {n for p in (*base.case.adults, *base.case.children) for n in (p.full_name, called(p))}, key=len, reverse=True
    )
    one = "|".join(map(re.escape, names))
    listed = re.compile(rf"(?:{one})(?:(?:, | and | or )(?:{one}))+")

    def plain(text):
        return listed.sub(lambda found: ", ".join(sorted(re.split(", | and | or ", found[0]))), text)

    said, before = [], ""
    for passage in read:
        if passage.kind == "name":
            continue
        lead = before if passage.kind in {"quote", "alternative text"} else ""
        said.append((passage.under, passage.columns, lead, plain(passage.text)))
        if passage.kind not in {"quote", "hidden"}:
            before = plain(passage.text)
    return sorted(said)


def leaves_out(said, right):
    """Whether a document says nothing but what the right one says as well, passage by passage and in its order."""
    left = list(right)
    for one in said:
        held = next((other for other in left if other[:-1] == one[:-1] and _is_part(one[-1], other[-1])), None)
        if held is None:
            return False
        left.remove(held)
    return True


def _is_part(text, whole):
    """Whether a passage is another one without some of its sentences."""
    rest = iter(re.split(r"(?<=[.;])\s+", whole))
    return all(sentence in rest for sentence in re.split(r"(?<=[.;])\s+", text))
