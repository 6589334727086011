"""What ``cppp letter CASE outcome`` asks: the officer's own words to one child about what came of it all.

The program writes none of them. It lies at home afterwards, so it is read by the child and by both parents.
"""

from __future__ import annotations

from cppp_cli.questions.conditions import not_after_today
from cppp_cli.questions.model import Kind, Question, Script, Section

WRITTEN_ON = "written_on"
FIRST, CAME, NEXT, HOW, LAST = "first", "came_of_it", "next", "how", "last"

SCRIPT = Script(
    "letter-outcome",
    "A letter to a child",
    (
        Section(
            "Your own words",
            (
                Question(
                    WRITTEN_ON,
                    "Which day stands on the letter?",
                    Kind.DATE,
                    required=True,
                    lean="past",
                    check=not_after_today,
                    default=lambda view: view.facts.today.isoformat(),
                ),
                Question(
                    FIRST,
                    "What do you want to say to {child} first?",
                    Kind.LONG,
                    hint="Such as a thank-you for talking to you. Enter to begin with what came of it.",
                ),
                Question(
                    CAME,
                    "What came of it, in words for {child}?",
                    Kind.LONG,
                    required=True,
                    hint="Short sentences, no law words. What was heard, what was decided and what was not; nothing "
                    "{child} kept back, and nobody is to blame.",
                    why="A child who was asked should hear what came of the answer.",
                ),
                Question(
                    NEXT,
                    "What happens next?",
                    Kind.LONG,
                    required=True,
                    hint="Who decides what, and when {child} will hear of it. Only what you know.",
                ),
                Question(
                    HOW,
                    "What do you want to say about how {child} hears of it?",
                    Kind.LONG,
                    hint="Such as who reads this letter with {child}, or when you talk about it. Enter for nothing.",
                ),
                Question(LAST, "What do you want to say last?", Kind.LONG, hint="Enter for nothing."),
            ),
            say=(
                "The program writes none of this. The letter lies at home and is read by whoever opens it: write "
                "nothing that either parent may not read, no address, and no word of court papers. What both parents "
                "agreed is added in the words written for the children."
            ),
        ),
    ),
)
