"""What a person calls a difficulty or a factor, turned into its slug."""

from collections.abc import Callable

from rdflib import URIRef

from kg.engine import Engine
from kg.errors import NoPlan, UnknownName
from kg.language import gettext as _
from kg.queries.typed_rows import rows_as
from kg.search import Finder, SearchResult
from kg.search.corpus import DIFFICULTY
from kg.sessions.aims import ConceptRow, choices_in
from kg.terms import PREFIXES
from kg.views.statements import slug_of

__all__ = ["difficulties_near", "difficulty_named", "factor_named"]

_SHOWN = 5


def difficulties_near(finder: Finder, words: str) -> tuple[SearchResult, ...]:
    """Give the difficulties that are nearest to what a person says in everyday words."""
    return finder.nearest(words, DIFFICULTY, _SHOWN)


def difficulty_named(engine: Engine, words: str, finder: Callable[[], Finder] | None = None) -> str:
    """Find the difficulty that is called so: by its slug, its name, words of its name, or everyday words.

    Args:
        engine: Where to ask.
        words: What a person calls it.
        finder: Gives what searches in everyday words where no name has these words; nothing does if None.

    Raises:
        UnknownName: If none is called so; the nearest name is offered.
        NoPlan: If several are.
    """
    known = choices_in(engine, "challenges")
    wanted = " ".join(words.casefold().split())
    if wanted in known:
        return wanted
    matching = [slug for slug, name in known.items() if wanted and wanted in name.casefold()]
    exact = [slug for slug in matching if known[slug].casefold() == wanted]
    if len(exact or matching) == 1:
        return (exact or matching)[0]
    if not matching:
        near = difficulties_near(finder(), words) if finder is not None and wanted else ()
        if near:
            return slug_of(near[0].iri)
        raise UnknownName("difficulty", words[:80], known.values())
    names = "; ".join(known[slug] for slug in matching[:_SHOWN])
    raise NoPlan(
        _("Several difficulties match “%(words)s”. Choose one: %(names)s.", words=words[:80], names=names)
    )


def factor_named(engine: Engine, given: str) -> str:
    """Find a factor by its number or its slug.

    Raises:
        UnknownName: If there is none.
    """
    factors = rows_as(ConceptRow, engine, scheme=URIRef(PREFIXES["scheme"] + "factors"))
    known = {row.position or "": slug_of(row.concept) for row in factors}
    known |= {slug: slug for slug in known.values()}
    if given not in known:
        raise UnknownName("factor", given[:80], known)
    return known[given]
