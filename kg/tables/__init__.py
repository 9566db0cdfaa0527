"""Tables for spreadsheets and statistics: their rows, what each column means, and metadata for programs."""

from kg.tables.codebook import as_markdown
from kg.tables.definitions import Code, Column, ColumnKind, Table, all_tables, table
from kg.tables.filling import Tables, as_csv

__all__ = ["Code", "Column", "ColumnKind", "Table", "Tables", "all_tables", "as_csv", "as_markdown", "table"]
