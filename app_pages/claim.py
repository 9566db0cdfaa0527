"""One statement: the sentence, who says it and how sure, where it stands, and how we read it."""

from app_pages.parts import reading_page

reading_page.draw("claim")
