// SPDX-License-Identifier: Apache-2.0

// Package wire is the one strict door between frames and requests: bytes in, a
// checked request out, and the reply back into bytes.
//
// A text frame (JSON) is transcoded to MessagePack first, so everything behind
// the door has one form. Every frame is walked to its last byte; message bodies
// are walked like the rest, and left as the bytes they came in.
//
// The value space both formats share: null, booleans, integers of int64 or
// uint64, finite float64, strings of valid UTF-8, lists, and maps whose keys
// are strings, each at most once. Integers and floats are never taken for one
// another.
package wire
