# SPDX-License-Identifier: Apache-2.0
"""The journey with websockets."""
import journey
import websockets


class Connection:
    def __init__(self, socket):
        self.socket = socket
        self.send, self.receive = socket.send, socket.recv

    async def close(self):
        await self.socket.close()
        return self.socket.close_code


async def connect(url):
    return Connection(await websockets.connect(url))


journey.run(connect)
