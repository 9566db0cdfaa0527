"""The five factors: one page for them all, and one for each."""

from app_pages.parts import background, bodies, contents, entry, headings
from app_pages.parts.graph import paper_alone
from app_pages.parts.links import link_to, links_to
from app_pages.parts.markup import counted, escaped, items
from kg import words
from kg.terms import BASE
from kg.things import page_of
from kg.views import Factor, FactorCase, FactorSummary, Link, PracticeCount

INTRODUCTION = (
    "The paper argues, from its authors' experience and the works it cites, that five factors help leaders "
    "work across organisations. It gives examples, not proof: a case that shows a factor is an instance of "
    "it, and no result is shown to come of it."
)
NO_CASE = "The paper shows no case of this factor. It gives guidance."
READ_IN_THE_PAPER = "Where we read it in what the paper tells of cases:"
READ_ELSEWHERE = "Where we read it in what the paper and other documents tell of cases:"
NAMES_SHOWN = 12
# What is said of the factor itself, beside what its section says.
SAID_OF_IT = {
    "general": "What else is filed under it",
    "helps": "What is said of the factor itself",
    "written": "Written down; that it is lived up to is not said",
    "hoped": "Hoped for, intended, advised or denied",
}


def draw_all(found: tuple[FactorSummary, ...]) -> str:
    """Draw the five in their order."""
    known = link_to(Link("What is reported, factor by factor, and where nothing is", "known?by=factor"))
    summaries = "".join(_summary(each) for each in found)
    return f'<p class="kg-intro">{escaped(INTRODUCTION)} {known}</p>{background.ways()}{summaries}'


def _summary(factor_summary: FactorSummary) -> str:
    return (
        f'<section class="kg-factor"><h2><span class="kg-number">{factor_summary.number}</span> '
        f"{link_to(factor_summary.factor)}</h2>"
        f'<p class="kg-lede">{escaped(factor_summary.definition)}</p>'
        '<div class="kg-rows">'
        f'<div class="kg-row"><p>Cases that show it</p><div>{_cases(factor_summary)}</div></div>'
        '<div class="kg-row"><p>What leaders did for it, or are advised to do</p>'
        f"<div>{_practices(factor_summary)}</div></div>"
        "</div></section>"
    )


def _cases(factor_summary: FactorSummary) -> str:
    said = [case for case in factor_summary.cases if case.explicit]
    read = [case for case in factor_summary.cases if not case.explicit]
    unnamed = factor_summary.explicit + factor_summary.read - len(factor_summary.cases)
    return (
        (f"<p>In so many words: {links_to(case.case for case in said)}</p>" if said else "")
        + ("" if factor_summary.in_the_paper else f'<p class="kg-silence">{NO_CASE}</p>')
        + (f'<p class="kg-ties-read">Our reading: {_graded(read)}</p>' if read else "")
        + (f"<p>And {counted(unnamed, 'more case', 'more cases')}.</p>" if unnamed else "")
    )


def _graded(found: list[FactorCase]) -> str:
    return " · ".join(
        f'{link_to(each.case)} <span class="kg-grade">{escaped(words.grade(each.basis))}</span>'
        for each in found
    )


def _practices(factor_summary: FactorSummary) -> str:
    more = factor_summary.practice_count - len(factor_summary.practices)
    done = [practice for practice in factor_summary.practices if practice.explicit or practice.read]
    advised = [practice.practice for practice in factor_summary.practices if practice not in done]
    return (
        (items([_counted(practice) for practice in done]) if done else "")
        + (f"<p>Advised, but no case is told of: {links_to(advised)}</p>" if advised else "")
        + (f"<p>And {more} more: see the page of the factor.</p>" if more else "")
    )


def _counted(practice_count: PracticeCount) -> str:
    return (
        f'{link_to(practice_count.practice)} <span class="kg-grade">{escaped(_found(practice_count))}</span>'
    )


def _found(practice_count: PracticeCount) -> str:
    """Say in how many cases something was done.

    >>> from kg.views import Link
    >>> _found(PracticeCount(Link("Meet"), "", 1, 2)), _found(PracticeCount(Link("Meet"), "", 0, 0))
    ('1 case in so many words, 2 by our reading', 'advice, no case')
    """
    said = f"{counted(practice_count.explicit, 'case')} in so many words" if practice_count.explicit else ""
    read = (
        f"{practice_count.read if said else counted(practice_count.read, 'case')} by our reading"
        if practice_count.read
        else ""
    )
    return ", ".join(part for part in (said, read) if part) or "advice, no case"


def draw(factor: Factor) -> str:
    """Draw the page of one factor."""
    own = factor.entry
    page = page_of(BASE + own.path)
    sections = [
        ("cases", headings.FOUND_IN["factors"], str(own.mentions.found_in.count), _shown(factor, page)),
        (
            "practices",
            "What leaders did for it, or are advised to do",
            str(factor.practice_count),
            _did(factor),
        ),
        *[
            (each.key, headings.HEADINGS[each.key], str(each.count), entry.ties(each, page, own.path))
            for each in factor.section
            if each.key != "also"
        ],
        (
            "difficulties",
            "Difficulties treated under it",
            str(len(factor.difficulties)),
            items([link_to(difficulty) for difficulty in factor.difficulties]),
        ),
        *[
            (
                f"said-{each.key}",
                SAID_OF_IT[each.key],
                str(each.count),
                entry.ties(each, page, own.path),
            )
            for each in own.mentions.told
            if each.key in SAID_OF_IT
        ],
        *[
            ("also", "Also said in the section on it", str(each.count), entry.ties(each, page, own.path))
            for each in factor.section
            if each.key == "also"
        ],
        (
            "works",
            "What the section rests on",
            str(len(factor.works)),
            items([link_to(work) for work in factor.works])
            if factor.works
            else '<p class="kg-silence">The section cites no work.</p>',
        ),
    ]
    return (
        f'<p class="kg-eyebrow">Factor {own.meaning.position} of the five</p><h1>{escaped(own.name)}</h1>'
        + entry.opening(own)
        + '<div class="kg-story">'
        + contents.draw((slug, name, number) for slug, name, number, _ in sections)
        + '<div class="kg-body">'
        + "".join(
            f'<section><h2 id="{slug}">{escaped(name)}</h2>{text}</section>'
            for slug, name, number, text in sections
        )
        + bodies.section(factor.words)
        + f"<section><h2>The other factors</h2>{items([link_to(other) for other in factor.others])}</section>"
        + entry.for_programs(own.path)
        + "</div></div>"
    )


def _shown(factor: Factor, page: str) -> str:
    found = factor.entry.mentions.found_in
    silence = "" if factor.in_the_paper else f'<p class="kg-silence">{NO_CASE}</p>'
    if not found.count:
        nothing = "" if paper_alone() else "<p>Nor was one found in the part we read of other documents.</p>"
        return silence + nothing
    where = READ_IN_THE_PAPER if paper_alone() else READ_ELSEWHERE
    return silence + ("" if found.explicit else f"<p>{where}</p>") + entry.cases(found, page)


def _did(factor: Factor) -> str:
    more = factor.practice_count - len(factor.practices)
    rows = "".join(
        f'<div class="kg-row"><p>{_counted(practice)}</p><p>{escaped(practice.definition)}</p></div>'
        for practice in factor.practices
    )
    by_case = "".join(
        f'<div class="kg-row"><p>{link_to(case)}</p><p>{links_to(practices)}</p></div>'
        for case, practices in list(factor.did.items())[:NAMES_SHOWN]
    )
    return (
        f'<div class="kg-rows">{rows}</div>'
        + (f"<p>And {more} more.</p>" if more else "")
        + (f'<h3>By case, in so many words</h3><div class="kg-rows">{by_case}</div>' if by_case else "")
    )
