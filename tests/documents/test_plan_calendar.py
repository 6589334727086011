"""Which calendars a plan's documents show: each child's own before that of all, proposals only from both sides."""

from __future__ import annotations

import contextlib
import io
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from cppp_cli.commands import agreement_calendar, plan, plan_calendar
from cppp_cli.commands.nights_case import Asked, held_by
from cppp_cli.commands.nights_show import Window
from cppp_cli.commands.paper import Wanted
from cppp_cli.commands.ways import Ways
from cppp_cli.errors import AnswersError, BlockedError, UsageProblemError
from cppp_cli.programme.answers import Answer
from cppp_cli.programme.nights.terms import Period, TermDates
from cppp_cli.questions.calendar_of_case import script_of
from cppp_cli.store import cases, ledger, terms

YES = {"yes_a_on": "2026-08-01", "yes_b_on": "2026-08-02"}
WEEKENDS = {"pattern": "alternate-weekends", "fewer": "A", "starts_on": "2026-09-07"} | YES
EVERY = {"pattern": "every-weekend", "fewer": "A", "starts_on": "2026-09-07"} | YES
TOLD = {"told": "yes"}
TERM = TermDates(
    (Period(date(2026, 9, 2), date(2026, 12, 18), "term"), Period(date(2027, 1, 4), date(2027, 7, 21), "term"))
)


@pytest.fixture
def desk(open_desk):
    """Both cases as they were opened: nothing is agreed yet, and no school has sent its dates."""
    return open_desk("opened")


@pytest.fixture
def filled(open_desk):
    return open_desk(home="filled")


@pytest.fixture
def case(desk, shelf):
    return lambda family="family-1": cases.load(desk.db, shelf.cases[family])


@pytest.fixture
def keep(desk, case):
    def put(family="family-1", **calendars):
        for name, values in calendars.items():
            item = f"calendar.{name.replace('_', '.')}"
            ledger.add(desk.db, case(family).id, item, {k: Answer(v) for k, v in values.items()}, desk.moment)

    return put


@pytest.fixture
def laid(desk, case):
    return lambda family="family-1", **more: plan_calendar.laid_out(replace(desk, **more), case(family))


def agree(desk, case_id, **values):
    """An entry that both agreed to."""
    both = {"state": "agreed", "children": ("all",), "yes_a_on": "2026-07-29", "yes_b_on": "2026-07-29"}
    item = ledger.new_entry(desk.db, case_id)
    ledger.add(desk.db, case_id, item, {k: Answer(v) for k, v in (both | values).items()}, desk.moment)


def change(desk, case_id, number, **values):
    """The same entry with other answers."""
    item = f"entry.{number}"
    stands = ledger.answers(desk.db, case_id, item)
    ledger.add(desk.db, case_id, item, stands | {k: Answer(v) for k, v in values.items()}, desk.moment)


def test_there_is_none_before_one_is_agreed_or_both_propose(keep, laid):
    assert laid() == ()
    keep(a=WEEKENDS | TOLD)
    assert laid() == (), "the proposal of one side is not set beside nothing"
    keep(now=WEEKENDS | TOLD)
    assert laid() == (), "what is done now is no plan"
    keep(b=EVERY | TOLD)
    (one,) = laid()
    assert (one.children, one.agreed) == ((1, 2), None)
    assert [nights.letters[:14] for nights in one.proposals] == ["BBBBAAB" + "BBBBBBB", "BBBBAAB" * 2]
    keep(agreed=EVERY)
    (one,) = laid()
    assert one.agreed
    assert one.proposals is None


@pytest.mark.parametrize("a", [None, "yes", "no"])
@pytest.mark.parametrize("b", [None, "yes", "no"])
def test_proposals_are_shown_only_when_both_may_be_told(desk, case, keep, laid, families, tmp_path, a, b):
    keep(a=WEEKENDS | {"told": a}, b=EVERY | {"told": b})
    assert bool(laid()) == (a == b == "yes")
    found = families.documents(desk, case().id, tmp_path / "out", kinds=("plan", "report", "child plan"))
    assert ("proposal" in found["plan", "md"]) == (a == b == "yes")
    assert not [key for key in (("report", "md"), ("child plan", "md")) if "proposal" in found[key]]


def test_a_childs_own_proposal_needs_its_own_yes(keep, laid):
    keep(a=WEEKENDS | TOLD, b=EVERY | TOLD, a_2=EVERY)
    assert [one.children for one in laid()] == [(1,)]


@pytest.mark.parametrize("item", ["calendar.a", "calendar.b", "calendar.a.2"])
def test_of_a_proposal_it_is_asked_whether_it_may_be_told_and_of_nothing_else(desk, case, tmp_path, item):
    text = "\n".join(f'{key} = "{value}"' for key, value in WEEKENDS.items() if key in {"pattern", "fewer"})
    bare = tmp_path / "calendar.toml"

    def log(name, more=""):
        bare.write_text(f"{text}\nstarts_on = 2026-09-07\n{more}", encoding="utf-8")
        quiet = io.StringIO()
        with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
            agreement_calendar.log(desk, case(), name, Ways(str(bare), no_input=True), "cppp agreement calendar")
        return ledger.answers(desk.db, case().id, name)

    with pytest.raises(AnswersError):
        log(item)
    assert log(item, 'told = "no"\n')["told"] == Answer("no")
    assert "told" not in log("calendar.now")
    asked = {q.key for name in ("now", "agreed") for s in script_of(f"calendar.{name}").sections for q in s.items}
    assert "told" not in asked


@pytest.mark.parametrize("told", [None, "no", "yes"])
def test_the_officers_own_screen_counts_a_proposal_that_may_not_be_told(desk, case, keep, told):
    keep(a=WEEKENDS | {"told": told}, b=EVERY | {"told": told})
    (held,) = held_by(desk, case(), Asked(), Window(date(2026, 9, 7), 28))
    assert (held.children, held.one[0], held.other[0]) == ((1, 2), "a", "b")


# ---------------------------------------------------------------------------------- as long as it is agreed


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        *((state, True) for state in ("agreed", "agreed_in_principle", "not_raised")),
        *((state, False) for state in ("progress", "not_agreed", "for_court", "withdrawn")),
    ],
)
def test_an_agreed_calendar_does_not_outlive_its_entry(desk, case, keep, families, tmp_path, capsys, state, shown):
    keep(agreed=WEEKENDS)
    agree(desk, case().id, topic="living_pattern", wording="Every other weekend.", for_child="Weekends.")
    change(desk, case().id, 1, state=state)
    assert bool(plan_calendar.laid_out(desk, case())) == shown
    said = " ".join(capsys.readouterr().err.split())
    assert ("The agreed calendar is left out, because" in said) == (not shown)
    assert (f"cppp agreement calendar {case().reference} agreed changes it." in said) == (not shown)
    assert not [person for person in (*case().adults, *case().children) if person.full_name in said]
    kinds = ("plan", "report", "child plan")
    found = families.documents(desk, case().id, tmp_path / "out", kinds=kinds)
    words = {"plan": "table: calendar", "report": "By the agreed calendar", "child plan": "Where you will be"}
    assert {kind: words[kind] in found[kind, "md"] for kind in kinds} == dict.fromkeys(kinds, shown)


def test_a_calendar_stands_while_any_entry_about_the_nights_is_agreed_for_the_child(desk, case, keep, laid, capsys):
    keep(agreed=WEEKENDS)
    agree(desk, case().id, topic="living_pattern", wording="Every other weekend.")
    agree(desk, case().id, topic="living_pattern", wording="Every weekend.", children=("2",), instead="yes")
    agree(desk, case().id, topic="handovers", wording="At the library.")
    change(desk, case().id, 3, state="withdrawn")
    assert [one.children for one in laid()] == [(1, 2)]
    change(desk, case().id, 2, state="for_court")
    assert [one.children for one in laid()] == [(1,)], "an override that is open takes the place of what holds for all"
    said = " ".join(capsys.readouterr().err.split())
    assert "left out for child 2, because" in said
    assert "entry 2 (for the court to decide)" in said
    change(desk, case().id, 2, state="withdrawn")
    assert [one.children for one in laid()] == [(1, 2)], "withdrawn, so what holds for all holds again"
    change(desk, case().id, 1, state="withdrawn")
    assert laid() == ()


def test_a_calendar_ends_with_its_entry(desk, case, keep, laid):
    keep(agreed=WEEKENDS)
    agree(desk, case().id, topic="living_pattern", wording="Every other weekend.", until_on="2026-09-30")
    assert laid(today=date(2026, 9, 30))
    assert laid(today=date(2026, 10, 1)) == ()


def test_proposals_are_shown_again_when_the_calendar_is_no_longer_agreed(desk, case, keep, laid):
    keep(agreed=WEEKENDS, a=WEEKENDS | TOLD, b=EVERY | TOLD)
    agree(desk, case().id, topic="living_pattern", wording="Every other weekend.")
    assert laid()[0].agreed
    change(desk, case().id, 1, state="not_agreed")
    assert [bool(one.proposals) for one in laid()] == [True]


def test_a_case_has_no_part_in_the_other_ones_calendar(keep, laid):
    keep(agreed=WEEKENDS)
    assert laid("family-1")
    assert laid("family-2") == ()


def test_a_childs_own_calendar_comes_before_that_of_all(keep, laid):
    keep(agreed=WEEKENDS, agreed_2=EVERY)
    one, two = laid()
    assert (one.children, two.children) == ((1,), (2,))
    assert one.agreed.letters != two.agreed.letters


def test_one_child_may_have_an_agreed_calendar_while_two_are_proposed_for_the_other(keep, laid):
    keep(agreed_1=WEEKENDS, a=WEEKENDS | TOLD, b=EVERY | TOLD)
    one, two = laid()
    assert (one.children, bool(one.agreed)) == ((1,), True)
    assert (two.children, bool(two.proposals)) == ((2,), True)


def test_siblings_of_one_school_stand_together_and_others_apart(desk, case, keep, laid):
    keep(agreed=WEEKENDS)
    terms.replace(desk.db, case().id, [1, 2], TERM)
    assert [one.children for one in laid()] == [(1, 2)]
    terms.replace(
        desk.db, case().id, [2], TermDates((*TERM.periods[:1], Period(date(2027, 1, 11), date(2027, 7, 21), "term")))
    )
    assert [one.children for one in laid()] == [(1,), (2,)]


@pytest.mark.parametrize(
    ("starts", "today", "first", "days"),
    [
        ("2026-09-07", date(2026, 8, 6), date(2026, 9, 7), 365),
        ("2026-01-05", date(2026, 8, 6), date(2026, 8, 1), 365),  # begun long ago: the year to come
        ("2027-09-06", date(2026, 8, 6), date(2027, 9, 6), 366),  # with 29 February 2028
        ("2026-09-14", date(2026, 9, 20), date(2026, 9, 14), 365),  # begun this month: not from its first day
        ("2026-09-14", date(2026, 9, 14), date(2026, 9, 14), 365),
        ("2026-09-14", date(2026, 10, 1), date(2026, 10, 1), 365),
    ],
)
def test_a_year_is_counted_from_its_first_night(keep, laid, starts, today, first, days):
    keep(agreed=WEEKENDS | {"starts_on": starts})
    (one,) = laid(today=today)
    assert (one.agreed.first, one.agreed.days) == (first, days)
    begins = date.fromisoformat(starts)
    for night in range(days):
        day = first + timedelta(night)
        assert one.agreed.letters[night] == ("BBBBAABBBBBBBB")[(day - begins).days % 14]


def test_a_year_from_a_leap_day(keep, laid):
    keep(agreed={"pattern": "letters", "letters": "AB", "starts_on": "2028-02-29"} | YES)
    (one,) = laid()
    assert (one.agreed.first, one.agreed.last) == (date(2028, 2, 29), date(2029, 2, 28))


def test_bank_holidays_and_the_settled_hour_are_known(keep, laid):
    keep(agreed=WEEKENDS | {"handover_at": "15:30"})
    (one,) = laid()
    assert date(2026, 12, 25) in one.agreed.calendar.bank_holidays
    assert one.handover_at.isoformat() == "15:30:00"
    assert one.yes_on == (date(2026, 8, 1), date(2026, 8, 2))
    keep(agreed=WEEKENDS)
    assert laid()[0].handover_at is None


# ---------------------------------------------------------------------------------- the commands


def write(desk, run, out):
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        written = run(desk, Wanted(("md",), out))
    return written[0].read_text(encoding="utf-8"), " ".join(quiet.getvalue().split())


def test_the_calendar_reaches_the_summary_the_report_and_the_childrens_page(desk, case, keep, families, tmp_path):
    kinds = ("plan", "report", "child plan")
    keep(agreed=WEEKENDS)
    found = families.documents(desk, case().id, tmp_path / "1", kinds=kinds)
    assert '<!-- table: calendar caption="September 2026" -->' in found["plan", "md"]
    assert "By the agreed calendar the children spend" in found["report", "md"]
    assert "On Friday and Saturday nights you are with Daniel." in found["child plan", "md"]
    other = families.documents(desk, case("family-2").id, tmp_path / "2", kinds=kinds)
    assert not any("On Friday" in text or "table: calendar" in text for text in other.values())


def test_the_officer_is_told_what_has_no_words_for_children(desk, case, tmp_path):
    agree(desk, case().id, topic="handovers", wording="At the library at 18:00.")
    agree(desk, case().id, topic="parents_communication", wording="By e-mail.")
    agree(desk, case().id, topic="health", wording="Dr Moore.", for_child="You see Dr Moore.")
    text, said = write(desk, lambda desk, want: plan.run_for_children(desk, case().id, want), tmp_path / "out")
    assert "entry 1 (Handovers)" in said
    assert "entry 2" not in said, "how the parents write to each other is theirs"
    assert "entry 3" not in said
    assert f"cppp agreement log {case().reference}" in said
    assert "You see Dr Moore." in text
    assert "library" not in text


def test_the_officer_is_told_what_holds_on_a_condition(desk, case, keep, tmp_path):
    keep(agreed=WEEKENDS)
    agree(desk, case().id, topic="living_pattern", wording="Weekends.", conditions="Once there is a bed.")
    agree(desk, case().id, topic="health", wording="Dr Moore.", for_child="You see Dr Moore.", conditions="If open.")
    agree(desk, case().id, topic="activities", wording="The bike.", for_child="You get a bike.")

    def page(name):
        return write(desk, lambda desk, want: plan.run_for_children(desk, case().id, want), tmp_path / name)

    text, said = page("one")
    assert "The calendar is left out of the children's page" in said
    assert "no words for children that say so yet: entry 1 (Where" in said
    assert "with a condition or steps: entry 2 (Health and well-being). Look" in said
    assert "entry 3" not in said
    assert "Where you will be" not in text
    assert "You see Dr Moore." in text
    change(desk, case().id, 1, for_child="Once you have a bed there.")
    text, said = page("two")
    assert "left out" not in said
    assert "with a condition or steps: entry 1 (Where" in said
    assert "Where you will be" in text


def test_the_officer_is_told_which_open_entries_are_left_out(desk, case, tmp_path):
    open_entry = {"state": "not_agreed", "yes_a_on": None, "yes_b_on": None, "court_a_as": "nothing"}
    agree(desk, case().id, topic="travel", asked_a="To go abroad.", **open_entry)
    agree(desk, case().id, topic="health", asked_a="A dentist.", **open_entry | {"court_a_as": "as_asked"})
    text, said = write(desk, lambda desk, want: plan.run(desk, case().id, want), tmp_path / "out")
    assert "entry 1 (Travel and passports)" in said
    assert "entry 2" not in said
    assert "Travel" not in text
    assert "A dentist." in text


def test_two_calendars_that_fill_more_than_a_page_are_told_of(desk, case, keep, tmp_path):
    keep(agreed_1=WEEKENDS, agreed_2=EVERY | {"pattern": "letters", "letters": "AAAABBA AAAAAAA AABBAAA AAAAAAB"})
    for number in range(14):
        agree(desk, case().id, topic="health", wording="Dr Moore.", for_child=f"You see Dr Moore {number}.")
    run = partial(plan.run_for_children, desk, case().id)
    _, said = write(desk, lambda _, want: run(want), tmp_path / "out")
    assert "longer than one page" in said
    ledger.add(desk.db, case().id, "calendar.agreed.2", {k: Answer(v) for k, v in WEEKENDS.items()}, desk.moment)
    _, said = write(desk, lambda _, want: run(want), tmp_path / "one")
    assert "longer than one page" not in said


def test_the_officer_is_told_when_it_runs_over_a_page(desk, case, tmp_path):
    for number in range(30):
        agree(desk, case().id, topic="health", wording="Dr Moore.", for_child=f"You see Dr Moore {number}.")
    _, said = write(desk, lambda desk, want: plan.run_for_children(desk, case().id, want), tmp_path / "out")
    assert "longer than one page" in said


def test_the_plan_is_for_nobody_else():
    with pytest.raises(UsageProblemError, match="--for child"):
        plan.plan(None, "ABCD", reader="court")


def test_the_page_has_a_name_and_versions_of_its_own(filled, shelf, tmp_path):
    case_id, want = shelf.cases["family-1"], Wanted(("md", "docx"), tmp_path / "out")
    first = plan.run_for_children(filled, case_id, want)
    assert [path.name for path in first] == [f"ZE26P01234-childrens-plan-v1-draft.{end}" for end in ("md", "docx")]
    before = first[1].read_bytes()
    again = plan.run_for_children(filled, case_id, Wanted(("docx",), tmp_path / "again"))
    assert again[0].read_bytes() == before
    assert again[0].name == first[1].name


@pytest.mark.parametrize(("path", "run"), [("for_child", plan.run_for_children), ("conditions", plan.run)])
def test_a_confidential_address_in_an_agreement_stops_the_document(desk, case, tmp_path, path, run):
    address = case().adult(2).address
    assert address.confidential
    agree(desk, case().id, topic="handovers", wording="At home.", **{path: f"You go home to {address.text}."})
    with pytest.raises(BlockedError, match="address"):
        write(desk, lambda desk, want: run(desk, case().id, want), tmp_path / "out")
    assert not (tmp_path / "out").exists()
