// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/tinylib/msgp/msgp"
)

func TestEncodeWritesTheWholeReply(t *testing.T) {
	t.Parallel()
	body := mustTranscode(t, `{"message_ids":["a","b"]}`)
	for name, tc := range map[string]struct {
		response Response
		want     string
	}{
		"a refused frame": {
			Response{Status: 400},
			`{"request":{"action":null,"body":{},"headers":{},"api":"v2"},"body":{},"headers":{"status":400}}`,
		},
		"an absent body and absent headers are maps": {
			Response{Status: 204, Echo: Echo{Action: Raw("\xaaqueue_list")}},
			`{"request":{"action":"queue_list","body":{},"headers":{},"api":"v2"},"body":{},"headers":{"status":204}}`,
		},
		"a null body stays null": {
			Response{Status: 400, Body: Raw(nil), Echo: Echo{Action: Raw("\xa1x"), Body: Raw{codeNil}}},
			`{"request":{"action":"x","body":null,"headers":{},"api":"v2"},"body":null,"headers":{"status":400}}`,
		},
		"a body": {
			Response{Status: 201, Body: Raw(body), Echo: Echo{Action: Raw("\xa1x"), Headers: mustTranscode(t, `{"a":1.0}`)}},
			`{"request":{"action":"x","body":{},"headers":{"a":1.0},"api":"v2"},"body":{"message_ids":["a","b"]},"headers":{"status":201}}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := new(Door).Encode(JSON, &tc.response)
			if err != nil || string(text) != tc.want {
				t.Errorf("Encode as JSON\n got %s, %v\nwant %s", text, err, tc.want)
			}
			binary, err := new(Door).Encode(MsgPack, &tc.response)
			if want := mustTranscode(t, tc.want); err != nil || !bytes.Equal(binary, want) {
				t.Errorf("Encode as MessagePack\n got %x, %v\nwant %x", binary, err, want)
			}
		})
	}
}

// bodyFunc is a response body made for one test.
type bodyFunc func(b []byte) ([]byte, error)

func (f bodyFunc) MarshalMsg(b []byte) ([]byte, error) { return f(b) }

func TestEncodeFailsOnABodyOutsideOfTheValueSpace(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]bodyFunc{
		"NaN":        func(b []byte) ([]byte, error) { return msgp.AppendFloat64(b, math.NaN()), nil },
		"bin":        func(b []byte) ([]byte, error) { return msgp.AppendBytes(b, []byte("x")), nil },
		"nothing":    func(b []byte) ([]byte, error) { return b, nil },
		"two values": func(b []byte) ([]byte, error) { return append(b, 1, 2), nil },
		"an error":   func(b []byte) ([]byte, error) { return b, errors.New("no") },
		"bad UTF-8":  func(b []byte) ([]byte, error) { return msgp.AppendString(b, "\xff"), nil },
	} {
		for _, f := range []Format{JSON, MsgPack} {
			if reply, err := new(Door).Encode(f, &Response{Status: 200, Body: body}); err == nil {
				t.Errorf("%s as %s: Encode = %q, want an error", name, f, reply)
			}
		}
	}
}

func TestAFloatStaysAFloat(t *testing.T) {
	t.Parallel()
	for want, f := range map[string]float64{
		"1.0": 1, "-0.0": math.Copysign(0, -1), "0.0": 0, "0.1": 0.1, "1e+21": 1e21, "100000000000000000000.0": 1e20,
		"1e-07": 1e-7, "0.000001": 1e-6, "1.7976931348623157e+308": math.MaxFloat64, "5e-324": 5e-324,
	} {
		if got := string(appendFloat(nil, f)); got != want {
			t.Errorf("appendFloat(%v) = %s, want %s", f, got, want)
		}
	}
}

func TestAFloat32IsWrittenAsTheFloat64ItStandsFor(t *testing.T) {
	t.Parallel()
	if got, want := string(appendJSON(nil, msgp.AppendFloat32(nil, 0.1))), "0.10000000149011612"; got != want {
		t.Errorf("float32 0.1 is written as %s, want %s", got, want)
	}
}

func TestTextIsEscapedWhereJSONDemandsItOnly(t *testing.T) {
	t.Parallel()
	got := string(appendText(nil, []byte("\"\\/\b\f\n\r\t\x00\x1f\x7f<>&é😀\u2028")))
	if want := `"\"\\/\u0008\u000c\n\r\t\u0000\u001f` + "\x7f<>&é😀\u2028" + `"`; got != want {
		t.Errorf("appendText = %s, want %s", got, want)
	}
}

func TestAMessagePackReplyIsWrittenWithoutAllocating(t *testing.T) {
	req := new(Door).Decode(MsgPack, packedPost(t, 20))
	response := &Response{Status: 201, Body: Raw("\x81\xabmessage_ids\x90"), Echo: req.Echo}
	dst := make([]byte, 0, 8<<10)
	door := new(Door)
	if n := testing.AllocsPerRun(100, func() {
		if _, err := door.AppendReply(dst, MsgPack, response); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("AppendReply allocates %v times, want 0", n)
	}
}

func TestAPostIsWrittenWithoutAllocating(t *testing.T) {
	post := new(MessagePost)
	req := new(Door).Decode(MsgPack, packedPost(t, 20))
	if err := req.Body.Decode(post); err != nil {
		t.Fatal(err)
	}
	dst := make([]byte, 0, post.Msgsize())
	if n := testing.AllocsPerRun(100, func() {
		if _, err := post.MarshalMsg(dst); err != nil {
			t.Fatal(err)
		}
	}); n != 0 {
		t.Errorf("MarshalMsg allocates %v times, want 0", n)
	}
}

func TestCredentialsNeverComeBack(t *testing.T) {
	t.Parallel()
	for _, headers := range []string{
		`{"X-Auth-Token":"secret"}`,
		`{"URL-Signature":"secret","a":1}`,
		`{"a":[1,{"b":2}],"X-Auth-Token":{"secret":["secret"]},"c":null,"URL-Signature":"secret","d":"x"}`,
	} {
		req := new(Door).Decode(JSON, []byte(`{"action":"queue_list","headers":`+headers+`}`))
		reply, err := new(Door).Encode(JSON, &Response{Status: 400, Echo: req.Echo})
		if err != nil || strings.Contains(string(reply), "secret") || strings.Contains(string(reply), "X-Auth") {
			t.Errorf("headers %s come back as %s, %v", headers, reply, err)
		}
	}
}
