"""The family of errors whose message is a sentence for the person at the keyboard.

KgError
├── UnknownName      a case, question or file format that does not exist
├── MissingInput     a question was asked without something it needs
├── BadQuery         a query that the engine cannot read or answer
│   └── Forbidden    a query that asks for what is never done here
├── TooCostly        a query that needs more time, memory or room than it may
├── Busy             too many queries at once; later it may be answered
├── Unreachable      the engine that holds the graph cannot be asked just now
├── Unwritable       a file or folder cannot be written
└── BadContent       the ontology or the data cannot be used as they are
"""

import errno
from collections.abc import Iterable
from difflib import get_close_matches

from kg.language import N_
from kg.language import gettext as _

__all__ = [
    "BadContent",
    "BadQuery",
    "Busy",
    "Forbidden",
    "KgError",
    "MissingInput",
    "NoBrief",
    "NoPlan",
    "TooCostly",
    "UnknownName",
    "Unreachable",
    "Unwritable",
    "sentence_of",
]

# What can be asked for by a name; `UnknownName` puts the word into its sentence.
_NAMED = (
    N_("body"),
    N_("case"),
    N_("case or concept"),
    N_("column"),
    N_("difficulty"),
    N_("document"),
    N_("entry"),
    N_("factor"),
    N_("feature"),
    N_("file"),
    N_("format"),
    N_("kind of thing"),
    N_("projection"),
    N_("question"),
    N_("slot"),
    N_("source"),
    N_("statement"),
    N_("story"),
    N_("table"),
    N_("thing"),
)
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})


class KgError(Exception):
    """Anything that can be told in one sentence and mended by the reader."""


class UnknownName(KgError):  # noqa: N818 - reads better without "Error"
    """Something was asked for by a name that does not exist.

    Args:
        what: What kind of thing it is, such as "case" or "question".
        name: The name that was given.
        known: The names that exist; the nearest one is offered.

    Attributes:
        near: The nearest name that exists, if there is one.
    """

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        near = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
        self.near = near[0] if near else None
        if near:
            text = N_('There is no %(what)s "%(name)s"; did you mean "%(near)s"?')
        else:
            text = N_('There is no %(what)s "%(name)s".')
        super().__init__(_(text, what=_(what), name=name, near=self.near))


class MissingInput(KgError):  # noqa: N818
    """A question needs something that was not given."""


class NoPlan(KgError):  # noqa: N818
    """A session cannot be planned as it is asked for, or a plan cannot be opened again."""


class NoBrief(KgError):  # noqa: N818
    """A brief cannot be written as it is asked for."""


class BadQuery(KgError):  # noqa: N818
    """A query could not be read or answered.

    Attributes:
        line: Line of the fault, from 1, where it is known.
        column: Column of the fault, from 1, where it is known.
    """

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class Forbidden(BadQuery):
    """A query asks for what is never done here: to change the graph, or to reach for another one."""


class TooCostly(KgError):  # noqa: N818
    """A query needs more time, memory or room for its answer than it may have."""


class Busy(KgError):  # noqa: N818
    """Too many queries are running; the same query may be answered a little later."""


class Unreachable(KgError):  # noqa: N818
    """The engine that holds the graph cannot be asked just now."""


class Unwritable(KgError):  # noqa: N818
    """A file or a folder cannot be written: the disk is full, or it may not be."""


class BadContent(KgError):  # noqa: N818
    """The ontology or the data cannot be used as they are.

    Attributes:
        line: The line of the fault, where there is one.
    """

    line: int | None = None


def sentence_of(fault: BaseException) -> str:
    """Return what to tell the person at the keyboard about any fault, ours or not.

    >>> print(sentence_of(MemoryError()))
    The server has too little memory for this just now. Try again in a minute.
    """
    if isinstance(fault, KgError):
        return str(fault)
    if isinstance(fault, MemoryError):
        return _("The server has too little memory for this just now. Try again in a minute.")
    if isinstance(fault, OSError) and fault.errno in _NO_ROOM:
        return _("The server’s disk is full. Tell the people who run this site, and try again later.")
    return _(
        "Something went wrong on the server, and the server has logged it. Try again. If it happens again, "
        "tell the people who run this site."
    )
