from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.programme.clean import clean

ANYTHING = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("a\x00b\x07c\x0cd\x7fe\x85f", "a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf"),
        ("half \ud83d and \udc00", "half \ufffd and \ufffd"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("\u202eno\u202c \u2066yes\u2069", "no yes"),
        ("\u200e\u200fאבג", "\u200e\u200fאבג"),
        ("  tab\there  ", "  tab\there  "),
        ("e\u0301 stays two characters", "e\u0301 stays two characters"),
        ("👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👨‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿"),
        ("", ""),
    ],
)
def test_known_texts(typed, kept):
    assert clean(typed) == kept


@given(ANYTHING)
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)


@given(ANYTHING)
def test_what_is_left_fits_any_xml_file(text):
    element = ET.Element("t")
    element.text = clean(text)
    assert ET.fromstring(ET.tostring(element)).text in {clean(text), None}
