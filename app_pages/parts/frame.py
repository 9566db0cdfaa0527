"""What stands round every page: the style, the product's name above, who we are below."""

from pathlib import Path

import streamlit as st

from app_pages.parts import asking, graph, shortlist

NAME = "System Leadership Case Explorer"
LINE = "What other places did, and how we know"
ICON = Path(__file__).resolve().parent.parent / "static" / "icon.png"
STYLE = Path(__file__).with_name("style.css")


def style() -> None:
    """Load the style sheet."""
    st.html(STYLE)


def header() -> None:
    """Draw the name, which leads home, the switch to the paper alone, the search box and the shortlist."""
    with st.container(key="masthead"):
        name = st.container()
        st.html(f'<p class="kg-line">{LINE}</p>')
        # The switch comes first: everything that is drawn after it, the name included, follows it.
        st.toggle("Only what the paper says", key=graph.SLOT, bind="query-params")
        shortlist.box()
        name.page_link("index.py", label=NAME, query_params=graph.address())
    asking.box()
    shortlist.draw()


def footer() -> None:
    """Say who we are not, and on what terms the data may be used."""
    st.html(
        '<div class="kg-foot">'
        "<p>This explorer is independent of The King’s Fund, which published the paper, and of the NHS.</p>"
        '<p>Data: <a href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a>, '
        "in our own words, sources named.</p>"
        "</div>"
    )
