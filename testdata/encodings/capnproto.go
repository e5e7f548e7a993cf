// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"

	"capnproto.org/go/capnp/v3"

	"github.com/zaqarwire/zaqarwire/testdata/encodings/cp"
)

// capnpCodec is that of Cap'n Proto, in which writing is filling in the bytes that
// are sent, and reading is looking things up in them: so both go through a whole
// frame here, as a program that uses all of it has to.
func capnpCodec(packed bool) func(sample) (codec, error) {
	marshal, unmarshal := (*capnp.Message).Marshal, capnp.Unmarshal
	if packed {
		marshal, unmarshal = (*capnp.Message).MarshalPacked, capnp.UnmarshalPacked
	}
	return func(s sample) (codec, error) {
		_, asked := s.packed.(*post)
		return codec{
			write: func() ([]byte, error) {
				m, err := toCapnp(s.packed)
				if err != nil {
					return nil, err
				}
				return marshal(m)
			},
			read: func(b []byte) (any, error) {
				m, err := unmarshal(b)
				if err != nil {
					return nil, err
				}
				return fromCapnp(m, asked)
			},
			plain: withImplied,
		}, nil
	}
}

// wrong keeps the first error of many steps.
type wrong struct{ err error }

func (w *wrong) keep(err error) {
	if w.err == nil {
		w.err = err
	}
}

// take returns a function that keeps an error and hands on the value beside it.
func take[T any](w *wrong) func(T, error) T {
	return func(v T, err error) T {
		w.keep(err)
		return v
	}
}

func toCapnp(frame any) (*capnp.Message, error) {
	m, segment, err := capnp.NewMessage(capnp.SingleSegment(nil))
	if err != nil {
		return nil, fmt.Errorf("begin a message: %w", err)
	}
	w := new(wrong)
	if f, ok := frame.(*post); ok {
		fillPost(w, take[cp.Request](w)(cp.NewRootRequest(segment)), f.Headers, f.Body)
		return m, w.err
	}
	sent := take[cp.Sent](w)(cp.NewRootSent(segment))
	if f, ok := frame.(*notified); ok {
		fillNotification(w, take[cp.Notification](w)(sent.NewNotification()), f)
		return m, w.err
	}
	r := take[cp.Reply](w)(sent.NewReply())
	request := take[cp.Request](w)(r.NewRequest())
	switch f := frame.(type) {
	case *claimed:
		fillClaim(w, request, f.Request)
		r.SetStatus(uint16(f.Headers.Status))
		c := take[cp.Claimed](w)(r.NewClaimed())
		w.keep(c.SetClaimId(f.Body.ClaimID))
		fillMessages(w, take[cp.Message_List](w)(c.NewMessages(int32(len(f.Body.Messages)))), f.Body.Messages)
	case *listed:
		fillList(w, request, f.Request)
		r.SetStatus(uint16(f.Headers.Status))
		p := take[cp.Page](w)(r.NewPage())
		if f.Body.Marker != nil {
			w.keep(p.SetMarker(*f.Body.Marker))
		}
		fillMessages(w, take[cp.Message_List](w)(p.NewMessages(int32(len(f.Body.Messages)))), f.Body.Messages)
	case *refused:
		fillPost(w, request, f.Request.Headers, f.Request.Body)
		r.SetStatus(uint16(f.Headers.Status))
		w.keep(r.SetError(f.Body.Error))
	default:
		return nil, fmt.Errorf("%T is no frame", frame)
	}
	return m, w.err
}

func fillHeaders(w *wrong, r cp.Request, h headers, queue string) {
	w.keep(r.SetClientId(h.ClientID))
	w.keep(r.SetProjectId(h.ProjectID))
	w.keep(r.SetQueueName(queue))
}

func fillPost(w *wrong, r cp.Request, h headers, b postBody) {
	fillHeaders(w, r, h, b.QueueName)
	list := take[cp.Posted_List](w)(r.NewMessagePost(int32(len(b.Messages))))
	for i, m := range b.Messages {
		if m.TTL != nil {
			list.At(i).Ttl().SetSeconds(*m.TTL)
		}
		w.keep(list.At(i).SetBody(m.Body))
	}
}

func fillClaim(w *wrong, r cp.Request, e claimEcho) {
	fillHeaders(w, r, e.Headers, e.Body.QueueName)
	c := take[cp.Claim](w)(r.NewClaimCreate())
	if e.Body.Limit != nil {
		c.Limit().SetMessages(*e.Body.Limit)
	}
	if e.Body.TTL != nil {
		c.Ttl().SetSeconds(*e.Body.TTL)
	}
	if e.Body.Grace != nil {
		c.Grace().SetSeconds(*e.Body.Grace)
	}
}

func fillList(w *wrong, r cp.Request, e listEcho) {
	fillHeaders(w, r, e.Headers, e.Body.QueueName)
	l := take[cp.Listing](w)(r.NewMessageList())
	if e.Body.Limit != nil {
		l.Limit().SetMessages(*e.Body.Limit)
	}
	if e.Body.Echo != nil {
		l.Echo().SetWanted(*e.Body.Echo)
	}
}

func fillMessages(w *wrong, list cp.Message_List, messages []message) {
	for i, m := range messages {
		to := list.At(i)
		w.keep(to.SetId(m.ID))
		if m.ClaimID != nil {
			w.keep(to.SetClaimId(*m.ClaimID))
		}
		to.SetTtl(m.TTL)
		to.SetAge(m.Age)
		w.keep(to.SetBody(m.Body))
	}
}

func fillNotification(w *wrong, n cp.Notification, f *notified) {
	w.keep(n.SetQueueName(f.QueueName))
	n.SetTtl(f.TTL)
	w.keep(n.SetBody(f.Body))
	if f.MessageID != nil {
		w.keep(n.SetMessageId(*f.MessageID))
	}
	if f.SubscriptionID != nil {
		w.keep(n.SetSubscriptionId(*f.SubscriptionID))
	}
}
