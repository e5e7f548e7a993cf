// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/zaqarwire/zaqarwire/spec"
)

// Rule says what a case needs besides a target. The zero value is a case that
// runs in every format that suits its chapter, in the run's project, within 30 s.
type Rule struct {
	// NeedsOwnProject is for a case with names that cannot carry the run's
	// prefix, or with a second project. Its peer begins in a project of its own;
	// it is not applicable when the user names a project.
	NeedsOwnProject bool
	// Formats are those that the case makes sense in; nil means all, but in the
	// chapter of frames, where most cases are about one message, the encodings.
	Formats []Format
	// Needs are the features and extensions of the schema without which the case
	// is not applicable.
	Needs []string
	// Bare is for a case that lets its first connection in itself.
	Bare bool
	// As are the identities without which the case is not applicable.
	As []identity
	// Least are limits that the target must allow so much of: where it allows
	// less, the case is not applicable.
	Least map[string]int64
	// Live is for a case that plays histories until one fails, or many clients at
	// once: its transcript is only the part that says why, and cannot be judged again.
	Live bool
	// Hooks is for a case with webhooks, which needs an address to receive them on,
	// and Trap for one that needs an address that the target must not reach, too.
	Hooks, Trap bool
	// Labels say what the case is about, for a selection: those of this package,
	// such as Security.
	Labels []string
	// Timeout bounds the case; default 30 s.
	Timeout time.Duration
}

func (r Rule) withDefaults(chapter string) Rule {
	if r.Formats == nil {
		r.Formats = RunFormats()
		if chapter == "frames" {
			r.Formats = Formats()
		}
	}
	if r.Timeout == 0 {
		r.Timeout = 30 * time.Second
	}
	return r
}

// atLeast is the rule of a case that needs the limits to be n or more, too.
func (r Rule) atLeast(n int64, limits ...string) Rule {
	least := maps.Clone(r.Least)
	if least == nil {
		least = map[string]int64{}
	}
	for _, name := range limits {
		least[name] = max(n, least[name])
	}
	r.Least = least
	return r
}

// holding is for a case whose n messages are to fit one page, claim or pop, those
// that name no limit included.
func (r Rule) holding(n int64) Rule {
	return r.naming(n).atLeast(n, "default_messages_per_page", "default_messages_per_claim")
}

// naming is for a case with requests that name or ask for n messages.
func (r Rule) naming(n int64) Rule {
	return r.atLeast(n, "max_messages_per_page", "max_messages_per_claim_or_pop")
}

// listing is for a case whose n queues are to fit one page, also of a listing that names no limit.
func (r Rule) listing(n int64) Rule {
	return r.atLeast(n, "max_queues_per_page", "default_queues_per_page")
}

// roomy is for a case whose few messages or queues are to fit one page or claim,
// those that name no limit included.
func roomy() Rule { return Rule{}.holding(5).listing(5) }

// Step is one thing that a waiting case does when its time has come.
type Step struct {
	// At is when it is due, counted from the end of the arming.
	At time.Duration
	// Until is when it has to be done, counted from the begin of the arming: a
	// later "still there" proves nothing. Zero means that late is as good.
	Until time.Duration
	// Do acts and judges; the case's connection is opened anew if it has ended.
	Do func(ctx context.Context)
}

// Case is one entry of the catalogue.
type Case struct {
	// ID is the requirement's id and the slug, for example
	// "CLM-3/claiming-from-an-empty-queue". It never changes.
	ID          string
	Requirement spec.Requirement
	// Waiting says that it needs time to pass.
	Waiting bool
	Rule    Rule

	play func(ctx context.Context, p *Peer)
	arm  func(ctx context.Context, p *Peer) []Step
}

// suite collects the cases of all chapters.
type suite struct {
	cases  []Case
	faults []error
}

// check registers a case for a requirement.
func (s *suite) check(id spec.ID, slug string, play func(ctx context.Context, p *Peer)) {
	s.checkWith(id, slug, Rule{}, play)
}

// checkWith registers a case that needs more than a target.
func (s *suite) checkWith(id spec.ID, slug string, r Rule, play func(ctx context.Context, p *Peer)) {
	s.add(id, slug, Case{Rule: r, play: play})
}

// wait registers a case that needs time to pass. The function arms it, before
// any other case runs, and returns what is to be judged when.
func (s *suite) wait(id spec.ID, slug string, arm func(ctx context.Context, p *Peer) []Step) {
	s.waitWith(id, slug, Rule{}, arm)
}

// waitWith registers a waiting case that needs more than a target.
func (s *suite) waitWith(id spec.ID, slug string, r Rule, arm func(ctx context.Context, p *Peer) []Step) {
	s.add(id, slug, Case{Rule: r, Waiting: true, arm: arm})
}

var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func (s *suite) add(id spec.ID, slug string, c Case) {
	c.ID = string(id) + "/" + slug
	var known bool
	c.Requirement, known = spec.Get(id)
	c.Rule = c.Rule.withDefaults(c.Requirement.Chapter)
	switch {
	case !known:
		s.faults = append(s.faults, fmt.Errorf("case %s: there is no requirement %s", c.ID, id))
	case c.Requirement.Level == spec.Retired:
		s.faults = append(s.faults, fmt.Errorf("case %s: requirement %s is retired", c.ID, id))
	case !kebab.MatchString(slug):
		s.faults = append(s.faults, fmt.Errorf("case %s: the slug is not in kebab-case", c.ID))
	case slices.ContainsFunc(s.cases, func(o Case) bool { return o.ID == c.ID }):
		s.faults = append(s.faults, fmt.Errorf("case %s is registered twice", c.ID))
	}
	for _, l := range c.Rule.Labels {
		if !slices.Contains(ruleLabels(), l) {
			s.faults = append(s.faults, fmt.Errorf("case %s: there is no label %q", c.ID, l))
		}
	}
	for name := range c.Rule.Least {
		if !slices.Contains(LimitNames(), name) {
			s.faults = append(s.faults, fmt.Errorf("case %s: there is no limit %q", c.ID, name))
		}
	}
	for _, need := range c.Rule.Needs {
		if !slices.Contains(Features(), need) {
			s.faults = append(s.faults, fmt.Errorf("case %s: there is no feature %q", c.ID, need))
		}
	}
	s.cases = append(s.cases, c)
}

// chapters are the functions that register the cases, in reading order.
func chapters() []func(*suite) {
	return []func(*suite){frames, authentication, queues, messages, claims, subscriptions, webhooks, pools, health, histories, concurrent}
}

// catalogue registers all chapters.
func catalogue() ([]Case, error) {
	s := new(suite)
	for _, register := range chapters() {
		register(s)
	}
	return s.cases, errors.Join(s.faults...)
}

// Cases returns the catalogue in reading order.
func Cases() []Case {
	cases, _ := catalogue() // TestCatalogue holds that it has no fault; Run refuses one
	return cases
}

// Uncovered returns the MUSTs of a server that have no case.
func Uncovered() []spec.ID {
	covered := map[spec.ID]bool{}
	for _, c := range Cases() {
		covered[c.Requirement.ID] = true
	}
	var missing []spec.ID
	for _, r := range spec.All() {
		if r.Level == spec.Must && r.Party == spec.Server && !covered[r.ID] {
			missing = append(missing, r.ID)
		}
	}
	return missing
}

// selects says whether a case is chosen by what a user wrote: a case id or the
// begin of one ("CLM-3/claiming"), a requirement ("CLM-3"), a prefix of
// requirements ("CLM") or a chapter ("claims").
func selects(chosen string, c Case) bool {
	id, chapter := string(c.Requirement.ID), c.Requirement.Chapter
	return chosen == id || chosen == chapter || strings.HasPrefix(id, chosen+"-") ||
		strings.Contains(chosen, "/") && strings.HasPrefix(c.ID, chosen)
}

// one is a case in a format: what gets a verdict.
type one struct {
	Case
	format Format
}

func (o one) name() string { return o.ID + " [" + o.format.String() + "]" }

func idsOf(cases []Case) map[string]bool {
	ids := map[string]bool{}
	for _, c := range cases {
		ids[c.ID] = true
	}
	return ids
}

// plan applies a selection: every chosen case once in each chosen format, the
// waiting ones last. Partial says that the selection left something out.
func plan(cases []Case, o Options) (chosen []one, partial bool, err error) {
	for _, name := range o.Cases {
		if !slices.ContainsFunc(cases, func(c Case) bool { return selects(name, c) }) {
			return nil, false, fmt.Errorf("no case is named %q; `zaqarwire list` shows them all", name)
		}
	}
	o.whole = idsOf(cases)
	var waiting []one
	for _, c := range cases {
		for _, f := range c.Rule.Formats {
			switch {
			case !o.selects(c, f):
				partial = true
			case c.Waiting:
				waiting = append(waiting, one{c, f})
			default:
				chosen = append(chosen, one{c, f})
			}
		}
	}
	if o.Shuffle {
		shuffle(o.Seed, chosen)
	}
	chosen = append(chosen, waiting...)
	if len(chosen) == 0 {
		return nil, false, errors.New("the selection holds no case")
	}
	return chosen, partial, nil
}
