"""Every page there is, by its address, which is also the name of its file."""

# The doors, in the row above every page.
DOORS = {
    "find": "Find",
    "compare": "Compare",
    "session": "Plan a session",
    "factors": "Five factors",
    "query": "Data and queries",
    "about": "About",
}
# Pages that others lead to.
BEHIND = {
    "case": "Case",
    "factor": "Factor",
    "practice": "What leaders did",
    "concept": "Term",
    "similar": "Similar situations",
    "known": "What is known and not",
    "claim": "Statement",
    "source": "Document",
    "body": "Body",
    "place": "Place",
    "places": "On a map",
    "background": "More from the paper",
    "network": "How are these connected?",
    "timeline": "In order of time",
    "thing": "In detail",
    "vocabulary": "Vocabulary",
    "missing": "No such page",
}
MISSING = "/missing"
ADDRESSES = frozenset({*DOORS, *BEHIND})
