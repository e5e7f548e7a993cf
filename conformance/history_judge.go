// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"cmp"
	"hash/maphash"
	"maps"
	"math"
	"slices"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/zaqarwire/zaqarwire/spec"
)

// finding is what the search for a linearization came to.
type finding int

const (
	ordered finding = iota
	undecided
	impossible
)

// state is one of the model with the key that tells it apart.
type state struct {
	q   *queue
	key string
}

// linear is the model as porcupine takes it.
func linear(began *queue) porcupine.Model {
	seed := maphash.MakeSeed()
	return porcupine.Model{
		Init: func() any { return state{began, began.key()} },
		Step: func(s, in, out any) (bool, any) {
			q, a, r := s.(state).q, in.(act), out.(reply) //nolint:forcetypeassert // porcupine hands back what searched gave it
			if q.rejects(a, r) {
				return false, s
			}
			next, bad := q.step(a, r)
			return bad == nil, state{next, next.key()}
		},
		Equal: func(a, b any) bool { return a.(state).key == b.(state).key },     //nolint:forcetypeassert // as above
		Hash:  func(s any) uint64 { return maphash.String(seed, s.(state).key) }, //nolint:forcetypeassert // as above
	}
}

// rejects says at once what step would find out at length: what is taken first
// has to be the first that is free, and who gets nothing finds nothing free.
func (q *queue) rejects(a act, r reply) bool {
	switch {
	case a.action == "message_list" && len(r.messages) > 0:
		return false
	case a.action != "claim_create" && a.action != "message_list" && (a.action != "message_delete_many" || a.limit == 0):
		return false
	}
	first := slices.IndexFunc(q.messages, isFree)
	if len(r.messages) == 0 {
		return first >= 0
	}
	return first < 0 || q.messages[first].id != r.messages[0].id
}

// searched looks for an order of ops that explains their replies.
func searched(began *queue, ops []op, patience time.Duration) finding {
	switch porcupine.CheckOperationsTimeout(linear(began), operations(ops), patience) {
	case porcupine.Ok:
		return ordered
	case porcupine.Illegal:
		return impossible
	default:
		return undecided
	}
}

func operations(ops []op) []porcupine.Operation {
	all := make([]porcupine.Operation, len(ops))
	for i, o := range ops {
		all[i] = porcupine.Operation{
			ClientId: o.client, Input: o.act, Output: o.reply, Call: int64(o.call), Return: int64(o.ret), Metadata: i,
		}
	}
	return all
}

// parts are the parts of a history that are judged. A part is small, so that a
// search ends at once, where one through the whole may not end at all.
type parts struct {
	began    *queue
	ids      []string        // of all messages
	about    map[string][]op // what each message lived through
	nothing  []op            // who saw that nothing, or nothing more, was free
	verdict  finding
	deadline time.Time
}

// suspect judges what each message lived through, which shows second leases,
// losses and what comes twice; then each two messages, which shows their order
// and who was passed over. The first part that no order explains comes back, with
// what is needed for that only.
func suspect(began *queue, ops []op) (*queue, []op, finding) {
	p := parted(began, ops)
	var first []op
	var before *queue
	for _, a := range p.ids {
		q, some, bad := p.try(slices.Concat(p.about[a], p.puzzling(a)), a)
		if bad && accuse(q, some).rule == spec.CLM8 {
			return q, some, impossible // other messages may only show what follows from it
		}
		if bad && first == nil {
			before, first = q, some
		}
	}
	if first != nil {
		return before, first, impossible
	}
	for i, a := range p.ids {
		for _, b := range p.ids[:i] {
			if q, some, bad := p.try(slices.Concat(p.about[a], p.about[b]), a, b); bad {
				return q, some, impossible
			}
		}
	}
	return nil, nil, p.verdict
}

// parted finds out which request is about which message.
func parted(began *queue, ops []op) *parts {
	p := &parts{began: began, about: map[string][]op{}, deadline: time.Now().Add(maxSearch)}
	holds := map[string][]string{}
	for _, o := range ops {
		if o.act.action == "claim_create" {
			for _, m := range o.reply.messages {
				holds[o.reply.claim] = append(holds[o.reply.claim], m.id)
			}
		}
	}
	for _, o := range ops {
		ids := slices.Concat(o.reply.ids, o.act.ids)
		for _, m := range o.reply.messages {
			ids = append(ids, m.id)
		}
		if o.act.action == "claim_delete" || o.act.action == "claim_get" {
			ids = append(ids, holds[o.act.claim]...)
		}
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) {
			p.about[id] = append(p.about[id], o)
		}
		if o.spare() && len(o.reply.messages) < o.act.limit {
			p.nothing = append(p.nothing, o)
		}
	}
	p.ids = slices.Sorted(maps.Keys(p.about))
	for _, m := range began.messages {
		if p.about[m.id] == nil {
			p.ids = append(p.ids, m.id) // nobody saw it, not even the last look
		}
	}
	return p
}

// puzzling are those who got less than they might, though in all that time nobody
// can have had the message: what it may be ordered by is not searched through.
func (p *parts) puzzling(id string) []op {
	about := p.about[id]
	return slices.DeleteFunc(slices.Clone(p.nothing), func(o op) bool {
		return slices.ContainsFunc(about, func(taker op) bool {
			if !taker.takes(id) {
				return false
			}
			until := time.Duration(math.MaxInt64)
			for _, r := range about {
				if r.act.action == "claim_delete" && r.act.claim == taker.reply.claim {
					until = min(until, r.ret)
				}
			}
			return taker.call <= o.ret && o.call <= until
		})
	})
}

// takes says whether the message is not free after the op.
func (o op) takes(id string) bool {
	switch o.act.action {
	case "message_delete":
		return o.reply.status == 204
	case "message_list", "claim_get":
		return false
	default:
		return slices.ContainsFunc(o.reply.messages, func(m shown) bool { return m.id == id })
	}
}

// spare says whether the op gets of the free messages what its limit allows.
func (o op) spare() bool {
	return o.act.action == "claim_create" || o.act.action == "message_list" || o.act.action == "message_delete_many" && o.act.limit > 0
}

// try judges one part.
func (p *parts) try(ops []op, ids ...string) (*queue, []op, bool) {
	slices.SortFunc(ops, func(a, b op) int { return cmp.Or(cmp.Compare(a.call, b.call), cmp.Compare(a.client, b.client)) })
	ops = slices.CompactFunc(ops, func(a, b op) bool { return a.call == b.call && a.client == b.client })
	q, some := project(p.began, ops, ids)
	if len(some) == 0 {
		return nil, nil, false
	}
	found := searched(q, some, max(time.Millisecond, min(maxSearch/5, time.Until(p.deadline))))
	p.verdict = max(p.verdict, found)
	if found == impossible {
		if len(ids) == 1 {
			some = lighter(q, some)
		}
		some = thin(q, some)
	}
	return q, some, found == impossible
}

// endless is a limit that never counts.
const endless = 1 << 30

// project is the history as some of the messages lived through it. If the whole
// can be ordered, so can this: who took up to a limit took of these what it
// took. Who got less than it might proves that nothing else was free: that is
// asked of each message by itself.
func project(began *queue, ops []op, ids []string) (*queue, []op) {
	in, strict := func(id string) bool { return slices.Contains(ids, id) }, len(ids) == 1
	q := *began
	q.messages = nil
	for _, m := range began.messages {
		if in(m.id) {
			q.messages = append(q.messages, m)
		}
	}
	var some []op
	for _, o := range ops {
		if part, about := o.narrow(in, strict); about {
			some = append(some, part)
		}
	}
	held := map[string]bool{}
	for _, o := range some {
		held[o.reply.claim] = true
	}
	some = slices.DeleteFunc(some, func(o op) bool {
		return (o.act.action == "claim_delete" || o.act.action == "claim_get") && !held[o.act.claim]
	})
	return &q, withoutEchoes(some)
}

// withoutEchoes leaves out who saw the same as another one, whose whole time lies
// within its own: what explains that one explains it.
func withoutEchoes(ops []op) []op {
	echoes := func(o, of op) bool {
		same := o.act.action == of.act.action && o.act.limit == of.act.limit &&
			slices.EqualFunc(o.reply.messages, of.reply.messages, func(a, b shown) bool { return a.id == b.id })
		return same && o.call <= of.call && of.ret <= o.ret && (o.call != of.call || o.ret != of.ret)
	}
	return slices.DeleteFunc(slices.Clone(ops), func(o op) bool {
		looks := !o.changes() && (o.act.action != "message_delete" && o.act.action != "claim_get")
		return looks && slices.ContainsFunc(ops, func(of op) bool { return echoes(o, of) })
	})
}

// narrow leaves of an op what concerns some messages; false if that is nothing.
func (o op) narrow(in func(id string) bool, strict bool) (op, bool) {
	all := o.reply.messages
	o.reply.messages = nil
	for _, m := range all {
		if in(m.id) {
			o.reply.messages = append(o.reply.messages, m)
		}
	}
	switch o.act.action {
	case "message_post":
		ids, bodies := o.reply.ids, o.act.bodies
		o.reply.ids, o.act.bodies = nil, nil
		for i, id := range ids {
			if in(id) && i < len(bodies) {
				o.reply.ids, o.act.bodies = append(o.reply.ids, id), append(o.act.bodies, bodies[i])
			}
		}
		return o, len(o.reply.ids) > 0
	case "message_delete":
		return o, in(o.act.ids[0])
	case "claim_create", "message_delete_many", "message_list":
		full := !strict || len(all) >= o.act.limit
		o.act.limit = endless
		if full {
			o.act.limit = len(o.reply.messages)
		}
		if o.act.action == "claim_create" && len(o.reply.messages) == 0 && o.reply.status == 201 {
			o.reply.status, o.reply.claim = 204, ""
		}
		return o, o.act.limit > 0
	default:
		return o, true
	}
}

// thin leaves out the requests that changed nothing, while the rest is still
// impossible.
func thin(began *queue, ops []op) []op {
	for i, o := range slices.Backward(ops) {
		if o.changes() {
			continue
		}
		rest := slices.Delete(slices.Clone(ops), i, i+1)
		if searched(began, rest, maxSearch/5) == impossible {
			ops = rest
		}
	}
	slices.SortFunc(ops, func(a, b op) int { return cmp.Compare(a.call, b.call) })
	return ops
}

// lighter leaves out leases of a message, each with all that was done by it, while
// the rest is still impossible: without one, the message was free for longer, which
// explains no less of what remains, as long as nobody missed it there.
func lighter(began *queue, ops []op) []op {
	leases := slices.DeleteFunc(slices.Clone(ops), func(o op) bool {
		leased := o.act.action == "claim_create" && len(o.reply.messages) > 0
		return o.act.claim == "" && !leased && o.act.action != "message_post"
	})
	if searched(began, leases, maxSearch/5) == impossible {
		ops = leases // a second lease says more than what follows from it
	}
	missed := slices.ContainsFunc(ops, func(o op) bool {
		return o.spare() && len(o.reply.messages) == 0 || o.act.action == "message_delete" && o.act.claim == ""
	})
	if missed {
		return ops
	}
	for _, o := range slices.Backward(ops) {
		if o.act.action != "claim_create" {
			continue
		}
		claim := o.reply.claim
		rest := slices.DeleteFunc(slices.Clone(ops), func(o op) bool { return o.act.claim == claim || o.reply.claim == claim })
		if searched(began, rest, maxSearch/5) == impossible {
			ops = rest
		}
	}
	return ops
}

// changes says whether later requests may depend on the op.
func (o op) changes() bool {
	switch o.act.action {
	case "message_list", "claim_get":
		return false
	case "claim_create", "message_delete_many":
		return len(o.reply.messages) > 0
	case "message_delete":
		return o.reply.status == 204
	default:
		return true
	}
}

// accuse names what is wrong with a history that cannot be ordered: it goes as
// far as any order goes, and takes the request that does not fit there. A second
// lease says more than what follows from it.
func accuse(began *queue, ops []op) *divergence {
	_, info := porcupine.CheckOperationsVerbose(linear(began), operations(ops), maxSearch/5)
	var first *divergence
	for _, order := range append(slices.Concat(info.PartialLinearizations()...), nil) {
		q, left := began, slices.Clone(ops)
		for _, i := range order {
			q, _ = q.step(ops[i].act, ops[i].reply)
			left = slices.DeleteFunc(left, func(o op) bool { return o.call == ops[i].call && o.client == ops[i].client })
		}
		slices.SortFunc(left, func(a, b op) int { return cmp.Compare(a.ret, b.ret) })
		for _, o := range left {
			_, bad := q.step(o.act, o.reply)
			if bad == nil {
				continue
			}
			bad.path = o.who() + ": " + bad.path
			if bad.rule == spec.CLM8 {
				return bad
			}
			if first == nil {
				first = bad
			}
		}
	}
	if first != nil {
		return first
	}
	return &divergence{
		rule: spec.MSG22, symptom: BadOrder, path: "the replies",
		expected: "explained by some order of the requests", actual: "not explained by any",
	}
}
