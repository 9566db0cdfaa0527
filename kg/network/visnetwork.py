"""A drawing for vis-network, built by pyvis: as data for an element of a page, and as one HTML file.

pyvis is asked for two things only. `get_network_data` gives nodes, edges and options. `generate_html` gives
a whole page, which in all of its modes loads styles and scripts from hosts elsewhere; these are taken out, so
that the file holds all it needs. Names are text in both: vis-network draws them on a canvas.
"""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from pyvis.network import Network as VisNetwork

from kg.language import language_tag
from kg.markup import filled
from kg.network.drawing import DASHES, LETTERS, MEANINGS, Drawing, DrawnThing
from kg.network.neighbourhood import Line
from kg.network.ties import TieCertainty

__all__ = ["as_html", "as_vis", "script"]

_TEMPLATE = Path(__file__).parent / "templates" / "picture.html"
_INK, _LINE, _PAPER, _MARKED = "#212b32", "#5b6770", "#ffffff", "#b3530a"
_OPTIONS = {
    # Places are ours: see kg/network/layout.py.
    "physics": {"enabled": False},
    "interaction": {
        "hover": True,
        "dragNodes": True,
        "zoomView": False,
        "keyboard": False,
        "selectConnectedEdges": False,
    },
    "nodes": {
        "borderWidth": 2.5,
        "borderWidthSelected": 5,
        "font": {"size": 14, "face": LETTERS, "color": _INK, "strokeWidth": 4, "strokeColor": _PAPER},
    },
    "edges": {
        "smooth": False,
        "width": 1.5,
        "selectionWidth": 2.5,
        "hoverWidth": 1,
        "color": {"color": _LINE, "hover": _MARKED, "highlight": _MARKED},
    },
}
_LOADED = re.compile(r"<link\b[^>]*>|<script\b[^>]*\bsrc=[^>]*>\s*</script>", re.IGNORECASE)
_EMPTY = re.compile(r"<center>\s*<h1>.*?</h1>\s*</center>", re.DOTALL)


def script() -> Path:
    """Give the file of vis-network in the installed pyvis; Apache 2.0 or MIT, as its head says."""
    return Path(str(files("pyvis"))) / "lib" / "vis-9.1.2" / "vis-network.min.js"


def as_vis(drawn: Drawing) -> dict[str, Any]:
    """Give what vis-network needs: `nodes`, `edges` and `options`."""
    nodes, edges, *_, options = _built(drawn).get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


def as_html(drawn: Drawing) -> bytes:
    """Give a whole page that holds the drawing, vis-network, the legend and the same as a list."""
    built = _built(drawn)
    built.cdn_resources = "in_line"
    # By itself it stands on no page that the wheel has to scroll.
    built.options["interaction"]["zoomView"] = True
    page = _EMPTY.sub("", _LOADED.sub("", built.generate_html()))

    def part(name: str) -> str:
        given = {"drawn": drawn, "letters": LETTERS, "ink": _INK, "legend": _legend(drawn), "row": _row}
        return filled(_TEMPLATE, part=name, **given)

    page = page.replace("<html>", f'<html lang="{language_tag()}">', 1)
    page = page.replace("</head>", part("head") + "</head>", 1)
    page = page.replace("<body>", "<body>" + part("above"), 1)
    page = page.replace("</body>", part("below") + "</body>", 1)
    return page.encode()


def _built(drawn: Drawing) -> VisNetwork:
    # Undirected, pyvis would drop parallel lines and search all lines for each new one.
    built = VisNetwork(height="620px", width="100%", directed=True)
    for spot in drawn.spots:
        _add(built, spot)
    for line in drawn.part.lines:
        dashes = list(DASHES[line.standing]) or False
        built.add_edge(line.one.path, line.other.path, id=line.key, dashes=dashes, arrows="")
    built.set_options(json.dumps(_OPTIONS))
    return built


def _add(built: VisNetwork, spot: DrawnThing) -> None:
    kind = spot.thing.kind
    fill = kind.colour if kind.filled else _PAPER
    marked = {"background": fill, "border": _MARKED}
    # No title: of a title that holds a link, pyvis makes markup.
    built.add_node(
        spot.thing.path,
        label="\n".join(spot.lines),
        shape=kind.shape,
        color={"background": fill, "border": kind.colour, "highlight": marked, "hover": marked},
        size=spot.size,
        x=spot.x,
        y=spot.y,
        **({"font": {"size": 16}} if spot.focus else {}),
    )


def _legend(drawn: Drawing) -> str:
    marks = {
        TieCertainty.STATED: "whole line",
        TieCertainty.READ: "dashed line",
        TieCertainty.OPEN: "dotted line",
    }
    shapes = [
        f"{'filled' if kind.filled else 'outlined'} {_SHAPES[kind.shape]}: {kind.name}"
        for kind in drawn.kinds
    ]
    lines = [f"{marks[standing]}: {MEANINGS[standing]}" for standing in drawn.standings]
    return "; ".join([*shapes, *lines])


_SHAPES = {
    "diamond": "diamond",
    "dot": "circle",
    "hexagon": "hexagon",
    "square": "square",
    "star": "star",
    "triangle": "triangle",
    "triangleDown": "triangle upside down",
}


def _row(line: Line) -> tuple[str, ...]:
    return line.one.name, line.how, line.other.name, MEANINGS[line.standing], str(len(line.claims))
