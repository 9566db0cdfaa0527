"""A part of the network as a drawing: what stands where, how large, with which lines; and that as SVG."""

from dataclasses import dataclass
from math import cos, pi, sin
from textwrap import wrap
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from kg.network.kinds import CASE, ThingKind
from kg.network.layout import SEED, positions
from kg.network.neighbourhood import Line, Subnetwork
from kg.network.ties import NetworkThing, TieCertainty

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["DASHES", "LETTERS", "MEANINGS", "Drawing", "DrawnThing", "as_svg", "drawing", "legend"]

# How a line is drawn, by how its surest statement stands: whole, dashed, dotted.
DASHES = {TieCertainty.STATED: (), TieCertainty.READ: (9, 6), TieCertainty.OPEN: (2, 6)}
MEANINGS = {
    TieCertainty.STATED: "a source states it as a fact",
    TieCertainty.READ: "our reading, or said with caution",
    TieCertainty.OPEN: "a hope, advice or a mere hint",
}
LETTERS = "Source Sans, SourceSans3VF, Source Sans Pro, Helvetica, Arial, sans-serif"
_INK, _LINE, _PAPER = "#212b32", "#5b6770", "#ffffff"
_WIDEST = 22
_LETTER, _HEIGHT = 7.4, 17.0
_FONT = 14
_MARGIN = 24.0
# Of more things than this, shapes are drawn larger: one sees them all from further away.
_MANY, _LARGER = 300, 2.5
_ROW = 30.0
_SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True)
class DrawnThing:
    """A thing where it is drawn.

    Attributes:
        thing: The thing.
        x: Its middle, from the left.
        y: Its middle, from above.
        size: Half the width of its shape.
        lines: Its name, broken into lines; drawn beneath the shape.
        focus: Whether the picture starts from it.
    """

    thing: NetworkThing
    x: float
    y: float
    size: float
    lines: tuple[str, ...]
    focus: bool


@dataclass(frozen=True, eq=False)
class Drawing:
    """A part of the network, placed.

    Attributes:
        part: The part.
        spots: Its things where they are drawn, in the same order.
        seed: The seed of the arrangement.
    """

    part: Subnetwork
    spots: tuple[DrawnThing, ...]
    seed: int

    @property
    def title(self) -> str:
        """What the picture shows."""
        named = " and ".join(each.name for each in self.part.focus)
        return (
            f"What is connected with {named}" if len(self.part.focus) == 1 else f"How {named} are connected"
        )

    @property
    def width(self) -> float:
        """How wide it is, names included."""
        left = min(spot.x - _width(spot) / 2 for spot in self.spots)
        return max(spot.x + _width(spot) / 2 for spot in self.spots) - left + 2 * _MARGIN

    @property
    def places(self) -> dict[str, tuple[float, float]]:
        """Where each thing is drawn, by IRI."""
        return {spot.thing.iri: (spot.x, spot.y) for spot in self.spots}

    @property
    def kinds(self) -> tuple[ThingKind, ...]:
        """The kinds of things in it, for the legend."""
        return self.part.kinds

    @property
    def standings(self) -> tuple[TieCertainty, ...]:
        """How lines in it stand, for the legend."""
        found = {line.standing for line in self.part.lines}
        return tuple(each for each in TieCertainty if each in found)


def drawing(part: Subnetwork, seed: int = SEED) -> Drawing:
    """Place a part of the network.

    Args:
        part: The part.
        seed: Another seed gives another arrangement.
    """
    names = {thing.iri: tuple(wrap(thing.name, _WIDEST, break_long_words=True)) for thing in part.things}
    larger = _LARGER if len(part.things) > _MANY else 1.0
    shapes = {thing.iri: larger * _size(thing, thing in part.focus) for thing in part.things}
    room = {
        iri: (
            max(2 * shapes[iri], max(map(len, lines), default=0) * _LETTER) + 12,
            2 * shapes[iri] + len(lines) * _HEIGHT + 14,
        )
        for iri, lines in names.items()
    }
    placed = positions(part, room, seed)
    spots = []
    for thing in part.things:
        x, y = placed[thing.iri]
        # The room is that of shape and name together; the shape stands at its upper end.
        top = y - room[thing.iri][1] / 2 + shapes[thing.iri] + 4
        spots.append(
            DrawnThing(thing, x, round(top, 1), shapes[thing.iri], names[thing.iri], thing in part.focus)
        )
    return Drawing(part, tuple(spots), seed)


def _size(thing: NetworkThing, focus: bool) -> float:
    return (16.0 if thing.kind is CASE else 11.0) + (5.0 if focus else 0.0)


def as_svg(drawn: Drawing) -> bytes:
    """Write a drawing as SVG, with its legend; names are text, whatever they hold."""
    left = min(spot.x - _width(spot) / 2 for spot in drawn.spots) - _MARGIN
    right = max(spot.x + _width(spot) / 2 for spot in drawn.spots) + _MARGIN
    top = min(spot.y - spot.size for spot in drawn.spots) - _MARGIN
    bottom = max(spot.y + spot.size + len(spot.lines) * _HEIGHT for spot in drawn.spots) + _MARGIN
    legend = len(drawn.kinds) + len(drawn.standings)
    columns = max(1, int((right - left) // 330))
    rows = -(-legend // columns)
    width, height = max(right - left, 340.0), bottom - top + rows * _ROW + 2 * _MARGIN
    root = ElementTree.Element(
        "svg",
        {
            "xmlns": _SVG,
            "viewBox": f"{left:.1f} {top:.1f} {width:.1f} {height:.1f}",
            "width": f"{width:.0f}",
            "height": f"{height:.0f}",
            "role": "img",
            "font-family": LETTERS,
            "font-size": str(_FONT),
            # Of exactly 400, the typesetter draws a variable face in its thinnest form.
            "font-weight": "500",
        },
    )
    ElementTree.SubElement(root, "title").text = drawn.title
    ElementTree.SubElement(
        root, "desc"
    ).text = f"{len(drawn.spots)} things, {len(drawn.part.lines)} lines between them."
    _add(root, "rect", x=left, y=top, width=width, height=height, fill=_PAPER)
    where = {spot.thing.iri: spot for spot in drawn.spots}
    for line in drawn.part.lines:
        _line(root, line, where)
    for spot in drawn.spots:
        _shape(root, spot.thing.kind, spot.x, spot.y, spot.size)
    for spot in drawn.spots:
        _name(root, spot)
    _legend(root, drawn, left + _MARGIN, bottom + _MARGIN, columns)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def legend(drawn: Drawing) -> list[dict[str, str]]:
    """Give the legend for a page to draw: `name`, and of a shape `points` (none for a circle) and colours.

    Of a line it gives `dashes`, which are "" for a whole line.
    """
    shapes = [
        {
            "name": kind.name,
            "fill": kind.colour if kind.filled else _PAPER,
            "stroke": kind.colour,
            "points": " ".join(f"{x + 10:.1f},{y + 10:.1f}" for x, y in _corners(kind.shape, 7.0)),
        }
        for kind in drawn.kinds
    ]
    lines = [
        {"name": MEANINGS[standing], "stroke": _LINE, "dashes": " ".join(map(str, DASHES[standing]))}
        for standing in drawn.standings
    ]
    return [*shapes, *lines]


def _width(spot: DrawnThing) -> float:
    return max(2 * spot.size, max(map(len, spot.lines), default=0) * _LETTER)


def _add(parent: ElementTree.Element, tag: str, **attributes: float | str) -> ElementTree.Element:
    written = {
        name.replace("_", "-"): f"{value:.1f}" if isinstance(value, float) else str(value)
        for name, value in attributes.items()
    }
    return ElementTree.SubElement(parent, tag, written)


def _line(root: ElementTree.Element, line: Line, where: dict[str, DrawnThing]) -> None:
    one, other = where[line.one.iri], where[line.other.iri]
    drawn = _add(root, "line", x1=one.x, y1=one.y, x2=other.x, y2=other.y, stroke=_LINE, stroke_width="1.5")
    if DASHES[line.standing]:
        drawn.set("stroke-dasharray", " ".join(map(str, DASHES[line.standing])))


def _shape(root: ElementTree.Element, kind: ThingKind, x: float, y: float, size: float) -> None:
    look: dict[str, float | str] = {
        "fill": kind.colour if kind.filled else _PAPER,
        "stroke": kind.colour,
        "stroke_width": "2.5",
    }
    if kind.shape == "dot":
        _add(root, "circle", cx=x, cy=y, r=size, **look)
        return
    corners = " ".join(f"{x + across:.1f},{y + down:.1f}" for across, down in _corners(kind.shape, size))
    _add(root, "polygon", points=corners, **look)


def _corners(shape: str, size: float) -> list[tuple[float, float]]:
    if shape == "dot":
        return []
    if shape == "star":
        far = [size * (1.2 if each % 2 == 0 else 0.5) for each in range(10)]
        return [(out * sin(each * pi / 5), -out * cos(each * pi / 5)) for each, out in enumerate(far)]
    if shape == "square":
        return [(-size, -size), (size, -size), (size, size), (-size, size)]
    if shape == "diamond":
        return [(0.0, -1.2 * size), (1.2 * size, 0.0), (0.0, 1.2 * size), (-1.2 * size, 0.0)]
    if shape == "hexagon":
        return [(size * cos(each * pi / 3), size * sin(each * pi / 3)) for each in range(6)]
    up = -1 if shape == "triangle" else 1
    return [(0.0, up * 1.2 * size), (1.15 * size, -up * 0.8 * size), (-1.15 * size, -up * 0.8 * size)]


def _name(root: ElementTree.Element, spot: DrawnThing) -> None:
    written = _add(root, "text", text_anchor="middle", fill=_INK)
    # A rim of paper keeps a name readable where a line runs beneath it.
    for name, value in (("stroke", _PAPER), ("stroke-width", "5"), ("paint-order", "stroke")):
        written.set(name, value)
    if spot.focus or spot.thing.kind is CASE:
        written.set("font-weight", "bold")
    for number, text in enumerate(spot.lines):
        below = spot.y + spot.size * 1.2 + 14 + number * _HEIGHT
        _add(written, "tspan", x=spot.x, y=below).text = text


def _legend(root: ElementTree.Element, drawn: Drawing, left: float, top: float, columns: int) -> None:
    entries: Sequence[ThingKind | TieCertainty] = [*drawn.kinds, *drawn.standings]
    for number, entry in enumerate(entries):
        x, y = left + number % columns * 330, top + number // columns * _ROW
        if isinstance(entry, ThingKind):
            _shape(root, entry, x + 16, y, 9.0)
        else:
            line = _add(root, "line", x1=x, y1=y, x2=x + 32, y2=y, stroke=_LINE, stroke_width="2")
            if DASHES[entry]:
                line.set("stroke-dasharray", " ".join(map(str, DASHES[entry])))
        text = entry.name if isinstance(entry, ThingKind) else MEANINGS[entry]
        _add(root, "text", x=x + 42, y=y + 5, fill=_INK).text = text
