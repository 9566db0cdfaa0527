"""Cards for a session: a story in sixty words at most, questions, and where each sentence stands.

A card says nothing of its own: each sentence of its story is a statement as it stands in the graph.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import segno

from kg import views, words
from kg.engine import Engine
from kg.errors import UnknownName
from kg.export.as_pdf import typeset
from kg.export.manuscript import printable
from kg.language import gettext as _
from kg.language import listed
from kg.sessions import Plan, Prompt, material
from kg.things import page_of
from kg.views import Entry, Graphs, Link, Statement

__all__ = ["MOST_WORDS", "Card", "cards_of", "cards_pdf"]

MOST_WORDS = 60
_MOST_TERMS = 6
# Lists whose terms become cards, by the page that shows a term.
_LISTS = {"concept": "", "factor": "factors/", "practice": "practices/"}
# Relations that say how the paper is ordered, which is no story.
_OF_ORDER = {"treated-under", "serves", "cites"}


@dataclass(frozen=True)
class Card:
    """A card.

    Attributes:
        kind: What it is about: a case, or what kind of term.
        name: The name of that.
        lede: The question that a case answers, or what we mean by a term.
        story: The statements it tells, each a sentence; at most sixty words together.
        questions: What to ask of it.
        page: The page that tells more, without a slash before it.
    """

    kind: str
    name: str
    lede: str
    story: tuple[Statement, ...]
    questions: tuple[str, ...]
    page: str

    @property
    def is_of_a_case(self) -> bool:
        """Whether it is about a case, and not about a term."""
        return self.page.startswith("case?")


def cards_of(engine: Engine, plan: Plan, graphs: Graphs = None) -> tuple[Card, ...]:
    """Make the cards of a session: one for each case that is read, and one for each term it is about.

    Args:
        engine: Where to ask.
        plan: The session.
        graphs: Graphs to take statements from; all of them if None.
    """
    prompts = material(engine).prompts.values()
    anywhere = [each.text for each in sorted(prompts, key=lambda prompt: prompt.use_when) if each.suits_any]
    cases = [(read, block.prompts) for block in plan.blocks if (read := block.case) is not None]
    found = []
    for read, own_prompts in cases:
        own = [prompt.text for prompt in own_prompts if not prompt.suits_any][:1]
        found.append(
            Card(
                _("Case"),
                read.case.name,
                read.question,
                tuple(_story(read.statements)),
                (*anywhere, *own),
                read.case.address or "",
            )
        )
    told = [statement for read, _prompts in cases for statement in read.statements]
    named = [link for statement in told for link in _practices(statement)]
    for link in list(dict.fromkeys([*plan.about, *named])):
        card = _of_a_term(engine, link, prompts, anywhere, graphs)
        if card is not None and len(found) < len(cases) + _MOST_TERMS:
            found.append(card)
    return tuple(found)


def _practices(statement: Statement) -> Iterator[Link]:
    """Give what leaders did that a statement names or is filed under."""
    named = statement.relation.object
    links = [named.link] if named is not None else []
    links += [illustration.concept for illustration in statement.topics.illustrates]
    yield from (link for link in links if (link.address or "").startswith("practice?"))


def _of_a_term(
    engine: Engine, link: Link, prompts: Iterable[Prompt], anywhere: Sequence[str], graphs: Graphs
) -> Card | None:
    page, _slot, slug = (link.address or "").partition("?id=")
    if page not in _LISTS:
        return None
    try:
        entry = views.entry(engine, f"scheme/{_LISTS[page]}{slug}", graphs)
    except UnknownName:
        return None
    own = [prompt.text for prompt in prompts if link.address in {page_of(iri) for iri in prompt.works_on}]
    return Card(
        kind=words.KINDS_OF_TERMS.get(entry.scheme) or _("Term"),
        name=entry.name,
        lede=_("What we mean: %(definition)s", definition=entry.meaning.definition)
        if entry.meaning.definition
        else "",
        story=tuple(_story(_told(entry))),
        questions=(*anywhere, *sorted(own)[:1]),
        page=link.address or "",
    )


def _told(entry: Entry) -> Iterator[Statement]:
    """Give what is said of a term in so many words: in general first, then of cases."""
    general = [tie.statement for ties in entry.mentions.told for tie in ties.shown]
    of_cases = [tie.statement for case in entry.mentions.found_in.shown for tie in case.shown[:1]]
    yield from (
        each
        for each in (*general, *of_cases)
        if each.evidence.explicit and each.relation.name not in _OF_ORDER
    )


def _story(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Give statements as they come, as long as they have sixty words at most together."""
    left = MOST_WORDS
    for statement in dict.fromkeys(statements):
        if (length := len(statement.text.split())) <= left:
            left -= length
            yield statement


def cards_pdf(title: str, cards: Sequence[Card], address: str | None = None, large: bool = False) -> bytes:
    """Write cards as PDF, fronts and backs on the two sides of a sheet that is flipped on its long edge.

    Args:
        title: What the file is called.
        cards: The cards.
        address: Where the explorer is open to readers, for the address on each card and its QR code;
            without it the card names the page alone.
        large: Whether to write in large print, one card a sheet, instead of two.
    """
    data = {
        "title": printable(title),
        "large": large,
        "cards": [_drawn(card, address) for card in cards],
        "words": {
            "none": _("This plan has no case and no topic, so there are no cards."),
            "empty": _("We found nothing that a source states about this."),
            "about": _(
                "Statements are in our own words. Independent of The King’s Fund and of the NHS. Text: CC "
                "BY 4.0."
            ),
            "cut": _("Print on both sides, flip on the long edge, cut between the marks"),
        },
    }
    return typeset("cards.typ", data)


def _drawn(card: Card, address: str | None) -> dict[str, object]:
    page = f"{address}/{card.page}" if address else ""
    return {
        "kind": printable(card.kind),
        "name": printable(card.name),
        "lede": printable(card.lede),
        "story": [
            {
                "text": printable(each.text),
                # On the card of a term, a statement does not go without the case it is about.
                "of": printable(_of(each)) if not card.is_of_a_case else "",
                "marks": "; ".join(words.marks(each)),
                "caveats": printable(" ".join(each.evidence.caveats)),
                "where": printable(" ".join([words.where(each), *_later(each)])),
            }
            for each in card.story
        ],
        "questions": [printable(question) for question in card.questions],
        "page": page or _("In the explorer: %(page)s", page=card.page),
        "back": printable(_("%(name)s: sources", name=card.name)),
        "alt": _("QR code that leads to %(address)s", address=page),
        "code": segno.make(page, error="m", micro=False).svg_inline(border=4) if page else "",
    }


def _of(statement: Statement) -> str:
    return listed([each.name for each in statement.topics.about if (each.address or "").startswith("case?")])


def _later(statement: Statement) -> list[str]:
    return [*words.news(statement), *words.disagreeing(statement)]
