"""Every page there is, by its address, which is also the name of its file."""

from dataclasses import dataclass

__all__ = ["ADDRESSES", "BAR", "TITLES", "TOOLS", "Door"]


@dataclass(frozen=True)
class Door:
    """An entry of the bar above every page.

    Attributes:
        name: What it is called.
        address: Where it leads.
        pages: The pages that belong to it.
    """

    name: str
    address: str
    pages: tuple[str, ...]


TITLES = {
    "": "Cases",
    "about": "About",
    "background": "More from the paper",
    "body": "Organisation",
    "case": "Case",
    "claim": "Statement",
    "compare": "Compare places",
    "concept": "Topic",
    "factor": "Factor",
    "factors": "The five factors",
    "find": "Find",
    "known": "What we know and don’t",
    "missing": "No such page",
    "network": "Connections",
    "place": "Place",
    "places": "Map",
    "practice": "What leaders did",
    "query": "Data and queries",
    "session": "Plan a session",
    "similar": "Places like mine",
    "source": "Source",
    "thing": "In detail",
    "timeline": "Timeline",
    "vocabulary": "Vocabulary",
}
# What each tool is for: it stands at the tool's address until its scripts run.
TOOLS = {
    "compare": "Put two to four places side by side: what each did, what happened, and how sure we can be.",
    "find": "Say what you face in your own words, and see which places faced the same.",
    "network": "See how cases, topics and organisations are connected.",
    "query": "Ask the data in SPARQL, and download it.",
    "session": "Plan a session: a timed plan, slides and cards in minutes.",
    "similar": "Say what is true of your place, and see which places are most like it.",
}
BAR = (
    Door("Cases", "./", ("", "case", "factor", "factors", "practice", "concept", "claim", "place", "body")),
    Door("Compare", "compare", ("compare", "similar")),
    Door("Sessions", "session", ("session",)),
    Door("Evidence", "known", ("known", "timeline", "places", "network", "source", "background")),
    Door("Data", "query", ("query", "vocabulary", "thing")),
    Door("About", "about", ("about",)),
)
ADDRESSES = frozenset(TITLES) - {""}
