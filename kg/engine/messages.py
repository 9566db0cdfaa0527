"""What the application and its workers say to each other over a socket.

A message is one byte for its kind, four for its length, then that many bytes.
"""

import json
import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import Any

from kg.engine import Dataset, QueryForm, QueryRequest, ResultType

__all__ = ["MessageKind", "Reader", "decode_request", "encode", "encode_request"]

_HEAD = struct.Struct("!BI")


class MessageKind(IntEnum):
    """The kinds of message."""

    HELLO = 1  # a worker's number as a process, when it begins
    QUERY = 2
    READ = 6  # a query to be read, and not answered
    DATA = 3
    END = 4
    FAULT = 5  # why there is no (whole) answer, as JSON


def encode(kind: MessageKind, payload: bytes = b"") -> bytes:
    """Give a message as bytes."""
    return _HEAD.pack(kind, len(payload)) + payload


class Reader:
    """Cuts a stream of bytes into messages."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, received: bytes) -> Iterator[tuple[MessageKind, bytes]]:
        """Take what was received, and give each message that is whole by now."""
        self._held += received
        start = 0
        while len(self._held) - start >= _HEAD.size:
            kind, length = _HEAD.unpack_from(self._held, start)
            end = start + _HEAD.size + length
            if len(self._held) < end:
                break
            yield MessageKind(kind), bytes(self._held[start + _HEAD.size : end])
            start = end
        del self._held[:start]


def encode_request(request: QueryRequest, kind: MessageKind = MessageKind.QUERY) -> bytes:
    """Give a query as a message."""
    return encode(
        kind,
        json.dumps(
            {
                "query": request.query,
                "form": request.form,
                "type": request.type,
                "default": request.dataset.default,
                "named": request.dataset.named,
                "names_dataset": request.names_dataset,
            }
        ).encode(),
    )


def decode_request(payload: bytes) -> QueryRequest:
    """Read a query from the payload of its message."""
    read: dict[str, Any] = json.loads(payload)
    default, named = read["default"], read["named"]
    return QueryRequest(
        read["query"],
        QueryForm(read["form"]),
        ResultType(read["type"]),
        Dataset(None if default is None else tuple(default), None if named is None else tuple(named)),
        read["names_dataset"],
    )
