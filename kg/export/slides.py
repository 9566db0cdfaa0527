"""A plan of a session as slides: large type, speaker notes, sources, and a title on each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import cast

import pptx
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation
from pptx.shapes.base import BaseShape
from pptx.text.text import TextFrame, _Paragraph
from pptx.util import Emu, Inches, Pt

from kg import words
from kg.export.guides import rest_of
from kg.export.manuscript import printable
from kg.export.office import timeless
from kg.language import N_, language_tag
from kg.language import gettext as _
from kg.sessions import Block, CaseExample, Plan
from kg.views import Statement

__all__ = ["ABOUT", "BODY", "SMALL", "SlideText", "deck"]

# Points: what is read from the back of a room, and what only says where something stands.
BODY, SMALL = 24, 16
_BESIDE = 20
_TITLE, _LARGE = 34, 32
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_LEFT, _ACROSS = Inches(0.7), Inches(11.93)
_TITLE_TOP, _TITLE_HIGH = Inches(0.45), Inches(1.25)
_BODY_TOP, _BODY_HIGH = Inches(1.95), Inches(4.95)
_STRIP_TOP, _STRIP_HIGH = Inches(7.1), Inches(0.12)
_INK, _GREY, _GREEN = RGBColor(0x1D, 0x1B, 0x19), RGBColor(0x55, 0x50, 0x4A), RGBColor(0x1F, 0x4D, 0x40)
_PALE = RGBColor(0xD8, 0xD2, 0xC6)
# A line takes so many times its size, and a character so much of it on average: Arial, measured generously.
_LINE, _CHARACTER = 1.2, 0.51
_AFTER = 0.32
_TITLE_AND_TEXT, _OPENING = 1, 0
ABOUT = N_(
    "Statements are in our own words. What an activity is for is our judgement; no source says that it "
    "helps. System Leadership Case Explorer, independent of The King’s Fund and of the NHS. Text: CC BY 4.0."
)


@dataclass(frozen=True)
class SlideText:
    """A paragraph of a slide."""

    text: str
    size: int = BODY
    bullet: bool = False
    grey: bool = False

    @property
    def height(self) -> float:
        """About how high it is in points, wrapped at the width of a slide."""
        width = Emu(_ACROSS).pt - (_indent(self) if self.bullet else 0)
        lines = wrap(self.text, max(1, int(width / (self.size * _CHARACTER)))) or [""]
        return len(lines) * self.size * _LINE + self.size * _AFTER


@dataclass(frozen=True)
class _When:
    """From which minute to which a block takes, and how many there are."""

    begins: int
    ends: int
    whole: int


# What must stay together on one slide.
_Together = tuple[SlideText, ...]


def deck(plan: Plan) -> bytes:
    """Write a plan as a PowerPoint file; the same plan gives the same bytes."""
    shown = pptx.Presentation()
    _set_up(shown)
    _opening(shown, plan)
    _slides(shown, _("Timetable"), [(SlideText(time),) for time in _times(plan)], _all_times(plan))
    if plan.rules:
        rules = [(SlideText(f"{rule.name}. {rule.text}", bullet=True),) for rule in plan.rules]
        _slides(shown, _("Rules for a hybrid meeting"), rules, _("Say these aloud before anything else."))
    gone = 0
    for block in plan.blocks:
        _block(shown, block, _When(gone, gone + block.minutes, plan.minutes))
        gone += block.minutes
    _sources(shown, plan)
    out = BytesIO()
    shown.save(out)
    return timeless(out.getvalue(), printable(plan.title))


def _set_up(shown: Presentation) -> None:
    wider = _WIDTH / shown.slide_width if shown.slide_width else 1.0
    shown.slide_width, shown.slide_height = _WIDTH, _HEIGHT
    master = shown.slide_master
    for holder in (master, *master.slide_layouts):
        for shape in holder.shapes:
            shape.left, shape.width = Emu(int(shape.left * wider)), Emu(int(shape.width * wider))
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = re.sub(rb'<a:latin typeface="[^"]*"', b'<a:latin typeface="Arial"', theme.blob)


def _opening(shown: Presentation, plan: Plan) -> None:
    slide = shown.slides.add_slide(shown.slide_layouts[_OPENING])
    title, facts = slide.placeholders[0], slide.placeholders[1]
    _put(title, _LEFT, Inches(2.1), _ACROSS, Inches(2.2))
    _fill(title.text_frame, [_title(plan.title, _TITLE + 6, Inches(2.2))], _GREEN)
    _put(facts, _LEFT, Inches(4.5), _ACROSS, Inches(1.6))
    _fill(facts.text_frame, [SlideText(plan.facts, BODY)], _INK)
    _say(slide, [*plan.notes, _("Statements in these slides are in our own words, each with its source.")])


def _times(plan: Plan) -> Iterator[str]:
    for block in plan.blocks:
        yield f"{block.start}  {block.name}"
    end = _("End")
    yield f"{plan.blocks[-1].end}  {end}"


def _all_times(plan: Plan) -> str:
    return "\n".join(block.heading for block in plan.blocks)


def _block(shown: Presentation, block: Block, when: _When) -> None:
    title = f"{block.start} {block.activity.name}"
    if not block.activity.works_on and block.case is None and len(block.steps) == 1:
        until = [(SlideText(_("Until %(time)s", time=block.end), _LARGE),), (SlideText(block.steps[0].text),)]
        _slides(shown, title, until, _notes(block), when)
        return
    steps = [(SlideText(step.line, bullet=True),) for step in block.steps]
    until_when = _("%(minutes)s minutes, until %(time)s", minutes=block.minutes, time=block.end)
    until = [(SlideText(until_when),), *steps]
    _slides(shown, title, until, _notes(block), when)
    if block.case is not None:
        _case(shown, block, block.case, when)
    if block.prompts:
        asked = [(SlideText(prompt.text, _LARGE),) for prompt in block.prompts]
        aside = _("Ask, then wait. Do not fill the silence.")
        _slides(shown, _("%(title)s: questions", title=title), asked, aside, when)


def _case(shown: Presentation, block: Block, case: CaseExample, when: _When) -> None:
    notes = "\n".join([f"{case.why} {case.extent}".strip(), *map(_in_full, case.statements)])
    title = f"{block.start} {case.case.name}"
    _slides(shown, title, [(SlideText(case.question, _LARGE),), *map(_told, case.statements)], notes, when)


def _told(statement: Statement) -> _Together:
    marks = words.marks(statement)
    how = [*([f"{'; '.join(marks)}."] if marks else []), *statement.evidence.caveats]
    said = [SlideText(" ".join(how), _BESIDE)] if how else []
    return (
        SlideText(statement.text, bullet=True),
        *said,
        SlideText(words.where(statement), SMALL, grey=True),
    )


def _in_full(statement: Statement) -> str:
    return " ".join([f"• {statement.text}", *words.how(statement), words.where(statement)])


def _notes(block: Block) -> str:
    parts = [block.activity.purpose, _("Say: “%(words)s”", words=block.activity.script.to_say)]
    parts += [_("Your note: %(note)s", note=block.note)] if block.note else []
    parts += [step.line for step in block.steps]
    parts += [f"{name}: {text}" for name, text in rest_of(block)]
    return "\n".join([*parts, *([block.why] if block.why else [])])


def _sources(shown: Presentation, plan: Plan) -> None:
    told = [statement for block in plan.blocks if block.case for statement in block.case.statements]
    named = dict.fromkeys(words.document(each.source.document.name, each.source.year) for each in told)
    sources = [(SlideText(each, _BESIDE, bullet=True),) for each in named]
    _slides(shown, _("Sources"), [*sources, (SlideText(_(ABOUT), _BESIDE),)], "")


def _slides(
    shown: Presentation, title: str, groups: Sequence[_Together], notes: str, when: _When | None = None
) -> None:
    """Put groups of paragraphs on as many slides as they need, each with a title of its own."""
    pages = _pages(groups)
    for place, page in enumerate(pages, 1):
        slide = shown.slides.add_slide(shown.slide_layouts[_TITLE_AND_TEXT])
        own = _("%(title)s (%(number)s of %(all)s)", title=title, number=place, all=len(pages))
        own = own if len(pages) > 1 else title
        heading, body = slide.placeholders[0], slide.placeholders[1]
        _put(heading, _LEFT, _TITLE_TOP, _ACROSS, _TITLE_HIGH)
        _fill(heading.text_frame, [_title(own, _TITLE, _TITLE_HIGH)], _GREEN)
        heading.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        _put(body, _LEFT, _BODY_TOP, _ACROSS, _BODY_HIGH)
        _fill(body.text_frame, page, _INK)
        if when is not None:
            _strip(slide, when)
        _say(slide, [notes])


def _title(text: str, size: int, high: int) -> SlideText:
    """Give a title in the largest size in which it fits; one that fits in none is cut short."""
    while size > BODY and SlideText(text, size).height > Emu(high).pt:
        size -= 2
    cut = SlideText(text, size)
    while cut.height > Emu(high).pt:
        cut = SlideText(cut.text[: len(cut.text) * 9 // 10].rstrip(" …") + "…", size)
    return cut


def _pages(groups: Sequence[_Together]) -> list[list[SlideText]]:
    """Spread groups over as few slides as can be, about evenly, so that none is left alone on the last."""
    fewest = len(_split(groups, Emu(_BODY_HIGH).pt))
    whole = sum(each.height for group in groups for each in group)
    tightest = whole / fewest
    while len(pages := _split(groups, tightest)) > fewest:
        tightest += BODY / 4
    return pages


def _split(groups: Sequence[_Together], high: float) -> list[list[SlideText]]:
    pages: list[list[SlideText]] = [[]]
    for group in groups:
        if pages[-1] and sum(each.height for each in (*pages[-1], *group)) > high:
            pages.append([])
        pages[-1] += group
    return pages


def _strip(slide: pptx.slide.Slide, when: _When) -> None:
    """Show at the foot how much of the time the block takes, and when."""
    minute = _ACROSS / when.whole
    told = _("Minutes %(begin)s to %(end)s of %(all)s", begin=when.begins, end=when.ends, all=when.whole)
    spans = ((0, when.whole, _PALE, _("The whole time")), (when.begins, when.ends, _GREEN, told))
    for begins, ends, colour, name in spans:
        left, width = Emu(int(_LEFT + begins * minute)), Emu(int((ends - begins) * minute))
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, left, _STRIP_TOP, width, _STRIP_HIGH)
        bar.name = name
        bar._element.nvSpPr.cNvPr.set("descr", name)
        bar.fill.solid()
        bar.fill.fore_color.rgb = colour
        bar.line.fill.background()
        bar.shadow.inherit = False


def _put(shape: BaseShape, left: int, top: int, width: int, height: int) -> None:
    shape.left, shape.top, shape.width, shape.height = Emu(left), Emu(top), Emu(width), Emu(height)


def _fill(frame: TextFrame, texts: Iterable[SlideText], colour: RGBColor) -> None:
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.TOP
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Emu(0)
    for place, each in enumerate(texts):
        written = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        written.space_before, written.space_after = Pt(0), Pt(each.size * _AFTER)
        written.alignment = PP_ALIGN.LEFT
        _bullet(written, each)
        run = written.add_run()
        run.text = " ".join(printable(each.text).split())
        run.font.size, run.font.color.rgb = Pt(each.size), _GREY if each.grey else colour
        run.font.bold = colour == _GREEN
        run._r.get_or_add_rPr().set("lang", language_tag())


def _bullet(written: _Paragraph, text: SlideText) -> None:
    properties = written._p.get_or_add_pPr()
    hanging = Pt(_indent(text)) if text.bullet else 0
    properties.set("marL", str(int(hanging)))
    properties.set("indent", str(-int(hanging)))
    mark = properties.makeelement(
        qn("a:buChar" if text.bullet else "a:buNone"), {"char": "•"} if text.bullet else {}
    )
    properties.append(mark)


def _indent(text: SlideText) -> float:
    return text.size * 0.9


def _say(slide: pptx.slide.Slide, notes: Iterable[str]) -> None:
    # The template of the notes, which python-pptx brings along, has a frame for text.
    frame = cast("TextFrame", slide.notes_slide.notes_text_frame)
    frame.text = printable("\n".join(note for note in notes if note))
