from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime, time

import pytest
from markupsafe import Markup

from cppp_cli.documents.mdenv import render
from cppp_cli.errors import TemplateError


@dataclass(frozen=True)
class Child:
    name: str
    age: int


@dataclass(frozen=True)
class Case:
    number: str
    children: tuple[Child, ...]


MORNING = datetime.combine(date(2027, 3, 6), time(9, 5))
CASE = Case("ZE23P01234", (Child("Robin", 9), Child("Sam *B*", 7)))


def test_records_mappings_and_tuples_are_read(markdown):
    text = (
        "{% for c in case.children %}- {{ c.name }}, {{ c.age }}\n{% endfor %}{{ d.key }} {{ case.children[0].name }}"
    )
    assert markdown(text, case=CASE, d={"key": "x"}) == "- Robin, 9\n- Sam \\*B\\*, 7\nx Robin\n"


@pytest.mark.parametrize(
    ("text", "value", "printed"),
    [
        ("{{ v|ukdate }}", date(2027, 3, 6), "6 March 2027"),
        ("{{ v|ukdate }}", MORNING, "6 March 2027"),
        ("{{ v|longdate }}", date(2027, 3, 6), "Saturday 6 March 2027"),
        ("{{ v|uktime }}", time(9, 5), "09:05"),
        ("{{ v|uktime }}", MORNING, "09:05"),
        ("{% for p in v|paras %}{{ n() }}. {{ p }}\n{% endfor %}", "a\nb\n \n\n c\n", "1. a<br>b\n2. &#32;c"),
        ("{% for p in v|paras %}x{% endfor %}.", " \n \n", "."),
        ("{{ v|quote }}", "one\n\n- two\nthree", "> one\n>\n> \\- two<br>three"),
        ("{{ v|lines }}", ("1 High St", "", "NB4 2AA\\"), "1 High St\\\nNB4 2AA&#92;"),
        ("{{ v|lines }}", "1 High St\n\nNB4 2AA\n", "1 High St\\\nNB4 2AA"),
        ("{{ v|cell }}", "a|b\nc", "a&#124;b<br>c"),
        ("{{ 'd/x-1.png'|image(v) }}", "a [b]\nc ", "![a \\[b\\] c](d/x-1.png)"),
        ("{{ 'a & b' }} {{ v ~ '*' }}", "*", "a & b \\*\\*"),
        ("{{ v|upper }} {{ [v, v]|join('*') }}", "<i>", "\\<I\\> \\<i\\>\\*\\<i\\>"),
        ("{% autoescape false %}{{ v }}{% endautoescape %}", "x", None),
        ("{{ 7 }}{{ v|length }}", "abc", "73"),
    ],
)
def test_what_is_printed(markdown, text, value, printed):
    if printed is None:
        with pytest.raises(TemplateError):
            markdown(text, v=value)
    else:
        assert markdown(text, v=value) == printed + "\n"


def test_numbers_run_through_includes_and_start_again_in_the_next_document(write_template):
    write_template("{{ n() }}.", name="_part.md.j2")
    folder = write_template("{{ n() }} {% include '_part.md.j2' %} {{ n() }}")
    assert [render("test.md.j2", {}, [folder]) for _ in range(2)] == ["1 2. 3\n"] * 2


def test_blank_lines_of_a_template_are_drawn_together(markdown):
    assert markdown("\n\na\n\n\n\n{% if false %}x{% endif %}\n\nb\n\n\n") == "a\n\nb\n"


def test_the_office_comes_before_the_program(write_template):
    shipped = write_template("shipped {% include '_a.md.j2' %}")
    write_template("shipped part", name="_a.md.j2")
    office = write_template("office part", name="_a.md.j2", folder="office")
    assert render("test.md.j2", {}, [office, shipped]) == "shipped office part\n"
    assert render("test.md.j2", {}, [office / "missing", shipped]) == "shipped shipped part\n"


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path):
    (tmp_path / "w.md.j2").write_bytes("\ufeff# Café\r\n\r\n{{ 'x' }}\r\n".encode())
    assert render("w.md.j2", {}, [tmp_path]) == "# Café\n\nx\n"


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ n.__globals__ }}",
        "{{ n.__code__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ case.__init__.__globals__ }}",
        "{{ ''|attr('__class__') }}",
        "{{ '{0.__class__}'.format(v) }}",
        "{{ v|safe }}",
        "{{ v|forceescape }}",
        "{{ v|tojson }}",
        "{{ v|random }}",
        "{{ shared.append(1) }}",
        "{{ shared.clear() }}",
        "{% set case.number = 'x' %}",
        "{% for i in range(10000000) %}{% endfor %}",
        "{% macro m() %}{{ v }}{% endmacro %}{{ m() ~ v }}",
        "{% set x %}{{ v }}{% endset %}{{ x ~ v }}",
        "{% filter upper %}{{ v }}{% endfilter %}",
        "{% import 'other.md.j2' as other %}",
        "{{ v|cell ~ v }}",
        "{{ v|cell|upper }}",
        "{{ (v|quote)|length }}",
        "{{ marked }}",
        "{{ marked|cell }}",
        "{% block b %}{{ v }}{% endblock %}{{ self.b() }}",
    ],
)
def test_attacks_and_ways_round_the_escaping_are_refused(markdown, attack):
    shared = [0]
    with pytest.raises(TemplateError):
        markdown(attack, v="*a*", case=CASE, shared=shared, marked=Markup("*"))
    assert shared == [0]


@pytest.mark.parametrize(
    "name", ["../secret.md.j2", "/etc/hostname", "..\\secret.md.j2", "link.md.j2", "../shipped/../secret.md.j2", ""]
)
def test_no_file_outside_the_folders_is_read(tmp_path, write_template, name):
    (tmp_path / "secret.md.j2").write_text("secret")
    folder = write_template(f"{{% include {name!r} %}}")
    if sys.platform != "win32":
        (folder / "link.md.j2").symlink_to(tmp_path / "secret.md.j2")
    with pytest.raises(TemplateError):
        render("test.md.j2", {}, [folder])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n\n{{ case.numbr }}", 3, "'numbr'"),
        ("a\nb {{ missing }}", 2, "'missing'"),
        ("{{ missing|cell }}", 1, "'missing'"),
        ("\n{{ missing|quote }}", 2, "'missing'"),
        ("{{ day }}", 1, "ukdate"),
        ("{{ 'x'|ukdate }}", 1, "not a date"),
        ("{{ day|uktime }}", 1, "not a time"),
        ("\n{{ nothing }}", 2, "empty"),
        ("{{ nothing|cell }}", 1, "empty"),
        ("{{ true }}", 1, "yes-or-no"),
        ("{{ case.children }}", 1, "a list"),
        ("{{ case }}", 1, "not text"),
        ("{{ 'x.png'|image('') }}", 1, "cannot see"),
        ("{{ '../x.png'|image('a') }}", 1, "file name"),
        ("a\nb\n{{ “x” }}", 3, "curly quotation marks"),
        ("{% if day %}\n\n{{ 'x'", 3, "nexpected"),
        ("{% for a in case.children %}", 1, "endfor"),
        ("{{ 'x'|shout }}", 1, "shout"),
        ("{{ 1 / 0 }}", 1, "worked out"),
        ("{% for a in 7 %}{% endfor %}", 1, "worked out"),
        ("{% include 'test.md.j2' %}", 1, "includes itself"),
    ],
)
def test_an_error_says_file_line_and_what(markdown, text, line, words):
    with pytest.raises(TemplateError) as caught:
        markdown(text, case=CASE, day=date(2027, 3, 6), nothing=None)
    said = str(caught.value)
    assert f"test.md.j2, line {line}: " in said
    assert words in said


def test_an_error_in_an_included_file_names_that_file(write_template):
    write_template("a\n{{ oops }}", name="_part.md.j2")
    folder = write_template("{% include '_part.md.j2' %}")
    with pytest.raises(TemplateError, match=r"^_part\.md\.j2, line 2: .*'oops'"):
        render("test.md.j2", {}, [folder])


def test_a_missing_template_is_named_and_the_folders_are_not(tmp_path):
    with pytest.raises(TemplateError, match=r"nothing\.md\.j2") as caught:
        render("nothing.md.j2", {}, [tmp_path])
    assert str(tmp_path) not in str(caught.value)


def test_a_name_looked_up_by_a_persons_name_is_not_repeated(markdown):
    with pytest.raises(TemplateError) as caught:
        markdown("{{ ages[who] }}", ages={"Sam": 1}, who="Robin")
    assert "Robin" not in str(caught.value)


def test_a_template_in_another_encoding_is_refused_in_words(tmp_path):
    (tmp_path / "old.md.j2").write_bytes("Café".encode("latin-1"))
    with pytest.raises(TemplateError, match="UTF-8"):
        render("old.md.j2", {}, [tmp_path])
