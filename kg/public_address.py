"""The address at which this copy of the explorer is open to its readers, for what is printed."""

import os
import re

from kg.errors import MissingInput

__all__ = ["public_address_of_environment"]

_ROOT = re.compile(r"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:\d{1,5})?", re.IGNORECASE)


def public_address_of_environment() -> str | None:
    """Give the address that KG_PUBLIC_ADDRESS names, without a slash at its end; None if it names none.

    Raises:
        MissingInput: If it is no address of a host.
    """
    text = os.environ.get("KG_PUBLIC_ADDRESS", "").strip().removesuffix("/")
    if not text:
        return None
    if _ROOT.fullmatch(text):
        return text
    raise MissingInput(
        "KG_PUBLIC_ADDRESS has to be the web address of a host, such as https://cases.example.org; "
        f"“{text[:80]}” is none."
    )
