"""The form for a query, its answer, and what the graph holds."""

import streamlit as st

from app_pages.parts import faults, graph
from app_pages.parts.markup import counted, escaped, items
from kg.errors import BadQuery, KgError
from kg.queries import questions
from kg.views import AnswerView, GraphSummary, on_offer

INTRODUCTION = (
    '<p class="kg-intro">Everything on these pages comes from one graph. Start from a question that is asked '
    "already, change it, or write your own in SPARQL 1.1. Queries only read, and end after a few seconds.</p>"
)
_TEXT, _RAN, _EXAMPLE = "query-text", "query-ran", "query-example"
# The slots of an address that restore a query: one of the questions by name, or any text.
_BY_NAME, _BY_TEXT = "example", "query"
_START = "case-list"
_AROUND = 1


def query_in_address() -> str | None:
    """Give the query that the address asks for; None if it asks for none."""
    text = st.query_params.get(_BY_TEXT)
    if text is not None:
        return text
    name = st.query_params.get(_BY_NAME, "")
    return questions.question(name).text if name in _names() else None


def _names() -> list[str]:
    return [question.name for question in questions.all_questions()]


def form(asked: str | None) -> str | None:
    """Draw the form.

    Args:
        asked: The query that the address asks for.

    Returns:
        The query to answer; None if none was asked yet.
    """
    state = st.session_state
    if asked is not None and state.get("query-given") != asked:
        state["query-given"] = state[_TEXT] = state[_RAN] = asked
    state.setdefault(_TEXT, questions.question(_START).text)
    st.selectbox(
        "Start from a question that is asked already",
        _names(),
        index=None,
        placeholder="Choose a question",
        format_func=lambda name: f"{questions.question(name).header['summary']} ({name})",
        key=_EXAMPLE,
        on_change=faults.caught(_start_from_example),
    )
    text = st.text_area("Query in SPARQL 1.1", key=_TEXT, height=320)
    st.html('<p class="kg-note">Don’t name people or organisations in what you write here.</p>')
    with st.container(horizontal=True, key="query-buttons"):
        if st.button("Run", type="primary"):
            state[_RAN] = text
        if st.button("Make a link to this query"):
            state[_RAN] = state["query-given"] = text
            st.query_params.clear()
            st.query_params.update(graph.address(**{_BY_TEXT: text}))
    if st.query_params.get(_BY_TEXT) == text:
        st.html('<p role="status" class="kg-note">The address of this page now restores this query.</p>')
    ran: str | None = state.get(_RAN)
    return ran


def _start_from_example() -> None:
    state = st.session_state
    name = state[_EXAMPLE]
    if name is not None:
        text = questions.question(name).text
        state[_TEXT] = state[_RAN] = state["query-given"] = text
        st.query_params.clear()
        st.query_params.update(graph.address(**{_BY_NAME: name}))


def answer(text: str) -> None:
    """Run a query and draw its answer, or say in one sentence why there is none, and where the fault is."""
    with faults.near("The query could not be answered."):
        _answer(text)


def _answer(text: str) -> None:
    try:
        found = graph.answer_of(text)
    except BadQuery as error:
        st.html(f'<p class="kg-lede" role="alert">{escaped(error)}</p>' + _place(text, error))
        return
    except KgError as error:
        st.html(f'<p class="kg-lede" role="alert">{escaped(error)}</p>')
        st.html(_links(text))
        return
    if found.columns:
        _table(found)
    elif found.text.startswith(("Yes", "No")):
        st.html(f'<p class="kg-lede" role="status">{escaped(found.text)}</p>')
    else:
        st.html(f'<p role="status">{counted(found.total, "triple")}</p>')
        st.code(found.text, language=None)
    st.html(_links(text))


def _table(answer_view: AnswerView) -> None:
    left_out = answer_view.total - len(answer_view.rows)
    st.html(
        f'<p role="status">{counted(answer_view.total, "row")}'
        + (
            f"; the first {len(answer_view.rows):,} are shown, the rest can be loaded below"
            if left_out
            else ""
        )
        + "</p>"
    )
    columns = {
        name: st.column_config.LinkColumn(name, display_text=r"^[a-z]+\?\w+=(?:.*/)?(.+)$")
        for name in answer_view.pages
    }
    st.dataframe(
        {name: [row[place] for row in answer_view.rows] for place, name in enumerate(answer_view.columns)},
        column_config=columns,
        hide_index=True,
        alt="The rows of the answer",
    )


def _place(text: str, error: BadQuery) -> str:
    """Draw the lines about a fault, with a mark under its column."""
    if error.line is None or error.column is None:
        return ""
    lines = text.split("\n")
    drawn = []
    for number in range(max(1, error.line - _AROUND), min(len(lines), error.line + _AROUND) + 1):
        drawn.append(f"{number:>4}  {lines[number - 1]}")
        if number == error.line:
            drawn.append(" " * (5 + error.column) + "▲ here, or shortly before")
    return f'<pre class="kg-fault">{escaped(chr(10).join(drawn))}</pre>'


def _links(text: str) -> str:
    links = on_offer(text, graph.chosen_graphs())
    if not links:
        return "<p>This query is too long for a link: send it to /sparql by POST.</p>"
    return (
        "<p>Load the whole answer: "
        + " · ".join(f'<a href="{escaped(address)}">{escaped(name)}</a>' for name, address in links)
        + "</p>"
    )


def elsewhere() -> str:
    """Draw the ways to the data beside this page."""
    return '<h2 id="elsewhere">With your own tools</h2>' + items(
        [
            '<a href="sparql">/sparql</a> answers SPARQL 1.1 over HTTP, by GET or POST: as JSON, XML, CSV '
            "or TSV, and as Turtle, JSON-LD, N-Triples or RDF/XML",
            '<a href="download/">Downloads</a>: the whole graph, each case, the vocabulary, and tables for '
            "Excel and Power BI with a codebook",
            '<a href="ask/">Every question</a> at an address of its own, as CSV or JSON',
            f'<a href="{escaped(graph.with_choice("network"))}">How are these connected?</a> The same '
            "data as a network: round one thing, between two, what stands out; in pictures, lists and files",
            f'<a href="{escaped(graph.with_choice("vocabulary"))}">Vocabulary</a>: every class, property and '
            "list of terms, with its meaning",
            '<a href="dataset.ttl">Description of the dataset</a> (DCAT and VoID). Every address of the '
            "graph answers, with a page or with RDF",
        ]
    )


def draw_held(held: GraphSummary) -> str:
    """Draw what the graph holds."""
    return (
        '<h2 id="held">What the data hold</h2>'
        f"<p>{counted(held.graphs, 'named graph')}. A query that names none is put to all of them together. "
        "Counts are counts, not scores.</p>"
        + _counts("Classes", "Class", "Things", held.classes)
        + _counts("Properties", "Property", "Uses", held.properties)
    )


def _counts(heading: str, what: str, how_many: str, counts: tuple[tuple[str, int], ...]) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escaped(name)}</th><td class="kg-count">{number:,}</td></tr>'
        for name, number in counts
    )
    return (
        f"<h3>{heading}</h3>"
        '<div class="kg-table-wrap"><table class="kg-table">'
        f"<caption>{heading} by how often they occur</caption>"
        f'<thead><tr><th scope="col">{what}</th>'
        f'<th scope="col" class="kg-count">{how_many}</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )
