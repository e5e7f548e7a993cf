// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"slices"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
	"github.com/zaqarwire/zaqarwire/spec"
)

// poster is what posts to webhooks, as one function.
type poster func(req *http.Request) (*http.Response, error)

func (p poster) RoundTrip(req *http.Request) (*http.Response, error) { return p(req) }

// posting replaces what posts; it may call next, as often as it likes.
func posting(
	do func(req *http.Request, next http.RoundTripper) (*http.Response, error),
) func(http.RoundTripper) http.RoundTripper {
	return func(next http.RoundTripper) http.RoundTripper {
		return poster(func(req *http.Request) (*http.Response, error) { return do(req, next) })
	}
}

// postedWith edits each request to a webhook.
func postedWith(edit func(req *http.Request)) func(http.RoundTripper) http.RoundTripper {
	return posting(func(req *http.Request, next http.RoundTripper) (*http.Response, error) {
		req = req.Clone(req.Context())
		edit(req)
		return next.RoundTrip(req)
	})
}

// postedText edits the body of each request to a webhook.
func postedText(edit func(text string) string) func(http.RoundTripper) http.RoundTripper {
	return postedWith(func(req *http.Request) {
		text, err := io.ReadAll(req.Body)
		if err != nil {
			return
		}
		text = []byte(edit(string(text)))
		req.Body, req.ContentLength = io.NopCloser(bytes.NewReader(text)), int64(len(text))
	})
}

// answered is an answer of a webhook that it never gave.
func answered(req *http.Request, status int) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: http.NoBody, Request: req, ProtoMajor: 1, ProtoMinor: 1}
}

// elsewhere is what is told of webhooks, with one of its methods replaced.
type elsewhere struct {
	api.Elsewhere

	check   func(subscriber string, options []byte) error
	deliver func(ctx context.Context, q store.Queue, s store.Subscription, n msgp.Marshaler)
}

func (e elsewhere) Check(subscriber string, options []byte) error {
	if e.check != nil {
		return e.check(subscriber, options)
	}
	return e.Elsewhere.Check(subscriber, options)
}

func (e elsewhere) Deliver(ctx context.Context, q store.Queue, s store.Subscription, n msgp.Marshaler) {
	if e.deliver != nil {
		e.deliver(ctx, q, s, n)
		return
	}
	e.Elsewhere.Deliver(ctx, q, s, n)
}

// asking edits what webhooks are asked for their confirmation; nil is not sent.
func asking(edit func(m *wire.SubscriptionConfirmation) *wire.SubscriptionConfirmation) func(api.Elsewhere) api.Elsewhere {
	return func(next api.Elsewhere) api.Elsewhere {
		return elsewhere{Elsewhere: next, deliver: func(ctx context.Context, q store.Queue, s store.Subscription, n msgp.Marshaler) {
			if m, ok := n.(*wire.SubscriptionConfirmation); ok {
				if m = edit(m); m == nil {
					return
				}
				n = m
			}
			next.Deliver(ctx, q, s, n)
		}}
	}
}

// unchecked takes subscribers and options that a requirement has refused.
func unchecked(ids ...spec.ID) func(api.Elsewhere) api.Elsewhere {
	return func(next api.Elsewhere) api.Elsewhere {
		return elsewhere{Elsewhere: next, check: func(subscriber string, options []byte) error {
			err := next.Check(subscriber, options)
			if no, ok := errors.AsType[*wire.Refusal](err); ok && slices.Contains(ids, spec.ID(no.Req)) {
				return nil
			}
			return err
		}}
	}
}

// optionsAs edits the options of each new subscription.
func optionsAs(edit func(options object)) func(api.Doer) api.Doer {
	return requesting(func(_ *wire.Request, body object) {
		if options, ok := body["options"].(object); ok {
			edit(options)
		}
	}, "subscription_create")
}

// unoptioned is a door that takes options of a subscription which break a requirement,
// without the keys that do.
func unoptioned(req string, keys ...string) func(ws.Codec) ws.Codec {
	return forgiving(func(r *wire.Refusal, _ *wire.Request, body object) bool {
		options, _ := body["options"].(object)
		for _, key := range keys {
			delete(options, key)
		}
		return r.Req == req
	})
}
