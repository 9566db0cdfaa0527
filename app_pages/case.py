"""One case: what happened there, in half a page, and every statement beneath."""

from app_pages.parts import reading_page

reading_page.draw("case")
