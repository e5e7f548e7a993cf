# SPDX-License-Identifier: Apache-2.0
"""The journey with Autobahn, on asyncio."""
import asyncio
import urllib.parse

import journey
from autobahn.asyncio.websocket import WebSocketClientFactory, WebSocketClientProtocol


class Connection(WebSocketClientProtocol):
    def __init__(self):
        super().__init__()
        loop = asyncio.get_running_loop()
        self.frames, self.opened, self.closed = asyncio.Queue(), loop.create_future(), loop.create_future()
        self.receive = self.frames.get

    def onOpen(self):
        self.opened.set_result(self)

    def onMessage(self, payload, isBinary):
        self.frames.put_nowait(payload if isBinary else payload.decode())

    def onClose(self, wasClean, code, reason):
        self.closed.set_result(code if wasClean else "uncleanly with %s, %s" % (code, reason))

    async def send(self, frame):
        self.sendMessage(frame if isinstance(frame, bytes) else frame.encode(), isinstance(frame, bytes))

    async def close(self):
        self.sendClose(1000)
        return await self.closed


async def connect(url):
    factory = WebSocketClientFactory(url)
    factory.protocol = Connection
    where = urllib.parse.urlsplit(url)
    _, connection = await asyncio.get_running_loop().create_connection(factory, where.hostname, where.port)
    return await connection.opened


journey.run(connect)
