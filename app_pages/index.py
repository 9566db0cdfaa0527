"""The first page: ways in, what changed where and who says so, and the list of cases."""

from app_pages.parts import reading_page

reading_page.draw("")
