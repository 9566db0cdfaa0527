"""Documents to take away: what the views and the plans hold, as files that open without this program."""

from kg.export.as_docx import as_docx
from kg.export.as_html import as_html, as_section
from kg.export.as_markdown import as_markdown
from kg.export.as_pdf import as_pdf
from kg.export.briefs import brief_for_a_meeting, brief_of_cases
from kg.export.cards import Card, cards_of, cards_pdf
from kg.export.forms import FORMS, FileForm, write_manuscript
from kg.export.guides import facilitator_guide, participant_handout
from kg.export.manuscript import Manuscript
from kg.export.session_files import SESSION_FILES, Cards, SessionFile, session_file
from kg.export.slides import deck

__all__ = [
    "FORMS",
    "SESSION_FILES",
    "Card",
    "Cards",
    "FileForm",
    "Manuscript",
    "SessionFile",
    "as_docx",
    "as_html",
    "as_markdown",
    "as_pdf",
    "as_section",
    "brief_for_a_meeting",
    "brief_of_cases",
    "cards_of",
    "cards_pdf",
    "deck",
    "facilitator_guide",
    "participant_handout",
    "session_file",
    "write_manuscript",
]
