// SPDX-License-Identifier: Apache-2.0

package api_test

import (
	"fmt"
	"testing"
	"time"
)

func TestAQueueKeepsItsMetadata(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	metadata := `{"_default_message_ttl":300,"_x":null,"big":9007199254740993,"deep":{"a":[1,2.5,"ü"]}}`
	s.want(201, `"Queue q created."`, "queue_create", `{"queue_name":"q","metadata":%s}`, metadata)
	s.want(200, metadata, "queue_get", `{"queue_name":"q"}`)
	s.want(204, `{}`, "queue_create", `{"queue_name":"q","metadata":{"other":1}}`)
	s.want(200, metadata, "queue_get", `{"queue_name":"q"}`)
	s.want(204, `{}`, "queue_purge", `{"queue_name":"q"}`)
	s.want(200, metadata, "queue_get", `{"queue_name":"q"}`)
	s.want(201, "", "queue_create", `{"queue_name":"bare"}`)
	s.want(200, `{}`, "queue_get", `{"queue_name":"bare"}`)
	s.want(201, "", "message_post", `{"queue_name":"posted","messages":[{"body":1}]}`)
	s.want(200, `{}`, "queue_get", `{"queue_name":"posted"}`)
	s.want(200, `{"queues":[{"name":"bare","metadata":{}},{"name":"posted","metadata":{}},
		{"name":"q","metadata":`+metadata+`}],"marker":"q"}`,
		"queue_list", `{"detailed":true}`)
	s.want(204, `{}`, "queue_delete", `{"queue_name":"q"}`)
	s.want(404, "", "queue_get", `{"queue_name":"q"}`)
}

func TestAListOfQueuesIsReadPageByPage(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for i := range 25 {
		s.want(201, "", "queue_create", `{"queue_name":"q%02d"}`, i)
	}
	first := s.do("queue_list", "")
	if n := len(s.at(first, "queues").([]any)); n != 10 {
		t.Errorf("a page without a limit has %d queues, want 10", n)
	}
	marker := ""
	for i := range 25 {
		name := fmt.Sprintf("q%02d", i)
		s.want(200, fmt.Sprintf(`{"queues":[{"name":%q}],"marker":%q}`, name, name), "queue_list", `{"limit":1,"marker":%q}`, marker)
		marker = name
	}
	s.want(200, `{"queues":[],"marker":"q24"}`, "queue_list", `{"marker":"q24"}`)
	s.want(200, `{"queues":[],"marker":"zzz"}`, "queue_list", `{"marker":"zzz"}`)
}

func TestStatsDescribeAQueue(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.want(201, "", "queue_create", `{"queue_name":"q"}`)
	s.want(200, `{"messages":{"claimed":0,"free":0,"total":0}}`, "queue_get_stats", `{"queue_name":"q"}`)
	m := s.post("null", `{"a":1}`)
	s.now = s.now.Add(1900 * time.Millisecond)
	c := s.claim()
	s.want(200, fmt.Sprintf(`{"messages":{"claimed":1,"free":1,"total":2,
		"oldest":{"id":%q,"age":1,"ttl":3600,"body":null,"claim_id":%q,"claim_count":1,"created":"2014-11-28T15:48:12Z"},
		"newest":{"id":%q,"age":1,"ttl":3600,"body":{"a":1},"claim_id":null,"claim_count":0,"created":"2014-11-28T15:48:12Z"}}}`,
		m[0], c, m[1]), "queue_get_stats", `{"queue_name":"q"}`)
	s.now = s.now.Add(time.Minute)
	s.want(204, `{}`, "queue_delete", `{"queue_name":"q"}`)
	s.post("2")
	s.now = s.now.Add(time.Hour)
	s.want(200, `{"messages":{"claimed":0,"free":0,"total":0}}`, "queue_get_stats", `{"queue_name":"q"}`)
}

func TestAPurgeLeavesWhatIsClaimedOrNotMeant(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.client = them
	s.post("1", "2", "3")
	s.claim()
	s.client = me
	for _, types := range []string{`[]`, `["subscriptions"]`} {
		s.want(204, `{}`, "queue_purge", `{"queue_name":"q","resource_types":%s}`, types)
		s.lists("", 2.0, 3.0)
	}
	s.want(204, `{}`, "queue_purge", `{"queue_name":"q","resource_types":["subscriptions","messages"]}`)
	s.lists(`,"include_claimed":true`, 1.0)
	s.now = s.now.Add(time.Minute)
	s.lists("", 1.0)
	s.want(204, `{}`, "queue_purge", `{"queue_name":"q"}`)
	s.lists("")
}
