"""The file a parent saved from the form: read strictly, because it comes from anybody's computer. Pure.

No sentence of a refusal repeats anything that stands in the file.
"""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NoReturn

from cppp_cli.errors import AnswersError, BlockedError
from cppp_cli.programme.clean import clean
from cppp_cli.programme.parent_form import (
    KEY,
    LONGEST_BLANK,
    LONGEST_TEXT,
    SIDES,
    TOKEN,
    Answer,
    ChosenOption,
    ParentAnswers,
    ReviewWish,
    TopicAnswers,
    asked_blanks,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from cppp_cli.programme.parent_form import FormFor

FORM: Final = "cppp-parent-form"
VERSION: Final = 1
MOST_BYTES: Final = 5_000_000
REVIEW_MONTHS: Final = (3, 6, 12)
_MOST_MEMBERS: Final = 100  # topics, children of a topic, options of an answer, blanks of an option

_AGAIN: Final = "Ask the parent to save it again from the form and to send it unchanged."
_NOT_ONE: Final = (
    "This is not a file saved from a parent's form. Choose the file called my-answers-… that the form saved."
)
_THE_FORM: Final = "This is the form itself, not the answers. Choose the file called my-answers-… that the form saved."
_CUT: Final = f"The file of answers is damaged or was cut short, so nothing was read from it. {_AGAIN}"
_CHANGED: Final = (
    f"The file of answers holds something that the form does not write, so nothing was read from it. {_AGAIN}"
)
_TOO_LONG: Final = "An answer in the file is longer than the form allows, so nothing was read from it."
_TOO_LARGE: Final = "The file is larger than any file of answers can be, so it was not read."
_NEWER: Final = "The file was saved from a form that a newer cppp made. Update cppp, then read the file again."
_OTHER_FORM: Final = (
    "These answers are for another case or an older form, so nothing was read. "
    "Check whose file this is; if it is the right one, give this parent a new form."
)
_OTHER_SIDE: Final = "These answers are from the form of the other side, so nothing was read. Check whose file this is."
_UNFIT: Final = (
    "The answers name a topic, a child or wording that this parent's form does not have, so nothing was read. "
    "Give this parent a new form."
)


def parse(data: bytes | str) -> ParentAnswers:
    """The answers of a saved file.

    Line ends and a byte-order mark that a mail program or editor put in are not minded; any other change is noticed.

    Raises:
        AnswersError: it is not such a file, is damaged, cut, too large, from a newer form, or holds what none writes.
    """
    text = _decoded(data)
    found = _loaded(text)
    if not isinstance(found, dict) or found.get("form") != FORM:
        raise AnswersError(_NOT_ONE)
    version = found.get("version")
    if type(version) is int and version > VERSION:
        raise AnswersError(_NEWER)
    _need_undamaged(text, found)
    said = _members(found, {"form", "version", "token", "for", "saved_at", "answers", "check"}, all_of_them=True)
    if type(version) is not int or version != VERSION or said["for"] not in SIDES:
        _refuse()
    token = said["token"]
    if not isinstance(token, str) or not TOKEN.fullmatch(token):
        _refuse()
    answers = _members(said["answers"], {"topics", "review", "anything_else"})
    topics = _named(answers.get("topics", {}))
    return ParentAnswers(
        token=token,
        side=said["for"],
        saved_at=_moment(said["saved_at"]),
        topics=tuple(_topic(key, value) for key, value in topics.items()),
        review=_review(answers.get("review", {})),
        anything_else=_text(answers.get("anything_else", "")),
    )


def tied_to(answers: ParentAnswers, token: str, side: str) -> None:
    """Refuse answers to another form than the one given to this side of this case.

    Raises:
        BlockedError: they belong to another case, or to the other side.
    """
    if answers.token != token:
        raise BlockedError(_OTHER_FORM)
    if answers.side != side:
        raise BlockedError(_OTHER_SIDE)


def fits(answers: ParentAnswers, form: FormFor) -> None:
    """Refuse answers about what the form did not ask.

    Raises:
        AnswersError: a topic, child, option or blank is not one of the form's.
    """
    children = {"", *(child.key for child in form.children)}
    offered = {topic.key: {option.key: option for option in topic.options} for topic in form.topics}
    for entry in answers.topics:
        if entry.topic not in offered:
            raise AnswersError(_UNFIT)
        for answer in entry.answers:
            if answer.child not in children:
                raise AnswersError(_UNFIT)
            for chosen in answer.chosen:
                option = offered[entry.topic].get(chosen.key)
                if option is None or not {key for key, _ in chosen.typed} <= {
                    blank.key for blank in asked_blanks(option)
                }:
                    raise AnswersError(_UNFIT)


def _refuse() -> NoReturn:
    raise AnswersError(_CHANGED)


def _decoded(data: bytes | str) -> str:
    if len(data) > MOST_BYTES:
        raise AnswersError(_TOO_LARGE)
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data.removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise AnswersError(_NOT_ONE) from None
    return text.replace("\r\n", "\n")


def _loaded(text: str) -> object:
    start = text[:2000].lstrip().lower()
    if start.startswith(("<!doctype html", "<html")):
        raise AnswersError(_THE_FORM)
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=lambda _: _refuse())
    except (ValueError, RecursionError):
        raise AnswersError(_CUT if FORM in start else _NOT_ONE) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of the file; a name that stands twice would let one answer hide another."""
    found = dict(pairs)
    if len(found) != len(pairs):
        _refuse()
    return found


def _need_undamaged(text: str, found: Mapping[str, object]) -> None:
    """Compare the check the form wrote as the last member with the text before it."""
    covered = text[: max(text.rfind('"check"'), 0)].rstrip()
    digest = zlib.crc32(covered.removesuffix(",").encode("utf-8", "surrogatepass"))
    if found.get("check") != f"{digest:08x}":
        raise AnswersError(_CUT)


def _members(value: object, allowed: Collection[str], *, all_of_them: bool = False) -> dict[str, Any]:
    if not isinstance(value, dict) or not value.keys() <= set(allowed):
        _refuse()
    if all_of_them and len(value) != len(allowed):
        _refuse()
    return value


def _named(value: object) -> dict[str, Any]:
    """An object whose names are keys of the form."""
    if not isinstance(value, dict) or len(value) > _MOST_MEMBERS or not all(KEY.fullmatch(key) for key in value):
        _refuse()
    return value


def _text(value: object, longest: int = LONGEST_TEXT) -> str:
    if not isinstance(value, str):
        _refuse()
    if len(value) > longest:
        raise AnswersError(_TOO_LONG)
    text = clean(value)
    return text if text.strip() else ""


def _moment(value: object) -> datetime:
    try:
        if not isinstance(value, str):
            _refuse()
        moment = datetime.fromisoformat(value)
    except ValueError:
        _refuse()
    if moment.tzinfo is None:
        _refuse()
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        _refuse()


def _topic(key: str, value: object) -> TopicAnswers:
    said = _members(value, {"declined", "all", "children"})
    if "declined" in said:
        if said["declined"] is not True or len(said) != 1:
            _refuse()
        return TopicAnswers(key, declined=True)
    answers = [_answer("", said["all"])] if "all" in said else []
    answers += [_answer(child, inner) for child, inner in _named(said.get("children", {})).items()]
    kept = tuple(answer for answer in answers if answer != Answer(answer.child))
    if not kept:
        _refuse()
    return TopicAnswers(key, answers=kept)


def _answer(child: str, value: object) -> Answer:
    said = _members(value, {"options", "asked", "offered", "offer_may_be_told", "court_asked"})
    told, offered = said.get("offer_may_be_told"), _text(said.get("offered", ""))
    if told is not None and type(told) is not bool:
        _refuse()
    return Answer(
        child=child,
        chosen=tuple(_chosen(key, inner) for key, inner in _named(said.get("options", {})).items()),
        asked=_text(said.get("asked", "")),
        offered=offered,
        offer_may_be_told=told if offered else None,
        court_asked=_text(said.get("court_asked", "")),
    )


def _chosen(key: str, value: object) -> ChosenOption:
    typed = {blank: _text(inner, LONGEST_BLANK) for blank, inner in _named(value).items()}
    return ChosenOption(key, tuple((blank, text) for blank, text in typed.items() if text))


def _review(value: object) -> ReviewWish:
    said = _members(value, {"months", "words", "sooner"})
    months = said.get("months")
    if months is not None and (type(months) is not int or months not in REVIEW_MONTHS):
        _refuse()
    return ReviewWish(months, _text(said.get("words", "")), _text(said.get("sooner", "")))
