"""What we know and don't: a mark for each combination, and the statements behind it."""

from app_pages.parts import reading_page

reading_page.draw("known")
