"""Whether nobody is misnamed: a part of ``python tests/benchmarks/safety.py``, or run by itself.

Two people are exchanged, one exchange at a time, while the check knows the right record:

- in the record: names, roles, relations, consents, sessions, statements, letters, positions, whom an entry is for, nights;
- in what a template is given: every field of every two records that stand side by side;
- in every template: each index of a side, each reference to a person or record, each printed name.

An exchange counts when it changes what the document says. What only orders a list otherwise ("Theo and Isla"), and what
only leaves something out, misnames nobody; both are counted apart. An exchange is caught when the check finds something
that stands in the way of the document. Inside typed text names stay as typed, so of those a rate is told and no more.
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.safety_attribution_families import TEMPLATE, Pen, everything_of
from benchmarks.safety_attribution_swaps import (
    context_swaps,
    included,
    leaves_out,
    meaning,
    others_of,
    record_swaps,
    template_swaps,
    typed_swaps,
)
from proof.figures import Figure, counted

from cppp_cli.errors import TemplateError

REQUIRED = ("findings on right documents", "exchanged")


@dataclass
class Score:
    """What came of the exchanges of one kind, by document."""

    counts: dict[str, Counter] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    def add(self, kind: str, what: str) -> None:
        """Count one."""
        self.counts.setdefault(kind, Counter())[what] += 1

    def total(self, what: str) -> int:
        """How many of a kind over all documents."""
        return sum(counts[what] for counts in self.counts.values())


class Right:
    """The right document of a family and kind, read once."""

    def __init__(self, base, kind):
        self.base, self.kind = base, kind
        self.context = base.context(kind)
        self.written = base.written(kind, context=self.context)
        self.read = base.read(self.written)
        self.said = meaning(self.read, base)
        self.others = others_of(base, self.context)
        self._known = {self.written: ""}

    def judge(self, score, label, written):
        """Count whether a document in which somebody was exchanged is caught; one that says the same is none."""
        if written not in self._known:
            self._known[written] = self._outcome(written)
        outcome = self._known[written]
        if outcome:
            score.add(self.kind, outcome)
        if outcome == "missed":
            score.missed.append(f"{self.base.name}, {self.kind}: {label}")

    def _outcome(self, written):
        read = self.base.read(written)
        said = meaning(read, self.base)
        if said == self.said:
            return "reordered"
        if leaves_out(said, self.said):
            return "left out"
        return "caught" if any(finding.blocks for finding in self.base.findings(self.kind, read)) else "missed"


def rights_of(bases):
    """Every right document."""
    return [Right(base, kind) for base in bases for kind in base.kinds]


def in_records(rights, every=1):
    """Every exchange in the record and in what a template is given, or one of so many."""
    score = Score()
    swapped = {id(base): list(record_swaps(base)) for base in {id(r.base): r.base for r in rights}.values()}
    for right in rights:
        for label, other in swapped[id(right.base)][::every]:
            right.judge(score, label, other.written(right.kind))
        for label, context in islice(context_swaps(right.context), 0, None, every):
            try:
                right.judge(score, label, right.base.written(right.kind, context=context))
            except TemplateError:
                score.add(right.kind, "refused")
    return score


def in_templates(rights, every=1):
    """Every exchange in a template, or one of so many."""
    score, pen, at = Score(), Pen(), 0
    for name in sorted(set().union(*(included(name) for name in TEMPLATE.values()))):
        concerned = [right for right in rights if name in included(TEMPLATE[right.kind])]
        for label, text in template_swaps(name):
            at += 1
            if at % every:
                continue
            pen.change(name, text)
            for right in concerned:
                try:
                    written = right.base.written(right.kind, {**right.context, "other": right.others}, pen)
                except TemplateError:
                    score.add(right.kind, "refused")
                    continue
                right.judge(score, label, written)
            pen.change(name)
    return score


def in_typed_text(rights):
    """Names exchanged where they were typed, so that the record has the slip too: told of by any finding, or not."""
    score = Score()
    for base in {id(right.base): right.base for right in rights if "marked" not in right.base.name}.values():
        before = {kind: base.written(kind) for kind in base.kinds}
        for kind_of_words, what, other in typed_swaps(base):
            changed = [kind for kind in base.kinds if other.written(kind) != before[kind]]
            if changed:
                told = any(other.findings(kind, other.read(other.written(kind))) for kind in changed)
                score.add(f"{kind_of_words}, {what}", "caught" if told else "missed")
    return score


def bases():
    """Both families, from a throw-away file."""
    from cppp_cli import paths
    from cppp_cli.commands import demo, report
    from cppp_cli.commands.ways import Ways

    with (
        tempfile.TemporaryDirectory(prefix="cppp-attribution-") as home,
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
        demo.office(Path(home) / "home") as desk,
    ):
        ids = {}
        for step, day in demo.STEPS:
            for family in demo.FAMILIES:
                demo.log_step(demo.on_day(desk, day), family, step, ids)
        for family in demo.FAMILIES:
            words = Ways(str(paths.examples() / family / "report.toml"), no_input=True)
            report.take_own_words(desk, ids[family], words)
        return everything_of(demo.on_day(desk, demo.WRITTEN_ON), ids)


def lines(what, score):
    """The figures of one kind of exchange."""
    found = []
    for kind, counts in score.counts.items():
        due = counts["caught"] + counts["missed"]
        if due:
            found.append(
                Figure(f"{what}: {kind}: caught", f"{counts['caught']:,} of {due:,}", holds=not counts["missed"])
            )
    found.append(Figure(f"{what}, only ordering a list otherwise", f"{score.total('reordered'):,}"))
    found.append(Figure(f"{what}, only leaving something out", f"{score.total('left out'):,}"))
    found.append(Figure(f"{what}, refused by the template itself", f"{score.total('refused'):,}"))
    return found


def rates(score):
    """How often a slip in typed text is told of; nothing is demanded of it."""
    return [
        Figure(
            f"typed text, no claim: {kind}: told of",
            f"{100 * caught / (caught + missed):.0f} % ({caught}/{caught + missed})",
        )
        for kind, counts in sorted(score.counts.items())
        for caught, missed in [(counts["caught"], counts["missed"])]
    ]


def figures(part: str) -> list[Figure]:
    """Every figure; the material is in one piece, so the part is not looked at."""
    rights = rights_of(bases())
    wrong = sum(len(right.base.findings(right.kind, right.read)) for right in rights)
    return [
        Figure("right documents read", f"{len(rights)}"),
        counted("findings on right documents", wrong, exactly=0),
        *lines("exchanged by reference", in_records(rights)),
        *lines("exchanged in a template", in_templates(rights)),
        *rates(in_typed_text(rights)),
    ]


def misses(part: str) -> list[str]:
    """What was not caught."""
    rights = rights_of(bases())
    return [*in_records(rights).missed, *in_templates(rights).missed]


if __name__ == "__main__":
    from proof.figures import table

    print(table("attribution", figures("all")))
