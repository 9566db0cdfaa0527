"""The five factors in order: what each means, which cases show it, what leaders did for it."""

from app_pages.parts import reading_page

reading_page.draw("factors")
