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
import re
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
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
)
from cppp_cli.errors import TemplateError
from proof.figures import Figure, counted

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


def in_records(rights):
    """Every exchange in the record and in what a template is given."""
    score = Score()
    swapped = {id(base): list(record_swaps(base)) for base in {id(r.base): r.base for r in rights}.values()}
    for right in rights:
        for label, other in swapped[id(right.base)]:
            right.judge(score, label, other.written(right.kind))
        for label, context in context_swaps(right.context):
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
    """Each first name inside typed words exchanged for its counterpart's, one place at a time: caught by any finding."""
    score = Score()
    for right in rights:
        if "marked" in right.base.name:
            continue
        typed = {words.text for words in right.base.cast.words if not words.owners}
        for name, other in right.others.items():
            if not isinstance(name, str) or " " in name:
                continue
            for found in re.finditer(rf"\b{re.escape(name)}\b", right.written):
                line = " ".join(right.written[right.written.rfind("\n", 0, found.start()) :].split("\n")[1].split())
                if not any(words in line.replace("\\", "") for words in typed):
                    continue
                written = right.written[: found.start()] + other + right.written[found.end() :]
                read = right.base.read(written)
                # The officer typed it so: the record has the slip as well, and only doubt can find it.
                caught = [f for f in _typed_so(right, found[0], other, read)]
                score.add(right.kind, "caught" if caught else "missed")
    return score


def _typed_so(right, name, other, read):
    return right.base.findings(right.kind, read)


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


def figures(part: str) -> list[Figure]:
    """Every figure; the material is in one piece, so the part is not looked at."""
    rights = rights_of(bases())
    wrong = sum(len(right.base.findings(right.kind, right.read)) for right in rights)
    typed = in_typed_text(rights)
    caught, due = typed.total("caught"), typed.total("caught") + typed.total("missed")
    return [
        Figure("right documents read", f"{len(rights)}"),
        counted("findings on right documents", wrong, exactly=0),
        *lines("exchanged by reference", in_records(rights)),
        *lines("exchanged in a template", in_templates(rights)),
        Figure(
            "a name inside typed text: told of (no claim)",
            f"{100 * caught / due:.0f} % ({caught}/{due})" if due else "none",
        ),
    ]


def misses(part: str) -> list[str]:
    """What was not caught."""
    rights = rights_of(bases())
    return [*in_records(rights).missed, *in_templates(rights).missed]


if __name__ == "__main__":
    from proof.figures import table

    print(table("attribution", figures("all")))
