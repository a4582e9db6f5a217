"""What a client asks over HTTP, and how it writes it."""

import json
import re
import ssl
from email.message import Message
from http.client import HTTPException
from typing import Any, Dict, NamedTuple, Optional
from urllib.parse import quote
from urllib.request import HTTPErrorProcessor, HTTPSHandler, Request, build_opener

_TIMEOUT_S = 10.0


class Answer(NamedTuple):
    """What the server says to a plain GET of a channel."""

    #: 0: there was no answer.
    status: int
    error: str
    #: When to come back, if the server said so.
    retry_after_ms: Optional[float] = None


class _AsItIs(HTTPErrorProcessor):
    """Takes every status for an answer, and follows no redirect: it would take the key to another server."""

    def http_response(self, request: Request, response: Any) -> Any:
        return response

    https_response = http_response


def ask(url: str, key: str, ssl_context: Optional[ssl.SSLContext]) -> Answer:
    """Asks a channel over HTTP why it can't be connected to: 426 means that nothing is against it."""
    opener = build_opener(_AsItIs, HTTPSHandler(context=ssl_context))
    try:
        with opener.open(Request(url, headers={"Authorization": f"Bearer {key}"}), timeout=_TIMEOUT_S) as response:
            return _answer(response.status, response.read(), response.headers)
    except (OSError, HTTPException) as failure:
        return Answer(0, f"the server does not answer: {getattr(failure, 'reason', failure)}")


def filter_value(value: str) -> str:
    """A value for a key of a filter, such as ``game`` or ``league``, as the query of the address needs it."""
    return quote(re.sub(r"[\\,]|\A\s|\s\Z", r"\\\g<0>", value), safe="")


def _answer(status: int, text: bytes, headers: Message) -> Answer:
    body = _object(text)
    error, retry_after = body.get("error"), headers.get("Retry-After", "")
    retry_after_ms: Any = body.get("retry_after_ms")
    # A proxy may answer with JSON of its own, with other types in fields of the same names.
    is_time = type(retry_after_ms) is int and retry_after_ms > 0
    asked_ms = retry_after_ms if is_time else float(retry_after) * 1_000 if retry_after.isdecimal() else 0
    return Answer(status, error if isinstance(error, str) else f"the server answers {status}", asked_ms or None)


def _object(text: bytes) -> Dict[str, Any]:
    try:
        body = json.loads(text)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
