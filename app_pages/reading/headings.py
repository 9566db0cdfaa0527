"""What pages call each kind of thing, and the headings under which they sort what is said of it."""

from kg.language import N_, WordTable

__all__ = ["FOUND_IN", "KINDS", "KINDS_OF_BODIES", "LISTS", "ORDER", "heading_of"]

# The order of the page: what was done, then what is advised, then how things hang together.
ORDER = (
    "written",
    "guidance",
    "against",
    "needs",
    "answers",
    "answered-by",
    "helps",
    "eased-by",
    "dealt-with",
    "deals-with",
    "hinders",
    "causes",
    "consequences",
    "needed-by",
    "expresses",
    "expressed-by",
    "aims",
    "awards",
    "meaning",
    "general",
    "factors",
    "practices",
    "difficulties",
    "foreseen",
    "beside",
    "before",
    "hoped",
)
_HEADINGS = WordTable(
    {
        "against": N_("What works against it"),
        "aims": N_("What it aims for"),
        "also": N_("Also said about it"),
        "answered-by": N_("Ways to counter it"),
        "answers": N_("Difficulties it is meant to counter"),
        "awards": N_("Who gave it, and to whom"),
        "before": N_("How it was before"),
        "beside": N_("Said about a place, but not that it was done there"),
        "causes": N_("Where it comes from"),
        "consequences": N_("What it leads to"),
        "dealt-with": N_("Results that deal with it"),
        "deals-with": N_("Difficulties it deals with"),
        "difficulties": N_("Difficulties that belong to it"),
        "eased-by": N_("What helps it"),
        "expressed-by": N_("Principles that say this"),
        "expresses": N_("What it asks leaders to do"),
        "facilitators": N_("Advice for facilitators"),
        "factors": N_("The factor it belongs to"),
        "foreseen": N_("Who expected it"),
        "general": N_("About leadership in general"),
        "guidance": N_("Advice"),
        "helps": N_("What sources say it helps"),
        "hinders": N_("What it gets in the way of"),
        "hoped": N_("Hoped for, planned, advised or denied"),
        "meaning": N_("What sources say about it"),
        "needed-by": N_("What needs it"),
        "needs": N_("What it needs"),
        "practices": N_("What belongs to it"),
        "written": N_("Put in writing, not reported as done"),
    }
)
# Where a question has another name for one kind of thing.
_OF_KIND = WordTable(
    {
        ("challenges", "against"): N_("Its opposite"),
        ("practices", "against"): N_("What gets in the way, and its opposite"),
        ("practices", "general"): N_("Who else does it"),
    }
)
FOUND_IN = WordTable(
    {
        "": N_("Where it is named"),
        "bodies": N_("Where it is named"),
        "challenges": N_("Who faced it, and what happened there"),
        "conditions": N_("Where it helped, according to sources"),
        "facilitator-practices": N_("Where it was done"),
        "factors": N_("Cases that show it, and what happened there"),
        "goals": N_("Who had this goal"),
        "outcomes": N_("Where it was reported"),
        "parties": N_("Where they were involved"),
        "practices": N_("Where it was done, and what happened there"),
        "principles": N_("Who wrote it down"),
        "qualities": N_("Cases that show it"),
        "service-actions": N_("Where it was done, and what happened there"),
        "setbacks": N_("Where it happened"),
    }
)
# What a thing is, above its name.
KINDS = WordTable(
    {
        "bodies": N_("A kind of organisation"),
        "challenges": N_("A difficulty"),
        "conditions": N_("What helps leaders work together"),
        "facilitator-practices": N_("What facilitators do"),
        "factors": N_("One of the five factors"),
        "goals": N_("A hope or plan"),
        "outcomes": N_("A result"),
        "parties": N_("Who was involved"),
        "practices": N_("What leaders did"),
        "principles": N_("A principle that leaders wrote down"),
        "qualities": N_("A quality or style of leading"),
        "service-actions": N_("A change to services"),
        "setbacks": N_("What went wrong"),
    }
)
# What a list of terms is called.
LISTS = WordTable(
    {
        "bodies": N_("Kinds of organisation"),
        "challenges": N_("Difficulties"),
        "conditions": N_("What helps leaders work together"),
        "facilitator-practices": N_("How facilitators work"),
        "goals": N_("Hopes and plans"),
        "outcomes": N_("Results"),
        "parties": N_("Who was involved"),
        "practices": N_("What leaders did"),
        "principles": N_("Principles that leaders wrote down"),
        "qualities": N_("Qualities and styles of leading"),
        "service-actions": N_("Changes to services"),
        "setbacks": N_("What went wrong"),
    }
)
KINDS_OF_BODIES = WordTable(
    {
        "foaf:Group": N_("A group of people"),
        "foaf:Person": N_("A person"),
        "org:Organization": N_("An organisation"),
        "org:Role": N_("A role"),
        "sl:Place": N_("A place"),
        "sl:Programme": N_("A programme, plan or arrangement"),
    }
)


def heading_of(scheme: str, key: str) -> str:
    """Return the heading for a question about a thing of one kind."""
    return _OF_KIND.get((scheme, key)) or _HEADINGS[key]
