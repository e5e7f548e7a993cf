// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"unicode/utf8"
)

// M is a map of the protocol, as a case writes it and as the judge reads it.
type M = map[string]any

// L is a list of the protocol.
type L = []any

// Bin is a MessagePack bin. The protocol has no such value; a case sends it to
// be refused, and the judge has to recognise it in a reply.
type Bin []byte

// Ext is a MessagePack ext, timestamps included. See Bin.
type Ext struct {
	Type int8
	Data []byte
}

// Huge is the decimal digits of a JSON integer outside of 64 bits. The protocol
// has no such value, but a server may echo one that it ignores (FRM-50).
type Huge string

// Format is an encoding of messages, or the two by turns.
type Format int

// The formats: JSON travels in text messages, MessagePack in binary ones. Mixed
// is no encoding: each request of a case is in one or the other, as the seed says.
const (
	JSON Format = iota
	MsgPack
	Mixed
)

// Formats are the encodings.
func Formats() []Format { return []Format{JSON, MsgPack} }

// RunFormats are all that a case can be run in, in that order.
func RunFormats() []Format { return []Format{JSON, MsgPack, Mixed} }

// String is the name that commands and reports use.
func (f Format) String() string {
	switch f {
	case MsgPack:
		return "msgpack"
	case Mixed:
		return "mixed"
	default:
		return "json"
	}
}

// formatNames are the names of RunFormats.
func formatNames() []string {
	var names []string
	for _, f := range RunFormats() {
		names = append(names, f.String())
	}
	return names
}

// kind is the kind of message that carries f.
func (f Format) kind() Kind {
	if f == MsgPack {
		return Binary
	}
	return Text
}

// normal turns the Go values that a case may write (any integer or float type,
// typed slices and maps) into the judge's values: nil, bool, int64, uint64 only
// above the largest int64, float64, string, []any, map[string]any, Bin, Ext and
// Huge.
func normal(v any) (any, error) {
	switch v := v.(type) {
	case nil, bool, int64, float64, string, Bin, Ext, Huge:
		return v, nil
	case []byte:
		return Bin(v), nil
	case map[string]any:
		return normalMap(v)
	case []any:
		return normalList(reflect.ValueOf(v))
	}
	rv := reflect.ValueOf(v)
	switch {
	case rv.CanInt():
		return rv.Int(), nil
	case rv.CanUint():
		return unsigned(rv.Uint()), nil
	case rv.CanFloat():
		return rv.Float(), nil
	}
	switch kind := rv.Kind(); {
	case kind == reflect.String:
		return rv.String(), nil
	case kind == reflect.Slice || kind == reflect.Array:
		return normalList(rv)
	case kind == reflect.Map && rv.Type().Key().Kind() == reflect.String:
		m := make(M, rv.Len())
		for it := rv.MapRange(); it.Next(); {
			m[it.Key().String()] = it.Value().Interface()
		}
		return normalMap(m)
	}
	return nil, fmt.Errorf("%T is no value of the protocol", v)
}

func normalMap(m M) (M, error) {
	out := make(M, len(m))
	for k, v := range m {
		n, err := normal(v)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", k, err)
		}
		out[k] = n
	}
	return out, nil
}

func normalList(rv reflect.Value) (any, error) {
	out := make(L, rv.Len())
	for i := range out {
		n, err := normal(rv.Index(i).Interface())
		if err != nil {
			return nil, fmt.Errorf("[%d]: %w", i, err)
		}
		out[i] = n
	}
	return out, nil
}

// unsigned keeps the one form that an integer has: uint64 only where int64 ends.
func unsigned(u uint64) any {
	if u <= math.MaxInt64 {
		return int64(u)
	}
	return u
}

// equal compares two of the judge's values by the value space of the protocol:
// kind and value. An integer is never a float; maps have no order; strings are
// equal by code points. A NaN equals a NaN, so that an echo of one is an echo.
func equal(a, b any) bool {
	switch a := a.(type) {
	case float64:
		b, ok := b.(float64)
		return ok && (a == b || math.IsNaN(a) && math.IsNaN(b))
	case Bin:
		b, ok := b.(Bin)
		return ok && bytes.Equal(a, b)
	case Ext:
		b, ok := b.(Ext)
		return ok && a.Type == b.Type && bytes.Equal(a.Data, b.Data)
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, equal)
	case map[string]any:
		b, ok := b.(map[string]any)
		return ok && maps.EqualFunc(a, b, equal)
	case nil, bool, int64, uint64, string, Huge:
		return a == b
	}
	return false
}

// clean says whether every string of v is UTF-8 text.
func clean(v any) bool {
	switch v := v.(type) {
	case string:
		return utf8.ValidString(v)
	case []any:
		for _, e := range v {
			if !clean(e) {
				return false
			}
		}
	case map[string]any:
		for k, e := range v {
			if !utf8.ValidString(k) || !clean(e) {
				return false
			}
		}
	}
	return true
}
