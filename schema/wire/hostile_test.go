// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// TestAHostileFrameAllocatesLittle runs alone: TotalAlloc counts the whole process.
func TestAHostileFrameAllocatesLittle(t *testing.T) {
	const size, most = 20_000, 2 << 20
	fill := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	var keys, texts strings.Builder
	for i := 0; keys.Len() < size-8; i++ {
		fmt.Fprintf(&keys, "\xa4%04x\xc0", i)
		fmt.Fprintf(&texts, `"%04x":0,`, i)
	}
	many := "\xde" + string([]byte{byte(keys.Len() / 6 >> 8), byte(keys.Len() / 6)}) + keys.String()
	for name, tc := range map[string]struct {
		format Format
		frame  string
	}{
		"nested list headers of 65535":         {MsgPack, fill("\xdc\xff\xff")},
		"nested list headers of 2^32-1":        {MsgPack, fill("\xdd\xff\xff\xff\xff")},
		"nested map headers of 65535":          {MsgPack, fill("\xde\xff\xff\xa0")},
		"a list that claims all":               {MsgPack, "\xdc\x4e\x00" + fill("\x90")},
		"lists that each claim what is left":   {MsgPack, fill("\xdc\x10\x00")},
		"a map with 3000 keys":                 {MsgPack, many},
		"a post whose messages claim too many": {MsgPack, "\x81\xa4body\x81\xa8messages\xdd\x7f\xff\xff\xff" + fill("\x80")},
		"JSON nested without end":              {JSON, fill("[")},
		"JSON with as many keys as fit":        {JSON, "{" + texts.String() + `"x":0}`},
		"JSON of floats":                       {JSON, "[" + fill("1.,")},
		"JSON of small floats":                 {JSON, `{"a":[` + fill("1.0,") + "1]}"},
		"JSON of empty lists":                  {JSON, `{"a":[` + fill("[],") + "1]}"},
		"JSON of escapes":                      {JSON, `{"a":"` + fill(`\u0000`) + `"}`},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			req := new(Door).Decode(tc.format, []byte(tc.frame))
			runtime.ReadMemStats(&after)
			if got := after.TotalAlloc - before.TotalAlloc; got > most {
				t.Errorf("%d bytes allocated for a frame of %d, want at most %d", got, len(tc.frame), most)
			}
			if req.Refusal == nil {
				t.Error("Decode accepts it")
			}
		})
	}
}

func TestWalkingAnOrdinaryFrameAllocatesNothing(t *testing.T) {
	frame := packedPost(t, 20)
	if n := testing.AllocsPerRun(100, func() {
		if _, r := walk(frame, 100); r != nil {
			t.Fatal(r)
		}
	}); n != 0 {
		t.Errorf("walk allocates %v times, want 0", n)
	}
}

func TestAMapOfManyKeysIsReadInLinearTime(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	for i := range 200_000 { // pairwise, this would take minutes
		fmt.Fprintf(&text, `"%x":0,`, i)
	}
	req := new(Door).Decode(JSON, []byte("{"+text.String()+`"0":1}`))
	if want := `has the key "0" more than once`; req.Refusal == nil || req.Refusal.Error() != want {
		t.Errorf("Decode: %v, want %s", req.Refusal, want)
	}
}
