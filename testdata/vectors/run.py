#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Judges a Zaqar server over WebSocket by the vectors beside this file; README.md says how they are read."""
import argparse, asyncio, json, math, pathlib, re, secrets, sys
import msgpack, websockets

HERE, MISSING, SECRET = pathlib.Path(__file__).parent, object(), ("x-auth-token", "url-signature")
KINDS = {"map": dict, "list": list, "string": str, "integer": int, "float": float, "bool": bool}
SHAPES = json.loads((HERE / "shapes.json").read_text("utf-8"))["shapes"]

class Broken(Exception): """Why a rule is broken, and whether it is the case's own or one that every reply is held to."""

def pairs(items):
    if len(found := dict(items)) < len(items): raise ValueError("a key twice in a map")
    return found
def number(text):
    if math.isfinite(float(text)): return float(text)
    raise ValueError("no number of JSON")
def decode(message):
    if isinstance(message, bytes): return msgpack.unpackb(message, object_pairs_hook=lambda items: pairs(list(items)))
    return json.loads(message, object_pairs_hook=pairs, parse_float=number, parse_constant=number)
def same(a, b):
    if type(a) is not type(b): return False
    if isinstance(a, dict): return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return len(a) == len(b) and all(map(same, a, b)) if isinstance(a, list) else a == b or a != a and b != b
def look(v, path):
    """What stands at a path such as body.messages[0].id; [*] stands for each item."""
    if not (steps := path if isinstance(path, list) else re.findall(r"\[[^]]*\]|[^.\[]+", path)): return v
    if isinstance(v, dict): return look(v[steps[0]], steps[1:]) if steps[0] in v else MISSING
    if not isinstance(v, list) or not re.fullmatch(r"\[(\d+|\*)\]", steps[0]): return MISSING
    if steps[0] != "[*]": return look(v[int(steps[0][1:-1])], steps[1:]) if int(steps[0][1:-1]) < len(v) else MISSING
    found = [look(e, steps[1:]) for e in v]
    return MISSING if any(e is MISSING for e in found) else found

def text(parts, replies):
    def made(n, path):
        if isinstance(v := look(replies[n - 1], path), str): return v
        raise LookupError(f"reply {n} has no string at {path}")
    return "".join(p if isinstance(p, str) else p["repeat"] * p["times"] if "repeat" in p else made(*p["$ref"]) for p in parts)
def encoded(part, binary, replies):
    if isinstance(part, str): return part.encode("latin-1" if binary else "utf-8")
    if "string" in part: return msgpack.packb(text(part["string"], replies)) if binary else json.dumps(text(part["string"], replies)).encode()
    return part["bytes"].encode("latin-1") if "bytes" in part else encoded(part["repeat"], binary, replies) * part["times"]
def operator(t): return next(iter(t.items())) if isinstance(t, dict) and len(t) == 1 else ("", None)
def ordered(values): return sorted(values, key=lambda e: json.dumps(e, sort_keys=True, default=repr))

def build(t, replies):
    """The value that a template stands for."""
    op, arg = operator(t)
    if op in ("$text", "$ref"): return text([t] if op == "$ref" else arg, replies)
    if op in ("$int", "$float"): return {"$int": int, "$float": float}[op](arg)
    if op == "$bin": return bytes.fromhex(arg)
    if op == "$ext": return msgpack.ExtType(arg[0], bytes.fromhex(arg[1]))
    if isinstance(t, list): return [build(e, replies) for e in t]
    return {build(k, replies): build(e, replies) for k, e in (arg if op == "$map" else t.items())} if isinstance(t, dict) else t

def fits(v, t, replies=()):
    """Whether a value is what a template permits."""
    op, arg = operator(t)
    if v is MISSING: return False
    if op == "$any_of": return any(fits(v, a, replies) for a in arg)
    if op == "$not": return not fits(v, arg[0], replies)
    if op == "$kind": return arg[0] == "value" or type(v) is KINDS[arg[0]]
    if op == "$between": return type(v) is int and (arg[0] is None or arg[0] <= v) and (arg[1] is None or v <= arg[1])
    if op == "$matching": return isinstance(v, str) and bool(re.search(re.sub(r"\$$", r"\\Z", arg[0]), v, re.ASCII))
    if op == "$length": return isinstance(v, (list, dict, str)) and len(v.encode() if isinstance(v, str) else v) == arg[0]
    if op == "$each": return isinstance(v, list) and all(fits(e, arg[0], replies) for e in v)
    if op == "$keys":  # those that must be there, and those that may
        some = [(must, build(k, replies), e) for must, keys in ((True, arg[0]), (False, arg[1])) for k, e in keys]
        return isinstance(v, dict) and all(fits(v[k], e, replies) if k in v else not must for must, k, e in some)
    if op == "$unordered": return isinstance(v, list) and same(ordered(v), ordered(build(arg, replies)))
    return same(v, build(t, replies))

def bare(headers): return {k: h for k, h in headers.items() if k.lower() not in SECRET} if isinstance(headers, dict) else headers
def judge(reply, step, request):
    """Holds a reply to what every reply is held to."""
    if not fits(reply, SHAPES["reply"]): raise Broken("the reply has no request, headers.status or body", False)
    status, echo = reply["headers"]["status"], reply["request"]
    if request is not None:
        headers = {} if request.get("headers") is None else bare(request["headers"])
        want = {"action": request.get("action"), "body": request.get("body", {}), "headers": headers, "api": "v2"}
        got = {k: bare(v) if k == "headers" else v for k, v in echo.items() if k in want}
        may = [want] + [{**want, "headers": {}}] * (not headers) + [{**want, "body": {}, "headers": {}}] * (step["action"] == "authenticate")
        if not any(same(got, w) for w in may): raise Broken(f"the echo is {got}, want {want}", False)
    shape = SHAPES["refusal"] if status >= 400 else SHAPES.get(step["action"], {}).get(str(status), {"$kind": ["value"]})
    if not fits(reply["body"], shape): raise Broken(f"the body of status {status} is {reply['body']}", False)

async def play(o, case, steps):
    """The verdict of a case in a format, and why."""
    conns, asked, replies = {}, {}, []
    async def send(n, s):
        if n not in conns: conns[n] = await websockets.connect(o.url, max_size=None, compression=None, ping_interval=None, close_timeout=1)
        binary = "binary" in s
        message = b"".join(encoded(p, binary, replies) for p in s["binary" if binary else "text"])
        asked.setdefault(n, []).append((binary, message))
        try: await conns[n].write_frame(True, 2 if binary else 1, message)
        except websockets.ConnectionClosed: pass  # the reply that came before says more
    async def receive(n, s):
        try: message = await asyncio.wait_for(conns[n].recv(), o.timeout)
        except asyncio.TimeoutError: raise Broken("no reply in time", False)
        except websockets.ConnectionClosed as e:  # by us, if a text message is no UTF-8
            raise Broken(f"the connection ended: {e}", "probe" not in s and not (e.sent and e.sent.code == 1007))
        binary, sent = asked[n].pop(0)
        if isinstance(message, bytes) != binary and "probe" not in s: raise Broken("a message of the other kind", False)
        try: replies.append(decode(message))
        except (ValueError, RecursionError, msgpack.UnpackException) as e: raise Broken(f"the reply cannot be read: {e}", False)
        if "probe" not in s: judge(replies[-1], s, decode(sent if binary else sent.decode()) if s["echo"] else None)
        elif look(replies[-1], "request.body.queue_name") != s["probe"]: raise Broken("another message comes before the reply", False)
    verdict, why = "pass", ""
    try:
        for s in steps:
            if "send" in s: await send(s["send"], s)
            if "receive" in s: await receive(s["receive"], s)
            for e in s.get("expect", []):
                v = look(replies[s.get("look", 0) - 1], e["path"])
                if v is not MISSING if "absent" in e else not fits(v, e["is"], replies): raise Broken(f"{e['path']} = {v}, want {e}", True)
    except Broken as e: verdict, why = "warn" if e.args[1] and case["level"] != "MUST" else "fail", e.args[0]
    except (LookupError, OSError, websockets.WebSocketException) as e: verdict, why = "untested", repr(e)
    for s in case["clean"]:
        try: await send(0, s); await asyncio.wait_for(conns[0].recv(), o.timeout)
        except (asyncio.TimeoutError, LookupError, OSError, websockets.WebSocketException): pass
    await asyncio.gather(*(c.close() for c in conns.values()))
    return verdict, why

async def main(o):
    turn, verdicts = asyncio.Semaphore(4), []
    async def one(prefix, case, name):
        mine = "zw-" + secrets.token_hex(3)
        async with turn:
            case = json.loads(json.dumps(case).replace(prefix, mine).replace(prefix.upper(), mine.upper()))
            verdict, why = await play(o, case, case["formats"][name])
        verdicts.append(verdict)
        print(f"{verdict:8} {case['case']} [{name}]{'  ' + why[:300] if why else ''}", flush=True)
    files = [json.loads(p.read_text("utf-8")) for p in sorted(HERE.glob("*.json")) if p.name not in ("shapes.json", "vectors.schema.json")]
    chosen = [(f["prefix"], c, name) for f in files for c in f["cases"] for name in c["formats"]
              if (not o.case or any(w in (c["case"], c["requirement"], f["chapter"]) for w in o.case)) and (not o.format or name in o.format)]
    try: await (await websockets.connect(o.url)).close()
    except (OSError, websockets.WebSocketException) as e: return print(f"{o.url} cannot be reached: {e}") or 3
    await asyncio.gather(*(one(*c) for c in chosen))
    print(", ".join(f"{verdicts.count(v)} {v}" for v in ("pass", "fail", "warn", "untested")))
    return 1 if "fail" in verdicts else 4 if "untested" in verdicts or not verdicts else 0

flags = argparse.ArgumentParser(description=__doc__, epilog="Ends with 0 if no MUST is broken, 1 if one is, 2 if a flag is wrong, "
                                "3 if the server cannot be reached, 4 if a case could not be exercised.")
flags.add_argument("url")
flags.add_argument("--case", action="append", help="a case, a requirement or a chapter; may be repeated")
flags.add_argument("--format", action="append", choices=["json", "msgpack"])
flags.add_argument("--timeout", type=float, default=2, help="how long a reply may take, in seconds")
sys.exit(asyncio.run(main(flags.parse_args())))
