"""One term that is neither a factor nor a practice, such as a difficulty or a result; or a list of them."""

import streamlit as st

from app_pages.parts import frame, graph, headings, missing, opened, terms
from kg.things import READING_SCHEMES
from kg.views import Link

wanted = st.query_params.get("id", "")
scheme, _, slug = wanted.partition("/")

if scheme not in READING_SCHEMES:
    missing.entry("no term", wanted, "scheme", Link("The five factors", "factors"))
elif slug:
    none = "no difficulty" if scheme == "challenges" else "no term"
    opened.draw(none, f"scheme/{scheme}", slug, Link(headings.LISTS[scheme], f"concept?id={scheme}"))
else:
    st.set_page_config(page_title=f"{headings.LISTS[scheme]} – {frame.NAME}")
    st.html(terms.draw(headings.LISTS[scheme], graph.terms(scheme)))
