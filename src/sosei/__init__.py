"""Sosei 創生. The ledger behind the yearly report on regional-revitalisation grants."""

__version__ = "0.1.0"
