// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/tinylib/msgp/msgp"
)

// run is a few bytes of MessagePack, and what they mean.
type run struct {
	Hex string
	// Depth is how many maps and lists they stand in.
	Depth int
	// Key says that they name what follows.
	Key bool
	// Value is what they hold, as JSON writes it, and Form how it is encoded.
	Value, Form string
}

// Indent is the run's depth in the reader's eyes.
func (r run) Indent() string { return strings.Repeat("  ", r.Depth) }

// encoder writes a JSON value as MessagePack, each value in its shortest form, and
// remembers what each byte is for.
type encoder struct {
	out  []byte
	runs []run
}

// encode returns a JSON value as MessagePack, whole and taken apart.
func encode(text []byte) ([]byte, []run, error) {
	var e encoder
	if err := e.value(text, 0); err != nil {
		return nil, nil, fmt.Errorf("encode %.60s: %w", text, err)
	}
	return e.out, e.runs, nil
}

// add takes what was appended for a run.
func (e *encoder) add(grown []byte, r run) {
	r.Hex = spaced(grown[len(e.out):])
	e.out = grown
	e.runs = append(e.runs, r)
}

func (e *encoder) value(text json.RawMessage, depth int) error {
	text = bytes.TrimSpace(text)
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	token, err := d.Token()
	if err != nil {
		return err //nolint:wrapcheck // encode wraps it
	}
	r := run{Depth: depth, Value: string(text)}
	switch v := token.(type) {
	case json.Delim:
		if v == '{' {
			return e.object(d, depth)
		}
		return e.list(d, depth)
	case string:
		r.Form = fmt.Sprintf("string, %d bytes", len(v))
		e.add(msgp.AppendString(e.out, v), r)
	case json.Number:
		return e.number(v.String(), r)
	case bool:
		r.Form = "bool"
		e.add(msgp.AppendBool(e.out, v), r)
	default:
		r.Form = "nil"
		e.add(msgp.AppendNil(e.out), r)
	}
	return nil
}

// number writes an integer, or a float if the text has a mark of one (FRM-43).
func (e *encoder) number(text string, r run) error {
	r.Form = "integer"
	if i, err := strconv.ParseInt(text, 10, 64); err == nil && i < 0 {
		e.add(msgp.AppendInt64(e.out, i), r)
		return nil
	}
	if u, err := strconv.ParseUint(strings.Replace(text, "-0", "0", 1), 10, 64); err == nil {
		e.add(msgp.AppendUint64(e.out, u), r)
		return nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return err //nolint:wrapcheck // encode wraps it
	}
	r.Form = "float64"
	e.add(msgp.AppendFloat64(e.out, f), r)
	return nil
}

func (e *encoder) object(d *json.Decoder, depth int) error {
	var keys []string
	var values []json.RawMessage
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return err //nolint:wrapcheck // encode wraps it
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err //nolint:wrapcheck // encode wraps it
		}
		keys = append(keys, fmt.Sprint(key))
		values = append(values, value)
	}
	r := run{Depth: depth, Form: fmt.Sprintf("map of %d", len(keys))}
	e.add(msgp.AppendMapHeader(e.out, uint32(len(keys))), r)
	for i, key := range keys {
		quoted, err := json.Marshal(key)
		if err != nil {
			return err //nolint:wrapcheck // encode wraps it
		}
		r := run{Depth: depth + 1, Key: true, Value: string(quoted), Form: fmt.Sprintf("string, %d bytes", len(key))}
		e.add(msgp.AppendString(e.out, key), r)
		if err := e.value(values[i], depth+2); err != nil {
			return err
		}
	}
	return nil
}

func (e *encoder) list(d *json.Decoder, depth int) error {
	var values []json.RawMessage
	for d.More() {
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err //nolint:wrapcheck // encode wraps it
		}
		values = append(values, value)
	}
	r := run{Depth: depth, Form: fmt.Sprintf("list of %d", len(values))}
	e.add(msgp.AppendArrayHeader(e.out, uint32(len(values))), r)
	for _, value := range values {
		if err := e.value(value, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// spaced writes bytes in hexadecimal, a blank between two.
func spaced(b []byte) string {
	var out strings.Builder
	for i := range b {
		if i > 0 {
			out.WriteByte(' ')
		}
		out.WriteString(hex.EncodeToString(b[i : i+1]))
	}
	return out.String()
}
