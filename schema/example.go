// SPDX-License-Identifier: Apache-2.0

package schema

// RequestFrame is a request with its envelope.
type RequestFrame struct {
	Action  string `json:"action"`
	Headers Value  `json:"headers"`
	Body    Value  `json:"body"`
}

// ReplyFrame is a reply with its envelope.
type ReplyFrame struct {
	Request struct {
		Action  string `json:"action"`
		Body    Value  `json:"body"`
		Headers Value  `json:"headers"`
		API     string `json:"api"`
	} `json:"request"`
	Body    Value `json:"body"`
	Headers struct {
		Status int `json:"status"`
	} `json:"headers"`
}

// ExampleRequest is the whole frame that an example's client sends.
func (d *Definition) ExampleRequest(a Action, e Exchange) RequestFrame {
	return RequestFrame{Action: a.Name, Headers: d.ExampleHeaders(a), Body: e.Request}
}

// ExampleReply is the whole frame that an example's server answers, without what it
// keeps to itself of the headers.
func (d *Definition) ExampleReply(a Action, e Exchange) ReplyFrame {
	r := ReplyFrame{Body: e.Response.Body}
	r.Request.Action, r.Request.Body, r.Request.API = a.Name, e.Request, d.Protocol.API
	r.Request.Headers = d.Envelope.ExampleHeaders
	r.Headers.Status = e.Response.Status
	return r
}
