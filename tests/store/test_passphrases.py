from __future__ import annotations

import math
import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from xkcdpass import xkcd_password

from cppp_cli.errors import LockedError
from cppp_cli.store import keys, passphrases


@pytest.mark.parametrize(
    "passphrase",
    [
        "acorn maple violin kettle",
        "Why do 7 otters juggle turnips?",
        "purée ångström żółw łódka",
        "vmQ4-tzK9-rWp2-hYc7",
        "x#" * 9 + "kettle of otters" * 6,
    ],
)
def test_a_good_passphrase_passes(passphrase):
    assert passphrases.judge(passphrase) is None


@pytest.mark.parametrize(
    ("passphrase", "said"),
    [
        ("", "at least 12 characters"),
        ("short1!", "at least 12 characters"),
        ("vmQ4tzK9rWp", "at least 12 characters"),
        ("aaaaaaaaaaaaaaaa", "guessed too soon"),
        ("password12345", "guessed too soon"),
        ("qwertyuiopasdf", "guessed too soon"),
        ("a" * 500, "guessed too soon"),
        ("acorn maple violin kettle ", "begin or end with a blank"),
        ("\tacorn maple violin kettle", "begin or end with a blank"),
        ("acorn\tmaple violin kettle", "cannot be seen"),
        ("acorn maple\u200bviolin kettle", "cannot be seen"),
    ],
)
def test_a_bad_passphrase_is_told_why(passphrase, said):
    assert said in (passphrases.judge(passphrase) or "")


def test_words_about_the_officer_do_not_count():
    passphrase = "zelenka cafcass thornbury"
    assert passphrases.judge(passphrase) is None
    assert "guessed too soon" in (passphrases.judge(passphrase, ["Zelenka Thornbury", "Cafcass"]) or "")
    assert passphrases.judge(f"{passphrase} kettle violin otter", ["Zelenka Thornbury", "Al", ""]) is None


def test_a_passphrase_with_the_form_of_a_recovery_key_is_refused():
    text = keys.recovery_text(keys.Key(os.urandom(32), os.urandom(16)))
    assert "recovery key" in (passphrases.judge(text) or "")


@given(st.text(min_size=4, max_size=90))
def test_what_is_wrong_is_told_without_repeating_the_passphrase(passphrase):
    said = passphrases.judge(passphrase)
    assert said is None or passphrase not in said


def test_an_offered_passphrase_is_six_listed_words_and_would_be_accepted():
    listed = set(passphrases.words())
    offers = [passphrases.offer() for _ in range(20)]
    assert len(set(offers)) == len(offers)
    for offered in offers:
        assert len(offered.split(" ")) == 6
        assert listed.issuperset(offered.split(" "))
        assert passphrases.judge(offered) is None
        assert not keys.looks_like_recovery(offered)


def test_the_words_offered_carry_sixty_bits():
    listed = passphrases.words()
    assert len(set(listed)) == len(listed)
    assert passphrases.WORDS_OFFERED * math.log2(len(listed)) >= 60


def test_the_words_offered_are_short_plain_and_not_unkind():
    listed = passphrases.words()
    assert all(re.fullmatch("[a-z]{3,5}", word) for word in listed)
    for word in ("abuse", "groom", "harm", "hurt", "grief", "lying", "slit", "mom", "womb", "fetal", "gray", "yo-yo"):
        assert word not in listed


def test_every_word_left_out_is_on_the_list_it_is_left_out_of():
    shipped = set(xkcd_password.generate_wordlist("eff-short", min_length=3, max_length=9, valid_chars="[a-z]"))
    left_out = [*passphrases._UNKIND.split(), *passphrases._AMERICAN.split()]
    assert len(left_out) == len(set(left_out))
    assert shipped.issuperset(left_out)
    assert len(shipped) == len(left_out) + len(passphrases.words())


def test_words_are_drawn_with_the_random_numbers_of_the_operating_system():
    import random

    assert xkcd_password.rng is random.SystemRandom


@pytest.mark.parametrize(
    ("content", "read"),
    [
        (b"acorn maple", "acorn maple"),
        (b"acorn maple\n", "acorn maple"),
        (b"acorn maple\r\n", "acorn maple"),
        (b"acorn maple\n\n", "acorn maple\n"),
        (b" acorn maple \n", " acorn maple "),
        (b"\xef\xbb\xbfacorn maple\r\n", "acorn maple"),
        ("purée\n".encode(), "purée"),
    ],
)
def test_a_file_gives_its_passphrase_without_the_last_line_end(tmp_path, content, read):
    place = tmp_path / "passphrase"
    place.write_bytes(content)
    assert passphrases.supplied({"CPPP_PASSPHRASE_FILE": str(place)}) == read


def test_the_file_goes_before_the_variable(tmp_path):
    place = tmp_path / "passphrase"
    place.write_bytes(b"from the file\n")
    both = {"CPPP_PASSPHRASE_FILE": str(place), "CPPP_PASSPHRASE": "from the variable"}
    assert passphrases.supplied(both) == "from the file"
    assert passphrases.supplied({"CPPP_PASSPHRASE": "from the variable"}) == "from the variable"
    assert passphrases.supplied({"CPPP_PASSPHRASE_FILE": "", "CPPP_PASSPHRASE": "x"}) == "x"


@pytest.mark.parametrize("environ", [{}, {"CPPP_PASSPHRASE": ""}, {"CPPP_PASSPHRASE_FILE": ""}, {"PATH": "x"}])
def test_nothing_supplied_is_none(environ):
    assert passphrases.supplied(environ) is None


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "cannot be read"), (b"\xff\xfea\x00", "cannot be read"), (b"", "is empty"), (b"\n", "is empty")],
)
def test_a_file_that_gives_no_passphrase_is_told_without_its_name(tmp_path, content, said):
    place = tmp_path / "alex-passphrase"
    if content is not None:
        place.write_bytes(content)
    with pytest.raises(LockedError, match=said) as caught:
        passphrases.supplied({"CPPP_PASSPHRASE_FILE": str(place), "CPPP_PASSPHRASE": "not used instead"})
    assert "alex" not in str(caught.value)
    assert caught.value.__cause__ is None
