"""The graph in service: opened once for pages and programs alike, and anew when its files change.

`contract` says what a service is. `embedded` is the one that opens the graph here: `watching` sees that the
files have changed, `admission` says which state of them may be tried, `builds` builds it in a process of its
own, and `states` opens what was built and keeps it while somebody holds it. `remote` is the service whose
graph lies in an engine elsewhere.
"""

from kg.service.contract import Health, ServedGraph, Service
from kg.service.embedded import EmbeddedService
from kg.service.environment import service_of_environment
from kg.service.remote import RemoteService

__all__ = ["EmbeddedService", "Health", "RemoteService", "ServedGraph", "Service", "service_of_environment"]
