"""HTML from the templates of `app_pages/templates`: whatever is put into one is escaped."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kg.language import with_words

__all__ = ["render"]

_FOLDER = Path(__file__).parent.parent / "templates"


@cache
def _environment() -> Environment:
    return with_words(
        Environment(
            loader=FileSystemLoader(_FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
    )


def render(name: str, **values: object) -> str:
    """Return the HTML of a template.

    Args:
        name: Its file in `app_pages/templates`, such as `story.html`.
        **values: What it shows; text in them is escaped.

    Raises:
        jinja2.UndefinedError: If the template shows what it was not given.
    """
    return _environment().get_template(name).render(**values)
