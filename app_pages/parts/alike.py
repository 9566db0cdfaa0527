"""Places that are alike, drawn: the score in words, what is shared, and what differs beside it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from app_pages.parts import row
from app_pages.parts.links import link_to
from app_pages.parts.markup import counted, escaped, folded, items, link
from kg.similarity import FEWEST_SHARED, KINDS, Alike, Answer, Lens, Trait, in_100
from kg.things import page_of
from kg.views import CaseRow, Link
from kg.words import KINDS_OF_FEATURES, LENSES

_LITERATURE = (
    (
        "The formula: A. Tversky, Features of similarity, 1977",
        "https://doi.org/10.1037/0033-295X.84.4.327",
    ),
    (
        "What is rare says more: K. Spärck Jones, A statistical interpretation of term specificity, 1972",
        "https://doi.org/10.1108/eb026526",
    ),
    (
        "The weight: T. Zhou, L. Lü and Y.-C. Zhang, Predicting missing links via local information, 2009",
        "https://arxiv.org/abs/0901.0553",
    ),
)


def slugs(answer: Answer) -> list[str]:
    """Give the slugs of the places that are drawn with what is held of them."""
    iris = [result.iri for result in answer.results] + ([answer.iri] if answer.iri else [])
    return [_slug(iri) for iri in iris]


def nothing_picked() -> str:
    """Say what to do where nothing is picked yet."""
    return '<p class="kg-lede">Choose a place to start from, or pick what is so with you.</p>'


def draw(answer: Answer, rows: Mapping[str, CaseRow], countries: Mapping[str, str]) -> str:
    """Draw places that are alike.

    Args:
        answer: What was found.
        rows: The cases as the index shows them, by slug.
        countries: The country of each case, by slug.
    """
    return (
        f'<p class="kg-lede" role="status">{escaped(_summary(answer))}</p>'
        + _here(answer, rows)
        + "".join(_place(result, answer, rows, countries) for result in answer.results)
        + _too_little(answer)
    )


def method() -> str:
    """Say how a score is made, and where that comes from."""
    sources = items([link(address, name) for name, address in _LITERATURE])
    return folded(
        "How a score is made",
        "<p>What a document states counts, and so do our readings, marked as such, unless they are left "
        "out. A thing found at one place weighs 1; at two places, a half; at ten, a tenth: what many "
        "places share says little about any two of them.</p>"
        "<p>How alike two places are is the weight of what they share, out of the weight of all that is told "
        "of either. From a situation of your own it is the weight of what you picked that is told of the "
        "place, out of all that you picked. For a different approach it is multiplied by how far the "
        "approaches are not alike.</p>"
        f"<p>With fewer than {FEWEST_SHARED} things shared that count, there is no score. A "
        f"different approach also takes {FEWEST_SHARED} things done on either side.</p>"
        "<p>What is not told of a place may still be so there: most documents were read in part. Much is "
        f"written of some places, and their lists are longer for it.</p>{sources}",
    )


def _summary(answer: Answer) -> str:
    who = answer.label or "your situation"
    meant = LENSES[answer.lens].lower()
    if answer.lens is Lens.CONTRAST and answer.iri is None and not _done(answer.here):
        return "Pick what you did, or plan to do, so that a different approach can be told from it."
    if not answer.results:
        return (
            f"Too little to compare: none of {counted(answer.places, 'other place')} shares enough with "
            f"{who} for a score ({meant})."
        )
    return (
        f"{answer.comparable} of {counted(answer.places, 'place')} can be compared with {who} "
        f"({meant}); what follows is in order of the score."
    )


def _done(traits: Iterable[Trait]) -> list[Trait]:
    return [trait for trait in traits if trait.feature.kind in {"practice", "service"}]


def _here(answer: Answer, rows: Mapping[str, CaseRow]) -> str:
    """Say what the comparison starts from: where little is told of a place, that is seen at once."""
    if answer.iri is None:
        return ""
    name, told = answer.label or "", rows.get(_slug(answer.iri))
    extent = f" We hold {_extent(told)}." if told else ""
    stated = "stated or read" if answer.readings else "stated outright"
    if not answer.here:
        return (
            f'<p class="kg-silence">Nothing is {stated} of the situation of {escaped(name)} or of what was '
            f"done there.{escaped(extent)}</p>"
        )
    slots = [(each.feature.kind, each.feature.slug) for each in answer.here]
    change = Link("Take this as a situation of your own, and change it", f"similar?{urlencode(slots)}")
    if len(answer.here) < FEWEST_SHARED:
        return (
            f'<p class="kg-silence">No more than this is {stated} of the situation of {escaped(name)} and of '
            f"what was done there, and a score takes {FEWEST_SHARED} things that are shared."
            f"{escaped(extent)}</p>{_by_kind(answer.here, weights=True)}"
        )
    counts = Counter(each.feature.kind for each in answer.here)
    told_of = ", ".join(f"{KINDS_OF_FEATURES[kind].lower()} {counts[kind]}" for kind in KINDS if counts[kind])
    return folded(
        f"What is {stated} of {name}: {told_of}",
        f"{_by_kind(answer.here, weights=True)}<p>{escaped(extent)} {link_to(change)}</p>",
    )


def _place(alike: Alike, answer: Answer, rows: Mapping[str, CaseRow], countries: Mapping[str, str]) -> str:
    slug = _slug(alike.iri)
    told = rows.get(slug)
    about = f'<p class="kg-meta">{row.place(told)}. {escaped(_extent(told))}.</p>' if told else ""
    shared = [*alike.situation.shared, *alike.approach.shared]
    return (
        f'<section class="kg-alike" aria-labelledby="like-{escaped(slug)}">'
        f'<h2 id="like-{escaped(slug)}">{link_to(Link(alike.label, page_of(alike.iri)))} '
        f'<span class="kg-score">{escaped(_score(alike, answer))}</span></h2>{about}'
        + items([escaped(reason) for reason in alike.reasons], "kg-reasons")
        + f'<div class="kg-sides"><div><h3>What is shared</h3>{_by_kind(shared, weights=True)}</div>'
        + f"{_done_differently(alike, answer)}{_differing(alike, answer, countries)}</div>"
        + f"<p>{_onward(alike, answer)}</p></section>"
    )


def _score(alike: Alike, answer: Answer) -> str:
    if answer.iri is None and answer.lens is not Lens.CONTRAST:
        return f"{in_100(alike.score or 0)} in 100 of what you picked, by weight"
    return f"{in_100(alike.score or 0)} in 100"


def _alone(alike: Alike, answer: Answer) -> tuple[str, str]:
    if answer.iri is None:
        return "Told of it, and not picked", "Picked, and not told of it"
    return f"Told of {alike.label} alone", f"Told of {answer.label} alone"


def _done_differently(alike: Alike, answer: Answer) -> str:
    there, here = _alone(alike, answer)
    lists = _headed((there, alike.approach.only_there), (here, alike.approach.only_here))
    return f"<div><h3>What was done differently, as far as is told</h3>{lists}</div>" if lists else ""


def _differing(alike: Alike, answer: Answer, countries: Mapping[str, str]) -> str:
    """Draw how the situations differ: a check on whether what was done there would carry over."""
    there, here = _alone(alike, answer)
    lists = _country(alike, answer, countries) + _headed(
        (there, alike.situation.only_there), (here, alike.situation.only_here)
    )
    return f"<div><h3>How the situations differ: would it carry over?</h3>{lists}</div>" if lists else ""


def _headed(*parts: tuple[str, tuple[Trait, ...]]) -> str:
    return "".join(f"<h4>{escaped(heading)}</h4>{_by_kind(traits)}" for heading, traits in parts if traits)


def _country(alike: Alike, answer: Answer, countries: Mapping[str, str]) -> str:
    there, here = countries.get(_slug(alike.iri)), countries.get(_slug(answer.iri or ""))
    if there is None or there == here:
        return ""
    named = f"{alike.label}: {there}." + (f" {answer.label}: {here}." if here else "")
    return f"<h4>Country</h4><p>{escaped(named)}</p>"


def _onward(alike: Alike, answer: Answer) -> str:
    links = [Link(f"Read about {alike.label}", page_of(alike.iri))]
    if answer.iri is not None:
        slots = [("case", _slug(answer.iri)), ("case", _slug(alike.iri))]
        links.insert(0, Link("Compare both, with where each statement stands", f"compare?{urlencode(slots)}"))
    links.append(Link(f"Places like {alike.label}", f"similar?{urlencode({'case': _slug(alike.iri)})}"))
    return " · ".join(link_to(each) for each in links)


def _too_little(answer: Answer) -> str:
    if not answer.too_little:
        return ""
    entries = [
        f"<strong>{link_to(Link(each.label, page_of(each.iri)))}</strong>. {escaped(each.why)}{_named(each)}"
        for each in answer.too_little
    ]
    rest = answer.sharing - len(answer.too_little)
    return (
        "<h2>Too little to compare</h2>"
        "<p>Something is shared with these places, and not enough for a score.</p>"
        + items(entries)
        + (f"<p>And {counted(rest, 'more place')}.</p>" if rest else "")
    )


def _named(alike: Alike) -> str:
    shared = [*alike.situation.shared, *alike.approach.shared]
    return f" Shared: {' · '.join(_trait(each) for each in shared)}." if shared else ""


def _by_kind(traits: Iterable[Trait], *, weights: bool = False) -> str:
    by_kind: dict[str, list[Trait]] = {kind: [] for kind in KINDS}
    for trait in traits:
        by_kind[trait.feature.kind].append(trait)
    drawn = "".join(
        f'<li><span class="kg-kind">{escaped(KINDS_OF_FEATURES[kind])}</span> '
        + " · ".join(_trait(each, weight=weights) for each in found)
        + "</li>"
        for kind, found in by_kind.items()
        if found
    )
    return f'<ul class="kg-traits">{drawn}</ul>' if drawn else '<p class="kg-silence">Nothing.</p>'


def _trait(trait: Trait, *, weight: bool = False) -> str:
    read = "" if trait.stated else ' <i class="kg-meta">our reading</i>'
    told = f' <span class="kg-meta">({counted(trait.told_of, "place")})</span>' if weight else ""
    return f"{link_to(Link(trait.feature.label, page_of(trait.feature.iri)))}{told}{read}"


def _extent(case: CaseRow) -> str:
    return f"{counted(case.statements, 'statement')} in {counted(len(case.sources), 'document')}"


def _slug(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
