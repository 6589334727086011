"""Fixtures for the tests of documents: the shipped house style, made-up fields, and a template in one call."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cppp_cli.documents.docx_fields import DocFields
from cppp_cli.documents.mdenv import render

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def make_house_style():
    """The module that builds the house style; tests build damaged ones from its parts."""
    spec = importlib.util.spec_from_file_location("make_house_style", HERE / "make_house_style.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def house_style(make_house_style):
    return make_house_style.TARGET.read_bytes()


@pytest.fixture
def changed_house_style(make_house_style, monkeypatch):
    """The house style after replacing text in one of its parts, or adding parts."""

    def change(*replacements, **added):
        parts = dict(make_house_style.PARTS)
        for name, old, new in replacements:
            assert old in parts[name], f"nothing to replace in {name}"
            parts[name] = parts[name].replace(old, new)
        parts.update(added.pop("parts", {}))
        monkeypatch.setattr(make_house_style, "PARTS", parts)
        return make_house_style.build()

    return change


@pytest.fixture(scope="session")
def fields():
    return DocFields(
        title="CPPP report",
        subject="Positive co-Parenting Programme",
        author="Pat Lindqvist",
        case_number="ZE23P01234",
        classification="CONFIDENTIAL: family proceedings",
        short_title="Report to the court",
        status="DRAFT",
        created=datetime(2027, 3, 6, 10, 30),  # noqa: DTZ001  - a time as the case states it
    )


@pytest.fixture
def write_template(tmp_path):
    """Put a template into a folder of this test; give back the folder."""

    def write(text, name="test.md.j2", folder="shipped"):
        target = tmp_path / folder / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        return target.parent

    return write


@pytest.fixture
def markdown(write_template):
    """Render the text of a template."""

    def make(text, **context):
        return render("test.md.j2", context, [write_template(text)])

    return make


@pytest.fixture(scope="session")
def parts():
    """The XML parts of a Word file by their names, read without the library that wrote them."""

    def read(data):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {
                name: ET.fromstring(archive.read(name))
                for name in archive.namelist()
                if name.endswith((".xml", ".rels"))
            }

    return read


@pytest.fixture(scope="session")
def audit(tmp_path_factory):
    """What an independent validator of Office files finds wrong."""
    from openxml_audit import OpenXmlValidator

    def check(data):
        path = tmp_path_factory.mktemp("audit") / "audited.docx"
        path.write_bytes(data)
        return OpenXmlValidator().validate(str(path)).errors

    return check
