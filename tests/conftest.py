"""What many tests share: the real graph, asked and never changed."""

import pytest

from kg.content import Content, bundled
from kg.engine import Engine
from kg.store import open_engine


@pytest.fixture(scope="session")
def content() -> Content:
    return bundled()


@pytest.fixture(scope="session")
def engine(content: Content) -> Engine:
    return open_engine(content)
