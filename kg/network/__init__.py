"""How things are connected: projections, measures, paths and pictures of the graph; see `docs/network.md`."""

from kg.network.gaps import Advised, Unanswered, advised_nowhere, unanswered
from kg.network.groups import Groups, groups
from kg.network.kinds import KINDS, Kind, kind_named
from kg.network.measures import Added, Bridge, Measured, SharedConcept, added, bridges, shared
from kg.network.neighbourhood import MOST_DRAWN, Line, Part, along, around
from kg.network.paths import Leg, Step, Way, leading, told, ways
from kg.network.projections import PROJECTIONS, Projection, found_in, projection
from kg.network.ties import Counting, Network, Standing, Thing, Tie, gather

__all__ = [
    "KINDS",
    "MOST_DRAWN",
    "PROJECTIONS",
    "Added",
    "Advised",
    "Bridge",
    "Counting",
    "Groups",
    "Kind",
    "Leg",
    "Line",
    "Measured",
    "Network",
    "Part",
    "Projection",
    "SharedConcept",
    "Standing",
    "Step",
    "Thing",
    "Tie",
    "Unanswered",
    "Way",
    "added",
    "advised_nowhere",
    "along",
    "around",
    "bridges",
    "found_in",
    "gather",
    "groups",
    "kind_named",
    "leading",
    "projection",
    "shared",
    "told",
    "unanswered",
    "ways",
]
