"""What is shown at an address where there is no page."""

from app_pages.parts import reading_page

reading_page.draw("missing")
