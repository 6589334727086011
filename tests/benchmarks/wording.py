"""How often the wording check is right: run with ``python tests/benchmarks/wording.py``.

The clauses were written for the purpose, by somebody else than the rules, who labelled each bad one with the findings
it should get. The rules were tuned on one part and never on the other, which is held out: the figures that count are
those of the held-out part. Precision is the share of findings given that are right, recall the share of findings due
that are given. A good clause with any finding is a false alarm.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from proof.figures import Figure, table

from cppp_cli.checks import wording

CORPUS = Path(__file__).parents[1] / "checks" / "wording"
PARTS = {"tuning": "the tuning part", "held": "the held-out part"}
AT_LEAST_BAD = AT_LEAST_GOOD = 60  # clauses of each in all
AT_LEAST_HELD = 20


@dataclass
class Scores:
    """What came of one part."""

    bad: int = 0
    good: int = 0
    caught: int = 0
    """Bad clauses with at least one finding that is right."""
    exact: int = 0
    """Bad clauses with all the findings due and no other."""
    alarms: int = 0
    """Good clauses with any finding."""
    right: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)


def clauses(kind: str, part: str) -> list[dict[str, Any]]:
    """The clauses of one file."""
    found: list[dict[str, Any]] = tomllib.loads((CORPUS / f"{kind}_{part}.toml").read_text(encoding="utf-8"))["clause"]
    return found


def score(part: str) -> Scores:
    """Check every clause of a part."""
    scores = Scores()
    for kind in ("bad", "good"):
        for clause in clauses(kind, part):
            due = set(clause.get("findings", ()))
            given = {finding.id for finding in wording.check(clause["text"], clause.get("topic", ""))}
            scores.right.update(due & given)
            scores.extra.update(given - due)
            scores.missed.update(due - given)
            if kind == "bad":
                scores.bad += 1
                scores.caught += bool(due & given)
                scores.exact += due == given
            else:
                scores.good += 1
                scores.alarms += bool(given)
    return scores


def share(part: int, whole: int) -> str:
    """A share in per cent, with its count."""
    return f"{100 * part / whole:5.1f} % ({part}/{whole})" if whole else "none due"


def lines(scores: Scores) -> list[Figure]:
    """The figures of one part."""
    right, extra, missed = (sum(each.values()) for each in (scores.right, scores.extra, scores.missed))
    flagged = scores.caught + scores.alarms
    found = [
        Figure("findings: precision", share(right, right + extra)),
        Figure("findings: recall", share(right, right + missed)),
        Figure("clauses: precision (questioned ones that are bad)", share(scores.caught, flagged)),
        Figure("clauses: recall (bad ones that are questioned)", share(scores.caught, scores.bad)),
        Figure("bad clauses with exactly the findings due", share(scores.exact, scores.bad)),
        Figure("good clauses questioned: false alarms", share(scores.alarms, scores.good)),
    ]
    for kind in wording.IDS:
        hits = scores.right[kind]
        precision = share(hits, hits + scores.extra[kind]).strip()
        recall = share(hits, hits + scores.missed[kind]).strip()
        found.append(Figure(f"  {kind}: precision, recall", f"{precision}, {recall}"))
    return found


def speed(rounds: int) -> Figure:
    """Clauses of the tuning part in a second of the processor, whatever else the machine does."""
    texts = [(clause["text"], clause["topic"]) for kind in ("bad", "good") for clause in clauses(kind, "tuning")]
    for text, topic in texts:
        wording.check(text, topic)
    began = time.process_time()
    for _ in range(rounds):
        for text, topic in texts:
            wording.check(text, topic)
    return Figure(
        "clauses checked in a second of the processor", f"{rounds * len(texts) / (time.process_time() - began):,.0f}"
    )


def sizes(found: dict[str, Scores]) -> list[Figure]:
    """Whether there are as many clauses as were promised."""
    bad, good = sum(each.bad for each in found.values()), sum(each.good for each in found.values())
    figures = [
        Figure("bad clauses", f"{bad}", holds=bad >= AT_LEAST_BAD),
        Figure("good clauses", f"{good}", holds=good >= AT_LEAST_GOOD),
    ]
    if held := found.get("held"):
        least = min(held.bad, held.good)
        figures.append(Figure("of each held out", f"{held.bad} and {held.good}", holds=least >= AT_LEAST_HELD))
    return figures


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """As a part of the proof: both parts one after the other."""
    found = {part: score(part) for part in PARTS}
    figures = sizes(found)
    for part, title in PARTS.items():
        figures += [Figure(f"{title}: {each.label.strip()}", each.figure, each.holds) for each in lines(found[part])]
    return [*figures, speed(5 if quick else 20)]


def main() -> None:
    """Score and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, help="one part only; both when it is left out")
    options = parser.parse_args()
    found = {part: score(part) for part in ([options.part] if options.part else PARTS)}
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    for part, scores in found.items():
        print(f"\n{table(f'{PARTS[part]}: {scores.bad} bad and {scores.good} good clauses', lines(scores))}")
    print(f"\n{table('all', [*(sizes(found) if len(found) > 1 else []), speed(20)])}")


if __name__ == "__main__":
    main()
