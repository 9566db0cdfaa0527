"""Who asks, as far as that decides how much of the server one client may take."""

from ipaddress import IPv6Address, ip_address

from starlette.types import Scope

__all__ = ["client_of"]

_IPV6_NETWORK = 64


def client_of(scope: Scope) -> str:
    """Return the address of the client; of an IPv6 address its network, which one client has whole.

    The server takes the address from `X-Forwarded-For` where a trusted proxy has set it
    (`FORWARDED_ALLOW_IPS`). It is compared, never kept.

    >>> client_of({"client": ("2001:db8::1:2", 4711)})
    '2001:db8::'
    """
    host = str((scope.get("client") or ("", 0))[0])
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if address.version == 6:
        return str(IPv6Address(int(address) >> _IPV6_NETWORK << _IPV6_NETWORK))
    return host
