"""Documents to take away: what the views hold, as a file that opens without this program."""

from kg.export.brief_html import brief_html

__all__ = ["brief_html"]
