"""Words that policy or good practice keeps out of a report: which were found, why they matter, what to write or ask.

Advisory only, and nothing is rewritten. The rules are data (``policy_wording.toml``), each with its source and date,
and an office may edit them. Quotations, what an order or a court says, and people's own words are left alone.
"""

from __future__ import annotations

from cppp_cli.checks.policy.finding import policy
from cppp_cli.checks.policy.rules import FILE, Rule, rules_from

__all__ = ["FILE", "Rule", "policy", "rules_from"]
