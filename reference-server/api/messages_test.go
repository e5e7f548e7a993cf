// SPDX-License-Identifier: Apache-2.0

package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/store"
	"github.com/zaqarwire/zaqarwire/reference-server/store/memory"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

func TestAMessageIsReadAsItWasPosted(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.want(201, "", "queue_create", `{"queue_name":"q","metadata":{"_default_message_ttl":300}}`)
	r := s.do("message_post", `{"queue_name":"q","messages":[{"body":{"a":[1,2.5,null]}},{"ttl":60,"body":null,"more":1}]}`)
	one, two := s.at(r, "message_ids", 0).(string), s.at(r, "message_ids", 1).(string)
	s.now = s.now.Add(1500 * time.Millisecond)

	first := fmt.Sprintf(`{"id":%q,"claim_id":null,"ttl":300,"age":1,"body":{"a":[1,2.5,null]}}`, one)
	second := fmt.Sprintf(`{"id":%q,"claim_id":null,"ttl":60,"age":1,"body":null}`, two)
	s.want(200, `{"messages":`+first+`}`, "message_get", `{"queue_name":"q","message_id":%q}`, one)
	s.want(200, `{"messages":[`+second+","+first+","+second+`]}`,
		"message_get_many", `{"queue_name":"q","message_ids":[%q,%q,%q,%q]}`, two, one, unknown, two)
	s.want(200, `{"messages":[`+first+","+second+`],"marker":"`+two+`"}`, "message_list", `{"queue_name":"q","echo":true}`)

	s.now = s.now.Add(58500 * time.Millisecond)
	s.want(404, "", "message_get", `{"queue_name":"q","message_id":%q}`, two)
	c := s.claim()
	r = s.do("message_get", `{"queue_name":"q","message_id":%q}`, one)
	if got := s.at(r, "messages", "claim_id"); got != c {
		t.Errorf("claim_id = %v, want %v", got, c)
	}
}

func TestAPostIsHeldToTheSizeOfItsQueue(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	// [{"body":"x…"}]: 1 for the list, 1 for the map, 5 for the key, and the string
	for _, row := range []struct {
		queue  string
		max    int // length of the body
		header int // bytes before it
	}{{"small", 30, 1}, {"large", 262144 - 7 - 5, 5}} {
		if row.queue == "small" {
			s.want(201, "", "queue_create", `{"queue_name":"small","metadata":{"_max_messages_post_size":%d}}`, 7+row.header+row.max)
		}
		for more, status := range []int{201, 400} {
			s.want(status, "", "message_post", `{"queue_name":%q,"messages":[{"body":%q}]}`, row.queue, strings.Repeat("x", row.max+more))
		}
	}
	s.want(201, "", "message_post", `{"x":{"messages":[]},"queue_name":"small","messages":[{"body":%q}],"y":%q}`,
		strings.Repeat("x", 30), strings.Repeat("y", 100))
}

func TestAListHidesOnesOwnInAnySpelling(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.post("1")
	s.client = them
	s.post("2")
	s.client = meShort
	s.post("3")
	s.lists("", 2.0)
	s.lists(`,"echo":true`, 1.0, 2.0, 3.0)
	s.client = me
	s.lists("", 2.0)
	s.client = strings.ToUpper(them)
	s.lists("", 1.0, 3.0)
}

func TestAListIsReadPageByPage(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	for range 15 {
		s.post(`"mine"`)
	}
	s.client = them
	m := s.post("1", "2", "3")
	s.client = me
	seen := make([]any, 0, 3)
	marker := ""
	for range 3 {
		r := s.do("message_list", `{"queue_name":"q","limit":1,"marker":%q}`, marker)
		seen = append(seen, s.bodies(r)...)
		marker = s.at(r, "marker").(string)
	}
	if fmt.Sprint(seen) != "[1 2 3]" || marker != m[2] {
		t.Fatalf("saw %v up to %v", seen, marker)
	}
	s.want(200, `{"messages":[],"marker":"`+marker+`"}`, "message_list", `{"queue_name":"q","marker":%q}`, marker)
	s.client = them
	s.want(204, "", "message_delete", `{"queue_name":"q","message_id":%q}`, m[2])
	s.post("4")
	s.client = me
	s.lists(`,"marker":"`+marker+`"`, 4.0)
	s.lists(`,"marker":""`, 1.0, 2.0, 4.0)
	s.want(204, "", "queue_purge", `{"queue_name":"q"}`)
	s.want(200, `{"messages":[],"marker":""}`, "message_list", `{"queue_name":"q","marker":""}`)
}

func TestAListWithoutALimitHasTen(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	s.post(strings.Split(strings.Repeat("1 ", 24)+"1", " ")...)
	if n := len(s.bodies(s.do("message_list", `{"queue_name":"q","echo":true}`))); n != 10 {
		t.Errorf("%d messages, want 10", n)
	}
	if n := len(s.bodies(s.do("claim_create", `{"queue_name":"q"}`))); n != 10 {
		t.Errorf("%d messages claimed, want 10", n)
	}
	if n := len(s.bodies(s.do("message_delete_many", `{"queue_name":"q","pop":20}`))); n != 15 {
		t.Errorf("%d messages popped, want 15", n)
	}
}

func TestAClaimedMessageIsDeletedUnderItsClaim(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	m := s.post("1", "2", "3", "4")
	one, two := s.claim(), s.claim()
	s.want(204, `{}`, "message_delete", `{"queue_name":"q","message_id":%q,"claim_id":%q}`, m[0], one)
	s.want(204, `{}`, "message_delete", `{"queue_name":"q","message_id":%q,"claim_id":"no claim"}`, m[0])
	s.want(204, `{}`, "message_delete_many", `{"queue_name":"q","message_ids":[%q,%q,%q],"claim_ids":[%q,%q]}`,
		m[2], m[1], unknown, one, two)
	s.lists(`,"echo":true,"include_claimed":true`, 4.0)
	s.want(200, `{"age":0,"ttl":60,"messages":[]}`, "claim_get", `{"queue_name":"q","claim_id":%q}`, two)
}

func TestAPopReturnsWhatItRemoves(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	m := s.post("1", "2", "3")
	s.claim()
	s.now = s.now.Add(time.Second)
	s.want(200, fmt.Sprintf(`{"messages":[{"id":%q,"age":1,"ttl":3600,"body":2,"claim_id":null,"claim_count":0}]}`, m[1]),
		"message_delete_many", `{"queue_name":"q","pop":1}`)
	s.want(404, "", "message_get", `{"queue_name":"q","message_id":%q}`, m[1])
	s.want(200, "", "message_delete_many", `{"queue_name":"q","pop":20}`)
	s.want(200, `{"messages":[]}`, "message_delete_many", `{"queue_name":"q","pop":20}`)
}

func TestListingsAreBoundedInBytes(t *testing.T) {
	t.Parallel()
	s := newServer(t)
	data := memory.New(nil)
	s.over(api.Options{Store: data})
	body := msgp.AppendString(nil, strings.Repeat("x", 6<<20)) // as an operator may allow
	posted, err := data.PostMessages(t.Context(), store.Queue{Project: "p1", Name: "q"}, store.Post{
		TTL: time.Hour, Messages: []store.NewMessage{{Body: body}, {Body: body}, {Body: body}},
	})
	if err != nil {
		t.Fatal(err)
	}
	page, _ := s.ask("message_list", `{"queue_name":"q"}`).Body.(*wire.MessagePage)
	if len(page.Messages) != 2 || *page.Marker != posted[1].ID {
		t.Errorf("a page has %d messages of 6 MiB, want 2, and their marker", len(page.Messages))
	}
	many, _ := s.ask("message_get_many", `{"queue_name":"q","message_ids":[%q,%q,%q]}`, posted[0].ID, posted[1].ID, posted[2].ID).Body.(*wire.Messages)
	if len(many.Messages) != 3 {
		t.Errorf("of three messages named by their ids %d came, want all (MSG-36)", len(many.Messages))
	}
	claim, _ := s.ask("claim_create", `{"queue_name":"q"}`).Body.(*wire.NewClaim)
	if len(claim.Messages) != 2 {
		t.Errorf("a claim has %d messages of 6 MiB, want 2", len(claim.Messages))
	}
	popped, _ := s.ask("message_delete_many", `{"queue_name":"q","pop":3}`).Body.(*wire.Popped)
	if len(popped.Messages) != 1 {
		t.Errorf("a pop has %d messages of 6 MiB, want the one that is free", len(popped.Messages))
	}
}
