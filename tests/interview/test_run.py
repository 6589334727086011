"""The loop on a small script: what each reply leads to, as a table of (what is asked, what is replied)."""

from __future__ import annotations

from datetime import date

import pytest

from cppp_cli.errors import BlockedError, ConflictError, NotSavedError, PictureError, StoppedError
from cppp_cli.interview.asking import Command, Left, reserved
from cppp_cli.interview.run import Desk, interview
from cppp_cli.programme.answers import Answer, Gap
from cppp_cli.questions.model import YES_NO, Choice, Each, Facts, Kind, Question, Repeat, Script, Section
from cppp_cli.questions.read import LONG_LIMIT, TEXT_LIMIT
from cppp_cli.store.sheets import MemorySheet

B, S, K, WHY, R, STOP = (
    Command.BACK,
    Command.SAVE,
    Command.SKIP,
    Command.WHY,
    Command.REVIEW,
    Command.STOP,
)
FACTS = Facts(date(2026, 8, 6))
GAPS = [gap for gap in Gap if gap is not Gap.BLANK]


def not_before_start(value, view):
    start = view.text("start")
    return f"The start is {start}. Type a later day." if start and value < start else None


def far_away(value, view):
    return "that is a long way." if value == "Bo" else None


def nine(_view):
    return "09:00"


def two_days(_view):
    return "mon", "tue"


TRIP = Script(
    "trip",
    "A trip",
    (
        Section(
            "Who goes",
            (
                Question("name", "Your name", required=True, caution=far_away),
                Question("story", "Your story", Kind.LONG, why="Because it is yours.", hint="All of it."),
                Question("way", "Which way?", Kind.CHOICE, choices=(Choice("sea", "by sea"), Choice("air", "by air"))),
                Question("ship", "Which ship?", when=lambda view: view.text("way") == "sea"),
                Question("bags", "Which bags?", Kind.MANY, choices=(Choice("b", "big"), Choice("s", "small"))),
            ),
            say="Read this first.",
        ),
        Section(
            "When",
            (
                Question("start", "From when?", Kind.DATE, required=True),
                Question("end", "Until when?", Kind.DATE, check=not_before_start),
                Question("hour", "At what time?", Kind.TIME, default=nine),
                Question("seats", "How many seats?", Kind.NUMBER, most=10, hint="From 0 to 10."),
                Question("photo", "Which photograph?", Kind.PICTURE),
            ),
        ),
        Section(
            "With whom",
            (
                Question("friends_come", "Do friends come?", Kind.CHOICE, choices=YES_NO, required=True),
                Repeat(
                    "friends",
                    "Friend",
                    (Question("name", "Friend's name", required=True), Question("food", "What do they eat?")),
                    another="Another friend?",
                    when=lambda view: view.text("friends_come") == "yes",
                ),
                Each("days", "Day", (Question("plan", "What then?"),), over=two_days),
            ),
        ),
    ),
)
# One row for each question, in order; the third column is what is then kept.
ROWS = (
    ("name", "Your name", "Ann", "Ann"),
    ("story", "Your story", "Once\n\nupon a time", "Once\n\nupon a time"),
    ("way", "Which way?", "sea", "sea"),
    ("ship", "Which ship?", " The Ark ", "The Ark"),
    ("bags", "Which bags?", ("s", "b"), ("s", "b")),
    ("start", "From when?", "7 September 2026", "2026-09-07"),
    ("end", "Until when?", "2026-09-09", "2026-09-09"),
    ("hour", "At what time?", "2.15pm", "14:15"),
    ("seats", "How many seats?", "3", 3),
    ("photo", "Which photograph?", "us.jpg", 7),
    ("friends_come", "Do friends come?", "yes", "yes"),
    ("friends.1.name", "Friend's name", "Bo", "Bo"),
    ("friends.1.food", "What do they eat?", "", Gap.BLANK),
    ("friends.1.more", "Another friend?", "yes", "yes"),
    ("friends.2.name", "Friend's name", "Cy", "Cy"),
    ("friends.2.food", "What do they eat?", "Figs", "Figs"),
    ("friends.2.more", "Another friend?", "no", "no"),
    ("days.mon.plan", "What then?", "Sail", "Sail"),
    ("days.tue.plan", "What then?", "Rest", "Rest"),
)
ASKED = [(text, reply) for _, text, reply, _ in ROWS]
KEPT = {path: Answer(gap=kept) if isinstance(kept, Gap) else Answer(kept) for path, _, _, kept in ROWS}
PATHS = list(KEPT)
REVIEW = "Type a number to change that answer"


def filled(*but):
    """A sheet with every answer but some."""
    return MemorySheet({path: answer for path, answer in KEPT.items() if path not in but})


@pytest.fixture
def talk(play):
    def hold(*rows, sheet=None, **more):
        return play.talk(TRIP, rows, sheet=sheet, facts=FACTS, **more)

    return hold


def row(path):
    """What is asked at a path and what is replied."""
    return ASKED[PATHS.index(path)]


def test_from_the_first_question_to_the_review(talk):
    told = talk(*ASKED, (REVIEW, ""))
    assert told.end is True
    assert told.answers == KEPT
    assert told.said.count("Read this first.") == 1
    assert "Monday 7 September 2026" in told.said  # a date is said back with its weekday


def test_a_caution_is_told_and_the_answer_kept(talk):
    told = talk(("Your name", "Bo"), ("Your story", S))
    assert "Note: that is a long way." in told.said
    assert told.answers == {"name": Answer("Bo")}


@pytest.mark.parametrize("path", PATHS)
def test_back_then_on_to_the_first_open_question(talk, path):
    place = PATHS.index(path)
    if place == 0:
        told = talk((row(path)[0], B), (row(path)[0], S))
        assert "This is the first question." in told.said
        return
    sheet = MemorySheet(dict(list(KEPT.items())[:place]))
    before = PATHS[place - 1]
    told = talk((row(path)[0], B), row(before), (row(path)[0], S), sheet=sheet)
    assert told.answers == dict(list(KEPT.items())[:place])


def test_back_twice_and_forward_again_asks_nothing_that_is_answered(talk):
    sheet = MemorySheet(dict(list(KEPT.items())[:5]))
    told = talk(("From when?", B), ("Which bags?", B), ("Which ship?", "Titania"), ("From when?", S), sheet=sheet)
    assert told.answers["ship"] == Answer("Titania")
    assert told.answers["bags"] == KEPT["bags"]


def test_answers_that_no_longer_apply_are_set_aside_until_the_review_is_accepted(talk):
    sheet = filled()
    told = talk((REVIEW, "11"), ("Do friends come?", "no"), (REVIEW, S), sheet=sheet)
    assert told.answers == KEPT | {"friends_come": Answer("no")}
    shown = told.said[told.said.index("No longer asked") :]
    for words in (
        "Friend 1 · Friend's name: Bo",
        "Friend 2 · What do they eat? Figs",
        "Friend 1 · Another friend? yes",
    ):
        assert words in shown

    told = talk((REVIEW, "11"), ("Do friends come?", "yes"), (REVIEW, S), sheet=sheet)
    assert told.answers == KEPT, "changed back before the review: all is there again"

    told = talk((REVIEW, "11"), ("Do friends come?", "no"), (REVIEW, ""), sheet=sheet)
    assert told.end is True
    assert not [path for path in told.answers if path.startswith("friends.")]


def test_accepting_the_review_from_the_middle_ends_the_interview(talk):
    sheet = filled()
    told = talk((REVIEW, "11"), ("Do friends come?", "no"), (REVIEW, "1"), ("Your name", R), (REVIEW, ""), sheet=sheet)
    assert told.end is True
    assert "friends.1.name" not in told.answers


def test_an_answer_that_another_has_overtaken_is_asked_again(talk):
    later = [("From when?", "1 October 2026"), ("Until when?", "2 October 2026"), (REVIEW, "")]
    told = talk((REVIEW, "6"), *later, sheet=filled())
    assert told.end is True
    assert told.answers["end"] == Answer("2026-10-02")
    assert "Asked again" in told.said
    assert "Type a later day." in told.said


def test_a_required_question_that_holds_a_gap_is_asked(talk):
    sheet = filled("name")
    sheet.put("name", Answer(gap=Gap.NOT_KNOWN))
    told = talk(("Your name", "Ann"), (REVIEW, ""), sheet=sheet)
    assert told.answers == KEPT


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("way", [S, Left(), Left("half a sentence"), Left("  "), Left(":b")], ids=repr)
def test_leaving_keeps_the_answers_and_what_stood_in_the_field(talk, path, way):
    place = PATHS.index(path)
    before = dict(list(KEPT.items())[:place])
    told = talk((row(path)[0], way), sheet=MemorySheet(before))
    assert told.end == "left"
    assert told.answers == before
    kept = "half a sentence" if isinstance(way, Left) and way.typed == "half a sentence" else ""
    assert told.sheet.unfinished(path) == kept
    again = talk((row(path)[0], S), sheet=told.sheet)
    if kept:
        assert again.officer.prompts[0].current == kept
        assert "typed and not yet saved" in again.said
    else:
        assert "typed and not yet saved" not in again.said


def test_leaving_a_field_as_it_was_leaves_no_unfinished_words(talk):
    told = talk((REVIEW, "2"), ("Your story", Left("Once\n\nupon a time")), sheet=filled())
    assert not told.sheet.unfinished("story")


def test_words_that_were_given_are_no_longer_unfinished(talk):
    sheet = filled("story")
    talk(("Your story", Left("Once")), sheet=sheet)
    talk(("Your story", "Once more"), (REVIEW, ""), sheet=sheet)
    assert not sheet.unfinished("story")
    assert sheet.answers()["story"] == Answer("Once more")


@pytest.mark.parametrize("path", ["story", "way", "bags", "end", "hour", "seats", "photo", "friends.1.food"])
@pytest.mark.parametrize("gap", GAPS)
def test_skipping_asks_why_and_keeps_the_reason(talk, play, path, gap):
    told = talk((row(path)[0], K), (play.gap_asked, gap.value), (REVIEW, S), sheet=filled(path))
    assert told.answers[path] == Answer(gap=gap)
    assert "(" + gap.label + ")" in told.said


def test_a_reason_that_is_none_of_the_list_is_asked_for_again(talk, play):
    told = talk(("Your story", K), (play.gap_asked, "dunno"), ("Your story", S), sheet=filled("story"))
    assert "not discussed" in told.said
    assert "story" not in told.answers


@pytest.mark.parametrize(
    ("word", "leads_to"),
    [(B, "Your story"), (WHY, "Your story"), (R, REVIEW), (STOP, "Your story")],
)
def test_the_other_words_work_while_a_skip_is_explained(talk, play, word, leads_to):
    told = talk(("Your story", K), (play.gap_asked, word), (leads_to, S), sheet=filled("story"))
    assert "story" not in told.answers


@pytest.mark.parametrize("path", ["name", "start", "friends_come", "friends.1.name", "friends.2.more"])
def test_required_questions_cannot_be_skipped_or_left_blank(talk, path):
    text = row(path)[0]
    told = talk((text, K), (text, ""), (text, S), sheet=filled(path))
    assert "cannot be skipped" in told.said
    assert "This one is needed." in told.said
    assert path not in told.answers


@pytest.mark.parametrize("path", PATHS)
def test_why_is_told_at_every_question(talk, path):
    text = row(path)[0]
    told = talk((text, WHY), (text, S), sheet=filled(*PATHS[PATHS.index(path) :]))
    expected = {"story": "Because it is yours.", "seats": "From 0 to 10."}
    assert expected.get(path, "There is no more to say") in told.said


@pytest.mark.parametrize("path", PATHS)
def test_a_concern_ends_the_interview_or_asks_the_same_again(talk, path):
    text, sheet = row(path)[0], filled(*PATHS[PATHS.index(path) :])
    assert talk((text, STOP), (text, S), sheet=sheet).end == "left"
    assert talk((text, STOP), sheet=sheet, concern=lambda: True).end is False
    assert talk((text, R), (REVIEW, STOP), sheet=sheet, concern=lambda: True).end is False
    assert sheet.answers() == dict(list(KEPT.items())[: PATHS.index(path)])


def test_the_review_lists_every_question_with_its_number_and_answer(talk):
    told = talk(("What then?", R), (REVIEW, S), sheet=filled("days.tue.plan"))
    for line in (
        "1. Your name: Ann",
        "2. Your story: Once upon a time",
        "3. Which way? by sea",
        "5. Which bags? small, big",
        "6. From when? Monday 7 September 2026",
        "10. Which photograph? attached (picture 7)",
        "13. Friend 1 · What do they eat? (left blank)",
        "19. Day · What then? (not answered yet)",
    ):
        assert line in told.said


@pytest.mark.parametrize("number", range(1, len(ROWS) + 1))
def test_a_number_at_the_review_leads_to_that_question_and_back(talk, number):
    told = talk((REVIEW, str(number)), ASKED[number - 1], (REVIEW, ""), sheet=filled())
    assert told.end is True
    assert told.answers == KEPT


@pytest.mark.parametrize("typed", ["0", "20", "-1", "1.5", "²", "½", "one", "1 2", ":", "٢٣", WHY, K])
def test_what_is_no_number_at_the_review_is_told(talk, typed):
    told = talk((REVIEW, typed), (REVIEW, ""), sheet=filled())
    assert told.end is True
    assert "Type a number from 1 to 19, or just Enter." in told.said
    assert told.answers == KEPT


def test_the_words_at_the_review(talk):
    last = ("What then?", "Rest")
    assert talk((REVIEW, B), last, (REVIEW, R), (REVIEW, STOP), (REVIEW, S), sheet=filled()).end == "left"


def test_a_picture_is_attached_once_and_its_absence_is_an_answer(talk):
    attached = []

    def attach(path):
        attached.append(path)
        if path != "us.jpg":
            raise PictureError("There is no readable file at that place.")
        return 7

    rows = [("Which photograph?", "them.jpg"), ("Which photograph?", "us.jpg"), (REVIEW, "10")]
    told = talk(*rows, ("Which photograph?", "7"), (REVIEW, ""), sheet=filled("photo"), attach=attach)
    assert attached == ["them.jpg", "us.jpg"]
    assert told.answers == KEPT
    told = talk(("Which photograph?", ""), (REVIEW, ""), sheet=filled("photo"), attach=attach)
    assert told.answers["photo"] == Answer(gap=Gap.BLANK)


@pytest.mark.parametrize(
    ("path", "typed"),
    [("name", "x" * (TEXT_LIMIT + 1)), ("name", "two\nlines"), ("story", "x" * (LONG_LIMIT + 1))],
)
def test_words_that_are_refused_stand_in_the_field_again(talk, path, typed):
    text = row(path)[0]
    told = talk((text, typed), (text, S), sheet=filled(path))
    assert told.officer.prompts[1].current == typed
    assert path not in told.answers


def test_another_window_that_answers_meanwhile_is_not_overwritten(talk):
    sheet = filled("story", "way", "ship")

    def other_window(prompt):
        if prompt.text == "Your story" and "story" not in sheet.answers():
            sheet.put("story", Answer("Told elsewhere"))

    rows = [
        ("Your story", "Told here"),
        ("Your story", "Told elsewhere, and here"),
        ("Which way?", "air"),
        (REVIEW, ""),
    ]
    told = talk(*rows, sheet=sheet, watch=other_window)
    assert "Told elsewhere" in told.said
    assert told.officer.prompts[1].current == "Told here", "what was typed here is still in the field"
    assert told.answers["story"] == Answer("Told elsewhere, and here")


def test_another_window_that_skips_or_answers_alike_is_no_hindrance(talk, play):
    sheet = filled("story", "way", "ship")

    def other_window(prompt):
        if prompt.text == "Your story":
            sheet.put("story", Answer("Told"))

    told = talk(("Your story", "Told"), ("Which way?", "air"), (REVIEW, ""), sheet=sheet, watch=other_window)
    assert told.end is True

    sheet.drop(["story"])
    rows = [("Your story", K), (play.gap_asked, "declined"), ("Your story", "Told"), (REVIEW, "")]
    assert talk(*rows, sheet=sheet, watch=other_window).answers["story"] == Answer("Told")


@pytest.mark.parametrize("word", list(Command))
def test_a_reserved_word_counts_only_alone(word):
    assert reserved(word) is word
    assert reserved(f"  {word.upper()} \n") is word
    for text in (
        f"x {word}",
        f"{word} x",
        f"{word}\nmore",
        f"more\n{word}",
        f"{word}{word}",
        f"“{word}”",
        word[1:],
        ":",
        "",
    ):
        assert reserved(text) is None


def test_a_text_that_holds_a_reserved_word_is_kept_as_typed(talk):
    typed = ":b\nmore\n:s"
    told = talk(("Your story", typed), (REVIEW, ""), sheet=filled("story"))
    assert told.answers["story"] == Answer(typed)


class Interrupted(MemorySheet):
    """Ctrl-C comes while an answer is being saved, which undoes that."""

    def put(self, path, answer):
        if path == "story" and not vars(self).setdefault("pressed", False):
            self.pressed = True
            raise KeyboardInterrupt
        super().put(path, answer)


def test_ctrl_c_between_two_prompts_is_leaving_too(talk):
    sheet = Interrupted({"name": Answer("Ann")})
    told = talk(("Your story", "Once"), sheet=sheet)
    assert told.end == "left"
    assert told.answers == {"name": Answer("Ann"), "story": Answer("Once")}


def test_leaving_says_that_all_is_saved_and_how_to_come_back(play):
    desk = Desk(play.Officer(("Your name", S)), lambda: None, int, lambda: False, "cppp again")
    with pytest.raises(StoppedError, match=r"^Saved\. Nothing is lost\. To go on: cppp again$") as left:
        interview(TRIP, MemorySheet(), FACTS, desk)
    assert left.value.exit_code == 130


class Gone(MemorySheet):
    """Discarded in another window: what is put on it goes nowhere."""

    def put(self, path, answer):
        assert path
        assert answer

    def keep_unfinished(self, path, typed):
        assert path
        assert isinstance(typed, str)


def test_a_sheet_discarded_in_another_window_is_told_at_the_first_answer(talk):
    with pytest.raises(ConflictError, match="discarded in another window"):
        talk(("Your name", "Ann"), sheet=Gone())


class Needed(MemorySheet):
    """Holds somebody of whom another record speaks."""

    def drop(self, paths):
        if any(path.startswith("friends.") for path in paths):
            raise BlockedError("Bo is spoken of elsewhere. Answer yes again.")


def test_an_answer_that_cannot_be_left_out_is_told_at_the_review(talk):
    rows = [(REVIEW, "11"), ("Do friends come?", "no"), (REVIEW, ""), (REVIEW, "11"), ("Do friends come?", "yes")]
    told = talk(*rows, (REVIEW, ""), sheet=Needed(KEPT))
    assert "Bo is spoken of elsewhere." in told.said
    assert told.answers == KEPT


def test_words_typed_at_a_list_are_said_back(talk):
    rest = ("Which way?", S)
    told = talk(("Which way?", "and then he\x1b[2J left"), rest, sheet=filled("way"))
    assert "You typed “and then he" in told.said
    told = talk(("Which bags?", ("b", "red")), ("Which bags?", S), sheet=filled("bags"))
    assert "You typed “b, red”. Choose one of: big, small." in told.said


def test_a_command_below_other_words_is_kept_as_words_and_told(talk):
    told = talk(("Your story", "Once\n:s"), (REVIEW, S), sheet=filled("story"))
    assert "the last line was kept as words" in told.said
    assert told.answers["story"] == Answer("Once\n:s")


def test_a_prompt_says_whether_it_may_be_left_blank(talk):
    told = talk(*ASKED, (REVIEW, ""))
    optional = {prompt.text: prompt.optional for prompt in told.officer.prompts}
    assert not optional["Your name"]
    assert optional["Your story"]


class Trouble(MemorySheet):
    """A disk that is full for the first tries."""

    def __init__(self, tries, kept=None):
        super().__init__(kept)
        self.tries = tries

    def put(self, path, answer):
        self._try()
        super().put(path, answer)

    def keep_unfinished(self, path, typed):
        if typed:
            self._try()
        super().keep_unfinished(path, typed)

    def _try(self):
        if self.tries:
            self.tries -= 1
            raise NotSavedError("The disk is full; make room on it, then try again.")


def test_an_answer_that_could_not_be_saved_stands_in_the_field_until_it_is(talk):
    told = talk(("Your name", "Ann"), ("Your name", "Ann"), ("Your name", "Ann"), ("Your story", S), sheet=Trouble(2))
    assert told.said.count("The disk is full") == 2
    assert [prompt.current for prompt in told.officer.prompts if prompt.text == "Your name"] == [None, "Ann", "Ann"]
    assert told.answers == {"name": Answer("Ann")}


def test_leaving_over_an_answer_that_could_not_be_saved_does_not_say_saved(play):
    desk = Desk(play.Officer(("Your name", "Ann"), ("Your name", S)), lambda: None, int, lambda: False, "cppp again")
    with pytest.raises(StoppedError, match=r"^Stopped\. The last answer could not be saved; everything before it is\."):
        interview(TRIP, Trouble(9), FACTS, desk)


def test_words_left_in_the_field_of_a_full_disk_are_not_called_saved(play):
    desk = Desk(play.Officer(("Your name", Left("An"))), lambda: None, int, lambda: False, "cppp again")
    with pytest.raises(StoppedError, match=r"^Stopped\. The last answer could not be saved"):
        interview(TRIP, Trouble(9), FACTS, desk)
