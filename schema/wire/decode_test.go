// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"reflect"
	"strings"
	"testing"
)

const goodHeaders = `"headers":{"Client-ID":"7b1f6a2e-97a0-4b9c-8f43-0e9f0c9d3b51","X-Project-ID":"p1"}`

func TestDecodeSaysWhatIsWrongAndWhere(t *testing.T) {
	t.Parallel()
	post := func(messages string) string {
		return `{"action":"message_post",` + goodHeaders + `,"body":{"queue_name":"q","messages":` + messages + `}}`
	}
	for name, tc := range map[string]struct{ frame, want string }{
		"an empty frame":            {``, "the frame is empty"},
		"a frame cut short":         {`{"a":`, "not valid JSON: ends where it should go on, at byte 5"},
		"a comma too many":          {`{"a":1,}`, "not valid JSON at byte 7: a key in double quotes is due"},
		"a key without quotes":      {`{"body":{a:1}}`, "not valid JSON at byte 9: a key in double quotes is due"},
		"bytes after the value":     {`{} x`, "not valid JSON at byte 3: more after the value"},
		"an unknown escape":         {`{"a":"\x"}`, "not valid JSON at byte 7: no such escape"},
		"a raw control character":   {"{\"a\":\"\x01\"}", "not valid JSON at byte 6: a control character in a string must be escaped"},
		"a key twice":               {post(`[{"body":{"a":1,"\u0061":2}}]`), `body.messages[0].body: has the key "a" more than once`},
		"a huge integer":            {`{"a":[7,99999999999999999999]}`, "a[1]: 99999999999999999999 is outside of -2^63 to 2^64-1"},
		"a huge float":              {post(`[{"body":1e400}]`), "body.messages[0].body: 1e400 is too large for a 64-bit float"},
		"half a surrogate pair":     {post(`[{"body":"\ud800x"}]`), `body.messages[0].body: has half a surrogate pair (\ud800)`},
		"a key that is no word":     {`{"a b":{"":[nul]}}`, `not valid JSON at byte 12: a value is due`},
		"a list":                    {`[]`, "a request must be a map, not a list"},
		"an unknown action":         {`{"action":"queue_drop"}`, `action: "queue_drop" is not a valid action`},
		"no action":                 {`{}`, "action: is required"},
		"an action that is a list":  {`{"action":[]}`, "action: must be a string, not a list"},
		"another api":               {`{"action":"queue_list","api":"v3"}`, `api: must be "v2"`},
		"headers that are a string": {`{"action":"queue_list","headers":""}`, "headers: must be a map, not a string"},
		"no headers":                {`{"action":"queue_list"}`, "headers.Client-ID: is required"},
		"a null body":               {`{"action":"queue_list",` + goodHeaders + `,"body":null}`, "body: must be a map, not null"},
		"a float as an integer":     {post(`[{"body":1,"ttl":60.0}]`), "body.messages[0].ttl: must be an integer, not a float"},
		"a boolean as an integer":   {post(`[{"body":1,"ttl":true}]`), "body.messages[0].ttl: must be an integer, not a boolean"},
		"null as an integer":        {post(`[{"body":1,"ttl":null}]`), "body.messages[0].ttl: must be an integer, not null"},
		"a ttl too short":           {post(`[{"body":1},{"body":1,"ttl":59}]`), "body.messages[1].ttl: must be at least 60"},
		"a negative ttl":            {post(`[{"body":1,"ttl":-60}]`), "body.messages[0].ttl: must be at least 60"},
		"a ttl too long":            {post(`[{"body":1,"ttl":1209601}]`), "body.messages[0].ttl: must be at most 1209600"},
		"a ttl beyond int64":        {post(`[{"body":1,"ttl":18446744073709551615}]`), "body.messages[0].ttl: must be at most 1209600"},
		"a message without a body":  {post(`[{"ttl":60}]`), "body.messages[0].body: is required"},
		"no messages":               {post(`[]`), "body.messages: must have at least 1 item"},
		"a message that is a list":  {post(`[[]]`), "body.messages[0]: must be a map, not a list"},
		"a long key is cut": {
			`{"` + strings.Repeat("é", 30) + `":1e999}`,
			`["` + strings.Repeat("é", 20) + `…"]: 1e999 is too large for a 64-bit float`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			req := new(Door).Decode(JSON, []byte(tc.frame))
			if req.Refusal == nil {
				t.Fatalf("Decode accepts %s", tc.frame)
			}
			if got := req.Refusal.Error(); got != tc.want {
				t.Errorf("Decode(%s)\n got %s\nwant %s", tc.frame, got, tc.want)
			}
			if req.Refusal.Req == "" && !strings.HasPrefix(req.Refusal.Path, "body.") {
				t.Errorf("Decode(%s) names no requirement", tc.frame)
			}
		})
	}
}

func TestDecodeFillsAGoodRequest(t *testing.T) {
	t.Parallel()
	text := `{"api":"v2","body":{"queue_name":"q","messages":[{"body":null}]},"action":"message_post","id":[1],` + goodHeaders + `}`
	req := new(Door).Decode(JSON, []byte(text))
	if req.Refusal != nil {
		t.Fatal(req.Refusal)
	}
	if req.Action != "message_post" || req.Headers.ClientID != "7b1f6a2e-97a0-4b9c-8f43-0e9f0c9d3b51" || req.Headers.ProjectID != "p1" {
		t.Errorf("Decode = %+v", req)
	}
	if got, want := string(appendJSON(nil, req.Body)), `{"queue_name":"q","messages":[{"body":null}]}`; got != want {
		t.Errorf("body is %s, want %s", got, want)
	}
}

func TestARefusedRequestHasNothingButItsEcho(t *testing.T) {
	t.Parallel()
	req := new(Door).Decode(JSON, []byte(`{"action":"message_post",`+goodHeaders+`,"body":{}}`))
	if req.Refusal == nil || req.Action != "" || req.Body != nil || !reflect.DeepEqual(req.Headers, Headers{}) {
		t.Errorf("Decode = %+v, want nothing but Echo and Refusal", req)
	}
	if len(req.Echo.Action) == 0 || len(req.Echo.Headers) == 0 || len(req.Echo.Body) == 0 {
		t.Errorf("Decode echoes %+v, want all that came", req.Echo)
	}
}

func TestAnAbsentBodyIsAnEmptyMap(t *testing.T) {
	t.Parallel()
	req := new(Door).Decode(JSON, []byte(`{"action":"queue_list",`+goodHeaders+`}`))
	if req.Refusal != nil || string(req.Body) != "\x80" {
		t.Errorf("Decode = %+v, want the body {}", req)
	}
}

func TestADoorKeepsItsOwnLimits(t *testing.T) {
	t.Parallel()
	door := Door{Limits: Limits{MaxDepth: 4, MaxMessageTTL: 100}}
	deep := func(levels int) []byte {
		return []byte(`{"x":` + strings.Repeat("[", levels) + strings.Repeat("]", levels) + `}`)
	}
	if r := door.Decode(JSON, deep(3)).Refusal; r.Rule != ruleAction {
		t.Errorf("4 levels: %v, want them let through to the action", r)
	}
	if r := door.Decode(JSON, deep(4)).Refusal; r.Rule != ruleDepth || r.Path != "x[0][0][0]" {
		t.Errorf("5 levels: %v, want them refused", r)
	}
	long := `{"action":"message_post",` + goodHeaders + `,"body":{"queue_name":"q","messages":[{"ttl":101,"body":1}]}}`
	if r := door.Decode(JSON, []byte(long)).Refusal; r == nil || r.Error() != "body.messages[0].ttl: must be at most 100" {
		t.Errorf("a ttl of 101: %v, want at most 100", r)
	}
}

func TestTheDepthLimitIsExact(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		levels  int
		refused bool
	}{{100, false}, {101, true}} {
		text := `{"x":` + strings.Repeat("[", tc.levels-1) + strings.Repeat("]", tc.levels-1) + `}`
		binary := "\x81\xa1x" + strings.Repeat("\x91", tc.levels-2) + "\x90"
		for f, frame := range map[Format]string{JSON: text, MsgPack: binary} {
			if r := new(Door).Decode(f, []byte(frame)).Refusal; (r.Rule == ruleDepth) != tc.refused {
				t.Errorf("%d levels in %s: %v", tc.levels, f, r)
			}
		}
	}
}
