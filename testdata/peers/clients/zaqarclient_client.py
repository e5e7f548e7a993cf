# SPDX-License-Identifier: Apache-2.0
"""Debian's python-zaqarclient over WebSocket, as its documentation shows: it authenticates
first, by itself, and takes the next frame for the answer to what it asked.

Settings and what is printed are those of journey.py.
"""
import json
import uuid

import journey
from zaqarclient.transport import get_transport_for, request


def ask(ws, action, status, **body):
    print("> %s %s" % (action, json.dumps(body)))
    answer = ws.send(request.Request(journey.URL, action, content=json.dumps(body)))
    print("<", answer.status_code)
    journey.want(answer.status_code == status, "status %d" % status, answer.content)
    return json.loads(answer.content)


def flow(ws):
    queue = {"queue_name": "zaqarclient-" + uuid.uuid4().hex}
    ask(ws, "queue_create", 201, **queue)
    ask(ws, "message_post", 201, messages=[{"body": b, "ttl": 300} for b in journey.BODIES], **queue)
    listed = ask(ws, "message_list", 200, echo=True, **queue)
    journey.want([m["body"] for m in listed["messages"]] == journey.BODIES, journey.BODIES, listed)
    claim = ask(ws, "claim_create", 201, ttl=100, grace=100, **queue)
    held = {"claim_id": claim["claim_id"], **queue}
    ask(ws, "message_delete", 204, message_id=claim["messages"][0]["id"], **held)
    ask(ws, "claim_delete", 204, **held)
    made = ask(ws, "subscription_create", 201, ttl=300, **queue)
    ask(ws, "message_post", 201, messages=[{"body": "news", "ttl": 300}], **queue)
    note = ws.recv()
    journey.want((note["body"], note["queue_name"]) == ("news", queue["queue_name"]), "a notification", note)
    ask(ws, "subscription_delete", 204, subscription_id=made["subscription_id"], **queue)
    ask(ws, "subscription_create", 201, ttl=300, **queue)
    ask(ws, "queue_delete", 204, **queue)
    ask(ws, "queue_list", 200)


options = {"os_auth_token": journey.TOKEN, "os_project_id": journey.PROJECT}
with get_transport_for(journey.URL, version=2, options={"auth_opts": {"backend": "keystone", "options": options}}) as ws:
    flow(ws)
