"""The parts of a case's page, in the order in which they are read."""

from app_pages.parts import bodies, row, statement
from app_pages.parts import contents as contents_list
from app_pages.parts.links import link_to
from app_pages.parts.markup import counted, escaped, items, link
from kg import views, words
from kg.views import Case, Contrast, Group, Link, Other, Participant, Silence, SourceNote, Statement

REST = "Also said"
PAPER = "From the paper"
NOT_SAID = {True: "What the paper does not say", False: words.NOT_KNOWN[False]}


def body(case: Case) -> str:
    """Draw what follows the opening of a case's page."""
    return (
        '<div class="kg-story">'
        + contents(case)
        + '<div class="kg-body">'
        + contrasts(case.contrasts)
        + "".join(group(each) for each in case.groups)
        + parts(case.parts)
        + silences(case)
        + timeline(case)
        + bodies.section(case.words)
        + sources(case)
        + "</div></div>"
    )


def opening(case: Case, account: str = "") -> str:
    """Say which place this is, what happened there, and how much there is to read.

    Args:
        case: The case.
        account: Its story as HTML; where there is none, the question stands that the case can answer.
    """
    return (
        f"<h1>{escaped(case.row.label)}</h1>"
        f'<p class="kg-place">{row.place(case.row)}</p>'
        + (account or f'<p class="kg-lede">{escaped(case.row.question)}</p>')
        + f'<p class="kg-extent">{_extent(case)}</p>'
        + _setbacks(case)
        + row.facts(case.row)
    )


def _extent(case: Case) -> str:
    number = counted(case.row.statements, "statement")
    ours = (
        f"{case.inferred} of them {'is' if case.inferred == 1 else 'are'} our reading"
        if case.inferred
        else "all in its own text"
        if len(case.row.sources) == 1
        else "none of them is our reading"
    )
    if case.read_whole:
        return f"<strong>{number}</strong> in the paper; {ours}."
    origins = ", ".join(f"{count} {_in_line(words.ORIGINS[origin])}" for origin, count in case.origins)
    latest = (
        f" Latest dated statement: {escaped(case.latest)}; not checked since."
        if case.latest is not None
        else ""
    )
    documents = counted(len(case.row.sources), "document")
    return f"<strong>{number}</strong> in {documents}: {escaped(origins)}; {ours}.{latest}"


def _in_line(origin: str) -> str:
    return origin[:1].lower() + origin[1:]


def _setbacks(case: Case) -> str:
    """Name what went wrong or was undone, each kind with links to its statements."""
    if not case.setbacks:
        return ""
    entries = [
        f"{escaped(kind)} ("
        + ", ".join(
            f'<a href="#{escaped(each.slug)}">statement {number}</a>' for number, each in enumerate(found, 1)
        )
        + ")"
        for kind, found in case.setbacks
    ]
    return (
        '<p class="kg-extent"><strong>What went wrong or was undone:</strong> ' + " · ".join(entries) + "</p>"
    )


def contents(case: Case) -> str:
    """List the headings of the page."""
    entries = [("contrasts", "Sources disagree", str(len(case.contrasts)))] if case.contrasts else []
    entries += [(f"group-{each.slug}", each.heading, str(each.statements)) for each in case.groups]
    if case.parts:
        entries.append(("parts", "Who was involved", str(len(case.parts))))
    entries.append(("not-said", NOT_SAID[case.read_whole], ""))
    if case.timeline:
        entries.append(("timeline", "In order of time", str(len(case.timeline))))
    if case.words:
        entries.append(("words", "Words of their time", str(len(case.words))))
    entries.append(("sources", "Sources", str(len(case.row.sources))))
    return contents_list.draw(entries)


def contrasts(pairs: tuple[Contrast, ...]) -> str:
    """Draw statements that differ side by side; neither is above the other."""
    if not pairs:
        return ""
    return (
        '<section><h2 id="contrasts">Sources disagree</h2>'
        "<p>Another figure, another scope or another account: both statements stand. "
        "We do not average or choose.</p>"
        + "".join(f'<div class="kg-both">{_side(pair.one)}{_side(pair.other)}</div>' for pair in pairs)
        + "</section>"
    )


def _side(other: Other) -> str:
    return (
        f'<div><p class="kg-says"><a href="#{escaped(other.slug)}">{escaped(other.text)}</a></p>'
        f'<p class="kg-how">{escaped(other.source)}</p></div>'
    )


def group(part: Group) -> str:
    """Draw statements under one heading."""
    rest = REST if len(part.parts) > 2 or part.parts[-1][0] != views.OTHER_DOCUMENTS else PAPER
    return (
        f'<section><h2 id="group-{escaped(part.slug)}">{escaped(part.heading)}</h2>'
        + "".join(
            (f"<h3>{escaped(heading or rest)}</h3>" if len(part.parts) > 1 or heading else "")
            + f'<ul class="kg-statements">{"".join(statement.draw(each) for each in statements)}</ul>'
            for heading, statements in part.parts
        )
        + "</section>"
    )


def parts(found: tuple[Participant, ...]) -> str:
    """Say who had a part, in how many statements."""
    if not found:
        return ""
    return (
        '<section><h2 id="parts">Who was involved</h2>'
        + items([_had_a_part(each) for each in found])
        + "</section>"
    )


def _had_a_part(part: Participant) -> str:
    told = []
    if part.said:
        told.append(f"said in {counted(part.said, 'statement')}")
    if part.read:
        told.append(f"read from {counted(part.read, 'statement')}")
    return (
        f'{link_to(Link(part.label, part.address))} <span class="kg-grade">{escaped(", ".join(told))}</span>'
    )


def silences(case: Case) -> str:
    """Name what is not said; how far that reaches depends on how much was read."""
    return (
        f'<section><h2 id="not-said">{NOT_SAID[case.read_whole]}</h2>'
        + ("" if case.read_whole else f"<p>{escaped(_reach(case))}</p>")
        + "".join(_silence(silence, case) for silence in case.silences)
        + "</section>"
    )


def _reach(case: Case) -> str:
    part = sum(not source.starting_point for source in case.row.sources)
    whole = _of_the_paper(case)
    documents = counted(part, "other document" if whole else "document")
    verb = "was" if part == 1 else "were"
    return f"{'The paper was read whole. ' if whole else ''}{documents} {verb} read in part, at the opening."


def _of_the_paper(case: Case) -> bool:
    return any(source.starting_point for source in case.row.sources)


def _silence(silence: Silence, case: Case) -> str:
    names = items([escaped(name) for name in silence.names], "kg-names")
    opening = words.silence(silence, case.read_whole, _of_the_paper(case))
    return f'<div class="kg-unsaid"><p>{escaped(opening)}</p>{names}</div>'


def timeline(case: Case) -> str:
    """List the dated statements in the order of the time they speak of, and beside them the undated ones."""
    if not case.timeline:
        return ""
    dated = {each.slug for each in case.timeline}
    undated = [
        member
        for group in case.groups
        for _, members in group.parts
        for member in members
        if member.slug not in dated
    ]
    beside = Link("Beside other cases, by year", f"timeline?case={case.row.slug}")
    return (
        '<section><h2 id="timeline">In order of time</h2>'
        f'<div class="kg-rows">{"".join(_dated(each) for each in case.timeline)}</div>'
        '<details class="kg-reads"><summary><span>Without a date of their own:</span> '
        f"{counted(len(undated), 'statement')}</summary>"
        + items([f'<a href="#{escaped(each.slug)}">{escaped(each.text)}</a>' for each in undated])
        + f"</details><p>{link_to(beside)}</p></section>"
    )


def _dated(each: Statement) -> str:
    return (
        f'<div class="kg-row"><p>{escaped(words.when(each))}</p>'
        f'<p><a href="#{escaped(each.slug)}">{escaped(each.text)}</a></p></div>'
    )


def sources(case: Case) -> str:
    """Name each source, and how much of it was read."""
    return (
        '<section><h2 id="sources">Sources</h2>'
        + items([_source(source) for source in case.row.sources], "kg-sources")
        + "</section>"
    )


def _source(source: SourceNote) -> str:
    name = source.title or source.label
    title = link_to(Link(name, f"source?id={source.slug}"))
    there = f" · {link(source.page, 'read it there')}" if source.page else ""
    notes = [
        *[each for each in (source.authors, source.publisher) if each],
        source.kind,
        source.year,
        source.reading,
        counted(source.statements, "statement") + " about this case",
    ]
    if source.copy is not None and source.page is None:
        notes.append("read in a copy elsewhere: search for the title")
    return (
        f'<p class="kg-says">{title}</p>'
        f'<p class="kg-how">{" · ".join(escaped(note) for note in notes)}{there}</p>'
        + "".join(f'<p class="kg-caveat">{escaped(note)}</p>' for note in source.notes)
    )
