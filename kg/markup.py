"""HTML from templates that lie beside the code that fills them: whatever is put into one is escaped."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.language import language_tag, with_words

__all__ = ["environment", "filled"]


def environment(folder: Path) -> Environment:
    """Return what fills the templates of a folder; it escapes, and refuses what it was not given."""
    made = with_words(
        Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
    )
    made.globals["language_tag"] = language_tag
    return made


@cache
def _environment(folder: Path) -> Environment:
    return environment(folder)


def filled(template: Path, /, **values: object) -> str:
    """Return the HTML of a template.

    Args:
        template: Its file.
        **values: What it shows; text in them is escaped.

    Raises:
        jinja2.UndefinedError: If the template shows what it was not given.
    """
    return _environment(template.parent).get_template(template.name).render(**values)
