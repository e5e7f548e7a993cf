// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// messagePost posts all messages of a request, or none.
func messagePost(ctx context.Context, a *API, c caller, b *wire.MessagePost) (int, msgp.Marshaler, error) {
	post := store.Post{
		Client:   c.client(),
		Messages: make([]store.NewMessage, 0, len(b.Messages)),
		TTL:      seconds(a.o.Limits.DefaultMessageTTL), // MSG-15
		Size:     len(field(c.Body, "messages")),        // MSG-13
		Existing: c.signed,                              // AUT-57
	}
	for _, m := range b.Messages {
		given := store.NewMessage{TTL: seconds(or(m.TTL, 0)), Body: m.Body}
		if m.Delay != nil {
			delay := seconds(*m.Delay)
			given.Delay = &delay // MSG-61
		}
		post.Messages = append(post.Messages, given)
	}
	posted, err := a.o.Store.PostMessages(ctx, c.queue(b.QueueName), post)
	if err != nil {
		return 0, nil, err
	}
	ids := mapped(posted, func(p *store.Posted) string { return p.ID })
	return statusCreated, &wire.Posted{MessageIDs: ids}, nil // MSG-1
}

// messageList returns a page of a queue's messages.
func messageList(ctx context.Context, a *API, c caller, b *wire.MessageList) (int, msgp.Marshaler, error) {
	page := store.Page{Marker: or(b.Marker, ""), Batch: batch(b.Limit, a.o.Limits.DefaultMessagesPerPage)}
	filter := store.Filter{NotFrom: c.client(), Claimed: or(b.IncludeClaimed, false), Delayed: or(b.IncludeDelayed, false)}
	if or(b.Echo, false) {
		filter.NotFrom = "" // MSG-27
	}
	list, err := a.o.Store.ListMessages(ctx, c.queue(b.QueueName), filter, page)
	if err != nil {
		return 0, nil, err // MSG-24
	}
	if n := len(list); n > 0 {
		page.Marker = list[n-1].ID
	}
	return statusOK, &wire.MessagePage{Messages: mapped(list, messageOf), Marker: &page.Marker}, nil // MSG-32
}

// messageGet returns one message, claimed or not.
func messageGet(ctx context.Context, a *API, c caller, b *wire.MessageGet) (int, msgp.Marshaler, error) {
	list, err := a.o.Store.MessagesByID(ctx, c.queue(b.QueueName), []string{b.MessageID})
	if err != nil {
		return 0, nil, err
	}
	if len(list) == 0 {
		return 0, nil, &store.Error{Kind: store.NotFound, What: "message", ID: b.MessageID} // MSG-35
	}
	return statusOK, &wire.OneMessage{Messages: messageOf(&list[0])}, nil // MSG-34
}

// messageGetMany returns messages by their ids, in the order asked for.
func messageGetMany(ctx context.Context, a *API, c caller, b *wire.MessageGetMany) (int, msgp.Marshaler, error) {
	list, err := a.o.Store.MessagesByID(ctx, c.queue(b.QueueName), b.MessageIDs)
	if err != nil {
		return 0, nil, err
	}
	return statusOK, &wire.Messages{Messages: mapped(list, messageOf)}, nil
}

// messageDelete deletes one message; under its claim, if one holds it.
func messageDelete(ctx context.Context, a *API, c caller, b *wire.MessageDelete) (int, msgp.Marshaler, error) {
	return statusNoContent, nil, a.o.Store.DeleteMessage(ctx, c.queue(b.QueueName), b.MessageID, b.ClaimID)
}

// messageDeleteMany deletes the named messages, or takes out the oldest.
func messageDeleteMany(ctx context.Context, a *API, c caller, b *wire.MessageDeleteMany) (int, msgp.Marshaler, error) {
	if b.Pop != nil {
		return pop(ctx, a, c, b)
	}
	return statusNoContent, nil, a.o.Store.DeleteMessages(ctx, c.queue(b.QueueName), b.MessageIDs, b.ClaimIDs) // MSG-50
}

func pop(ctx context.Context, a *API, c caller, b *wire.MessageDeleteMany) (int, msgp.Marshaler, error) {
	list, err := a.o.Store.PopMessages(ctx, c.queue(b.QueueName), batch(b.Pop, 0))
	if err != nil {
		return 0, nil, err
	}
	return statusOK, &wire.Popped{Messages: mapped(list, poppedOf)}, nil // MSG-52
}

func poppedOf(m *store.Message) wire.PoppedMessage {
	return wire.PoppedMessage{
		ID: m.ID, ClaimID: idOrNull(m.ClaimID), ClaimCount: int64(m.ClaimCount), TTL: whole(m.TTL), Age: whole(m.Age), Body: m.Body,
	}
}

func messageOf(m *store.Message) wire.Message {
	return wire.Message{ID: m.ID, ClaimID: idOrNull(m.ClaimID), TTL: whole(m.TTL), Age: whole(m.Age), Body: m.Body}
}

// idOrNull is a claim's id, or null for none.
func idOrNull(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}
