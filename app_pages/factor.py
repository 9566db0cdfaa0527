"""One of the five factors: its cases, what leaders did for it, and what the guidance is."""

from app_pages.parts import reading_page

reading_page.draw("factor")
