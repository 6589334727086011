"""A confidential address, telephone number or e-mail that was typed into words a document prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cppp_cli.programme.case import Case

LEAST_SIGNS = 6  # letters and digits; a shorter piece would be found in words that have nothing to do with it
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
LEAST_DIGITS = 7  # of a telephone number


def confidential_details_in(texts: Iterable[str], case: Case) -> tuple[str, ...]:
    """Which confidential details of the adults stand in the texts, such as "the address of an adult on side B".

    Case, blanks and punctuation do not matter. Of an address, each part with a number in it counts by itself: the
    house and street, the postcode. A reworded address is not found.
    """
    typed = list(texts)
    signs = [_signs(text) for text in typed]
    digits = [re.sub(r"\D", "", text) for text in typed]
    found = []
    for adult in case.adults:
        details = (("address", adult.address), ("telephone number", adult.phone), ("e-mail", adult.email))
        for what, detail in details:
            if detail is None or not detail.confidential:
                continue
            within = digits if what == "telephone number" else signs
            if any(piece in text for piece in _pieces(what, detail.text) for text in within):
                found.append(f"the {what} of an adult on side {adult.side}")
    return tuple(dict.fromkeys(found))


def _pieces(what: str, detail: str) -> list[str]:
    """What of a detail would give it away, each long enough not to be found by chance."""
    if what == "telephone number":
        number = re.sub(r"\D", "", detail)
        return [number] if len(number) >= LEAST_DIGITS else []
    if what == "e-mail":
        return [_signs(detail)]
    numbered = [part for part in re.split(r"[,\n]", detail) if re.search(r"\d", part)]
    parts = (_signs(part) for part in (*numbered, *POSTCODE.findall(detail.upper())))
    return [part for part in parts if len(part) >= LEAST_SIGNS]


def _signs(text: str) -> str:
    """Only the letters and digits, in one case."""
    return "".join(c for c in text.casefold() if c.isalnum())
