# SPDX-License-Identifier: Apache-2.0
"""What each client does here: a queue, messages, a claim and a notification, first as
JSON in text frames, then as MessagePack in binary ones.

The server is $ZAQAR_URL, the token $TOKEN and the project $PROJECT. Requests and
statuses are printed, without credentials; the first wrong answer ends the program.
"""
import asyncio
import json
import os
import sys
import uuid

import msgpack

URL = os.environ["ZAQAR_URL"]
TOKEN = os.environ.get("TOKEN", "none")
PROJECT = os.environ.get("PROJECT", "clients")
WAIT = 10  # seconds, for each frame
BODIES = ["text", 7, -2.5, None, {"deep": [True, {"ö": "\u2603"}]}]


def want(true, what, got):
    if not true:
        sys.exit("WRONG  want %s, got %s" % (what, got))


class Client:
    """Requests over one connection, which has send(frame), receive() and close()."""

    def __init__(self, connection, packed):
        self.connection, self.packed = connection, packed
        self.headers = {"Client-ID": str(uuid.uuid4()), "X-Project-ID": PROJECT}

    async def frame(self):
        """The next frame, which is of the kind that this client writes."""
        frame = await asyncio.wait_for(self.connection.receive(), WAIT)
        want(isinstance(frame, bytes if self.packed else str), "a frame of the kind that was sent", type(frame))
        return msgpack.unpackb(frame) if self.packed else json.loads(frame)

    async def ask(self, action, status, **body):
        """The body of the answer, which has a status."""
        print("> %s %s" % (action, json.dumps(body)))
        headers = {**self.headers, "X-Auth-Token": TOKEN} if action == "authenticate" else self.headers
        request = {"action": action, "headers": headers, "body": body}
        await self.connection.send(msgpack.packb(request) if self.packed else json.dumps(request))
        answer = await self.frame()
        want("headers" in answer, "an answer to " + action, answer)
        print("< %s" % answer["headers"]["status"])
        want(answer["headers"]["status"] == status, "status %d" % status, answer["body"])
        want(answer["request"]["action"] == action, "an answer to " + action, answer["request"])
        return answer["body"]


async def queue_and_claim(client, queue):
    await client.ask("authenticate", 200)
    await client.ask("queue_create", 201, queue_name=queue)
    posted = await client.ask("message_post", 201, queue_name=queue, messages=[{"body": b, "ttl": 300} for b in BODIES])
    want(len(posted["message_ids"]) == len(BODIES), "an id for each message", posted)
    listed = await client.ask("message_list", 200, queue_name=queue, echo=True)
    want([m["body"] for m in listed["messages"]] == BODIES, BODIES, listed)
    claim = await client.ask("claim_create", 201, queue_name=queue, ttl=100, grace=100, limit=2)
    want([m["body"] for m in claim["messages"]] == BODIES[:2], "the first two messages", claim)
    held = {"queue_name": queue, "claim_id": claim["claim_id"]}
    await client.ask("message_delete", 204, message_id=claim["messages"][0]["id"], **held)
    left = await client.ask("claim_get", 200, **held)
    want(len(left["messages"]) == 1, "one message", left)
    await client.ask("claim_update", 204, ttl=200, grace=200, **held)
    await client.ask("claim_delete", 204, **held)
    listed = await client.ask("message_list", 200, queue_name=queue, echo=True)
    want([m["body"] for m in listed["messages"]] == BODIES[1:], BODIES[1:], listed)


async def notification(client, queue):
    subscription = await client.ask("subscription_create", 201, queue_name=queue, ttl=300)
    await client.ask("message_post", 201, queue_name=queue, messages=[{"body": b, "ttl": 300} for b in BODIES])
    for body in BODIES:
        note = await client.frame()
        print("< notification", json.dumps(note))
        want((note["body"], note["queue_name"], note["Message_Type"]) == (body, queue, "Notification"),
             "a notification of %r" % body, note)
    await client.ask("subscription_delete", 204, queue_name=queue, subscription_id=subscription["subscription_id"])


async def journey(connect):
    for packed in False, True:
        print("== MessagePack" if packed else "== JSON")
        connection = await asyncio.wait_for(connect(URL), WAIT)
        client = Client(connection, packed)
        queue = "clients-" + uuid.uuid4().hex
        await queue_and_claim(client, queue)
        await notification(client, queue)
        await client.ask("queue_delete", 204, queue_name=queue)
        code = await asyncio.wait_for(connection.close(), WAIT)
        print("closed with", code)
        want(code == 1000, "the connection closed with 1000", code)


def run(connect):
    """Makes the journey with connect(url), which ends in a connection."""
    asyncio.run(journey(connect))
