// SPDX-License-Identifier: Apache-2.0

package api_test

import (
	"fmt"
	"testing"
	"time"
)

func TestAClaimLeasesMessages(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	m := s.post("1", "2", "3")
	s.now = s.now.Add(2500 * time.Millisecond)
	r := s.do("claim_create", `{"queue_name":"q","limit":2}`)
	c := s.at(r, "claim_id").(string)
	messages := func(age int) string {
		return fmt.Sprintf(`[{"id":%q,"claim_id":%q,"ttl":3600,"age":%d,"body":1},{"id":%q,"claim_id":%q,"ttl":3600,"age":%d,"body":2}]`,
			m[0], c, age, m[1], c, age)
	}
	s.same("claim_create", r, 201, fmt.Sprintf(`{"claim_id":%q,"messages":%s}`, c, messages(2)))
	s.now = s.now.Add(10 * time.Second)
	s.want(200, `{"age":10,"ttl":300,"messages":`+messages(12)+`}`, "claim_get", `{"queue_name":"q","claim_id":%q}`, c)

	s.client = them // a claim is the project's, not the client's
	s.lists("", 3.0)
	s.want(204, `{}`, "claim_update", `{"queue_name":"q","claim_id":%q}`, c)
	s.want(200, `{"age":0,"ttl":300,"messages":`+messages(12)+`}`, "claim_get", `{"queue_name":"q","claim_id":%q}`, c)
	s.want(204, `{}`, "claim_delete", `{"queue_name":"q","claim_id":%q}`, c)
	s.lists("", 1.0, 2.0, 3.0)
	s.want(404, "", "claim_get", `{"queue_name":"q","claim_id":%q}`, c)
	s.want(404, "", "claim_update", `{"queue_name":"q","claim_id":%q,"ttl":60}`, c)
	s.want(204, `{}`, "claim_delete", `{"queue_name":"q","claim_id":%q}`, c)
}

func TestAClaimWithNothingToLeaseHasNoID(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.want(201, "", "queue_create", `{"queue_name":"q"}`)
	s.want(204, `{}`, "claim_create", `{"queue_name":"q","ttl":60,"grace":60}`)
}

func TestAClaimEndsWithItsTTL(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.post("1")
	c := s.claim()
	s.now = s.now.Add(time.Minute - 1)
	s.want(200, "", "claim_get", `{"queue_name":"q","claim_id":%q}`, c)
	s.now = s.now.Add(1)
	s.want(404, "", "claim_get", `{"queue_name":"q","claim_id":%q}`, c)
	s.want(404, "", "claim_update", `{"queue_name":"q","claim_id":%q,"ttl":60}`, c)
	s.want(200, "", "queue_get_stats", `{"queue_name":"q"}`)
	s.lists(`,"echo":true`, 1.0)
}

func TestAClaimKeepsItsMessagesAliveForAsLongAsItSays(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.want(201, "", "message_post", `{"queue_name":"q","messages":[{"ttl":60,"body":1}]}`)
	r := s.do("claim_create", `{"queue_name":"q","ttl":100,"grace":90}`)
	c, id := s.at(r, "claim_id"), s.at(r, "messages", 0, "id")
	if ttl := s.at(r, "messages", 0, "ttl"); ttl != 190.0 {
		t.Fatalf("the claim promises %v seconds, want 190", ttl)
	}
	s.now = s.now.Add(50 * time.Second)
	for _, row := range []struct {
		lease string
		ttl   float64 // of the message
	}{
		{`"ttl":60,"grace":60`, 190},
		{`"ttl":200,"grace":90`, 340},
		{`"ttl":210`, 350},
		{`"grace":100`, 360},
	} {
		s.want(204, `{}`, "claim_update", `{"queue_name":"q","claim_id":%q,%s}`, c, row.lease)
		r = s.do("message_get", `{"queue_name":"q","message_id":%q}`, id)
		if ttl := s.at(r, "messages", "ttl"); ttl != row.ttl {
			t.Fatalf("the message has %v seconds after %s, want %v", ttl, row.lease, row.ttl)
		}
	}
	s.now = s.now.Add(310*time.Second - 1)
	s.want(200, "", "message_get", `{"queue_name":"q","message_id":%q}`, id)
	s.now = s.now.Add(1)
	s.want(404, "", "message_get", `{"queue_name":"q","message_id":%q}`, id)
}
