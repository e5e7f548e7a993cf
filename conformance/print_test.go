// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"errors"
	"math"
	"strings"
	"testing"
)

func TestPrinted(t *testing.T) {
	t.Parallel()
	for want, v := range map[string]any{
		`{action: "x", body: {}, "odd key": null}`:    M{"action": "x", "body": M{}, "odd key": nil},
		`[1, 1.0, 1e+21, true, 18446744073709551615]`: L{int64(1), 1.0, 1e21, true, uint64(math.MaxUint64)},
		`absent`:      absent,
		`bin(6162)`:   Bin("ab"),
		`ext(-1, 00)`: Ext{-1, []byte{0}},
		`"<a & b>"`:   "<a & b>",
		`"` + strings.Repeat("é", 36) + `"… (73 characters)`: strings.Repeat("é", 73),
		`[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, … 13 in all]`:  append(make(L, 0), zeros(13)...),
		`[[[[[[[[[[…]]]]]]]]]]`:                              boxes(12),
	} {
		if got := printed(v); got != want {
			t.Errorf("printed = %s\nwant      %s", got, want)
		}
	}
	if got := printedWhole(boxes(12)); got != strings.Repeat("[", 12)+strings.Repeat("]", 12) {
		t.Errorf("printedWhole = %s", got)
	}
}

func zeros(n int) L {
	l := make(L, n)
	for i := range l {
		l[i] = int64(0)
	}
	return l
}

func boxes(n int) any {
	v := L{}
	for range n - 1 {
		v = L{v}
	}
	return v
}

func TestWhatCannotBeReadIsShownWhereItBreaks(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 500)
	for name, tc := range map[string]struct {
		kind Kind
		data string
		want string
	}{
		"short text":  {Text, `{"a": NaN}`, `{"a": NaN}`},
		"long text":   {Text, `"` + long + `", "b": NaN, "` + long, `… ` + strings.Repeat("x", 59) + `", "b": NaN, "` + strings.Repeat("x", 47) + ` …`},
		"no UTF-8":    {Text, "\"\xff\n\"", `"\xff\n"`},
		"MessagePack": {Binary, "\x81\xc1", "81 c1"},
		"a token":     {Text, `{"X-Auth-Token": "s"`, "(withheld: it may carry credentials)"},
	} {
		_, err := read(tc.kind.format(), []byte(tc.data))
		if err == nil {
			t.Fatalf("%s can be read", name)
		}
		if got := new(scene).spoilt(tc.kind, []byte(tc.data), err).String(); got != tc.want {
			t.Errorf("%s: %s\nwant %s", name, got, tc.want)
		}
	}
	if got := new(scene).spoilt(Text, []byte("ab"), errors.New("no place")).String(); got != "ab" {
		t.Errorf("without a place: %s", got)
	}
}
