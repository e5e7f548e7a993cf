// SPDX-License-Identifier: Apache-2.0

package notify

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unicode"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// placeholder stands in post_data for the message.
const placeholder = `"$zaqar_message$"`

// maxPlaceholders is how often it may stand there.
const maxPlaceholders = 10

// ourHeaders are those that a request has of its own.
var ourHeaders = []string{
	"Connection", "Content-Length", "Expect", "Host", "Keep-Alive", "Proxy-Connection", "Te", "Trailer", "Transfer-Encoding", "Upgrade",
}

// What a header may look like (RFC 9110).
var (
	headerName  = regexp.MustCompile("^[-!#$%&'*+.^_`|~0-9A-Za-z]+$")
	headerValue = regexp.MustCompile(`^[^\x00-\x08\x0a-\x1f\x7f]*$`)
)

// Check tells whether a subscriber can be served in the way that its options ask for.
// An empty one stands for any. The error is a *wire.Refusal.
func (w *Webhooks) Check(subscriber string, options []byte) error {
	u, err := url.Parse(subscriber)
	no := func(field, req, text string) error {
		return &wire.Refusal{Path: "body." + field, Rule: field, Req: req, Text: text}
	}
	switch {
	case subscriber == "":
	case strings.ContainsFunc(subscriber, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) }): // SUB-64
		return no("subscriber", "SUB-64", "must hold no blanks or control characters: they can be written as %20 and the like")
	case err == nil && u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https": // SUB-8
		return no("subscriber", "SUB-8", "must be of http or https: this server delivers to nothing else")
	case err != nil || u.Scheme == "" || u.Opaque != "" || u.Hostname() == "" || !isPort(u.Port()): // SUB-64
		return no("subscriber", "SUB-64", "must be a URL with a host, such as https://example.org/hook, or empty for this connection")
	default:
		if a, err := netip.ParseAddr(u.Hostname()); err == nil && !w.allowed(a) { // SUB-72
			return no("subscriber", "SUB-72", "is at an address that this server does not reach; its operator can allow it")
		}
	}
	o := optionsOf(options)
	if _, err := headersOf(o); err != nil {
		return no("options.post_headers", "SUB-65", err.Error())
	}
	if template, _ := o["post_data"].(string); strings.Count(template, placeholder) > maxPlaceholders {
		return no("options.post_data", "SUB-69", "can hold the message at most 10 times")
	}
	policy := mapOf(o["_retry_policy"])
	if least, most := delays(policy); most-10 < least {
		return no("options._retry_policy", "SUB-89", "must have a maximum_delay of 10 s more than the minimum_delay")
	}
	if _, err := schedule(policy); err != nil {
		return no("options._retry_policy", "SUB-69", err.Error())
	}
	return nil
}

func isPort(text string) bool {
	n, err := strconv.ParseUint(text, 10, 16)
	return text == "" || err == nil && n > 0
}

// control refuses to connect to an address that is not allowed. It is asked for the
// address itself, whatever name or redirect led there (SUB-72).
func (w *Webhooks) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !w.allowed(to.Addr()) {
		return errors.New("the operator has not allowed its address")
	}
	return nil
}

// closed are ranges that are not of the open internet, besides those that netip knows.
var closed = prefixes("0.0.0.0/8 100.64.0.0/10 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 " +
	"203.0.113.0/24 240.0.0.0/4 2001::/23 2001:db8::/32 2002::/16 3fff::/20")

// open is where all open addresses of version 6 are.
var open = netip.MustParsePrefix("2000::/3")

func prefixes(list string) []netip.Prefix {
	var all []netip.Prefix
	for text := range strings.FieldsSeq(list) {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

// allowed tells whether a webhook may be at an address: one of the open internet, or
// one that the operator allows.
func (w *Webhooks) allowed(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	has := func(p netip.Prefix) bool { return p.Contains(a) }
	return slices.ContainsFunc(w.o.Allow, has) || a.IsGlobalUnicast() && !a.IsPrivate() &&
		(a.Is4() || open.Contains(a)) && !slices.ContainsFunc(closed, has)
}

// optionsOf are the options of a subscription, as they passed the door.
func optionsOf(options []byte) map[string]any {
	o, _, err := msgp.ReadMapStrIntfBytes(options, nil)
	if err != nil {
		return nil // there are none
	}
	return o
}

func mapOf(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

// headersOf are the headers of a request as the options of a subscription have them; an
// error names one that cannot be sent.
func headersOf(options map[string]any) (http.Header, error) {
	headers := http.Header{"Content-Type": {"application/json"}} // SUB-61
	for name, value := range mapOf(options["post_headers"]) {    // SUB-62
		text, isText := value.(string)
		if !isText || !headerName.MatchString(name) || !headerValue.MatchString(text) ||
			slices.Contains(ourHeaders, http.CanonicalHeaderKey(name)) {
			return nil, fmt.Errorf("%.40q: no such header can be sent", name)
		}
		headers.Set(name, text)
	}
	return headers, nil
}

// maxRetries is how often a message is tried again at most.
const maxRetries = 20

// waits are how long to wait before each further try: as the subscription's policy
// has it, or the queue's, or Zaqar's own (SUB-67).
func (w *Webhooks) waits(ctx context.Context, q store.Queue, options []byte) []time.Duration {
	metadata, _ := w.o.Store.QueueMetadata(ctx, q) // what has gone has no policy
	queue, its := mapOf(optionsOf(metadata)["_retry_policy"]), mapOf(optionsOf(options)["_retry_policy"])
	if len(its) == 0 || its["ignore_subscription_override"] == true || queue["ignore_subscription_override"] == true {
		its = queue
	}
	waits, err := schedule(its)
	if err != nil { // only the queue's own was not held to what we can
		w.o.Log.WarnContext(ctx, "the queue's _retry_policy is not followed: the usual one is", "queue", q.Name, "err", err)
		waits, _ = schedule(nil)
	}
	return waits
}

// numberOf is what a policy has under a key, or absent.
func numberOf(policy map[string]any, key string, absent int64) int64 {
	switch n := policy[key].(type) {
	case int64:
		return n
	case uint64:
		return int64(min(n, math.MaxInt64))
	}
	return absent
}

// delays are the least and the most of a policy, in seconds.
func delays(policy map[string]any) (least, most int64) {
	least, most = numberOf(policy, "minimum_delay", 5), numberOf(policy, "maximum_delay", 30)
	return max(least, math.MinInt64+10), max(most, math.MinInt64+10)
}

// schedule is the waits of a policy; an error says what of it is beyond us.
func schedule(policy map[string]any) ([]time.Duration, error) {
	within := func(n int64) int64 { return min(max(n, 0), 24*60*60) }
	number := func(key string, absent int64) int64 { return within(numberOf(policy, key, absent)) }
	if f, named := policy["retry_backoff_function"]; named && f != "linear" {
		return nil, errors.New("retry_backoff_function must be linear: this server has no other")
	}
	least, most := delays(policy)
	least, most = within(least), within(most)
	var waits []time.Duration
	wait := func(times, seconds int64) {
		for range min(times, maxRetries+1) {
			waits = append(waits, time.Duration(seconds)*time.Second)
		}
	}
	wait(number("retries_with_no_delay", 3), 0)
	wait(number("minimum_delay_retries", 3), least)
	for s := least; s < most && len(waits) <= maxRetries; s += 5 {
		wait(1, s)
	}
	wait(number("maximum_delay_retries", 3), most)
	if len(waits) > maxRetries {
		return nil, fmt.Errorf("must not come to more than %d retries", maxRetries)
	}
	return waits, nil
}
