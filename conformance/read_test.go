// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
)

// golden is testdata/frames/golden.json, which Python wrote; see the README
// beside it.
type golden struct {
	Values []struct {
		Name, JSON string
		MsgPack    packed
		Also       []packed
	}
	Different []struct {
		Name    string
		JSON    []string
		MsgPack []packed
	}
	Requests []struct {
		Name, JSON string
		MsgPack    packed
		Echo       struct {
			JSON    string
			MsgPack packed
		}
	}
	Refusals []struct {
		Name, Format, Rule string
		Frame              packed
	}
}

// packed is bytes, in hexadecimal.
type packed []byte

func (p *packed) UnmarshalText(text []byte) (err error) {
	*p, err = hex.DecodeString(string(text))
	return err
}

func readGolden(tb testing.TB) *golden {
	tb.Helper()
	data, err := os.ReadFile("../testdata/frames/golden.json")
	if err != nil {
		tb.Fatal(err)
	}
	g := new(golden)
	if err := json.Unmarshal(data, g); err != nil { //nolint:musttag // the file has the same names in lower case
		tb.Fatal(err)
	}
	return g
}

func mustRead(t *testing.T, f Format, data []byte) any {
	t.Helper()
	v, err := read(f, data)
	if err != nil {
		t.Fatalf("read(%v, %.200q): %v", f, data, err)
	}
	return v
}

func mustWrite(t *testing.T, f Format, v any) []byte {
	t.Helper()
	data, err := write(f, v)
	if err != nil {
		t.Fatalf("write(%v, %v): %v", f, v, err)
	}
	return data
}

func TestPythonsValuesReadEqualInEachForm(t *testing.T) {
	t.Parallel()
	for _, g := range readGolden(t).Values {
		t.Run(g.Name, func(t *testing.T) {
			t.Parallel()
			want := mustRead(t, JSON, []byte(g.JSON))
			for _, form := range append(g.Also, g.MsgPack) {
				if got := mustRead(t, MsgPack, form); !equal(got, want) {
					t.Errorf("%x reads as %s, want %s", []byte(form), printed(got), printed(want))
				}
			}
			packed := mustWrite(t, MsgPack, want)
			if len(packed) != len(g.MsgPack) {
				t.Errorf("written as %x, want %x but for the order of keys", packed, []byte(g.MsgPack))
			}
			for _, f := range Formats() {
				if got := mustRead(t, f, mustWrite(t, f, want)); !equal(got, want) {
					t.Errorf("written as %v it reads back as %s, want %s", f, printed(got), printed(want))
				}
			}
		})
	}
}

func TestPythonsDifferentValuesStayDifferent(t *testing.T) {
	t.Parallel()
	for _, g := range readGolden(t).Different {
		t.Run(g.Name, func(t *testing.T) {
			t.Parallel()
			if v := mustRead(t, JSON, []byte(g.JSON[0])); equal(v, mustRead(t, JSON, []byte(g.JSON[1]))) {
				t.Errorf("%q and %q both read as %s", g.JSON[0], g.JSON[1], printed(v))
			}
			if v := mustRead(t, MsgPack, g.MsgPack[0]); equal(v, mustRead(t, MsgPack, g.MsgPack[1])) {
				t.Errorf("%x and %x both read as %s", g.MsgPack[0], g.MsgPack[1], printed(v))
			}
		})
	}
}

func TestPythonsRequestsAndEchoes(t *testing.T) {
	t.Parallel()
	for _, g := range readGolden(t).Requests {
		t.Run(g.Name, func(t *testing.T) {
			t.Parallel()
			request := mustRead(t, JSON, []byte(g.JSON))
			if packed := mustRead(t, MsgPack, g.MsgPack); !equal(request, packed) {
				t.Errorf("the formats read differently: %s and %s", printed(request), printed(packed))
			}
			echo := mustRead(t, MsgPack, g.Echo.MsgPack).(M)
			if want := echoOf(request); !sameEcho(echo, want) {
				t.Errorf("Python's echo %s is judged wrong, want %s", printed(echo), printed(want))
			}
		})
	}
}

func TestPythonsBadFramesAreRefused(t *testing.T) {
	t.Parallel()
	strict := []string{"json", "msgpack", "utf8", "duplicate", "number", "key"}
	for _, g := range readGolden(t).Refusals {
		f := JSON
		if g.Format == "msgpack" {
			f = MsgPack
		}
		// MessagePack has NaN, infinity and bytes as keys: a lax server may echo
		// them, and a verdict has to name their place.
		lax := f == MsgPack && (g.Rule == "number" || g.Rule == "key" && strings.Contains(g.Name, "bin"))
		if !slices.Contains(strict, g.Rule) || lax {
			continue
		}
		t.Run(g.Name, func(t *testing.T) {
			t.Parallel()
			if v, err := read(f, g.Frame); err == nil {
				t.Errorf("read(%v, %.200q) = %s, want an error", f, []byte(g.Frame), printed(v))
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		format Format
		data   string
	}{
		"nothing":                      {JSON, ""},
		"a word cut short":             {JSON, "tru"},
		"a word too long":              {JSON, "nulll"},
		"a leading zero":               {JSON, "01"},
		"a plus":                       {JSON, "+1"},
		"a bare point":                 {JSON, "1."},
		"a bare exponent":              {JSON, "1e"},
		"a bare minus":                 {JSON, "-"},
		"NaN":                          {JSON, "NaN"},
		"minus Infinity":               {JSON, "-Infinity"},
		"a float too large":            {JSON, "1e400"},
		"a raw line feed in a string":  {JSON, "\"a\nb\""},
		"an unknown escape":            {JSON, `"\x41"`},
		"a short escape":               {JSON, `"\u12"`},
		"a signed escape":              {JSON, `"\u+123"`},
		"a string without end":         {JSON, `"abc`},
		"an escape without end":        {JSON, `"\`},
		"bytes that are not UTF-8":     {JSON, "\"\xff\""},
		"a comma at the end of a list": {JSON, "[1,]"},
		"a comma at the end of a map":  {JSON, `{"a":1,}`},
		"a key that is no string":      {JSON, "{1:2}"},
		"no colon":                     {JSON, `{"a" 1}`},
		"a key twice":                  {JSON, `{"a":1,"a":1}`},
		"a key twice by escape":        {JSON, `{"a":1,"\u0061":1}`},
		"a second value":               {JSON, "1 2"},
		"a form feed":                  {JSON, "\f1"},
		"too deep":                     {JSON, strings.Repeat("[", maxDepth+2) + strings.Repeat("]", maxDepth+2)},

		"too many values": {JSON, "[0" + strings.Repeat(",0", maxValues) + "]"},

		"no bytes":                 {MsgPack, ""},
		"the byte 0xc1":            {MsgPack, "\xc1"},
		"an int cut short":         {MsgPack, "\xcd\x01"},
		"a string cut short":       {MsgPack, "\xa3ab"},
		"a list cut short":         {MsgPack, "\x92\x01"},
		"a map cut short":          {MsgPack, "\x81\xa1a"},
		"a list of 4 billion":      {MsgPack, "\xdd\xff\xff\xff\xff"},
		"a map of 4 billion":       {MsgPack, "\xdf\xff\xff\xff\xff"},
		"a string of 4 GB":         {MsgPack, "\xdb\xff\xff\xff\xff"},
		"a packed key twice":       {MsgPack, "\x82\xa1a\x01\xa1a\x02"},
		"an integer as a key":      {MsgPack, "\x81\x01\x02"},
		"a string that is no text": {MsgPack, "\xa1\xff"},
		"a value after the value":  {MsgPack, "\x01\x02"},
		"too many packed values":   {MsgPack, "\xdd\x00\x0f\xff\xff" + strings.Repeat("\x00", 1<<20-1)},
		"nested too deep":          {MsgPack, strings.Repeat("\x91", maxDepth+2) + "\xc0"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if v, err := read(tc.format, []byte(tc.data)); err == nil {
				t.Errorf("read(%v, %.60q) = %s, want an error", tc.format, tc.data, printed(v))
			}
		})
	}
}

func TestReadTellsKindsApart(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		format Format
		data   string
		want   any
	}{
		"an integer":           {JSON, "5", int64(5)},
		"a float":              {JSON, "5.0", 5.0},
		"a float by exponent":  {JSON, "5e0", 5.0},
		"minus zero":           {JSON, "-0", int64(0)},
		"the largest int64":    {JSON, "9223372036854775807", int64(math.MaxInt64)},
		"beyond it":            {JSON, "9223372036854775808", uint64(1 << 63)},
		"the smallest":         {JSON, "-9223372036854775808", int64(math.MinInt64)},
		"a pair of surrogates": {JSON, `"\ud83d\ude00"`, "😀"},
		"an integer too large": {JSON, "18446744073709551616", Huge("18446744073709551616")},
		"an integer too small": {JSON, "-9223372036854775809", Huge("-9223372036854775809")},
		"a lone low surrogate": {JSON, `"\udc00"`, "\xed\xb0\x80"},
		"a high one, a letter": {JSON, `"\ud800a"`, "\xed\xa0\x80a"},
		"a high one, a pair":   {JSON, `"\ud800\ud83d\ude00"`, "\xed\xa0\x80😀"},
		"a high one, an é":     {JSON, `"\ud800\u00e9"`, "\xed\xa0\x80é"},
		"escapes":              {JSON, `"\"\\\/\b\f\n\r\t\u0041"`, "\"\\/\b\f\n\r\tA"},
		"white space":          {JSON, " \t\r\n[ ]\n", L{}},
		"int8":                 {MsgPack, "\xd0\xff", int64(-1)},
		"int64":                {MsgPack, "\xd3\xff\xff\xff\xff\xff\xff\xff\xfe", int64(-2)},
		"uint64 that fits":     {MsgPack, "\xcf\x00\x00\x00\x00\x00\x00\x00\x05", int64(5)},
		"uint64 that does not": {MsgPack, "\xcf\xff\xff\xff\xff\xff\xff\xff\xff", uint64(math.MaxUint64)},
		"float32":              {MsgPack, "\xca\x3f\x00\x00\x00", 0.5},
		"bin":                  {MsgPack, "\xc4\x02ab", Bin("ab")},
		"ext":                  {MsgPack, "\xd5\xffab", Ext{-1, []byte("ab")}},
		"a bin key":            {MsgPack, "\x81\xc4\x01a\x01", M{"bin(61)": int64(1)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := mustRead(t, tc.format, []byte(tc.data)); !equal(got, tc.want) {
				t.Errorf("read(%v, %q) = %#v, want %#v", tc.format, tc.data, got, tc.want)
			}
		})
	}
}

func TestWriteRefusesWhatIsNoValue(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		format Format
		value  any
	}{
		"NaN as JSON":     {JSON, math.NaN()},
		"bytes as JSON":   {JSON, M{"a": []byte("b")}},
		"bad text":        {JSON, L{"\xff"}},
		"a channel":       {MsgPack, make(chan int)},
		"a map of ints":   {MsgPack, map[int]int{1: 2}},
		"deep inside":     {MsgPack, M{"a": L{struct{}{}}}},
		"a bad key":       {JSON, M{"\xff": 1}},
		"an ext as JSON":  {JSON, Ext{1, nil}},
		"infinity within": {JSON, M{"a": L{math.Inf(1)}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if data, err := write(tc.format, tc.value); err == nil {
				t.Errorf("write(%v, %v) = %q, want an error", tc.format, tc.value, data)
			}
		})
	}
}

func TestALongMessageIsRead(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 32<<20)
	for _, f := range Formats() {
		if got := mustRead(t, f, mustWrite(t, f, L{long})); !equal(got, L{long}) {
			t.Errorf("32 MiB as %v read wrong", f)
		}
	}
}

func FuzzReadJSON(f *testing.F) {
	for _, g := range readGolden(f).Values {
		f.Add([]byte(g.JSON))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		v, err := readJSON(text)
		if err == nil && !json.Valid(text) {
			t.Fatalf("%q was read, which is no JSON", text)
		}
		readsBack(t, v, err)
	})
}

func FuzzReadMsgpack(f *testing.F) {
	for _, g := range readGolden(f).Values {
		f.Add([]byte(g.MsgPack))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := readMsgPack(data)
		if err == nil && strings.Contains(printedWhole(v), "bin(") {
			return // a bin key is written as the string that stands for it
		}
		readsBack(t, v, err)
	})
}

// readsBack checks that what was read is written and read as the same value. What
// only a lax server's JSON can hold, MessagePack cannot.
func readsBack(t *testing.T, v any, err error) {
	t.Helper()
	if err != nil {
		return
	}
	for _, f := range Formats() {
		data, err := write(f, v)
		if err != nil && f == JSON || f == MsgPack && beyondMsgPack(v) {
			continue // NaN, bin and ext; Huge and lone surrogates
		}
		if got, err := read(f, data); err != nil || !equal(got, v) {
			t.Fatalf("%s, written as %q, reads back as %s, %v", printed(v), data, printed(got), err)
		}
	}
}

// beyondMsgPack says whether v holds what the judge reads only from JSON.
func beyondMsgPack(v any) bool {
	switch v := v.(type) {
	case Huge:
		return true
	case []any:
		return slices.ContainsFunc(v, beyondMsgPack)
	case map[string]any:
		for _, e := range v {
			if beyondMsgPack(e) {
				return true
			}
		}
	}
	return !clean(v)
}
