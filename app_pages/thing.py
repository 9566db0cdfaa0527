"""Any thing that has an address: what it is, what is said of it, and what refers to it."""

from app_pages.parts import reading_page

reading_page.draw("thing")
