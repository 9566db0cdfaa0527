"""Scripts of others that pages load from us, and never from elsewhere; none is kept in this repository."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import BaseRoute, Route

from kg.network.visnetwork import script

__all__ = ["routes"]

_DAY = 86_400


def routes() -> Sequence[BaseRoute]:
    """Give the route of vis-network, which the installed pyvis brings along with its licence in its head."""

    def vis_network(_: Request) -> FileResponse:
        return FileResponse(
            script(), media_type="text/javascript", headers={"Cache-Control": f"public, max-age={_DAY}"}
        )

    return [Route("/vendor/vis-network.js", vis_network, methods=["GET"])]
