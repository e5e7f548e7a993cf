// SPDX-License-Identifier: Apache-2.0

package wire

import "github.com/tinylib/msgp/msgp"

// Request is one frame from a client, read and checked.
//
// It shares the memory of the frame it was read from: neither may be changed
// while the request, or a Raw taken from it, is in use.
type Request struct {
	// Action is one of the known actions.
	Action string
	// Access is who may ask for the action.
	Access Access
	// HTTP is where the action is found there, if a signature can permit it.
	HTTP HTTP
	// Headers are the known headers; the others live in Echo only.
	Headers Headers
	// Body is a map that keeps the rules of its action; {} when it was absent.
	Body Raw
	// Echo is what the reply says the request was. It is set for a refused
	// request too.
	Echo Echo
	// Format is how the frame was written.
	Format Format
	// Refusal says why the request is refused; nil when it is fine. With a
	// Refusal, everything but Echo and Format is unset.
	Refusal *Refusal
}

// HTTP is the method and the path of an action there; the path holds names of string
// fields of the body in braces. The zero HTTP is that of an action which no signature
// can permit.
type HTTP struct{ Method, Path string }

// Access is who may ask for an action.
type Access uint8

// Who there is, as the schema has it.
const (
	Caller Access = iota // who is let in
	Anyone               // who is not let in, too
	Admin                // who is let in as an administrator
)

// Echo is the request as the reply repeats it, less credentials. An absent part
// is written as an unreadable request is echoed: action null, body and headers
// {}. So the zero Echo is that of an unreadable frame.
type Echo struct {
	Action  Raw
	Body    Raw
	Headers Raw // less X-Auth-Token and URL-Signature
}

// Response is one reply.
type Response struct {
	// Status is the protocol's status, in the numbers of HTTP.
	Status int
	// Body writes itself as one MessagePack value of the protocol's value space.
	// Nil is {}.
	Body msgp.Marshaler
	// Echo is the request's.
	Echo Echo
}

// Door turns frames into requests and responses into frames. The zero value
// keeps the schema's limits. It is safe for concurrent use.
type Door struct {
	// Limits replace the schema's; a zero limit keeps the schema's value.
	Limits Limits
}
