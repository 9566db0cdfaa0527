"""About: what this is, where it comes from, how sure it is, what it lacks, and on what terms it runs."""

from app_pages.parts import reading_page

reading_page.draw("about")
