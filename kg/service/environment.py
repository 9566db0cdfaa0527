"""Which service the settings name."""

from kg.engine.remote import Endpoint
from kg.graph.content import Content
from kg.service.contract import Service
from kg.service.embedded import EmbeddedService
from kg.service.remote import RemoteService

__all__ = ["service_of_environment"]


def service_of_environment(content: Content, address: str | None = None, *, checks: bool = True) -> Service:
    """Give the service that the settings name: an engine somewhere else, or else our own.

    Args:
        content: Ontology and data, for our own.
        address: The endpoint of an engine, where it is given otherwise than by KG_ENDPOINT.
        checks: Whether our own refuses content that `kg check` refuses.

    Raises:
        MissingInput: If a setting cannot be used.
    """
    endpoint = Endpoint.of_environment(address)
    return EmbeddedService(content, checks=checks) if endpoint is None else RemoteService(endpoint)
