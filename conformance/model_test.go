// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"strings"
	"testing"

	"github.com/zaqarwire/zaqarwire/spec"
)

// told is one request of a hand-made history, with its reply.
type told struct {
	act   act
	reply reply
}

// posted is a message_post of messages whose ids are their names.
func posted(bodies ...string) told {
	return told{act{action: "message_post", bodies: bodies}, reply{status: 201, ids: bodies}}
}

// these are messages in a reply, held by a claim or by none.
func these(claim string, ids ...string) []shown {
	var all []shown
	for _, id := range ids {
		all = append(all, shown{id: id, body: id, claim: claim})
	}
	return all
}

func took(claim string, limit int, ids ...string) told {
	return told{
		act{action: "claim_create", label: claim, limit: limit, ttl: 60},
		reply{status: 201, claim: claim, messages: these(claim, ids...)},
	}
}

func listed3(ids ...string) told {
	return told{act{action: "message_list", echo: true, limit: 3}, reply{status: 200, messages: these("", ids...)}}
}

func popped(limit int, ids ...string) told {
	return told{act{action: "message_delete_many", limit: limit}, reply{status: 200, messages: these("", ids...)}}
}

func deleted(id, claim string, status int) told {
	return told{act{action: "message_delete", ids: []string{id}, claim: claim}, reply{status: status}}
}

func gotten(id string, status int) told {
	t := told{act{action: "message_get", ids: []string{id}}, reply{status: status}}
	if status == 200 {
		t.reply.messages = these("", id)
	}
	return t
}

func gotMany(asked []string, ids ...string) told {
	return told{act{action: "message_get_many", ids: asked}, reply{status: 200, messages: these("", ids...)}}
}

func gotClaim(claim string, status int, ids ...string) told {
	return told{act{action: "claim_get", claim: claim}, reply{status: status, ttl: 60, messages: these(claim, ids...)}}
}

func simply(action string, status int) told { return told{act{action: action}, reply{status: status}} }

func onto(action, claim string, status int) told {
	return told{act{action: action, claim: claim, ttl: 60}, reply{status: status}}
}

func counted(free, total int64) told {
	return told{act{action: "queue_get_stats"}, reply{status: 200, free: free, total: total}}
}

// Each history is right up to its last reply, which breaks the requirement.
func TestTheModelNamesWhatIsBroken(t *testing.T) {
	t.Parallel()
	abc := posted("a", "b", "c")
	own := told{act{action: "message_list", limit: 3}, reply{status: 200, messages: these("", "a")}}
	spare := told{act{action: "queue_purge", spares: true}, reply{status: 204}}
	marked := told{act{action: "message_list", echo: true, limit: 3, marker: "b"}, reply{status: 200, messages: these("", "b", "c")}}
	many := told{act{action: "message_delete_many", ids: []string{"a"}}, reply{status: 204}}
	page := told{act{action: "message_list", limit: 1, client: 1}, reply{status: 200}}
	theirs := told{act{action: "message_post", bodies: []string{"d"}, client: 2}, reply{status: 201, ids: []string{"d"}}}
	mine := told{act{action: "message_post", bodies: []string{"a", "b"}, client: 1}, reply{status: 201, ids: []string{"a", "b"}}}
	for name, tc := range map[string]struct {
		history []told
		want    spec.ID
	}{
		"a queue made twice":                    {[]told{simply("queue_create", 201), simply("queue_create", 201)}, spec.QUE6},
		"a queue that was there before":         {[]told{simply("queue_create", 204)}, spec.QUE5},
		"a queue that outlives its deletion":    {[]told{abc, simply("queue_delete", 204), simply("queue_create", 204)}, spec.QUE27},
		"messages that outlive their queue":     {[]told{abc, simply("queue_delete", 204), simply("queue_create", 201), listed3("a")}, spec.QUE27},
		"a deletion that is refused":            {[]told{simply("queue_delete", 404)}, spec.QUE26},
		"a queue lost in a purge":               {[]told{abc, simply("queue_purge", 204), simply("queue_create", 201)}, spec.QUE39},
		"a purge that leaves":                   {[]told{abc, simply("queue_purge", 204), listed3("a", "b", "c")}, spec.QUE35},
		"a purge of something else":             {[]told{abc, spare, listed3()}, spec.QUE37},
		"a sum that is none":                    {[]told{abc, counted(3, 4)}, spec.QUE28},
		"a claimed message counted as free":     {[]told{abc, took("x", 1, "a"), counted(3, 3)}, spec.QUE29},
		"stats of no queue":                     {[]told{counted(0, 0)}, spec.QUE32},
		"an id too few":                         {[]told{{act{action: "message_post", bodies: []string{"a", "b"}}, reply{status: 201, ids: []string{"a"}}}}, spec.MSG1},
		"an id twice":                           {[]told{posted("a"), posted("a")}, spec.MSG1},
		"a message lost":                        {[]told{abc, listed3("a", "c")}, spec.MSG22},
		"another body":                          {[]told{abc, {act{action: "message_get", ids: []string{"a"}}, reply{status: 200, messages: []shown{{id: "a", body: "z"}}}}}, spec.MSG10},
		"messages out of order":                 {[]told{abc, listed3("b", "a", "c")}, spec.MSG23},
		"a message of nobody":                   {[]told{abc, listed3("a", "b", "z")}, spec.MSG23},
		"a list of no queue":                    {[]told{listed3()}, spec.MSG24},
		"more than the limit":                   {[]told{abc, posted("d"), listed3("a", "b", "c", "d")}, spec.MSG25},
		"the client's own":                      {[]told{abc, own}, spec.MSG27},
		"a claimed one in a list":               {[]told{abc, took("x", 1, "a"), listed3("a", "b", "c")}, spec.MSG28},
		"a limit that counts hidden ones":       {[]told{mine, theirs, page}, spec.MSG30},
		"the marker itself":                     {[]told{abc, marked}, spec.MSG31},
		"a message that is not got":             {[]told{abc, gotten("a", 404)}, spec.MSG22},
		"a message that never was":              {[]told{abc, gotten("z", 200)}, spec.MSG35},
		"a claimed message that is not got":     {[]told{abc, took("x", 1, "a"), gotten("a", 404)}, spec.CLM9},
		"many in another order":                 {[]told{abc, gotMany([]string{"b", "a"}, "a", "b")}, spec.MSG36},
		"one of many lost":                      {[]told{abc, gotMany([]string{"b", "a"}, "b")}, spec.MSG22},
		"a deleted one got among many":          {[]told{abc, deleted("a", "", 204), gotMany([]string{"b", "a"}, "b", "a")}, spec.MSG42},
		"a deletion of nothing refused":         {[]told{abc, deleted("z", "", 404)}, spec.MSG41},
		"a deleted message that is got":         {[]told{abc, deleted("a", "", 204), gotten("a", 200)}, spec.MSG42},
		"a claimed message deleted":             {[]told{abc, took("x", 1, "a"), deleted("a", "", 204)}, spec.MSG43},
		"gone though the deletion was refused":  {[]told{abc, took("x", 1, "a"), deleted("a", "", 403), gotten("a", 404)}, spec.MSG43},
		"a deletion by the right claim":         {[]told{abc, took("x", 1, "a"), deleted("a", "x", 403)}, spec.MSG44},
		"a deletion by another claim":           {[]told{abc, took("x", 1, "a"), took("y", 1, "b"), deleted("a", "y", 204)}, spec.MSG45},
		"many that are free, refused":           {[]told{abc, {many.act, reply{status: 403}}}, spec.MSG49},
		"many with a claimed one":               {[]told{abc, took("x", 1, "a"), many}, spec.MSG50},
		"a pop of a claimed one":                {[]told{abc, took("x", 1, "a"), popped(1, "a")}, spec.MSG52},
		"a message popped twice":                {[]told{abc, popped(1, "a"), popped(2, "a", "b")}, spec.MSG52},
		"a pop that passes over":                {[]told{abc, popped(1, "b")}, spec.MSG52},
		"a pop that leaves":                     {[]told{abc, popped(1, "a"), listed3("a", "b", "c")}, spec.MSG52},
		"a message without its claim":           {[]told{abc, {took("x", 1).act, reply{status: 201, claim: "x", messages: these("", "a")}}}, spec.CLM1},
		"a claim that passes over":              {[]told{abc, took("x", 1, "b")}, spec.CLM2},
		"a claim of too many":                   {[]told{abc, took("x", 1, "a", "b")}, spec.CLM2},
		"a claim of nothing":                    {[]told{simply("queue_create", 201), {act{action: "claim_create", limit: 1}, reply{status: 201, claim: "x"}}}, spec.CLM3},
		"a second lease":                        {[]told{abc, took("x", 2, "a", "b"), took("y", 1, "b")}, spec.CLM8},
		"a lease that claim_get shows twice":    {[]told{abc, took("x", 1, "a"), took("y", 1, "b"), gotClaim("x", 200, "a", "b")}, spec.CLM8},
		"a freed one at another place":          {[]told{abc, took("x", 1, "a"), onto("claim_delete", "x", 204), listed3("b", "c", "a")}, spec.CLM16},
		"a claim that lost one":                 {[]told{abc, took("x", 2, "a", "b"), gotClaim("x", 200, "a")}, spec.CLM17},
		"a claim that never was":                {[]told{abc, gotClaim("z", 200)}, spec.CLM18},
		"a claim that shows a deleted one":      {[]told{abc, took("x", 2, "a", "b"), deleted("a", "x", 204), gotClaim("x", 200, "a", "b")}, spec.CLM20},
		"a claim that ends with a message":      {[]told{abc, took("x", 2, "a", "b"), deleted("a", "x", 204), gotClaim("x", 404)}, spec.CLM20},
		"a renewal refused":                     {[]told{abc, took("x", 1, "a"), onto("claim_update", "x", 404)}, spec.CLM22},
		"a renewal without effect":              {[]told{abc, took("x", 1, "a"), {act{action: "claim_update", claim: "x", ttl: 99}, reply{status: 204}}, gotClaim("x", 200, "a")}, spec.CLM22},
		"a renewal of no claim":                 {[]told{abc, onto("claim_update", "z", 204)}, spec.CLM26},
		"a release refused":                     {[]told{abc, onto("claim_delete", "z", 404)}, spec.CLM28},
		"a release that frees nothing":          {[]told{abc, took("x", 3, "a", "b", "c"), onto("claim_delete", "x", 204), {act{action: "claim_create", limit: 1}, reply{status: 204}}}, spec.CLM29},
		"a released claim that is still there":  {[]told{abc, took("x", 1, "a"), onto("claim_delete", "x", 204), gotClaim("x", 200)}, spec.CLM29},
		"a claim that is made of nothing there": {[]told{abc, {act{action: "claim_create", limit: 1}, reply{status: 204}}}, spec.CLM2},
	} {
		q := new(queue)
		for i, step := range tc.history {
			next, bad := q.step(step.act, step.reply)
			if last := i == len(tc.history)-1; last != (bad != nil) {
				t.Errorf("%s: step %d of %d: %+v", name, i+1, len(tc.history), bad)
				break
			}
			if bad != nil && bad.rule != tc.want {
				t.Errorf("%s breaks %s, want %s: %+v", name, bad.rule, tc.want, bad)
			}
			q = next
		}
	}
}

// What the sentences leave open is taken as the reply shows it.
func TestTheModelPermitsWhatSentencesLeaveOpen(t *testing.T) {
	t.Parallel()
	two := posted("a", "b")
	for name, history := range map[string][]told{
		"a purge leaves claimed ones":       {two, took("x", 1, "a"), simply("queue_purge", 204), gotten("a", 200), gotClaim("x", 200, "a")},
		"a purge takes claimed ones":        {two, took("x", 1, "a"), simply("queue_purge", 204), gotten("a", 404), counted(0, 0)},
		"the claim goes with its purge":     {two, took("x", 1, "a"), simply("queue_purge", 204), gotClaim("x", 404), listed3()},
		"an empty claim stays":              {two, took("x", 1, "a"), deleted("a", "x", 204), gotClaim("x", 200), onto("claim_update", "x", 204)},
		"an empty claim ends":               {two, took("x", 1, "a"), deleted("a", "x", 204), gotClaim("x", 404), onto("claim_update", "x", 404)},
		"a wrong claim is refused with 400": {two, took("x", 1, "a"), deleted("b", "x", 400), deleted("b", "x", 403), gotten("b", 200)},
		"many by their claims, or not": {
			two, took("x", 1, "a"),
			{act{action: "message_delete_many", ids: []string{"a"}, claims: []string{"x"}}, reply{status: 403}},
			{act{action: "message_delete_many", ids: []string{"a"}, claims: []string{"x"}}, reply{status: 204}},
			gotten("a", 404),
		},
		"claims of a deleted queue are known": {two, took("x", 1, "a"), simply("queue_delete", 204), gotClaim("x", 200), gotten("a", 404)},
		"claims of a deleted queue are not":   {two, took("x", 1, "a"), simply("queue_delete", 204), gotClaim("x", 404)},
		"claim_get in any order":              {two, took("x", 2, "a", "b"), gotClaim("x", 200, "b", "a")},
	} {
		q := new(queue)
		for i, step := range history {
			next, bad := q.step(step.act, step.reply)
			if bad != nil {
				t.Errorf("%s: step %d: %+v", name, i+1, bad)
				break
			}
			q = next
		}
	}
}

func TestAStepLeavesTheStateAsItIs(t *testing.T) {
	t.Parallel()
	q := preloaded("a", "b")
	before := q.key()
	for _, step := range []told{took("x", 1, "a"), popped(1, "a"), deleted("a", "", 204), simply("queue_purge", 204), posted("c")} {
		if _, bad := q.step(step.act, step.reply); bad != nil {
			t.Errorf("%s: %+v", step.act.action, bad)
		}
	}
	if q.key() != before || len(q.past) > 0 || len(q.claims) > 0 {
		t.Errorf("it was %q, and is %q", before, q.key())
	}
}

func TestShrinkLeavesWhatFails(t *testing.T) {
	t.Parallel()
	letters := strings.Split("qwertyuiopasdfghjklzxcvbnm", "")
	fails := func(some []string) bool {
		text := strings.ToLower(strings.Join(some, ""))
		return strings.Contains(text, "e") && strings.Contains(text, "l") && strings.Index(text, "e") < strings.Index(text, "l")
	}
	simpler := func(s string) []string { return []string{strings.ToUpper(s)} }
	if got := strings.Join(shrink(letters, simpler, fails), ""); got != "EL" {
		t.Errorf("shrunk to %q, want EL", got)
	}
	if got := shrink(letters, simpler, func([]string) bool { return false }); len(got) != len(letters) {
		t.Errorf("shrunk to %v though nothing shorter fails", got)
	}
}
