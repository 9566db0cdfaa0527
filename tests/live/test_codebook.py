"""The codebook to read is that of the collection as it is published."""

from pathlib import Path

from kg import tables
from kg.engine import Engine

ROOT = Path(__file__).resolve().parents[2]


def test_the_codebook_to_read_is_as_it_is_made(live_engine: Engine) -> None:
    held = (ROOT / "docs" / "codebook.md").read_text()
    assert held == tables.as_markdown(tables.Tables(live_engine)), (
        "run: kg table --codebook > docs/codebook.md"
    )
