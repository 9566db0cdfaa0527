"""What a plan is handed out as: slides, guide, handout and cards, read back with the libraries of others."""

import dataclasses
import shutil
import subprocess
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
from pptx.presentation import Presentation
from pptx.util import Pt
from pypdf import PdfReader

from kg import export, sessions, views, words
from kg.engine import Engine
from kg.errors import MissingInput, NoPlan
from kg.export import SESSION_FILES, cards, slides
from kg.sessions import Plan, Settings
from kg.settings.public_address import public_address_of_environment
from tests.manuscripts import SPITEFUL, Shown, pdf_text, squeezed, texts
from tests.pages import downloads, opened

ASKED = (
    Settings(factor="have-frequent-personal-contact", mode="hybrid"),
    Settings(difficulty="earthquakes", minutes=120),
    Settings(difficulty="fixed-budget-dispute", minutes=240, people=16, met=True),
    Settings(minutes=30),
)


@pytest.fixture(scope="module")
def plans(engine: Engine) -> list[Plan]:
    return [sessions.plan(engine, each) for each in ASKED]


@pytest.fixture(scope="module")
def plan(plans: list[Plan]) -> Plan:
    return plans[1]


def told(plan: Plan) -> list[views.Statement]:
    return [each for block in plan.blocks if block.case for each in block.case.statements]


def shown(plan: Plan) -> Presentation:
    return pptx.Presentation(BytesIO(export.deck(plan)))


def spoilt(plan: Plan, text: str) -> Plan:
    """A plan in which everything that someone may have written is this text."""
    blocks = tuple(
        dataclasses.replace(
            block,
            why=text,
            note=text,
            activity=dataclasses.replace(
                block.activity,
                name=text,
                script=dataclasses.replace(block.activity.script, to_say=text, needs=text),
            ),
            steps=(sessions.ActivityStep(block.minutes, text),),
            prompts=tuple(dataclasses.replace(each, text=text) for each in block.prompts),
            case=block.case
            and dataclasses.replace(
                block.case,
                case=views.Link(text, "case?id=x"),
                question=text,
                statements=tuple(dataclasses.replace(each, text=text) for each in block.case.statements),
            ),
        )
        for block in plan.blocks
    )
    return dataclasses.replace(plan, own_title=text, notes=(text,), blocks=blocks)


@pytest.mark.parametrize("file", SESSION_FILES, ids=lambda each: f"{each.what}.{each.ending}")
def test_the_same_plan_gives_the_same_bytes(
    engine: Engine, plan: Plan, file: export.SessionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = export.cards_of(engine, plan)
    first = file.write(plan, lambda: made)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    again = sessions.plan(engine, plan.settings)
    assert file.write(again, lambda: export.cards_of(engine, again)) == first


def test_guide_and_slides_tell_every_statement_with_where_it_stands(plan: Plan) -> None:
    guide = export.facilitator_guide(plan)
    page = Shown(export.as_html(guide)).text
    written = texts(export.as_docx(guide))
    on_slides = [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in shown(plan).slides
    ]
    assert told(plan)
    for each in told(plan):
        place = next(text for text in on_slides if each.text in text)
        for held in (page, written, place):
            assert each.text in held
            assert words.where(each) in held
            assert all(caveat in held for caveat in each.evidence.caveats)
    for block in plan.blocks:
        assert f"{block.start}–{block.end}" in page
        for held in (page, "\n".join(on_slides)):
            assert all(step.text in held for step in block.steps)
            assert all(prompt.text in held for prompt in block.prompts)
    assert not Shown(export.as_html(guide)).elements & {"script", "link", "img"}


def test_participants_are_not_given_what_is_for_the_facilitator(plan: Plan) -> None:
    noted = dataclasses.replace(
        plan, blocks=tuple(dataclasses.replace(each, note="Watch Sam.") for each in plan.blocks)
    )
    handout = Shown(export.as_html(export.participant_handout(noted))).text
    on_slides = "".join(
        shape.text_frame.text
        for slide in shown(noted).slides
        for shape in slide.shapes
        if shape.has_text_frame
    )
    for held in (handout, on_slides):
        assert "Watch Sam." not in held
        for block in plan.blocks:
            assert block.activity.risk.note not in held
            assert block.activity.script.to_say not in held
    guide = Shown(export.as_html(export.facilitator_guide(noted))).text
    assert "Watch Sam." in guide and "has to be disclosed" in guide
    assert "has to be disclosed" not in Shown(export.as_html(export.facilitator_guide(plan))).text


def test_slides_can_be_read_from_the_back_and_by_a_screen_reader(plans: list[Plan]) -> None:
    for plan in plans:
        presentation = shown(plan)
        width, height = presentation.slide_width or 0, presentation.slide_height or 0
        titles = []
        for slide in presentation.slides:
            title = slide.shapes.title
            assert title is not None
            assert slide.shapes[0].shape_id == title.shape_id
            titles.append(title.text_frame.text)
            assert slide.has_notes_slide
            for shape in slide.shapes:
                assert shape.left >= 0 and shape.top >= 0
                assert shape.left + shape.width <= width and shape.top + shape.height <= height
                if not shape.is_placeholder:
                    assert shape._element.nvSpPr.cNvPr.get("descr")
                for size, language, text in runs(shape):
                    assert language == "en-GB"
                    assert size >= Pt(slides.BODY) or is_aside(text, plan, size), text
        assert len(set(titles)) == len(titles)


def runs(shape: Any) -> Iterator[tuple[int, str | None, str]]:
    for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
        for run in paragraph.runs:
            yield run.font.size, run._r.rPr.get("lang"), run.text


def is_aside(text: str, plan: Plan, size: int) -> bool:
    """Whether a text says where something stands or how it is said, which may be smaller."""
    wheres = {words.where(each) for each in told(plan)}
    marks = {
        " ".join([f"{'; '.join(words.marks(each))}.", *each.evidence.caveats]).removeprefix(". ")
        for each in told(plan)
    }
    documents = {words.document(each.source.document.name, each.source.year) for each in told(plan)}
    return size >= Pt(slides.SMALL) and text in {*wheres, *marks, *documents, slides.ABOUT}


def test_slides_hold_their_text(plans: list[Plan], engine: Engine) -> None:
    """By a generous measure of Arial; what is looked at in LibreOffice holds it too."""
    for plan in [*plans, spoilt(plans[1], "A word or two more than anyone would say. " * 8)]:
        for slide in shown(plan).slides:
            for shape in slide.placeholders:
                held = [
                    slides.SlideText(each.text, int(each.runs[0].font.size.pt))
                    for each in shape.text_frame.paragraphs
                    if each.runs
                ]
                assert sum(each.height for each in held) <= shape.height.pt + slides.BODY, slide.shapes.title


def test_a_long_word_does_not_hang_the_slides(plan: Plan) -> None:
    assert len(shown(spoilt(plan, "x" * 5000)).slides) > 3


@pytest.mark.parametrize("text", [*SPITEFUL[:4], "\x00\x1b\ud800 half"])
def test_what_is_hostile_stays_text(engine: Engine, plan: Plan, text: str) -> None:
    bad = spoilt(plan, text)
    seen = text.replace("\x00\x1b\ud800", "").strip()
    made = tuple(
        dataclasses.replace(each, name=text, lede=text, questions=(text,))
        for each in export.cards_of(engine, plan)
    )
    for file in SESSION_FILES:
        raw = file.write(bad, lambda: made) if file.what != "plan" else b""
        if file.ending == "pptx":
            found = pptx.Presentation(BytesIO(raw)).slides
            assert found[0].shapes.title is not None
            assert found[0].shapes.title.text_frame.text == seen
        elif file.ending == "docx":
            assert seen in texts(raw)
        elif file.ending == "html":
            page = Shown(raw.decode())
            assert seen in page.text and not page.elements & {"script", "img"}
        elif file.ending == "pdf":
            assert squeezed(seen) in squeezed(pdf_text(raw))


def test_a_card_says_no_more_than_its_statements(engine: Engine, plans: list[Plan]) -> None:
    anywhere = [each.text for each in sessions.material(engine).prompts.values() if each.suits_any]
    assert len(anywhere) == 2
    kinds = set()
    for plan in plans:
        made = export.cards_of(engine, plan)
        assert [each.name for each in made if each.kind == "Case"] == [
            block.case.case.name for block in plan.blocks if block.case
        ]
        for card in made:
            kinds.add(card.kind)
            assert sum(len(each.text.split()) for each in card.story) <= cards.MOST_WORDS
            assert {*anywhere} <= {*card.questions}
            assert len(card.story) == len({each.slug for each in card.story})
            drawn: Any = cards._drawn(card, None)
            for sentence, statement in zip(drawn["story"], card.story, strict=True):
                assert views.statement_page(engine, statement.slug).statement.text == sentence["text"]
                assert sentence["marks"] == "; ".join(words.marks(statement))
                assert all(caveat in sentence["caveats"] for caveat in statement.evidence.caveats)
                assert words.where(statement) in sentence["where"]
            if card.kind == "Case":
                assert {each.slug for each in card.story} <= {each.slug for each in told(plan)}
    assert kinds >= {"Case", "Factor", "Difficulty", "What leaders did"}


def test_backs_lie_behind_their_fronts(engine: Engine, plans: list[Plan]) -> None:
    """Flipped on the long edge, what is on top stays on top: backs come in the order of their fronts."""
    made = export.cards_of(engine, plans[0])
    assert len(made) == 3
    pages = PdfReader(BytesIO(export.cards_pdf("x", made))).pages
    sheets = [squeezed(page.extract_text()) for page in pages]
    assert len(sheets) == 4
    for sheet, cards_on_it in ((0, made[:2]), (2, made[2:])):
        fronts = [sheets[sheet].index(squeezed(each.lede)) for each in cards_on_it]
        backs = [sheets[sheet + 1].index(squeezed(f"{each.name}: sources")) for each in cards_on_it]
        assert fronts == sorted(fronts) and backs == sorted(backs)
    large = PdfReader(BytesIO(export.cards_pdf("x", made, large=True))).pages
    assert len(large) == 2 * len(made)
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pages} == {(595, 842)}


def test_an_address_and_its_code_are_printed_only_where_one_is_configured(
    engine: Engine, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = export.cards_of(engine, plan)
    (file,) = [each for each in SESSION_FILES if each.what == "cards"]
    monkeypatch.delenv("KG_PUBLIC_ADDRESS", raising=False)
    without = squeezed(pdf_text(file.write(plan, lambda: made)))
    assert "http" not in without and "Intheexplorer:case?id=canterbury" in without
    assert cards._drawn(made[0], None)["code"] == ""
    monkeypatch.setenv("KG_PUBLIC_ADDRESS", "https://cases.example.org/")
    address = "https://cases.example.org/case?id=canterbury"
    assert address in squeezed(pdf_text(file.write(plan, lambda: made)))
    assert str(cards._drawn(made[0], public_address_of_environment())["code"]).startswith("<svg")


@pytest.mark.parametrize(
    "wrong", ["cases.example.org", "https://a/b?c", "javascript:alert(1)", "https://a b"]
)
def test_an_address_that_is_none_is_refused(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_PUBLIC_ADDRESS", wrong)
    with pytest.raises(MissingInput, match="KG_PUBLIC_ADDRESS"):
        public_address_of_environment()


def test_a_file_that_is_not_made_is_refused() -> None:
    assert export.session_file("docx").what == "guide"
    assert export.session_file("pdf", "large-cards").what == "large-cards"
    for ending, what in (("odt", None), ("docx", "cards"), ("", None)):
        with pytest.raises(NoPlan):
            export.session_file(ending, what)


def test_the_page_hands_out_every_file() -> None:
    tester = opened("session.py", difficulty="earthquakes")
    labels = downloads(tester)
    assert [each for each in labels if each in {file.name for file in SESSION_FILES}] == [
        file.name for file in SESSION_FILES
    ]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here, nor need it be")
def test_libreoffice_opens_slides_and_guide(plan: Plan, tmp_path: Path) -> None:
    """LibreOffice is too large to install for one test: where it is, it has to open what we write."""
    (tmp_path / "slides.pptx").write_bytes(export.deck(plan))
    (tmp_path / "guide.docx").write_bytes(export.as_docx(export.facilitator_guide(plan)))
    command = ["soffice", "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(tmp_path)]
    ran = subprocess.run(
        [*command, "slides.pptx", "guide.docx"], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    if "source file could not be loaded" in ran.stdout + ran.stderr:
        pytest.skip("This LibreOffice is without Writer or Impress.")
    drawn = PdfReader(tmp_path / "slides.pdf")
    assert len(drawn.pages) == len(shown(plan).slides)
    lowest: list[float] = []
    for page in drawn.pages:
        page.extract_text(visitor_text=partial(_height, lowest))
    # Nothing is set below the body of a slide, where the strip with the time is.
    assert min(lowest) > 0.4 * 72
    guide = squeezed(pdf_text((tmp_path / "guide.pdf").read_bytes()))
    for each in told(plan):
        assert squeezed(each.text) in guide
        assert squeezed(each.text) in squeezed(pdf_text((tmp_path / "slides.pdf").read_bytes()))
    assert docx.Document(str(tmp_path / "guide.docx")).paragraphs[0].text == plan.title


def _height(found: list[float], text: str, cm: list[float], tm: list[float], *_: object) -> None:
    if text.strip():
        found.append(tm[5] * cm[3] + cm[5])
