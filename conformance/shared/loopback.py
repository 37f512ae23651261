"""A small HTTP/1.1 server on the loopback interface: asyncio in a thread of its own, one coroutine a request."""

import asyncio
import json
import threading


class Request:
    def __init__(self, method, target, headers, body):
        self.method, self.target, self.headers, self.body = method, target, headers, body
        self.path = target.split("?")[0]

    @property
    def credential(self):
        """The key that came along, whatever the header."""
        return self.headers.get("x-api-key") or self.headers.get("authorization", "").removeprefix("Bearer ")


class Left(Exception):
    """The connection is to end here, in the middle of the response."""


class Response:
    """Written once: either a document, or a stream of server-sent events."""

    def __init__(self, writer):
        self.writer = writer

    async def document(self, status, body):
        data = b"" if body is None else json.dumps(body).encode()
        self.writer.write(b"HTTP/1.1 %d -\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (status, len(data), data))
        await self.writer.drain()

    async def open_stream(self):
        self.writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
        await self.writer.drain()

    async def event(self, data, name=None):
        text = data if isinstance(data, str) else json.dumps(data)
        event = (f"event: {name}\n" if name else "") + f"data: {text}\n\n"
        await self._chunk(event.encode())

    async def end_stream(self):
        self.writer.write(b"0\r\n\r\n")
        await self.writer.drain()

    async def _chunk(self, data):
        self.writer.write(b"%x\r\n%s\r\n" % (len(data), data))
        await self.writer.drain()


class Loopback:
    """Calls `handle(request, response)` for each request until it is closed."""

    def __init__(self, handle):
        self.handle = handle
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        opening = asyncio.start_server(self._connection, "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(opening, self.loop).result()
        self.port = server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    async def _connection(self, reader, writer):
        try:
            while request := await self._request(reader):
                await self.handle(request, Response(writer))
        except (Left, ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            # Without the chunked body's end. A reset would be another way, but takes with it what is still on its way.
            writer.close()

    async def _request(self, reader):
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").strip().split("\r\n")
        method, target, _ = first.split(" ")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        if headers.get("transfer-encoding") == "chunked":
            body = await self._chunks(reader)
        else:
            body = await reader.readexactly(int(headers.get("content-length", "0")))
        return Request(method, target, headers, json.loads(body) if body else None)

    async def _chunks(self, reader):
        body = b""
        while size := int((await reader.readline()).split(b";")[0], 16):
            body += (await reader.readexactly(size + 2))[:-2]
        await reader.readline()
        return body
