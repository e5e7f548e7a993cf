// SPDX-License-Identifier: Apache-2.0

package conformance

// Write encodes one value of the protocol: nil, bool, integers, floats, strings,
// slices and maps with string keys.
func Write(f Format, v any) ([]byte, error) { return write(f, v) }

// Read decodes exactly one value, as strictly as the judge does.
func Read(f Format, data []byte) (any, error) { return read(f, data) }

// Print is a value that Read returned, for people: on one line, uncut, and keys
// in order.
func Print(v any) string { return printedWhole(v) }
