"""One thing that leaders did: where, what was reported there, what is advised, what hinders it."""

from app_pages.parts import reading_page

reading_page.draw("practice")
