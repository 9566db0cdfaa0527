"""The headings under which the page of a term, a body or a place sorts what is said, by question."""

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
HEADINGS = {
    "against": "What stands against it",
    "aims": "What it aims at",
    "answered-by": "What is offered against it",
    "answers": "Difficulties it is offered against",
    "awards": "Who gave it, and to whom",
    "before": "How it was before",
    "beside": "Told of a place, without saying that it was done",
    "causes": "Where it comes from",
    "consequences": "What it leads to",
    "deals-with": "Difficulties it deals with",
    "dealt-with": "Results that deal with it",
    "difficulties": "Difficulties treated under it",
    "eased-by": "What helps it",
    "expressed-by": "Principles that put it into words",
    "expresses": "What leaders did that it puts into words",
    "factors": "The factor it belongs to",
    "facilitators": "For people who help leaders work together",
    "foreseen": "Who foresaw it",
    "general": "Said of leading in general",
    "guidance": "What is advised",
    "helps": "What it is said to help",
    "hinders": "What it stands in the way of",
    "hoped": "Hoped for, intended, advised or denied",
    "meaning": "What is said of it",
    "needed-by": "What needs it",
    "needs": "What it needs",
    "practices": "What belongs to it",
    "written": "Written down; that it was done is not said",
}
# Where a question has another name for one kind of thing.
OF_KIND = {
    ("challenges", "against"): "Its opposite",
    ("challenges", "factors"): "The factor under which it is treated",
    ("challenges", "guidance"): "What is advised about it",
    ("practices", "against"): "What hinders it, or is its opposite",
    ("practices", "general"): "Who else is said to do it",
}
FOUND_IN = {
    "bodies": "Where it is named",
    "challenges": "Who faced it",
    "conditions": "Where it is said to have helped",
    "facilitator-practices": "Where it was done",
    "factors": "Cases that show it",
    "goals": "Who had this goal",
    "outcomes": "Where it is reported",
    "parties": "Where it had a part",
    "practices": "Where it was done",
    "principles": "Who wrote it down",
    "qualities": "Cases that show it",
    "service-actions": "Where it was done",
    "setbacks": "Where it happened",
}
# What a thing is, above its name.
KINDS = {
    "bodies": "A kind of body",
    "challenges": "A difficulty",
    "conditions": "What helps leaders to work together",
    "facilitator-practices": "What facilitators do",
    "factors": "One of the five factors",
    "goals": "What was hoped for or intended",
    "outcomes": "What was reported",
    "parties": "Who was involved",
    "practices": "What leaders did",
    "principles": "A principle that leaders wrote down",
    "qualities": "A quality or style of leading",
    "service-actions": "A change to services",
    "setbacks": "What went wrong or was undone",
}
# What a list of terms is called.
LISTS = {
    "bodies": "Kinds of body",
    "challenges": "Difficulties",
    "conditions": "What helps leaders to work together",
    "facilitator-practices": "What facilitators do",
    "goals": "What was hoped for or intended",
    "outcomes": "What was reported",
    "parties": "Who was involved",
    "principles": "Principles that leaders wrote down",
    "qualities": "Qualities and styles of leading",
    "service-actions": "Changes to services",
    "setbacks": "What went wrong or was undone",
}
KINDS_OF_BODIES = {
    "foaf:Group": "A group of people",
    "foaf:Person": "A person",
    "org:Organization": "An organisation",
    "org:Role": "A role",
    "sl:Place": "A place",
    "sl:Programme": "A programme, plan or arrangement",
}


def heading_of(scheme: str, key: str) -> str:
    """Give the heading for a question about a thing of one kind."""
    return OF_KIND.get((scheme, key)) or HEADINGS[key]
