"""Places that are alike, as the page of similar places shows them."""

from collections.abc import Mapping
from urllib.parse import urlencode

from app_pages.parts.templates import render
from kg.similarity import FEWEST_SHARED, KINDS, Answer, Lens, in_100
from kg.things import page_of
from kg.views import CaseRow

__all__ = ["draw", "slugs"]

_LITERATURE = {
    "https://doi.org/10.1037/0033-295X.84.4.327": "A. Tversky, Features of similarity, 1977 (the formula)",
    "https://doi.org/10.1108/eb026526": (
        "K. Spärck Jones, A statistical interpretation of term specificity, 1972 (what is rare says more)"
    ),
    "https://arxiv.org/abs/0901.0553": (
        "T. Zhou, L. Lü and Y.-C. Zhang, Predicting missing links via local information, 2009 (the weight)"
    ),
}
_DEEDS = {"practice", "service"}


def slugs(answer: Answer) -> list[str]:
    """Return the slugs of the places that are drawn with what we know of them."""
    iris = [result.iri for result in answer.results] + ([answer.iri] if answer.iri else [])
    return [_slug_of(iri) for iri in iris]


def draw(answer: Answer | None, rows: Mapping[str, CaseRow], countries: Mapping[str, str]) -> str:
    """Return places that are alike as HTML.

    Args:
        answer: What was found; None where nothing was chosen.
        rows: The cases as the index shows them, by slug.
        countries: The country of each case, by slug.
    """
    here = answer.here if answer else ()
    contrast = answer is not None and answer.lens is Lens.CONTRAST and answer.iri is None
    return render(
        "tools/similar.html",
        answer=answer,
        rows=rows,
        countries=countries,
        kinds=KINDS,
        fewest=FEWEST_SHARED,
        needs_deeds=contrast and not any(trait.feature.kind in _DEEDS for trait in here),
        by_choice=answer is not None and answer.iri is None and answer.lens is not Lens.CONTRAST,
        change=urlencode([(trait.feature.kind, trait.feature.slug) for trait in here]),
        in_100=in_100,
        page_of=page_of,
        slug_of=_slug_of,
        literature=_LITERATURE.items(),
    )


def _slug_of(iri: str) -> str:
    return iri.rsplit("/", 1)[-1]
