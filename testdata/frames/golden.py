#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes golden.json: frames as Python's json and python-msgpack write them.

Run it with Debian's python3-msgpack (`make golden`), then read the diff.
README.md beside this file explains the sections.
"""

import json
import math
import pathlib
import random
import struct
import sys

import msgpack

HERE = pathlib.Path(__file__).parent
HEADERS = {"Client-ID": "7b1f6a2e-97a0-4b9c-8f43-0e9f0c9d3b51", "X-Project-ID": "p1"}


def pack(value):
    """MessagePack in the shortest forms, floats as float64."""
    return msgpack.packb(value, use_bin_type=True)


def dump(value):
    """JSON with every character as itself."""
    return json.dumps(value, ensure_ascii=False)


# --- values ------------------------------------------------------------------

def value(name, text, *also):
    """One value: its JSON text, its shortest MessagePack, other forms of it."""
    packed = pack(json.loads(text))
    for other in also:
        read = msgpack.unpackb(other)
        assert read == json.loads(text) and type(read) is type(json.loads(text)), name
    return {"name": name, "json": text, "msgpack": packed.hex(), "also": [a.hex() for a in also]}


def values():
    yield value("null", "null")
    yield value("true", "true")
    yield value("false", "false")
    yield from integers()
    yield from floats()
    yield from strings()
    yield from containers()
    yield from drawn()


def integers():
    yield value("zero", "0", b"\xcc\x00", b"\xd0\x00", b"\xcf" + bytes(8), b"\xd3" + bytes(8))
    yield value("minus zero is the integer 0", "-0")
    for edge in (1, 127, 128, 255, 256, 32767, 32768, 65535, 65536, 2**31 - 1, 2**31,
                 2**32 - 1, 2**32, 2**53, 2**53 + 1, 2**63 - 1):
        yield value(f"integer {edge}", str(edge), b"\xcf" + struct.pack(">Q", edge), b"\xd3" + struct.pack(">q", edge))
    for edge in (2**63, 2**64 - 1):
        yield value(f"integer {edge}", str(edge))
    for edge in (-1, -32, -33, -128, -129, -32768, -32769, -2**31, -2**31 - 1, -2**53 - 1, -2**63):
        yield value(f"integer {edge}", str(edge), b"\xd3" + struct.pack(">q", edge))
    yield value("300 as an int16", "300", b"\xd1\x01\x2c", b"\xd2\x00\x00\x01\x2c", b"\xce\x00\x00\x01\x2c")


def floats():
    for text in ("0.0", "-0.0", "1.0", "-1.5", "0.1", "1e0", "1E2", "1e+2", "1.5e-3", "0e0", "100000000000000000000.0",
                 "1e21", "1e22", "1e-6", "1e-7", "123456789012345680.0", "9007199254740993.0", "3.141592653589793",
                 "5e-324", "2.2250738585072014e-308", "1.7976931348623157e308", "1e-400", "-1e-400",
                 "0.30000000000000004", "18446744073709551616.0", "18446744073709551616e0"):
        yield value(f"float {text}", text)
    yield value("1.0 as a float32", "1.0", b"\xca" + struct.pack(">f", 1.0))
    widened = struct.unpack(">f", struct.pack(">f", 0.1))[0]
    yield value("a float32 is widened", repr(widened), b"\xca" + struct.pack(">f", 0.1))


def strings():
    yield value("empty string", '""', b"\xd9\x00", b"\xda\x00\x00", b"\xdb\x00\x00\x00\x00")
    for n in (31, 32, 255, 256):
        yield value(f"string of {n} characters", dump("x" * n), b"\xdb" + struct.pack(">I", n) + b"x" * n)
    yield value("every short escape", r'"\"\\\/\b\f\n\r\t"')
    yield value("control characters", r'"\u0000\u0001\u001f\u007f"')
    yield value("escapes of letters", r'"\u0061\u00e9\u20AC\uabcd\uABCD"')
    yield value("a surrogate pair", r'"\ud83d\ude00\uD800\uDC00\udbff\udfff"')
    yield value("characters as themselves", dump("é€😀\u2028\u2029\ufeff\uffff\x7f/"))
    yield value("escape after 31 plain characters", r'"%s\n"' % ("y" * 31))
    yield value("escape that shortens to a fixstr", r'"%s\u0041"' % ("z" * 30))
    yield value("nothing is html here", '"<script>&</script>"')
    yield value("white space around", " \t\r\n\"a\" \t\r\n")


def containers():
    yield value("empty list", "[]", b"\xdc\x00\x00", b"\xdd\x00\x00\x00\x00")
    yield value("empty map", "{}", b"\xde\x00\x00", b"\xdf\x00\x00\x00\x00")
    for n in (15, 16, 17, 300):
        yield value(f"list of {n}", dump(list(range(n))))
        yield value(f"map of {n}", dump({f"k{i}": i for i in range(n)}))
    yield value("lists in lists", "[[],[[]],[[],[]]]")
    yield value("a map with all kinds", '{"n":null,"b":true,"i":1,"f":1.0,"s":"s","l":[1,1.0],"m":{"":{}}}')
    yield value("keys that differ in case", '{"a":1,"A":2}')
    yield value("keys that differ in normal form", dump({"é": 1, "e\u0301": 2}))
    yield value("a key written with an escape", r'{"\u0061b":1,"\"":2,"":3}')
    yield value("a list of 20 in a list of 20", dump([[j for j in range(20)] for _ in range(20)]))
    yield value("nested 60 deep", "[" * 60 + "]" * 60)


def drawn():
    """Values drawn at random, always the same ones."""
    dice = random.Random(2)
    for i in range(40):
        yield value(f"drawn {i}", json.dumps(draw(dice, 4), ensure_ascii=dice.random() < 0.5))


def draw(dice, depth):
    kind = dice.randrange(8 if depth else 6)
    if kind == 0:
        return dice.choice([None, True, False])
    if kind in (1, 2):
        return dice.choice([-1, 1]) * dice.getrandbits(dice.randrange(1, 64))
    if kind == 3:
        return dice.uniform(-1, 1) * 10.0 ** dice.randrange(-30, 30)
    if kind in (4, 5):
        return "".join(chr(dice.choice([dice.randrange(0, 128), dice.randrange(0xA0, 0xD800), 0x1F600]))
                       for _ in range(dice.randrange(40)))
    if kind == 6:
        return [draw(dice, depth - 1) for _ in range(dice.randrange(20))]
    return {f"key {i}": draw(dice, depth - 1) for i in range(dice.randrange(20))}


def different():
    """Pairs that are not the same value."""
    for name, a, b in (
        ("an integer is no float", "1", "1.0"),
        ("zero is not zero point zero", "0", "0.0"),
        ("a boolean is no integer", "true", "1"),
        ("false is not 0", "false", "0"),
        ("null is not false", "null", "false"),
        ("a string is no number", '"1"', "1"),
        ("strings compare by code points", dump("é"), dump("e\u0301")),
        ("integers beyond 2^53 keep their last digit", str(2**53), str(2**53 + 1)),
        ("lists are ordered", "[1,2]", "[2,1]"),
        ("a list is no map", "[]", "{}"),
        ("a key more", '{"a":1}', '{"a":1,"b":null}'),
    ):
        yield {"name": name, "json": [a, b], "msgpack": [pack(json.loads(a)).hex(), pack(json.loads(b)).hex()]}


# --- requests ----------------------------------------------------------------

def request(name, payload, **echo):
    """A good request in both formats, and what its reply's `request` says."""
    want = {"action": payload["action"], "body": payload.get("body", {}), "headers": payload["headers"], "api": "v2"}
    want.update(echo)
    return {"name": name, "json": dump(payload), "msgpack": pack(payload).hex(),
            "echo": {"json": dump(want), "msgpack": pack(want).hex()}}


def requests():
    post = {"action": "message_post", "headers": HEADERS,
            "body": {"queue_name": "fizbit", "messages": [{"ttl": 300, "body": {"event": "BackupStarted"}}, {"ttl": 60, "body": None}]}}
    yield request("a post of two messages", post)
    yield request("keys in another order", dict(reversed(post.items())))
    yield request("unknown keys", {**post, "id": 7, "trace": {"a": [1]}, "body": {**post["body"], "extra": 1.0},
                                   "headers": {**HEADERS, "X-Trace": [1, None]}})
    yield request("credentials are not repeated", {**post, "headers": {**HEADERS, "X-Auth-Token": "secret", "URL-Signature": "secret"}},
                  headers=HEADERS)
    yield request("other headers are repeated", {**post, "headers": {**HEADERS, "X-Auth-Tokens": "not one", "User-Agent": "a"}})
    yield request("api said", {**post, "api": "v2"})
    yield request("no body where none is needed", {"action": "queue_list", "headers": HEADERS})
    yield request("an empty body", {"action": "queue_list", "headers": HEADERS, "body": {}})
    yield request("a body of every kind", {**post, "body": {"queue_name": "q", "messages": [
        {"body": b} for b in (None, True, 1, 1.0, -1, 2**64 - 1, "é😀\n", [], {}, [[{"a": [0.1]}]])]}})
    yield request("twenty messages", {**post, "body": {"queue_name": "q", "messages": [
        {"ttl": 60 + i, "body": {"n": i, "event": "BackupStarted"}} for i in range(20)]}})


# --- refusals ----------------------------------------------------------------

READABLE = object()


def refusals():
    yield from refused_text()
    yield from refused_binary()
    yield from refused_both()


def text(name, rule, req, frame, where=""):
    raw = frame if isinstance(frame, bytes) else frame.encode()
    return {"name": name, "format": "json", "frame": raw.hex(), "text": raw.decode(errors="replace")[:200],
            "rule": rule, "req": req, "where": where, "echo": None}


def binary(name, rule, req, frame, where=""):
    return {"name": name, "format": "msgpack", "frame": frame.hex(), "rule": rule, "req": req, "where": where, "echo": None}


def within(item):
    """The text of a post with item, a piece of JSON, as the body of a message."""
    return '{"action":"message_post","headers":%s,"body":{"queue_name":"q","messages":[{"body":%s}]}}' % (dump(HEADERS), item)


def packed_within(item):
    """The same, packed."""
    marked = pack({"action": "message_post", "headers": HEADERS, "body": {"queue_name": "q", "messages": [{"body": "@@"}]}})
    return marked.replace(pack("@@"), item)


BODY = "body.messages[0].body"


def refused_text():
    for name, frame in (
        ("empty text", ""), ("white space only", " \n"), ("not JSON", "hello"), ("a value is missing", '{"a":}'),
        ("two values", "{} {}"), ("bytes after the value", "{}x"), ("a byte order mark", "\ufeff{}"),
        ("a trailing comma in a map", '{"a":1,}'), ("a trailing comma in a list", "[1,]"), ("a leading comma", "[,1]"),
        ("no comma", "[1 2]"), ("no colon", '{"a" 1}'), ("single quotes", "{'a':1}"), ("a key without quotes", "{a:1}"),
        ("a key that is a number", "{1:1}"), ("an open map", '{"a":1'), ("an open list", "[1"), ("an open string", '"abc'),
        ("a wrong bracket", "[1}"), ("a comment", "{/**/}"), ("a literal cut short", "[tru]"), ("a literal in capitals", "[True]"),
        ("a leading zero", "[01]"), ("a leading plus", "[+1]"), ("a lone minus", "[-]"), ("a leading point", "[.5]"),
        ("a trailing point", "[1.]"), ("an empty exponent", "[1e]"), ("a signed empty exponent", "[1e+]"), ("hexadecimal", "[0x1]"),
        ("an unknown escape", r'["\x41"]'), ("an escape cut short", r'["\u12"]'), ("an escape that is no hex", r'["\u12g4"]'),
        ("a raw control character", '["\x01"]'), ("a raw newline in a string", '["\n"]'), ("a form feed as white space", "\f{}"),
        ("a no-break space as white space", "\u00a0{}"), ("a byte 0 after the value", "{}\0"), ("an escaped quote at the end", '"\\"'),
    ):
        yield text(name, "json", "FRM-43", frame)
    for name, item in (("NaN", "NaN"), ("Infinity", "Infinity"), ("minus Infinity", "-Infinity"), ("1e400", "1e400"), ("minus 1e400", "-1e400"),
                       ("a long float", "9" * 400 + ".0")):
        yield text(name, "number", "FRM-49", within(item), BODY)
    for name, item in (("2^64", str(2**64)), ("-2^63-1", str(-2**63 - 1)), ("40 digits", "9" * 40), ("5000 digits", "1" * 5000)):
        yield text(name, "integer", "FRM-50", within(item), BODY)
    for name, item in (("a high surrogate alone", r'"\ud800"'), ("a low surrogate alone", r'"\udc00"'),
                       ("surrogates in the wrong order", r'"\udc00\ud800"'), ("a high surrogate and a letter", r'"\ud800\u0041"'),
                       ("a high surrogate and a plain letter", r'"\ud800A"'), ("two high surrogates", r'"\ud800\ud800"'),
                       ("a surrogate at the end", r'"a\ud83d"')):
        yield text(name, "surrogate", "FRM-50", within(item), BODY)
    yield text("a key with half a surrogate pair", "surrogate", "FRM-50", within(r'{"\ud800":1}'), BODY)
    for name, item in (("a key twice", '{"a":1,"a":1}'), ("a key twice, once escaped", r'{"a":1,"\u0061":2}'),
                       ("a key twice among many", dump({f"k{i}": i for i in range(50)})[:-1] + ',"k7":0}')):
        yield text(name, "duplicate", "FRM-48", within(item), BODY)
    yield text("a key of the request twice", "duplicate", "FRM-48", '{"action":"queue_list","action":"queue_list"}')
    yield text("a string that is not UTF-8", "utf8", "FRM-46", b'{"a":"\xff"}', "a")
    yield text("an overlong encoding", "utf8", "FRM-46", b'{"a":"\xc0\x80"}', "a")
    yield text("an encoded surrogate", "utf8", "FRM-46", b'{"a":"\xed\xa0\x80"}', "a")
    yield text("nested 101 deep", "depth", "FRM-52", '{"x":' + "[" * 100 + "]" * 100 + "}")
    yield text("nested 10000 deep", "depth", "FRM-52", "[" * 10000)


def refused_binary():
    whole = pack({"action": "queue_list", "headers": HEADERS})
    for name, frame in (
        ("empty binary", b""), ("0xc1", b"\xc1"), ("0xc1 within", b"\x81\xa1a\xc1"), ("two values in one frame", b"\x80\x80"),
        ("a byte after the value", whole + b"\xc0"), ("JSON text in a binary frame", b'{"action":"queue_list"}'),
        ("a request cut short", whole[:-1]), ("a map without its elements", b"\x82\xa6action"),
        ("a string longer than the frame", b"\x81\xa1a\xdb\xff\xff\xff\xffabc"),
        ("a list longer than the frame", b"\x81\xa1a\xdd\xff\xff\xff\xff"), ("a map longer than the frame", b"\xdf\xff\xff\xff\xff"),
        ("a length cut short", b"\x81\xa1a\xdd\xff"), ("a number cut short", b"\x81\xa1a\xcf\x00"), ("a float cut short", b"\x81\xa1a\xcb\x00"),
        ("a key without a value", b"\x81\xa1a"), ("a key cut short", b"\x81\xa5ab"),
    ):
        yield unreadable(name, "msgpack", "FRM-44", frame)
    for name, item in (("bin", pack(b"abc")), ("empty bin", b"\xc4\x00"), ("bin16", b"\xc5\x00\x01a"), ("bin32", b"\xc6\x00\x00\x00\x01a"),
                       ("fixext 1", b"\xd4\x05a"), ("fixext 16", b"\xd8\x05" + b"a" * 16), ("ext8", b"\xc7\x03\x05abc"),
                       ("ext16", b"\xc8\x00\x01\x05a"), ("ext32", b"\xc9\x00\x00\x00\x01\x05a"),
                       ("a timestamp", pack(msgpack.Timestamp(1, 0)))):
        yield binary(name, "foreign", "FRM-50", packed_within(item), BODY)
    nan, inf = pack(math.nan), pack(math.inf)
    for name, item in (("binary NaN", nan), ("binary infinity", inf), ("binary minus infinity", pack(-math.inf)),
                       ("float32 NaN", b"\xca\x7f\xc0\x00\x00"), ("float32 infinity", b"\xca\x7f\x80\x00\x00")):
        yield binary(name, "finite", "FRM-50", packed_within(item), BODY)
    for name, key in (("an integer key", b"\x01"), ("a null key", b"\xc0"), ("a list key", b"\x90"), ("a map key", b"\x80"),
                      ("a boolean key", b"\xc3"), ("a float key", pack(1.0)), ("a bin key", pack(b"a")), ("an ext key", b"\xd4\x05a")):
        yield binary(name, "key", "FRM-47", packed_within(b"\x81" + key + b"\xc0"), BODY)
    for name, chars in (("a binary string that is not UTF-8", b"\xff"), ("a binary overlong encoding", b"\xc0\x80"),
                        ("a binary encoded surrogate", b"\xed\xa0\x80"), ("half a character", b"\xc3")):
        yield binary(name, "utf8", "FRM-46", packed_within(bytes([0xA0 + len(chars)]) + chars), BODY)
    yield binary("a binary key that is not UTF-8", "utf8", "FRM-46", packed_within(b"\x81\xa1\xff\xc0"), BODY)
    yield binary("a binary key twice", "duplicate", "FRM-48", packed_within(b"\x82\xa1a\x01\xa1a\x02"), BODY)
    yield binary("a binary key twice in two forms", "duplicate", "FRM-48", packed_within(b"\x82\xa1a\x01\xd9\x01a\x02"), BODY)
    many = b"\xde\x00\x15" + b"".join(pack(f"k{i % 20}") + pack(i) for i in range(21))
    yield binary("a binary key twice among many", "duplicate", "FRM-48", packed_within(many), BODY)
    yield binary("binary nested 101 deep", "depth", "FRM-52", b"\x81\xa1x" + b"\x91" * 99 + b"\x90")
    yield binary("binary nested 10000 deep", "depth", "FRM-52", b"\x91" * 10000 + b"\xc0")


def unreadable(name, rule, req, frame):
    try:
        msgpack.unpackb(frame)
    except Exception:
        return binary(name, rule, req, frame)
    raise AssertionError(f"{name}: python-msgpack reads it")


def both(name, rule, req, payload, where, echo=READABLE):
    """A refusal that both formats share. echo is what the reply repeats."""
    if echo is READABLE:
        echo = {"action": payload.get("action"), "body": payload.get("body", {}), "headers": payload.get("headers") or {}, "api": "v2"}
    said = None if echo is None else {"json": dump(echo), "msgpack": pack(echo).hex()}
    yield {**text(name, rule, req, dump(payload), where), "echo": said}
    yield {**binary(name + ", binary", rule, req, pack(payload), where), "echo": said}


def refused_both():
    for name, payload in (("a list", []), ("null alone", None), ("a number alone", 1), ("a float alone", 1.0),
                          ("a string alone", "x"), ("true alone", True)):
        yield from both(name, "request", "FRM-45", payload, "", None)
    good = {"action": "queue_list", "headers": HEADERS, "body": {}}
    for name, action in (("null", None), ("a number", 1), ("a boolean", True), ("a list", ["queue_list"]), ("a map", {"queue_list": 1}),
                         ("an empty string", ""), ("in capitals", "QUEUE_LIST"), ("unknown", "queue_drop")):
        yield from both(f"an action that is {name}", "action", "FRM-53", {**good, "action": action}, "action")
    yield from both("no action", "action", "FRM-53", {"headers": HEADERS, "body": {}}, "action")
    yield from both("an action whose key is in capitals", "action", "FRM-53", {"ACTION": "queue_list", "headers": HEADERS}, "action")
    for name, api in (("v3", "v3"), ("a number", 2), ("null", None), ("in capitals", "V2")):
        yield from both(f"an api that is {name}", "api", "FRM-59", {**good, "api": api}, "api")
    for name, headers in (("a list", []), ("a string", "x"), ("a number", 1), ("false", False)):
        payload = {**good, "headers": headers}
        yield from both(f"headers that are {name}", "type", "FRM-54", payload, "headers",
                        {"action": "queue_list", "body": {}, "headers": headers, "api": "v2"})
    for name, body in (("null", None), ("a list", []), ("a string", "x"), ("a number", 1)):
        yield from both(f"a body that is {name}", "type", "FRM-55", {**good, "body": body}, "body")
    for name, headers in (("null", None), ("empty", {}), ("in lower case", {"client-id": HEADERS["Client-ID"], "x-project-id": "p1"})):
        yield from both(f"headers that are {name}", "required", "FRM-62", {**good, "headers": headers}, "headers.Client-ID")
    yield from both("no headers", "required", "FRM-62", {"action": "queue_list"}, "headers.Client-ID")
    yield from both("no X-Project-ID", "required", "FRM-63", {**good, "headers": {"Client-ID": HEADERS["Client-ID"]}}, "headers.X-Project-ID")


def main():
    golden = {
        "written_by": f"Python {sys.version_info[0]}.{sys.version_info[1]}, python-msgpack {'.'.join(map(str, msgpack.version))}",
        "values": list(values()),
        "different": list(different()),
        "requests": list(requests()),
        "refusals": list(refusals()),
    }
    parts = []
    for key, entry in golden.items():
        if isinstance(entry, list):
            entry = "[\n" + ",\n".join(json.dumps(case) for case in entry) + "\n]"
        else:
            entry = json.dumps(entry)
        parts.append(f"{json.dumps(key)}: {entry}")
    (HERE / "golden.json").write_text("{\n" + ",\n".join(parts) + "\n}\n")


main()
