"""Residential calendars: patterns, term dates, layers of rules, the nights they give and what is counted in them."""
