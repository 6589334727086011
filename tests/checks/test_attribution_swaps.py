"""No two people can be exchanged unnoticed: in the record, in what a template is given, or in a template.

Some of every kind of exchange, in every document of both families; ``tests/benchmarks/safety.py attribution`` does all.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

from cppp_cli.store.file import open_file

sys.path.append(str(Path(__file__).parents[1]))
bench = importlib.import_module("benchmarks.safety_attribution")
families = importlib.import_module("benchmarks.safety_attribution_families")
swaps = importlib.import_module("benchmarks.safety_attribution_swaps")


@pytest.fixture(scope="module")
def rights(shelf, tmp_path_factory):
    """Every right document of both families, as the demo has them and in marked words."""
    from cppp_cli.commands import demo
    from cppp_cli.commands.office import Office
    from cppp_cli.store import officer

    home = tmp_path_factory.mktemp("swaps") / "home"
    db = open_file(shelf.take("filled", home), shelf.key)
    desk = demo.on_day(
        Office(home, db, officer.load(db), demo.WRITTEN_ON, demo._nine_oclock(demo.WRITTEN_ON)), demo.WRITTEN_ON
    )
    found = bench.rights_of(families.everything_of(desk, shelf.cases))
    db.close()
    return found


def test_nothing_is_found_in_any_right_document(rights):
    assert len(rights) == 32
    assert [(r.base.name, r.kind, f) for r in rights for f in r.base.findings(r.kind, r.read)] == []


def test_the_benchmark_writes_what_the_program_writes(rights):
    from cppp_cli.documents.mdenv import render

    for right in rights[:6]:
        assert right.written == render(families.TEMPLATE[right.kind], right.context, [families.TEMPLATES])


def test_people_exchanged_in_the_record_or_in_what_a_template_is_given_are_noticed(rights):
    score = bench.in_records(rights, every=41)
    assert score.missed == []
    assert set(score.counts) == {"report", "copy", "returned", "plan", "child plan", "timetable"}
    assert score.total("caught") > 40


def test_people_exchanged_in_a_template_are_noticed(rights):
    score = bench.in_templates(rights, every=23)
    assert score.missed == []
    assert score.total("caught") > 15


def test_there_are_exchanges_of_every_kind_in_every_template_that_names_somebody():
    names = {name for top in families.TEMPLATE.values() for name in swaps.included(top)}
    found = {name: list(swaps.template_swaps(name)) for name in names}
    assert {name for name, those in found.items() if not those} <= {"_notice.md.j2", "_own_order_answers.md.j2",
                                                                   "_own_recommendations.md.j2"}  # fmt: skip
    assert sum(map(len, found.values())) > 150
    for name, those in found.items():
        assert all(changed != families.SOURCES[name] for _, changed in those)


def test_an_exchange_that_is_not_caught_would_be_told(rights, monkeypatch):
    """The count itself can fail: without the check everything is missed."""
    monkeypatch.setattr(families, "attribution", lambda *_: ())
    few = [families.replace(right.base) for right in rights[:1]]
    score = bench.in_records([bench.Right(base, "child plan") for base in few], every=5)
    assert score.total("caught") == 0
    assert score.missed


def test_what_only_orders_a_list_otherwise_or_leaves_out_is_told_from_an_exchange(rights):
    right = next(r for r in rights if (r.base.name, r.kind) == ("family-1", "report"))

    def outcome(old, new):
        assert old in right.written
        return right._outcome(right.written.replace(old, new))

    assert outcome("father of Isla Ashdown and Theo Ashdown", "father of Theo Ashdown and Isla Ashdown") == "reordered"
    assert outcome("Isla was seen alone on 8 July 2026.", "") == "left out"
    assert outcome("Isla was seen alone", "Theo was seen alone") == "caught"
    assert outcome("### Leanne Ashdown", "### Daniel Ashdown") == "caught"
    assert outcome("proposed by Leanne Ashdown", "proposed by Daniel Ashdown") == "caught"
