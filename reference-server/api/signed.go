// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// signedFor is how long a signature is good that was asked for without an end (AUT-67).
const signedFor = 24 * time.Hour

// dateForm is how a signature has its end, in UTC (AUT-52).
const dateForm = "2006-01-02T15:04:05"

// Grant is what a signature permits: methods of HTTP on paths of a project, until
// an end, in whole seconds.
type Grant struct {
	Project string
	Paths   []string
	Methods []string
	Expires time.Time
}

// Sign returns the signature of a grant (AUT-51): that of no other one, if the grant
// is plain.
func (g Grant) Sign(key []byte) string {
	parts := []string{joined(g.Paths), joined(g.Methods), g.Project, g.Expires.UTC().Format(dateForm)}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(strings.Join(parts, `\n`)))
	return hex.EncodeToString(mac.Sum(nil))
}

// Signed says whether a signature is that of the grant (AUT-54, AUT-62).
func (g Grant) Signed(key []byte, signature string) bool {
	return g.plain() && hmac.Equal([]byte(g.Sign(key)), []byte(signature))
}

func joined(list []string) string { return strings.Join(slices.Sorted(slices.Values(list)), ",") }

// plain says whether what is signed can be read in one way only: what parts the
// fields, and what parts the items of a list, stands in none of them (AUT-61).
func (g Grant) plain() bool {
	return !strings.Contains(g.Project, `\n`) && !slices.ContainsFunc(slices.Concat(g.Paths, g.Methods),
		func(s string) bool { return strings.Contains(s, `\n`) || strings.Contains(s, ",") })
}

var errUnsignable = &refusal{statusBadRequest, `headers.X-Project-ID: a project with "\n" in its name cannot be signed for.`}

// covers says whether the grant is for a path: one of its own, or one below it. What
// lies above the resources of a queue can't be granted (AUT-58).
func (g Grant) covers(path string) bool {
	return slices.ContainsFunc(g.Paths, func(p string) bool {
		return strings.Count(p, "/") >= strings.Count("/v2/queues/name/messages", "/") && strings.HasPrefix(path+"/", p+"/")
	})
}

// readDate reads a date of ISO 8601, in UTC unless it names a zone.
func readDate(text string) (time.Time, error) {
	t, err := time.Parse(dateForm, text)
	if err != nil {
		t, err = time.Parse(time.RFC3339, text)
	}
	if err != nil {
		return t, fmt.Errorf("read a date: %w", err)
	}
	return t, nil
}

// admitSigned says whether the signature of a request permits it, to whoever sends
// it: one that fits the action, the queue and the project, and nothing else.
func (a *API) admitSigned(req *wire.Request) error {
	h := &req.Headers
	no := func(text string) error { return &refusal{statusForbidden, text} }
	end, err := readDate(h.URLExpires)
	grant := Grant{Project: h.ProjectID, Paths: h.URLPaths, Methods: h.URLMethods, Expires: end}
	switch {
	case err != nil:
		return no("headers.URL-Expires: must be a date of ISO 8601, such as 2014-11-28T15:48:12.") // AUT-53
	case !a.o.Now().Before(end):
		return no("headers.URL-Expires: the signature has ended.") // AUT-53
	case req.HTTP.Method == "":
		return no("This cannot be asked for with a signature: send authenticate first.") // AUT-58
	case !slices.Contains(grant.Methods, req.HTTP.Method):
		return no("headers.URL-Methods: the action needs " + req.HTTP.Method + ".") // AUT-55
	case !grant.covers(pathOf(req)):
		return no("headers.URL-Paths: none is that of what is asked for.") // AUT-56
	case !grant.Signed(a.o.SigningKey, h.URLSignature):
		return no("headers.URL-Signature: it is not that of these headers.") // AUT-54
	}
	return nil
}

// pathOf is where what a checked request asks for is found over HTTP.
func pathOf(req *wire.Request) string {
	steps := strings.Split(req.HTTP.Path, "/")
	for i, step := range steps {
		if name, isField := strings.CutPrefix(step, "{"); isField {
			steps[i], _, _ = msgp.ReadStringBytes(field(req.Body, strings.TrimSuffix(name, "}")))
		}
	}
	return strings.Join(steps, "/")
}

// queueShare signs what the client may do itself, for others.
func queueShare(_ context.Context, a *API, c caller, b *wire.QueueShare) (int, msgp.Marshaler, error) {
	grant := Grant{Project: c.project, Methods: b.Methods, Expires: a.o.Now().Add(signedFor)}
	if b.Methods == nil {
		grant.Methods = []string{"GET"}
	}
	if b.Paths == nil {
		b.Paths = []string{"messages"}
	}
	for _, path := range b.Paths {
		grant.Paths = append(grant.Paths, "/v2/queues/"+b.QueueName+"/"+path)
	}
	if b.Expires != nil {
		var err error
		if grant.Expires, err = readDate(*b.Expires); err != nil || !a.o.Now().Before(grant.Expires) {
			return 0, nil, &refusal{statusBadRequest, "body.expires: must be a date that is still to come."} // AUT-69
		}
	}
	if !grant.plain() {
		return 0, nil, errUnsignable
	}
	return statusOK, &wire.Shared{
		Paths: slices.Sorted(slices.Values(grant.Paths)), Methods: slices.Sorted(slices.Values(grant.Methods)),
		Project: grant.Project, Expires: grant.Expires.UTC().Format(dateForm), Signature: grant.Sign(a.o.SigningKey),
	}, nil // AUT-65
}
