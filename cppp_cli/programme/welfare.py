"""The welfare checklist: Children Act 1989, section 1(3)(a) to (g), in short titles. Pure."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CHECKLIST: Mapping[str, str] = MappingProxyType(
    {
        "a": "the children's wishes and feelings, in the light of age and understanding",
        "b": "physical, emotional and educational needs",
        "c": "the likely effect of a change of circumstances",
        "d": "age, sex, background and other relevant characteristics",
        "e": "harm suffered or at risk of being suffered",
        "f": "how capable each parent, and anybody else who matters, is of meeting the children's needs",
        "g": "the range of powers of the court",
    }
)
