// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// searched is the index, as the search reads it.
func searched(t *testing.T) []found {
	t.Helper()
	text := strings.TrimPrefix(site(t)["search-index.js"], "window.searchIndex = ")
	var all []found
	if err := json.Unmarshal([]byte(strings.TrimSuffix(text, ";\n")), &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestASentenceOfEachKindOfPageIsFoundWhereItStands(t *testing.T) {
	t.Parallel()
	all := searched(t)
	for sentence, want := range map[string]string{
		"leases messages to one worker":               "claims.html",
		"Messages keep the order of their posting":    "start.html#4-queues-messages-claims",
		"finds nothing to claim":                      "requirements/CLM-3.html",
		"frees what other claims hold":                "requirements/CLM-8.html", // a fault
		"what lies behind it from its holder":         "requirements/CLM-8.html", // a deviation
		"the queue has no free message":               "actions/claim_create.html",
		"You have chosen to subscribe":                "notifications/subscription_confirmation.html", // the body of an example
		"who asks; the known headers":                 "actions.html#envelope",
		"A UUID of any version":                       "actions.html#type-ClientID",
		"most connections that are open at once":      "actions.html#limit-max_connections",
		"messages that are hidden until their delay":  "actions.html#feature-delayed_messages",
		"a listing names the marker of its next page": "actions.html#extension-next_marker",
		"the token ends":                              "sequences.html#authenticate",
		"looks only until the first free message":     "facts.html#F172",
		"An exchange costs the same":                  "decisions/0024.html",
		"AsyncAPI 3.0":                                "downloads.html",
		"opens one WebSocket, sends requests":         "index.html",
	} {
		if !slices.ContainsFunc(all, func(f found) bool {
			return f[2] == want && strings.Contains(strings.ToLower(f[3]), strings.ToLower(sentence))
		}) {
			t.Errorf("%q is not found at %s", sentence, want)
		}
	}
}

// said finds what a page says: each paragraph, item and cell, but for the sources in a
// chapter, of which the page of the requirement leaves some out.
var said = regexp.MustCompile(`(?s)<(?:p|li|td|dd|pre|blockquote)(?: (?:tabindex|id|role|class="[^s])[^>]*)?>(.*?)</(?:p|li|td|dd|pre|blockquote)>`)

func TestWhateverAPageSaysIsFound(t *testing.T) {
	t.Parallel()
	var index strings.Builder
	for _, f := range searched(t) {
		index.WriteString(f[1] + "\n" + f[3] + "\n")
	}
	known, looked := strings.ToLower(index.String()), 0
	for name, text := range site(t) {
		if path.Ext(name) != ".html" {
			continue
		}
		_, text, _ = strings.Cut(text, "</h1>")
		text, _, _ = strings.Cut(text, "</main>")
		for _, m := range said.FindAllStringSubmatch(again.ReplaceAllString(text, " "), -1) {
			looked++
			says := strings.TrimPrefix(strings.ToLower(words(m[1])), "deviation ")
			if !strings.Contains(known, says) {
				t.Errorf("the search does not know what %s says: %q", name, says)
			}
		}
	}
	if looked < 3000 {
		t.Errorf("%d pieces of text were looked for, want all of the site", looked)
	}
}

func TestTheSearchLoadsLittleAndEachOfItsLinksLeadsSomewhere(t *testing.T) {
	t.Parallel()
	pages := site(t)
	if size := len(pages["search-index.js"]); size > 1<<20 {
		t.Errorf("the index has %d bytes, want at most 1 MiB", size)
	}
	for _, f := range searched(t) {
		file, id, within := strings.Cut(f[2], "#")
		if pages[file] == "" || within && !strings.Contains(pages[file], ` id="`+id+`"`) {
			t.Errorf("%s %s leads to %s, which is not there", f[0], f[1], f[2])
		}
	}
}
