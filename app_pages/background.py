"""What the paper says beside its cases and factors: who found the factors, works, qualities and more."""

from app_pages.parts import reading_page

reading_page.draw("background")
