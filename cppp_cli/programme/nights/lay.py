"""Laying a calendar out: the letter of every night of a window, and why it is that letter."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from cppp_cli.errors import UsageProblemError
from cppp_cli.programme.nights.occasions import Piece, holiday_pieces, pattern_letter, special_pieces, swap_pieces
from cppp_cli.programme.nights.rules import Layer
from cppp_cli.programme.nights.words import pattern_words, piece_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cppp_cli.programme.nights.rules import Calendar

EARLIEST, LATEST = 1900, 4000
"""The years that can be laid out; Easter is not known much further."""

UPPER: Final = (Layer.HOLIDAY, Layer.SPECIAL, Layer.SWAP)
_NOTHING: Final = -1


@dataclass(frozen=True, slots=True)
class Said:
    """What one layer says of a night."""

    layer: Layer
    letter: str
    words: str


@dataclass(frozen=True, slots=True)
class Why:
    """Why a night is with whom it is: the layer and rule that decided it, and what the lower layers would have said.

    ``lower`` goes from the nearest layer below to the normal pattern, and holds only layers that say anything.
    """

    day: date
    letter: str
    layer: Layer
    words: str
    lower: tuple[Said, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Nights:
    """The nights of a window, and which rule spoke of each in every layer.

    Attributes:
        calendar: what was laid out.
        first: the first night's date.
        letters: one for each night, by date.
        pieces: the runs of nights the rules of the upper layers spoke of.
        spoken: for each upper layer the index in ``pieces`` of what it says of each night, or -1.
    """

    calendar: Calendar
    first: date
    letters: str
    pieces: tuple[Piece, ...]
    spoken: tuple[array[int], ...]

    @property
    def days(self) -> int:
        """How many nights there are."""
        return len(self.letters)

    @property
    def last(self) -> date:
        """The last night's date."""
        return self.first + timedelta(days=self.days - 1)

    def on(self, day: date) -> str:
        """The letter of one night.

        Raises:
            UsageProblemError: the date is not in the window.
        """
        return self.letters[self._place(day)]

    def layer(self, day: date) -> Layer:
        """The layer that decided a night.

        Raises:
            UsageProblemError: the date is not in the window.
        """
        return self.layer_at(self._place(day))

    def layer_at(self, place: int) -> Layer:
        """The layer that decided the night at a place, counted from 0."""
        for layer, spoken in zip(reversed(UPPER), reversed(self.spoken), strict=True):
            if spoken[place] != _NOTHING:
                return layer
        return Layer.PATTERN

    def follows_pattern(self, place: int) -> bool:
        """Whether the night at a place, counted from 0, goes by the normal pattern, by itself or within a holiday."""
        layer = self.layer_at(place)
        if layer is Layer.PATTERN:
            return True
        return layer is Layer.HOLIDAY and not self.pieces[self.spoken[0][place]].letter

    def explain(self, day: date) -> Why:
        """Why a night is with whom it is.

        Raises:
            UsageProblemError: the date is not in the window.
        """
        place = self._place(day)
        normal = pattern_letter(self.calendar, day.toordinal())
        said = [Said(Layer.PATTERN, normal, pattern_words(self.calendar, day))]
        for layer, spoken in zip(UPPER, self.spoken, strict=True):
            if spoken[place] != _NOTHING:
                piece = self.pieces[spoken[place]]
                said.append(Said(layer, piece.letter or normal, piece_words(self.calendar, piece)))
        decided = said.pop()
        return Why(day, decided.letter, decided.layer, decided.words, tuple(reversed(said)))

    def _place(self, day: date) -> int:
        place = day.toordinal() - self.first.toordinal()
        if not 0 <= place < self.days:
            raise UsageProblemError("That date is outside the nights that were counted. Choose one within them.")
        return place


def lay(calendar: Calendar, first: date, days: int) -> Nights:
    """The nights of a calendar, ``days`` of them from the night of ``first``.

    Raises:
        UsageProblemError: there is no night to lay out, or it is too far away.
    """
    if days < 1:
        raise UsageProblemError("There is at least one night to count. Type a number from 1.")
    start = first.toordinal()
    stop = start + days
    if first.year < EARLIEST or stop > date(LATEST, 12, 31).toordinal():
        raise UsageProblemError(f"Nights are counted in the years from {EARLIEST} to {LATEST}. Choose nearer dates.")
    cycle = calendar.letters
    offset = (start - calendar.starts_on.toordinal()) % len(cycle)
    normal = (cycle * ((offset + days) // len(cycle) + 1))[offset : offset + days].encode("ascii")
    held = bytearray(normal)
    pieces: list[Piece] = []
    spoken = tuple(
        _put_over(held, normal, start, found, pieces)
        for found in (
            holiday_pieces(calendar, start, stop),
            special_pieces(calendar, start, stop),
            swap_pieces(calendar),
        )
    )
    return Nights(calendar, first, held.decode("ascii"), tuple(pieces), spoken)


def _put_over(held: bytearray, normal: bytes, start: int, found: Iterable[Piece], pieces: list[Piece]) -> array[int]:
    """Put one layer's pieces over the letters so far, and note which piece spoke of which night."""
    days = len(held)
    spoken = array("i", [_NOTHING]) * days
    for piece in found:
        low, high = max(piece.first - start, 0), min(piece.stop - start, days)
        if low < high:
            held[low:high] = piece.letter.encode("ascii") * (high - low) if piece.letter else normal[low:high]
            spoken[low:high] = array("i", [len(pieces)]) * (high - low)
            pieces.append(piece)
    return spoken
