# SPDX-License-Identifier: Apache-2.0
"""The journey with ws4py, which reads in a thread of its own."""
import asyncio
import queue

import journey
from ws4py.client.threadedclient import WebSocketClient


class Connection(WebSocketClient):
    def __init__(self, url):
        super().__init__(url)
        self.frames, self.codes = queue.Queue(), queue.Queue()

    def received_message(self, message):
        self.frames.put(message.data if message.is_binary else message.data.decode())

    def closed(self, code, reason=None):
        self.codes.put(code)


class Awaited:
    def __init__(self, socket):
        self.socket = socket

    async def send(self, frame):
        self.socket.send(frame, binary=isinstance(frame, bytes))

    async def receive(self):
        return await asyncio.to_thread(self.socket.frames.get, timeout=journey.WAIT)

    async def close(self):
        self.socket.close(1000)
        return await asyncio.to_thread(self.socket.codes.get, timeout=journey.WAIT)


async def connect(url):
    socket = Connection(url)
    await asyncio.to_thread(socket.connect)
    return Awaited(socket)


journey.run(connect)
