// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"maps"
	"slices"
	"testing"

	"github.com/zaqarwire/zaqarwire/schema"
	"github.com/zaqarwire/zaqarwire/spec"
)

// byHand are the rules of the schema that a chapter judges by hand, each with its case.
var byHand = map[string]string{
	"queue_create queue_name: min_len":                    "QUE-2/names-that-no-queue-can-have",
	"queue_create queue_name: max_len":                    "QUE-2/names-that-no-queue-can-have",
	"queue_create queue_name: pattern":                    "QUE-2/names-that-no-queue-can-have",
	"queue_create metadata: type":                         "QUE-7/metadata-that-is-no-map",
	"queue_create metadata: null":                         "QUE-8/null-and-an-empty-list",
	"queue_create metadata: max_bytes":                    "QUE-10/metadata-above-the-full-size",
	"queue_create metadata._default_message_ttl: type":    "QUE-12/default-ttl-of-another-type",
	"queue_create metadata._default_message_ttl: min":     "QUE-12/default-ttl-out-of-bounds",
	"queue_create metadata._default_message_ttl: max":     "QUE-12/default-ttl-out-of-bounds",
	"queue_create metadata._max_messages_post_size: type": "QUE-13/post-size-of-another-type",
	"queue_create metadata._max_messages_post_size: min":  "QUE-13/post-size-out-of-bounds",
	"queue_create metadata._max_messages_post_size: max":  "QUE-13/post-size-out-of-bounds",
	"queue_list limit: min":                               "QUE-20/limit-out-of-bounds",
	"queue_list limit: max":                               "QUE-20/limit-out-of-bounds",
	"queue_share paths: min_items":                        "AUT-68/lists-of-nothing-and-of-too-much",
	"queue_share paths: max_items":                        "AUT-68/lists-of-nothing-and-of-too-much",
	"queue_share methods: min_items":                      "AUT-68/lists-of-nothing-and-of-too-much",
	"queue_share methods: max_items":                      "AUT-68/lists-of-nothing-and-of-too-much",
	"message_post queue_name: min_len":                    "MSG-16/an-empty-name",
	"message_post queue_name: max_len":                    "MSG-16/names-that-no-queue-can-have",
	"message_post queue_name: pattern":                    "MSG-16/names-that-no-queue-can-have",
	"message_post messages: min_items":                    "MSG-4/no-messages",
	"message_post messages: max_bytes":                    "MSG-12/a-post-above-the-full-size",
	"message_post messages[]: type":                       "MSG-5/a-message-that-is-no-map",
	"message_post messages[]: null":                       "MSG-5/a-message-that-is-no-map",
	"message_post messages[].ttl: type":                   "MSG-7/ttl-of-another-type",
	"message_post messages[].ttl: null":                   "MSG-7/ttl-of-another-type",
	"message_post messages[].ttl: min":                    "MSG-7/ttl-out-of-bounds",
	"message_post messages[].ttl: max":                    "MSG-7/ttl-out-of-bounds",
	"message_post messages[].body: required":              "MSG-6/a-message-without-a-body",
	"message_list limit: min":                             "MSG-26/limit-out-of-bounds",
	"message_list limit: max":                             "MSG-26/limit-out-of-bounds",
	"message_get_many message_ids: min_items":             "MSG-37/too-few-and-too-many-ids",
	"message_get_many message_ids: max_items":             "MSG-37/too-few-and-too-many-ids",
	"message_get_many message_ids[]: type":                "MSG-39/get-many-of-numbers",
	"message_get_many message_ids[]: null":                "MSG-38/get-many-of-what-is-no-id",
	"message_delete_many message_ids: min_items":          "MSG-48/too-few-and-too-many-ids",
	"message_delete_many message_ids: max_items":          "MSG-48/too-few-and-too-many-ids",
	"message_delete_many message_ids[]: type":             "MSG-39/delete-many-of-numbers",
	"message_delete_many message_ids[]: null":             "MSG-38/delete-many-of-what-is-no-id",
	"message_delete_many pop: min":                        "MSG-48/pop-out-of-bounds",
	"message_delete_many pop: max":                        "MSG-48/pop-out-of-bounds",
	"message_delete_many claim_ids: min_items":            "MSG-51/an-empty-list-of-claims",
	"queue_create metadata._max_claim_count: min":         "QUE-43/no-claims-at-all",
	"queue_create metadata._max_claim_count: null":        "QUE-43/no-claims-at-all",
	"queue_create metadata._dead_letter_queue: type":      "QUE-42/a-name-that-no-queue-can-have",
	"queue_create metadata._dead_letter_queue: null":      "QUE-42/a-name-that-no-queue-can-have",
	"queue_create metadata._dead_letter_queue: min_len":   "QUE-42/a-name-that-no-queue-can-have",
	"queue_create metadata._dead_letter_queue: max_len":   "QUE-42/a-name-that-no-queue-can-have",
	"queue_create metadata._dead_letter_queue: pattern":   "QUE-42/a-name-that-no-queue-can-have",
	"queue_update patch: max_items":                       "QUE-52/one-operation-too-many",
	"queue_update patch[].op: required":                   "QUE-47/operations-that-lack-a-part",
	"queue_update patch[].path: required":                 "QUE-47/operations-that-lack-a-part",
	"message_post messages[].delay: type":                 "MSG-56/delay-of-another-type",
	"message_post messages[].delay: null":                 "MSG-56/delay-of-another-type",
	"message_post messages[].delay: min":                  "MSG-56/delay-out-of-bounds",
	"message_post messages[].delay: max":                  "MSG-56/delay-out-of-bounds",
	"claim_create limit: min":                             "CLM-5/limit-out-of-bounds",
	"claim_create limit: max":                             "CLM-5/limit-out-of-bounds",
	"claim_create ttl: min":                               "CLM-6/ttl-out-of-bounds",
	"claim_create ttl: max":                               "CLM-6/ttl-out-of-bounds",
	"claim_create grace: min":                             "CLM-7/grace-out-of-bounds",
	"claim_create grace: max":                             "CLM-7/grace-out-of-bounds",
	"claim_update ttl: min":                               "CLM-24/ttl-out-of-bounds",
	"claim_update ttl: max":                               "CLM-24/ttl-out-of-bounds",
	"claim_update grace: min":                             "CLM-25/grace-out-of-bounds",
	"claim_update grace: max":                             "CLM-25/grace-out-of-bounds",
	"subscription_create queue_name: min_len":             "SUB-3/names-that-no-queue-can-have",
	"subscription_create queue_name: max_len":             "SUB-3/names-that-no-queue-can-have",
	"subscription_create queue_name: pattern":             "SUB-3/names-that-no-queue-can-have",
	"subscription_create ttl: min":                        "SUB-4/ttl-below-the-minimum",
	"subscription_list limit: min":                        "SUB-26/limit-out-of-bounds",
	"subscription_list limit: max":                        "SUB-26/limit-out-of-bounds",
	"subscription_update ttl: min":                        "SUB-33/ttl-below-the-minimum",
	"queue_create metadata._flavor: type":                 "POL-28/flavors-that-do-not-exist",
	"pool_create pool_name: min_len":                      "POL-3/names-that-no-pool-can-have",
	"pool_create pool_name: max_len":                      "POL-3/names-that-no-pool-can-have",
	"pool_create pool_name: pattern":                      "POL-3/names-that-no-pool-can-have",
	"flavor_create flavor_name: min_len":                  "POL-3/names-that-no-pool-can-have",
	"flavor_create flavor_name: max_len":                  "POL-3/names-that-no-pool-can-have",
	"flavor_create flavor_name: pattern":                  "POL-3/names-that-no-pool-can-have",
	"pool_create weight: min":                             "POL-5/weights-out-of-bounds",
	"pool_create weight: max":                             "POL-5/weights-out-of-bounds",
	"pool_create options: max_bytes":                      "POL-6/huge-options",
	"pool_update weight: min":                             "POL-5/weights-out-of-bounds",
	"pool_update weight: max":                             "POL-5/weights-out-of-bounds",
	"pool_update options: max_bytes":                      "POL-6/huge-options",
	"pool_list limit: min":                                "POL-14/pools-with-a-limit-out-of-bounds",
	"pool_list limit: max":                                "POL-14/pools-with-a-limit-out-of-bounds",
	"flavor_list limit: min":                              "POL-14/flavors-with-a-limit-out-of-bounds",
	"flavor_list limit: max":                              "POL-14/flavors-with-a-limit-out-of-bounds",
	"flavor_create pool_list: min_items":                  "POL-23/pools-that-do-not-exist",
	"flavor_update pool_list: min_items":                  "POL-23/pools-that-do-not-exist",
}

// permitted are rules that a server may pass over, with the reason.
var permitted = map[string]string{
	"subscription_create ttl: max":                        "SUB-5: a server may bound it",
	"subscription_update ttl: max":                        "SUB-5: a server may bound it",
	"subscription_create options: max_bytes":              "SUB-69: a server may bound them",
	"subscription_update options: max_bytes":              "SUB-69: a server may bound them",
	"queue_create metadata._default_message_ttl: null":    "QUE-12: null may be taken for absent",
	"queue_create metadata._flavor: null":                 "POL-28: null may be taken for absent",
	"queue_create metadata._max_messages_post_size: null": "null may be taken for absent, as QUE-12 says",
}

// mayBeNull says that null may be taken for absent in the place (QUE-41, SUB-65, SUB-76).
func mayBeNull(w place, rule string) bool {
	return rule == "null" && slices.Contains([]spec.ID{spec.QUE41, spec.SUB65, spec.SUB76}, spec.ID(w.shape.Req))
}

func TestEveryRuleOfTheSchemaIsJudged(t *testing.T) {
	judged, ids := map[string]string{}, map[string]bool{}
	for _, c := range Cases() {
		ids[c.ID] = true
	}
	m, rest := schema.Model(), maps.Clone(byHand)
	for _, n := range negativesOf(m) {
		if id := string(n.id) + "/" + n.slug; !ids[id] {
			t.Errorf("%s is made and not registered", id)
		}
		for _, rule := range n.judges {
			judged[rule] = string(n.id) + "/" + n.slug
		}
	}
	for _, a := range m.Actions {
		for _, w := range placesOf(m, a) {
			for _, rule := range rulesOf(w) {
				name := ruleName(w, rule)
				hand, isByHand := byHand[name]
				switch made := judged[name]; {
				case isByHand && (made != "" || !ids[hand]):
					t.Errorf("%s: %s is said to judge it by hand; made: %q, registered: %v", name, hand, made, ids[hand])
				case !isByHand && permitted[name] == "" && !ids[made] && !mayBeNull(w, rule):
					t.Errorf("%s: no case judges it", name)
				}
				delete(rest, name)
			}
		}
	}
	for name, id := range rest {
		t.Errorf("%s: the schema has no such rule, but %s", name, id)
	}
}

// rulesOf are the names of the rules about one place, as schema.Shape.Should has them;
// bytes, encoding and text are those that each value is held to in MessagePack.
func rulesOf(w place) []string {
	rules := []string{"encoding"}
	has := func(name string, is bool) {
		if is {
			rules = append(rules, name)
		}
	}
	s := w.shape
	typed := s.Kind != schema.Any
	has("required", w.required)
	has("type", typed)
	has("null", typed && !s.Nullable)
	has("bytes", typed && len(w.steps) > 1)
	has("text", s.Kind == schema.String || !typed)
	has("min", s.Min != nil)
	has("max", s.Max != nil)
	has("min_len", s.MinLen != nil)
	has("max_len", s.MaxLen != nil)
	has("pattern", s.Pattern != "")
	has("enum", s.Enum != nil)
	has("min_items", s.MinItems != nil)
	has("max_items", s.MaxItems != nil)
	has("max_bytes", s.MaxBytes != nil)
	return rules
}

func TestTheSchemasOwnExamplesFitAndItsInvalidValuesDoNot(t *testing.T) {
	m := schema.Model()
	usual := func(b schema.Bound) int64 { return b.Value }
	for _, a := range m.Actions {
		for _, w := range placesOf(m, a) {
			for _, v := range valuesOf(w.examples) {
				if !fits(m, w.shape, v, usual) {
					t.Errorf("%s: the example %v breaks a rule", w, v)
				}
			}
			for _, v := range valuesOf(w.misfits) {
				if text, ok := v.(string); ok && w.shape.Pattern != "" && text != "" {
					continue // fits does not look at patterns
				}
				if fits(m, w.shape, v, usual) {
					t.Errorf("%s: the invalid value %v breaks no rule", w, v)
				}
			}
		}
	}
}

func TestAPlaceIsChangedInACopy(t *testing.T) {
	w := place{action: "message_post", steps: []string{"messages", anyElement, "ttl"}}
	body := M{"queue_name": "q", "messages": L{M{"ttl": int64(60), "body": nil}, M{"body": nil}}}

	changed := w.change(body, "x")

	if want := (M{"queue_name": "q", "messages": L{M{"ttl": "x", "body": nil}, M{"body": nil}}}); !equal(changed, want) {
		t.Errorf("changed to %v, want %v", changed, want)
	}
	if got := w.in(body); got != int64(60) {
		t.Errorf("the twin has %v in the place, want 60 as before", got)
	}
	if got, want := w.String(), "message_post messages[].ttl"; got != want {
		t.Errorf("the place is named %q, want %q", got, want)
	}
}

func TestEveryShouldOfAServerHasACaseOrAReason(t *testing.T) {
	cases := map[spec.ID]bool{}
	for _, c := range Cases() {
		cases[c.Requirement.ID] = true
	}
	unseen := Unseen()
	for _, r := range spec.All() {
		reason, told := unseen[r.ID]
		isShould := r.Level == spec.Should && r.Party == spec.Server
		switch {
		case isShould && cases[r.ID] == told:
			t.Errorf("%s: has a case: %v, is unseen: %q; want one of them", r.ID, cases[r.ID], reason)
		case !isShould && told:
			t.Errorf("%s is unseen, but no SHOULD of a server", r.ID)
		}
		delete(unseen, r.ID)
	}
	for id := range unseen {
		t.Errorf("there is no %s", id)
	}
}
