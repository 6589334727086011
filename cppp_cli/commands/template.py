"""``cppp template``: the wording of the documents. An office's copy wins over the shipped one."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cppp_cli import paths
from cppp_cli.commands.ways import JsonOption
from cppp_cli.errors import ConflictError, CpppError, NotFoundError, TemplateError
from cppp_cli.show import envelope, note, result, table

if TYPE_CHECKING:
    from cppp_cli.commands.office import Office

app = typer.Typer(help="The wording of the documents.", no_args_is_help=True)


def _shipped() -> list[str]:
    return sorted(path.name for path in paths.shipped_templates().iterdir() if path.is_file())


@app.command("list")
def list_(ctx: typer.Context, *, as_json: JsonOption = False) -> None:
    """List the templates, and which of them your office has changed."""
    own = paths.office_templates(paths.home())
    rows = [(name, "your office's" if (own / name).exists() else "shipped") for name in _shipped()]
    if as_json:
        result(envelope("template list", [{"template": name, "used": used} for name, used in rows]))
    else:
        table(("Template", "Used"), rows, plain=bool(ctx.obj))


@app.command()
def copy(name: Annotated[str, typer.Argument(help="As cppp template list shows it.")]) -> None:
    """Copy a shipped template into your templates folder, to be edited there."""
    if name not in _shipped():
        raise NotFoundError(f"There is no template “{name}”. Type cppp template list to see the names.")
    own = paths.office_templates(paths.home())
    target = own / name
    if target.exists():
        raise ConflictError("Your office already has a copy of this template. It was left as it is.")
    paths.make_private_folder(own)
    shutil.copyfile(paths.shipped_templates() / name, target)
    result(f"Copied to {target}")
    note("Edit it in a plain text editor (house-style.docx in Word), then type cppp template check.")


@app.command()
def check(*, as_json: JsonOption = False) -> None:
    """Write every document of two made-up families with your templates, and say what is wrong and where."""
    from cppp_cli.commands.demo import office

    own = paths.office_templates(paths.home())
    with tempfile.TemporaryDirectory(prefix="cppp-check-") as folder, office(Path(folder) / "file") as desk:
        if own.exists():
            shutil.copytree(own, paths.office_templates(desk.home))
        problem = _problem(desk, Path(folder) / "documents")
    if problem:
        raise problem  # told, and put into an envelope, where all errors are
    if as_json:
        result(envelope("template check", {"well": True}))
    note("Every template is well: each document was written in both formats.")


def _problem(desk: Office, out: Path) -> CpppError | None:
    """What stops the documents from being written; None when they are."""
    from cppp_cli.commands.demo import run, run_returned
    from cppp_cli.commands.nights_files import read_bands

    try:
        run(desk, out)
        run_returned(desk, out)
        _draw_form(desk)
        read_bands()
    except TemplateError as error:
        return error
    return None


def _draw_form(desk: Office) -> None:
    """The form for a parent of each made-up family, without keeping it."""
    from cppp_cli.commands.agreement_form import form_for
    from cppp_cli.documents.parent_form import render
    from cppp_cli.programme.parent_form import new_token
    from cppp_cli.store import cases

    folders = [paths.office_templates(desk.home), paths.shipped_templates()]
    for summary in cases.listed(desk.db):
        case = cases.load(desk.db, cases.find(desk.db, summary.reference))
        render(form_for(desk, case, "A", new_token(bytes(8))), folders)
