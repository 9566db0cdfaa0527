"""A drawing of the network as a file, by the file's ending."""

from collections.abc import Callable, Mapping

from kg.export.as_png import as_png
from kg.network.drawing import Drawing, as_svg
from kg.network.exchange import as_gexf, as_graphml, of_part
from kg.network.visnetwork import as_html

__all__ = ["PICTURES"]


def _png(drawn: Drawing) -> bytes:
    return as_png(as_svg(drawn), drawn.width)


def _graphml(drawn: Drawing) -> bytes:
    return as_graphml(of_part(drawn.part, drawn.places))


def _gexf(drawn: Drawing) -> bytes:
    return as_gexf(of_part(drawn.part, drawn.places))


PICTURES: Mapping[str, Callable[[Drawing], bytes]] = {
    ".png": _png,
    ".svg": as_svg,
    ".html": as_html,
    ".graphml": _graphml,
    ".gexf": _gexf,
}
