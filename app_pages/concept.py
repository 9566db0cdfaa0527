"""One term that is neither a factor nor a practice, such as a difficulty or a result; or a list of them."""

from app_pages.parts import reading_page

reading_page.draw("concept")
