"""One place: what it is part of, and what is told of it."""

from app_pages.parts import reading_page

reading_page.draw("place")
