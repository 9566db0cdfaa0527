"""The map: where the cases are, and the same as a list."""

from app_pages.parts import reading_page

reading_page.draw("places")
