// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"

	"google.golang.org/protobuf/proto"

	"github.com/zaqarwire/zaqarwire/testdata/encodings/pb"
)

// toProtobuf turns a frame into what a program that speaks Protobuf holds.
func toProtobuf(frame any) (proto.Message, error) {
	switch f := frame.(type) {
	case *post:
		return postToProtobuf(f.Headers, f.Body), nil
	case *claimed:
		b := f.Request.Body
		request := &pb.Request{Headers: headersToProtobuf(f.Request.Headers), Body: &pb.Request_ClaimCreate{
			ClaimCreate: &pb.Claim{QueueName: b.QueueName, Limit: b.Limit, Ttl: b.TTL, Grace: b.Grace},
		}}
		return reply(&pb.Reply{Request: request, Status: f.Headers.Status, Body: &pb.Reply_Claimed{
			Claimed: &pb.Claimed{ClaimId: f.Body.ClaimID, Messages: messagesToProtobuf(f.Body.Messages)},
		}}), nil
	case *listed:
		b := f.Request.Body
		request := &pb.Request{Headers: headersToProtobuf(f.Request.Headers), Body: &pb.Request_MessageList{
			MessageList: &pb.List{QueueName: b.QueueName, Limit: b.Limit, Echo: b.Echo},
		}}
		return reply(&pb.Reply{Request: request, Status: f.Headers.Status, Body: &pb.Reply_Page{
			Page: &pb.Page{Messages: messagesToProtobuf(f.Body.Messages), Marker: f.Body.Marker},
		}}), nil
	case *refused:
		request := postToProtobuf(f.Request.Headers, f.Request.Body)
		return reply(&pb.Reply{Request: request, Status: f.Headers.Status, Body: &pb.Reply_Error{Error: f.Body.Error}}), nil
	case *notified:
		return &pb.Sent{Frame: &pb.Sent_Notification{Notification: &pb.Notification{
			QueueName: f.QueueName, Ttl: f.TTL, Body: f.Body, MessageId: f.MessageID, SubscriptionId: f.SubscriptionID,
		}}}, nil
	}
	return nil, fmt.Errorf("%T is no frame", frame)
}

func reply(r *pb.Reply) *pb.Sent { return &pb.Sent{Frame: &pb.Sent_Reply{Reply: r}} }

func postToProtobuf(h headers, b postBody) *pb.Request {
	messages := make([]*pb.NewMessage, len(b.Messages))
	for i, m := range b.Messages {
		messages[i] = &pb.NewMessage{Ttl: m.TTL, Body: m.Body}
	}
	return &pb.Request{Headers: headersToProtobuf(h), Body: &pb.Request_MessagePost{
		MessagePost: &pb.Post{QueueName: b.QueueName, Messages: messages},
	}}
}

func headersToProtobuf(h headers) *pb.Headers {
	return &pb.Headers{ClientId: h.ClientID, ProjectId: h.ProjectID}
}

func messagesToProtobuf(messages []message) []*pb.Message {
	all := make([]*pb.Message, len(messages))
	for i, m := range messages {
		all[i] = &pb.Message{Id: m.ID, ClaimId: m.ClaimID, Ttl: m.TTL, Age: m.Age, Body: m.Body}
	}
	return all
}

// fromProtobuf is the way back. What may be absent it takes from the fields: of the
// getters, none tells absent from zero.
func fromProtobuf(read any) (any, error) {
	switch m := read.(type) {
	case *pb.Request:
		h, b := postFromProtobuf(m)
		return withImplied(&post{Headers: h, Body: b})
	case *pb.Sent:
		if n := m.GetNotification(); n != nil {
			return withImplied(&notified{
				QueueName: n.GetQueueName(), TTL: n.GetTtl(), Body: n.GetBody(), MessageID: n.MessageId, SubscriptionID: n.SubscriptionId,
			})
		}
		return replyFromProtobuf(m.GetReply())
	}
	return nil, fmt.Errorf("%T is no frame", read)
}

func replyFromProtobuf(r *pb.Reply) (any, error) {
	went := howItWent{r.GetStatus()}
	h := headersFromProtobuf(r.GetRequest())
	switch b := r.GetBody().(type) {
	case *pb.Reply_Claimed:
		asked := r.GetRequest().GetClaimCreate()
		return withImplied(&claimed{
			Request: claimEcho{Headers: h, Body: claimBody{asked.GetQueueName(), asked.Limit, asked.Ttl, asked.Grace}}, //nolint:protogetter,lll // absent is not zero
			Body:    newClaim{b.Claimed.GetClaimId(), messagesFromProtobuf(b.Claimed.GetMessages())}, Headers: went,
		})
	case *pb.Reply_Page:
		asked := r.GetRequest().GetMessageList()
		return withImplied(&listed{
			Request: listEcho{Headers: h, Body: listBody{asked.GetQueueName(), asked.Limit, asked.Echo}}, //nolint:protogetter,lll // absent is not zero
			Body:    page{messagesFromProtobuf(b.Page.GetMessages()), b.Page.Marker}, Headers: went,      //nolint:protogetter,lll // absent is not zero
		})
	case *pb.Reply_Error:
		h, asked := postFromProtobuf(r.GetRequest())
		return withImplied(&refused{Request: postEcho{Headers: h, Body: asked}, Body: fault{b.Error}, Headers: went})
	}
	return nil, fmt.Errorf("a reply holds a %T", r.GetBody())
}

func postFromProtobuf(r *pb.Request) (headers, postBody) {
	p := r.GetMessagePost()
	b := postBody{QueueName: p.GetQueueName(), Messages: make([]newMessage, len(p.GetMessages()))}
	for i, m := range p.GetMessages() {
		b.Messages[i] = newMessage{m.Ttl, m.GetBody()} //nolint:protogetter // absent is not zero
	}
	return headersFromProtobuf(r), b
}

func headersFromProtobuf(r *pb.Request) headers {
	return headers{r.GetHeaders().GetClientId(), r.GetHeaders().GetProjectId()}
}

func messagesFromProtobuf(messages []*pb.Message) []message {
	all := make([]message, len(messages))
	for i, m := range messages {
		all[i] = message{m.GetId(), m.ClaimId, m.GetTtl(), m.GetAge(), m.GetBody()} //nolint:protogetter // absent is not zero
	}
	return all
}
