"""The vocabulary on one page: for people who know RDF, each term with an address of its own."""

from collections.abc import Sequence

from app_pages.parts.markup import counted, escaped, items
from kg.publish.serialised import FORMATS
from kg.views import Concept, End, Link, Scheme, Term, Vocabulary

INTRODUCTION = (
    "The graph has few terms of its own and takes the rest from SKOS, Dublin Core, FOAF, the W3C terms for "
    "organisations and annotations, and SHACL. A statement is a node of its own, an sl:Claim; what it is "
    "about, how it is said, by whom and how surely are its properties. Counts are those of the data as it is "
    "now. “In the data” is where a property leads today; “Has to hold” is what every entry is checked for."
)
KINDS = {
    "owl:ObjectProperty": "leads to a thing",
    "owl:DatatypeProperty": "leads to a value",
    "owl:AnnotationProperty": "tells of a term of the vocabulary",
    "owl:NamedIndividual": "a thing named in the vocabulary",
}
IN_THE_OPEN = 3
_INDIVIDUAL = "owl:NamedIndividual"


def draw(vocabulary: Vocabulary, wanted: str) -> str:
    """Draw the whole page.

    Args:
        vocabulary: What there is.
        wanted: The last part of the IRI of a term to show first; "" for none.
    """
    classes = [term for term in vocabulary.terms if term.is_class]
    individuals = [term for term in vocabulary.terms if term.kind == _INDIVIDUAL]
    properties = [term for term in vocabulary.terms if term not in classes and term not in individuals]
    return (
        _asked_for(vocabulary, wanted)
        + f'<p class="kg-intro">{escaped(INTRODUCTION)}</p>'
        + f"<p>The same as linked data: {_formats('def/')}.</p>"
        + f"<p>What the terms are by those of other vocabularies, alone: {_formats('graph/alignment')}.</p>"
        + '<div class="kg-story">'
        + _contents(classes, properties, individuals, vocabulary)
        + '<div class="kg-body">'
        + _terms("classes", "Classes", classes)
        + _terms("properties", "Properties", properties)
        + _terms("individuals", "Individuals", individuals)
        + _schemes(vocabulary.schemes)
        + _prefixes(vocabulary.prefixes)
        + "</div></div>"
    )


def _asked_for(vocabulary: Vocabulary, wanted: str) -> str:
    term = vocabulary.term(wanted)
    if term is None:
        return ""
    return f'<section class="kg-card"><h2>{_name(term)}</h2>{_meaning(term)}</section>'


def _formats(path: str) -> str:
    return " · ".join(f'<a href="{escaped(path)}.{form.suffix}">{escaped(form.name)}</a>' for form in FORMATS)


def _contents(
    classes: Sequence[Term], properties: Sequence[Term], individuals: Sequence[Term], vocabulary: Vocabulary
) -> str:
    entries = (
        ("classes", "Classes", len(classes)),
        ("properties", "Properties", len(properties)),
        ("individuals", "Individuals", len(individuals)),
        ("schemes", "Lists of terms", len(vocabulary.schemes)),
        ("prefixes", "Prefixes", len(vocabulary.prefixes)),
    )
    return (
        '<nav class="kg-contents" aria-label="On this page"><p class="kg-by">On this page</p>'
        + items(
            [
                f'<a href="#{to}">{name}</a> <span class="kg-grade">{number}</span>'
                for to, name, number in entries
            ],
            "kg-jumps",
        )
        + "</nav>"
    )


def _terms(slug: str, heading: str, terms: Sequence[Term]) -> str:
    return (
        f'<section><h2 id="{slug}">{heading}</h2>'
        + "".join(f'<h3 id="{escaped(term.slug)}">{_name(term)}</h3>{_meaning(term)}' for term in terms)
        + "</section>"
    )


def _name(term: Term) -> str:
    return f'{escaped(term.label)} <span class="kg-grade">sl:{escaped(term.slug)}</span>'


def _meaning(term: Term) -> str:
    facts = [
        KINDS.get(term.kind, "a class"),
        *([f"a kind of {', '.join(term.parents)}"] if term.parents else []),
        *([f"from {', '.join(term.domain)}"] if term.domain else []),
        *([f"to {', '.join(term.range)}"] if term.range else []),
        _used(term),
    ]
    ends = [f"{escaped(_led(end))}" for end in term.ends]
    return (
        f"<p>{escaped(term.definition)}</p>"
        + "".join(f"<p>{escaped(each)}</p>" for each in (*term.notes, *term.examples))
        + f'<p class="kg-how">{escaped(" · ".join(fact for fact in facts if fact))}'
        + (f" · for example {_linked(term.example)}" if term.example else "")
        + "</p>"
        + _folded("In the data", ends)
        + _folded(
            "Has to hold",
            [
                f"{escaped(requirement.message)} ({_linked(requirement.shape)})"
                for requirement in term.requirements
            ],
        )
        + f'<p class="kg-how">{_formats("def/" + term.slug)}</p>'
    )


def _used(term: Term) -> str:
    if term.kind == _INDIVIDUAL:
        return ""
    if term.is_class:
        return counted(term.uses, "thing") if term.uses else "none by itself"
    return f"used {counted(term.uses, 'time')}" if term.uses else "not used yet"


def _led(end: End) -> str:
    """Say where a property leads from one class of thing.

    >>> _led(End("sl:Claim", "sl:CaseStudy", 2))
    'sl:Claim → sl:CaseStudy: 2 times'
    """
    return f"{end.start} → {end.end or 'an address of the web'}: {counted(end.uses, 'time')}"


def _folded(name: str, entries: Sequence[str]) -> str:
    """Draw a few entries in the open, and more of them one click away."""
    if not entries:
        return ""
    if len(entries) <= IN_THE_OPEN:
        return f'<p class="kg-how">{name}: {" · ".join(entries)}</p>'
    return (
        f'<details class="kg-reads"><summary><span>{name}:</span> {counted(len(entries), "line")}</summary>'
        f"{items(entries)}</details>"
    )


def _linked(link: Link) -> str:
    return (
        f'<a href="{escaped(link.address)}">{escaped(link.name)}</a>' if link.address else escaped(link.name)
    )


def _schemes(schemes: Sequence[Scheme]) -> str:
    return (
        '<section><h2 id="schemes">Lists of terms</h2><p>Concept schemes of SKOS; each concept has '
        "a definition and is found by more words than it is called by.</p>"
        + "".join(
            f'<h3 id="scheme-{escaped(scheme.slug)}">{escaped(scheme.label)} '
            f'<span class="kg-grade">{escaped(scheme.prefix)}:</span></h3><p>{escaped(scheme.definition)}</p>'
            + _folded(counted(len(scheme.concepts), "concept"), [_concept(one) for one in scheme.concepts])
            for scheme in schemes
        )
        + "</section>"
    )


def _concept(concept: Concept) -> str:
    return f"{_linked(concept.link)}: {escaped(concept.definition)}"


def _prefixes(prefixes: Sequence[tuple[str, str]]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escaped(name)}:</th><td>{escaped(iri)}</td></tr>' for name, iri in prefixes
    )
    return (
        '<section><h2 id="prefixes">Prefixes</h2><div class="kg-table-wrap" tabindex="0" role="region" '
        'aria-label="Prefixes"><table class="kg-table"><thead><tr><th scope="col">Prefix</th>'
        f'<th scope="col">Stands for</th></tr></thead><tbody>{rows}</tbody></table></div></section>'
    )
