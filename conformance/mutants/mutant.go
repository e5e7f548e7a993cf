// SPDX-License-Identifier: Apache-2.0

// Package mutants holds servers that are wrong on purpose, so that the suite can be
// judged: each breaks one requirement, and a suite worth its name says which.
//
// A fault is a decorator over the store, the API, the codec, the connections or the
// HTTP handler of the reference server. Each has a file of its own, named by what it
// does; [Seeded] lists them. [Generated] makes hundreds more from the schema: a field
// dropped, a wrong status, a reply too many. [Lawful] are the servers that look odd
// and break nothing: the suite must not complain of their MUSTs.
package mutants

import (
	"fmt"
	"net/http"

	refserver "github.com/zaqarwire/zaqarwire/reference-server"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/spec"
)

// Mutant is a reference server with one fault. What is nil is as it should be.
type Mutant struct {
	// Name says what it does, in kebab-case; a seeded one is in the file of that name
	// in snake_case.
	Name string
	// Breaks is the requirement that a case must cite. Empty for a lawful server.
	Breaks spec.ID
	// Fact is the number of the fact if Zaqar has the same fault, for example "F172"; two
	// are parted by a comma.
	Fact string
	// Does is the fault in one sentence.
	Does string

	// Open says that the server asks for no tokens.
	Open bool

	Control func(store.Control) store.Control
	Store   func(store.Data) store.Data
	Auth    func(api.Authenticator) api.Authenticator
	API     func(api.Doer) api.Doer
	Codec   func(ws.Codec) ws.Codec
	Conn    func(ws.Conn) ws.Conn
	// Post is what posts to webhooks, and Elsewhere what is told of them.
	Post      func(http.RoundTripper) http.RoundTripper
	Elsewhere func(api.Elsewhere) api.Elsewhere
	Front     func(http.Handler) http.Handler
}

// Handler is the faulty server. The reference server in it is what to shut down.
func (m Mutant) Handler(o refserver.Options) (http.Handler, *refserver.Server, error) {
	o.WrapControl = m.Control
	o.WrapStore, o.WrapAuth, o.WrapAPI, o.WrapCodec, o.WrapConn = m.Store, m.Auth, m.API, m.Codec, m.Conn
	o.WrapPost, o.WrapElsewhere = m.Post, m.Elsewhere
	server, err := refserver.New(o)
	if err != nil {
		return nil, nil, fmt.Errorf("make the server: %w", err)
	}
	if m.Front == nil {
		return server, server, nil
	}
	return m.Front(server), server, nil
}

// Named finds a mutant of any sort.
func Named(name string) (Mutant, bool) {
	for _, all := range [][]Mutant{Seeded(), Lawful(), Slow(), Generated()} {
		for _, m := range all {
			if m.Name == name {
				return m, true
			}
		}
	}
	return Mutant{}, false
}
