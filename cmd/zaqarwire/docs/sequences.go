// SPDX-License-Identifier: Apache-2.0

package docs

import "github.com/zaqarwire/zaqarwire/spec"

// sequences are the stories that are told as diagrams; a test plays them against the
// reference server.
func sequences() []sequence {
	return []sequence{leaseHeld(), leaseLost(), subscribed(), tokenEnds(), webhookConfirmed()}
}

const (
	theServer = "server"
	producer  = "producer"
	worker    = "worker"
)

// ask is a request with its body; IDs may follow.
func ask(who, action, body string, ids ...spec.ID) step {
	return step{From: who, To: theServer, Says: action, Body: body, IDs: ids}
}

// answer is the reply to who asked last.
func answer(who, status, body string, ids ...spec.ID) step {
	return step{From: theServer, To: who, Says: status, Body: body, Reply: true, IDs: ids}
}

// sent is what the server sends unasked.
func sent(to, says, body string, ids ...spec.ID) step {
	return step{From: theServer, To: to, Says: says, Body: body, IDs: ids}
}

// pause is time that passes.
func pause(says string, ids ...spec.ID) step { return step{Says: says, IDs: ids} }

const (
	twoJobs  = `{"queue_name":"jobs","messages":[{"ttl":300,"body":"job 1"},{"ttl":300,"body":"job 2"}]}`
	claimOne = `{"queue_name":"jobs","ttl":60,"grace":60,"limit":1}`
)

func leaseHeld() sequence {
	return sequence{
		Name: "claim-and-delete", Title: "Post, claim, delete",
		Lead: "A worker leases a message, does what it says and deletes it under its claim. While the claim is alive " +
			"nobody else gets the message, nor can delete it.",
		Lanes: []string{producer, theServer, worker},
		Steps: []step{
			ask(producer, "message_post", twoJobs),
			answer(producer, "201", `{"message_ids":["m1","m2"]}`, spec.MSG1),
			ask(worker, "claim_create", claimOne, spec.CLM2),
			answer(worker, "201", `{"claim_id":"c1","messages":[{"id":"m1","claim_id":"c1","ttl":300,"age":0,"body":"job 1"}]}`, spec.CLM1),
			ask(producer, "message_delete", `{"queue_name":"jobs","message_id":"m1"}`),
			answer(producer, "403", "", spec.MSG43),
			ask(worker, "message_delete", `{"queue_name":"jobs","message_id":"m1","claim_id":"c1"}`),
			answer(worker, "204", "", spec.MSG41),
			ask(worker, "claim_delete", `{"queue_name":"jobs","claim_id":"c1"}`),
			answer(worker, "204", "", spec.CLM28),
		},
	}
}

func leaseLost() sequence {
	return sequence{
		Name: "claim-lost", Title: "A worker dies, another takes over",
		Lead: "A claim ends when its `ttl` has passed, whatever became of the connection that made it, and its messages are " +
			"free again in their old place. What the first worker would still do with its claim fails. One message waits in the " +
			"queue `jobs` at first.",
		Given: `{"queue_name":"jobs","messages":[{"ttl":300,"body":"job 1"}]}`,
		Lanes: []string{worker, theServer, "other worker"},
		Steps: []step{
			ask(worker, "claim_create", claimOne),
			answer(worker, "201", `{"claim_id":"c1","messages":[{"id":"m1","claim_id":"c1","ttl":300,"age":0,"body":"job 1"}]}`),
			ask("other worker", "claim_create", claimOne, spec.CLM8),
			answer("other worker", "204", "", spec.CLM3),
			ask(worker, "claim_update", `{"queue_name":"jobs","claim_id":"c1","ttl":60}`),
			answer(worker, "204", "", spec.CLM22),
			pause("60 s pass: the claim has ended", spec.CLM10, spec.CLM11),
			ask("other worker", "claim_create", claimOne),
			answer("other worker", "201", `{"claim_id":"c2","messages":[{"id":"m1","claim_id":"c2","ttl":300,"age":60,"body":"job 1"}]}`,
				spec.CLM16),
			ask(worker, "claim_get", `{"queue_name":"jobs","claim_id":"c1"}`),
			answer(worker, "404", "", spec.CLM19),
		},
	}
}

func subscribed() sequence {
	const reader = "subscriber"
	return sequence{
		Name: "subscription", Title: "Subscribe and be notified",
		Lead: "A connection subscribes to a queue and is sent each message that is posted to it from then on, as a frame " +
			"without `request`, in the format in which it subscribed. A message stays in the queue all the same.",
		Lanes: []string{producer, theServer, reader},
		Steps: []step{
			ask(reader, "subscription_create", `{"queue_name":"news","ttl":60}`),
			answer(reader, "201", `{"subscription_id":"s1"}`, spec.SUB1),
			ask(producer, "message_post", `{"queue_name":"news","messages":[{"ttl":300,"body":{"event":"BackupStarted"}}]}`),
			answer(producer, "201", `{"message_ids":["m1"]}`),
			sent(reader, "notification",
				`{"Message_Type":"Notification","queue_name":"news","ttl":300,"body":{"event":"BackupStarted"}}`,
				spec.SUB41, spec.SUB42),
			ask(reader, "subscription_delete", `{"queue_name":"news","subscription_id":"s1"}`),
			answer(reader, "204", ""),
			ask(producer, "message_post", `{"queue_name":"news","messages":[{"ttl":300,"body":{"event":"BackupEnded"}}]}`),
			answer(producer, "201", `{"message_ids":["m2"]}`),
			ask(reader, "message_list", `{"queue_name":"news","echo":true}`),
			answer(reader, "200", `{"messages":[{"id":"m1"},{"id":"m2"}]}`),
		},
	}
}

func tokenEnds() sequence {
	const client = "client"
	return sequence{
		Name: "authenticate", Title: "Authenticate, until the token ends",
		Lead: "On a server that asks for tokens, a connection says once who it is. When the token ends the server closes the " +
			"connection with status 4003; the client opens another with a new token.",
		Lanes: []string{client, theServer},
		Steps: []step{
			ask(client, "queue_list", `{}`),
			answer(client, "403", "", spec.AUT8),
			ask(client, "authenticate", `{}`),
			answer(client, "200", "", spec.AUT1),
			ask(client, "queue_list", `{}`),
			answer(client, "200", `{"queues":[]}`),
			pause("the token ends"),
			sent(client, "close 4003", "", spec.AUT19),
		},
	}
}

func webhookConfirmed() sequence {
	const client, hook = "client", "webhook"
	return sequence{
		Name: "webhook", Title: "A webhook is confirmed",
		Lead: "A server that requires confirmation asks the owner of a URL before it sends messages there. Who receives the " +
			"request sends its signature back, over a connection of their own or over HTTP.",
		Lanes: []string{client, theServer, hook},
		Steps: []step{
			ask(client, "subscription_create", `{"queue_name":"news","subscriber":"http://hook.example/","ttl":60}`),
			answer(client, "201", `{"subscription_id":"s1"}`),
			sent(hook, "POST",
				`{"Message_Type":"SubscriptionConfirmation","queue_name":"news","URL-Signature":"…","SubscribeBody":{"confirmed":true}}`,
				spec.SUB80),
			ask(client, "message_post", `{"queue_name":"news","messages":[{"ttl":300,"body":"too early"}]}`, spec.SUB81),
			answer(client, "201", `{"message_ids":["m1"]}`),
			ask(hook, "subscription_confirm", `{"queue_name":"news","subscription_id":"s1","confirmed":true}`),
			answer(hook, "204", "", spec.SUB83),
			ask(client, "message_post", `{"queue_name":"news","messages":[{"ttl":300,"body":"in time"}]}`),
			answer(client, "201", `{"message_ids":["m2"]}`),
			sent(hook, "POST", `{"Message_Type":"Notification","queue_name":"news","ttl":300,"body":"in time"}`, spec.SUB60),
		},
	}
}
