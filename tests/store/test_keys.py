from __future__ import annotations

import base64
import re
import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cppp_cli.errors import ConflictError, DamagedFileError, LockedError, NotFoundError
from cppp_cli.store import keys
from cppp_cli.store.keys import ALPHABET, GROUP_SYMBOLS, GROUPS, Key

SALT = bytes(range(16))
ONE = Key(bytes(range(100, 132)), SALT)

raws = st.binary(min_size=32, max_size=32)
positions = st.integers(0, GROUPS * GROUP_SYMBOLS - 1)


def symbols(key: Key) -> list[str]:
    return list(keys.recovery_text(key).replace("-", ""))


def groups_named(text: str) -> list[int]:
    """The groups that the error names."""
    with pytest.raises(LockedError) as caught:
        keys.read_recovery(text, SALT)
    named = re.search(r"mistake in groups? ([\d, and]+) of", str(caught.value))
    assert named, caught.value
    return [int(number) for number in re.findall(r"\d+", named[1])]


@given(raws)
def test_a_recovery_key_reads_back_as_the_key(raw):
    key = Key(raw, SALT)
    text = keys.recovery_text(key)
    assert keys.read_recovery(text, SALT) == key
    assert keys.looks_like_recovery(text)
    assert re.fullmatch(rf"([{ALPHABET}]{{5}}-){{12}}[{ALPHABET}]{{5}}", text)


@given(raws)
def test_the_four_leading_symbols_of_each_group_are_plain_base_32(raw):
    rfc = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    standard = base64.b32encode(raw).decode().rstrip("=").translate(str.maketrans(rfc, ALPHABET))
    groups = keys.recovery_text(Key(raw, SALT)).split("-")
    assert "".join(group[:4] for group in groups) == standard


@given(raws, st.sampled_from(["", " ", "  ", "\n", "\t", "–", "—", "\u00a0", "\u200b", "_", "−", " - "]), st.booleans())
def test_case_and_separators_do_not_matter(raw, separator, small):
    text = keys.recovery_text(Key(raw, SALT)).replace("-", separator)
    assert keys.read_recovery(text.lower() if small else text, SALT).raw == raw


@given(raws, st.data())
def test_letters_that_look_like_a_digit_are_read_as_the_digit(raw, data):
    looks = {"0": "0Oo", "1": "1IiLl", "8": "8Bb"}
    typed = [data.draw(st.sampled_from(looks.get(symbol, symbol))) for symbol in keys.recovery_text(Key(raw, SALT))]
    assert keys.read_recovery("".join(typed), SALT).raw == raw


@given(raws, positions, st.data())
def test_any_one_wrong_symbol_is_noticed_and_its_group_named(raw, position, data):
    typed = symbols(Key(raw, SALT))
    typed[position] = data.draw(st.sampled_from([symbol for symbol in ALPHABET if symbol != typed[position]]))
    assert groups_named("".join(typed)) == [position // GROUP_SYMBOLS + 1]
    assert keys.looks_like_recovery("".join(typed))


def test_every_wrong_symbol_at_every_place_of_one_key_is_noticed():
    good = symbols(ONE)
    noticed = 0
    for position, right in enumerate(good):
        for wrong in set(ALPHABET) - {right}:
            typed = [*good[:position], wrong, *good[position + 1 :]]
            noticed += groups_named("".join(typed)) == [position // GROUP_SYMBOLS + 1]
    assert noticed == 65 * 31


@given(raws, st.integers(0, GROUPS - 1), st.permutations(range(GROUP_SYMBOLS)))
def test_two_symbols_exchanged_inside_a_group_are_noticed(raw, group, order):
    typed = symbols(Key(raw, SALT))
    start, (one, other) = group * GROUP_SYMBOLS, order[:2]
    typed[start + one], typed[start + other] = typed[start + other], typed[start + one]
    if typed == symbols(Key(raw, SALT)):
        assert keys.read_recovery("".join(typed), SALT).raw == raw
    else:
        assert groups_named("".join(typed)) == [group + 1]


@given(raws, st.permutations(range(GROUPS)))
def test_two_groups_exchanged_are_noticed(raw, order):
    written = keys.recovery_text(Key(raw, SALT)).split("-")
    one, other = sorted(order[:2])
    written[one], written[other] = written[other], written[one]
    assert groups_named("-".join(written)) == [one + 1, other + 1]


@given(raws, positions)
def test_a_missing_symbol_is_counted_and_still_looks_like_a_recovery_key(raw, position):
    typed = symbols(Key(raw, SALT))
    del typed[position]
    with pytest.raises(LockedError, match="65 symbols in all, and 64 were typed"):
        keys.read_recovery("".join(typed), SALT)
    assert keys.looks_like_recovery("".join(typed))


def test_a_missing_group_is_named():
    written = keys.recovery_text(ONE).split("-")
    with pytest.raises(LockedError, match=r"60 were typed; .* beginning at group 5"):
        keys.read_recovery("-".join(written[:4] + written[5:]), SALT)
    with pytest.raises(LockedError, match="beginning at group 13"):
        keys.read_recovery("-".join(written[:-1]), SALT)


def test_symbols_after_the_last_group_are_noticed():
    with pytest.raises(LockedError, match=r"70 were typed; .* beginning at the end"):
        keys.read_recovery(keys.recovery_text(ONE) + "-22222", SALT)


def test_a_character_no_recovery_key_has_is_a_mistake_in_its_group():
    typed = symbols(ONE)
    typed[7] = "?"
    assert groups_named("".join(typed)) == [2]


def test_a_spare_bit_that_is_set_is_noticed():
    values = [ALPHABET.index(symbol) for symbol in symbols(ONE)[-5:-1]]
    values[-1] ^= 1
    last = [*values, keys._check(GROUPS - 1, values)]
    typed = symbols(ONE)[:-5] + [ALPHABET[value] for value in last]
    assert groups_named("".join(typed)) == [13]


def test_a_mistake_is_told_without_repeating_what_was_typed():
    typed = keys.recovery_text(ONE).split("-")
    typed[3] = "22222"
    with pytest.raises(LockedError) as caught:
        keys.read_recovery("-".join(typed), SALT)
    assert not [group for group in typed if group in str(caught.value)]


@pytest.mark.parametrize(
    "passphrase",
    [
        "",
        "correct horse battery staple",
        "acorn maple violin seven 7 8 9",
        "twelve words of a sentence that somebody might choose because it is long enough",
        "0123456789" * 3,
        "a" * 65,
        "(1) one! (2) two! (3) three! (4) four! (5) five! (6) six! (7) seven! (8) eight! (9)",
    ],
)
def test_a_passphrase_does_not_look_like_a_recovery_key(passphrase):
    assert not keys.looks_like_recovery(passphrase)


def test_a_key_does_not_show_when_it_is_printed():
    shown = f"{ONE!r} {ONE} {[ONE]} {(ONE,)!s}"
    assert shown == "Key() Key() [Key()] (Key(),)"


@pytest.mark.parametrize(("raw", "salt"), [(b"", SALT), (bytes(31), SALT), (bytes(32), b""), (bytes(33), SALT)])
def test_a_key_of_another_length_is_refused(raw, salt):
    with pytest.raises(ValueError, match="32 bytes"):
        Key(raw, salt)


def test_an_accent_opens_the_file_however_the_keyboard_sends_it():
    passphrase = "café crème brûlée"
    composed = keys.derive(passphrase, SALT)
    assert keys.derive(unicodedata.normalize("NFD", passphrase), SALT) == composed
    assert composed.salt == SALT


def test_characters_that_only_look_alike_stay_different(monkeypatch):
    monkeypatch.setattr(keys, "ROUNDS", 1)
    passphrases = ["fig 2", "\ufb01g 2", "fig \u00b2", "Fig 2", "fig 2 "]
    assert len({keys.derive(passphrase, SALT) for passphrase in passphrases}) == len(passphrases)


def test_each_new_key_has_its_own_salt(monkeypatch):
    monkeypatch.setattr(keys, "ROUNDS", 1)
    assert len({keys.make_key("acorn maple violin").salt for _ in range(5)}) == 5


def test_bytes_that_are_not_text_are_refused_without_the_passphrase_as_cause():
    with pytest.raises(LockedError, match="not text") as caught:
        keys.derive("acorn \udcff maple", SALT)
    assert caught.value.__suppress_context__
    assert "acorn" not in str(caught.value)


def test_the_salt_is_the_first_sixteen_bytes(tmp_path):
    path = tmp_path / "officer.db"
    path.write_bytes(SALT + b"x" * 100)
    assert keys.read_salt(path) == SALT


def test_a_missing_file_says_how_to_begin(tmp_path):
    with pytest.raises(NotFoundError, match="cppp init"):
        keys.read_salt(tmp_path / "officer.db")


@pytest.mark.parametrize(("content", "said"), [(b"", "is empty"), (b"short", "cut short")])
def test_a_file_too_short_for_a_salt_is_damaged(tmp_path, content, said):
    path = tmp_path / "officer.db"
    path.write_bytes(content)
    with pytest.raises(DamagedFileError, match=said):
        keys.read_salt(path)


def test_an_ordinary_database_is_told_apart(tmp_path):
    path = tmp_path / "officer.db"
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE t (a)")
    plain.close()
    with pytest.raises(DamagedFileError, match="without encryption"):
        keys.read_salt(path)


def test_what_cannot_be_read_is_a_conflict(tmp_path):
    with pytest.raises(ConflictError, match="cannot be read"):
        keys.read_salt(tmp_path)  # a folder: on every system opening it as a file is refused
