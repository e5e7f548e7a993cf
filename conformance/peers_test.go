// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const peerFolder = "../testdata/peers/zaqar/"

// shownByPeers are the facts of which a case has to show, on a real Zaqar, that it
// finds them: those that hang a connection, cross a border or lose a notification.
var shownByPeers = strings.Fields("F191 F210 F253 F254 F255 F256 F257 F258 F263 F264 F266 F267 F271 F322 F323 F324 F325")

var rowOfFact = regexp.MustCompile("(?m)^\\| (F\\d{3}) \\| `([^`]+)` \\| (\\w+) \\|")

func TestEveryKnownFailureNamesACaseThatThereIs(t *testing.T) {
	t.Parallel()
	all := Cases()
	for instance, b := range knownOfPeers(t) {
		for _, k := range b.Entries {
			if why := k.stale(all); why != "" {
				t.Errorf("%s, line %d: %s [%s] is stale: %s", instance, k.Line, k.Case, k.Format, why)
			}
		}
	}
}

// The README's table says which case finds a fact on which instance; the list of that
// instance, which a run holds to the letter, must say the same.
func TestEveryFactIsShownByAPeer(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(peerFolder + "README.md")
	if err != nil {
		t.Fatal(err)
	}
	known := knownOfPeers(t)
	shown := map[string]bool{}
	for _, row := range rowOfFact.FindAllStringSubmatch(string(text), -1) {
		fact, id, instance := row[1], row[2], row[3]
		b, ok := known[instance]
		if !ok {
			t.Errorf("%s: there is no list of an instance %q", fact, instance)
			continue
		}
		if !slices.ContainsFunc(b.Entries, func(k Known) bool {
			return k.Case == id && strings.Contains(k.Reason, fact) && !k.Sometimes()
		}) {
			t.Errorf("%s: %s has no line of %s with that fact", fact, b.File, id)
			continue
		}
		shown[fact] = true
	}
	for _, fact := range shownByPeers {
		if !shown[fact] {
			t.Errorf("%s is found by no case on a real Zaqar", fact)
		}
	}
}

// knownOfPeers are the lists of known failures, by instance.
func knownOfPeers(t *testing.T) map[string]*Baseline {
	t.Helper()
	files, err := filepath.Glob(peerFolder + "known-failing*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no lists: %v", err)
	}
	lists := map[string]*Baseline{}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		b, err := ReadBaseline(filepath.Base(file), f)
		_ = f.Close()
		if err != nil {
			t.Fatal(err)
		}
		instance := strings.Trim(strings.TrimSuffix(strings.TrimPrefix(b.File, "known-failing"), ".txt"), "-")
		if instance == "" {
			instance = "plain"
		}
		lists[instance] = b
	}
	return lists
}
