"""The form for a query, its answer, and what the graph holds."""

import streamlit as st

from app_pages.parts import faults, graph
from app_pages.parts.notes import note
from app_pages.parts.templates import render
from kg.errors import BadQuery, KgError
from kg.queries import questions
from kg.views import AnswerView, GraphSummary, on_offer

_TEXT, _RAN, _EXAMPLE = "query-text", "query-ran", "query-example"
# The slots of an address that restore a query: one of the questions by name, or any text.
_BY_NAME, _BY_TEXT = "example", "query"
_START = "case-list"
_TEMPLATE = "tools/query.html"
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
    note("Don’t name people or organisations in what you write here.", look="kg-note")
    with st.container(horizontal=True, key="query-buttons"):
        if st.button("Run", type="primary"):
            state[_RAN] = text
        if st.button("Make a link to this query"):
            state[_RAN] = state["query-given"] = text
            st.query_params.clear()
            st.query_params.update(graph.address(**{_BY_TEXT: text}))
    if st.query_params.get(_BY_TEXT) == text:
        note("The address of this page now restores this query.", look="kg-note", role="status")
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
        st.html(render(_TEMPLATE, part="fault", fault=error, lines=_place(text, error)))
        return
    except KgError as error:
        st.html(render(_TEMPLATE, part="fault", fault=error, lines=""))
        st.html(_links(text))
        return
    if found.columns:
        _table(found)
    elif found.text.startswith(("Yes", "No")):
        note(found.text, look="kg-lede", role="status")
    else:
        st.html(render(_TEMPLATE, part="triples", total=found.total))
        st.code(found.text, language=None)
    st.html(_links(text))


def _table(answer_view: AnswerView) -> None:
    st.html(render(_TEMPLATE, part="rows", total=answer_view.total, shown=len(answer_view.rows)))
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
    """Return the lines about a fault, with a mark under its column."""
    if error.line is None or error.column is None:
        return ""
    lines = text.split("\n")
    drawn = []
    for number in range(max(1, error.line - _AROUND), min(len(lines), error.line + _AROUND) + 1):
        drawn.append(f"{number:>4}  {lines[number - 1]}")
        if number == error.line:
            drawn.append(" " * (5 + error.column) + "▲ here, or shortly before")
    return "\n".join(drawn)


def _links(text: str) -> str:
    return render(_TEMPLATE, part="links", links=on_offer(text, graph.chosen_graphs()))


def heading(part: str) -> str:
    """Return the heading of the form, `ask`, or of the answer, `answer`."""
    return render(_TEMPLATE, part=part)


def elsewhere() -> str:
    """Return the ways to the data beside this page."""
    return render(_TEMPLATE, part="elsewhere")


def draw_held(held: GraphSummary) -> str:
    """Return what the graph holds."""
    return render(_TEMPLATE, part="held", held=held)
