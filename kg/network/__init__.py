"""How things are connected: projections, measures, paths and pictures of the graph; see `docs/network.md`."""

from kg.network.gaps import UnansweredDifficulty, UntriedAdvice, advised_nowhere, unanswered_difficulties
from kg.network.groups import Groups, groups
from kg.network.kinds import KINDS, ThingKind, kind_named
from kg.network.measures import (
    Bridge,
    MeasureResult,
    SharedConcept,
    UniqueContribution,
    bridges,
    shared_concepts,
    unique_contributions,
)
from kg.network.neighbourhood import MOST_DRAWN, Line, Subnetwork, neighbourhood, subnetwork_along
from kg.network.paths import Leg, PathStep, Way, leading, told_paths, ways
from kg.network.projections import PROJECTIONS, Projection, found_in, projection
from kg.network.ties import Counting, Network, NetworkThing, Tie, TieCertainty, read_network

__all__ = [
    "KINDS",
    "MOST_DRAWN",
    "PROJECTIONS",
    "Bridge",
    "Counting",
    "Groups",
    "Leg",
    "Line",
    "MeasureResult",
    "Network",
    "NetworkThing",
    "PathStep",
    "Projection",
    "SharedConcept",
    "Subnetwork",
    "ThingKind",
    "Tie",
    "TieCertainty",
    "UnansweredDifficulty",
    "UniqueContribution",
    "UntriedAdvice",
    "Way",
    "advised_nowhere",
    "bridges",
    "found_in",
    "groups",
    "kind_named",
    "leading",
    "neighbourhood",
    "projection",
    "read_network",
    "shared_concepts",
    "subnetwork_along",
    "told_paths",
    "unanswered_difficulties",
    "unique_contributions",
    "ways",
]
