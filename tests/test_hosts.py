"""The Host of every request and the Origin of every websocket are checked before Streamlit sees them."""

import logging
from typing import Any

import pytest
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope, Send
from streamlit import net_util
from streamlit.web.server.starlette import starlette_websocket

from kg.errors import MissingInput
from kg.settings.allowed_hosts import AllowedHosts, allowed_hosts_of_environment
from kg.settings.public_address import public_address_of_environment
from kg.web.hosts import KnownHosts
from tests.asking import finished

STREAM = "/_stcore/stream"
HERE = "127.0.0.1:8501"


class Streamlit:
    """Judges websockets as Streamlit does, with Streamlit's own function."""

    def __init__(self) -> None:
        self.seen: list[Headers] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        self.seen.append(headers)
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        elif starlette_websocket._is_origin_allowed(headers.get("origin"), headers.get("host")):
            await send({"type": "websocket.accept"})
        else:
            await send({"type": "websocket.close", "code": 1008})


@pytest.fixture
def asked_outside(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What Streamlit asked hosts on the internet; nothing may stand here after a test."""
    asked: list[str] = []

    def ask(address: str, timeout: float = 5) -> None:
        asked.append(address)

    monkeypatch.setattr(net_util, "_make_blocking_http_get", ask)
    monkeypatch.setattr(net_util, "_external_ip", None)
    return asked


def called(
    headers: list[tuple[str, str]],
    kind: str = "websocket",
    client: tuple[str, int] | None = ("192.0.2.7", 50_000),
) -> tuple[int | str, Streamlit, str]:
    """Call the middleware once; gives the status or what became of the websocket, and the words."""
    inner = Streamlit()
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "websocket.connect" if kind == "websocket" else "http.request"}

    scope: Scope = {
        "type": kind,
        "method": "GET",
        "path": STREAM,
        "query_string": b"",
        "client": client,
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers],
    }
    finished(KnownHosts(inner, allowed_hosts_of_environment)(scope, receive, send))
    first = sent[0]
    words = b"".join(message.get("body", b"") for message in sent).decode()
    return first.get("status") or first["type"].removeprefix("websocket."), inner, words


def handshake(host: str, *origins: str) -> tuple[int | str, Streamlit, str]:
    return called([("Host", host), *(("Origin", each) for each in origins)])


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        (HERE, f"http://{HERE}"),
        ("localhost:8501", "http://localhost:8501"),
        ("LOCALHOST:8501", "HTTP://LocalHost:8501"),
        ("192.168.1.20:8501", "http://192.168.1.20:8501"),
        ("[::1]:8501", "http://[::1]:8501"),
        ("localhost", "https://localhost"),
        ("localhost:443", "https://localhost"),
        ("localhost", "http://localhost:80"),
        ("xn--mnchen-3ya.localhost", "https://xn--mnchen-3ya.localhost"),
    ],
)
def test_pages_of_this_server_open_websockets(host: str, origin: str, asked_outside: list[str]) -> None:
    assert handshake(host, origin)[0] == "accept"
    assert asked_outside == []


def test_a_program_that_names_no_origin_opens_one(asked_outside: list[str]) -> None:
    assert handshake(HERE)[0] == "accept"
    assert asked_outside == []


@pytest.mark.parametrize(
    "origin",
    [
        "https://elsewhere.example",
        "http://127.0.0.1:8502",
        "http://127.0.0.1",
        "http://localhost:8501",
        f"https://{HERE}.elsewhere.example",
        f"http://user@{HERE}",
        f"http://{HERE}/",
        f"ftp://{HERE}",
        f"//{HERE}",
        HERE,
        "null",
        "",
        " ",
        "http://",
        "http://:8501",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:x",
        "http://[::1",
        "http://münchen.example",
        "http://xn--mnchen-3ya.example",
        "HTTPS://ELSEWHERE.EXAMPLE",
        "http://" + "a" * 5000,
        "chrome-extension://abcdefghijklmnop",
    ],
)
def test_other_origins_are_refused_without_a_call(origin: str, asked_outside: list[str]) -> None:
    outcome, inner, _ = handshake(HERE, origin)
    assert (outcome, inner.seen) == ("close", [])
    assert asked_outside == []


def test_streamlit_alone_would_have_asked(asked_outside: list[str]) -> None:
    assert not starlette_websocket._is_origin_allowed("https://elsewhere.example", HERE)
    assert asked_outside != []


def test_two_origins_are_none(asked_outside: list[str]) -> None:
    assert handshake(HERE, f"http://{HERE}", f"http://{HERE}")[0] == "close"
    assert asked_outside == []


def test_streamlit_is_given_no_origin_to_judge() -> None:
    _, inner, _ = handshake(HERE, f"http://{HERE}")
    assert "origin" not in inner.seen[0]
    assert inner.seen[0].getlist("host") == [HERE]


def test_a_request_from_another_origin_is_answered_where_it_is_no_websocket() -> None:
    outcome, inner, _ = called([("Host", HERE), ("Origin", "https://elsewhere.example")], "http")
    assert outcome == 200
    assert inner.seen[0]["origin"] == "https://elsewhere.example"


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "localhost.elsewhere.example", "elsewhere.example:8501"]
)
def test_other_hosts_are_refused_in_a_sentence(host: str) -> None:
    status, inner, words = called([("Host", host)], "http")
    assert (status, inner.seen) == (421, [])
    assert "KG_ALLOWED_HOSTS" in words
    assert handshake(host, f"http://{host}")[0] == "close"


@pytest.mark.parametrize("host", ["", "a b", "a/b", "a@b", "a:b", "a:0", "[::1", "<b>", "münchen", "a" * 400])
def test_what_names_no_host_is_refused(host: str) -> None:
    assert called([("Host", host)], "http")[0] == 400


def test_two_hosts_are_refused() -> None:
    assert called([("Host", HERE), ("Host", HERE)], "http")[0] == 400


def test_a_program_that_names_no_host_is_answered_and_opens_no_websocket() -> None:
    assert called([], "http")[0] == 200
    assert called([])[0] == "close"


def test_names_are_allowed_by_setting_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ALLOWED_HOSTS", "Cases.Example, *.nhs.example münchen.example")
    for host in ("cases.example", "CASES.example.:8501", "a.b.nhs.example", "xn--mnchen-3ya.example"):
        assert called([("Host", host)], "http")[0] == 200
    for host in ("nhs.example", "x.cases.example"):
        assert called([("Host", host)], "http")[0] == 421
    assert handshake("cases.example", "https://cases.example")[0] == "accept"
    assert handshake("cases.example", "https://a.nhs.example")[0] == "close"
    monkeypatch.setenv("KG_ALLOWED_HOSTS", "*")
    assert called([("Host", "whatever.example")], "http")[0] == 200
    assert handshake("whatever.example", "https://elsewhere.example")[0] == "close"


@pytest.mark.parametrize("text", ["https://cases.example", "a:80", "*.*", "a*", "<b>", "a/b", "."])
def test_names_that_are_none_are_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_ALLOWED_HOSTS", text)
    with pytest.raises(MissingInput, match="KG_ALLOWED_HOSTS"):
        allowed_hosts_of_environment()


def test_the_public_address_is_allowed_whatever_host_the_proxy_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_PUBLIC_ADDRESS", "https://cases.example:8443/explorer/")
    assert public_address_of_environment() == "https://cases.example:8443/explorer"
    assert called([("Host", "cases.example")], "http")[0] == 200
    # A proxy that drops the port, and one that puts its own address in the place of the host.
    assert handshake("cases.example", "https://cases.example:8443")[0] == "accept"
    assert handshake(HERE, "https://cases.example:8443")[0] == "accept"
    assert handshake(HERE, "http://cases.example:8443")[0] == "close"
    assert handshake(HERE, "https://cases.example")[0] == "close"


def test_the_machines_own_name_is_allowed() -> None:
    hosts = AllowedHosts(machine="server7.council.example")
    assert all(hosts.has(name) for name in ("server7", "server7.local", "server7.council.example"))
    assert not hosts.has("server7.elsewhere.example")


@pytest.mark.parametrize(
    ("client", "trusted", "believed"),
    [
        (("127.0.0.1", 50_000), None, True),
        # uvicorn has put the client in the place of the proxy.
        (("203.0.113.9", 0), None, True),
        (("203.0.113.9", 50_000), None, False),
        (("203.0.113.9", 50_000), "203.0.113.0/24", True),
        (("203.0.113.9", 50_000), "*", True),
        (("127.0.0.1", 50_000), "203.0.113.9", False),
        (None, None, False),
    ],
)
def test_a_forwarded_host_is_believed_of_proxies_alone(
    client: tuple[str, int] | None, trusted: str | None, believed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_ALLOWED_HOSTS", "cases.example")
    if trusted is not None:
        monkeypatch.setenv("FORWARDED_ALLOW_IPS", trusted)
    given = [("Host", HERE), ("X-Forwarded-Host", "elsewhere.example, cases.example:8443")]
    status, inner, _ = called(given, "http", client)
    assert status == 200
    assert inner.seen[0]["host"] == ("cases.example:8443" if believed else HERE)
    origin = ("Origin", "https://cases.example:8443")
    assert called([*given, origin], client=client)[0] == ("accept" if believed else "close")


def test_a_refusal_is_logged_once_and_not_for_every_stranger(caplog: pytest.LogCaptureFixture) -> None:
    guard = KnownHosts(Streamlit(), allowed_hosts_of_environment)

    async def nothing(*_: object) -> Any:
        return {"type": "websocket.connect"}

    with caplog.at_level(logging.WARNING):
        for number in range(3):
            scope: Scope = {
                "type": "websocket",
                "client": None,
                "headers": [(b"host", HERE.encode()), (b"origin", f"http://a{number}\n.example".encode())],
            }
            finished(guard(scope, nothing, nothing))
    assert len(caplog.records) == 1
    assert "\n" not in caplog.records[0].message
