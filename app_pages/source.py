"""One document: what it is, how much of it we read, and what it says; without a name, all documents."""

from app_pages.parts import reading_page

reading_page.draw("source")
