"""Findings about a case or a text. Pure: they return what they noticed and raise nothing."""
