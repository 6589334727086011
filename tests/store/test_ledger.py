"""The ledger in the file: every change a version, nothing said ever gone, and no way in that makes one yes into two."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cppp_cli.errors import BlockedError, ConflictError
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.programme.ledger import (
    AGREED,
    AGREED_FOR,
    DESK,
    FORM,
    STATES,
    entry,
    objections,
    replay,
)
from cppp_cli.programme.ledger_children import came_later, children_named, holds_for
from cppp_cli.store import cases, ledger, sessions
from cppp_cli.store.ledger_sheet import BEGUN_FROM

NOW = "2026-08-06T10:42:00+00:00"
DAY = "2026-07-29"
HOSTILE = ("[b]bold[/b]", "{{ x }} {% y %}", "{a} {child} {nobody}", "one\ntwo\n\nthree", "x" * 5_000,
           "\u202eright to left\u202c שלום", "'; DROP TABLE ledger_version; --", "“q” – é ✓ %s", ":b")  # fmt: skip


def now():
    return NOW


def put(**said):
    return {path.replace("__", "."): Answer(value) for path, value in said.items()}


BASE = {"topic": "money", "children": ("all",), "state": "not_agreed"}
YES = {"state": "agreed", "wording": "At six.", "yes_a_on": DAY, "yes_b_on": DAY}


@pytest.fixture
def mine(desk, shelf):
    return desk.db, shelf.cases["family-1"]


def new(db, case_id, **said):
    item = ledger.new_entry(db, case_id)
    ledger.add(db, case_id, item, put(**(BASE | said)), now)
    return item


def of(db, case_id, item):
    return entry(int(item.removeprefix("entry.")), ledger.versions(db, case_id, item)[item])


def whole(db, case_id):
    return {t: list(db.query(f"SELECT * FROM {t} WHERE case_id = ?", [case_id]))
            for t in ("ledger_version", "ledger_answer", "form_answer")}  # fmt: skip


# ------------------------------------------------------------------------------------------ replaying

TEXT = st.sampled_from(HOSTILE) | st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), min_size=1, max_size=30
)
STATE = st.sampled_from(sorted(STATES))
DAYS = st.sampled_from(["2026-07-01", DAY, "2026-08-04"])
GAP = st.sampled_from(list(Gap)).map(lambda gap: Answer(gap=gap))
ONE = st.fixed_dictionaries(
    {},
    optional={
        "state": STATE.map(Answer), "wording": TEXT.map(Answer), "asked_a": TEXT.map(Answer) | GAP,
        "asked_b": TEXT.map(Answer) | st.none(), "offered_a": TEXT.map(Answer) | st.none(),
        "offered_b": TEXT.map(Answer), "children": st.sampled_from([("all",), ("1",), ("1", "2")]).map(Answer),
        "yes_a_on": DAYS.map(Answer) | st.none(), "yes_b_on": DAYS.map(Answer) | st.none(),
        "confirmed_a_on": DAYS.map(Answer) | st.none(), "steps.1.words": TEXT.map(Answer) | st.none(),
        "kept.vague_term": st.just(Answer("flexible")) | st.none(),
    },
)  # fmt: skip


class Model:
    """What ought to stand, kept without versions: answers given, and the rules about a yes in plain words."""

    def __init__(self):
        self.stands = {}
        self.states = [{}]
        self.said = set()

    def would(self, change):
        after = {path: a for path, a in {**self.stands, **change}.items() if a is not None}
        state = after.get("state", Answer()).value
        if state not in AGREED:
            for path in ("yes_a_on", "yes_b_on", "confirmed_a_on", "confirmed_b_on"):
                after.pop(path, None)
            return after
        new_yes = any(change.get(p) and change[p] != self.stands.get(p) for p in ("yes_a_on", "yes_b_on"))
        if new_yes and "wording" in change and change["wording"] != self.stands.get("wording"):
            for path in ("confirmed_a_on", "confirmed_b_on"):
                if path in self.stands and change.get(path, self.stands[path]) == self.stands[path]:
                    del after[path]
        return after

    def may_stand(self, after):
        if after.get("state", Answer()).value not in AGREED:
            return True
        days = {p: after.get(p, Answer()).value for p in ("yes_a_on", "yes_b_on", "confirmed_a_on")}
        if not (after.get("wording", Answer()).value and days["yes_a_on"] and days["yes_b_on"]):
            return False
        return not days["confirmed_a_on"] or days["confirmed_a_on"] >= days["yes_a_on"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(ONE, min_size=1, max_size=8))
def test_the_versions_replayed_are_what_a_dictionary_kept(mine, changes):
    db, case_id = mine
    item, model = new(db, case_id), Model()
    model.stands = put(**BASE)
    model.states.append(dict(model.stands))
    for change in changes:
        wanted = {path: a for path, a in {**model.stands, **change}.items() if a is not None}
        after = model.would(change)
        if not model.may_stand(after):
            before = whole(db, case_id)
            with pytest.raises(BlockedError):
                ledger.add(db, case_id, item, wanted, now)
            assert whole(db, case_id) == before
            continue
        model.said |= {(path, str(answer)) for path, answer in change.items() if path in after and answer}
        made = ledger.add(db, case_id, item, wanted, now)
        assert (made is None) == (after == model.stands)
        if made:
            model.stands = after
            model.states.append(dict(after))
    versions = ledger.versions(db, case_id, item)[item]
    assert [version.number for version in versions] == [*range(1, len(versions) + 1)]
    assert len(versions) == len(model.states) - 1
    for number, state in enumerate(model.states):
        found = replay(versions[:number])
        found.pop(AGREED_FOR, None)
        assert found == state
        if number:
            assert objections(entry(1, versions[:number])) == ()
    kept = {(path, str(answer)) for version in versions for path, answer in version.changes.items()}
    kept |= {(path, str(answer)) for path, answer in put(**BASE).items()}
    assert model.said <= kept, "something that was said is in no version"


def test_versions_of_both_families_are_numbered_without_gaps_and_stand(desk, shelf):
    for case_id in shelf.cases.values():
        found = ledger.versions(desk.db, case_id)
        assert found
        for item, versions in found.items():
            assert [v.number for v in versions] == [*range(1, len(versions) + 1)]
            for number in range(1, len(versions) + 1):
                if item.startswith("entry."):
                    assert objections(entry(1, versions[:number])) == ()


@pytest.mark.parametrize("words", HOSTILE)
def test_words_are_kept_letter_for_letter(mine, words):
    db, case_id = mine
    item = new(db, case_id, asked_a=words, **YES | {"wording": words}, conditions=words)
    found = of(db, case_id, item)
    assert (found.wording, found.a.asked, found.conditions) == (words, words, words)


def test_what_is_said_again_makes_no_version(mine):
    db, case_id = mine
    item = new(db, case_id, **YES)
    assert ledger.add(db, case_id, item, ledger.answers(db, case_id, item), now) is None
    assert ledger.add(db, case_id, item, put(**BASE | YES), now) is None


def test_the_entries_of_one_family_are_nothing_to_the_other(desk, shelf):
    one, other = shelf.cases.values()
    before = whole(desk.db, other)
    item = new(desk.db, one, asked_a="Marker")
    ledger.LedgerSheet(desk.db, one, item).put("asked_b", Answer("Marker"))
    assert whole(desk.db, other) == before
    assert ledger.versions(desk.db, other, item).get(item, ()) == ledger.versions(desk.db, other).get(item, ())
    assert ledger.drafts(desk.db, other) == ()
    assert ledger.drafts(desk.db, one) == (item,)


# ------------------------------------------------------------------------------------------ agreed needs two


@pytest.mark.parametrize("state", sorted(AGREED))
@pytest.mark.parametrize("missing", ["yes_a_on", "yes_b_on", "wording"])
def test_nothing_is_agreed_by_one(mine, state, missing):
    db, case_id = mine
    said = put(**BASE | YES | {"state": state})
    del said[missing]
    item = ledger.new_entry(db, case_id)
    before = whole(db, case_id)
    with pytest.raises(BlockedError) as refused:
        ledger.add(db, case_id, item, said, now)
    assert "money" not in str(refused.value).casefold()
    assert whole(db, case_id) == before
    open_one = new(db, case_id)
    with pytest.raises(BlockedError):
        ledger.add(db, case_id, open_one, said, now, ledger.Source(FORM))
    assert len(ledger.versions(db, case_id, open_one)[open_one]) == 1


def test_an_agreement_that_opens_again_keeps_its_positions_and_not_its_yes(mine):
    db, case_id = mine
    item = new(db, case_id, asked_a="Five", asked_b="Six", offered_a="Half past", offer_told_a="no")
    stands = ledger.answers(db, case_id, item)
    ledger.add(db, case_id, item, stands | put(**YES, confirmed_a_on="2026-08-04"), now)
    again = ledger.answers(db, case_id, item) | put(state="not_agreed")
    ledger.add(db, case_id, item, again, now)
    found = of(db, case_id, item)
    assert (found.a.asked, found.b.asked, found.a.offered, found.wording) == ("Five", "Six", "Half past", "At six.")
    assert (found.agreed_on, found.a.yes_on, found.b.yes_on, found.a.confirmed_on) == (None,) * 4
    back = ledger.answers(db, case_id, item) | put(state="agreed")
    with pytest.raises(BlockedError):
        ledger.add(db, case_id, item, back, now)
    with pytest.raises(BlockedError):
        ledger.add(db, case_id, item, back | put(yes_a_on="2026-08-05"), now)
    ledger.add(db, case_id, item, back | put(yes_a_on="2026-08-05", yes_b_on="2026-08-05"), now)
    assert of(db, case_id, item).agreed_on.isoformat() == "2026-08-05"


@pytest.mark.parametrize("item", ["calendar.agreed", "calendar.agreed.1"])
@pytest.mark.parametrize("missing", ["yes_a_on", "yes_b_on"])
def test_no_calendar_is_agreed_by_one(desk, shelf, item, missing):
    for case_id in shelf.cases.values():
        before = whole(desk.db, case_id)
        said = put(letters="AABBAAA", yes_a_on=DAY, yes_b_on=DAY)
        with pytest.raises(BlockedError):
            ledger.add(desk.db, case_id, item, {p: a for p, a in said.items() if p != missing}, now)
        with pytest.raises(BlockedError):
            ledger.add(desk.db, case_id, item, said | {missing: Answer(gap=Gap.DECLINED)}, now)
        assert whole(desk.db, case_id) == before


# ------------------------------------------------------------------------------------------ all, and who comes later


def add_child(db, case_id):
    sheet = cases.sheet(db, case_id, now)
    sheet.put("children.2.more", Answer("yes"))
    for path, said in (("full_name", "Robin Teal"), ("born", "2024-01-02")):
        sheet.put(f"children.3.{path}", Answer(said))


def test_agreed_for_all_is_not_agreed_for_a_child_who_comes_later(mine):
    db, case_id = mine
    whole_family, still_open = new(db, case_id, **YES), new(db, case_id)
    named = new(db, case_id, **YES | {"children": ("1", "2")})
    add_child(db, case_id)
    case, found = cases.load(db, case_id), ledger.entries(db, case_id)
    assert len(case.children) == 3
    assert came_later(of(db, case_id, whole_family), case) == (3,)
    assert holds_for(of(db, case_id, whole_family), found, case) == (1, 2)
    assert "Robin" not in children_named(of(db, case_id, whole_family), found, case)
    assert holds_for(of(db, case_id, still_open), found, case) == (1, 2, 3)
    assert holds_for(of(db, case_id, named), found, case) == (1, 2)
    stands = ledger.answers(db, case_id, whole_family)
    ledger.add(db, case_id, whole_family, stands | put(review_on="2027-01-01"), now)
    assert came_later(of(db, case_id, whole_family), case) == (3,), "another change is no yes for the third child"
    stands = ledger.answers(db, case_id, whole_family)
    ledger.add(db, case_id, whole_family, stands | put(yes_a_on="2026-08-05", yes_b_on="2026-08-05"), now)
    assert holds_for(of(db, case_id, whole_family), found, case) == (1, 2, 3)
    assert children_named(of(db, case_id, whole_family), found, case) == "all the children"


def test_named_children_made_all_by_a_slip_are_still_those_who_were_named(mine):
    db, case_id = mine
    item = new(db, case_id, **YES | {"children": ("1", "2")})
    add_child(db, case_id)
    ledger.add(db, case_id, item, ledger.answers(db, case_id, item) | put(children=("all",)), now)
    case = cases.load(db, case_id)
    assert (holds_for(of(db, case_id, item), (), case), came_later(of(db, case_id, item), case)) == ((1, 2), (3,))
    both = put(yes_a_on="2026-08-05", yes_b_on="2026-08-05")
    ledger.add(db, case_id, item, ledger.answers(db, case_id, item) | both, now)
    assert holds_for(of(db, case_id, item), (), case) == (1, 2, 3)


def test_a_calendar_for_all_is_for_those_there_were_and_can_be_taken_back(mine):
    db, case_id = mine
    said = put(pattern="9-5", yes_a_on=DAY, yes_b_on=DAY)
    kept = ledger.answers(db, case_id, "calendar.agreed")
    if kept:
        ledger.add(db, case_id, "calendar.agreed", {}, now)
    assert ledger.add(db, case_id, "calendar.agreed", {}, now) is None
    ledger.add(db, case_id, "calendar.agreed", said, now)
    assert ledger.calendars(db, case_id)["agreed"][AGREED_FOR] == Answer(("1", "2"))
    add_child(db, case_id)
    ledger.add(db, case_id, "calendar.agreed", said | put(pattern="5-2-2-5"), now)
    assert ledger.calendars(db, case_id)["agreed"][AGREED_FOR] == Answer(("1", "2")), "no yes, no third child"
    number = ledger.add(db, case_id, "calendar.agreed", {}, now)
    assert "agreed" not in ledger.calendars(db, case_id)
    assert len(ledger.versions(db, case_id)["calendar.agreed"]) == number
    ledger.add(db, case_id, "calendar.agreed", said, now)
    assert ledger.calendars(db, case_id)["agreed"][AGREED_FOR] == Answer(("1", "2", "3"))
    ledger.add(db, case_id, "calendar.agreed.2", said, now)
    assert AGREED_FOR not in ledger.calendars(db, case_id)["agreed.2"]


def test_an_entry_for_one_child_stays_for_one(mine):
    db, case_id = mine
    item = new(db, case_id, children=("2",), asked_a="X")
    for change in (put(asked_b="Y"), put(**YES), put(state="for_court"), put(wording="Z", state="withdrawn")):
        ledger.add(db, case_id, item, ledger.answers(db, case_id, item) | change, now)
        assert of(db, case_id, item).children == ("2",)
        assert holds_for(of(db, case_id, item), (), cases.load(db, case_id)) == (2,)


# ------------------------------------------------------------------------------------------ sessions


@pytest.fixture
def joint(mine):
    """Hold a joint session whose topics are these, and take it in; amend changes it and takes it in again."""
    db, case_id = mine

    def tell(number):
        return ledger.take_in(db, next(s for s in sessions.of_case(db, case_id) if s.id == number), now)

    def hold(day=DAY, **topics):
        number = sessions.begin(db, case_id, "joint", now)
        sheet = sessions.sheet(db, number, case_id, now)
        for path, said in {"outcome": "held", "held_on": day, "has_topics": "yes"}.items():
            sheet.put(path, Answer(said))
        for path, said in topics.items():
            sheet.put("topics." + path[1:].replace("__", "."), Answer(said))
        with db.atomic():
            sessions.finish(db, number, now)
            tell(number)
        return number

    def amend(number, **topics):
        sheet = sessions.AmendingSheet(db, number, case_id=case_id, now=now, reason="misheard")
        for path, said in topics.items():
            sheet.put("topics." + path[1:].replace("__", "."), Answer(said))
        return tell(number)

    hold.amend = amend
    return hold


AGREED_TOPIC = {"t1__topic": "other", "t1__topic_other": "Horses", "t1__children": ("all",), "t1__state": "agreed",
                "t1__wording": "On Sundays.", "t1__said_yes": ("A", "B")}  # fmt: skip


def horses(db, case_id):
    (found,) = (e for e in ledger.entries(db, case_id) if e.topic_other == "Horses")
    return found


def test_a_session_makes_the_first_version_and_its_amendment_the_next(mine, joint):
    number = joint(**AGREED_TOPIC)
    assert joint.amend(number) == 0, "nothing was amended"
    joint.amend(number, t1__wording="On Sundays at two.")
    found = horses(*mine)
    assert (found.wording, found.agreed_on.isoformat(), len(found.versions)) == ("On Sundays at two.", DAY, 2)
    assert {v.session_id for v in found.versions} == {number}


def test_a_session_with_one_yes_makes_nothing_and_is_not_finished(mine, joint):
    before = whole(*mine)
    with pytest.raises(BlockedError):
        joint(**AGREED_TOPIC | {"t1__said_yes": ("A",)})
    assert whole(*mine) == before
    assert [s.state for s in sessions.of_case(*mine)][-1] == "draft"


def test_an_amendment_does_not_take_back_what_was_agreed_later(mine, joint):
    db, case_id = mine
    number = joint(**AGREED_TOPIC)
    item = horses(db, case_id).item
    later = ledger.answers(db, case_id, item) | put(
        wording="On Saturdays.", yes_a_on="2026-08-03", yes_b_on="2026-08-04"
    )
    ledger.add(db, case_id, item, later, now)
    joint.amend(number, t1__wording="On Sundays, it was.")
    found = horses(db, case_id)
    assert (found.wording, found.agreed_on.isoformat()) == ("On Saturdays.", "2026-08-04")
    joint.amend(number, t1__state="not_agreed", t1__position_a="Every day")
    found = horses(db, case_id)
    assert (found.state, found.a.asked, found.wording) == ("agreed", "Every day", "On Saturdays.")


def test_a_session_of_before_the_yes_was_asked_keeps_it_with_its_words_and_with_no_others(mine, joint):
    db, case_id = mine
    number = joint(**AGREED_TOPIC)
    with db.recorder.because("test"):
        db.execute("UPDATE topic SET said_yes = NULL WHERE session_id = ?", [number])
    assert joint.amend(number, t1__children=("1",)) == 1
    found = horses(db, case_id)
    assert (found.children, found.agreed_on.isoformat()) == (("1",), DAY)
    with pytest.raises(BlockedError):
        joint.amend(number, t1__wording="Other words.")
    assert horses(db, case_id).wording == "On Sundays."


def test_a_session_that_finds_them_apart_again_takes_the_yes_away(mine, joint):
    db, case_id = mine
    joint(**AGREED_TOPIC)
    item = horses(db, case_id).item
    joint("2026-08-04", **AGREED_TOPIC | {"t1__entry": item.removeprefix("entry."), "t1__state": "not_agreed",
                                         "t1__said_yes": None, "t1__wording": None, "t1__position_a": "No"})  # fmt: skip
    found = horses(db, case_id)
    assert (found.state, found.agreed_on, found.a.yes_on, found.b.yes_on) == ("not_agreed", None, None, None)
    with pytest.raises(BlockedError):
        ledger.add(db, case_id, item, ledger.answers(db, case_id, item) | put(state="agreed"), now)


@pytest.mark.parametrize(("day", "wording"), [("2026-08-05", "On Sundays."), ("2026-08-05", "New."), (DAY, "New.")])
def test_a_later_session_is_never_stopped_by_an_earlier_confirmation(mine, joint, day, wording):
    db, case_id = mine
    joint(**AGREED_TOPIC)
    item = horses(db, case_id).item
    confirmed = put(confirmed_a_on="2026-08-01", confirmed_b_on="2026-08-01")
    ledger.add(db, case_id, item, ledger.answers(db, case_id, item) | confirmed, now)
    joint(day, **AGREED_TOPIC | {"t1__entry": item.removeprefix("entry."), "t1__wording": wording})
    found = horses(db, case_id)
    assert (found.wording, found.agreed_on.isoformat(), found.confirmed_on) == (wording, day, None)


# ------------------------------------------------------------------------------------------ drafts, two windows


def test_every_answer_is_on_disk_before_the_next(mine, another_connection):
    db, case_id = mine
    item = new(db, case_id)
    sheet = ledger.LedgerSheet(db, case_id, item)
    for path, said in (("asked_a", "One"), ("asked_b", "Two"), ("asked_a", "Three")):
        sheet.put(path, Answer(said))
        other = another_connection(db.path)
        row = other.execute(
            "SELECT value FROM form_answer WHERE case_id = ? AND form = ? AND path = ?",
            [case_id, f"ledger:{item}", path],
        ).fetchone()
        assert row == (f'"{said}"',)
    assert ledger.LedgerSheet(db, case_id, item).answers()["asked_a"] == Answer("Three")
    assert of(db, case_id, item).a.asked == "", "a draft is no version"


def test_a_draft_holds_what_stands_and_nothing_that_is_not_asked(mine):
    db, case_id = mine
    item = new(db, case_id, **YES, kept__vague_term="flexible")
    sheet = ledger.LedgerSheet(db, case_id, item)
    assert sheet.answers() == put(**BASE | YES)
    assert sheet.kept() == put(kept__vague_term="flexible")
    assert BEGUN_FROM not in sheet.answers()
    assert sheet.finish(sheet.answers(), now) is None
    assert ledger.drafts(db, case_id) == ()
    sheet = ledger.LedgerSheet(db, case_id, item)
    sheet.put("conditions", Answer("Once school starts"))
    sheet.finish(sheet.answers(), now)
    assert dict(of(db, case_id, item).kept) == {"vague_term": "flexible"}


def test_what_cannot_stand_stays_a_draft(mine):
    db, case_id = mine
    item = new(db, case_id)
    sheet = ledger.LedgerSheet(db, case_id, item)
    sheet.put("state", Answer("agreed"))
    with pytest.raises(BlockedError):
        sheet.finish(sheet.answers(), now)
    assert ledger.drafts(db, case_id) == (item,)
    assert ledger.LedgerSheet(db, case_id, item).answers()["state"] == Answer("agreed")
    assert of(db, case_id, item).state == "not_agreed"


def test_two_windows_share_a_draft_and_both_keep_what_they_answer(mine):
    db, case_id = mine
    item = new(db, case_id)
    one, two = ledger.LedgerSheet(db, case_id, item), ledger.LedgerSheet(db, case_id, item)
    one.put("asked_a", Answer("From one"))
    two.put("asked_b", Answer("From two"))
    assert one.answers() == two.answers()
    two.finish(two.answers(), now)
    assert (of(db, case_id, item).a.asked, of(db, case_id, item).b.asked) == ("From one", "From two")
    before = whole(db, case_id)
    for late in (lambda: one.put("asked_a", Answer("Late")), lambda: one.drop(["asked_a"]),
                 lambda: one.finish(one.answers(), now)):  # fmt: skip
        with pytest.raises(ConflictError):
            late()
    assert whole(db, case_id) == before
    assert one.answers() == {}


def test_a_draft_discarded_elsewhere_takes_no_answers_even_when_begun_anew(mine):
    db, case_id = mine
    item = new(db, case_id)
    one = ledger.LedgerSheet(db, case_id, item)
    one.put("asked_a", Answer("Mine"))
    with db.atomic():
        ledger.LedgerSheet(db, case_id, item).clear()
    another = ledger.LedgerSheet(db, case_id, item)
    with pytest.raises(ConflictError):
        one.put("asked_b", Answer("Late"))
    with pytest.raises(ConflictError):
        one.finish(put(**BASE), now)
    assert another.answers() == put(**BASE)


def test_a_draft_never_overwrites_what_was_kept_meanwhile(mine):
    db, case_id = mine
    item = new(db, case_id, asked_a="Old", asked_b="Old")
    sheet = ledger.LedgerSheet(db, case_id, item)
    sheet.put("asked_a", Answer("Mine"))
    ledger.add(db, case_id, item, put(**BASE, asked_a="Old", asked_b="From a form"), now, ledger.Source(FORM))
    assert sheet.outdated
    with pytest.raises(ConflictError):
        sheet.finish(sheet.answers(), now)
    assert of(db, case_id, item).b.asked == "From a form"
    left = ledger.LedgerSheet(db, case_id, item)  # another day
    assert left.outdated
    assert [v.number for v in left.newer] == [2]
    left.bring_up_to_date()
    assert not left.outdated
    left.finish(left.answers(), now)
    found = of(db, case_id, item)
    assert (found.a.asked, found.b.asked, len(found.versions)) == ("Mine", "From a form", 3)


def test_a_yes_on_a_draft_is_not_brought_to_other_words(mine):
    db, case_id = mine
    item = new(db, case_id, wording="First")
    sheet = ledger.LedgerSheet(db, case_id, item)
    for path, said in YES.items():
        if path != "wording":
            sheet.put(path, Answer(said))
    ledger.add(db, case_id, item, put(**BASE, wording="Second"), now, ledger.Source(DESK))
    sheet.bring_up_to_date()
    assert sheet.answers()["wording"] == Answer("Second")
    assert not {"yes_a_on", "yes_b_on"} & set(sheet.answers())
    with pytest.raises(BlockedError):
        sheet.finish(sheet.answers(), now)


@pytest.mark.parametrize(
    "other", [{"conditions": "If dry"}, {"until_on": "2027-05-01"}, {"has_steps": "yes", "steps.1.words": "Longer"}]
)
def test_a_yes_on_a_draft_is_not_brought_to_what_was_arranged_otherwise_meanwhile(mine, other):
    db, case_id = mine
    item = new(db, case_id, **YES)
    sheet = ledger.LedgerSheet(db, case_id, item)
    anew = put(
        wording="At seven.", yes_a_on="2026-08-04", yes_b_on="2026-08-04", words_changed="both", changed_on="2026-08-04"
    )
    for path, answer in anew.items():
        sheet.put(path, answer)
    ledger.add(db, case_id, item, put(**BASE | YES | other), now)
    sheet.bring_up_to_date()
    assert sheet.answers() == put(**BASE | YES | other | {"wording": "At seven."}), "both are asked for their yes again"


def test_a_yes_on_a_draft_stays_where_nothing_of_it_changed_meanwhile(mine):
    db, case_id = mine
    item = new(db, case_id, **YES)
    sheet = ledger.LedgerSheet(db, case_id, item)
    anew = put(
        wording="At seven.", yes_a_on="2026-08-04", yes_b_on="2026-08-04", words_changed="both", changed_on="2026-08-04"
    )
    for path, answer in anew.items():
        sheet.put(path, answer)
    ledger.add(db, case_id, item, put(**BASE | YES, review_on="2027-05-01", for_child="At six."), now)
    sheet.bring_up_to_date()
    assert sheet.answers() == put(**BASE | YES, review_on="2027-05-01", for_child="At six.") | anew


def test_random_drafts_and_changes_lose_no_side(mine):
    db, case_id = mine
    dice = random.Random(7)
    item, model, drafted = new(db, case_id), {}, {}
    paths = ("asked_a", "asked_b", "offered_a", "offered_b", "conditions")
    counter = itertools.count()
    sheet = ledger.LedgerSheet(db, case_id, item)
    for _ in range(120):
        path, words = dice.choice(paths), f"w{next(counter)}"
        match dice.choice(("draft", "draft", "desk", "finish")):
            case "draft":
                sheet.put(path, Answer(words))
                drafted[path] = words
            case "desk":
                ledger.add(db, case_id, item, ledger.answers(db, case_id, item) | {path: Answer(words)}, now)
                model[path] = words
            case "finish":
                if sheet.outdated:
                    with pytest.raises(ConflictError):
                        sheet.finish(sheet.answers(), now)
                    sheet.bring_up_to_date()
                sheet.finish(sheet.answers(), now)
                model |= drafted
                drafted = {}
                sheet = ledger.LedgerSheet(db, case_id, item)
        assert ledger.answers(db, case_id, item) == put(**BASE, **model)
        assert sheet.answers().keys() >= drafted.keys()
    numbers = [v.number for v in ledger.versions(db, case_id, item)[item]]
    assert numbers == [*range(1, len(numbers) + 1)]


def test_an_undone_entry_gives_its_number_to_no_other(mine):
    db, case_id = mine
    item = new(db, case_id)
    db.execute("DELETE FROM ledger_version WHERE case_id = ? AND item = ?", [case_id, item])
    assert ledger.new_entry(db, case_id) != item
    begun = ledger.new_entry(db, case_id)
    ledger.LedgerSheet(db, case_id, begun).put("topic", Answer("money"))
    assert ledger.new_entry(db, case_id) != begun


def test_what_was_said_of_other_words_falls_when_the_words_change_again(open_desk, shelf):
    desk, case_id = open_desk(), shelf.cases["family-1"]
    sheet = ledger.LedgerSheet(desk.db, case_id, "entry.3")
    sheet.put("wording", Answer("By e-mail on Sundays."))
    sheet.put("words_changed", Answer("slip"))
    sheet.put("wording", Answer("By e-mail on Sundays."))
    assert sheet.answers()["words_changed"] == Answer("slip"), "the same words once more are no change"
    sheet.put("review_on", Answer("2027-01-04"))
    assert sheet.answers()["words_changed"] == Answer("slip"), "a review is not what they said yes to"
    sheet.put("wording", Answer("By telephone whenever it suits."))
    assert "words_changed" not in sheet.answers()
