"""A language for tests: the English words, each longer and accented, with placeholders and tags kept."""

import re
from pathlib import Path

from babel.messages import Catalog
from babel.messages.pofile import write_po

from tests.words import extracted

__all__ = ["NAME", "accented", "is_accented", "write_pseudo"]

NAME = "en_XA"
_KEPT = re.compile(r"(%\(\w+\)s|%%|<[^>]*>|&\w+;|\{[^}]*\})")
_ACCENTS = str.maketrans("aceinosuyACEINOSUY", "àçéîñôšûÿÀÇÉÎÑÔŠÛŸ")
_END = " ôñé"


def accented(text: str) -> str:
    """Return a text with accents and a third longer; what a program puts in is kept.

    >>> print(accented("Save %(name)s as a file"))
    Šàvé %(name)s àš à fîlé ôñé ôñé
    """
    if not text.strip():
        return text
    parts = [part if _KEPT.fullmatch(part) else part.translate(_ACCENTS) for part in _KEPT.split(text)]
    words = "".join(parts)
    longer = words.rstrip() + _END * (1 + len(words) // 20)
    return longer + words[len(words.rstrip()) :]


def is_accented(text: str) -> bool:
    """Whether a text went through the catalogue of this language."""
    return _END.strip() in text


def write_pseudo(folder: Path) -> Path:
    """Write the catalogue of this language below a folder, and return the folder, for KG_LOCALE."""
    catalogue = Catalog()
    for message in extracted():
        if message.id:
            text = message.id
            string = accented(text) if isinstance(text, str) else tuple(accented(each) for each in text)
            catalogue.add(message.id, string, context=message.context)
    path = folder / NAME / "LC_MESSAGES" / "kg.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=0)
    return folder
