"""Who may ask: the Host of every request and the Origin of every websocket, checked before Streamlit."""

import ipaddress
import logging
import os
from collections.abc import Callable, Sequence

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket

from kg.settings.allowed_hosts import AllowedHosts, Authority, origin_of, parsed_authority

__all__ = ["KnownHosts"]

_LOG = logging.getLogger(__name__)
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class KnownHosts:
    """Answer requests for known hosts alone, and open websockets for pages of this server alone.

    Streamlit, asked to judge a websocket from a page elsewhere, asks a host on the internet for its own
    address, and all visitors wait for as long. So it is never asked: it is given no Origin.
    """

    def __init__(self, app: ASGIApp, allowed: Callable[[], AllowedHosts]) -> None:
        """Wrap an application.

        Args:
            app: The application.
            allowed: Gives the names that it answers to.
        """
        self.app = app
        self._allowed = allowed()
        self._proxies = _Proxies(os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1"))
        self._said: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it in a sentence."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        if scope["type"] == "http" and "host" not in Headers(scope=scope):
            # Every browser names a host; what asks after the health of the server sometimes does not.
            await self.app(scope, receive, send)
            return
        named = self._named(scope)
        asked = parsed_authority(named) if named is not None else None
        if asked is None:
            await _refuse(scope, receive, send, 400, "The Host header does not name a host.")
        elif not self._allowed.has(asked.host):
            self._log(
                "host",
                f"A request for the host {asked.host!r} was refused. If readers use this name, set "
                "KG_PUBLIC_ADDRESS or KG_ALLOWED_HOSTS.",
            )
            await _refuse(
                scope,
                receive,
                send,
                421,
                f"This server does not answer for the host {asked.host}. Whoever runs it can allow the name: "
                "set KG_PUBLIC_ADDRESS or KG_ALLOWED_HOSTS.",
            )
        elif scope["type"] == "websocket" and not self._is_own_page(scope, asked):
            origin = Headers(scope=scope).get("origin", "")[:200]
            self._log(
                "origin",
                f"A websocket from {origin!r} to {named!r} was refused. If readers use the first, set "
                "KG_PUBLIC_ADDRESS to it.",
            )
            await _refuse(scope, receive, send, 403, "Only pages of this server open websockets.")
        else:
            await self.app(_checked(scope, str(named)), receive, send)

    def _named(self, scope: Scope) -> str | None:
        """Give the host that was asked for; None if none or several are named."""
        headers = Headers(scope=scope)
        forwarded = headers.getlist("x-forwarded-host")
        if forwarded and self._proxies.sent(scope):
            # The last one comes from the proxy next to us; those before it may be anybody's.
            return forwarded[-1].rpartition(",")[2].strip()
        hosts = headers.getlist("host")
        return hosts[0] if len(hosts) == 1 else None

    def _is_own_page(self, scope: Scope, asked: Authority) -> bool:
        origins = Headers(scope=scope).getlist("origin")
        # Every browser names the origin; a program that names none is not led by a page.
        if not origins:
            return True
        origin = origin_of(origins[0]) if len(origins) == 1 else None
        return origin is not None and self._allowed.is_own_page(origin, asked)

    def _log(self, kind: str, words: str) -> None:
        """Tell whoever runs this once: the log is not for every stranger to fill."""
        if kind not in self._said:
            self._said.add(kind)
            _LOG.warning(words)


class _Proxies:
    """The proxies that may say for whom they ask, as uvicorn reads them from the same variable."""

    def __init__(self, text: str) -> None:
        names = [name.strip() for name in text.split(",") if name.strip()]
        self._all = "*" in names
        self._networks = _networks(names)

    def sent(self, scope: Scope) -> bool:
        """Whether a request came from one of them."""
        if self._all:
            return True
        client: Sequence[object] | None = scope.get("client")
        if not client:
            return False
        # uvicorn has put the client there that a trusted proxy names; its port is not known.
        if client[1] == 0:
            return True
        try:
            address = ipaddress.ip_address(str(client[0]))
        except ValueError:
            return False
        return any(address in network for network in self._networks)


def _networks(names: Sequence[str]) -> list[_Network]:
    found: list[_Network] = []
    for name in names:
        try:
            found.append(ipaddress.ip_network(name, strict=False))
        except ValueError:
            # A name, such as that of a socket, is no network.
            continue
    return found


def _checked(scope: Scope, host: str) -> Scope:
    """Give the scope for the rest of the server: the host that was asked for, no origin to judge."""
    drop = {b"host", b"origin"} if scope["type"] == "websocket" else {b"host"}
    headers = [(name, value) for name, value in scope["headers"] if name not in drop]
    return {**scope, "headers": [(b"host", host.encode("latin-1")), *headers]}


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, words: str) -> None:
    if scope["type"] == "http":
        await PlainTextResponse(f"{words}\n", status)(scope, receive, send)
    else:
        # The server makes it status 403. With words of ours it would log a line for each.
        await WebSocket(scope, receive, send).close(1008)
