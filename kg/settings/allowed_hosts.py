"""Which names of hosts this copy of the explorer answers to."""

import ipaddress
import os
import re
import socket
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kg.errors import MissingInput
from kg.settings.public_address import public_address_of_environment

__all__ = ["AllowedHosts", "Authority", "allowed_hosts_of_environment", "origin_of", "parsed_authority"]

_AUTHORITY = re.compile(
    r"(?P<host>[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?|\[[0-9a-f:.]+\])\.?(?::(?P<port>\d{1,5}))?"
)
_PATTERN = re.compile(r"\*|(\*\.)?[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?")
_PORTS = {"http": 80, "https": 443}
_LONGEST = 300


@dataclass(frozen=True)
class Authority:
    """A host and its port, as the Host header names them.

    Attributes:
        host: A name in small letters, or an address in numbers without brackets.
        port: None if none is named.
    """

    host: str
    port: int | None = None


@dataclass(frozen=True)
class AllowedHosts:
    """The names that the server answers to.

    Localhost, every address in numbers and the machine's own name are always among them: a page elsewhere
    cannot make a browser believe that one of these is its own.

    Attributes:
        patterns: Further names; `*.example.org` is every name below it, `*` every name there is.
        public: Scheme, host and port of the address that readers open; None if it is not set.
        machine: The machine's own name.
    """

    patterns: tuple[str, ...] = ()
    public: tuple[str, Authority] | None = None
    machine: str = field(default_factory=lambda: socket.gethostname().lower())

    def has(self, host: str) -> bool:
        """Whether a host, in small letters and without port, is one of the names."""
        own = self.machine.partition(".")[0]
        if host == "localhost" or host.endswith(".localhost") or _is_number(host):
            return True
        if host in {self.machine, own, f"{own}.local"} or (self.public and host == self.public[1].host):
            return True
        return any(
            pattern in {"*", host} or (pattern.startswith("*.") and host.endswith(pattern[1:]))
            for pattern in self.patterns
        )

    def is_own_page(self, origin: tuple[str, Authority], asked: Authority) -> bool:
        """Whether a page at an origin is a page of this server, which was asked by the name `asked`."""
        scheme, page = origin
        if self.public and (self.public[0], *_with_port(*self.public)) == (scheme, *_with_port(*origin)):
            return True
        # A proxy that ends TLS often does not name the port, so the scheme of the page decides.
        return _with_port(scheme, page) == _with_port(scheme, asked)


def parsed_authority(text: str) -> Authority | None:
    """Read a Host header, or the part of an address that names host and port; None if it is neither.

    >>> parsed_authority("Cases.Example.ORG:8443")
    Authority(host='cases.example.org', port=8443)
    >>> parsed_authority("[::1]"), parsed_authority("a@b"), parsed_authority("a:99999")
    (Authority(host='::1', port=None), None, None)
    """
    found = _AUTHORITY.fullmatch(text.lower()) if len(text) <= _LONGEST else None
    if found is None:
        return None
    host, port = found["host"], int(found["port"]) if found["port"] else None
    if port is not None and not 0 < port < 1 << 16:
        return None
    if not host.startswith("["):
        return Authority(host, port)
    host = host[1:-1]
    return Authority(host, port) if _is_number(host) else None


def origin_of(text: str) -> tuple[str, Authority] | None:
    """Read an Origin header as scheme, host and port; None for `null` and for what is no page of the web.

    >>> origin_of("https://cases.example.org")
    ('https', Authority(host='cases.example.org', port=None))
    >>> origin_of("null") is None and origin_of("https://a/b") is None
    True
    """
    scheme, mark, rest = text.partition("://")
    authority = parsed_authority(rest) if mark else None
    return (scheme.lower(), authority) if authority and scheme.lower() in _PORTS else None


def allowed_hosts_of_environment() -> AllowedHosts:
    """Give the names that KG_ALLOWED_HOSTS and KG_PUBLIC_ADDRESS add to those that are always allowed.

    Raises:
        MissingInput: If one of them is no name of a host.
    """
    names = os.environ.get("KG_ALLOWED_HOSTS", "").replace(",", " ").split()
    public = public_address_of_environment()
    parts = urlsplit(public) if public else None
    return AllowedHosts(
        tuple(_pattern(name) for name in names),
        origin_of(f"{parts.scheme}://{parts.netloc}") if parts else None,
    )


def _pattern(name: str) -> str:
    try:
        written = name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        written = ""
    pattern = written.lower().rstrip(".")
    if _PATTERN.fullmatch(pattern):
        return pattern
    raise MissingInput(
        "KG_ALLOWED_HOSTS lists names of hosts without scheme and port, such as cases.example.org or "
        f"*.example.org; “{name[:80]}” is none."
    )


def _with_port(scheme: str, authority: Authority) -> tuple[str, int]:
    return authority.host, authority.port or _PORTS[scheme]


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
