// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// What the pages show as MessagePack is what python-msgpack writes, and each byte of
// it is explained.
func TestFramesAreEncodedAsPythonEncodesThem(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../testdata/frames/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	type pair struct {
		Name    string `json:"name"`
		JSON    string `json:"json"`
		MsgPack string `json:"msgpack"`
	}
	var golden struct {
		Values   []pair `json:"values"`
		Requests []pair `json:"requests"`
	}
	if err := json.Unmarshal(text, &golden); err != nil || len(golden.Values) == 0 || len(golden.Requests) == 0 {
		t.Fatalf("golden.json: %v", err)
	}
	for _, g := range append(golden.Values, golden.Requests...) {
		got, runs, err := encode([]byte(g.JSON))
		if err != nil || hex.EncodeToString(got) != g.MsgPack {
			t.Errorf("%s: encode(%s) = %x, %v, want %s", g.Name, g.JSON, got, err, g.MsgPack)
		}
		var all strings.Builder
		for _, r := range runs {
			all.WriteString(strings.ReplaceAll(r.Hex, " ", ""))
		}
		if all.String() != g.MsgPack {
			t.Errorf("%s: the runs are %s, want %s", g.Name, all.String(), g.MsgPack)
		}
	}
}

func TestEachRunSaysWhatItsBytesAre(t *testing.T) {
	t.Parallel()
	_, runs, err := encode([]byte(`{"ttl": 300, "body": [null, -1, 1.5, true]}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []run{
		{Hex: "82", Form: "map of 2"},
		{Hex: "a3 74 74 6c", Depth: 1, Key: true, Value: `"ttl"`, Form: "string, 3 bytes"},
		{Hex: "cd 01 2c", Depth: 2, Value: "300", Form: "integer"},
		{Hex: "a4 62 6f 64 79", Depth: 1, Key: true, Value: `"body"`, Form: "string, 4 bytes"},
		{Hex: "94", Depth: 2, Form: "list of 4"},
		{Hex: "c0", Depth: 3, Value: "null", Form: "nil"},
		{Hex: "ff", Depth: 3, Value: "-1", Form: "integer"},
		{Hex: "cb 3f f8 00 00 00 00 00 00", Depth: 3, Value: "1.5", Form: "float64"},
		{Hex: "c3", Depth: 3, Value: "true", Form: "bool"},
	}
	if len(runs) != len(want) {
		t.Fatalf("%d runs, want %d: %+v", len(runs), len(want), runs)
	}
	for i := range want {
		if runs[i] != want[i] {
			t.Errorf("run %d is %+v, want %+v", i, runs[i], want[i])
		}
	}
}
