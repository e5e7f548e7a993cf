// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// A rank orders what can be said of a case or of a sentence: of several, the highest
// is shown.
type rank int

const (
	unasked  rank = iota // nothing of it was run
	absent               // n/a
	passed               //
	blocked              // of a sentence: its case failed for another one before it came to this
	warned               // a SHOULD is not followed
	known                // a MUST is broken, as was expected
	untested             //
	failed               //
)

// sign is how a rank is shown: by a glyph and a word, so that colour only adds.
type sign struct{ Glyph, Word, Class string }

func (r rank) sign() sign {
	return [...]sign{
		unasked:  {"·", "not run", "none"},
		absent:   {"–", "n/a", "na"},
		passed:   {"✓", "pass", "pass"},
		blocked:  {"?", "blocked", "blocked"},
		warned:   {"!", "warn", "warn"},
		known:    {"≈", "known", "known"},
		untested: {"?", "untested", "untested"},
		failed:   {"✗", "fail", "fail"},
	}[r]
}

func rankOf(c conformance.CaseResult) rank {
	switch {
	case c.Known != nil:
		return known
	case c.Verdict == conformance.Pass:
		return passed
	case c.Verdict == conformance.NA:
		return absent
	case c.Verdict == conformance.Warn:
		return warned
	case c.Verdict == conformance.Untested:
		return untested
	default:
		return failed
	}
}

// worst is the highest rank of some results.
func worst(results []conformance.CaseResult) rank {
	r := unasked
	for _, c := range results {
		r = max(r, rankOf(c))
	}
	return r
}

// sentences says of each requirement what some results show of it. A case that
// failed for another sentence than its own breaks that one, and has not come to its
// own.
func sentences(results []conformance.CaseResult) map[spec.ID]rank {
	of := map[spec.ID]rank{}
	for _, c := range results {
		r := rankOf(c)
		if id := c.Broken(); id != "" && id != c.Requirement {
			of[id] = max(of[id], r)
			r = blocked
		}
		of[c.Requirement] = max(of[c.Requirement], r)
	}
	return of
}
