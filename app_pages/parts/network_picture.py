"""The picture of connections: an element that answers to clicks, and the same as files to keep."""

from collections.abc import Callable
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import streamlit as st

from app_pages.parts import faults, saving
from kg.export.pictures import PICTURES
from kg.network.drawing import Drawing, legend
from kg.network.visnetwork import as_vis
from kg.words import counted

__all__ = ["KEY", "PLACE", "draw", "files", "last_click"]

KEY = PLACE = "picture"
_HERE = Path(__file__).parent
_OFFERED = {
    ".png": ("Picture (PNG)", "image/png"),
    ".svg": ("Picture (SVG)", "image/svg+xml"),
    ".html": ("Page that moves (HTML)", "text/html"),
    ".graphml": ("GraphML", "application/graphml+xml"),
    ".gexf": ("GEXF", "application/gexf+xml"),
}


@cache
def _element() -> Callable[..., object]:
    html, css, js = (
        (_HERE / f"network_picture.{ending}").read_text(encoding="utf-8") for ending in ("html", "css", "js")
    )
    return st.components.v2.component("connections", html=html, css=css, js=js)


def draw(
    drawn: Drawing, found: str | None, on_click: Callable[[], None], on_open: Callable[[], None]
) -> None:
    """Draw the picture.

    Args:
        drawn: What to draw.
        found: What was looked for and is to be marked: the path of a thing or the key of a line.
        on_click: Called when a thing or a line was clicked; `told("clicked")` says which.
        on_open: Called when a thing was double-clicked; `told("opened")` says which.
    """
    seen = as_vis(drawn)
    _element()(
        key=KEY,
        data={
            **seen,
            # The picture is placed anew only if it is another one.
            "drawn": sha256(repr((drawn.seed, seen["nodes"], seen["edges"])).encode()).hexdigest(),
            "selected": found,
            "legend": legend(drawn),
            "description": (
                f"{drawn.title}: {counted(len(drawn.spots), 'thing')}, "
                f"{counted(len(drawn.part.lines), 'line')}. The same stands as a list below."
            ),
        },
        on_clicked_change=faults.caught(on_click, PLACE),
        on_opened_change=faults.caught(on_open, PLACE),
    )


def last_click(trigger: str) -> str | None:
    """Give what a click told, while the page is run for it."""
    value = (st.session_state.get(KEY) or {}).get(trigger)
    return value if isinstance(value, str) else None


def files(drawn: Drawing) -> None:
    """Offer the picture as files, each made when it is asked for."""
    name = "-and-".join(each.iri.rsplit("/", 1)[-1] for each in drawn.part.focus)
    with st.container(horizontal=True):
        for ending, (label, kind) in _OFFERED.items():
            saving.button(
                label,
                partial(PICTURES[ending], drawn),
                f"connections-{name}{ending}",
                kind,
                key=f"save{ending}",
            )
