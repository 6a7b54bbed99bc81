"""The embedded AWS within the tests' own process: asked without a socket, which took more than half of what these tests took."""

import asyncio
import gc
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from io import BytesIO
from threading import Lock, Thread, current_thread, main_thread
from typing import TYPE_CHECKING
from unittest.mock import patch
from urllib.parse import unquote, urlsplit

from botocore.awsrequest import AWSResponse

from embedded import dynamodb_client, ministack_settings, s3_client

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_s3 import S3Client

WAIT_SECONDS = 0.0001
"""What a thread waits before a request, as it would for a socket: otherwise Python lets it go on, and no run comes between its calls."""

_turn = Lock()
"""MiniStack counts on handling one request after another, as an event loop has it."""


@contextmanager
def aws_in_process() -> Iterator[str]:
    """Have MiniStack in this process until the block ends; gives the address at which it answers over HTTP as well.

    What it holds is in its modules: a later block finds what an earlier one left.
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        # Read when MiniStack is loaded, and by a service when it is first asked.
        with patch.dict(os.environ, ministack_settings(port)), _served(server), _collecting_less_often():
            yield f"http://127.0.0.1:{port}"


def direct_clients(address: str) -> "tuple[DynamoDBClient, S3Client]":
    """Clients of DynamoDB and S3 that make their requests as for that address, and hand them to MiniStack by a call."""
    clients = dynamodb_client(address), s3_client(address)
    for client in clients:
        client.meta.events.register("before-send", _send)
    return clients


@contextmanager
def _served(server: socket.socket) -> Iterator[None]:
    from hypercorn.asyncio import serve
    from hypercorn.config import Config

    config = Config()
    config.bind = [f"fd://{os.dup(server.fileno())}"]
    loop, ended = asyncio.new_event_loop(), asyncio.Event()
    serving = serve(_over_http, config, shutdown_trigger=ended.wait)
    thread = Thread(target=loop.run_until_complete, args=[serving], name="ministack")
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()
        loop.close()


@contextmanager
def _collecting_less_often() -> Iterator[None]:
    """A call makes some hundred objects and leaves none behind, while all that AWS holds is there to be looked through."""
    usual = gc.get_threshold()
    gc.set_threshold(20_000, 50)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


async def _over_http(scope, receive, send):
    """MiniStack's application for a server: what is no request it answers by itself, requests in turn with those of the direct clients."""
    from ministack.app import app

    if scope["type"] != "http":
        await app(scope, receive, send)
        return
    body, is_whole = [], False
    while not is_whole:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body.append(message["body"])
        is_whole = not message["more_body"]
    for message in _answer(scope, b"".join(body)):
        await send(message)


def _send(request, **_):
    """Takes the place of botocore's sending: it goes on with the response that a handler of this event gives."""
    url = urlsplit(request.url)
    headers = [(b"host", url.netloc.encode())]
    headers += [(name.lower().encode(), value if isinstance(value, bytes) else value.encode()) for name, value in request.headers.items()]
    scope = {
        "type": "http",
        "method": request.method,
        "scheme": url.scheme,
        "path": unquote(url.path),
        "raw_path": url.path.encode(),
        "query_string": url.query.encode(),
        "headers": headers,
    }
    if current_thread() is not main_thread():
        time.sleep(WAIT_SECONDS)
    start, *parts = _answer(scope, _bytes(request.body))
    found = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    return AWSResponse(request.url, start["status"], found, _Raw(b"".join(part["body"] for part in parts)))


def _bytes(body):
    if hasattr(body, "read"):
        body = body.read()
    return body.encode() if isinstance(body, str) else body or b""


def _answer(scope, body):
    """What MiniStack's application sends in answer to a request.

    S3 and DynamoDB wait for nothing in there, so that the caller's thread takes it from the beginning to the end.
    """
    from ministack.app import app

    sent = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    handling = app(scope, receive, send)
    try:
        with _turn:
            # What it notes of a request goes with its context.
            copy_context().run(handling.send, None)
    except StopIteration:
        return sent
    handling.close()
    raise RuntimeError(f"MiniStack waits for something within {scope['method']} {scope['path']}.")


class _Raw(BytesIO):
    """A body as botocore reads it."""

    def stream(self):
        """What is left of it."""
        yield self.read()
