"""The end of a case as an officer lives it: closed, held, reminded of, shown, confirmed, erased and certified."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from dataclasses import replace
from datetime import date

import pytest

from cppp_cli.interview.asking import Left
from cppp_cli.store import cases, closing, erasing, events, history, officer, sessions

FAMILIES = ("family-1", "family-2")


@pytest.fixture(params=FAMILIES)
def mine(request):
    return request.param


@pytest.fixture
def other(mine):
    return next(family for family in FAMILIES if family != mine)


@pytest.fixture
def papers(cppp, look, tmp_path):
    """The officer's folder for documents."""
    place = tmp_path / "papers"
    look(lambda db: officer.save(db, replace(officer.load(db), documents=str(place))))
    return place


@pytest.fixture
def close(cppp, shelf, answers_file):
    """Close a family's case from an answers file."""

    def run(family, **answers):
        given = {"record_confirmed": "yes", **answers}
        return cppp("case", "close", shelf.references[family], "--no-input", "--answers", answers_file(**given))

    return run


@pytest.fixture
def on(monkeypatch):
    """Set the day."""
    return lambda day: monkeypatch.setenv("CPPP_TODAY", day)


@pytest.fixture
def at_prompts(monkeypatch):
    """Somebody at the prompts who gives these replies in turn, and leaves when there are no more."""
    from cppp_cli.commands import office

    asked = []

    def answer(*replies):
        rest = iter(replies)

        class Asker:
            def ask(self, prompt):
                asked.append(prompt.text)
                reply = next(rest, None)
                if reply is None:
                    raise Left("")
                return reply

            def say(self, text):
                asked.append(text)

            def section(self, title, text):
                asked.extend((title, text))

        monkeypatch.setattr(office, "asker", lambda **_: Asker())
        return asked

    return answer


def whole(look):
    """Every row of every table."""
    return look(lambda db: {name: list(db.query(f'SELECT * FROM "{name}"')) for name in db.table_names()})


# ------------------------------------------------------------------------------------------------------------- closing


def test_a_closed_case_says_that_it_is_a_working_copy_and_when_it_falls_due(cppp, close, look, shelf, mine, other):
    done = close(mine)
    assert done.code == 0, done.err
    assert "working copy and not the official record" in done.out
    assert "Sat 6 Feb 2027" in done.out
    found = look(closing.closures)
    assert found == {shelf.cases[mine]: closing.Closure(date(2026, 8, 6), date(2026, 8, 6), date(2027, 2, 6))}
    assert f"cppp case reopen {shelf.references[mine]}" in done.err
    assert shelf.references[other] not in done.out + done.err


def test_the_official_records_day_is_the_youngest_childs_25th_birthday(cppp, close, shelf, families, mine):
    births = [date.fromisoformat(str(v)) for k, v in families.load(mine)["new-case"].items() if k.endswith(".born")]
    close(mine)
    out = cppp("case", "show", shelf.references[mine]).out
    youngest = max(births)
    assert f"{youngest.day} {youngest:%B} {youngest.year + 25}, when the youngest child is 25" in out
    told = json.loads(cppp("case", "show", shelf.references[mine], "--json").out)["result"]
    assert told["record_kept_until"] == youngest.replace(year=youngest.year + 25).isoformat()
    assert (told["closed_on"], told["copy_due_on"], told["holds"]) == ("2026-08-06", "2027-02-06", [])


def test_a_child_born_on_29_february_is_spelt_out(cppp, close, shelf, answers_file, mine):
    path = answers_file(children__2__born="2024-02-29", name="born.toml")
    assert cppp("case", "edit", shelf.references[mine], "--no-input", "--answers", path).code == 0
    out = close(mine).out
    assert "Monday 1 March 2049" in out
    assert "29 February" in out


def test_the_days_asked_for_are_kept_as_given(close, look, shelf, mine):
    done = close(mine, closed_on="31 July 2026", due_on="2026-12-31")
    assert done.code == 0, done.err
    kept = look(lambda db: closing.closure(db, shelf.cases[mine]))
    assert (kept.closed_on, kept.record_confirmed_on, kept.due_on) == (
        date(2026, 7, 31), date(2026, 8, 6), date(2026, 12, 31),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "named"),
    [
        ({"closed_on": "2026-08-07"}, "closed_on"),
        ({"closed_on": "2026-08-01", "due_on": "2026-07-31"}, "due_on"),
        ({"due_on": "2036-08-07"}, "due_on"),
        ({"record_confirmed": "perhaps"}, "record_confirmed"),
        ({"record_confirmed": None}, "record_confirmed"),
        ({"due": "2027-01-01"}, "due"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_closed(close, look, answers, named):
    done = close("family-1", **answers)
    assert (done.code, done.out) == (3, "")
    assert named in done.err
    assert look(closing.closures) == {}


def test_without_a_complete_official_record_the_case_stays_open(cppp, close, look, shelf, mine):
    done = close(mine, record_confirmed="no")
    assert (done.code, done.out) == (4, "")
    assert "stays open" in done.err
    assert f"cppp case close {shelf.references[mine]}" in done.err
    assert look(closing.closures) == {}
    assert look(lambda db: db.table("form_answer").count) == 0, "it is asked again the next time"
    assert close(mine).code == 0


def test_the_offices_months_are_asked_at_init_and_count_from_then_on(cppp, close, look, shelf, answers_file, on):
    path = answers_file(keep_months=12, name="officer.toml")
    assert cppp("init", "--change", "--no-input", "--answers", path).code == 0
    assert look(officer.load).keep_months == 12
    assert look(officer.load).full_name == "Ruth Adeyemi", "the rest stays"
    close("family-1", closed_on="2026-07-31")
    assert look(lambda db: closing.closure(db, shelf.cases["family-1"])).due_on == date(2027, 7, 31)
    for wrong in (0, 121, "six"):
        done = cppp("init", "--change", "--no-input", "--answers", answers_file(keep_months=wrong, name="o.toml"))
        assert (done.code, look(officer.load).keep_months) == (3, 12)


def test_what_is_not_finished_is_named_and_does_not_stand_in_the_way(cppp, close, look, shelf, tmp_path, mine, other):
    look(lambda db: sessions.begin(db, shelf.cases[other], "other", lambda: "2026-08-06T09:00:00+00:00"))
    done = close(mine)
    assert done.code == 0
    assert f"no report was written: cppp report {shelf.references[mine]}" in done.err
    assert "draft" not in done.err, "the draft is the other family's"
    assert cppp("report", shelf.references[other], "--no-input", "--out", tmp_path / "out").code == 0
    done = close(other)
    assert done.code == 0
    assert "the other session is a draft" in done.err
    assert "no report" not in done.err


def test_a_closing_left_in_the_middle_goes_on_where_it_was(cppp, look, shelf, at_prompts):
    asked = at_prompts("2026-08-05")
    done = cppp("case", "close", shelf.references["family-1"])
    assert done.code == 130
    assert f"cppp case close {shelf.references['family-1']}" in done.err
    assert any("working copy and not the official record" in text for text in asked)
    assert look(closing.closures) == {}
    at_prompts("yes", "2027-01-15", "")  # "yes" would be no answer to the first question
    assert cppp("case", "close", shelf.references["family-1"]).code == 0
    kept = look(lambda db: closing.closure(db, shelf.cases["family-1"]))
    assert (kept.closed_on, kept.due_on) == (date(2026, 8, 5), date(2027, 1, 15))
    assert look(lambda db: db.table("form_answer").count) == 0


def test_the_questions_of_closing_are_an_answers_file(cppp, shelf):
    done = cppp("case", "close", shelf.references["family-1"], "--questions")
    assert (done.code, tomllib.loads(done.out)) == (0, {})
    assert re.findall(r"^# (\w+) = ", done.out, re.MULTILINE)[-3:] == ["closed_on", "record_confirmed", "due_on"]


def test_closing_with_nobody_to_ask_closes_nothing(cppp, look, shelf):
    done = cppp("case", "close", shelf.references["family-1"])
    assert (done.code, done.out) == (3, "")
    assert look(closing.closures) == {}


# ----------------------------------------------------------------------------------------------- a case that is closed


def test_a_closed_case_is_shown_as_closed_and_the_other_as_it_was(cppp, close, shelf, mine, other):
    before = cppp("case", "show", shelf.references[other]).out
    close(mine)
    rows = {line.split("\t")[0]: line.split("\t") for line in cppp("case", "list").out.splitlines()}
    assert rows[shelf.references[mine]][3] == "closed, due 6 Feb 2027"
    assert rows[shelf.references[other]][3] == "completed"
    listed = {row["case"]: row for row in json.loads(cppp("case", "list", "--json").out)["result"]}
    assert [listed[shelf.references[f]]["copy_due_on"] for f in (mine, other)] == ["2027-02-06", None]
    assert [listed[shelf.references[f]]["closed_on"] for f in (mine, other)] == ["2026-08-06", None]
    assert cppp("case", "show", shelf.references[other]).out == before
    assert "End of the case" in cppp("case", "show", shelf.references[mine]).out
    assert "End of the case" not in before
    today = cppp().out
    assert shelf.references[other] in today
    assert shelf.references[mine] not in today, "its work is over, and its copy not due yet"


def test_from_its_day_on_the_officer_is_reminded_of_a_copy_that_is_due(cppp, close, shelf, on, mine, other):
    close(mine)
    for day, reminded in (("2027-02-05", False), ("2027-02-06", True), ("2027-06-01", True)):
        on(day)
        done = cppp()
        assert done.code == 0
        assert (f"cppp case erase {shelf.references[mine]}" in done.out) is reminded
        assert f"cppp case erase {shelf.references[other]}" not in done.out
    cppp("case", "hold", shelf.references[mine], "--for", "appeal")
    done = cppp()
    assert "held by an appeal" in done.out
    assert "case erase" not in done.out


@pytest.mark.parametrize(
    "command", [("edit", "--no-input"), ("pause",), ("resume",), ("return", "--no-input"), ("close", "--no-input")]
)
def test_nothing_goes_on_in_a_closed_case_until_it_is_reopened(cppp, close, look, shelf, mine, command):
    close(mine)
    before = whole(look)
    name, *more = command
    done = cppp("case", name, shelf.references[mine], *more)
    assert (done.code, done.out) == (4, "")
    assert f"cppp case reopen {shelf.references[mine]}" in done.err
    assert whole(look) == before


def test_a_safeguarding_note_is_taken_in_a_closed_case_too(cppp, close, look, shelf, answers_file, mine):
    close(mine)
    path = answers_file(words="He rang and was afraid.", name="note.toml")
    assert cppp("session", "stop", shelf.references[mine], "--no-input", "--answers", path).code == 0
    assert len(look(lambda db: sessions.notes(db, shelf.cases[mine]))) == 1


def test_reopening_brings_the_case_back_as_it_was(cppp, close, look, shelf, mine, other):
    shown = [cppp(*words).out for words in (("case", "list"), ("case", "show", shelf.references[mine]), ())]
    close(mine)
    close(other)
    done = cppp("case", "reopen", shelf.references[mine])
    assert (done.code, done.out) == (0, f"Case {shelf.references[mine]} is open again: completed.\n")
    assert set(look(closing.closures)) == {shelf.cases[other]}
    cppp("case", "reopen", shelf.references[other])
    assert [cppp(*words).out for words in (("case", "list"), ("case", "show", shelf.references[mine]), ())] == shown
    again = cppp("case", "reopen", shelf.references[mine])
    assert (again.code, again.out) == (4, "")
    told = [c.action for c in look(lambda db: history.of_chain(db, shelf.cases[mine])) if c.place == "closure"]
    assert told == ["insert", "delete"]


# --------------------------------------------------------------------------------------------------------------- holds


def test_a_hold_is_shown_and_lifted(cppp, look, shelf, on, mine):
    reference = shelf.references[mine]
    done = cppp("case", "hold", reference, "--for", "access-request")
    assert done.code == 0
    assert "an access request" in done.out
    assert "an access request, since Thu 6 Aug 2026" in cppp("case", "show", reference).out
    assert json.loads(cppp("case", "show", reference, "--json").out)["result"]["holds"] == ["access_request"]
    again = cppp("case", "hold", reference, "--for", "access-request")
    assert (again.code, again.out) == (4, "")
    cppp("case", "hold", reference, "--for", "complaint")
    on("2026-09-01")
    done = cppp("case", "hold", reference, "--lift", "access-request")
    assert (done.code, "a complaint" in done.err) == (0, True)
    shown = cppp("case", "show", reference).out
    assert "an access request, since Thu 6 Aug 2026, lifted on Tue 1 Sep 2026" in shown
    assert "a complaint, since Thu 6 Aug 2026" in shown
    assert cppp("case", "hold", reference, "--lift", "access-request").code == 4
    assert [hold.kind for hold in look(lambda db: closing.standing(db, shelf.cases[mine]))] == ["complaint"]


@pytest.mark.parametrize(
    "words",
    [
        (), ("--for", "Isla is unhappy"), ("--for", "access_request"), ("--lift", "x"),
        ("--for", "appeal", "--lift", "appeal"),
    ],
)  # fmt: skip
def test_a_hold_is_one_of_a_list(cppp, look, shelf, words):
    before = whole(look)
    done = cppp("case", "hold", shelf.references["family-1"], *words)
    assert (done.code, done.out) == (2, "")
    assert "access-request" in done.err
    assert whole(look) == before


# ------------------------------------------------------------------------------------- erasing: what stands in the way


def erase(cppp, shelf, family, *more):
    reference = shelf.references[family]
    return cppp("case", "erase", reference, "--confirm", reference, *more)


@pytest.mark.parametrize("state", ["open", "closed", "held", "held and closed", "held and due"])
def test_a_case_that_may_not_be_erased_is_not(cppp, papers, close, look, shelf, on, state, mine):
    if "held" in state:
        cppp("case", "hold", shelf.references[mine], "--for", "complaint")
    if "closed" in state or "due" in state:
        close(mine)
    on("2027-02-06" if "due" in state else "2026-08-06")
    before = whole(look)
    done = erase(cppp, shelf, mine)
    assert (done.code, done.out) == (4, "")
    assert done.err.startswith("Error: Nothing was erased.")
    assert ("held by a complaint" in done.err) is ("held" in state)
    assert ("opened-in-error" in done.err) is (state != "held and due")
    assert whole(look) == before
    reasoned = erase(cppp, shelf, mine, "--reason", "office-instruction")
    assert reasoned.code == (4 if "held" in state else 0), "a reason goes before the day, and not before a hold"


def test_a_reason_is_one_of_a_list(cppp, look, shelf):
    before = whole(look)
    done = erase(cppp, shelf, "family-1", "--reason", "the father asked")
    assert (done.code, done.out) == (2, "")
    assert "opened-in-error, office-instruction, other-record" in done.err
    assert whole(look) == before


@pytest.mark.parametrize("typed", ["", "2222", "yes", "OTHER"])
def test_another_confirmation_erases_nothing(cppp, look, shelf, typed, mine, other):
    before = whole(look)
    words = ("case", "erase", shelf.references[mine], "--reason", "opened-in-error")
    done = cppp(*words, "--confirm", shelf.references[other] if typed == "OTHER" else typed)
    assert (done.code, done.out) == (3, "")
    assert "nothing was erased" in done.err
    assert whole(look) == before


def test_with_nobody_to_confirm_nothing_is_erased(cppp, look, shelf):
    before = whole(look)
    done = cppp("case", "erase", shelf.references["family-1"], "--reason", "opened-in-error")
    assert (done.code, done.out) == (3, "")
    assert "--confirm" in done.err
    assert whole(look) == before


@pytest.mark.parametrize(("replies", "code"), [(("2222",), 3), ((), 130), (("yes",), 3)])
def test_at_the_prompt_anything_but_the_reference_erases_nothing(cppp, look, shelf, at_prompts, replies, code):
    before = whole(look)
    at_prompts(*replies)
    done = cppp("case", "erase", shelf.references["family-1"], "--reason", "opened-in-error")
    assert (done.code, done.out) == (code, "")
    assert whole(look) == before


def test_at_the_prompt_the_reference_erases(cppp, papers, look, shelf, at_prompts, mine):
    asked = at_prompts(shelf.references[mine].lower())
    done = cppp("case", "erase", shelf.references[mine], "--reason", "opened-in-error")
    assert done.code == 0
    assert any(shelf.references[mine] in text for text in asked)
    assert not look(lambda db: cases.exists(db, shelf.cases[mine]))


def test_a_draft_opened_by_mistake_is_erased_with_a_reason(cppp, papers, look, shelf):
    case_id = look(lambda db: cases.begin(db, lambda: "2026-08-06T09:00:00+00:00"))
    reference = look(lambda db: cases.load(db, case_id)).reference
    words = ("case", "erase", reference, "--confirm", reference)
    done = cppp(*words)
    assert done.code == 4
    assert "draft" in done.err
    assert cppp(*words, "--reason", "opened-in-error").code == 0
    assert not look(lambda db: cases.exists(db, case_id))


# ---------------------------------------------------------------------------------------------- erasing: what is shown


def test_a_preview_counts_and_changes_nothing(cppp, look, shelf, tmp_path, mine, other):
    for family in FAMILIES:
        assert cppp("report", shelf.references[family], "--no-input", "--out", tmp_path / "out").code == 0
    look(lambda db: sessions.add_note(db, shelf.cases[mine], None, {"words": "x"}, lambda: "2026-08-06T09:00:00+00:00"))
    backups = tmp_path / "home" / "backups"
    backups.mkdir(exist_ok=True)
    shutil.copyfile(shelf.files["held"], backups / "officer-20260730-090000.db")
    shutil.copyfile(shelf.files["empty"], backups / "officer-20260601-090000.db")
    (backups / "officer-20260101-090000.db").write_bytes(b"x" * 4096)
    before, copies = whole(look), {path: path.read_bytes() for path in backups.iterdir() if path.name != "turn"}
    done = cppp("case", "erase", shelf.references[mine], "--preview")
    assert done.code == 0
    people, letters = (
        look(lambda db, tables=tables: sum(db.table(t).count_where("case_id = ?", [shelf.cases[mine]]) for t in tables))
        for tables in (("adult", "child", "other_person"), ("letter",))
    )
    assert f"  - {people} people\n" in done.out
    assert "  - 4 sessions\n" in done.out
    assert (f"  - {letters} letter" in done.out) is (letters > 0)
    assert "  - 1 safeguarding note\n" in done.out
    assert "official record has the safeguarding notes" in done.out
    written = {path.name for path in (tmp_path / "out").iterdir()}
    number = look(lambda db: cases.load(db, shelf.cases[mine])).number
    assert {name for name in written if name in done.out} == {name for name in written if name.startswith(number)}
    assert "officer-20260730-090000.db" in done.out
    assert "officer-20260601-090000.db" not in done.out, "it does not hold the case"
    assert "officer-20260101-090000.db: it" in done.out, "it cannot be looked at"
    assert "not closed" in done.err
    assert whole(look) == before
    assert {path: path.read_bytes() for path in backups.iterdir() if path.name != "turn"} == copies


# ----------------------------------------------------------------------------------------------- erasing: it is done


def test_an_erased_case_is_gone_and_the_other_reads_the_same(cppp, papers, close, look, shelf, on, mine, other):
    shown = ("case", "show", shelf.references[other]), ("session", "show", shelf.references[other], "child")
    before = [cppp(*words).out for words in shown]
    rows = {
        name: [row for row in found if row.get("case_id", row.get("chain")) == shelf.cases[other]]
        for name, found in whole(look).items()
    }
    close(mine)
    assert look(history.verify) == ()
    on("2027-02-06")
    done = erase(cppp, shelf, mine)
    assert done.code == 0, done.err
    assert look(history.verify) == ()
    on("2026-08-06")
    assert [cppp(*words).out for words in shown] == before
    now = whole(look)
    for name, found in rows.items():
        assert [row for row in now[name] if row.get("case_id", row.get("chain")) == shelf.cases[other]] == found
    for words in (("case", "show"), ("case", "close"), ("session", "notes")):
        assert cppp(*words, shelf.references[mine]).code == 6
    assert shelf.references[mine] not in cppp("case", "list").out
    assert [e.reference for e in look(erasing.erasures)] == [shelf.references[mine]]
    assert not look(erasing.unfinished)


def test_the_certificate_is_printed_kept_and_written_and_names_nobody(
    cppp, papers, close, look, shelf, on, families, mine
):
    close(mine)
    links = look(lambda db: history.of_chain(db, shelf.cases[mine]))
    on("2027-02-06")
    done = erase(cppp, shelf, mine)
    kept = look(lambda db: erasing.certificate(db, shelf.cases[mine]))
    (written,) = papers.iterdir()
    assert written.name == f"{shelf.references[mine]}-erased-2027-02-06.md"
    assert written.read_text(encoding="utf-8").startswith(kept)
    assert done.out == written.read_text(encoding="utf-8") + "\n"
    kept = written.read_text(encoding="utf-8")
    told = {"Adeyemi", "Ruth", str(papers)}
    personal = re.compile(r"(^|\.)(full_name|called|born|address|phone|email|case_number|judge)$")
    for family in FAMILIES:
        for value in (v for key, v in families.load(family)["new-case"].items() if personal.search(key)):
            told |= {str(value), *re.findall(r"[^\W\d_]{3,}", str(value))}
    told -= {"Northbridge"}  # the name of the team
    assert len(told) > 50
    assert [word for word in told if re.search(rf"\b{re.escape(word)}\b", kept)] == []
    for said in (f"case {shelf.references[mine]}", "Saturday 6 February 2027, 09:00", "Northbridge team",
                 "working copy and not the official record", "its working copy was due", "4 sessions"):  # fmt: skip
        assert said in " ".join(kept.split())
    assert max(len(line) for line in kept.splitlines()) <= 79
    last = look(lambda db: db.execute(
        "SELECT number, lower(hex(head)) FROM link WHERE chain = ? ORDER BY number DESC LIMIT 1", [shelf.cases[mine]]
    ).fetchone())  # fmt: skip
    assert last[0] > len(links)
    assert f"had {last[0]} links" in kept
    assert last[1] in kept
    (event,) = [e for e in look(events.listed) if e.detail == "certificate of erasing"]
    assert (event.case_id, event.path) == (None, str(written))


def test_why_a_case_was_erased_early_is_certified(cppp, papers, look, shelf, mine):
    erase(cppp, shelf, mine, "--reason", "other-record")
    kept = look(lambda db: erasing.certificate(db, shelf.cases[mine]))
    assert "what it holds is kept in another record" in kept
    assert [c.reason for c in look(lambda db: history.of_chain(db, 0)) if c.place == "erasure"] == ["other-record"]


def test_the_backups_are_without_it_and_those_that_cannot_be_are_named(cppp, papers, look, shelf, tmp_path, mine):
    from cppp_cli.store.encrypted import open_database

    backups = tmp_path / "home" / "backups"
    backups.mkdir()
    good = {"officer-20260730-090000.db": "held", "replaced-20260731-090000.db": "opened", "Isla before.db": "filled"}
    for name, stage in good.items():
        shutil.copyfile(shelf.files[stage], backups / name)
    (backups / "officer-20260101-090000.db").write_bytes(b"x" * 4096)
    (backups / "Isla broken.db").write_bytes(b"x" * 4096)
    (tmp_path / "home" / "unfinished-0123456789abcdef.db").write_bytes(b"left by a killed program")
    done = erase(cppp, shelf, mine, "--reason", "opened-in-error")
    assert done.code == 0
    assert "erased from 4 backups" in done.err, "that of the day among them"
    assert "officer-20260101-090000.db may still hold it" in done.err
    for name in good:
        db = open_database(backups / name, shelf.key)
        assert [row["id"] for row in db.query("SELECT id FROM case_file")] != [], "the other family is still there"
        assert db.execute("SELECT count(*) FROM case_file WHERE id = ?", [shelf.cases[mine]]).fetchone() == (0,)
        assert db.execute("SELECT count(*) FROM change WHERE chain = ?", [shelf.cases[mine]]).fetchone() == (0,)
        db.close()
    kept = done.out
    end = " ".join(kept.split("## The backups")[1].split()).split("- The backup ")[1:]
    clean = [line for line in end if "opened again" in line]
    left = [line for line in end if "may still hold it" in line]
    assert len(clean) + len(left) == len(end) == 6
    assert any(line.startswith("officer-20260730-090000.db:") for line in clean)
    assert any(line.startswith("replaced-20260731-090000.db:") for line in clean)
    assert "Isla" not in kept, "a name somebody gave a file is not certified"
    for lines in (clean, left):
        assert sum(line.startswith("with a name that cppp did not give it") for line in lines) == 1
    assert any(line.startswith("officer-20260101-090000.db:") for line in left)
    found = {path.name for path in (tmp_path / "home").rglob("*") if path.is_file()}
    of_the_day = "officer-20260806-090000.db"
    assert found == {"officer.db", "turn", *good, of_the_day, "officer-20260101-090000.db", "Isla broken.db"}


def test_what_lies_outside_is_named_and_left(cppp, papers, look, shelf, tmp_path, mine, other):
    for family in FAMILIES:
        cppp("report", shelf.references[family], "--no-input", "--format", "md", "--out", tmp_path / family)
    stick = tmp_path / "stick" / "officer-20260701-090000.db"
    look(lambda db: events.add(db, events.COPIED, lambda: "2026-07-01T09:00:00+00:00", path=stick))
    before = {path: path.read_bytes() for family in FAMILIES for path in (tmp_path / family).iterdir()}
    done = erase(cppp, shelf, mine, "--reason", "opened-in-error")
    last = done.err.split("yours to delete:")[-1]
    assert {path for path in before if str(path) in last} == set((tmp_path / mine).iterdir())
    assert str(stick) in last
    told = " ".join(done.out.split())
    assert f"still on the disk: {len(list((tmp_path / mine).iterdir()))}." in told
    assert "were brought since the case was opened: 1." in told
    assert {path: path.read_bytes() for path in before} == before


def test_a_certificate_that_cannot_be_written_is_kept_all_the_same(cppp, papers, look, shelf, mine):
    papers.mkdir()
    (papers / f"{shelf.references[mine]}-erased-2026-08-06.md").write_text("something else", encoding="utf-8")
    done = erase(cppp, shelf, mine, "--reason", "opened-in-error")
    assert done.code == 0
    assert "kept in your file" in done.err
    assert look(lambda db: erasing.certificate(db, shelf.cases[mine])) in done.out
    assert [p.read_text(encoding="utf-8") for p in papers.iterdir()] == ["something else"]


# ----------------------------------------------------------------------------------------- erasing: cut off, and again


def test_erasing_again_treats_the_backups_that_could_not_be_treated(cppp, papers, look, shelf, tmp_path, mine):
    backups = tmp_path / "home" / "backups"
    backups.mkdir()
    path = backups / "officer-20260730-090000.db"
    path.write_bytes(b"x" * 4096)
    first = erase(cppp, shelf, mine, "--reason", "opened-in-error")
    shutil.copyfile(shelf.files["held"], path)  # as if the disk had answered again
    again = cppp("case", "erase", shelf.references[mine])
    assert again.code == 0
    assert again.out.split("## The backups")[0] == first.out.split("## The backups")[0], "it stays what it was"
    assert "officer-20260730-090000.db: it may still" in " ".join(first.out.split())
    assert "officer-20260730-090000.db: opened again" in " ".join(again.out.split())
    assert "erased from 1 backup too" in again.err
    once_more = cppp("case", "erase", shelf.references[mine])
    assert "too" not in once_more.err
    assert once_more.out == again.out
    assert {path.read_text(encoding="utf-8") + "\n" for path in papers.iterdir()} == {first.out, again.out}
    assert cppp("case", "erase", shelf.references[mine], "--preview").code == 6


def test_an_erasing_cut_off_before_the_rebuilding_is_finished_by_the_same_command(
    cppp, papers, look, shelf, monkeypatch, mine
):
    from cppp_cli.errors import ConflictError

    def cut_off(_):
        raise ConflictError("The disk is full, so nothing was saved; make room on it, then try again.")

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "scrub", cut_off)
        done = erase(cppp, shelf, mine, "--reason", "opened-in-error")
    assert (done.code, done.out) == (7, "")
    assert "is erased, but the file could not be rebuilt" in done.err
    assert look(erasing.unfinished)
    assert f"cppp case erase {shelf.references[mine]}" in cppp().err
    again = cppp("case", "erase", shelf.references[mine])
    assert again.code == 0
    assert "# Certificate of erasing" in again.out
    assert not look(erasing.unfinished)
    assert len(list(papers.iterdir())) == 1
    assert "cut off" not in cppp().err


def test_an_erasing_killed_before_the_backups_goes_on_with_the_same_command(
    cppp, papers, look, shelf, tmp_path, monkeypatch, mine
):
    backups = tmp_path / "home" / "backups"
    backups.mkdir()
    path = shutil.copyfile(shelf.files["held"], backups / "officer-20260730-090000.db")
    real, before = erasing.erase, path.read_bytes()

    def killed(db, *rest, **more):
        if db.path.name != "officer.db":
            raise KeyboardInterrupt
        return real(db, *rest, **more)

    with monkeypatch.context() as patch:
        patch.setattr(erasing, "erase", killed)
        stopped = erase(cppp, shelf, mine, "--reason", "opened-in-error")
    assert (stopped.code, stopped.out) == (130, "")
    assert (
        f"erased from your file, and not yet from every backup. To go on: cppp case erase {shelf.references[mine]}"
        in (" ".join(stopped.err.split()))
    )
    assert not look(lambda db: cases.exists(db, shelf.cases[mine]))
    assert path.read_bytes() == before
    done = cppp("case", "erase", shelf.references[mine])
    assert done.code == 0
    assert "- The backup officer-20260730-090000.db: opened again" in done.out
    assert path.read_bytes() != before
    assert not look(erasing.unfinished)


def test_an_erasing_that_is_not_committed_leaves_every_backup_as_it_was(cppp, look, shelf, tmp_path, monkeypatch, mine):
    """Another window reads, so that the writing is let in and its end is not."""
    from cppp_cli.store import encrypted

    backups = tmp_path / "home" / "backups"
    backups.mkdir()
    path = shutil.copyfile(shelf.files["held"], backups / "officer-20260806-080000.db")
    real, before = encrypted._open, path.read_bytes()
    monkeypatch.setattr(encrypted, "_open", lambda p, key, _, *, new: real(p, key, 0.05, new=new))
    reader = encrypted.connect(tmp_path / "home" / "officer.db", shelf.key)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
    done = erase(cppp, shelf, mine, "--reason", "opened-in-error")
    reader.close()
    assert (done.code, done.out) == (7, "")
    assert path.read_bytes() == before
    assert look(lambda db: cases.exists(db, shelf.cases[mine]))


def test_when_the_file_cannot_be_written_no_backup_is_touched(cppp, look, shelf, tmp_path, monkeypatch, mine):
    from cppp_cli.store import encrypted

    backups = tmp_path / "home" / "backups"
    backups.mkdir()
    path = shutil.copyfile(shelf.files["held"], backups / "officer-20260730-090000.db")
    real, before = encrypted._open, path.read_bytes()
    monkeypatch.setattr(encrypted, "_open", lambda p, key, _, *, new: real(p, key, 0.05, new=new))
    writer = encrypted.connect(tmp_path / "home" / "officer.db", shelf.key)
    writer.execute("BEGIN IMMEDIATE")
    done = erase(cppp, shelf, mine, "--reason", "opened-in-error")
    writer.close()
    assert (done.code, done.out) == (7, "")
    assert path.read_bytes() == before
    assert look(lambda db: cases.exists(db, shelf.cases[mine]))


def test_a_hold_put_on_it_in_another_window_meanwhile_counts(cppp, look, shelf, monkeypatch, mine):
    from cppp_cli.commands import case_erase

    real = case_erase._confirm

    def confirm(office, subject, given):
        real(office, subject, given)
        closing.put_hold(office.db, subject.case_id, "appeal", office.today)

    monkeypatch.setattr(case_erase, "_confirm", confirm)
    done = erase(cppp, shelf, mine, "--reason", "opened-in-error")
    assert (done.code, "an appeal" in done.err) == (4, True)
    assert look(lambda db: cases.exists(db, shelf.cases[mine]))


def test_a_case_taken_back_by_undo_is_erased_from_the_history(cppp, papers, look, at_stage, answers_file, tmp_path):
    at_stage("empty")
    look(lambda db: officer.save(db, replace(officer.load(db), documents=str(papers))))
    assert cppp("new-case", "--no-input", "--answers", answers_file("family-1")).code == 0
    (case,) = look(cases.listed)
    assert cppp("undo", "--yes").code == 0
    assert look(cases.listed) == ()
    assert cppp("case", "erase", case.reference, "--confirm", case.reference).code == 4
    shown = cppp("case", "erase", case.reference, "--preview")
    assert "Only the history still has its words" in shown.out
    done = cppp("case", "erase", case.reference, "--confirm", case.reference, "--reason", "opened-in-error")
    assert done.code == 0, done.err
    assert "changes in the history" in done.out
    assert "Ashdown" not in json.dumps(whole(look), default=str)
    assert look(history.verify) == ()
    assert cppp("undo", "--redo", "--yes").code == 6, "there is nothing to bring back"
