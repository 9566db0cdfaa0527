"""The address of the page that is open, as others can be given it."""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from app_pages.parts import graph

__all__ = ["address"]


def address(more: Mapping[str, str] | None = None) -> str:
    """Give the address of the open page, without the shortlist that a visitor keeps.

    Args:
        more: Slots to put behind those that the page has, or in the place of those of the same name.

    Returns:
        The address; where the browser has not told it, that on this server.
    """
    page = urlsplit(st.context.url or "")
    slots = [
        (name, value)
        for name in st.query_params
        if name != graph.KEPT and name not in (more or {})
        for value in st.query_params.get_all(name)
    ]
    return urlunsplit((page.scheme, page.netloc, page.path, urlencode([*slots, *(more or {}).items()]), ""))
