"""Words for readers, from gettext catalogues that an editor can change without knowing Python.

Sentences in code and templates are British English. `kg/locale/en_GB/LC_MESSAGES/kg.po` lists them all: what
an editor fills in there replaces them. Another language has a catalogue of its own beside it. KG_LANGUAGE
says which one is used. Words are looked up when they are used, never when a module is imported.
"""

import gettext as standard
import logging
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from babel.messages import Message
    from jinja2 import Environment

__all__ = [
    "ENGLISH",
    "N_",
    "BadCatalogue",
    "WordTable",
    "catalogue_file",
    "fault",
    "gettext",
    "label_language",
    "language",
    "language_tag",
    "languages",
    "listed",
    "ngettext",
    "pgettext",
    "speaking",
    "with_words",
]

ENGLISH = "en_GB"
_FOLDER = Path(__file__).parent / "locale"
_LOG = logging.getLogger(__name__)

_FILLED = re.compile(r'^msgstr(\[\d\])? (".+"|""\n")', re.MULTILINE)
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")
_MARKUP = re.compile(r"<[^>]*>|[<>]")

_chosen: ContextVar[str | None] = ContextVar("language", default=None)
_Key = TypeVar("_Key")


class BadCatalogue(Exception):  # noqa: N818 - what it is about
    """A language has no catalogue, or a catalogue cannot be read."""


def gettext(text: str, /, **values: object) -> str:
    """Return a sentence in the chosen language.

    Args:
        text: The sentence in British English; a percent sign in it is written twice.
        **values: What stands for its placeholders.

    >>> gettext("There is no case “%(name)s”.", name="Leeds")
    'There is no case “Leeds”.'
    """
    return _catalogue(language()).gettext(text) % values


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """Return a sentence in the chosen language, in its form for a number, which it may hold as `%(num)s`.

    >>> ngettext("%(num)s case", "%(num)s cases", 1), ngettext("%(num)s case", "%(num)s cases", 17)
    ('1 case', '17 cases')
    """
    return _catalogue(language()).ngettext(one, many, num) % {"num": num, **values}


def pgettext(context: str, text: str, /, **values: object) -> str:
    """Return words in the chosen language, told apart by a context from the same words elsewhere.

    >>> pgettext("a direction", "better")
    'better'
    """
    return _catalogue(language()).pgettext(context, text) % values


def N_(text: str) -> str:  # noqa: N802 - the name by which tools for translators know it
    """Return a text as it is, and mark it for the catalogue: `gettext` looks it up later."""
    return text


class WordTable(Mapping[_Key, str]):
    """A table of words that are looked up in the chosen language whenever one is taken.

    >>> WordTable({"room": N_("In one room")})["room"]
    'In one room'
    """

    def __init__(self, texts: Mapping[_Key, str]) -> None:
        """Take the words, each marked with `N_`."""
        self._texts = dict(texts)

    def __getitem__(self, key: _Key) -> str:
        """Return the words for a key."""
        text = self._texts[key]
        # The empty text stands for the header of a catalogue.
        return gettext(text) if text else ""

    def __iter__(self) -> Iterator[_Key]:
        """Return the keys, in their order."""
        return iter(self._texts)

    def __len__(self) -> int:
        """Return how many keys there are."""
        return len(self._texts)


def language() -> str:
    """Return the name of the chosen language, such as `en_GB` or `cy`."""
    return _chosen.get() or os.environ.get("KG_LANGUAGE", "").strip().replace("-", "_") or ENGLISH


def language_tag() -> str:
    """Return the chosen language as documents name it, such as `en-GB`."""
    return language().replace("_", "-")


def label_language() -> str:
    """Return the chosen language as labels of the graph name it, such as `en`."""
    return language().partition("_")[0]


def languages() -> list[str]:
    """Return the names of the languages that have a catalogue."""
    found = {path.parent.parent.name for path in _folder().glob("*/LC_MESSAGES/kg.po")}
    return sorted({ENGLISH, *found})


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence of the chosen language has them.

    >>> listed([]), listed(["Leeds"]), listed(["Leeds", "Devon", "Wigan"])
    ('', 'Leeds', 'Leeds, Devon and Wigan')
    """
    from babel.core import Locale, UnknownLocaleError
    from babel.lists import format_list

    try:
        rules = Locale.parse(language())
    except UnknownLocaleError:
        rules = Locale.parse(ENGLISH)
    return format_list(names, locale=rules)


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Use another language for a while, in this thread alone."""
    token = _chosen.set(name)
    try:
        yield
    finally:
        _chosen.reset(token)


def with_words(environment: "Environment") -> "Environment":
    """Let templates take words from the catalogue, by `_()` and `{% trans %}`, and call `language_tag()`."""
    environment.add_extension("jinja2.ext.i18n")
    environment.policies["ext.i18n.trimmed"] = True
    # Jinja puts the values in, so that it can escape them.
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _catalogue(language()).gettext(text),
        lambda one, many, num: _catalogue(language()).ngettext(one, many, num),
        newstyle=True,
        pgettext=lambda context, text: _catalogue(language()).pgettext(context, text),
    )
    environment.globals["language_tag"] = language_tag
    return environment


def catalogue_file(name: str) -> Path:
    """Return the file of the catalogue of a language."""
    return _folder() / name / "LC_MESSAGES" / "kg.po"


def fault(message: "Message") -> str | None:
    """Say what is wrong with an entry of a catalogue; None if it can be used."""
    sources, strings = _texts(message.id), _texts(message.string)
    known = {name for text in sources for name in _PLACEHOLDER.findall(text)}
    for text in strings:
        if unknown := sorted(set(_PLACEHOLDER.findall(text)) - known):
            return f"“{text}” names %({unknown[0]})s, which the sentence it stands for does not have."
        if "%" in _PLACEHOLDER.sub("", text).replace("%%", ""):
            return f"“{text}” has a percent sign that is not written twice."
        if text and Counter(_MARKUP.findall(text)) not in [
            Counter(_MARKUP.findall(each)) for each in sources
        ]:
            return f"“{text}” has other tags than the sentence it stands for."
    return None


def _texts(form: object) -> list[str]:
    """Return the sentences of an entry: one, or one for each form of the plural."""
    return [str(each) for each in (form if isinstance(form, list | tuple) else [form])]


def _folder() -> Path:
    return Path(os.environ.get("KG_LOCALE", "").strip() or _FOLDER)


def _catalogue(name: str) -> standard.NullTranslations:
    return _read(_folder(), name)


@cache
def _read(folder: Path, name: str) -> standard.NullTranslations:
    """Read a catalogue; what it leaves open is said in English."""
    path = folder / name / "LC_MESSAGES" / "kg.po"
    if path.is_file():
        found = _translations(path, name)
    elif name == ENGLISH:
        found = standard.NullTranslations()
    else:
        known = ", ".join(languages())
        raise BadCatalogue(f'There are no words in the language "{name}"; KG_LANGUAGE may be: {known}.')
    if name != ENGLISH:
        found.add_fallback(_read(folder, ENGLISH))
    return found


def _translations(path: Path, name: str) -> standard.NullTranslations:
    header, *entries = path.read_text(encoding="utf-8").split("\n\n")
    # Babel takes most of a second for a whole catalogue, of which English leaves nearly all open.
    filled = [entry for entry in entries if _FILLED.search(entry)]
    if not filled:
        return standard.NullTranslations()
    from babel.core import UnknownLocaleError
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(StringIO("\n\n".join([header, *filled])), locale=name, abort_invalid=True)
    except (PoFileError, UnknownLocaleError, ValueError) as error:
        raise BadCatalogue(f"The catalogue {path} cannot be read: {error}") from error
    for message in list(catalogue):
        if message.id and (said := fault(message)) is not None:
            _LOG.warning("%s: left out: %s", path, said)
            catalogue.delete(message.id, message.context)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return standard.GNUTranslations(compiled)
