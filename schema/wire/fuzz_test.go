// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/tinylib/msgp/msgp"
)

// FuzzDecode: decoding is total, every request can be echoed in both formats,
// and the echo of a good request is that request.
func FuzzDecode(f *testing.F) {
	g := readGolden(f)
	for _, q := range g.Requests {
		f.Add(false, []byte(q.JSON))
		f.Add(true, []byte(q.MsgPack))
	}
	for _, bad := range g.Refusals {
		if len(bad.Frame) < 1000 {
			f.Add(bad.Format == "msgpack", []byte(bad.Frame))
		}
	}
	for _, body := range []string{
		`"action":"message_delete_many","body":{"queue_name":"q","message_ids":["a"],"claim_ids":["b"]}`,
		`"action":"message_list","body":{"queue_name":"q","marker":"","limit":20,"echo":true,"include_claimed":false}`,
		`"action":"queue_create","body":{"queue_name":"q","metadata":{"_default_message_ttl":60,"a":[1]}}`,
		`"action":"queue_purge","body":{"queue_name":"q","resource_types":["messages"]}`,
		`"action":"claim_create","body":{"queue_name":"q","limit":1,"ttl":60,"grace":60}`,
	} {
		text := []byte("{" + goodHeaders + "," + body + "}")
		f.Add(false, text)
		packed, _ := transcode(text, 100)
		f.Add(true, packed)
	}
	f.Fuzz(func(t *testing.T, binary bool, frame []byte) {
		format := JSON
		if binary {
			format = MsgPack
		}
		door := new(Door)
		req := door.Decode(format, frame)
		response := &Response{Status: 200, Echo: req.Echo}
		text, err := door.Encode(JSON, response)
		if err != nil {
			t.Fatalf("decoded %q but cannot echo it as JSON: %v", frame, err)
		}
		packed, err := door.Encode(MsgPack, response)
		if err != nil {
			t.Fatalf("decoded %q but cannot echo it as MessagePack: %v", frame, err)
		}
		if a, b := canonText(t, text), canonPacked(t, packed); a != b {
			t.Fatalf("decoded %q and echo it as\n%s\n%s", frame, a, b)
		}
		if req.Refusal != nil {
			if req.Refusal.Rule == "" || req.Refusal.Text == "" || !utf8.ValidString(req.Refusal.Error()) {
				t.Fatalf("decoded %q to a refusal without words: %+v", frame, req.Refusal)
			}
			return
		}
		if err := req.Body.Decode(bodies[req.Action]()); err != nil {
			t.Fatalf("%q is accepted, but its body does not decode: %v", frame, err)
		}
		wantSame(t, req, &parts{action: req.Echo.Action, body: req.Echo.Body, headers: req.Echo.Headers})
	})
}

// bodies makes the typed body of each action.
var bodies = map[string]func() msgp.Unmarshaler{
	"authenticate":         func() msgp.Unmarshaler { return new(Authenticate) },
	"queue_create":         func() msgp.Unmarshaler { return new(QueueCreate) },
	"queue_update":         func() msgp.Unmarshaler { return new(QueueUpdate) },
	"queue_get":            func() msgp.Unmarshaler { return new(QueueGet) },
	"queue_list":           func() msgp.Unmarshaler { return new(QueueList) },
	"queue_delete":         func() msgp.Unmarshaler { return new(QueueDelete) },
	"subscription_confirm": func() msgp.Unmarshaler { return new(SubscriptionConfirm) },
	"queue_share":          func() msgp.Unmarshaler { return new(QueueShare) },
	"queue_purge":          func() msgp.Unmarshaler { return new(QueuePurge) },
	"queue_get_stats":      func() msgp.Unmarshaler { return new(QueueGetStats) },
	"message_post":         func() msgp.Unmarshaler { return new(MessagePost) },
	"message_list":         func() msgp.Unmarshaler { return new(MessageList) },
	"message_get":          func() msgp.Unmarshaler { return new(MessageGet) },
	"message_get_many":     func() msgp.Unmarshaler { return new(MessageGetMany) },
	"message_delete":       func() msgp.Unmarshaler { return new(MessageDelete) },
	"message_delete_many":  func() msgp.Unmarshaler { return new(MessageDeleteMany) },
	"claim_create":         func() msgp.Unmarshaler { return new(ClaimCreate) },
	"claim_get":            func() msgp.Unmarshaler { return new(ClaimGet) },
	"claim_update":         func() msgp.Unmarshaler { return new(ClaimUpdate) },
	"claim_delete":         func() msgp.Unmarshaler { return new(ClaimDelete) },
	"subscription_create":  func() msgp.Unmarshaler { return new(SubscriptionCreate) },
	"subscription_get":     func() msgp.Unmarshaler { return new(SubscriptionGet) },
	"subscription_list":    func() msgp.Unmarshaler { return new(SubscriptionList) },
	"subscription_update":  func() msgp.Unmarshaler { return new(SubscriptionUpdate) },
	"subscription_delete":  func() msgp.Unmarshaler { return new(SubscriptionDelete) },
	"pool_create":          func() msgp.Unmarshaler { return new(PoolCreate) },
	"pool_get":             func() msgp.Unmarshaler { return new(PoolGet) },
	"pool_list":            func() msgp.Unmarshaler { return new(PoolList) },
	"pool_update":          func() msgp.Unmarshaler { return new(PoolUpdate) },
	"pool_delete":          func() msgp.Unmarshaler { return new(PoolDelete) },
	"flavor_create":        func() msgp.Unmarshaler { return new(FlavorCreate) },
	"flavor_get":           func() msgp.Unmarshaler { return new(FlavorGet) },
	"flavor_list":          func() msgp.Unmarshaler { return new(FlavorList) },
	"flavor_update":        func() msgp.Unmarshaler { return new(FlavorUpdate) },
	"flavor_delete":        func() msgp.Unmarshaler { return new(FlavorDelete) },
	"get_home_doc":         func() msgp.Unmarshaler { return new(GetHomeDoc) },
	"ping_node":            func() msgp.Unmarshaler { return new(PingNode) },
	"check_node_health":    func() msgp.Unmarshaler { return new(CheckNodeHealth) },
}

// wantSame sends the echo of a good request, and wants it accepted and echoed alike.
func wantSame(t *testing.T, req *Request, p *parts) {
	t.Helper()
	if req.Action == "authenticate" {
		return // its echo lacks the token that it needs
	}
	b := append([]byte("\x83\xa6action"), p.action...)
	b = appendOr(append(b, "\xa4body"...), p.body, codeFixMap)
	b = appendOr(append(b, "\xa7headers"...), p.headers, codeFixMap)
	again := new(Door).Decode(MsgPack, b)
	if again.Refusal != nil {
		t.Fatalf("the echo of a good request is refused: %x: %v", b, again.Refusal)
	}
	if again.Action != req.Action || !bytes.Equal(again.Body, req.Body) || !bytes.HasSuffix(b, again.Echo.Headers) {
		t.Fatalf("%x is read as %+v, want %+v", b, again, req)
	}
}

// FuzzTranscodeText: what is accepted is JSON, has the value that encoding/json
// reads, and survives being written; what is JSON is refused for a reason only.
func FuzzTranscodeText(f *testing.F) {
	g := readGolden(f)
	for _, v := range g.Values {
		if len(v.JSON) < 1000 {
			f.Add([]byte(v.JSON))
		}
	}
	for _, bad := range g.Refusals {
		if bad.Format == "json" && len(bad.Frame) < 1000 {
			f.Add([]byte(bad.Frame))
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		valid := json.Valid(text) && utf8.Valid(text)
		b, r := transcode(text, 100)
		if r == nil {
			_, r = walk(b, 100)
		}
		if r != nil {
			switch r.Rule {
			case ruleNumber, ruleInteger, ruleSurrogate, ruleDuplicate, ruleDepth:
			default:
				if valid {
					t.Fatalf("%q is JSON but refused: %v", text, r)
				}
			}
			return
		}
		if !valid {
			t.Fatalf("%q is no JSON but accepted", text)
		}
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.UseNumber()
		var v any
		if err := decoder.Decode(&v); err != nil {
			t.Fatal(err)
		}
		if got, want := canon(b), canonGo(t, v); got != want {
			t.Fatalf("%q reads as %s, want %s", text, got, want)
		}
		if got, want := canonText(t, appendJSON(nil, b)), canon(b); got != want {
			t.Fatalf("%q is written and read back as %s, want %s", text, got, want)
		}
	})
}

// FuzzTranscodeBinary: what is accepted is MessagePack to its last byte and
// survives JSON; what is no MessagePack is none for msgp either.
func FuzzTranscodeBinary(f *testing.F) {
	g := readGolden(f)
	for _, v := range g.Values {
		for _, form := range append(v.Also, v.MsgPack) {
			if len(form) < 1000 {
				f.Add([]byte(form))
			}
		}
	}
	for _, bad := range g.Refusals {
		if bad.Format == "msgpack" && len(bad.Frame) < 1000 {
			f.Add([]byte(bad.Frame))
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		rest, err := msgp.Skip(b)
		whole := err == nil && len(rest) == 0
		_, r := walk(b, 100)
		if r != nil {
			if r.Rule == ruleMsgPack && whole {
				t.Fatalf("%x is MessagePack but refused: %v", b, r)
			}
			return
		}
		if !whole || skip(b, 0) != len(b) {
			t.Fatalf("%x is not one value but accepted", b)
		}
		if got, want := canonText(t, appendJSON(nil, b)), canon(b); got != want {
			t.Fatalf("%x is written and read back as %s, want %s", b, got, want)
		}
	})
}

// canonText is canon of a JSON text that has to be good, as a reply is.
func canonText(t *testing.T, text []byte) string {
	t.Helper()
	if !json.Valid(text) || !utf8.Valid(text) {
		t.Fatalf("written as %q, which is no JSON", text)
	}
	b, r := transcode(text, 102)
	if r != nil {
		t.Fatalf("written as %q, which is refused: %v", text, r)
	}
	return canonPacked(t, b)
}

func canonPacked(t *testing.T, b []byte) string {
	t.Helper()
	if _, r := walk(b, 102); r != nil {
		t.Fatalf("written as %x, which is refused: %v", b, r)
	}
	return canon(b)
}

// canonGo is canon of what encoding/json reads with UseNumber.
func canonGo(t *testing.T, v any) string {
	t.Helper()
	switch v := v.(type) {
	case string:
		return canon(msgp.AppendString(nil, v))
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		if strings.ContainsAny(v.String(), ".eE") {
			n, err := v.Float64()
			if err != nil {
				t.Fatal(err)
			}
			return canon(msgp.AppendFloat64(nil, n))
		}
		if v == "-0" {
			return "0"
		}
		return v.String()
	case []any:
		all := make([]string, 0, len(v))
		for _, item := range v {
			all = append(all, canonGo(t, item))
		}
		return "[" + strings.Join(all, ",") + "]"
	case map[string]any:
		all := make([]string, 0, len(v))
		for key, value := range v {
			all = append(all, canonGo(t, key)+":"+canonGo(t, value))
		}
		return sorted(all)
	}
	return "null"
}
