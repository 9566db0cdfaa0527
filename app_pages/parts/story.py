"""The parts of a case's page, in the order in which they are read."""

from app_pages.parts import row, statement, words
from app_pages.parts.markup import counted, escaped, items, link
from kg.views import Case, Group, Silence, SourceNote

REST = "Also said"
NOT_SAID = {True: "What the paper does not say", False: "What we did not find"}


def draw(case: Case) -> str:
    """Draw the whole page of a case."""
    return (
        opening(case)
        + '<div class="kg-story">'
        + contents(case)
        + '<div class="kg-body">'
        + "".join(group(each) for each in case.groups)
        + silences(case)
        + sources(case)
        + "</div></div>"
    )


def opening(case: Case) -> str:
    """Say which place this is, what it can answer, and how much there is to read."""
    return (
        f"<h1>{escaped(case.row.label)}</h1>"
        f'<p class="kg-place">{row.place(case.row)}</p>'
        f'<p class="kg-lede">{escaped(case.row.question)}</p>'
        f'<p class="kg-extent">{_extent(case)}</p>' + row.facts(case.row, in_full=True)
    )


def _extent(case: Case) -> str:
    where = "the paper" if len(case.row.sources) == 1 else counted(len(case.row.sources), "source")
    ours = (
        f"{case.inferred} of them {'is' if case.inferred == 1 else 'are'} our reading"
        if case.inferred
        else "all in its own text"
    )
    return f"<strong>{counted(case.row.statements, 'statement')}</strong> in {where}; {ours}."


def contents(case: Case) -> str:
    """List the headings of the page."""
    entries = [(f"group-{each.slug}", each.heading, str(each.statements)) for each in case.groups]
    entries += [
        ("not-said", NOT_SAID[case.read_whole], ""),
        ("sources", "Sources", str(len(case.row.sources))),
    ]
    return (
        '<nav class="kg-contents" aria-label="On this page"><p class="kg-by">On this page</p>'
        + items(
            [
                f'<a href="#{escaped(to)}">{escaped(name)}</a> <span class="kg-grade">{number}</span>'
                for to, name, number in entries
            ],
            "kg-jumps",
        )
        + "</nav>"
    )


def group(part: Group) -> str:
    """Draw statements under one heading."""
    return (
        f'<section><h2 id="group-{escaped(part.slug)}">{escaped(part.heading)}</h2>'
        + "".join(
            (f"<h3>{escaped(heading or REST)}</h3>" if len(part.parts) > 1 or heading else "")
            + f'<ul class="kg-statements">{"".join(statement.draw(each) for each in statements)}</ul>'
            for heading, statements in part.parts
        )
        + "</section>"
    )


def silences(case: Case) -> str:
    """Name what is not said; how far that reaches depends on how much was read."""
    return (
        f'<section><h2 id="not-said">{NOT_SAID[case.read_whole]}</h2>'
        + "".join(_silence(each, case.read_whole) for each in case.silences)
        + "</section>"
    )


def _silence(silence: Silence, read_whole: bool) -> str:
    names = items([escaped(name) for name in silence.names], "kg-names")
    return f'<div class="kg-unsaid"><p>{escaped(words.silence(silence.heading, read_whole))}</p>{names}</div>'


def sources(case: Case) -> str:
    """Name each source, and how much of it was read."""
    return (
        '<section><h2 id="sources">Sources</h2>'
        + items([_source(each) for each in case.row.sources], "kg-sources")
        + "</section>"
    )


def _source(source: SourceNote) -> str:
    name = source.title or source.label
    title = link(source.page, name) if source.page else escaped(name)
    notes = [
        source.kind,
        source.year,
        source.reading,
        counted(source.statements, "statement") + " about this case",
    ]
    return (
        f'<p class="kg-says">{title}</p><p class="kg-how">{" · ".join(escaped(note) for note in notes)}</p>'
    )
