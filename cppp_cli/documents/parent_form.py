"""The form for one parent: a single HTML file that asks nothing of a network and works on paper without its script.

An environment of its own: here the printed text is HTML, so Jinja's own escaping is on for everything, and only the
style, the script and the facts for the script go in as they are. The page's policy allows these two by their digests.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final

from jinja2 import TemplateError as JinjaError
from jinja2 import pass_context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from cppp_cli.documents.mdenv import BoundLoader, Missing, explain
from cppp_cli.errors import TemplateError
from cppp_cli.programme.clean import clean
from cppp_cli.programme.dates import say_date
from cppp_cli.programme.parent_form import LONGEST_BLANK, LONGEST_TEXT, asked_blanks
from cppp_cli.programme.parent_form_file import FORM, MOST_BYTES, VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from jinja2.runtime import Context

    from cppp_cli.programme.clause import Blank, Clause
    from cppp_cli.programme.parent_form import FormChild, FormFor

TEMPLATE: Final = "parent_form.html.j2"
STYLE: Final = "parent_form.css"
SCRIPT: Final = "parent_form.js"
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")


def render(form: FormFor, folders: Sequence[Path]) -> str:
    """The form as one HTML page.

    Args:
        form: what it may show; nothing else gets in.
        folders: where the template, its style and its script are looked for, the first that has one wins.

    Raises:
        TemplateError: one of them is not there, or the template is written wrongly; says which file and line.
    """
    loader = BoundLoader(folders)
    environment = ImmutableSandboxedEnvironment(
        loader=loader,
        autoescape=True,
        finalize=_finalize,
        undefined=Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    try:
        style, script = (_as_is(environment, loader, name) for name in (STYLE, SCRIPT))
        return environment.get_template(TEMPLATE).render(
            form=form,
            names=form.names(),
            parts=partial(_parts, form),
            asked_blanks=asked_blanks,
            example=_example,
            made_on=say_date(form.made_on),
            answers_file=answers_file(form),
            longest_text=LONGEST_TEXT,
            longest_blank=LONGEST_BLANK,
            style=style,
            script=script,
            facts=_facts(form),
            policy=_policy(style, script),
        )
    except TemplateError:
        raise
    except (JinjaError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
        raise TemplateError(explain(error, TEMPLATE, loader)) from None


def file_name(form: FormFor) -> str:
    """The name of the form's file: for which side, so that no parent is given the other's; it names nobody."""
    return f"form-{form.side}-{form.short_token}.html"


def answers_file(form: FormFor) -> str:
    """The name under which the page saves a parent's answers."""
    return f"my-answers-{form.short_token}.json"


@pass_context  # so that Jinja never works a value out while compiling
def _finalize(_context: Context, value: Any) -> Any:  # noqa: ANN401 - whatever the template prints
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _as_is(environment: ImmutableSandboxedEnvironment, loader: BoundLoader, name: str) -> Markup:
    """A style or script that stands in the page as it is written; its digest is of these very characters.

    Raises:
        TemplateError: it would end its own element.
    """
    text = loader.get_source(environment, name)[0].replace("\r\n", "\n").replace("\r", "\n")
    if f"</{'style' if PurePath(name).suffix == '.css' else 'script'}" in text.lower() or "<!--" in text:
        raise TemplateError(f"{name} ends too early. Take the closing tag or comment out of it and try again.")
    return Markup(text)  # noqa: S704 - from the templates folder, nothing of a case is in it


def _policy(style: str, script: str) -> str:
    """What the page may load and run: its own style and script, and nothing else from anywhere."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")


def _facts(form: FormFor) -> Markup:
    """What the script needs to know; no letter of it can end the element it stands in."""
    return htmlsafe_json_dumps(
        {
            "form": FORM,
            "version": VERSION,
            "token": form.token,
            "side": form.side,
            "file": answers_file(form),
            "most_bytes": MOST_BYTES,
        },
        dumps=json.dumps,
    )


def _parts(form: FormFor, clause: Clause, child: FormChild | None) -> list[tuple[str, Blank | None]]:
    """Ready-made wording cut at its blanks: text, then the blank after it; the children are named in the text."""
    blanks = {blank.key: blank for blank in asked_blanks(clause)}
    names = form.names([child.key] if child else [])
    parts: list[tuple[str, Blank | None]] = []
    text = ""
    for index, piece in enumerate(_PLACE.split(clause.words)):
        if index % 2 == 0:
            text += piece
        elif piece in blanks:
            parts.append((text, blanks[piece]))
            text = ""
        else:
            text += names
    return [*parts, (text, None)]


def _example(blank: Blank) -> str:
    """What a blank might be completed with, as a sentence says it."""
    with suppress(ValueError):
        return say_date(date.fromisoformat(blank.example))
    return blank.example
