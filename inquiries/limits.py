"""How often one address may send a form. No page has a limit of its own accord; forms are given one where they are.

    @limit_forms("contact", "10 per hour")

All forms of one scope are counted together, in every language and by every worker. Too many requests raise werkzeug's
TooManyRequests, which says in `retry_after` how many seconds to wait.

Addresses are written nowhere: what is counted is a keyed hash of each, and the key stays in memory (or is SECRET_KEY).
"""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import re
import secrets
import time
from math import ceil
from typing import TYPE_CHECKING, NoReturn

from flask import Flask, Response, current_app, request
from flask_limiter import Limiter, RateLimitExceeded, RequestLimit
from limits.errors import ConfigurationError
from werkzeug.exceptions import TooManyRequests

from inquiries import limit_file

if TYPE_CHECKING:
    from flask_limiter._limits import RouteLimit

log = logging.getLogger(__name__)

MEMORY = "memory://"
# Its storage is found by this scheme in a URL.
FILE = f"{limit_file.SCHEME}://"
EXTENSION = "limits_key"
# Made before the workers are started, so that all of them have the same.
_KEY = secrets.token_bytes(32)


class TooManyFormsError(RateLimitExceeded):
    """One sender sent too many forms. To flask-limiter it must be of its own kind, else it takes it for a fault."""

    def __init__(self, seconds: int) -> None:
        TooManyRequests.__init__(self, retry_after=seconds)


def refuse(limit: RequestLimit) -> NoReturn:
    """Raises TooManyFormsError."""
    raise TooManyFormsError(max(1, ceil(limit.reset_at - time.time())))


def was_taken(response: Response) -> bool:
    """For `deduct_when`: a form with mistakes does not count, so that whoever corrects it is not shut out."""
    return response.status_code < 400


def sender() -> str:
    """Return what the sender of this request is counted by: a hash of their address, or of their home network."""
    key: bytes = current_app.extensions[EXTENSION]
    return hashlib.blake2b(address_key(request.remote_addr or "").encode(), key=key, digest_size=16).hexdigest()


def address_key(text: str) -> str:
    """The address without a port; of IPv6 the first 64 bits, which one household or office has to itself."""
    match = re.fullmatch(r"\[(.+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+", text.strip())
    plain = (match[1] or match[2]) if match else text.strip()
    try:
        address = ipaddress.ip_address(plain.partition("%")[0])
    except ValueError:
        return "no address"
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


limiter = Limiter(sender, strategy="moving-window", on_breach=refuse, in_memory_fallback_enabled=True)
# It would log the address of whoever asks too often.
limiter.logger.disabled = True


def limit_forms(scope: str, per_time: str) -> RouteLimit:
    """Limit how often one sender may send the forms of a scope. Forms with mistakes do not count."""
    return limiter.shared_limit(per_time, scope=scope, deduct_when=was_taken)


def register(app: Flask, storage: str, key: str, proxies: int) -> None:
    """Count in `storage` (see docs/configuration.md); in the memory of each process where that cannot be used."""
    app.extensions[EXTENSION] = hashlib.sha256(key.encode()).digest() if key else _KEY
    app.config["RATELIMIT_STORAGE_URI"] = storage
    try:
        limiter.init_app(app)
    except ConfigurationError:
        log.error("Limits cannot be counted as “limits_storage” says. See docs/configuration.md. Each process counts.")
        app.config["RATELIMIT_STORAGE_URI"] = MEMORY
        limiter.init_app(app)
    if proxies == 0:
        app.before_request(_warn_of_proxy)


_warned: set[str] = set()


def _warn_of_proxy() -> None:
    """Say once that a web server stands in front of which the settings know nothing: all visitors share one limit."""
    if "X-Forwarded-For" in request.headers and not _warned and _is_near(request.remote_addr or ""):
        _warned.add("proxies")
        log.warning(
            "X-Forwarded-For comes from this network while “proxies” is 0: all visitors count as one. "
            "See “proxies” in docs/configuration.md."
        )


def _is_near(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_private
    except ValueError:
        return False
