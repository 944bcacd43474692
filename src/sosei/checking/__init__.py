"""点検. Rules for reports: what contradicts itself, what a rule in force forbids, what an auditor would ask."""

from sosei.checking.context import Context, Ledger
from sosei.checking.finding import Finding, Findings, Fix, Severity, Unexamined
from sosei.checking.registry import explain, rule, rules
from sosei.checking.rule import Need, Rule
from sosei.checking.runner import check
from sosei.checking.settings import Settings

__all__ = [
    "Context",
    "Finding",
    "Findings",
    "Fix",
    "Ledger",
    "Need",
    "Rule",
    "Settings",
    "Severity",
    "Unexamined",
    "check",
    "explain",
    "rule",
    "rules",
]
