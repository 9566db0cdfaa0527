"""Tables for spreadsheets and statistics: their rows, what each column means, and metadata for programs."""

from kg.tables.codebook import as_markdown
from kg.tables.definitions import Code, Column, Kind, Table, listed, table
from kg.tables.filling import Tables, as_csv

__all__ = ["Code", "Column", "Kind", "Table", "Tables", "as_csv", "as_markdown", "listed", "table"]
