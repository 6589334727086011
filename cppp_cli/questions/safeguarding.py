"""A safeguarding note: the words used, taken down at once, and the steps to take. It enters no document."""

from __future__ import annotations

from cppp_cli.questions.model import YES_NO, Choice, Kind, Question, Script, Section

STEPS: tuple[str, ...] = (
    "Listen. Let the person tell it in their own time, and do not lead: no question that suggests its answer.",
    "Do not promise to keep it secret. Say what you must do next, in words the person understands.",
    "If somebody is in danger now, ring 999 before you write anything down.",
    "Write down the words used, by whom, when, where, and who was there, as soon as you can.",
    "Tell your manager today. If you cannot reach your manager, tell the duty manager.",
    "Decide with your manager whether to refer to the local authority's children's services. Note who took it.",
    "Before you tell a parent, think whether telling them could put a child or an adult at greater risk.",
    "Put it on the case record today, as Cafcass's policy asks. This note is not the case record.",
    "A risk of harm goes to the court in a risk assessment under section 16A of the Children Act 1989.",
    "That is a document of its own. This note is part of no document this program writes.",
    "Consider with your manager whether the programme can go on. If not: cppp case return.",
)

SCRIPT = Script(
    "safeguarding",
    "Safeguarding note",
    (
        Section(
            "Safeguarding note",
            (
                Question(
                    "words",
                    "What was said, in the words used?",
                    Kind.LONG,
                    required=True,
                    hint="Word for word, as “I” where the person said “I”. No summary and no tidying up.",
                    why="Others may have to rely on the exact words later.",
                ),
                Question("said_by", "Who said it?", hint="Or wrote, drew or showed it. Say so if you saw it yourself."),
                Question("said_when", "When was it said?", hint="Date and time, as near as you can."),
                Question("present", "Who was there?", hint="Everybody who may have heard or seen it."),
                Question("place", "Where was it?"),
                Question(
                    "asked",
                    "What had you asked or said just before?",
                    Kind.LONG,
                    hint="Your own words too, word for word. Nothing is an answer.",
                ),
                Question(
                    "told_next",
                    "What did you tell the person would happen next?",
                    Kind.LONG,
                    hint="Who you would tell, and when they would hear from you again.",
                ),
                Question(
                    "manager_told",
                    "Have you told your manager?",
                    Kind.CHOICE,
                    choices=(*YES_NO, Choice("not_yet", "not yet")),
                    hint="Today, before you do anything else with it.",
                ),
                Question(
                    "end_session",
                    "End the session here?",
                    Kind.CHOICE,
                    choices=YES_NO,
                    default=lambda view: "no",
                    required=True,
                    hint="Yes keeps everything answered so far and leaves. No goes back to the question you came from.",
                ),
            ),
            say="Kept with the time, never changed afterwards, in no document. Add another note when there is more.",
        ),
    ),
)
