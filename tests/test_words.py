"""Words come from catalogues: complete, replaceable, escaped where shown, and in more than one language."""

import logging
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import DictLoader, Environment

from kg.errors import MissingInput
from kg.language import (
    N_,
    BadCatalogue,
    WordTable,
    fault,
    gettext,
    language_tag,
    languages,
    ngettext,
    pgettext,
    speaking,
    with_words,
)
from kg.settings.language import check_language
from tests.pseudo import NAME, accented, is_accented, write_pseudo
from tests.words import catalogues, extracted, updated

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
WELSH_PLURALS = '"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\\n"\n'


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of catalogues that this test alone uses."""
    monkeypatch.setenv("KG_LOCALE", str(tmp_path))
    return tmp_path


def written(folder: Path, name: str, entries: str, header: str = HEADER) -> None:
    path = folder / name / "LC_MESSAGES" / "kg.po"
    path.parent.mkdir(parents=True)
    path.write_text(f"{header}\n{entries}")


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parent.parent.name)
def test_a_catalogue_lists_every_sentence(path: Path) -> None:
    assert path.read_bytes() == updated(path), "make words brings the catalogues up to date"


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parent.parent.name)
def test_what_is_filled_in_can_be_used(path: Path) -> None:
    with path.open("rb") as file:
        assert [said for message in read_po(file) if message.id and (said := fault(message))] == []


def test_every_sentence_that_is_marked_can_stand_for_itself() -> None:
    """One with a percent sign that is not doubled would fail when it is used."""
    for message in extracted():
        message.string = message.id
        assert fault(message) is None


def test_an_editor_replaces_a_sentence(locale: Path) -> None:
    written(locale, "en_GB", 'msgid "Save %(name)s"\nmsgstr "Keep %(name)s"\n\nmsgid "Close"\nmsgstr ""\n')
    assert gettext("Save %(name)s", name="it") == "Keep it"
    assert gettext("Close") == "Close"


def test_a_number_takes_the_form_of_its_language(locale: Path) -> None:
    entry = 'msgid "%(num)s case"\nmsgid_plural "%(num)s cases"\n'
    written(
        locale,
        "cy",
        entry + 'msgstr[0] "un"\nmsgstr[1] "dau"\nmsgstr[2] "%(num)s achos"\n',
        HEADER + WELSH_PLURALS,
    )
    with speaking("cy"):
        assert [ngettext("%(num)s case", "%(num)s cases", n) for n in (1, 2, 7)] == ["un", "dau", "7 achos"]
    assert [ngettext("%(num)s case", "%(num)s cases", n) for n in (1, 7)] == ["1 case", "7 cases"]


def test_what_a_language_leaves_open_is_said_in_the_words_of_the_editor(locale: Path) -> None:
    written(locale, "en_GB", 'msgid "Close"\nmsgstr "Shut"\n')
    written(locale, "cy", 'msgid "Save"\nmsgstr "Cadw"\n')
    with speaking("cy"):
        assert (gettext("Save"), gettext("Close"), gettext("Open")) == ("Cadw", "Shut", "Open")
        assert language_tag() == "cy"
    assert language_tag() == "en-GB"
    assert languages() == ["cy", "en_GB"]


def test_the_same_words_are_told_apart_by_what_they_are_about(locale: Path) -> None:
    written(locale, "en_GB", 'msgctxt "a direction"\nmsgid "better"\nmsgstr "improved"\n')
    assert pgettext("a direction", "better") == "improved"
    assert gettext("better") == "better"


def test_a_table_of_words_speaks_the_language_of_the_moment(locale: Path) -> None:
    written(locale, "cy", 'msgid "Save"\nmsgstr "Cadw"\n')
    words = WordTable({1: N_("Save"), 2: ""})
    assert dict(words) == {1: "Save", 2: ""}
    with speaking("cy"):
        assert dict(words) == {1: "Cadw", 2: ""}


@pytest.mark.parametrize(
    "wrong", ["Keep %(nmae)s", "Keep 5% of %(name)s", "Keep <b>%(name)s</b>", "%(name)s < all"]
)
def test_an_entry_that_would_break_a_page_is_left_out(
    locale: Path, wrong: str, caplog: pytest.LogCaptureFixture
) -> None:
    written(locale, "en_GB", f'msgid "Save %(name)s"\nmsgstr "{wrong}"\n')
    with caplog.at_level(logging.WARNING):
        assert gettext("Save %(name)s", name="it") == "Save it"
    assert "left out" in caplog.text


def test_the_environment_names_the_language(locale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(locale, "cy", 'msgid "Save"\nmsgstr "Cadw"\n')
    monkeypatch.setenv("KG_LANGUAGE", "cy")
    check_language()
    assert gettext("Save") == "Cadw"


def test_a_language_without_a_catalogue_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_LANGUAGE", "welsh")
    with pytest.raises(MissingInput, match='no words in the language "welsh"; KG_LANGUAGE may be: en_GB'):
        check_language()


def test_a_catalogue_that_cannot_be_read_is_refused(locale: Path) -> None:
    written(locale, "en_GB", 'msgid "Save"\nmsgstr "Keep"\nmsgwhat?\n')
    with pytest.raises(BadCatalogue, match="cannot be read"):
        gettext("Save")


def page(text: str, **values: object) -> str:
    return (
        with_words(Environment(loader=DictLoader({"page": text}), autoescape=True))
        .get_template("page")
        .render(values)
    )


def test_templates_take_words_and_escape_what_is_put_in(locale: Path) -> None:
    written(
        locale,
        "en_GB",
        'msgid "Read <em>%(name)s</em>"\nmsgstr "See <em>%(name)s</em>"\n\n'
        'msgid "%(num)s case"\nmsgid_plural "%(num)s cases"\nmsgstr[0] "one"\nmsgstr[1] "%(num)s places"\n',
    )
    assert page("{% trans %}Read <em>{{ name }}</em>{% endtrans %}", name="<b>") == "See <em>&lt;b&gt;</em>"
    assert page("{{ _('Read <em>%(name)s</em>', name=name) }}", name="&") == "See <em>&amp;</em>"
    assert (
        page("{% trans num=n %}{{ num }} case{% pluralize %}{{ num }} cases{% endtrans %}", n=3) == "3 places"
    )
    assert page("{% trans %}\n  Two\n  lines\n{% endtrans %}") == "Two lines"
    assert page("{{ language_tag() }}") == "en-GB"


def test_the_pseudo_language_keeps_what_programs_put_in(locale: Path) -> None:
    write_pseudo(locale)
    with speaking(NAME):
        assert is_accented(gettext("System Leadership Case Explorer"))
    assert accented("<b>%(num)s</b> of 5%%").startswith("<b>%(num)s</b> ôf 5%%")
