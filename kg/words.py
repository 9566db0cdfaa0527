"""The words, on the screen and in every file, for what the data calls by shorter names."""

import re
from collections.abc import Sequence

from kg.evidence import Basis, Direction, Modality, Standing, Voice
from kg.language import N_, WordTable, listed, ngettext
from kg.language import gettext as _
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
    "about_time",
    "ahead",
    "anchor",
    "compared",
    "counted",
    "differing",
    "disagreeing",
    "document",
    "extent",
    "grade",
    "how",
    "kind_of_evidence",
    "listed",
    "marks",
    "news",
    "reading_mark",
    "rests_on",
    "result",
    "silence",
    "when",
    "where",
]

# What joins a practice or a difficulty to a factor where the document says no more.
ARRANGED = N_("the section it is set out in")
BEFORE = N_("Before: not what leaders did then")
DENIAL = N_("Says what was not so")
HOLD_NOTHING = N_("we found nothing on what happened")

# How a source says something. The second dictionary is for what must never look like a result.
TONES = WordTable(
    {
        Modality.FACT: N_("stated as fact"),
        Modality.EXAMPLE: N_("given as an example"),
        Modality.HEDGED: N_("said with caution"),
        Modality.HOPE: N_("hoped for"),
        Modality.INTENTION: N_("planned"),
        Modality.NORMATIVE: N_("given as advice"),
    }
)
NOT_RESULTS = WordTable(
    {
        Modality.HOPE: N_("Hoped for"),
        Modality.INTENTION: N_("Planned or intended"),
        Modality.NORMATIVE: N_("Advice"),
    }
)
_NO_GAIN = {Direction.WORSENED, Direction.MIXED, Direction.NO_CHANGE}
# How surely something is read that does not stand in the source.
GRADES = WordTable(
    {
        Basis.EXPLICIT: N_("explicit"),
        Basis.INFERRED_STRONG: N_("strong"),
        Basis.INFERRED_MEDIUM: N_("medium"),
        Basis.INFERRED_WEAK: N_("weak"),
    }
)
_READINGS = WordTable(
    {
        Basis.INFERRED_STRONG: N_("Our reading, strong"),
        Basis.INFERRED_MEDIUM: N_("Our reading, medium"),
        Basis.INFERRED_WEAK: N_("Our reading, weak"),
    }
)
# The same as a sentence, after a statement that begins “Our reading”.
_READINGS_GRADED = WordTable(
    {
        Basis.INFERRED_STRONG: N_("A strong reading."),
        Basis.INFERRED_MEDIUM: N_("A medium reading."),
        Basis.INFERRED_WEAK: N_("A weak reading."),
    }
)
# Where a statement comes from.
ORIGINS = WordTable(
    {
        Origin.PAPER: N_("In the paper"),
        Origin.ELSEWHERE: N_("Elsewhere"),
        Origin.SINCE: N_("Since then"),
    }
)

DIRECTIONS = WordTable(
    {
        Direction.BETTER_THAN_ELSEWHERE: N_("Said to be better than elsewhere"),
        Direction.IMPROVED: N_("Said to have improved"),
        Direction.WORSE_THAN_ELSEWHERE: N_("Said to be worse than elsewhere"),
        Direction.WORSENED: N_("Said to have become worse"),
        Direction.MIXED: N_("Said to be mixed"),
        Direction.NOT_STATED: N_("No direction given"),
        Direction.NO_CHANGE: N_("No change found"),
    }
)
# The same beside the name of a result, where there is room for a word or two; "" says nothing.
SHORT_DIRECTIONS = WordTable(
    {
        Direction.BETTER_THAN_ELSEWHERE: N_("better than elsewhere"),
        Direction.WORSE_THAN_ELSEWHERE: N_("worse than elsewhere"),
        Direction.IMPROVED: N_("better"),
        Direction.WORSENED: N_("worse"),
        Direction.MIXED: N_("mixed"),
        Direction.NOT_STATED: "",
        Direction.NO_CHANGE: N_("no change found"),
    }
)
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
STANDINGS = WordTable(
    {
        Standing.EVALUATED: N_("Independent evaluation, inspection or audit"),
        Standing.OWN_ACCOUNT: N_("The partners’ own account"),
        Standing.TOLD: N_("Reported, not evaluated"),
    }
)
# The same in the list of cases, after a number.
STANDINGS_IN_BRIEF = WordTable(
    {
        Standing.EVALUATED: N_("evaluated"),
        Standing.OWN_ACCOUNT: N_("own account"),
        Standing.TOLD: N_("reported"),
    }
)
VOICES = WordTable(
    {
        Voice.NOT_ESTABLISHED: N_("not clear if independent"),
        Voice.SELF_REPORTED: N_("reported by those involved"),
        Voice.INDEPENDENT: N_("called independent"),
    }
)

# What is said of a result in an evaluation that the evaluation did not find itself.
_IN_AN_EVALUATION = WordTable(
    {
        Voice.SELF_REPORTED: N_("what those involved say in an evaluation"),
        Voice.NOT_ESTABLISHED: N_("an evaluation that may not be independent"),
    }
)
# What is not known, and what we only have not read: the heading of a list of silences.
NOT_KNOWN = WordTable({True: N_("What is not known"), False: N_("Not in what we have read")})

# What places can be alike in, and what is meant by it.
LENSES = WordTable(
    {
        Lens.CONTRAST: N_("Similar situation, different approach"),
        Lens.SITUATION: N_("Similar situation"),
        Lens.APPROACH: N_("Similar approach"),
        Lens.BOTH: N_("Similar situation and approach"),
    }
)
# How the people of a session meet.
MODES = WordTable({"room": N_("In one room"), "online": N_("Online"), "hybrid": N_("Hybrid")})
KINDS_OF_FEATURES = WordTable(
    {
        "difficulty": N_("Difficulties"),
        "part": N_("Who was involved"),
        "history": N_("What went before, or went wrong"),
        "practice": N_("What leaders did"),
        "service": N_("What services did"),
    }
)

# What a term is, before its name, by its list.
KINDS_OF_TERMS = WordTable(
    {
        "bodies": N_("Kind of body"),
        "challenges": N_("Difficulty"),
        "conditions": N_("What helps"),
        "facilitator-practices": N_("What facilitators do"),
        "factors": N_("Factor"),
        "goals": N_("Hoped for or intended"),
        "outcomes": N_("Result"),
        "parties": N_("Who was involved"),
        "practices": N_("What leaders did"),
        "principles": N_("Principle"),
        "qualities": N_("Quality or style"),
        "service-actions": N_("Change to services"),
        "setbacks": N_("What went wrong"),
    }
)

# What is not said: by the paper, which was read whole; by the paper and other documents; by others.
SILENCES = {
    "factors": (
        N_("The paper does not link this case to:"),
        N_("The paper does not link this case to these. We found no link in what we read of others:"),
        N_("We found no link from this case to these in the parts we read:"),
    ),
    "outcomes": (
        N_("The paper reports no result on:"),
        N_(
            "The paper reports no result on these, and we found none in the parts we read of other documents:"
        ),
        N_("We found no result on these in the parts we read:"),
    ),
    "parties": (
        N_("The paper does not say whether these were involved:"),
        N_(
            "The paper does not say whether these were involved, and we found nothing in what we read of "
            "others:"
        ),
        N_("We did not find in the parts we read whether these were involved:"),
    ),
}
OTHER_SILENCE = (
    N_("The paper does not say anything about %(topic)s:"),
    N_("Neither the paper nor the parts we read of other documents say anything about %(topic)s:"),
    N_("We found nothing about %(topic)s in the parts we read:"),
)


def counted(number: int, one: str, many: str | None = None) -> str:
    """Give a number with its noun.

    >>> counted(1, "statement"), counted(2, "statement"), counted(2, "city", "cities")
    ('1 statement', '2 statements', '2 cities')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def anchor(heading: str) -> str:
    """Return the name of a heading in an address.

    >>> anchor("Demand and services")
    'demand-and-services'
    """
    return "-".join(re.findall(r"\w+", heading.casefold()))


def grade(basis: Basis) -> str:
    """Return how sure a reading is, such as “medium”."""
    return GRADES[basis]


def kind_of_evidence(each: RestsOn) -> str:
    """Name the kind of document that results rest on; none is called an evaluation that did not find them."""
    if each.kind_standing is Standing.EVALUATED and each.standing is not Standing.EVALUATED:
        return _IN_AN_EVALUATION[each.voice]
    return f"{each.kind[:1].lower()}{each.kind[1:]}"


def rests_on(counts: Sequence[RestsOn]) -> str:
    """Say on which kinds of document results rest, and whose account they are.

    >>> audit = RestsOn("Audit", Voice.INDEPENDENT, 2, Standing.EVALUATED, Standing.EVALUATED)
    >>> press = RestsOn("Press", Voice.SELF_REPORTED, 1, Standing.TOLD, Standing.OWN_ACCOUNT)
    >>> print(rests_on([audit, press]))
    audit (2 results), called independent; press (1 result), reported by those involved
    """
    by_voice: dict[Voice, list[str]] = {}
    for each in counts:
        name = ngettext(
            "%(kind)s (%(num)s result)", "%(kind)s (%(num)s results)", each.count, kind=kind_of_evidence(each)
        )
        by_voice.setdefault(each.voice, []).append(name)
    return "; ".join(", ".join([*kinds, VOICES[voice]]) for voice, kinds in by_voice.items())


def silence(silent: Silence, read_whole: bool, paper: bool) -> str:
    """Open the sentence that names what is not said.

    Args:
        silent: What nothing says anything on.
        read_whole: Whether every document that speaks of the case was read whole.
        paper: Whether the paper speaks of the case.
    """
    texts = SILENCES.get(silent.scheme, OTHER_SILENCE)
    return _(texts[0 if read_whole else 1 if paper else 2], topic=silent.heading.lower())


def ahead(modality: Modality) -> str:
    """Say of a time that lies ahead of a statement whether something was planned for it or only expected."""
    return _("Planned for") if modality is Modality.INTENTION else _("Expected by")


def when(statement: Statement) -> str:
    """Return the time that a statement is about; one that lay ahead is called planned or expected."""
    time = statement.time.span or ""
    if not statement.time.planned:
        return time
    if statement.evidence.modality is Modality.INTENTION:
        return _("Planned for %(time)s", time=time)
    return _("Expected by %(time)s", time=time)


def result(reported: Result) -> str:
    """Name a result and which way it went.

    >>> result(Result("Waiting times", Direction.IMPROVED, Standing.TOLD))
    'Waiting times (better)'
    """
    short = SHORT_DIRECTIONS[reported.direction]
    return _("%(result)s (%(way)s)", result=reported.label, way=short) if short else reported.label


def marks(statement: Statement) -> list[str]:
    """Say what keeps a statement from being taken for more than it is, each mark in a few words.

    They do not depend on the day: of a plan for a time they say that we found nothing later.
    """
    found = [_(DENIAL)] if statement.evidence.denied else []
    if statement.relation.before:
        found.append(_(BEFORE))
    if not statement.evidence.explicit:
        found.append(reading_mark(statement))
    if statement.time.planned and not statement.related.later:
        found.append(_with_no_news(statement))
    elif statement.evidence.modality in NOT_RESULTS:
        found.append(NOT_RESULTS[statement.evidence.modality])
    elif statement.evidence.modality is Modality.HEDGED:
        found.append(_("Said with caution"))
    if statement.result is not None:
        found.append(STANDINGS[statement.result.standing])
    elif statement.attribution.voice is not Voice.NOT_ESTABLISHED:
        found.append(_opened(VOICES[statement.attribution.voice]))
    if statement.result is not None and statement.result.direction in _NO_GAIN:
        found.append(DIRECTIONS[statement.result.direction])
    return [*found, *statement.topics.setbacks]


def how(statement: Statement) -> list[str]:
    """Say in sentences how a statement is made, as it has to be said wherever the statement is shown."""
    said = [f"{mark}." for mark in marks(statement) if mark != reading_mark(statement)]
    if not statement.evidence.explicit:
        said += [
            _READINGS_GRADED[statement.evidence.basis],
            statement.evidence.inference or _("No reason is given."),
        ]
    if statement.time.span is not None and not statement.time.planned:
        said.append(about_time(statement))
    if statement.attribution.names:
        said.append(_("Attributed to: %(names)s.", names="; ".join(statement.attribution.names)))
    return [*said, *statement.evidence.caveats, *news(statement), *differing(statement)]


def about_time(statement: Statement) -> str:
    """Return the sentence on the time that a statement is about; "" if there is none or it lies ahead."""
    return (
        ""
        if not statement.time.span or statement.time.planned
        else _("About %(time)s.", time=statement.time.span)
    )


def news(statement: Statement) -> list[str]:
    """Return what happened next, in one sentence or none."""
    became = " ".join(f"{each.text} ({each.source})" for each in statement.related.later)
    return [_("What happened next: %(events)s", events=became)] if became else []


def differing(statement: Statement) -> list[str]:
    """Return what other sources say against a statement, a sentence each."""
    return [
        _("Sources disagree: %(text)s (%(source)s)", text=each.text, source=each.source)
        for each in statement.related.differing
    ]


def disagreeing(statement: Statement) -> list[str]:
    """Name the sources that say something against a statement, a sentence each."""
    return [_("%(source)s disagrees.", source=each.source) for each in statement.related.differing]


def where(statement: Statement) -> str:
    """Return in which document a statement stands, where in it, and what to look for there."""
    places = "; ".join(
        _("%(place)s; look for “%(words)s”", place=each.where, words=each.look_for)
        if each.look_for
        else each.where
        for each in statement.source.places
    )
    return f"{document(statement.source.document.name, statement.source.year)}. {places}."


def document(name: str, year: str) -> str:
    """Name a document with its year, once, and how the year is known.

    >>> document("Leeds review", "2020"), document("Leeds review, 2020", "2020 (year inferred)")
    ('Leeds review, 2020', 'Leeds review, 2020 (year inferred)')
    """
    number, _space, basis = year.partition(" ")
    return f"{name} {basis}".strip() if number.isdigit() and number in name else f"{name}, {year}"


def compared(comparison: Comparison, with_extent: bool = True) -> str:
    """Say from counts what cases share and what they do not, and how far that can be trusted.

    Args:
        comparison: The comparison.
        with_extent: Whether to say how much we found about each case.
    """
    names = [case.label for case in comparison.cases]
    said = [
        _(
            "%(cases)s share %(shared)s of the %(all)s difficulties, actions, results, parties and factors "
            "that we found for any of them, stated or by our reading.",
            cases=listed(names),
            shared=comparison.shared,
            all=comparison.matters,
        ),
        _(
            "Found for one alone: %(counts)s.",
            counts=", ".join(f"{name} {count}" for name, count in zip(names, comparison.alone, strict=True)),
        ),
    ]
    if with_extent:
        extents = "; ".join(f"{case.label}: {extent(case)}" for case in comparison.cases)
        said.append(_("We have read: %(extents)s.", extents=extents))
    said.append(
        _("We read every document whole.")
        if all(comparison.read_whole)
        else _(
            "We read most documents in part, so what is missing here may be in the parts we have not read."
        )
    )
    return " ".join(said)


def extent(case: CaseRow) -> str:
    """Return how much we found about a case."""
    return _(
        "%(statements)s in %(documents)s",
        statements=ngettext("%(num)s statement", "%(num)s statements", case.statements),
        documents=ngettext("%(num)s document", "%(num)s documents", len(case.sources)),
    )


def reading_mark(statement: Statement) -> str:
    """Return the mark of a statement that is our reading; "" of any other."""
    return _READINGS.get(statement.evidence.basis, "")


def _with_no_news(statement: Statement) -> str:
    if statement.evidence.modality is Modality.INTENTION:
        return _("Planned for %(time)s; we found nothing on what happened", time=statement.time.span)
    return _("Expected by %(time)s; we found nothing on what happened", time=statement.time.span)


def _opened(text: str) -> str:
    return text[:1].upper() + text[1:]
