// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/ws"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// storing changes the body of each message before it is stored: every value in it.
func storing(change func(v any) any) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return changing{next, change} }
}

type changing struct {
	store.Data

	change func(v any) any
}

func (s changing) PostMessages(ctx context.Context, q store.Queue, p store.Post) ([]store.Posted, error) {
	all := slices.Clone(p.Messages)
	for i := range all {
		all[i].Body = rawOf(each(valueOf(wire.Raw(all[i].Body)), s.change))
	}
	p.Messages = all
	return s.Data.PostMessages(ctx, q, p)
}

// each changes a value and all that is in it.
func each(v any, change func(v any) any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = each(v[i], change)
		}
	case object:
		for k := range v {
			v[k] = each(v[k], change)
		}
	}
	return change(v)
}

// filtering changes what message_list asks the store for.
func filtering(change func(f *store.Filter, p store.Page)) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return filtered{next, change} }
}

type filtered struct {
	store.Data

	change func(f *store.Filter, p store.Page)
}

func (s filtered) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	s.change(&f, p)
	return s.Data.ListMessages(ctx, q, f, p)
}

// marking changes the page that message_list asks for; all are the ids of the queue.
func marking(change func(all []string, p *store.Page)) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return marked{next, change} }
}

type marked struct {
	store.Data

	change func(all []string, p *store.Page)
}

func (s marked) ListMessages(ctx context.Context, q store.Queue, f store.Filter, p store.Page) ([]store.Message, error) {
	all, err := s.Data.ListMessages(ctx, q, store.Filter{Claimed: true}, plenty)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range all {
		ids = append(ids, m.ID)
	}
	s.change(ids, &p)
	return s.Data.ListMessages(ctx, q, f, p)
}

// gettingMany changes what the store returns for two ids and more.
func gettingMany(change func(ids []string, all []store.Message) ([]store.Message, error)) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return many{next, change} }
}

type many struct {
	store.Data

	change func(ids []string, all []store.Message) ([]store.Message, error)
}

func (s many) MessagesByID(ctx context.Context, q store.Queue, ids []string) ([]store.Message, error) {
	all, err := s.Data.MessagesByID(ctx, q, ids)
	if err != nil || len(ids) < 2 {
		return all, err
	}
	return s.change(ids, all)
}

// deletingUnder changes the claim under which message_delete deletes a message.
func deletingUnder(change func(m store.Message, claim *string) *string) func(store.Data) store.Data {
	return func(next store.Data) store.Data { return lax{next, change} }
}

type lax struct {
	store.Data

	change func(m store.Message, claim *string) *string
}

func (s lax) DeleteMessage(ctx context.Context, q store.Queue, id string, claim *string) error {
	if all, err := s.MessagesByID(ctx, q, []string{id}); err == nil && len(all) == 1 {
		claim = s.change(all[0], claim)
	}
	return s.Data.DeleteMessage(ctx, q, id, claim)
}

// refusedPost does something with the body of a message_post that is refused for its
// messages; post stores what is left of it.
func refusedPost(do func(post func(body object), req *wire.Request, body object)) func(api.Doer) api.Doer {
	return around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
		if req.Refusal == nil || !strings.HasPrefix(req.Refusal.Path, "body.messages") {
			return next.Do(ctx, s, req)
		}
		again, body := asCame(req)
		do(func(body object) { ask(ctx, s, next, again, "message_post", body) }, req, body)
		return next.Do(ctx, s, req)
	})
}

// withoutTTL lets messages ask for no life.
func withoutTTL(body object) {
	for _, m := range messagesOf(body) {
		delete(m, "ttl")
	}
}

// metadataOf is the metadata of a request, to be edited.
func metadataOf(body object) object {
	metadata, _ := body["metadata"].(object)
	return metadata
}

// lineFeeding is a door that lets a name of a queue end in a line feed, as a regular
// expression with $ does.
func lineFeeding(action string) func(ws.Codec) ws.Codec {
	return forgiving(func(r *wire.Refusal, req *wire.Request, body object) bool {
		name, ends := strings.CutSuffix(fmt.Sprint(body["queue_name"]), "\n")
		return ends && nameOfAQueue.MatchString(name) && req.Action == action && r.Path == "body.queue_name"
	})
}

// nameOfAQueue is what a name has to be, but for its length.
var nameOfAQueue = regexp.MustCompile(`^[A-Za-z0-9_.-]+$`)
