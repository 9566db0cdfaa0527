"""The language of the words: KG_LANGUAGE, and KG_LOCALE for catalogues that do not come with the program."""

from kg.errors import MissingInput
from kg.language import BadCatalogue, gettext

__all__ = ["check_language"]


def check_language() -> None:
    """Make sure that there are words in the language that the environment names.

    Raises:
        MissingInput: There is no catalogue of it, or the catalogue cannot be read.
    """
    try:
        gettext("System Leadership Case Explorer")
    except BadCatalogue as error:
        raise MissingInput(str(error)) from error
