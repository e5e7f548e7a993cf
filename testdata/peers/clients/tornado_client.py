# SPDX-License-Identifier: Apache-2.0
"""The journey with Tornado."""
import journey
import tornado.websocket


class Connection:
    def __init__(self, socket):
        self.socket = socket
        self.receive = socket.read_message

    async def send(self, frame):
        await self.socket.write_message(frame, binary=isinstance(frame, bytes))

    async def close(self):
        self.socket.close(1000)
        frame = await self.socket.read_message()
        journey.want(frame is None, "no more frames", frame)
        return self.socket.close_code


async def connect(url):
    return Connection(await tornado.websocket.websocket_connect(url))


journey.run(connect)
