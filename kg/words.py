"""The words, on the screen and in every file, for what the data calls by shorter names."""

from collections.abc import Sequence

from kg.similarity import Lens
from kg.views import EVALUATIONS, CaseRow, Comparison, RestsOn, Result, Standing, Statement

__all__ = [
    "BEFORE",
    "DENIAL",
    "DIRECTIONS",
    "HOLD_NOTHING",
    "KINDS_OF_FEATURES",
    "KINDS_OF_TERMS",
    "LENSES",
    "NOT_KNOWN",
    "NOT_RESULTS",
    "SHORT_DIRECTIONS",
    "STANDINGS",
    "STANDINGS_IN_BRIEF",
    "TONES",
    "VOICES",
    "ahead",
    "compared",
    "counted",
    "document",
    "extent",
    "grade",
    "how",
    "kind_of_evidence",
    "listed",
    "marks",
    "rests_on",
    "result",
    "silence",
    "when",
    "where",
]

BEFORE = "Before: not what leaders did then"
DENIAL = "A denial: the source says what was not so"
HOLD_NOTHING = "nothing we hold says what came of it"

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
    "Better than elsewhere": "Said to be better than elsewhere",
    "Improved": "Said to have improved",
    "Worse than elsewhere": "Said to be worse than elsewhere",
    "Worsened": "Said to have become worse",
    "Mixed": "Said to be mixed",
    "Direction not stated": "Better or worse: not stated",
    "No change found": "No change found",
}
# The same beside the name of a result, where there is room for a word or two; "" says nothing.
SHORT_DIRECTIONS = {
    "Better than elsewhere": "better than elsewhere",
    "Worse than elsewhere": "worse than elsewhere",
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

# What is said of a result in an evaluation that the evaluation did not find itself.
_IN_AN_EVALUATION = {
    "Self-reported": "what those involved say in an evaluation",
    "Voice not established": "an evaluation that may not be independent",
}
# What is not known, and what we only have not read: the heading of a list of silences.
NOT_KNOWN = {True: "What is not known", False: "Not in what we have read"}

# What places can be alike in, and what is meant by it.
LENSES = {
    Lens.CONTRAST: "Similar situation, different approach",
    Lens.SITUATION: "Similar situation",
    Lens.APPROACH: "Similar approach",
    Lens.BOTH: "Similar situation and approach",
}
KINDS_OF_FEATURES = {
    "difficulty": "Difficulties",
    "part": "Who had a part",
    "history": "What went before, or went wrong",
    "practice": "What leaders did",
    "service": "What services did",
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
        "The paper does not itself tie this case to these. We found no tie in what we read of others:",
        "We found no tie of this case to these in the parts we read:",
    ),
    "Outcomes": (
        "It reports no result on:",
        "The paper reports no result on these, and we found none in the parts we read of other documents:",
        "We found no result on these in the parts we read:",
    ),
    "Who had a part": (
        "It does not say whether these were involved:",
        "The paper does not say whether these were involved. We did not find it in what we read of others:",
        "We did not find in the parts we read whether these were involved:",
    ),
}
OTHER_SILENCE = (
    "The paper does not say anything about {}:",
    "Neither the paper nor the parts we read of other documents say anything about {}:",
    "We found nothing about {} in the parts we read:",
)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Give a number with its noun.

    >>> counted(1, "statement"), counted(2, "statement"), counted(2, "city", "cities")
    ('1 statement', '2 statements', '2 cities')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def grade(basis: str) -> str:
    """Give how sure a reading is, such as “medium” for “Inferred, medium”."""
    return basis.rpartition(", ")[2]


def kind_of_evidence(each: RestsOn) -> str:
    """Name the kind of document that results rest on; none is called an evaluation that did not find them."""
    if each.kind in EVALUATIONS and each.standing is not Standing.EVALUATED:
        return _IN_AN_EVALUATION.get(each.voice, f"{each.kind[:1].lower()}{each.kind[1:]}")
    return f"{each.kind[:1].lower()}{each.kind[1:]}"


def rests_on(counts: Sequence[RestsOn]) -> str:
    """Say on which kinds of document results rest, and whose claim they are.

    >>> print(rests_on([RestsOn("Audit", "Independent", 2), RestsOn("Press", "Self-reported", 1)]))
    audit (2 results), called independent; press (1 result), reported by those involved
    """
    by_voice: dict[str, list[str]] = {}
    for each in counts:
        name = f"{kind_of_evidence(each)} ({counted(each.count, 'result')})"
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


def when(statement: Statement) -> str:
    """Say of which time a statement speaks, and if that lay ahead, whether it was planned or expected."""
    time = statement.time or ""
    return f"{ahead(statement.tone)} {time}" if statement.planned else time


def result(reported: Result) -> str:
    """Name a result and which way it went.

    >>> result(Result("Waiting times", "Improved", Standing.TOLD))
    'Waiting times (better)'
    """
    short = SHORT_DIRECTIONS.get(reported.direction, reported.direction)
    return f"{reported.label} ({short})" if short else reported.label


def marks(statement: Statement) -> list[str]:
    """Say what keeps a statement from being taken for more than it is, each mark in a few words.

    They do not depend on the day: of a plan for a time they say that nothing later is held.
    """
    found = [DENIAL] if statement.denied else []
    if statement.before:
        found.append(BEFORE)
    if not statement.explicit:
        found.append(_reading(statement))
    if statement.planned and not statement.later:
        found.append(f"{ahead(statement.tone)} {statement.time}; {HOLD_NOTHING}")
    elif statement.tone in NOT_RESULTS:
        found.append(NOT_RESULTS[statement.tone])
    elif statement.tone == "Hedged":
        found.append("Said with a hedge")
    if statement.standing is not None:
        found.append(STANDINGS[statement.standing])
    elif statement.voice != "Voice not established":
        found.append(_opened(VOICES.get(statement.voice, statement.voice)))
    if statement.direction in {"Worsened", "Mixed", "No change found"}:
        found.append(DIRECTIONS[statement.direction])
    return [*found, *statement.setbacks]


def how(statement: Statement) -> list[str]:
    """Say in sentences how a statement is made, as it has to be said wherever the statement is shown."""
    said = [f"{mark}." for mark in marks(statement) if mark != _reading(statement)]
    if not statement.explicit:
        # The statement itself begins “Our reading”.
        said += [f"A {grade(statement.grade)} reading.", statement.inference or "No reason is given."]
    if statement.time is not None and not statement.planned:
        said.append(f"Speaks of {statement.time}.")
    if statement.attributions:
        said.append(f"Attributed to: {'; '.join(statement.attributions)}.")
    said += statement.caveats
    if statement.later:
        became = " ".join(f"{each.text} ({each.source})" for each in statement.later)
        said.append(f"What became of it: {became}")
    return said + [f"Told differently: {each.text} ({each.source})" for each in statement.differing]


def where(statement: Statement) -> str:
    """Say in which document a statement stands, where in it, and what to look for there."""
    places = "; and ".join(
        each.where + (f"; look for “{each.look_for}”" if each.look_for else "") for each in statement.places
    )
    return f"{document(statement.document.name, statement.year)}. {places}."


def document(name: str, year: str) -> str:
    """Name a document with its year, once, and how the year is known.

    >>> document("Leeds review", "2020"), document("Leeds review, 2020", "2020 (year inferred)")
    ('Leeds review, 2020', 'Leeds review, 2020 (year inferred)')
    """
    number, _, basis = year.partition(" ")
    return f"{name} {basis}".strip() if number.isdigit() and number in name else f"{name}, {year}"


def compared(comparison: Comparison, with_extent: bool = True) -> str:
    """Say from counts what is shared and what is not, and how far that can be trusted.

    Args:
        comparison: The comparison.
        with_extent: Whether to say how much there is about each case.
    """
    names = [case.label for case in comparison.cases]
    alone = listed(
        [f"{count} stand for {name} alone" for name, count in zip(names, comparison.alone, strict=True)]
    )
    rests = "; ".join(f"{case.label}: {extent(case)}" for case in comparison.cases) + ". "
    read = (
        "All were read whole."
        if all(comparison.read_whole)
        else "Most were read in part, so what is not found may only not have been read."
    )
    return (
        f"{listed(names)} share {comparison.shared} of the {comparison.matters} difficulties, actions, "
        "results, parties and factors that statements tie to any of them, by their words or by our reading; "
        f"{alone}. {rests if with_extent else ''}{read}"
    )


def extent(case: CaseRow) -> str:
    """Say how much there is about a case."""
    return f"{counted(case.statements, 'statement')} in {counted(len(case.sources), 'document')}"


def listed(names: Sequence[str]) -> str:
    """Give names as a sentence has them.

    >>> listed(["Leeds"]), listed(["Leeds", "Devon", "Wigan"])
    ('Leeds', 'Leeds, Devon and Wigan')
    """
    return " and ".join([", ".join(names[:-1]), *names[-1:]] if len(names) > 1 else names)


def _reading(statement: Statement) -> str:
    return f"Our reading, {grade(statement.grade)}"


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]
