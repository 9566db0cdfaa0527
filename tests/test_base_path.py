"""A path of the host below which everything is."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket

from kg.settings.public_address import base_path_of_environment, public_address_of_environment
from kg.web.base_path import BasePath
from kg.web.description import public_address


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("KG_PUBLIC_ADDRESS", "http://testserver/explorer/")

    def asked(request: Request) -> Response:
        return JSONResponse([request.url.path, request.scope["raw_path"].decode(), public_address(request)])

    def led(request: Request) -> Response:
        return RedirectResponse(
            request.query_params["to"], 303, headers={"Content-Location": "/case/leeds.ttl"}
        )

    def linked(_: Request) -> Response:
        answer = PlainTextResponse("")
        answer.headers["Link"] = '<https://w3id.org/x>; rel="canonical", </case?id=leeds>; rel="alternate"'
        answer.headers.append("Link", "<//elsewhere.example/>")
        return answer

    async def stream(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.send_text(websocket.url.path)
        await websocket.close()

    routes = [
        Route("/", asked),
        Route("/led", led),
        Route("/linked", linked),
        WebSocketRoute("/_stcore/stream", stream),
        Route("/{rest:path}", asked),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(BasePath, base=base_path_of_environment)])
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/case", "/case/a%2Fb", "/explorers"])
def test_the_path_is_taken_off_whether_or_not_the_proxy_did(client: TestClient, path: str) -> None:
    below, without = client.get(f"/explorer{path}").json(), client.get(path).json()
    assert below == without
    assert below[1:] == [path, "http://testserver/explorer"]


def test_the_path_alone_leads_into_it(client: TestClient) -> None:
    answer = client.get("/explorer?paper=true")
    assert (answer.status_code, answer.headers["location"]) == (308, "/explorer/?paper=true")


def test_a_websocket_opens_below_it(client: TestClient) -> None:
    with client.websocket_connect("/explorer/_stcore/stream") as stream:
        assert stream.receive_text() == "/_stcore/stream"


@pytest.mark.parametrize(
    ("to", "location"),
    [
        ("/case?id=leeds#a", "/explorer/case?id=leeds#a"),
        ("http://testserver/case", "http://testserver/explorer/case"),
        ("case?id=leeds", "case?id=leeds"),
        ("https://elsewhere.example/case", "https://elsewhere.example/case"),
        ("//elsewhere.example/case", "//elsewhere.example/case"),
    ],
)
def test_addresses_in_the_head_of_an_answer_are_below_it(client: TestClient, to: str, location: str) -> None:
    answer = client.get("/explorer/led", params={"to": to})
    assert answer.headers["location"] == location
    assert answer.headers["content-location"] == "/explorer/case/leeds.ttl"
    assert client.get("/explorer/linked").headers["link"] == (
        '<https://w3id.org/x>; rel="canonical", </explorer/case?id=leeds>; rel="alternate", '
        "<//elsewhere.example/>"
    )


def test_without_one_nothing_changes(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_PUBLIC_ADDRESS", "https://cases.example")
    assert base_path_of_environment() == ""
    plain = TestClient(Starlette(routes=[Route("/x", lambda _: RedirectResponse("/y"))]))
    plain.app = BasePath(plain.app, base_path_of_environment)
    assert plain.get("/x", follow_redirects=False).headers["location"] == "/y"


@pytest.mark.parametrize(
    ("given", "address", "base"),
    [
        ("https://cases.example/a/b-c_d/", "https://cases.example/a/b-c_d", "/a/b-c_d"),
        ("https://cases.example:8443", "https://cases.example:8443", ""),
        ("http://[::1]:8443/a", "http://[::1]:8443/a", "/a"),
    ],
)
def test_the_path_is_read_from_the_public_address(
    given: str, address: str, base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KG_PUBLIC_ADDRESS", given)
    assert (public_address_of_environment(), base_path_of_environment()) == (address, base)
