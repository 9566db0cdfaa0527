"""The words, on the screen and in every file, for what the data calls by shorter names."""

from collections.abc import Sequence

from kg.evidence import Basis, Direction, Modality, Standing, Voice
from kg.similarity import Lens
from kg.views import CaseRow, Comparison, Origin, RestsOn, Result, Silence, Statement

__all__ = [
    "ARRANGED",
    "BEFORE",
    "DENIAL",
    "DIRECTIONS",
    "DIRECTION_MARKS",
    "HOLD_NOTHING",
    "KINDS_OF_FEATURES",
    "KINDS_OF_TERMS",
    "LENSES",
    "MODES",
    "NOT_KNOWN",
    "NOT_RESULTS",
    "ORIGINS",
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

# What joins a practice or a difficulty to a factor where the document says no more.
ARRANGED = "the section it is set out in"
BEFORE = "Before: not what leaders did then"
DENIAL = "The source says this was not so"
HOLD_NOTHING = "we found nothing on what happened"

# How a source says something. The second dictionary is for what must never look like a result.
TONES = {
    Modality.FACT: "stated as fact",
    Modality.EXAMPLE: "given as an example",
    Modality.HEDGED: "said with caution",
    Modality.HOPE: "hoped for",
    Modality.INTENTION: "planned",
    Modality.NORMATIVE: "given as advice",
}
NOT_RESULTS = {
    Modality.HOPE: "Hoped for",
    Modality.INTENTION: "Planned or intended",
    Modality.NORMATIVE: "Advice",
}
_NO_GAIN = {Direction.WORSENED, Direction.MIXED, Direction.NO_CHANGE}
# How surely something is read that does not stand in the source.
GRADES = {
    Basis.EXPLICIT: "explicit",
    Basis.INFERRED_STRONG: "strong",
    Basis.INFERRED_MEDIUM: "medium",
    Basis.INFERRED_WEAK: "weak",
}
# Where a statement comes from.
ORIGINS = {
    Origin.PAPER: "In the paper",
    Origin.ELSEWHERE: "Elsewhere",
    Origin.SINCE: "Since then",
}

DIRECTIONS = {
    Direction.BETTER_THAN_ELSEWHERE: "Said to be better than elsewhere",
    Direction.IMPROVED: "Said to have improved",
    Direction.WORSE_THAN_ELSEWHERE: "Said to be worse than elsewhere",
    Direction.WORSENED: "Said to have become worse",
    Direction.MIXED: "Said to be mixed",
    Direction.NOT_STATED: "No direction given",
    Direction.NO_CHANGE: "No change found",
}
# The same beside the name of a result, where there is room for a word or two; "" says nothing.
SHORT_DIRECTIONS = {
    Direction.BETTER_THAN_ELSEWHERE: "better than elsewhere",
    Direction.WORSE_THAN_ELSEWHERE: "worse than elsewhere",
    Direction.IMPROVED: "better",
    Direction.WORSENED: "worse",
    Direction.MIXED: "mixed",
    Direction.NOT_STATED: "",
    Direction.NO_CHANGE: "no change found",
}
# The same as a mark that is told apart by its shape; "" marks nothing.
DIRECTION_MARKS = {
    Direction.BETTER_THAN_ELSEWHERE: "▲",
    Direction.WORSE_THAN_ELSEWHERE: "▼",
    Direction.IMPROVED: "▲",
    Direction.WORSENED: "▼",
    Direction.MIXED: "◆",
    Direction.NOT_STATED: "",
    Direction.NO_CHANGE: "=",
}
# Who stands behind a result. These never look alike: each has a form of its own in the style sheet.
STANDINGS = {
    Standing.EVALUATED: "Independent evaluation, inspection or audit",
    Standing.OWN_ACCOUNT: "Reported by those involved",
    Standing.TOLD: "Reported, not evaluated",
}
# The same in the list of cases, after a number.
STANDINGS_IN_BRIEF = {
    Standing.EVALUATED: "evaluated",
    Standing.OWN_ACCOUNT: "own account",
    Standing.TOLD: "told",
}
VOICES = {
    Voice.NOT_ESTABLISHED: "not clear if independent",
    Voice.SELF_REPORTED: "reported by those involved",
    Voice.INDEPENDENT: "called independent",
}

# What is said of a result in an evaluation that the evaluation did not find itself.
_IN_AN_EVALUATION = {
    Voice.SELF_REPORTED: "what those involved say in an evaluation",
    Voice.NOT_ESTABLISHED: "an evaluation that may not be independent",
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
# How the people of a session meet.
MODES = {"room": "In one room", "online": "Online", "hybrid": "Hybrid"}
KINDS_OF_FEATURES = {
    "difficulty": "Difficulties",
    "part": "Who was involved",
    "history": "What went before, or went wrong",
    "practice": "What leaders did",
    "service": "What services did",
}

# What a term is, before its name, by its list.
KINDS_OF_TERMS = {
    "bodies": "Kind of body",
    "challenges": "Difficulty",
    "conditions": "What helps",
    "facilitator-practices": "What facilitators do",
    "factors": "Factor",
    "goals": "Hoped for or intended",
    "outcomes": "Result",
    "parties": "Who was involved",
    "practices": "What leaders did",
    "principles": "Principle",
    "qualities": "Quality or style",
    "service-actions": "Change to services",
    "setbacks": "What went wrong",
}

# What is not said: by the paper, which was read whole; by the paper and other documents; by others.
SILENCES = {
    "factors": (
        "The paper does not itself tie this case to:",
        "The paper does not itself tie this case to these. We found no tie in what we read of others:",
        "We found no tie of this case to these in the parts we read:",
    ),
    "outcomes": (
        "It reports no result on:",
        "The paper reports no result on these, and we found none in the parts we read of other documents:",
        "We found no result on these in the parts we read:",
    ),
    "parties": (
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


def grade(basis: Basis) -> str:
    """Give how sure a reading is, such as “medium”."""
    return GRADES[basis]


def kind_of_evidence(each: RestsOn) -> str:
    """Name the kind of document that results rest on; none is called an evaluation that did not find them."""
    if each.kind_standing is Standing.EVALUATED and each.standing is not Standing.EVALUATED:
        return _IN_AN_EVALUATION[each.voice]
    return f"{each.kind[:1].lower()}{each.kind[1:]}"


def rests_on(counts: Sequence[RestsOn]) -> str:
    """Say on which kinds of document results rest, and whose claim they are.

    >>> audit = RestsOn("Audit", Voice.INDEPENDENT, 2, Standing.EVALUATED, Standing.EVALUATED)
    >>> press = RestsOn("Press", Voice.SELF_REPORTED, 1, Standing.TOLD, Standing.OWN_ACCOUNT)
    >>> print(rests_on([audit, press]))
    audit (2 results), called independent; press (1 result), reported by those involved
    """
    by_voice: dict[Voice, list[str]] = {}
    for each in counts:
        name = f"{kind_of_evidence(each)} ({counted(each.count, 'result')})"
        by_voice.setdefault(each.voice, []).append(name)
    return "; ".join(", ".join([*kinds, VOICES[voice]]) for voice, kinds in by_voice.items())


def silence(silent: Silence, read_whole: bool, paper: bool) -> str:
    """Open the sentence that names what is not said.

    Args:
        silent: What nothing says anything on.
        read_whole: Whether every document that speaks of the case was read whole.
        paper: Whether the paper speaks of the case.
    """
    other = tuple(text.format(silent.heading.lower()) for text in OTHER_SILENCE)
    texts = SILENCES.get(silent.scheme, other)
    return texts[0 if read_whole else 1 if paper else 2]


def ahead(modality: Modality) -> str:
    """Say of a time that lies ahead of a statement whether something was planned for it or only expected."""
    return "Planned for" if modality is Modality.INTENTION else "Expected by"


def when(statement: Statement) -> str:
    """Say of which time a statement speaks, and if that lay ahead, whether it was planned or expected."""
    time = statement.time.span or ""
    return f"{ahead(statement.evidence.modality)} {time}" if statement.time.planned else time


def result(reported: Result) -> str:
    """Name a result and which way it went.

    >>> result(Result("Waiting times", Direction.IMPROVED, Standing.TOLD))
    'Waiting times (better)'
    """
    short = SHORT_DIRECTIONS[reported.direction]
    return f"{reported.label} ({short})" if short else reported.label


def marks(statement: Statement) -> list[str]:
    """Say what keeps a statement from being taken for more than it is, each mark in a few words.

    They do not depend on the day: of a plan for a time they say that nothing later is held.
    """
    found = [DENIAL] if statement.evidence.denied else []
    if statement.relation.before:
        found.append(BEFORE)
    if not statement.evidence.explicit:
        found.append(_reading(statement))
    if statement.time.planned and not statement.related.later:
        found.append(f"{ahead(statement.evidence.modality)} {statement.time.span}; {HOLD_NOTHING}")
    elif statement.evidence.modality in NOT_RESULTS:
        found.append(NOT_RESULTS[statement.evidence.modality])
    elif statement.evidence.modality is Modality.HEDGED:
        found.append("Said with caution")
    if statement.result is not None:
        found.append(STANDINGS[statement.result.standing])
    elif statement.attribution.voice is not Voice.NOT_ESTABLISHED:
        found.append(_opened(VOICES[statement.attribution.voice]))
    if statement.result is not None and statement.result.direction in _NO_GAIN:
        found.append(DIRECTIONS[statement.result.direction])
    return [*found, *statement.topics.setbacks]


def how(statement: Statement) -> list[str]:
    """Say in sentences how a statement is made, as it has to be said wherever the statement is shown."""
    said = [f"{mark}." for mark in marks(statement) if mark != _reading(statement)]
    if not statement.evidence.explicit:
        # The statement itself begins “Our reading”.
        said += [
            f"A {grade(statement.evidence.basis)} reading.",
            statement.evidence.inference or "No reason is given.",
        ]
    if statement.time.span is not None and not statement.time.planned:
        said.append(f"Speaks of {statement.time.span}.")
    if statement.attribution.names:
        said.append(f"Attributed to: {'; '.join(statement.attribution.names)}.")
    said += statement.evidence.caveats
    if statement.related.later:
        became = " ".join(f"{each.text} ({each.source})" for each in statement.related.later)
        said.append(f"What happened next: {became}")
    return said + [f"Sources disagree: {each.text} ({each.source})" for each in statement.related.differing]


def where(statement: Statement) -> str:
    """Say in which document a statement stands, where in it, and what to look for there."""
    places = "; and ".join(
        each.where + (f"; look for “{each.look_for}”" if each.look_for else "")
        for each in statement.source.places
    )
    return f"{document(statement.source.document.name, statement.source.year)}. {places}."


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
        else "Most were read in part, so what we did not find may be in the parts we have not read."
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
    return f"Our reading, {grade(statement.evidence.basis)}"


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]
