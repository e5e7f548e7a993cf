#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Serves queues, messages and claims by the Zaqar WebSocket protocol (spec/), in memory, on loopback, to everyone."""
import argparse, asyncio, collections, copy, inspect, ipaddress, json, logging, math, re, secrets, signal, time
from http import HTTPStatus
from types import SimpleNamespace

import msgpack, websockets
from websockets.legacy import framing, server

MAX_FRAME, MAX_DEPTH, MAX_POST, MAX_METADATA, MAX_CONNECTIONS = 2097152, 100, 262144, 65536, 1000
OPENING_TIME, SENDING_TIME, SWEEPING_TIME = 5, 60, 10  # seconds
now = time.monotonic
STARTED = time.time() - now()

class Refused(Exception):
    """The status and the text that a client gets in place of what it asked for."""

def need(holds, where, rule):
    if not holds:
        raise Refused(400, f"{where}: {rule}")

class Rule(collections.namedtuple("Rule", "kind low high pattern of fields required", defaults=[None] * 5 + [()])):
    """What a value has to be. The bounds are those of an integer, of a string's characters or of a list's items."""
    names = {dict: "a map", list: "a list", str: "a string", int: "an integer", bool: "a boolean"}
    def check(self, where, value):
        need(type(value) is self.kind, where, f"must be {self.names[self.kind]}")
        measure = len(value) if self.kind in (str, list) else value
        need(self.low is None or measure >= self.low, where, f"must be or have at least {self.low}")
        need(self.high is None or measure <= self.high, where, f"must be or have at most {self.high}")
        need(self.pattern is None or re.fullmatch(self.pattern, value), where, f"must match {self.pattern}")
        for i, item in enumerate(value if self.of else ()):
            self.of.check(f"{where}[{i}]", item)
        for key in self.required:
            need(key in value, f"{where}.{key}", "is required")
        for key in value if self.fields else ():
            if key in self.fields:
                self.fields[key].check(f"{where}.{key}", value[key])

BOOLEAN, INTEGER, STRING, MAP = Rule(bool), Rule(int), Rule(str), Rule(dict)
NAME, PAGE, IDS = Rule(str, 1, 64, pattern="[a-zA-Z0-9_.-]+"), Rule(int, 1, 20), Rule(list, 1, 20, of=STRING)
CLAIM_TIME, MESSAGE_TTL, DELAY = Rule(int, 60, 43200), Rule(int, 60, 1209600), Rule(int, 0, 900)
RESOURCES = Rule(list, of=Rule(str, pattern="messages|subscriptions"))
MESSAGES = Rule(list, 1, of=Rule(dict, fields={"ttl": MESSAGE_TTL, "delay": DELAY}, required=["body"]))
PATCH = Rule(list, 0, 100, of=Rule(dict, required=["op", "path"], fields={
    "op": Rule(str, pattern="add|replace|remove"), "path": Rule(str, pattern="/metadata(/([^/~]|~[01])+)+")}))
METADATA = Rule(dict, fields={
    "_default_message_ttl": MESSAGE_TTL, "_max_messages_post_size": Rule(int, 1, MAX_POST), "_default_message_delay": DELAY,
    "_max_claim_count": Rule(int, 1), "_dead_letter_queue": NAME, "_dead_letter_queue_messages_ttl": MESSAGE_TTL,
    "_enable_encrypt_messages": BOOLEAN, "_retry_policy": Rule(dict, fields={
        **dict.fromkeys(("retries_with_no_delay", "minimum_delay_retries", "minimum_delay", "maximum_delay",
                         "maximum_delay_retries"), INTEGER), "ignore_subscription_override": BOOLEAN,
        "retry_backoff_function": Rule(str, pattern="linear|arithmetic|geometric|exponential")})})
HEADERS = Rule(dict, fields={
    "Client-ID": Rule(str, pattern="-?".join("[0-9a-fA-F]{%d}" % n for n in (8, 4, 4, 4, 12))),
    "X-Project-ID": Rule(str, 1, 256), "X-Auth-Token": STRING, "User-Agent": STRING, "Date": STRING, "Accept": STRING})

def check_metadata(queue_name, metadata):
    METADATA.check("body.metadata", metadata)
    check_value(metadata, 3)  # as deep as it would lie in a queue_create (QUE-49)
    need(len(msgpack.packb(metadata)) <= MAX_METADATA, "body.metadata", f"must take at most {MAX_METADATA} bytes")
    policy = metadata.get("_retry_policy", {})
    need(policy.get("maximum_delay", 30) >= policy.get("minimum_delay", 5) + 10, "body.metadata._retry_policy",
         "must have a maximum_delay of at least 10 s more than its minimum_delay")
    need(metadata.get("_dead_letter_queue") != queue_name, "body.metadata._dead_letter_queue", "must be another queue")

class Kept(dict):
    """What is kept, by names or ids."""
    def __missing__(self, key):
        raise Refused(404, f"There is no {key[-1] if type(key) is tuple else key}.")

class Message:
    last = 0  # the last place that was given

    def __init__(self, queue, client, ttl, delay, body):
        # A place in the order of all messages is a time, so that it does not tell how many others post.
        self.place = Message.last = max(Message.last + 1, time.monotonic_ns())
        self.id, self.client, self.ttl, self.delay, self.body = queue.marker(self), client, ttl, delay, body
        self.since, self.claim, self.claims = now(), None, 0

    def lease(self, claim):
        """Gives the message to a claim that begins now, and lets it live until the grace after it (CLM-13, CLM-14)."""
        self.claim, self.ttl = claim, max(self.ttl, math.ceil(now() - self.since) + claim.ttl + claim.grace)

    def shown(self):
        created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(STARTED + self.since))
        return {"id": self.id, "claim_id": self.claim and self.claim.id, "ttl": self.ttl, "age": int(now() - self.since),
                "body": self.body, "claim_count": self.claims, "created": created}

class Queue:
    """A queue is tidied each time that it is looked at, so what has ended is never seen."""
    def __init__(self, metadata):
        self.metadata, self.tag, self.messages, self.claims = metadata, secrets.token_hex(8), Kept(), Kept()

    def marker(self, message):
        return f"{self.tag}-{message.place:x}"

    def behind(self, marker):
        """The messages behind one that is there, or was; all of them behind any other marker (MSG-31, MSG-32, MSG-53)."""
        gone = re.fullmatch(self.tag + "-([0-9a-f]{1,16})", marker)
        start = int(gone[1], 16) if gone else self.messages[marker].place if marker in self.messages else 0
        return [m for m in self.messages.values() if m.place > start]

    def free(self):
        return [m for m in self.messages.values() if m.claim is None and now() - m.since >= m.delay]

    def held(self, claim):
        return [m for m in self.messages.values() if m.claim is claim]

    def end_claim(self, claim):
        del self.claims[claim.id]
        for message in self.held(claim):
            message.claim = None

    def tidy(self):
        for claim in [c for c in self.claims.values() if now() - c.since >= c.ttl]:
            self.end_claim(claim)
        self.remove([m for m in self.messages.values() if now() - m.since >= m.ttl])
        return self

    def remove(self, messages):
        for message in messages:
            del self.messages[message.id]

class Actions:
    """The actions, for one caller. A parameter is a field of the body, with its rule, and a default if it may be absent."""
    _queues = Kept()  # by project and name
    def __init__(self, project, client):
        self._project, self._client = project, client

    def _find(self, queue_name):
        """The queue, or an empty one that is kept nowhere."""
        return (self._queues.get((self._project, queue_name)) or Queue({})).tidy()

    def _get(self, queue_name):
        return self._queues[self._project, queue_name].tidy()

    def _make(self, queue_name, metadata):
        return self._queues.setdefault((self._project, queue_name), Queue(metadata))

    def _bury(self, message, queue):
        """Moves a message that was claimed too often (CLM-31, CLM-33, CLM-35 to CLM-37)."""
        dead = self._make(queue.metadata["_dead_letter_queue"], {})
        queue.remove([message])
        message.claims = message.delay = 0
        if "_dead_letter_queue_messages_ttl" in queue.metadata:
            message.ttl = math.ceil(now() - message.since) + queue.metadata["_dead_letter_queue_messages_ttl"]
        dead.messages = Kept((m.id, m) for m in sorted([*dead.messages.values(), message], key=lambda m: m.place))

    def authenticate(self):
        return 200, {"message": "This server is open."}

    def queue_create(self, queue_name: NAME, metadata: MAP = {}):
        check_metadata(queue_name, metadata)
        if (self._project, queue_name) not in self._queues:
            self._make(queue_name, metadata)
            return 201, {}

    def queue_get(self, queue_name: NAME):
        return 200, self._get(queue_name).metadata

    def queue_update(self, queue_name: NAME, patch: PATCH):
        for i, step in enumerate(patch):
            need(step["op"] == "remove" or "value" in step, f"body.patch[{i}].value", "is required")
        queue = self._get(queue_name)
        metadata, patch = copy.deepcopy((queue.metadata, patch))
        for step in patch:
            keys = [key.replace("~1", "/").replace("~0", "~") for key in step["path"].split("/")[2:]]
            change(metadata, step["op"], keys, step.get("value"))
        check_metadata(queue_name, metadata)
        queue.metadata = metadata
        return 200, metadata

    def queue_list(self, marker: STRING = "", limit: PAGE = 10, detailed: BOOLEAN = False):
        names = sorted(name for project, name in self._queues if project == self._project and name > marker)[:limit]
        queues = [{"name": name, **({"metadata": self._find(name).metadata} if detailed else {})} for name in names]
        return 200, {"queues": queues, "marker": names[-1] if names else marker}

    def queue_delete(self, queue_name: NAME):
        self._queues.pop((self._project, queue_name), None)

    def queue_get_stats(self, queue_name: NAME):
        messages = list(self._get(queue_name).messages.values())
        claimed = sum(m.claim is not None for m in messages)
        ends = {"oldest": messages[0].shown(), "newest": messages[-1].shown()} if messages else {}
        return 200, {"messages": {"claimed": claimed, "free": len(messages) - claimed, "total": len(messages), **ends}}

    def queue_purge(self, queue_name: NAME, resource_types: RESOURCES = ["messages"]):
        queue = self._find(queue_name)
        queue.remove(queue.held(None) if "messages" in resource_types else [])

    def message_post(self, queue_name: NAME, messages: MESSAGES):
        metadata = self._find(queue_name).metadata
        most = metadata.get("_max_messages_post_size", MAX_POST)
        need(len(msgpack.packb(messages)) <= most, "body.messages", f"must take at most {most} bytes")
        ttl, delay = metadata.get("_default_message_ttl", 3600), metadata.get("_default_message_delay", 0)
        queue = self._make(queue_name, {})
        posted = [Message(queue, self._client, m.get("ttl", ttl), m.get("delay", delay), m["body"]) for m in messages]
        queue.messages.update((m.id, m) for m in posted)
        return 201, {"message_ids": [m.id for m in posted]}

    def message_list(self, queue_name: NAME, marker: STRING = "", limit: PAGE = 10, echo: BOOLEAN = False,
                     include_claimed: BOOLEAN = False, include_delayed: BOOLEAN = False):
        queue = self._get(queue_name)
        page = [m for m in queue.behind(marker)
                if (echo or m.client != self._client) and (include_claimed or m.claim is None)
                and (include_delayed or now() - m.since >= m.delay)][:limit]
        return 200, {"messages": [m.shown() for m in page], "marker": queue.marker(page[-1]) if page else marker}

    def message_get(self, queue_name: NAME, message_id: STRING):
        return 200, {"messages": self._get(queue_name).messages[message_id].shown()}

    def message_get_many(self, queue_name: NAME, message_ids: IDS):
        messages = self._find(queue_name).messages
        return 200, {"messages": [messages[each].shown() for each in message_ids if each in messages]}

    def message_delete(self, queue_name: NAME, message_id: STRING, claim_id: STRING = None):
        queue = self._find(queue_name)
        if claim_id is not None and message_id in queue.messages:
            need(queue.messages[message_id].claim and claim_id in queue.claims, "body.claim_id", "must hold the message")
        return self.message_delete_many(queue_name, [message_id], claim_ids=[claim_id])

    def message_delete_many(self, queue_name: NAME, message_ids: IDS = None, pop: PAGE = None, claim_ids: IDS = ()):
        need((message_ids is None) != (pop is None), "body", "must have either message_ids or pop")
        queue = self._find(queue_name)
        if pop:
            taken = queue.free()[:pop]
            queue.remove(taken)
            return 200, {"messages": [m.shown() for m in taken]}
        named = [queue.messages[each] for each in set(message_ids) if each in queue.messages]
        if any(m.claim and m.claim.id not in claim_ids for m in named):
            raise Refused(403, "A message is claimed, and its claim was not given.")
        queue.remove(named)

    def claim_create(self, queue_name: NAME, limit: PAGE = 10, ttl: CLAIM_TIME = 300, grace: CLAIM_TIME = 60):
        queue, leased = self._find(queue_name), []
        claim = SimpleNamespace(id=secrets.token_hex(16), ttl=ttl, grace=grace, since=now())
        most = queue.metadata.get("_max_claim_count") if "_dead_letter_queue" in queue.metadata else None
        for message in queue.free():
            if len(leased) == limit:
                break
            if most and message.claims >= most:
                self._bury(message, queue)
            else:
                leased.append(message)
                message.claims += 1
                message.lease(claim)
        if leased:
            queue.claims[claim.id] = claim
            return 201, {"claim_id": claim.id, "messages": [m.shown() for m in leased]}

    def claim_get(self, queue_name: NAME, claim_id: STRING):
        queue = self._get(queue_name)
        claim = queue.claims[claim_id]
        return 200, {"age": int(now() - claim.since), "ttl": claim.ttl, "messages": [m.shown() for m in queue.held(claim)]}

    def claim_update(self, queue_name: NAME, claim_id: STRING, ttl: CLAIM_TIME = None, grace: CLAIM_TIME = None):
        queue = self._get(queue_name)
        claim = queue.claims[claim_id]
        claim.ttl, claim.grace, claim.since = ttl or claim.ttl, grace or claim.grace, now()
        for message in queue.held(claim):
            message.lease(claim)

    def claim_delete(self, queue_name: NAME, claim_id: STRING):
        queue = self._find(queue_name)
        if claim_id in queue.claims:
            queue.end_claim(queue.claims[claim_id])

ACTIONS = {}
for action, does in vars(Actions).items():
    if not action.startswith("_"):
        _, *parameters = inspect.signature(does).parameters.values()
        ACTIONS[action] = Rule(dict, fields={p.name: p.annotation for p in parameters},
                               required=[p.name for p in parameters if p.default is p.empty])

def change(node, op, keys, value):
    """Does an operation of a JSON Patch to what stands under the keys (QUE-45, QUE-48)."""
    key, *rest = keys
    new = op == "add" and not rest
    if type(node) is list and re.fullmatch("0|[1-9][0-9]{0,8}|-", key):
        key = len(node) if key == "-" else int(key)
    places = node if type(node) is dict else range(len(node) + new) if type(node) is list else ()
    if key not in places and not (new and type(node) is dict):
        raise Refused(409, f"body.patch: there is no {key} for {op}")
    if rest:
        change(node[key], op, rest, value)
    elif op == "remove":
        del node[key]
    elif new and type(node) is list:
        node.insert(key, value)
    else:
        node[key] = value

def unique(pairs):
    need(len(dict(pairs)) == len(pairs), "message", "must hold no key twice in one map")
    return dict(pairs)

def decode(frame):
    """The value in a frame, which is one that both formats have (FRM-43 to FRM-52)."""
    try:
        value = (json.loads if isinstance(frame, str) else msgpack.unpackb)(frame, object_pairs_hook=unique)
    except (ValueError, TypeError, RecursionError, msgpack.UnpackException) as fault:
        raise Refused(400, f"the message cannot be decoded: {fault}") from fault
    check_value(value)
    MAP.check("message", value)
    return value

def check_value(value, level=1):
    if type(value) in (dict, list):
        need(level <= MAX_DEPTH, "message", f"must be nested at most {MAX_DEPTH} deep")
        for inner in [*value, *value.values()] if type(value) is dict else value:
            check_value(inner, level + 1)
    else:
        fits = {str: lambda: not re.search("[\ud800-\udfff]", value), int: lambda: -2**63 <= value < 2**64,
                float: lambda: math.isfinite(value), bool: lambda: True, type(None): lambda: True}.get(type(value))
        need(fits and fits(), "message", "must hold no lone surrogate, no bytes, no extension and no number beyond 64 bits")

def perform(action, headers, body):
    """The status and the body of the reply to a request, or nothing for a status of 204."""
    need(type(action) is str and action in ACTIONS, "action", "must name an action of this server")
    required = ["X-Project-ID", "X-Auth-Token" if action == "authenticate" else "Client-ID"]
    HEADERS._replace(required=required).check("headers", headers)
    ACTIONS[action].check("body", body)
    caller = Actions(headers["X-Project-ID"], headers.get("Client-ID", "").replace("-", "").lower())
    return getattr(caller, action)(**{key: body[key] for key in ACTIONS[action].fields if key in body})

def answer(frame):
    """The frame that answers a frame, in the same format."""
    echo = {"action": None, "body": {}, "headers": {}, "api": "v2"}
    try:
        request = decode(frame)
        headers = {} if request.get("headers") is None else request["headers"]
        echo.update(action=request.get("action"), body=request.get("body", {}), headers=copy.copy(headers))
        for credential in ("X-Auth-Token", "URL-Signature") if type(headers) is dict else ():
            echo["headers"].pop(credential, None)
        need(request.get("api", "v2") == "v2", "api", "must be v2")
        status, body = perform(echo["action"], headers, echo["body"]) or (204, {})
    except Refused as refusal:
        status, body = refusal.args[0], {"error": refusal.args[1]}
    except Exception:  # whatever it is, it has an answer (FRM-22, FRM-37)
        logging.exception("a request failed")
        status, body = 500, {"error": "The server failed."}
    reply = {"request": echo, "body": body, "headers": {"status": status}}
    return json.dumps(reply, ensure_ascii=False) if isinstance(frame, str) else msgpack.packb(reply)

class Connection(server.WebSocketServerProtocol):
    async def handshake(self, **options):
        return await asyncio.wait_for(super().handshake(**options), OPENING_TIME)

    async def process_request(self, path, headers):
        """What an opening handshake that is not let in is answered with (FRM-6, FRM-9, FRM-78)."""
        if "Upgrade" in headers and headers.get_all("Sec-WebSocket-Version") != ["13"]:
            return HTTPStatus.BAD_REQUEST, [("Sec-WebSocket-Version", "13")], b"The version must be 13.\n"
        if "Origin" in headers and headers["Origin"].partition("://")[2] != headers.get("Host"):
            return HTTPStatus.FORBIDDEN, [], b"This origin is not let in.\n"
        if len(self.ws_server.websockets) > MAX_CONNECTIONS:
            return HTTPStatus.SERVICE_UNAVAILABLE, [], b"There are too many connections.\n"

    async def read_frame(self, max_size):
        """Refuses a length that is not in the fewest bytes, which the library takes (FRM-15)."""
        parts = []

        async def read(n):
            parts.append(await self.reader.readexactly(n))
            return parts[-1]

        frame = await framing.Frame.read(read, mask=True, max_size=max_size)
        if len(parts[1]) != (4 if len(frame.data) < 126 else 2 if len(frame.data) < 65536 else 8):
            raise websockets.ProtocolError("a length is not in the fewest bytes")
        return frame

    async def converse(self):
        """Answers the requests, one after the other."""
        try:
            async for frame in self:
                await asyncio.wait_for(self.send(answer(frame)), SENDING_TIME)
        except asyncio.TimeoutError:
            await self.close(1008, "replies are not read")

async def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--listen", default="127.0.0.1:9000", metavar="ADDRESS:PORT", help="a loopback address; port 0: any")
    host, _, port = parser.parse_args().listen.rpartition(":")
    if not ipaddress.ip_address(host).is_loopback:
        parser.error("whoever reaches it is let in, so it listens on loopback alone")
    logging.getLogger("websockets").setLevel(logging.CRITICAL)
    stop = asyncio.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(each, stop.set)
    async with server.serve(
            Connection.converse, host, int(port), create_protocol=Connection, subprotocols=["zaqar.v2"], compression=None,
            ping_interval=None, close_timeout=3, max_size=MAX_FRAME, max_queue=2) as listening:
        print("listening on ws://%s:%d" % listening.sockets[0].getsockname()[:2], flush=True)
        stopped = asyncio.create_task(stop.wait())
        while not (await asyncio.wait([stopped], timeout=SWEEPING_TIME))[0]:
            for queue in Actions._queues.values():
                queue.tidy()  # what nobody looks at is forgotten, too

if __name__ == "__main__":
    asyncio.run(main())
