"""The page of a term, a body or a place: what it is, where it is found, and what is said of it."""

from collections.abc import Sequence

from app_pages.parts import bodies, contents, headings, row, statement
from app_pages.parts.graph import paper_alone
from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import counted, escaped, items, link
from kg.publish.serialised import FORMATS
from kg.terms import BASE
from kg.things import page_of
from kg.views import Entry, Instance, Instances, Later, Link, StatementTie, Ties

# Of these kinds a page says that nothing is told, where nothing is; others leave the heading out.
ASKED = {
    "practices": ("guidance", "against"),
    "challenges": ("answered-by",),
}
NOT_AN_EFFECT = (
    "Reported of the place as a whole. That a place did this, or met this, and reports these results "
    "does not mean that one led to the other."
)
# What is done; the rest is shown, faced or had.
DONE = {"facilitator-practices", "practices", "service-actions"}
# For these kinds of thing, what is reported beside a case is worth reading.
WITH_RESULTS = {"challenges", "practices", "service-actions"}
# What is reported beside all of one kind, and where nothing is.
BESIDE_THE_OTHERS = {
    "challenges": Link(
        "What is reported beside each difficulty, and where nothing is", "known?by=difficulty"
    ),
    "practices": Link("What is reported beside each practice, and where nothing is", "known?by=practice"),
}
NAMES_SHOWN = 40


def draw(entry: Entry) -> str:
    """Draw the whole page."""
    page = page_of(BASE + entry.path)
    sections = [
        _found_in(entry, page),
        _done(entry),
        _reported(entry),
        *[_ties(entry, key, page) for key in headings.ORDER if key in _told(entry)],
        _hard(entry, page),
        _later(entry.meaning.later),
        _words(entry),
        _parts(entry),
    ]
    drawn = [section for section in sections if section is not None]
    return (
        f'<p class="kg-eyebrow">{escaped(kind(entry))}</p><h1>{escaped(entry.name)}</h1>'
        + opening(entry)
        + '<div class="kg-story">'
        + contents.draw((slug, name, number) for slug, name, number, _ in drawn)
        + '<div class="kg-body">'
        + "".join(
            f'<section><h2 id="{slug}">{escaped(name)}</h2>{text}</section>' for slug, name, _, text in drawn
        )
        + for_programs(entry.path)
        + "</div></div>"
    )


def kind(entry: Entry) -> str:
    """Say what kind of thing it is."""
    return headings.KINDS.get(entry.scheme) or headings.KINDS_OF_BODIES.get(entry.kind, "")


def opening(entry: Entry) -> str:
    """Say what it means, what else it is called, and how much there is to read."""
    meaning, around = entry.meaning, entry.around
    return (
        (f'<p class="kg-lede">{escaped(meaning.definition)}</p>' if meaning.definition else "")
        + "".join(f"<p>{escaped(note)}</p>" for note in meaning.notes)
        + (f'<p class="kg-meta">Also called: {escaped("; ".join(meaning.also))}</p>' if meaning.also else "")
        + (f'<p class="kg-meta">Kind: {links_to(around.kinds)}</p>' if around.kinds else "")
        + (f'<p class="kg-meta">Part of: {links_to(around.within)}</p>' if around.within else "")
        + _belongs(entry)
        + (f'<p class="kg-meta">See also: {links_to(around.related)}</p>' if around.related else "")
        + (f'<p class="kg-meta">Cases here: {links_to(around.here)}</p>' if around.here else "")
        + f'<p class="kg-extent">{_extent(entry)}</p>'
    )


def _belongs(entry: Entry) -> str:
    """Name the factors that it belongs to, with how sure that is."""
    named = [link_to(factor) + ("" if said else " (our reading)") for factor, said in entry.mentions.factors]
    return f'<p class="kg-meta">Factor: {" · ".join(named)}</p>' if named else ""


def _extent(entry: Entry) -> str:
    found = entry.mentions.found_in
    if not entry.mentions.count:
        nothing = "No statement names it" + (" in the paper." if paper_alone() else ".")
        return "" if entry.around.here else nothing
    told = f"<strong>{counted(entry.mentions.count, 'statement')}</strong>"
    if not found.count:
        if not entry.scheme:
            return f"{told}, none of them about a case."
        there = "done" if entry.scheme in DONE else "found"
        return f"{told}, none of which says that it was {there} in a case."
    if not entry.scheme:
        return f"{told}. Named in {counted(found.count, 'case')}."
    sure = (
        "in so many words in all of them"
        if found.explicit == found.count
        else f"in so many words in {found.explicit} of them, by our reading in the others"
        if found.explicit
        else "by our reading, not in so many words"
    )
    return f"{told}. Found in {counted(found.count, 'case')}, {sure}."


Section = tuple[str, str, str, str]


def _found_in(entry: Entry, page: str) -> Section | None:
    name = headings.FOUND_IN.get(entry.scheme, "Where it appears")
    if not entry.mentions.found_in.count:
        return ("cases", name, "0", _silence(entry)) if entry.scheme in headings.FOUND_IN else None
    return (
        "cases",
        name,
        str(entry.mentions.found_in.count),
        cases(entry.mentions.found_in, page, bool(entry.scheme)),
    )


def _silence(entry: Entry) -> str:
    """Say that no case is told of, and what that means."""
    verb = "do" if entry.scheme in DONE else "show"
    where = (
        f"In the paper no case is said to {verb} this."
        if paper_alone()
        else f"No case is said to {verb} this in the paper, and none was found in the part we read of other "
        "documents."
    )
    advice = entry.mentions.on("guidance")
    instead = " It is advice: see below." if advice is not None else ""
    return f'<p class="kg-silence">{where}{instead}</p>'


def cases(instances: Instances, page: str, sure: bool = True) -> str:
    """Draw the cases in which something is found, each with the statements that say so.

    Args:
        instances: The cases.
        page: The address of the page they are drawn on.
        sure: Whether to say with each case how sure it is.
    """
    more = instances.count - len(instances.shown)
    return "".join(_case(each, page, sure) for each in instances.shown) + (
        f'<details class="kg-reads"><summary><span>{counted(more, "more case", "more cases")}</span>'
        f"</summary>{items([link_to(each) for each in instances.named])}"
        f"{_unnamed(more - len(instances.named))}"
        "</details>"
        if more
        else ""
    )


def _unnamed(number: int) -> str:
    return f"<p>And {counted(number, 'more case', 'more cases')}.</p>" if number > 0 else ""


def _case(instance: Instance, page: str, sure: bool) -> str:
    look, words = ("said", "In so many words") if instance.explicit else ("read", "Our reading")
    mark = f' <span class="kg-mark kg-mark-{look}">{words}</span>' if sure else ""
    more = instance.count - len(instance.shown)
    return (
        f"<h3>{link_to(instance.case)}{mark}</h3>"
        f'<ul class="kg-statements">{"".join(_tie(tie, page, False) for tie in instance.shown)}</ul>'
        + (
            f'<p class="kg-how">{counted(more, "more statement", "more statements")} of this: '
            f"see {link_to(instance.case)}.</p>"
            if more > 0
            else ""
        )
    )


def _tie(tie: StatementTie, page: str, with_case: bool = True) -> str:
    return statement.draw(tie.statement, page, with_case)


def _done(entry: Entry) -> Section | None:
    if not entry.mentions.done:
        return None
    rows = "".join(
        f'<div class="kg-row"><p>{link_to(case)}</p><p>{links_to(practices)}</p></div>'
        for case, practices in entry.mentions.done[:NAMES_SHOWN]
    )
    return (
        "done",
        "What places did that is offered against it",
        str(len(entry.mentions.done)),
        "<p>Each is said, in so many words, to have done this; not always because of this difficulty, and "
        f'whether it helped is another question.</p><div class="kg-rows">{rows}</div>',
    )


def _reported(entry: Entry) -> Section | None:
    if entry.scheme not in WITH_RESULTS or not entry.mentions.found_in.count:
        return None
    rows = "".join(
        f'<div class="kg-row"><p>{link_to(each.case)}</p><div>{_outcome(each)}</div></div>'
        for each in entry.mentions.found_in.shown
    )
    others = BESIDE_THE_OTHERS.get(entry.scheme)
    return (
        "reported",
        "What was reported there, and what went wrong",
        "",
        f'<p class="kg-note">{NOT_AN_EFFECT}</p><div class="kg-rows">{rows}</div>'
        + (f"<p>{link_to(others)}</p>" if others else ""),
    )


def _outcome(instance: Instance) -> str:
    went_wrong = (
        '<p class="kg-how"><span class="kg-mark kg-mark-setback">Went wrong</span> '
        f"{links_to(instance.setbacks)}</p>"
        if instance.setbacks
        else ""
    )
    if not instance.results:
        return f'<p class="kg-silence">{row.NO_RESULT[paper_alone()]}</p>{went_wrong}'
    return row.results(instance.results) + went_wrong


def _told(entry: Entry) -> set[str]:
    return {each.key for each in entry.mentions.told} | set(ASKED.get(entry.scheme, ()))


def _ties(entry: Entry, key: str, page: str) -> Section | None:
    found = entry.mentions.on(key)
    name = headings.heading_of(entry.scheme, key)
    if found is None:
        nothing = (
            "The paper says nothing of it."
            if paper_alone()
            else "Neither the paper nor the part we read of other documents says anything of it."
        )
        return key, name, "", f'<p class="kg-silence">{nothing}</p>'
    return key, name, str(found.count), ties(found, page, entry.path)


def ties(found: Ties, page: str, path: str) -> str:
    """Draw statements that answer one question; where they are many, the first of them."""
    more = found.count - len(found.shown)
    return f'<ul class="kg-statements">{"".join(_tie(tie, page) for tie in found.shown)}</ul>' + (
        f"<p>{link_to(Link(counted(more, 'more statement', 'more statements'), _in_detail(path)))}</p>"
        if more > 0
        else ""
    )


def _in_detail(path: str) -> str:
    return f"thing?id={path}"


def _hard(entry: Entry, page: str) -> Section | None:
    if not entry.mentions.hard.count:
        return None
    return "hard", "Where it was hard", str(entry.mentions.hard.count), cases(entry.mentions.hard, page)


def _later(found: Sequence[Later]) -> Section | None:
    if not found:
        return None
    return "later", "What happened next", "", "".join(f"<p>{_became(each)}</p>" for each in found)


def _words(entry: Entry) -> Section | None:
    if not entry.mentions.words:
        return None
    return "words", bodies.HEADING, str(len(entry.mentions.words)), bodies.rows(entry.mentions.words)


def _became(later: Later) -> str:
    as_of = f", as of {escaped(later.as_of)}" if later.as_of else ""
    page = f" ({link(later.page, 'page')}{as_of}; not checked since)" if later.page else ""
    return f"{escaped(later.note)}{page}"


def _parts(entry: Entry) -> Section | None:
    if not entry.around.parts:
        return None
    named = items([link_to(part) for part in entry.around.parts[:NAMES_SHOWN]])
    more = len(entry.around.parts) - NAMES_SHOWN
    return (
        "parts",
        "Belonging to it",
        str(len(entry.around.parts)),
        named + (f"<p>And {more} more.</p>" if more > 0 else ""),
    )


def for_programs(path: str) -> str:
    """Say, at the foot of a page, where the same is in full and how programs get it."""
    others = " · ".join(
        f'<a href="{escaped(path)}.{form.suffix}">{escaped(form.name)}</a>' for form in FORMATS
    )
    return (
        '<p class="kg-how kg-programs">For people who query: '
        f"{link_to(Link('in detail', _in_detail(path)))} · {others}</p>"
    )
