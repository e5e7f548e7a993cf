// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"time"

	"github.com/coder/websocket"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

var endedTokenWorksUntilTheClose = Mutant{
	Name: "ended-token-works-until-the-close", Breaks: spec.AUT19,
	Does: "requests are carried out when the token has ended, until the connection is closed half a second later",
	API: around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		ends := s.Expires
		s.Expires = time.Time{}
		resp := next.Do(ctx, s, req)
		if req.Access != wire.Anyone {
			s.Expires = ends
		}
		return resp
	}),
	Conn: func(next ws.Conn) ws.Conn { return hesitant{next} },
}

type hesitant struct{ ws.Conn }

func (c hesitant) Close(code websocket.StatusCode, reason string) error {
	if code == tokenEnded {
		<-time.After(500 * time.Millisecond)
	}
	return c.Conn.Close(code, reason)
}
