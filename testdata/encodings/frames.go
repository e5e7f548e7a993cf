// SPDX-License-Identifier: Apache-2.0

package main

//msgp:tag json

// A post asks for messages to be stored.
type post struct {
	Action  string   `avro:"-"       json:"action"`
	Headers headers  `avro:"headers" json:"headers"`
	Body    postBody `avro:"body"    json:"body"`
}

type headers struct { //nolint:recvcheck // msgp writes its methods so
	ClientID  string `avro:"client_id"  json:"Client-ID"`
	ProjectID string `avro:"project_id" json:"X-Project-ID"`
}

type postBody struct {
	QueueName string       `avro:"queue_name" json:"queue_name"`
	Messages  []newMessage `avro:"messages"   json:"messages"`
}

type newMessage struct {
	TTL  *int64 `avro:"ttl"  json:"ttl,omitempty"`
	Body Raw    `avro:"body" json:"body"`
}

// A claimed is the reply to a claim_create, with the echo of the request.
type claimed struct {
	Request claimEcho `avro:"request" json:"request"`
	Body    newClaim  `avro:"body"    json:"body"`
	Headers howItWent `avro:"headers" json:"headers"`
}

type howItWent struct { //nolint:recvcheck // msgp writes its methods so
	Status uint32 `avro:"status" json:"status"`
}

type claimEcho struct {
	Action  string    `avro:"-"       json:"action"`
	Body    claimBody `avro:"body"    json:"body"`
	Headers headers   `avro:"headers" json:"headers"`
	API     string    `avro:"-"       json:"api"`
}

type claimBody struct {
	QueueName string `avro:"queue_name" json:"queue_name"`
	Limit     *int64 `avro:"limit"      json:"limit,omitempty"`
	TTL       *int64 `avro:"ttl"        json:"ttl,omitempty"`
	Grace     *int64 `avro:"grace"      json:"grace,omitempty"`
}

type newClaim struct {
	ClaimID  string    `avro:"claim_id" json:"claim_id"`
	Messages []message `avro:"messages" json:"messages"`
}

type message struct {
	ID      string  `avro:"id"       json:"id"`
	ClaimID *string `avro:"claim_id" json:"claim_id"`
	TTL     int64   `avro:"ttl"      json:"ttl"`
	Age     int64   `avro:"age"      json:"age"`
	Body    Raw     `avro:"body"     json:"body"`
}

// A listed is the reply to a message_list.
type listed struct {
	Request listEcho  `avro:"request" json:"request"`
	Body    page      `avro:"body"    json:"body"`
	Headers howItWent `avro:"headers" json:"headers"`
}

type listEcho struct {
	Action  string   `avro:"-"       json:"action"`
	Body    listBody `avro:"body"    json:"body"`
	Headers headers  `avro:"headers" json:"headers"`
	API     string   `avro:"-"       json:"api"`
}

type listBody struct {
	QueueName string `avro:"queue_name" json:"queue_name"`
	Limit     *int64 `avro:"limit"      json:"limit,omitempty"`
	Echo      *bool  `avro:"echo"       json:"echo,omitempty"`
}

type page struct {
	Messages []message `avro:"messages" json:"messages"`
	Marker   *string   `avro:"marker"   json:"marker,omitempty"`
}

// A refused is the reply to a message_post that is not done.
type refused struct {
	Request postEcho  `avro:"request" json:"request"`
	Body    fault     `avro:"body"    json:"body"`
	Headers howItWent `avro:"headers" json:"headers"`
}

type postEcho struct {
	Action  string   `avro:"-"       json:"action"`
	Body    postBody `avro:"body"    json:"body"`
	Headers headers  `avro:"headers" json:"headers"`
	API     string   `avro:"-"       json:"api"`
}

type fault struct { //nolint:recvcheck // msgp writes its methods so
	Error string `avro:"error" json:"error"`
}

// A notified is what comes unasked.
type notified struct {
	MessageType    string  `avro:"-"               json:"Message_Type"`
	QueueName      string  `avro:"queue_name"      json:"queue_name"`
	TTL            int64   `avro:"ttl"             json:"ttl"`
	Body           Raw     `avro:"body"            json:"body"`
	MessageID      *string `avro:"message_id"      json:"message_id,omitempty"`
	SubscriptionID *string `avro:"subscription_id" json:"subscription_id,omitempty"`
}
