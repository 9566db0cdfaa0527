"""The page that says how all this is made and checked, what it lacks, and on what terms it runs."""

from app_pages.parts import accessibility, background, changes, contents, coverage, governance
from app_pages.parts import contact as reach
from app_pages.parts.markup import counted, escaped, items, link
from kg.settings.contact import Contact
from kg.views import Changes, Collection, CollectionStats, Coverage
from kg.web.changes import FEED


def draw(
    collection: Collection,
    made: CollectionStats,
    held: Coverage,
    found: Changes,
    contact: Contact | None,
    paper_alone: bool,
) -> str:
    """Draw the page beneath its title.

    Args:
        collection: What the cases are taken from.
        made: How the collection was made, in numbers.
        held: What it holds and lacks.
        found: What changed.
        contact: How whoever runs this copy can be reached, where that is known.
        paper_alone: Whether only the paper was looked at.
    """
    sections = (
        ("made", "How it is made and checked", _made(collection, made)),
        ("coverage", "What the collection holds and lacks", coverage.draw(held, paper_alone)),
        ("wrong", "Something wrong?", _wrong(contact) + _log(found, paper_alone)),
        ("changed", "What changed", changes.by_release(found, paper_alone) + _feed()),
        ("accessibility", "Accessibility", accessibility.draw(contact)),
        ("governance", "For IT and information governance", governance.draw()),
    )
    return (
        '<p class="kg-lede">What public documents say about places that lead health and care as one system, '
        "statement by statement, each with the place where it stands.</p>"
        + background.ways()
        + '<div class="kg-story">'
        + contents.draw((slug, name, "") for slug, name, _ in sections)
        + '<div class="kg-body">'
        + "".join(
            f'<section><h2 id="{slug}">{escaped(name)}</h2>{text}</section>' for slug, name, text in sections
        )
        + "</div></div>"
    )


def _made(collection: Collection, made: CollectionStats) -> str:
    papers = " and ".join(f"“{link(page, title)}”" for title, page in collection.papers)
    in_part = made.documents - made.whole
    whole = counted(made.whole, "document was", "documents were")
    sentences = counted(made.sentences, "sentence")
    held = f"all {sentences}" if made.holding == made.sentences else f"{made.holding} of {sentences}"
    figures = [
        f"<strong>{counted(made.statements, 'statement')}</strong> about "
        f"{counted(made.cases, 'place or group', 'places and groups')}, and about leading in general, "
        f"from <strong>{counted(made.documents, 'public document')}</strong>. Each is one sentence in our "
        "own words, with where it stands, how the document says it, and who says it there.",
        f"<strong>{made.said}</strong> of them the documents say in so many words. "
        f"<strong>{made.read}</strong> are our reading: each is marked as one, graded, and gives its reason.",
        f"{whole} read whole: {held} hold a statement."
        + (f" Of the {in_part} others a part was read." if in_part else ""),
    ]
    if made.unlisted:
        figures.append(
            f"<strong>{counted(made.unlisted, 'more statement', 'more statements')}</strong> say the same as "
            "one of these, or only in which section of a document something stands. They are kept for people "
            "who query. Lists, searches and counts leave them out."
        )
    if made.readings:
        figures.append(
            f"<strong>{counted(made.readings, 'time')}</strong> a statement is filed under something leaders "
            f"did, a difficulty or another term. {made.readings_said} times it uses the term’s own words; "
            "the others are our reading, and say why."
        )
    return (
        f"<p>The collection set out from one paper, {papers}, whose authors write about groups they worked "
        "with. Other public documents tell of the same places, of more places, and of what came later.</p>"
        + items(figures)
        + "<h3>What is checked</h3><p>When the collection is put together, a program refuses:</p>"
        + items(
            [
                "a statement without its document, the place where it stands there, how it is said and how "
                "surely;",
                "a hope told as a result, a result without its direction, a reading without its reason;",
                "a departure of leaders that only a campaign tells of;",
                "things the paper does not say, such as a result for Leeds, told as if it did;",
                "given the paper’s text, a place that it does not have, a number or name that the paragraph "
                "does not have, and eight words in a row that are the paper’s own.",
            ]
        )
        + "<p>No program can tell whether we have understood a document rightly. That is why each statement "
        "shows where it stands: read it there before you rely on it.</p>"
    )


def _wrong(contact: Contact | None) -> str:
    return (
        "<p>If a statement misreads its document, leaves out what matters, or should not be here, because it "
        "names you for instance, please say so. <em>Cite or share</em> beneath a statement opens its own "
        "page: send us the address of that page, what the document says, and where it says it.</p>"
        + reach.draw(contact)
        + "<p>What is wrong is corrected, with the day and what was put right. What should not be here is "
        "withdrawn: its words go, and its address stays and says why. Both are listed here and on the page "
        "of the statement.</p>"
    )


def _log(found: Changes, paper_alone: bool) -> str:
    return f'<h3 id="log">Corrections so far</h3>{changes.log(found, paper_alone)}'


def _feed() -> str:
    return (
        f'<p>To be told of releases, corrections and withdrawals, give <a href="{FEED[1:]}" rel="alternate" '
        'type="application/atom+xml">this address</a> to a feed reader (Atom). New parts of the explorer '
        "itself are in the file CHANGELOG.md that comes with it.</p>"
    )
