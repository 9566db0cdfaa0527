"""The pages people read: each a complete page of HTML, whatever serves it."""

from app_pages.reading.page import ReadingPage, Slots
from app_pages.reading.readers import READERS, read

__all__ = ["READERS", "ReadingPage", "Slots", "read"]
