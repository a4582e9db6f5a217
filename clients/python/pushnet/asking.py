"""What a client asks over HTTP, and how it writes it."""

import json
import re
import ssl
from email.message import Message
from http.client import HTTPException
from typing import Any, Dict, NamedTuple, Optional
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

_TIMEOUT_S = 10.0


class Answer(NamedTuple):
    """What the server says to a plain GET of a channel."""

    #: 0: there was no answer.
    status: int
    error: str
    #: In seconds.
    retry_after: Optional[float] = None


def ask(url: str, key: str, ssl_context: Optional[ssl.SSLContext]) -> Answer:
    """Asks a channel over HTTP why it can't be connected to: 426 means that nothing is against it."""
    try:
        with urlopen(Request(url, headers={"Authorization": f"Bearer {key}"}), timeout=_TIMEOUT_S, context=ssl_context) as response:
            return _answer(response.status, response.read(), response.headers)
    except HTTPError as error:
        with error:
            return _answer(error.code, error.read(), error.headers)
    except (OSError, HTTPException):
        return Answer(0, "the server does not answer")


def filter_value(value: str) -> str:
    """A value for a key of a filter, such as ``game`` or ``league``, as the query of the address needs it."""
    return quote(re.sub(r"[\\,]|\A\s|\s\Z", r"\\\g<0>", value), safe="")


def _answer(status: int, text: bytes, headers: Message) -> Answer:
    body = _object(text)
    retry_after = headers.get("Retry-After", "")
    seconds = body["retry_after_ms"] / 1_000 if "retry_after_ms" in body else float(retry_after) if retry_after.isdigit() else None
    return Answer(status, body.get("error", f"the server answers {status}"), seconds)


def _object(text: bytes) -> Dict[str, Any]:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
