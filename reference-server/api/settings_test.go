// SPDX-License-Identifier: Apache-2.0

package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestReservedMetadataIsHeldToItsRules(t *testing.T) {
	t.Parallel()
	for metadata, status := range map[string]int{
		`{"_default_message_delay":0}`:                                                201,
		`{"_default_message_delay":901}`:                                              400,
		`{"_max_claim_count":1,"_dead_letter_queue":"q2"}`:                            201,
		`{"_max_claim_count":0}`:                                                      400,
		`{"_max_claim_count":18446744073709551615}`:                                   201,
		`{"_dead_letter_queue":"q"}`:                                                  400,
		`{"_dead_letter_queue":"no name"}`:                                            400,
		`{"_dead_letter_queue_messages_ttl":59}`:                                      400,
		`{"_enable_encrypt_messages":1}`:                                              400,
		`{"_retry_policy":{}}`:                                                        201,
		`{"_retry_policy":{"minimum_delay":21}}`:                                      400,
		`{"_retry_policy":{"minimum_delay":21,"maximum_delay":31}}`:                   201,
		`{"_retry_policy":{"maximum_delay":10}}`:                                      400,
		`{"_retry_policy":{"minimum_delay":18446744073709551615}}`:                    400,
		`{"_retry_policy":{"maximum_delay":18446744073709551615}}`:                    201,
		`{"_retry_policy":{"minimum_delay":-9223372036854775808}}`:                    201,
		`{"_retry_policy":{"maximum_delay":-9223372036854775808}}`:                    400,
		`{"_retry_policy":{"minimum_delay":9223372036854775807,"maximum_delay":-9}}`:  400,
		`{"_retry_policy":{"retry_backoff_function":"fast"}}`:                         400,
		`{"_retry_policy":{"ignore_subscription_override":"yes"}}`:                    400,
		`{"_retry_policy":{"minimum_delay":-1,"more":null},"_more":"whatever it is"}`: 201,
	} {
		s := newServer(t)
		s.want(status, "", "queue_create", `{"queue_name":"q","metadata":%s}`, metadata)
	}
}

func TestAMessageIsHiddenUntilItsDelayIsOver(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.want(201, "", "queue_create", `{"queue_name":"q","metadata":{"_default_message_delay":60}}`)
	s.want(201, "", "message_post", `{"queue_name":"q","messages":[{"body":1},{"delay":0,"body":2},{"delay":30,"body":3}]}`)
	s.lists(`,"echo":true`, 2.0)
	s.lists(`,"echo":true,"include_delayed":true`, 1.0, 2.0, 3.0)
	s.now = s.now.Add(30 * time.Second)
	s.lists(`,"echo":true`, 2.0, 3.0)
	s.now = s.now.Add(30 * time.Second)
	s.lists(`,"echo":true`, 1.0, 2.0, 3.0)
}

func TestMetadataIsChangedByAPatch(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.want(201, "", "queue_create", `{"queue_name":"q","metadata":{"a":9007199254740993,"b":[1,1.0],"_default_message_ttl":60}}`)
	for _, row := range []struct {
		patch  string
		status int
		want   string
	}{
		{`[]`, 200, `{"a":9007199254740993,"b":[1,1.0],"_default_message_ttl":60}`},
		{`[{"op":"add","path":"/metadata/b/-","value":null},{"op":"remove","path":"/metadata/a"}]`, 200, `{"b":[1,1.0,null],"_default_message_ttl":60}`},
		{
			`[{"op":"add","path":"/metadata/c","value":{"<":"\u2028"}},{"op":"replace","path":"/metadata/b","value":1}]`, 200,
			`{"b":1,"c":{"<":"\u2028"},"_default_message_ttl":60}`,
		},
		{`[{"op":"add","path":"/metadata/d","value":1},{"op":"remove","path":"/metadata/e"}]`, 409, ``},
		{`[{"op":"remove","path":"/metadata/b/-1"}]`, 409, ``},
		{`[{"op":"add","path":"/metadata/b/x"}]`, 400, ``},
		{`[{"op":"copy","from":"/metadata/b","path":"/metadata/d"}]`, 400, ``},
		{`[{"op":"add","path":"/queue_name","value":"r"}]`, 400, ``},
		{`[{"op":"add","path":"/metadata//c","value":1}]`, 400, ``},
		{`[{"op":"replace","path":"/metadata/_default_message_ttl","value":59}]`, 400, ``},
		{`[{"op":"add","path":"/metadata/_dead_letter_queue","value":"q"}]`, 400, ``},
		{`[{"op":"add","path":"/metadata/d","value":"` + strings.Repeat("x", 65536) + `"}]`, 400, ``},
		{`[{"op":"add","path":"/metadata/d","value":` + strings.Repeat("[", 90) + strings.Repeat("]", 90) + `},
			{"op":"add","path":"/metadata/d` + strings.Repeat("/0", 90) + `","value":[[[[[[[[[]]]]]]]]]}]`, 400, ``},
		{`[]`, 200, `{"b":1,"c":{"<":"\u2028"},"_default_message_ttl":60}`},
	} {
		s.want(row.status, row.want, "queue_update", `{"queue_name":"q","patch":%s}`, row.patch)
	}
	s.want(200, `{"b":1,"c":{"<":"\u2028"},"_default_message_ttl":60}`, "queue_get", `{"queue_name":"q"}`)
	s.want(404, "", "queue_update", `{"queue_name":"r","patch":[]}`)
	s.want(201, "", "message_post", `{"queue_name":"posted","messages":[{"body":1}]}`)
	s.want(200, `{"a":1}`, "queue_update", `{"queue_name":"posted","patch":[{"op":"add","path":"/metadata/a","value":1}]}`)
}

func TestAMessageThatWasClaimedTooOftenIsMoved(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.want(201, "", "queue_create", `{"queue_name":"q","metadata":{"_max_claim_count":1,"_dead_letter_queue":"r","_dead_letter_queue_messages_ttl":90}}`)
	m := s.post("1")
	s.want(204, "", "claim_delete", `{"queue_name":"q","claim_id":%q}`, s.claim())
	s.now = s.now.Add(10 * time.Second)
	s.want(204, `{}`, "claim_create", `{"queue_name":"q"}`)
	s.want(200, fmt.Sprintf(`{"messages":[{"id":%q,"claim_id":null,"age":10,"ttl":100,"body":1}],"marker":%q}`, m[0], m[0]),
		"message_list", `{"queue_name":"r","echo":true}`)
	s.want(404, "", "message_get", `{"queue_name":"q","message_id":%q}`, m[0])
}
