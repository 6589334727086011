"""A confidential address, telephone number or e-mail that was typed into words a document prints."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cppp_cli.programme.case import Case

LEAST_SIGNS = 6  # letters and digits; a shorter piece would be found in words that have nothing to do with it
LEAST_DIGITS = 7  # of a telephone number


def confidential_details_in(texts: Iterable[str], case: Case) -> tuple[str, ...]:
    """Which confidential details of the adults stand in the texts, such as "the address of an adult on side B".

    Case, blanks and punctuation do not matter. Of an address, each part with a number in it counts by itself: the
    house and street, the postcode. A reworded address is not found.
    """
    joined = "\n".join(texts)
    signs = _signs(joined)
    digits = re.sub(r"\D", "", joined)
    found = []
    for adult in case.adults:
        details = (("address", adult.address), ("telephone number", adult.phone), ("e-mail", adult.email))
        for what, detail in details:
            if detail is not None and detail.confidential and _stands_in(what, detail.text, signs, digits):
                found.append(f"the {what} of an adult on side {adult.side}")
    return tuple(dict.fromkeys(found))


def _stands_in(what: str, detail: str, signs: str, digits: str) -> bool:
    if what == "telephone number":
        number = re.sub(r"\D", "", detail)
        return len(number) >= LEAST_DIGITS and number in digits
    parts = [detail] if what == "e-mail" else re.split(r"[,\n]", detail)
    wanted = [_signs(part) for part in parts if what == "e-mail" or re.search(r"\d", part)]
    return any(len(part) >= LEAST_SIGNS and part in signs for part in wanted)


def _signs(text: str) -> str:
    """Only the letters and digits, in one case."""
    return "".join(c for c in text.casefold() if c.isalnum())
