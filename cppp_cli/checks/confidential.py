"""A confidential address, telephone number or e-mail that was typed into words a document prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cppp_cli.checks.leaks import details
from cppp_cli.programme.confidences import ADDRESS, EMAIL, TELEPHONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cppp_cli.programme.case import Case


def confidential_details_in(texts: Iterable[str], case: Case) -> tuple[str, ...]:
    """Which confidential details of the adults stand in the texts, such as "the address of an adult on side B".

    Each text is read by itself: a detail that goes on in the next is not found.
    """
    marks = [details.Marks([text]) for text in texts]
    found = []
    for adult in case.adults:
        for what, detail in ((ADDRESS, adult.address), (TELEPHONE, adult.phone), (EMAIL, adult.email)):
            if detail is None or not detail.confidential:
                continue
            if any(True for text in marks for _ in details.found(what, detail.text, text)):
                found.append(f"the {what} of an adult on side {adult.side}")
    return tuple(dict.fromkeys(found))
