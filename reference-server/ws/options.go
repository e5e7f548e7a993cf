// SPDX-License-Identifier: Apache-2.0

package ws

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path"
	"time"

	"github.com/coder/websocket"
	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// Subprotocol is chosen when a client offers it; otherwise none is chosen.
const Subprotocol = "zaqar.v2"

// Codec turns frames into requests and responses into frames; *wire.Door is one.
type Codec interface {
	// Decode is total: a bad frame is a Request with a Refusal.
	Decode(f wire.Format, frame []byte) *wire.Request
	Encode(f wire.Format, r *wire.Response) ([]byte, error)
	// Notify writes a message that nobody asked for.
	Notify(f wire.Format, n msgp.Marshaler) ([]byte, error)
}

// Conn is what the front needs of a connection; *websocket.Conn is one. Read is
// called by one goroutine, everything else by any.
type Conn interface {
	Read(ctx context.Context) (websocket.MessageType, []byte, error)
	Write(ctx context.Context, kind websocket.MessageType, frame []byte) error
	// Close says why the connection ends and waits for the client to agree.
	Close(code websocket.StatusCode, reason string) error
	// CloseNow ends the connection without a word.
	CloseNow() error
}

// Options tune a Front. API and Codec must be given; the rest has a useful zero.
type Options struct {
	// API answers the requests. One that panics is answered for with status 500.
	API api.Doer
	// Codec reads requests and writes responses.
	Codec Codec
	// WrapConn decorates each connection once it is open. Default: as it is.
	WrapConn func(Conn) Conn
	// Origins are the foreign origins a browser may connect from. A request
	// without an Origin, or whose Origin has the host and port of the request,
	// is always let in. Each entry is a pattern of [path.Match], compared
	// without regard to case with the origin's host and port, or, when it
	// contains "://", with its scheme as well: "app.example.org",
	// "https://*.example.org", "localhost:*". A port counts, and is absent where it
	// is the scheme's own; "*" is all, "null" included. Default: no foreign origin.
	//
	// A page whose name leads to this server has its origin, whoever gave it the
	// name: what keeps that out is authentication.
	Origins []string
	// Limits bound three things. A message from a client that is longer than MaxFrame
	// closes its connection with status 1009 (FRM-17), and so does with 1008 more than
	// MaxOutbox that a client did not ask for and that waits for it, each message
	// counting for 256 bytes more; one may always wait. A connection beyond
	// MaxConnections, of which those that are being opened or closed count, is refused
	// with status 503 (FRM-78). A zero limit is the schema's.
	Limits wire.Limits
	// WriteTimeout is how long the client has to take a frame off the socket. A
	// write that fails has had half of it at least. Default 20 s.
	WriteTimeout time.Duration
	// CloseTimeout is how long a connection that is being closed waits for the
	// client to agree, before TCP is ended regardless. Default 2 s.
	CloseTimeout time.Duration
	// Log says what befell a connection. Default: nothing is logged.
	Log *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.WrapConn == nil {
		o.WrapConn = func(c Conn) Conn { return c }
	}
	o.Limits, o.Log = o.Limits.WithDefaults(), cmp.Or(o.Log, slog.New(slog.DiscardHandler))
	o.WriteTimeout, o.CloseTimeout = cmp.Or(o.WriteTimeout, 20*time.Second), cmp.Or(o.CloseTimeout, 2*time.Second)
	return o
}

func (o Options) check() error {
	if l := o.Limits; l.MaxFrame < 0 || l.MaxOutbox < 0 || l.MaxConnections < 0 || o.WriteTimeout < 0 || o.CloseTimeout < 0 {
		return errors.New("ws: a limit in Options is negative")
	}
	for _, p := range o.Origins {
		if _, err := path.Match(p, ""); err != nil {
			return fmt.Errorf("ws: origin %q: %w", p, err)
		}
	}
	return nil
}
