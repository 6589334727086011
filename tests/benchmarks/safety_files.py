"""Confidences in real files: written as the program writes a document, read back as it reads one, and looked for."""

from __future__ import annotations

import io
from datetime import datetime
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.safety_corpus import AUDIENCE, FAMILIES, confidences, neutrals
from benchmarks.safety_places import as_file_name, groups, halves

from cppp_cli.checks.leaks import leaks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.safety_corpus import Told
    from benchmarks.safety_leaks import Scores

HOUSE_STYLE = Path(__file__).parents[2] / "templates" / "house-style.docx"
PICTURE = "drawing.png"
LONGEST_PROPERTY = 255  # characters; a longer one is cut when it is written
EVERY = 2
"""One text in so many is put into files; all of them would take minutes and show no more."""
HEAD = """\
<!-- table: widths=18,60,22 caption="Sessions" -->
| Date | What was said | Who came |
| --- | --- | --- |
"""
WORD, MARKDOWN = "in a Word file", "in a Markdown file"
# Where each confidence of a document stands, by the kinds of passage that may be named.
BODY = ("text", "text", "row", "alternative text", "quote")
BEYOND = ("header", "property", "name")  # of a Word file; the first and the last words of a long one stay whole


def search_files(scores: Scores, part: str) -> None:
    """Put a sample of the texts into files and look for them there."""
    from benchmarks.safety_leaks import texts

    for family in FAMILIES:
        held = [each.confidence for each in confidences(part) if each.family == family]
        calm = [each.words for each in neutrals(part) if each.family == family and not each.near]
        for kind, name, rows in texts(family, part):
            for group in groups(rows[:: EVERY if len(rows) > EVERY else 1], len(BODY) + len(BEYOND)):
                _look(scores, (kind, name), group, held, calm)


def _look(scores: Scores, key: tuple[str, str], group: Sequence[tuple[Told, str]], held: list, calm: list[str]) -> None:
    from cppp_cli.documents.read_back import passages

    inside, beyond = group[: len(BODY)], group[len(BODY) :]
    markdown = document([text for _, text in inside], calm)
    name = as_file_name(beyond[2][1]) if len(beyond) > 2 else "report.docx"
    for place, file, data, there in (
        (WORD, name, word_file(markdown, [text for _, text in beyond]), group),
        (MARKDOWN, "report.md", markdown.encode(), inside),
    ):
        hits = {(leak.confidence.ref, leak.passage.kind) for leak in leaks(passages(file, data), held, AUDIENCE)}
        for (told, text), kind in zip(there, (*BODY, *BEYOND), strict=False):
            if kind == "property" and len(text) > LONGEST_PROPERTY:
                continue
            scores.planted[*key, place] += 1
            if (told.ref, kind) in hits:
                scores.caught[*key, place] += 1
            else:
                scores.missed.append((*key, f"{place}, {kind}", told.ref))


def document(texts: Sequence[str], calm: Sequence[str]) -> str:
    """The Markdown of a document that says each text at a place of its own."""
    from cppp_cli.documents.md_escape import md_escape

    neutral = cycle(map(md_escape, calm))
    inside, split, cell, picture, quote = (list(texts) + ["Nothing is said here."] * len(BODY))[: len(BODY)]
    first, second = map(md_escape, halves(split))
    return "\n\n".join(
        [
            "# Report to the court",
            "## Work done",
            f"1. {next(neutral)} {md_escape(inside)} {next(neutral)}",
            f"2. {next(neutral)}",
            f"3. {next(neutral)} {first}",
            f"4. {second} {next(neutral)}",
            f"{HEAD}| 8 July 2026 | {md_escape(cell)} | {next(neutral)} |",
            "## The children",
            f"5. {next(neutral)}",
            f"> {md_escape(quote)}",
            f"6. {next(neutral)}",
            f"![{md_escape(' '.join(picture.split()))}]({PICTURE})",
            f"7. {next(neutral)}",
            "",
        ]
    )


def word_file(markdown: str, texts: Sequence[str]) -> bytes:
    """The Word file of a document, with texts in its header and in a property."""
    from cppp_cli.documents.docx_fields import DocFields
    from cppp_cli.documents.md2docx import to_docx

    header, subject, *_ = [*texts, "Report to the court", "Positive co-Parenting Programme"]
    fields = DocFields(
        title="Report to the court",
        subject=subject if len(texts) > 1 else "Positive co-Parenting Programme",
        author="Ruth Adeyemi",
        case_number="ZE26P01234",
        classification="CONFIDENTIAL",
        short_title=header if texts else "Report to the court",
        status="DRAFT",
        created=datetime(2026, 8, 6, 9, 0),  # noqa: DTZ001 - a time as the case states it
    )
    return to_docx(markdown, HOUSE_STYLE.read_bytes(), fields, {PICTURE: _picture()})


@cache
def _picture() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "PNG")
    return out.getvalue()
