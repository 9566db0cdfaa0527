"""The forms that a manuscript can be written in, by the ending of the file."""

from collections.abc import Callable
from dataclasses import dataclass

from kg.export.as_docx import as_docx
from kg.export.as_html import as_html
from kg.export.as_markdown import as_markdown
from kg.export.as_pdf import as_pdf
from kg.export.manuscript import Manuscript, printable_manuscript
from kg.language import N_
from kg.language import gettext as _

__all__ = ["FORMS", "FileForm", "write_manuscript"]


@dataclass(frozen=True)
class FileForm:
    """A form of a document.

    Attributes:
        label: What it is called on the screen, in British English.
        media_type: What programs call it.
        write: Writes a manuscript in it.
    """

    label: str
    media_type: str
    write: Callable[[Manuscript], bytes]

    @property
    def name(self) -> str:
        """What it is called on the screen."""
        return _(self.label)


FORMS = {
    "pdf": FileForm(N_("PDF"), "application/pdf", as_pdf),
    "docx": FileForm(
        N_("Word"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        as_docx,
    ),
    "html": FileForm(N_("web page"), "text/html", lambda manuscript: as_html(manuscript).encode()),
    "md": FileForm(N_("Markdown"), "text/markdown", lambda manuscript: as_markdown(manuscript).encode()),
}


def write_manuscript(manuscript: Manuscript, ending: str) -> bytes:
    """Write a manuscript in the form of an ending, one of those of `FORMS`."""
    return FORMS[ending].write(printable_manuscript(manuscript))
