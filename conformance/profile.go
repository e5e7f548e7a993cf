// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/schema"
)

// Profile is what a target declares of itself: verdicts of "not applicable"
// come from here and never from a failure.
type Profile struct {
	// Name is for people.
	Name string `json:"name"`
	// Doc says whose profile it is.
	Doc string `json:"doc,omitempty"`
	// Limits are those that differ from the schema's defaults, by name.
	Limits map[string]int64 `json:"limits,omitempty"`
	// Without are the features and extensions of the schema that the target lacks.
	Without []string `json:"without,omitempty"`
}

//go:embed profiles/*.json
var profiles embed.FS

// Profiles are the names of those that come with the suite.
func Profiles() []string {
	files, err := profiles.ReadDir("profiles")
	if err != nil {
		panic(err) //nolint:forbidigo // the folder is built in
	}
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.TrimSuffix(f.Name(), ".json")
	}
	return names
}

// ProfileNamed is one of Profiles.
func ProfileNamed(name string) (Profile, error) {
	var p Profile
	if !slices.Contains(Profiles(), name) {
		return p, &UsageError{fmt.Errorf("there is no profile %q; there are %s", name, strings.Join(Profiles(), " and "))}
	}
	text, err := profiles.ReadFile("profiles/" + name + ".json")
	if err != nil {
		return p, fmt.Errorf("read profile: %w", err)
	}
	if err := json.Unmarshal(text, &p); err != nil {
		return p, fmt.Errorf("decode profile %s: %w", name, err)
	}
	return p, p.Check()
}

// Features are what a target may be without: the features and the extensions of
// the schema.
func Features() []string {
	var names []string
	model := schema.Model()
	for _, o := range slices.Concat(model.Features, model.Extensions) {
		names = append(names, o.Name)
	}
	return names
}

// LimitNames are the limits of the schema, in alphabetical order.
func LimitNames() []string { return slices.Sorted(maps.Keys(defaultLimits())) }

// Check refuses what the schema does not know, and limits that contradict each
// other.
func (p Profile) Check() error {
	limits := defaultLimits()
	for _, name := range slices.Sorted(maps.Keys(p.Limits)) {
		if _, ok := limits[name]; !ok {
			return &UsageError{fmt.Errorf("there is no limit %q", name)}
		}
		if p.Limits[name] < 1 {
			return &UsageError{fmt.Errorf("the limit %s is %d; each is 1 or more", name, p.Limits[name])}
		}
	}
	for _, feature := range p.Without {
		if !slices.Contains(Features(), feature) {
			return &UsageError{fmt.Errorf("there is no feature %q; there are %s", feature, strings.Join(Features(), ", "))}
		}
	}
	if err := inReachOf(p.limits()); err != nil {
		return err
	}
	return inOrderOf(p.limits())
}

// inReachOf refuses a limit that leaves no room for what every case needs: its names,
// its connections and requests, the time it takes, and what the judge can read.
func inReachOf(limits map[string]int64) error {
	reach := map[string]struct{ least, most int64 }{
		"max_connections": {1000, 0}, "max_frame": {16 << 10, 0}, "max_depth": {12, 900},
		"max_queue_name": {48, 4096}, "max_project": {48, 4096},
		"max_messages_post_size": {4096, 0}, "max_queue_metadata": {4096, 0}, "max_subscription_options": {512, 0},
		"max_pool_options": {128, 0}, "max_outbox": {64 << 10, 0},
		"default_message_ttl": {60, 0}, "default_claim_ttl": {60, 0}, "default_subscription_ttl": {60, 0},
	}
	for _, name := range slices.Sorted(maps.Keys(reach)) {
		if n, r := limits[name], reach[name]; n < r.least || r.most > 0 && n > r.most {
			return &UsageError{fmt.Errorf("the limit %s is %d; the suite cannot judge such a limit", name, n)}
		}
	}
	for _, gap := range [][2]string{
		{"min_message_ttl", "max_message_ttl"},
		{"min_claim_ttl", "max_claim_ttl"},
		{"min_claim_grace", "max_claim_grace"},
		{"min_claim_ttl", "max_message_ttl"},
	} {
		if low, high := limits[gap[0]], limits[gap[1]]; high < low+60 { // for what has to outlive something
			return &UsageError{fmt.Errorf("the limit %s is %d, and %s is %d; the suite needs 60 s between them", gap[0], low, gap[1], high)}
		}
	}
	return nil
}

// inOrderOf refuses a smallest value over a default, and either over the largest.
func inOrderOf(limits map[string]int64) error {
	for _, high := range slices.Sorted(maps.Keys(limits)) {
		rest, isMax := strings.CutPrefix(high, "max_")
		if !isMax {
			continue
		}
		chain := []string{"min_" + rest, "default_" + strings.TrimSuffix(rest, "_or_pop"), high}
		chain = slices.DeleteFunc(chain, func(name string) bool { return limits[name] == 0 })
		for i, name := range chain[1:] {
			if low := chain[i]; limits[low] > limits[name] {
				return &UsageError{fmt.Errorf("the limit %s is %d, and %s is %d", low, limits[low], name, limits[name])}
			}
		}
	}
	return nil
}

// limits are all limits of the target.
func (p Profile) limits() map[string]int64 {
	limits := defaultLimits()
	maps.Copy(limits, p.Limits)
	return limits
}

func defaultLimits() map[string]int64 {
	limits := map[string]int64{}
	for _, l := range schema.Model().Limits {
		limits[l.Name] = l.Default
	}
	return limits
}

// lacks is the first of the features that the target is declared to be without.
func (p Profile) lacks(features []string) string {
	for _, f := range features {
		if slices.Contains(p.Without, f) {
			return f
		}
	}
	return ""
}
