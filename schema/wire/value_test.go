// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// canon writes a walked value so that equal values, and only they, read the
// same: kind and value, floats as float64, maps in order of their keys.
func canon(b []byte) string {
	s, _ := canonAt(b, 0)
	return s
}

func canonAt(b []byte, i int) (string, int) {
	switch kindOf(b[i]) {
	case kindInt:
		n, negative := integerAt(b, i)
		if negative {
			return strconv.FormatInt(int64(n), 10), skip(b, i)
		}
		return strconv.FormatUint(n, 10), skip(b, i)
	case kindFloat:
		end := skip(b, i)
		return fmt.Sprintf("float %x", readFloat(b[i+1:end])+0), end // + 0: no minus zero
	case kindString:
		s, end := stringAt(b, i)
		return strconv.Quote(string(s)), end
	case kindList, kindMap:
		return canonMany(b, i)
	case kindBool:
		return strconv.FormatBool(b[i] == codeTrue), i + 1
	default:
		return "null", i + 1
	}
}

func canonMany(b []byte, i int) (string, int) {
	isMap := kindOf(b[i]) == kindMap
	n, i := countAt(b, i)
	all := make([]string, 0, n)
	for range n {
		var key, value string
		if isMap {
			key, i = canonAt(b, i)
			key += ":"
		}
		value, i = canonAt(b, i)
		all = append(all, key+value)
	}
	if isMap {
		return sorted(all), i
	}
	return "[" + strings.Join(all, ",") + "]", i
}

// sorted writes the members of a map.
func sorted(all []string) string {
	slices.Sort(all)
	return "{" + strings.Join(all, ",") + "}"
}

// mustTranscode reads a JSON text that has to be good.
func mustTranscode(t *testing.T, text string) []byte {
	t.Helper()
	b, r := transcode([]byte(text), 100)
	if r == nil {
		_, r = walk(b, 100)
	}
	if r != nil {
		t.Fatalf("transcode(%.200q) = %v, want it accepted", text, r)
	}
	return b
}
