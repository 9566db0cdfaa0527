"""The graph that pages draw: opened once per process, and anew when its files have changed."""

import streamlit as st

from kg import views
from kg.content import bundled
from kg.engine import Engine
from kg.store import open_engine, version_of


@st.cache_resource(ttl=5, show_spinner=False)
def version() -> str:
    """Name the state of the content."""
    return version_of(bundled())


@st.cache_resource(max_entries=1, show_spinner=False)
def _engine(state: str) -> Engine:
    return open_engine(bundled())


@st.cache_resource(max_entries=1, show_spinner=False)
def _rows(state: str) -> list[views.CaseRow]:
    return views.case_rows(engine())


@st.cache_resource(max_entries=500, show_spinner=False)
def _case(state: str, slug: str) -> views.Case:
    return views.case(engine(), slug)


def engine() -> Engine:
    """Give the engine that holds the graph of the content as it is now."""
    return _engine(state=version())


def rows() -> list[views.CaseRow]:
    """Give every case as the index shows it."""
    return _rows(version())


def case(slug: str) -> views.Case:
    """Give one case as its page shows it."""
    return _case(version(), slug)


def counts() -> dict[str, int]:
    """Count what the graph holds."""
    return views.counts(engine())
