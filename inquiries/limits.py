"""How often one address may send a form. No page has a limit of its own accord; forms are given one where they are.

    @limiter.limit("5 per hour", deduct_when=was_taken)

Addresses are kept in memory while they count, each worker for itself, and are written nowhere. Too many requests
raise werkzeug's TooManyRequests, which says in `retry_after` how many seconds to wait.
"""

from __future__ import annotations

import time
from math import ceil
from typing import NoReturn

from flask import Response
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address
from werkzeug.exceptions import TooManyRequests


def refuse(limit: RequestLimit) -> NoReturn:
    raise TooManyRequests(retry_after=max(1, ceil(limit.reset_at - time.time())))


def was_taken(response: Response) -> bool:
    """For `deduct_when`: a form with mistakes does not count, so that whoever corrects it is not shut out."""
    return response.status_code < 400


limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window", on_breach=refuse)
# It would log the address of whoever asks too often.
limiter.logger.disabled = True
