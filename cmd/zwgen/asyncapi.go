// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"strconv"

	"github.com/goccy/go-yaml"

	"github.com/zaqarwire/zaqarwire/schema"
)

// pairs is a map of the AsyncAPI document, in the order a reader wants.
type pairs []item

type item struct {
	key   string
	value any
}

func pair(key string, value any) item { return item{key, value} }

// MarshalJSON writes an object and keeps the order.
func (p pairs) MarshalJSON() ([]byte, error) {
	b := []byte("{")
	for i, it := range p {
		value, err := marshal(it.value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b = append(b, ',')
		}
		b = append(strconv.AppendQuote(b, it.key), ':')
		b = append(b, value...)
	}
	return append(b, '}'), nil
}

// asyncAPI describes the protocol in AsyncAPI 3.0, as the server sees it: it
// receives requests, replies to them, and sends notifications.
func asyncAPI(d *schema.Definition, _ *register) (map[string][]byte, error) {
	w := &asyncWriter{
		in:  &schemaWriter{d: d, strict: true, refs: schemasAt, defs: object{}},
		out: &schemaWriter{d: d, refs: schemasAt + "reply.", defs: object{}},
	}
	for _, a := range d.Actions {
		w.action(d, a)
	}
	for _, n := range d.Notifications {
		w.notification(n)
	}
	doc := pairs{
		pair("asyncapi", "3.0.0"),
		pair("info", pairs{
			pair("title", d.Protocol.Title), pair("version", d.Protocol.API), pair("description", d.Protocol.Doc),
			pair("license", pairs{pair("name", "Apache-2.0")}),
		}),
		pair("defaultContentType", "application/json"),
		pair("servers", pairs{
			pair("local", pairs{pair("host", "127.0.0.1:9000"), pair("protocol", "ws")}),
			pair("subscriber", pairs{pair("host", "subscriber.example.org"), pair("protocol", "https"), pair("description", webhookDoc)}),
		}),
		pair("channels", pairs{
			pair("connection", pairs{
				pair("address", "/"),
				pair("description", channelDoc),
				pair("servers", []object{ref("#/servers/local")}),
				pair("messages", w.onChannel),
				pair("bindings", pairs{pair("ws", pairs{pair("method", "GET")})}),
			}),
			pair("webhook", pairs{
				pair("address", nil), // the path of the subscriber's URL
				pair("description", webhookDoc),
				pair("servers", []object{ref("#/servers/subscriber")}),
				pair("messages", w.onWebhook),
			}),
		}),
		pair("operations", w.operations),
		pair("components", pairs{pair("messages", w.messages), pair("schemas", w.schemas(d))}),
	}
	text, err := encodeYAML(doc)
	return map[string][]byte{"schema/gen/asyncapi.yaml": text}, err
}

// schemasAt is where the schemas of named types stand in the document.
const schemasAt = "#/components/schemas/"

// asyncWriter collects what the document says of actions and notifications.
type asyncWriter struct {
	in, out                         *schemaWriter // of what the server receives, and sends
	onChannel, operations, messages pairs
	onWebhook                       pairs
}

func (w *asyncWriter) action(d *schema.Definition, a schema.Action) {
	w.message(a.Name+".request", a.Doc, w.in.actionRequest(a), requestExamples(d, a))
	w.message(a.Name+".reply", "Answers "+a.Name+".", w.out.actionReply(a, schemasAt+"reply"), replyExamples(d, a))
	w.onChannel = append(w.onChannel, onChannel(a.Name+".request"), onChannel(a.Name+".reply"))
	w.operations = append(w.operations, pair(a.Name, pairs{
		pair("action", "receive"), pair("channel", ref("#/channels/connection")), pair("summary", a.Doc),
		pair("messages", []object{onConnection(a.Name + ".request")}),
		pair("reply", pairs{
			pair("channel", ref("#/channels/connection")),
			pair("messages", []object{onConnection(a.Name + ".reply")}),
		}),
	}))
}

func (w *asyncWriter) notification(n schema.Notification) {
	var examples []pairs
	for _, e := range n.Examples {
		examples = append(examples, pairs{pair("payload", e)})
	}
	w.message(n.Name, n.Doc, w.out.keys(n.Body, n.Fields), examples)
	if !toWebhooksOnly(n) {
		w.onChannel = append(w.onChannel, onChannel(n.Name))
		w.operations = append(w.operations, pair(n.Name, pairs{
			pair("action", "send"), pair("channel", ref("#/channels/connection")), pair("summary", n.Doc),
			pair("messages", []object{onConnection(n.Name)}),
		}))
	}
	if toWebhooks(n) {
		w.onWebhook = append(w.onWebhook, onChannel(n.Name))
		w.operations = append(w.operations, pair("webhook."+n.Name, pairs{
			pair("action", "send"), pair("channel", ref("#/channels/webhook")), pair("summary", n.Doc),
			pair("bindings", pairs{pair("http", pairs{pair("method", "POST")})}),
			pair("messages", []object{ref("#/channels/webhook/messages/" + n.Name)}),
		}))
	}
}

// toWebhooksOnly says whether a notification is for webhooks alone: no connection has to
// be confirmed.
func toWebhooksOnly(n schema.Notification) bool { return n.Feature == "confirmation" }

// toWebhooks says whether webhooks get a notification; a subscription that ends is told
// of over its connection (SUB-57).
func toWebhooks(n schema.Notification) bool {
	return toWebhooksOnly(n) || n.Extension != "subscription_ended"
}

func (w *asyncWriter) message(name, doc string, payload object, examples []pairs) {
	m := pairs{pair("name", name), pair("summary", doc), pair("payload", payload)}
	if len(examples) > 0 {
		m = append(m, pair("examples", examples))
	}
	w.messages = append(w.messages, pair(name, m))
}

// schemas are those of the named types that a message referred to.
func (w *asyncWriter) schemas(d *schema.Definition) pairs {
	all := pairs{pair("reply", w.out.reply())}
	for _, side := range []struct {
		prefix string
		defs   object
	}{{"", w.in.defs}, {"reply.", w.out.defs}} {
		for _, t := range d.Types {
			if def, ok := side.defs[t.Name]; ok {
				all = append(all, pair(side.prefix+t.Name, def))
			}
		}
	}
	return all
}

const channelDoc = "One WebSocket. A text frame is application/json, a binary frame application/vnd.msgpack; " +
	"a reply has the format of its request, and a notification that of the request that asked for it."

const webhookDoc = "Whom a subscription names as its subscriber: each message is the body of a POST to that URL, as JSON."

// onChannel is a message of a channel.
func onChannel(name string) item { return pair(name, ref("#/components/messages/"+name)) }

func ref(to string) object { return object{"$ref": to} }

func onConnection(message string) object { return ref("#/channels/connection/messages/" + message) }

// encodeYAML writes the document by way of JSON, which sorts the keys of schemas.
func encodeYAML(doc pairs) ([]byte, error) {
	plain, err := marshal(doc)
	if err != nil {
		return nil, err
	}
	text, err := yaml.JSONToYAML(plain)
	if err != nil {
		return nil, fmt.Errorf("write AsyncAPI: %w", err)
	}
	return append([]byte("# SPDX-License-Identifier: Apache-2.0\n# Generated by zwgen from schema/zaqar.v2. Do not edit.\n"), text...), nil
}

// requestExamples are the request frames of an action's examples, refused ones
// aside: those may break a rule.
func requestExamples(d *schema.Definition, a schema.Action) (all []pairs) {
	for _, e := range a.Examples {
		if e.Response.Status == 400 {
			continue
		}
		all = append(all, pairs{pair("payload", d.ExampleRequest(a, e))})
	}
	return all
}

// replyExamples are the reply frames of an action's examples.
func replyExamples(d *schema.Definition, a schema.Action) (all []pairs) {
	for _, e := range a.Examples {
		all = append(all, pairs{pair("payload", d.ExampleReply(a, e))})
	}
	return all
}
