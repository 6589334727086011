"""Whole cases made from the answers files in ``examples/``, changed as a test needs them.

A case is a mapping of steps (``new-case``, ``parent-a`` ... ``report``) to answers by path. ``fill`` answers every
question of every step: with what the mapping says, with text of the test's own, or with the answer that opens most.
"""

from __future__ import annotations

import contextlib
import io
import re
import tomllib
from pathlib import Path

from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.questions.flow import steps
from cppp_cli.questions.model import Facts, Kind
from cppp_cli.questions.read import read

EXAMPLES = Path(__file__).parents[1] / "examples"
FAMILIES = ("family-1", "family-2")
STEPS = ("new-case", "parent-a", "parent-b", "child", "joint", "report")


def flat(table, prefix=""):
    found = {}
    for key, value in table.items():
        if isinstance(value, dict) and set(value) != {"skip"}:
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = value
    return found


def load(family):
    """The answers files of a family, by step and path."""
    return {
        step: flat(tomllib.loads((EXAMPLES / family / f"{step}.toml").read_text(encoding="utf-8"))) for step in STEPS
    }


def every_file(family):
    """Every answers file of a family, those of its plan and calendars too: what may stand nowhere it should not."""
    return {
        path.stem: flat(tomllib.loads(path.read_text(encoding="utf-8")))
        for path in sorted((EXAMPLES / family).glob("*.toml"))
    }


def changed(family, **more):
    """A family with other answers; ``parent_a={...}`` for the step ``parent-a``. None leaves an answer out."""
    found = load(family)
    for step, answers in more.items():
        target = found.setdefault(step.replace("_", "-"), {})
        target |= answers
        for path in [path for path, value in target.items() if value is None]:
            del target[path]
    return found


def renamed(value, swaps):
    """Exchange whole words of paths and references all at once; ``swaps`` maps each to the other."""
    pattern = re.compile("|".join(rf"(?<![\w-]){re.escape(old)}(?![\w])" for old in swaps))
    if isinstance(value, str):
        return pattern.sub(lambda found: swaps[found[0]], value)
    return [renamed(entry, swaps) for entry in value] if isinstance(value, list) else value


def both_ways(*pairs):
    return {old: new for one, two in pairs for old, new in ((one, two), (two, one))}


def renumber(steps_of, group, one, two):
    """The same people under each other's number: nothing about anybody changes but the place in the lists."""
    in_paths = both_ways((f"{group}.{one}", f"{group}.{two}"))
    readers = both_ways((f"child-{one}", f"child-{two}")) if group == "children" else {}
    found = {}
    for step, answers in steps_of.items():
        found[step] = {}
        for path, value in answers.items():
            key = path.rpartition(".")[2]
            references = (
                in_paths | readers
                if key in {"came", "parental_consent", "lives_with", "home", "wish", "decision"}
                else {}
            )
            if group == "children" and key in {"child", "children"}:
                references = both_ways((str(one), str(two)))
            # children.1.adults.2: an adult's number stands inside a child's path too
            found[step][renamed(path, in_paths)] = renamed(value, references) if references else value
    for path in [p for p in found["new-case"] if p.endswith(".more")]:
        del found["new-case"][path]
    return found


def other_sides(steps_of):
    """The same people with the same words on the other side."""
    found = {step: dict(answers) for step, answers in steps_of.items()}
    for path, value in steps_of["new-case"].items():
        if path.endswith(".side"):
            found["new-case"][path] = {"A": "B", "B": "A"}[value]
    found["parent-a"], found["parent-b"] = found["parent-b"], found["parent-a"]
    found["joint"] = {}
    for path, value in steps_of["joint"].items():
        stem, _, side = path.rpartition("_")
        found["joint"][f"{stem}_{'b' if side == 'a' else 'a'}" if side in {"a", "b"} else path] = value
    found["child"] = {p: renamed(v, both_ways(("parent-a", "parent-b"))) for p, v in steps_of["child"].items()}
    return found


def fill(desk, steps_of, *, words=None, force=None, seen=None):
    """Put a whole case into the file, every session finished; its id.

    ``words`` gives the text for a step and path in place of what the mapping says, or None to keep that.
    ``force`` answers by the last word of a path, before the mapping. ``seen`` collects every question answered.
    """
    from cppp_cli.commands.new_case import settle
    from cppp_cli.commands.session_script import facts_for, script_of
    from cppp_cli.programme.case import State
    from cppp_cli.questions import new_case, report_words
    from cppp_cli.store import cases, ledger, sessions

    picture = None

    def answered(step, script, sheet, facts):
        _answer(script, sheet, facts, steps_of.get(step, {}), lambda path, kind: _words(words, step, path, kind),
                force or {}, picture, None if seen is None else seen.setdefault(step, {}))  # fmt: skip

    with desk.db.atomic():
        case_id = cases.begin(desk.db, desk.moment)
        answered("new-case", new_case.SCRIPT, cases.sheet(desk.db, case_id, desk.moment), Facts(desk.today))
        cases.set_state(desk.db, case_id, State.REFERRED, desk.moment)
        settle(desk, case_id)
        picture = _picture(desk, case_id)
        for name in [step for step in steps_of if step not in {"new-case", "report"}]:
            kind = name.partition(":")[0]  # "other:2" is a second one
            session = sessions.begin(desk.db, case_id, kind, desk.moment)
            sheet = sessions.sheet(desk.db, session, case_id, desk.moment)
            answered(name, script_of(kind), sheet, facts_for(desk, case_id, kind))
            sessions.finish(desk.db, session, desk.moment)
            (finished,) = (s for s in sessions.of_case(desk.db, case_id) if s.id == session)
            ledger.take_in(desk.db, finished, desk.moment)
        if "report" in steps_of:
            facts = Facts(desk.today, cases.background(desk.db, case_id, desk.moment))
            answered("report", report_words.SCRIPT, cases.report_sheet(desk.db, case_id, desk.moment), facts)
    return case_id


def _words(words, step, path, kind):
    return words(step, path, kind) if words and kind in {Kind.TEXT, Kind.LONG} else None


def _picture(desk, case_id):
    from cppp_cli.documents.pictures import clean_picture
    from cppp_cli.store.records import add_picture

    kept = clean_picture((EXAMPLES / "family-1" / "isla-drawing.png").read_bytes())
    return add_picture(desk.db, case_id, kept.data, kept.media_type, (kept.width_px, kept.height_px), desk.moment)


def _answer(script, sheet, facts, given, words, force, picture, seen):
    answers = sheet.answers()
    while True:
        line = [step for step in steps(script, answers, facts) if step.path not in answers]
        if not line:
            return
        for step in line:
            answer = _one(step, given, words, force, picture)
            sheet.put(step.path, answer)
            answers[step.path] = answer
            if seen is not None:
                seen[step.path] = answer
            if step.question.kind in {Kind.CHOICE, Kind.MANY, Kind.PICTURE}:
                break  # what is asked next depends on it


def _one(step, given, words, force, picture):
    path, question = step.path, step.question
    text = words(path, question.kind)
    key = path.rpartition(".")[2]
    raw = text if text is not None else force.get(key, given.get(path))
    if isinstance(raw, dict):
        return Answer(gap=next(gap for gap in Gap if gap.label == raw["skip"]))
    if raw is None:
        raw = _otherwise(step, given)
    elif question.kind is Kind.PICTURE:
        raw = picture
    return Answer(gap=Gap.BLANK) if raw is None else Answer(read(step, raw))


def _otherwise(step, given):
    """What is answered where nobody says: whether there is another item, the proposal, or what a question needs."""
    question = step.question
    if question.key == "more":
        group, _, number = step.path.removesuffix(".more").rpartition(".")
        return "yes" if any(path.startswith(f"{group}.{int(number) + 1}.") for path in given) else "no"
    proposed = question.default(step.view)
    if proposed is not None or not question.required:
        return proposed
    values = [choice.value for choice in question.choices_for(step.view)]
    sample = {
        Kind.CHOICE: "yes" if "yes" in values else "".join(values[:1]),
        Kind.MANY: values[:1],
        Kind.DATE: "2026-06-10",
    }
    return sample[question.kind]


def documents(desk, case_id, out, *, formats=("md",), kinds=("report", "plan", "timetable")):
    """Documents of a case as the commands write them: the text of the Markdown, or the bytes, by kind and ending."""
    from cppp_cli.commands import plan, report, schedule
    from cppp_cli.commands.paper import Wanted
    from cppp_cli.commands.ways import Ways

    want = Wanted(tuple(formats), out)
    quiet = io.StringIO()
    with contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
        write = {
            "report": lambda: report.run(desk, case_id, Ways(no_input=True), want),
            "plan": lambda: plan.run(desk, case_id, want),
            "child plan": lambda: plan.run_for_children(desk, case_id, want),
            "timetable": lambda: schedule.write_timetable(desk, case_id, want),
        }
        written = {kind: write[kind]() for kind in kinds}
    return {
        (kind, path.suffix[1:]): path.read_text(encoding="utf-8") if path.suffix == ".md" else path.read_bytes()
        for kind, paths in written.items()
        for path in paths
        if path.suffix[1:] in formats
    }
