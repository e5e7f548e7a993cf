// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"slices"

	"capnproto.org/go/capnp/v3"

	"github.com/zaqarwire/zaqarwire/testdata/encodings/cp"
)

// fromCapnp reads a request, or what a server sent.
func fromCapnp(m *capnp.Message, asked bool) (any, error) {
	w := new(wrong)
	if asked {
		r := take[cp.Request](w)(cp.ReadRootRequest(m))
		f := &post{Headers: readHeaders(w, r), Body: readPost(w, r)}
		return f, w.err
	}
	sent := take[cp.Sent](w)(cp.ReadRootSent(m))
	if sent.Which() == cp.Sent_Which_notification {
		f := readNotification(w, take[cp.Notification](w)(sent.Notification()))
		return f, w.err
	}
	r := take[cp.Reply](w)(sent.Reply())
	request := take[cp.Request](w)(r.Request())
	h, went := readHeaders(w, request), howItWent{uint32(r.Status())}
	var frame any
	switch r.Which() {
	case cp.Reply_Which_claimed:
		c := take[cp.Claimed](w)(r.Claimed())
		frame = &claimed{
			Request: claimEcho{Headers: h, Body: readClaim(w, request)}, Headers: went,
			Body: newClaim{take[string](w)(c.ClaimId()), readMessages(w, take[cp.Message_List](w)(c.Messages()))},
		}
	case cp.Reply_Which_page:
		p := take[cp.Page](w)(r.Page())
		frame = &listed{
			Request: listEcho{Headers: h, Body: readList(w, request)}, Headers: went,
			Body: page{readMessages(w, take[cp.Message_List](w)(p.Messages())), maybe(w, p.HasMarker(), p.Marker)},
		}
	case cp.Reply_Which_error:
		frame = &refused{
			Request: postEcho{Headers: h, Body: readPost(w, request)}, Headers: went,
			Body: fault{take[string](w)(r.Error())},
		}
	default:
		return nil, fmt.Errorf("a reply holds %v", r.Which())
	}
	return frame, w.err
}

// maybe is a text that may be absent.
func maybe(w *wrong, has bool, text func() (string, error)) *string {
	if !has {
		return nil
	}
	return new(take[string](w)(text()))
}

func readHeaders(w *wrong, r cp.Request) headers {
	return headers{take[string](w)(r.ClientId()), take[string](w)(r.ProjectId())}
}

func readPost(w *wrong, r cp.Request) postBody {
	list := take[cp.Posted_List](w)(r.MessagePost())
	b := postBody{QueueName: take[string](w)(r.QueueName()), Messages: make([]newMessage, list.Len())}
	for i := range b.Messages {
		m := list.At(i)
		if m.Ttl().Which() == cp.Posted_ttl_Which_seconds {
			b.Messages[i].TTL = new(m.Ttl().Seconds())
		}
		b.Messages[i].Body = slices.Clone(take[[]byte](w)(m.Body()))
	}
	return b
}

func readClaim(w *wrong, r cp.Request) claimBody {
	c := take[cp.Claim](w)(r.ClaimCreate())
	b := claimBody{QueueName: take[string](w)(r.QueueName())}
	if c.Limit().Which() == cp.Claim_limit_Which_messages {
		b.Limit = new(c.Limit().Messages())
	}
	if c.Ttl().Which() == cp.Claim_ttl_Which_seconds {
		b.TTL = new(c.Ttl().Seconds())
	}
	if c.Grace().Which() == cp.Claim_grace_Which_seconds {
		b.Grace = new(c.Grace().Seconds())
	}
	return b
}

func readList(w *wrong, r cp.Request) listBody {
	l := take[cp.Listing](w)(r.MessageList())
	b := listBody{QueueName: take[string](w)(r.QueueName())}
	if l.Limit().Which() == cp.Listing_limit_Which_messages {
		b.Limit = new(l.Limit().Messages())
	}
	if l.Echo().Which() == cp.Listing_echo_Which_wanted {
		b.Echo = new(l.Echo().Wanted())
	}
	return b
}

func readMessages(w *wrong, list cp.Message_List) []message {
	all := make([]message, list.Len())
	for i := range all {
		m := list.At(i)
		all[i] = message{
			take[string](w)(m.Id()), maybe(w, m.HasClaimId(), m.ClaimId), m.Ttl(), m.Age(),
			slices.Clone(take[[]byte](w)(m.Body())),
		}
	}
	return all
}

func readNotification(w *wrong, n cp.Notification) *notified {
	return &notified{
		QueueName: take[string](w)(n.QueueName()), TTL: n.Ttl(), Body: slices.Clone(take[[]byte](w)(n.Body())),
		MessageID: maybe(w, n.HasMessageId(), n.MessageId), SubscriptionID: maybe(w, n.HasSubscriptionId(), n.SubscriptionId),
	}
}
