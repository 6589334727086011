"""A template and what it may say become Markdown.

The rule of the whole environment: every printed value is escaped, and nothing in a template can be marked as safe.
Templates are edited in offices, so whatever is wrong with one is said in a sentence with its file and line.
"""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, Final

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
    pass_context,
)
from jinja2 import TemplateError as JinjaError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from cppp_cli.documents.filters import FILTERS, RefusedError, printed
from cppp_cli.errors import TemplateError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jinja2 import Environment
    from jinja2.runtime import Context

# Jinja's own filters that neither mark text as safe, nor write HTML, nor depend on chance.
_KEPT_FILTERS: Final = (
    *("abs", "batch", "capitalize", "count", "d", "default", "dictsort", "first", "groupby", "int", "items", "join"),
    *("last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "replace", "reverse", "round"),
    *("select", "selectattr", "slice", "sort", "sum", "title", "trim", "unique", "upper", "wordcount"),
)
# What a macro or a captured block returns counts as safe text in Jinja, and joined text would be escaped as HTML.
_REFUSED_NODES: Final = (
    *(nodes.Macro, nodes.CallBlock, nodes.FilterBlock, nodes.AssignBlock, nodes.Import, nodes.FromImport),
    *(nodes.MarkSafe, nodes.MarkSafeIfAutoescape, nodes.ScopedEvalContextModifier),
)
_CURLY_QUOTES: Final = re.compile("[“”‘’]")
_MANY_BLANK_LINES: Final = re.compile(r"\n{3,}")


def render(name: str, context: Mapping[str, object], folders: Sequence[Path]) -> str:
    """The Markdown of a template, ending in one line feed.

    Beside the context, a template has the filters of `filters.py`, `range`, and `n()`, which gives the number of the
    next numbered paragraph, from 1. Attributes of records, keys of mappings and items of tuples can be read; nothing
    can be changed, and no file outside the folders can be included.

    Args:
        name: the file name of the template, as seen from its folder.
        context: what the template may say.
        folders: where templates are looked for, the first that has it wins: the office's folder, then the shipped one.

    Raises:
        TemplateError: the template is not there, is written wrongly, or asks for something that is not in the
            context; the sentence says which file and line.
    """
    loader = BoundLoader(folders)
    environment = _make_environment(loader)
    try:
        text = environment.get_template(name).render(context)
    except TemplateError:
        raise
    except (JinjaError, RefusedError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
        raise TemplateError(explain(error, name, loader)) from None
    return _MANY_BLANK_LINES.sub("\n\n", text).strip("\n") + "\n"


class BoundLoader(FileSystemLoader):
    """Reads templates from its folders only, also when a link leads out of them, and remembers what it read."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__([str(folder) for folder in folders], encoding="utf-8-sig")
        self.roots = [folder.resolve() for folder in folders]
        self.names: dict[str, str] = {}  # path of the file -> name of the template
        self.sources: dict[str, str] = {}  # name of the template -> its text

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, remembered under its name."""
        try:
            source, filename, fresh = super().get_source(environment, template)
        except UnicodeDecodeError:
            raise TemplateError(f"{template} is not saved as UTF-8. Save it again with the encoding UTF-8.") from None
        real = Path(filename).resolve()
        if not any(real.is_relative_to(root) for root in self.roots):
            raise TemplateNotFound(template)
        self.names[filename] = template
        self.sources[template] = source
        return source, filename, fresh


class _Environment(ImmutableSandboxedEnvironment):
    """The sandbox, without the constructs that make text count as escaped."""

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for node in tree.find_all(_REFUSED_NODES):
            raise TemplateSyntaxError(
                "macros, imports and captured blocks are not used here; put shared wording into an include",
                node.lineno,
                name,
                filename,
            )
        return tree


class Missing(StrictUndefined):
    """Says only the name that is not there; the place is added by whoever reports it."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return self._undefined_hint or str(self._undefined_name)


def _make_environment(loader: BoundLoader) -> _Environment:
    environment = _Environment(
        loader=loader,
        autoescape=True,
        finalize=_finalize,
        undefined=Missing,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters = {name: environment.filters[name] for name in _KEPT_FILTERS} | dict(FILTERS)
    numbers = count(1)
    # The sandbox's own range stops at a sensible length; Python's does not.
    environment.globals = {"range": environment.globals["range"], "n": lambda: next(numbers)}
    return environment


@pass_context  # so that Jinja never works a value out while compiling, where it would escape it as HTML first
def _finalize(_context: Context, value: Any) -> Markup:  # noqa: ANN401  - whatever the template prints
    return Markup(printed(value))  # noqa: S704  - made by md_escape or by one of our filters


def explain(error: Exception, wanted: str, loader: BoundLoader) -> str:
    """The error in plain words, with the file and line it stands in."""
    if isinstance(error, TemplateNotFound):
        return f"There is no template called {error.name or wanted}. Check its name, or restore the shipped templates."
    if isinstance(error, TemplateSyntaxError):
        file, line = error.name or wanted, error.lineno
        what = _explain_syntax(error, _line_of(loader.sources.get(file, ""), line))
    else:
        file, line = _place(error, loader) or (wanted, 1)
        what = _explain_failure(error, loader.sources.get(file, ""))
    return f"{file}, line {line}: {what}. Correct the template and run the command again."


def _explain_syntax(error: TemplateSyntaxError, line: str) -> str:
    message = (error.message or "it is not written as a template").rstrip(".")
    if _CURLY_QUOTES.search(line) and "unexpected char" in message:
        return "there are curly quotation marks inside the braces; type straight ones"
    return message


def _explain_failure(error: Exception, source: str) -> str:
    if isinstance(error, RefusedError):
        return str(error)
    if isinstance(error, SecurityError):
        return "it does something that templates may not do"
    if isinstance(error, UndefinedError):
        # A name worked out from the case may be a person's; only what stands in the template itself is repeated.
        name = error.message or ""
        known = name.isidentifier() and name in source
        return f"there is nothing called '{name}' here" if known else "it asks for something that is not there"
    if isinstance(error, RecursionError):
        return "it includes itself"
    return "an expression cannot be worked out"


def _place(error: Exception, loader: BoundLoader) -> tuple[str, int] | None:
    """The innermost template on the way to the error, and the line there; Jinja gives neither for these errors."""
    found = None
    for frame, line in walk_tb(error.__traceback__):
        file = loader.names.get(frame.f_code.co_filename)
        if file is not None:
            found = (file, line)
    return found


def _line_of(source: str, number: int) -> str:
    rows = source.split("\n")
    return rows[number - 1] if 0 < number <= len(rows) else ""
