"""The address at which this copy of the explorer is open to its readers."""

import os
import re
from urllib.parse import urlsplit

from kg.errors import MissingInput

__all__ = ["base_path_of_environment", "public_address_of_environment"]

_ADDRESS = re.compile(
    r"https?://([a-z0-9-]+(\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])(:\d{1,5})?(/[a-z0-9_~-][a-z0-9._~-]*)*",
    re.IGNORECASE,
)


def public_address_of_environment() -> str | None:
    """Give the address that KG_PUBLIC_ADDRESS names, without a slash at its end; None if it names none.

    Raises:
        MissingInput: If it is no address of a host, or of a folder on one.
    """
    text = os.environ.get("KG_PUBLIC_ADDRESS", "").strip().removesuffix("/")
    if not text:
        return None
    if _ADDRESS.fullmatch(text):
        return text
    raise MissingInput(
        "KG_PUBLIC_ADDRESS has to be a web address, such as https://cases.example.org or "
        f"https://example.org/explorer; “{text[:80]}” is none."
    )


def base_path_of_environment() -> str:
    """Give the path of KG_PUBLIC_ADDRESS, below which all pages are, such as `/explorer`; often empty.

    Raises:
        MissingInput: If KG_PUBLIC_ADDRESS is no web address.
    """
    return urlsplit(public_address_of_environment() or "").path
