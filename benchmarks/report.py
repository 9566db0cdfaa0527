"""Figures as a table to read and as JSON to keep."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path

__all__ = ["table", "write"]


def table(rows: Sequence[Mapping[str, object]]) -> str:
    """Lay rows out as a table in Markdown.

    Args:
        rows: Cells by the head of their column; all rows have the same.
    """
    heads = list(rows[0])
    lines = [heads, ["---"] * len(heads), *([_cell(row[head]) for head in heads] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def write(path: Path, figures: Mapping[str, object]) -> None:
    """Keep figures, with what they were measured on.

    Args:
        path: File to write.
        figures: What was measured.
    """
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()}
    path.write_text(json.dumps({"machine": machine, **figures}, indent=1) + "\n", encoding="utf-8")


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:.0f}"
    return str(value)
