// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

var (
	errNoJSON    = errors.New("no value of JSON")
	errNoMsgPack = errors.New("an integer beyond 64 bits is no value of MessagePack")
)

// huge says whether v holds an integer that MessagePack has no form for.
func huge(v any) bool {
	switch v := v.(type) {
	case Huge:
		return true
	case []any:
		return slices.ContainsFunc(v, huge)
	case map[string]any:
		for _, e := range v {
			if huge(e) {
				return true
			}
		}
	}
	return false
}

// write encodes v, which a case wrote; keys are sorted, so that one seed gives
// the same bytes each time. It can write values that the protocol refuses:
// Bin, Ext and NaN as MessagePack.
func write(f Format, v any) ([]byte, error) {
	n, err := normal(v)
	if err != nil {
		return nil, err
	}
	if f == JSON {
		return appendJSON(nil, n)
	}
	if huge(n) {
		return nil, errNoMsgPack
	}
	return appendMsgPack(nil, n), nil
}

// read decodes one message of format f.
func read(f Format, data []byte) (any, error) {
	if f == MsgPack {
		return readMsgPack(data)
	}
	return readJSON(data)
}

func appendJSON(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case nil:
		return append(b, "null"...), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case uint64:
		return strconv.AppendUint(b, v, 10), nil
	case Huge:
		return append(b, v...), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("%v: %w", v, errNoJSON)
		}
		return append(b, floatText(v)...), nil
	case string:
		return appendQuoted(b, v)
	case []any:
		b = append(b, '[')
		for i, e := range v {
			if i > 0 {
				b = append(b, ", "...)
			}
			var err error
			if b, err = appendJSON(b, e); err != nil {
				return nil, err
			}
		}
		return append(b, ']'), nil
	case map[string]any:
		return appendObject(b, v)
	}
	return nil, fmt.Errorf("%T: %w", v, errNoJSON)
}

func appendObject(b []byte, m M) ([]byte, error) {
	b = append(b, '{')
	for i, k := range sortedKeys(m) {
		if i > 0 {
			b = append(b, ", "...)
		}
		var err error
		if b, err = appendQuoted(b, k); err != nil {
			return nil, err
		}
		b = append(b, ": "...)
		if b, err = appendJSON(b, m[k]); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

func appendQuoted(b []byte, s string) ([]byte, error) {
	if !clean(s) {
		return nil, fmt.Errorf("%q: %w", s, errNoJSON)
	}
	var quoted strings.Builder
	e := json.NewEncoder(&quoted)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		return nil, fmt.Errorf("quote %q: %w", s, err)
	}
	return append(b, strings.TrimSuffix(quoted.String(), "\n")...), nil
}

// floatText is the shortest text that reads as the same float: always with a
// `.` or an `e`, or it would be an integer.
func floatText(f float64) string {
	s := strconv.FormatFloat(f, 'g', -1, 64)
	if strings.ContainsAny(s, ".eNI") {
		return s
	}
	return s + ".0"
}

func appendMsgPack(b []byte, v any) []byte {
	switch v := v.(type) {
	case bool:
		if v {
			return append(b, 0xc3)
		}
		return append(b, 0xc2)
	case int64:
		return appendInt(b, v)
	case uint64:
		return binary.BigEndian.AppendUint64(append(b, 0xcf), v)
	case float64:
		return binary.BigEndian.AppendUint64(append(b, 0xcb), math.Float64bits(v))
	case string:
		return append(appendLength(b, len(v), 0xa0, 32, 0xd9), v...)
	case Bin:
		return append(appendLength(b, len(v), 0, 0, 0xc4), v...)
	case Ext:
		return append(append(appendLength(b, len(v.Data), 0, 0, 0xc7), byte(v.Type)), v.Data...)
	case []any:
		b = appendLength(b, len(v), 0x90, 16, 0xdb)
		for _, e := range v {
			b = appendMsgPack(b, e)
		}
		return b
	case map[string]any:
		b = appendLength(b, len(v), 0x80, 16, 0xdd)
		for _, k := range sortedKeys(v) {
			b = appendMsgPack(appendMsgPack(b, k), v[k])
		}
		return b
	}
	return append(b, 0xc0)
}

// appendInt takes the shortest form, an unsigned one for what is not negative.
func appendInt(b []byte, i int64) []byte {
	switch {
	case -32 <= i && i <= math.MaxInt8:
		return append(b, byte(i))
	case 0 <= i && i <= math.MaxUint8:
		return append(b, 0xcc, byte(i))
	case 0 <= i && i <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(b, 0xcd), uint16(i))
	case 0 <= i && i <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(b, 0xce), uint32(i))
	case 0 <= i:
		return binary.BigEndian.AppendUint64(append(b, 0xcf), uint64(i))
	case math.MinInt8 <= i:
		return append(b, 0xd0, byte(i))
	case math.MinInt16 <= i:
		return binary.BigEndian.AppendUint16(append(b, 0xd1), uint16(i))
	case math.MinInt32 <= i:
		return binary.BigEndian.AppendUint32(append(b, 0xd2), uint32(i))
	default:
		return binary.BigEndian.AppendUint64(append(b, 0xd3), uint64(i))
	}
}

// appendLength writes a head: in the first byte if n is less than short, else
// in 1, 2 or 4 bytes after head, head+1, head+2. Lists and maps have no 1-byte
// form, so their head is one less than the first that there is.
func appendLength(b []byte, n int, fix byte, short int, head byte) []byte {
	oneByte := head != 0xdb && head != 0xdd
	switch {
	case n < short:
		return append(b, fix|byte(n))
	case n <= math.MaxUint8 && oneByte:
		return append(b, head, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(b, head+1), uint16(n))
	default:
		return binary.BigEndian.AppendUint32(append(b, head+2), uint32(n))
	}
}

func sortedKeys(m M) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
