"""How whoever runs this copy of the explorer can be reached."""

import os
import re
from dataclasses import dataclass

from kg.errors import MissingInput

__all__ = ["Contact", "contact_of_environment"]

_MAIL = re.compile(r"[^@\s<>\"']+@[^@\s<>\"']+\.[^@\s<>\"'.]+")
_PAGE = re.compile(r"https?://[^\s<>\"']+")


@dataclass(frozen=True)
class Contact:
    """A way to reach whoever runs this copy.

    Attributes:
        words: What is shown.
        address: Where it leads: an address of the web, or one for mail that begins `mailto:`.
    """

    words: str
    address: str


def contact_of_environment() -> Contact | None:
    """Give the contact that KG_CONTACT names; None if it names none.

    Raises:
        MissingInput: If it is neither an e-mail address nor an address of the web.
    """
    text = os.environ.get("KG_CONTACT", "").strip()
    if not text:
        return None
    if _MAIL.fullmatch(text):
        return Contact(text, f"mailto:{text}")
    if _PAGE.fullmatch(text):
        return Contact(text, text)
    raise MissingInput(f"KG_CONTACT has to be an e-mail address or a web address; “{text[:80]}” is neither.")
