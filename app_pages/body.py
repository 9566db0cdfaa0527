"""One organisation, role, group, person or programme: what it is, and where it appears."""

from app_pages.parts import reading_page

reading_page.draw("body")
