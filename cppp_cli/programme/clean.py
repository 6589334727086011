"""What typed text may hold. One rule, used where text comes in and again where it goes into a document."""

from __future__ import annotations

import re

# Marks that turn the reading direction round; with them a judge could be shown "yes" where "no" is stored.
# The two plain direction marks U+200E and U+200F stay: right-to-left names need them.
_TURNS_READING = re.compile("[\u202a-\u202e\u2066-\u2069]")

# Word's line mark and paragraph mark come in with pasted text.
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")

# Controls other than tab and line feed, halves of characters, and two code points no XML file can hold.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """The text as it was typed, without what a document cannot hold.

    Line ends become line feeds. Control characters and halves of characters become U+FFFD, which is visible, so that
    the officer sees that something stood there. Marks that reverse the reading direction are removed. Nothing else is
    touched: no trimming, no normalising. Cleaning twice gives the same as cleaning once.
    """
    turned = _TURNS_READING.sub("", text)
    return _UNPRINTABLE.sub(REPLACEMENT, _LINE_ENDS.sub("\n", turned))
