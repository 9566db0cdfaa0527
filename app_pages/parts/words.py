"""The words on the screen for what the data calls by shorter names."""

from collections.abc import Sequence

from app_pages.parts.markup import counted
from kg.views import RestsOn, Result, Standing

# How a source says something. The second dictionary is for what must never look like a result.
TONES = {
    "Fact": "stated as fact",
    "Example": "given as an example",
    "Hedged": "said with a hedge",
    "Hope": "expressed as a hope",
    "Intention": "stated as an intention",
    "Normative": "said of what should be",
}
NOT_RESULTS = {
    "Hope": "A hope, not a result",
    "Intention": "An intention, not a result",
    "Normative": "What should be, not what is",
}

DIRECTIONS = {
    "Improved": "Said to have improved",
    "Worsened": "Said to have become worse",
    "Mixed": "Said to be mixed",
    "Direction not stated": "Better or worse: not stated",
    "No change found": "No change found",
}
# The same beside the name of a result, where there is room for a word or two; "" says nothing.
SHORT_DIRECTIONS = {
    "Improved": "better",
    "Worsened": "worse",
    "Mixed": "mixed",
    "Direction not stated": "",
    "No change found": "no change found",
}
# Who stands behind a result. These never look alike: each has a form of its own in the style sheet.
STANDINGS = {
    Standing.EVALUATED: "Found by an evaluation, inspection or audit",
    Standing.OWN_ACCOUNT: "Reported by those involved",
    Standing.TOLD: "Told in a text that is not an evaluation",
}
# The same in the list of cases, after a number.
STANDINGS_IN_BRIEF = {
    Standing.EVALUATED: "evaluated",
    Standing.OWN_ACCOUNT: "own account",
    Standing.TOLD: "told",
}
VOICES = {
    "Voice not established": "not clear if independent",
    "Self-reported": "reported by those involved",
    "Independent": "called independent",
}

# What a term is, before its name.
KINDS_OF_TERMS = {
    "Challenges": "Difficulty",
    "Conditions": "What helps",
    "Facilitator practices": "What facilitators do",
    "Five factors": "Factor",
    "Goals": "Hoped for or intended",
    "Kinds of body": "Kind of body",
    "Outcomes": "Result",
    "Practices": "What leaders did",
    "Principles": "Principle",
    "Qualities and styles": "Quality or style",
    "Service actions": "Change to services",
    "What went wrong": "What went wrong",
    "Who had a part": "Who had a part",
}

# What is not said: by the paper, which was read whole; by the paper and other documents; by others.
SILENCES = {
    "Five factors": (
        "The paper does not itself tie this case to:",
        "The paper does not itself tie this case to these, nor does the part we read of other documents:",
        "Not found in the part we read, a tie of this case to:",
    ),
    "Outcomes": (
        "It reports no result on:",
        "The paper reports no result on these, and none was found in the part we read of other documents:",
        "Not found in the part we read, any result on:",
    ),
    "Who had a part": (
        "It does not say whether these had a part:",
        "The paper does not say whether these had a part, nor did we find it in the part we read of others:",
        "Not found in the part we read, whether these had a part:",
    ),
}
OTHER_SILENCE = (
    "The paper does not say anything about {}:",
    "Neither the paper nor the part we read of other documents says anything about {}:",
    "Not found in the part we read, anything about {}:",
)


def grade(basis: str) -> str:
    """Give how sure a reading is, such as “medium” for “Inferred, medium”."""
    return basis.rpartition(", ")[2]


def rests_on(counts: Sequence[RestsOn]) -> str:
    """Say on which kinds of document results rest, and whose claim they are.

    >>> print(rests_on([RestsOn("Audit", "Independent", 2), RestsOn("Press", "Self-reported", 1)]))
    audit (2 results), called independent; press (1 result), reported by those involved
    """
    by_voice: dict[str, list[str]] = {}
    for each in counts:
        name = f"{each.kind[:1].lower()}{each.kind[1:]} ({counted(each.count, 'result')})"
        by_voice.setdefault(each.voice, []).append(name)
    return "; ".join(
        ", ".join([*kinds, VOICES.get(voice, voice.lower())]) for voice, kinds in by_voice.items()
    )


def silence(heading: str, read_whole: bool, paper: bool) -> str:
    """Open the sentence that names what is not said.

    Args:
        heading: What it is about.
        read_whole: Whether every document that speaks of the case was read whole.
        paper: Whether the paper speaks of the case.
    """
    texts = SILENCES.get(heading, tuple(text.format(heading.lower()) for text in OTHER_SILENCE))
    return texts[0 if read_whole else 1 if paper else 2]


def ahead(tone: str) -> str:
    """Say of a time that lies ahead of a statement whether something was planned for it or only expected."""
    return "Planned for" if tone == "Intention" else "Expected by"


def result(reported: Result) -> str:
    """Name a result and which way it went.

    >>> result(Result("Waiting times", "Improved", Standing.TOLD))
    'Waiting times (better)'
    """
    short = SHORT_DIRECTIONS.get(reported.direction, reported.direction)
    return f"{reported.label} ({short})" if short else reported.label
