"""Rows turned into the small records that pages and documents draw."""

from kg.views.cases import case, case_rows, counts
from kg.views.records import Case, CaseRow, FactorTie, Group, Place, RestsOn, Silence, SourceNote, Statement

__all__ = [
    "Case",
    "CaseRow",
    "FactorTie",
    "Group",
    "Place",
    "RestsOn",
    "Silence",
    "SourceNote",
    "Statement",
    "case",
    "case_rows",
    "counts",
]
