// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"io"
	"strings"
	"testing"
)

func TestLengthsFindsTheFrameThatIsNotMinimal(t *testing.T) {
	t.Parallel()
	short := "\x82\x83mask" + "abc"
	medium := "\x82\xfe\x00\x7emask" + strings.Repeat("m", 126)
	long := "\x82\xff\x00\x00\x00\x00\x00\x01\x00\x00mask" + strings.Repeat("l", 1<<16)
	unmasked := "\x82\x01u"
	good := short + medium + long + unmasked + short
	for name, tc := range map[string]struct {
		sent string
		good int // -1 means all of it
	}{
		"minimal lengths":      {good, -1},
		"125 in two bytes":     {good + "\x82\xfe\x00\x7dmask" + short, len(good)},
		"65535 in eight bytes": {good + "\x82\xff\x00\x00\x00\x00\x00\x00\xff\xffmask", len(good)},
		"zero in eight bytes":  {"\x82\xff\x00\x00\x00\x00\x00\x00\x00\x00mask", 0},
		"half a header":        {good + "\x82\xfe\x00", -1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := tc.good
			if want < 0 {
				want = len(tc.sent)
			}
			var whole lengths
			if n, err := whole.scan([]byte(tc.sent)); n != want || (err != nil) != (tc.good >= 0) {
				t.Errorf("scan() = %d, %v, want %d", n, err, want)
			}
			var bytewise lengths
			var err error
			for i := 0; i < len(tc.sent) && err == nil; i++ {
				_, err = bytewise.scan([]byte{tc.sent[i]})
			}
			if (err != nil) != (tc.good >= 0) {
				t.Errorf("scan() byte by byte: %v", err)
			}
			if n, again := bytewise.scan([]byte(short)); err != nil && (n != 0 || again == nil) {
				t.Errorf("scan() after a bad frame = %d, %v, want it to stay bad", n, again)
			}
		})
	}
}

func TestFramesThatComeWithTheHandshakeAreHeldToTheirLengths(t *testing.T) { // FRM-15
	t.Parallel()
	const first, reply = "\x82\x85\x00\x00\x00\x00hello", "\x82\x15MessagePack 200 hello"
	wide := "\x82\xfe\x00\x05\x00\x00\x00\x00hello"
	for name, tc := range map[string]struct{ with, then, want string }{
		"a wide length first":            {wide, "", "\x88"},
		"a wide length behind a frame":   {first + wide, "", reply + "\x88"},
		"half a frame, and its rest":     {first + first[:7], first[7:] + first, reply + reply + reply},
		"half a header, and a wide rest": {first + wide[:3], wide[3:], reply + "\x88"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			conn, r := newStage(t, Options{}).raw(t, tc.with)
			if _, err := io.WriteString(conn, tc.then); err != nil {
				t.Fatal(err)
			}
			got := make([]byte, len(tc.want))
			if _, err := io.ReadFull(r, got); err != nil || string(got) != tc.want {
				t.Errorf("read %q, %v, want %q", got, err, tc.want)
			}
		})
	}
}
