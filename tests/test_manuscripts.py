"""Documents in each form: the same each time, open to their readers, and what they hold is text."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from pypdf import PdfReader

from kg import export
from kg.export import FORMS, Manuscript
from kg.export.manuscript import (
    Heading,
    Listing,
    ManuscriptTable,
    NewPage,
    Paragraph,
    Room,
    aside,
    plain,
    strong,
)
from tests.manuscripts import SPITEFUL, Shown, pdf_text, squeezed, texts


def spiteful(text: str) -> Manuscript:
    return Manuscript(
        text,
        (
            Heading(1, text),
            Paragraph((plain(text), strong(text), aside(text))),
            Paragraph((plain(text),), note=True),
            Heading(2, text),
            Listing((((plain(text),), (aside(text),)), ((plain(text),),))),
            Listing((((plain(text),),),), numbered=True),
            ManuscriptTable((text, "B"), ((text, "c"), ("d", text)), widths=(1, 1)),
            Room(2),
            NewPage(),
            Paragraph((plain(text),)),
        ),
        foot=text,
    )


TIMES = 14


@pytest.mark.parametrize("text", SPITEFUL)
def test_what_is_hostile_stays_text_in_every_form(text: str) -> None:
    manuscript = spiteful(text)
    page = Shown(export.as_html(manuscript))
    assert page.text.count(text) >= TIMES
    assert not page.elements & {"img", "script", "a", "em", "code"}
    drawn = Shown(MarkdownIt("commonmark").enable("table").render(export.as_markdown(manuscript)))
    assert drawn.text.count(text) >= TIMES - 2
    assert not drawn.elements & {"img", "script", "a", "code"}
    assert texts(export.as_docx(manuscript)).count(text) >= TIMES - 2
    assert squeezed(pdf_text(export.as_pdf(manuscript))).count(squeezed(text)) >= TIMES - 2


@pytest.mark.parametrize("ending", FORMS)
def test_the_same_manuscript_gives_the_same_bytes(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    first = export.write_manuscript(spiteful("x"), ending)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert export.write_manuscript(spiteful("x"), ending) == first


def test_a_word_file_names_its_title_language_and_parts() -> None:
    raw = export.as_docx(spiteful("x"))
    document = docx.Document(BytesIO(raw))
    assert (document.core_properties.title, document.core_properties.language) == ("x", "en-GB")
    with ZipFile(BytesIO(raw)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms:" not in archive.read("docProps/core.xml").partition(b">")[2].partition(b">")[2]
    styles = [each.style.name for each in document.paragraphs if each.style is not None]
    assert styles[:2] == ["Title", "Heading 1"]
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    assert document.tables[0]._tbl.tr_lst[0].trPr is not None
    assert document.tables[0]._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None


def test_a_pdf_file_is_tagged_and_names_its_title_and_language() -> None:
    pdf = PdfReader(BytesIO(export.as_pdf(spiteful("x"))))
    catalogue = pdf.root_object
    assert str(catalogue["/MarkInfo"]) == "{'/Marked': True, '/Suspects': False}"
    assert str(catalogue["/Lang"]) == "en-GB"
    assert "'/DisplayDocTitle': True" in str(catalogue["/ViewerPreferences"])
    assert "/StructTreeRoot" in catalogue
    assert pdf.metadata is not None
    assert pdf.metadata.title == "x"
    assert pdf.metadata.creation_date is None
    assert pdf.xmp_metadata is not None
    assert b"pdfuaid" in pdf.xmp_metadata.stream.get_data()
    resources: list[Any] = [page["/Resources"] for page in pdf.pages]
    faces = {each.get_object()["/BaseFont"] for found in resources for each in found["/Font"].values()}
    assert faces and all("+Source" in each for each in faces)
    assert len(pdf.pages) == 2


def test_numbered_lists_begin_at_one_each() -> None:
    listing = Listing((((plain("x"),),), ((plain("y"),),)), numbered=True)
    document = docx.Document(BytesIO(export.as_docx(Manuscript("x", (listing, listing)))))
    numbers = [each.get(qn("w:val")) for each in document.element.body.iter(qn("w:numId"))]
    assert len(numbers) == 4
    assert len(set(numbers)) == 2
