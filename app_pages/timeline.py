"""The timeline: a line for each case, with a mark for each dated statement."""

from app_pages.parts import reading_page

reading_page.draw("timeline")
