"""The files that a plan of a session is handed out as, by what they are and by their ending."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from kg.errors import NoPlan
from kg.export.cards import Card, cards_pdf
from kg.export.forms import FORMS, FileForm, write_manuscript
from kg.export.guides import facilitator_guide, participant_handout
from kg.export.manuscript import Manuscript
from kg.export.slides import deck
from kg.language import N_
from kg.language import gettext as _
from kg.sessions import Plan, as_json
from kg.settings.public_address import public_address_of_environment

__all__ = ["SESSION_FILES", "Cards", "SessionFile", "session_file"]


# Cards are made only for the files that hold them: they ask the graph.
Cards = Callable[[], Sequence[Card]]


@dataclass(frozen=True)
class SessionFile:
    """A file that a plan is handed out as.

    Attributes:
        what: What it is: `slides`, `guide`, `handout`, `cards`, `large-cards` or `plan`.
        ending: How its name ends.
        label: What it is called on the screen, in British English; the form of a document is named in it.
        media_type: What programs call its form.
        write: Writes it, from the plan and what gives its cards.
        form: The form of a document, if it is one that has several.
    """

    what: str
    ending: str
    label: str
    media_type: str
    write: Callable[[Plan, Cards], bytes]
    form: FileForm | None = None

    @property
    def name(self) -> str:
        """What it is called on the screen."""
        return _(self.label) if self.form is None else _(self.label, form=self.form.name)


def _in_forms(what: str, label: str, manuscript: Callable[[Plan], Manuscript]) -> list[SessionFile]:
    def write(ending: str, plan: Plan, _cards: Cards) -> bytes:
        return write_manuscript(manuscript(plan), ending)

    return [
        SessionFile(what, ending, label, form.media_type, partial(write, ending), form)
        for ending, form in FORMS.items()
    ]


def _cards(plan: Plan, cards: Cards, large: bool) -> bytes:
    title = _("Cards: %(title)s", title=plan.title)
    return cards_pdf(title, cards(), public_address_of_environment(), large)


# The first of an ending is the one that is meant where only the ending is named.
SESSION_FILES = (
    SessionFile(
        "slides",
        "pptx",
        N_("Slides as PowerPoint"),
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        lambda plan, _: deck(plan),
    ),
    *_in_forms("guide", N_("Guide as %(form)s"), facilitator_guide),
    *_in_forms("handout", N_("Handout as %(form)s"), participant_handout),
    SessionFile("cards", "pdf", N_("Cards as PDF"), "application/pdf", partial(_cards, large=False)),
    SessionFile(
        "large-cards",
        "pdf",
        N_("Cards in large print as PDF"),
        "application/pdf",
        partial(_cards, large=True),
    ),
    SessionFile("plan", "json", N_("Plan file"), "application/json", lambda plan, _: as_json(plan).encode()),
)


def session_file(ending: str, what: str | None = None) -> SessionFile:
    """Give the file of an ending.

    Args:
        ending: How its name ends, without the dot.
        what: What it is; the guide where that and other things have this ending, if None.

    Raises:
        NoPlan: If there is none.
    """
    found = [file for file in SESSION_FILES if file.ending == ending]
    if not found:
        endings = ", ".join(dict.fromkeys(f".{file.ending}" for file in SESSION_FILES))
        raise NoPlan(
            _(
                "A session file ends in one of %(endings)s, not in “.%(ending)s”.",
                endings=endings,
                ending=ending[:40],
            )
        )
    for each in found:
        if what in (None, each.what):
            return each
    raise NoPlan(
        _(
            "We do not write %(what)s as .%(ending)s; .%(ending)s is for %(others)s.",
            what=what,
            ending=ending,
            others=", ".join(each.what for each in found),
        )
    )
