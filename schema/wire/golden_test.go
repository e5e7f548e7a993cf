// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// golden is testdata/frames/golden.json; see the README beside it.
type golden struct {
	Values []struct {
		Name    string   `json:"name"`
		JSON    string   `json:"json"`
		MsgPack packed   `json:"msgpack"`
		Also    []packed `json:"also"`
	} `json:"values"`
	Different []struct {
		Name    string   `json:"name"`
		MsgPack []packed `json:"msgpack"`
	} `json:"different"`
	Requests []struct {
		Name    string     `json:"name"`
		JSON    string     `json:"json"`
		MsgPack packed     `json:"msgpack"`
		Echo    goldenEcho `json:"echo"`
	} `json:"requests"`
	Refusals []struct {
		Name   string      `json:"name"`
		Format string      `json:"format"`
		Rule   string      `json:"rule"`
		Req    string      `json:"req"`
		Where  string      `json:"where"`
		Frame  packed      `json:"frame"`
		Echo   *goldenEcho `json:"echo"`
	} `json:"refusals"`
}

type goldenEcho struct {
	MsgPack packed `json:"msgpack"`
}

// packed is bytes, in hexadecimal.
type packed []byte

func (p *packed) UnmarshalText(text []byte) (err error) {
	*p, err = hex.DecodeString(string(text))
	return err
}

func readGolden(tb testing.TB) *golden {
	tb.Helper()
	b, err := os.ReadFile("../../testdata/frames/golden.json")
	if err != nil {
		tb.Fatal(err)
	}
	g := new(golden)
	if err := json.Unmarshal(b, g); err != nil {
		tb.Fatal(err)
	}
	return g
}

func TestPythonsValuesAreTranscodedByteForByte(t *testing.T) {
	t.Parallel()
	for _, v := range readGolden(t).Values {
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			got := mustTranscode(t, v.JSON)
			if !bytes.Equal(got, v.MsgPack) {
				t.Fatalf("transcode(%.200q)\n got %x\nwant %x", v.JSON, got, []byte(v.MsgPack))
			}
			for _, form := range append(v.Also, v.MsgPack) {
				if _, r := walk(form, 100); r != nil {
					t.Fatalf("walk(%x) = %v, want it accepted", []byte(form), r)
				}
				if got, want := canon(form), canon(v.MsgPack); got != want {
					t.Errorf("%x reads as %.200s, want %.200s", []byte(form), got, want)
				}
				text := appendJSON(nil, form)
				if got, want := canon(mustTranscode(t, string(text))), canon(v.MsgPack); got != want {
					t.Errorf("%x written as %.200s reads back as %.200s, want %.200s", []byte(form), text, got, want)
				}
			}
		})
	}
}

func TestPythonsDifferentValuesStayDifferent(t *testing.T) {
	t.Parallel()
	for _, d := range readGolden(t).Different {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			if a, b := canon(d.MsgPack[0]), canon(d.MsgPack[1]); a == b {
				t.Errorf("%x and %x both read as %s", []byte(d.MsgPack[0]), []byte(d.MsgPack[1]), a)
			}
			a, b := appendJSON(nil, d.MsgPack[0]), appendJSON(nil, d.MsgPack[1])
			if bytes.Equal(a, b) {
				t.Errorf("both are written as %s", a)
			}
		})
	}
}

func TestPythonsRequestsAreAcceptedAndEchoed(t *testing.T) {
	t.Parallel()
	for _, q := range readGolden(t).Requests {
		for _, f := range []Format{JSON, MsgPack} {
			t.Run(q.Name+" as "+f.String(), func(t *testing.T) {
				t.Parallel()
				frame := []byte(q.JSON)
				if f == MsgPack {
					frame = q.MsgPack
				}
				req := new(Door).Decode(f, frame)
				if req.Refusal != nil {
					t.Fatalf("Decode refuses it: %v", req.Refusal)
				}
				wantReply(t, f, &req.Echo, &q.Echo)
			})
		}
	}
}

func TestPythonsBadFramesAreRefused(t *testing.T) {
	t.Parallel()
	for _, bad := range readGolden(t).Refusals {
		f := JSON
		if bad.Format == "msgpack" {
			f = MsgPack
		}
		t.Run(bad.Name, func(t *testing.T) {
			t.Parallel()
			req := new(Door).Decode(f, bad.Frame)
			if req.Refusal == nil {
				t.Fatalf("Decode accepts %.200q, want rule %s", []byte(bad.Frame), bad.Rule)
			}
			got, want := *req.Refusal, Refusal{Path: bad.Where, Rule: bad.Rule, Req: bad.Req, Text: req.Refusal.Text}
			if bad.Rule == ruleDepth {
				got.Path = "" // long, and the same all the way down
			}
			if got != want {
				t.Errorf("Decode(%.200q)\n got %+v\nwant %+v", []byte(bad.Frame), *req.Refusal, want)
			}
			if strings.TrimSpace(req.Refusal.Text) == "" {
				t.Error("the refusal has no text")
			}
			unreadable := goldenEcho{MsgPack: packed("\x84\xa6action\xc0\xa4body\x80\xa7headers\x80\xa3api\xa2v2")}
			if bad.Echo == nil {
				bad.Echo = &unreadable
			}
			wantReply(t, f, &req.Echo, bad.Echo)
		})
	}
}

// wantReply encodes a reply to a request and compares its three parts.
func wantReply(t *testing.T, f Format, echo *Echo, want *goldenEcho) {
	t.Helper()
	reply, err := new(Door).Encode(f, &Response{Status: 200, Echo: *echo})
	if err != nil {
		t.Fatalf("Encode: %v", err)
	}
	if f == JSON {
		if !json.Valid(reply) {
			t.Fatalf("the reply is no JSON: %.200s", reply)
		}
		reply = mustTranscode(t, string(reply))
	}
	wanted := append([]byte("\x83\xa7request"), want.MsgPack...)
	wanted = append(wanted, "\xa4body\x80\xa7headers\x81\xa6status\xcc\xc8"...)
	if got, want := canon(reply), canon(wanted); got != want {
		t.Errorf("reply\n got %.600s\nwant %.600s", got, want)
	}
}
