// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

func TestTheDecisionsHoldWhatIsMeasured(t *testing.T) {
	all, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []struct {
		name, file string
		measure    func() (string, error)
	}{
		{"sizes", aboutEncodings, func() (string, error) { return sizeTable(all) }},
		{"transports", aboutTransports, func() (string, error) { return transportTable(t.Context(), all) }},
	} {
		table, err := page.measure()
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(page.file)
		if err != nil {
			t.Fatal(err)
		}
		want, err := between(string(text), page.name, table)
		if err != nil {
			t.Fatal(err)
		}
		if want != string(text) {
			t.Errorf("the %s in %s are not those that are measured; `make encodings` writes them:\n%s", page.name, page.file, table)
		}
	}
}

func TestEverySpeedIsMeasured(t *testing.T) {
	all, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all[:1] {
		table, err := speedTable([]sample{s}, time.Microsecond, 1)
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(table, "–"); n != len(doors()) {
			t.Errorf("%d cells are empty, want only the server's writing of a post:\n%s", n, table)
		}
	}
}

// What the server sends is what the tables tell of.
func TestTheServerWritesTheSameFrames(t *testing.T) {
	all, err := samples()
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if _, asks := s.packed.(*post); asks {
			continue
		}
		for f, of := range map[wire.Format]func(sample) (codec, error){wire.JSON: jsonCodec, wire.MsgPack: msgpackCodec} {
			ours, err := doorCodec(f)(s)
			if err != nil {
				t.Fatal(err)
			}
			theirs, err := of(s)
			if err != nil {
				t.Fatal(err)
			}
			got, err := ours.write()
			if err != nil {
				t.Fatal(err)
			}
			want, err := theirs.write()
			if err != nil {
				t.Fatal(err)
			}
			if len(got) != len(want) {
				t.Errorf("%s as %v: the server writes %d bytes, the table tells of %d:\n%q\n%q", s.name, f, len(got), len(want), got, want)
			}
			if f == wire.JSON && !reflect.DeepEqual(value(t, got), value(t, want)) {
				t.Errorf("%s: the server writes %s, the table tells of %s", s.name, got, want)
			}
		}
	}
}

func value(t *testing.T, text []byte) any {
	t.Helper()

	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}
