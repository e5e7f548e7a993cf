// SPDX-License-Identifier: Apache-2.0

package wire

import (
	"bytes"

	"github.com/tinylib/msgp/msgp"
)

// Decode reads one frame. It is total: it never fails nor panics, and a bad
// frame is a Request with a Refusal.
//
// The order of its checks: the whole frame, that it is a map, that the action is
// known, headers, body (FRM-43 to FRM-71).
func (d *Door) Decode(f Format, frame []byte) *Request {
	c := checker{limits: d.limits()}
	parts, r := read(f, frame, int(c.limits.MaxDepth))
	if r != nil {
		return &Request{Format: f, Refusal: r.under(reqOf(r.Rule))}
	}
	req := &Request{Format: f, Echo: parts.echo()}
	if r := req.fill(&parts, &c); r != nil {
		return &Request{Format: f, Echo: req.Echo, Refusal: r.under(reqOf(r.Rule))}
	}
	return req
}

// Body reads JSON text as the body of a request of the action, held to the same
// rules as one that comes in a frame. Its error is a *Refusal.
func (d *Door) Body(action string, text []byte) (Raw, error) {
	c := checker{limits: d.limits()}
	depth := int(c.limits.MaxDepth) - 1 // the request around it is a level of its own
	body, r := transcode(text, depth)
	if r == nil {
		_, r = walk(body, depth)
	}
	if r == nil {
		r = c.check(&actionRules[action].body, body)
	}
	if r != nil {
		return nil, at("body", reqBody, r).under(reqOf(r.Rule))
	}
	return body, nil
}

// schemaLimits are those of a zero Door, worked out once. Nothing writes to them.
var schemaLimits = Limits{}.WithDefaults()

// limits are the door's, with the schema's where it has none.
func (d *Door) limits() *Limits {
	if d.Limits == (Limits{}) {
		return &schemaLimits
	}
	limits := d.Limits.WithDefaults()
	return &limits
}

// read validates a frame and returns the known parts of the map it holds.
func read(f Format, frame []byte, maxDepth int) (parts, *Refusal) {
	switch {
	case len(frame) == 0 && f == JSON:
		return parts{}, refuse(ruleJSON, "the frame is empty")
	case len(frame) == 0:
		return parts{}, refuse(ruleMsgPack, "the frame is empty")
	case f == JSON:
		transcoded, r := transcode(frame, maxDepth)
		if r != nil {
			return parts{}, r
		}
		frame = transcoded
	}
	parts, r := walk(frame, maxDepth)
	if r == nil && kindOf(frame[0]) != kindMap {
		r = refuse(ruleRequest, "a request must be a map, not %s", describe(frame[0]))
	}
	return parts, r
}

// fill checks the parts and sets them.
func (req *Request) fill(p *parts, c *checker) *Refusal {
	rules, r := p.rules()
	if r != nil {
		return r
	}
	if p.headers == nil || p.headers.IsNull() {
		p.headers = Raw{codeFixMap}
	}
	if p.body == nil {
		p.body = Raw{codeFixMap}
	}
	if r := c.check(&rules.headers, p.headers); r != nil {
		return at("headers", reqHeaders, r)
	}
	if r := c.check(&rules.body, p.body); r != nil {
		return at("body", reqBody, r)
	}
	if err := p.headers.Decode(&req.Headers); err != nil {
		return refuse(ruleType, "%v", err).inKey([]byte("headers")) // the table checks each known header, so this is for safety only
	}
	req.Action, req.Access, req.HTTP, req.Body = rules.name, rules.access, rules.http, p.body
	return nil
}

// at says that the refused value is, or is inside, a part of the envelope. The
// requirement is for the part itself.
func at(part, req string, r *Refusal) *Refusal {
	if r.Path == "" {
		r = r.under(req)
	}
	return r.inKey([]byte(part))
}

// rules returns the table of the action.
func (p *parts) rules() (*actionRule, *Refusal) {
	if p.action == nil {
		return nil, refuse(ruleAction, "is required").inKey([]byte("action"))
	}
	if kindOf(p.action[0]) != kindString {
		return nil, refuse(ruleAction, "must be a string, not %s", describe(p.action[0])).inKey([]byte("action"))
	}
	name, _ := stringAt(p.action, 0)
	rules, ok := actionRules[string(name)]
	if !ok {
		return nil, refuse(ruleAction, "%s is not a valid action", quote(name)).inKey([]byte("action"))
	}
	if p.api != nil && !isV2(p.api) {
		return nil, refuse(ruleAPI, `must be "v2"`).inKey([]byte("api"))
	}
	return rules, nil
}

func isV2(api Raw) bool {
	if kindOf(api[0]) != kindString {
		return false
	}
	s, _ := stringAt(api, 0)
	return string(s) == apiVersion
}

// echo is what the reply repeats of a readable request.
func (p *parts) echo() Echo {
	e := Echo{Action: p.action, Body: p.body, Headers: p.headers}
	switch {
	case p.headers.IsNull():
		e.Headers = nil
	case p.headers != nil && kindOf(p.headers[0]) == kindMap:
		e.Headers = withoutCredentials(p.headers)
	}
	return e
}

// withoutCredentials returns headers less those that a reply should not repeat, however
// they are written (FRM-33).
func withoutCredentials(headers Raw) Raw {
	n, start := countAt(headers, 0)
	secret := 0
	for i, k := start, 0; k < n; k++ {
		key, value := stringAt(headers, i)
		if isCredential(key) {
			secret++
		}
		i = skip(headers, value)
	}
	if secret == 0 {
		return headers
	}
	out := msgp.AppendMapHeader(make(Raw, 0, len(headers)), uint32(n-secret))
	for i, k := start, 0; k < n; k++ {
		key, value := stringAt(headers, i)
		end := skip(headers, value)
		if !isCredential(key) {
			out = append(out, headers[i:end]...)
		}
		i = end
	}
	return out
}

func isCredential(header []byte) bool {
	return bytes.EqualFold(header, []byte("X-Auth-Token")) || bytes.EqualFold(header, []byte("URL-Signature"))
}
