"""The vocabulary: classes, properties and lists of terms, and each term with how the data uses it."""

from app_pages.parts import reading_page

reading_page.draw("vocabulary")
