// SPDX-License-Identifier: Apache-2.0

package pages

import (
	"crypto/sha512"
	"fmt"
	"html"
	"strings"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/spec"
)

// judgedAs is the result of a case of CLM-3.
func judgedAs(format string, v conformance.Verdict, broken spec.ID) conformance.CaseResult {
	c := conformance.CaseResult{
		Case: "CLM-3/no-queue", Requirement: spec.CLM3, Level: spec.Must, Chapter: "claims", Format: format,
		Verdict: v, Took: 2 * time.Millisecond,
	}
	if broken != "" {
		c.Failure = &conformance.Failure{Requirement: broken, Symptom: conformance.BadValue, Path: "headers.status", Expected: "204", Actual: "500"}
	}
	return c
}

func TestASentenceIsAsBadAsWhatBrokeIt(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		results  []conformance.CaseResult
		own, frm rank
	}{
		"passed in one format, failed in another": {
			[]conformance.CaseResult{judgedAs("json", conformance.Pass, ""), judgedAs("msgpack", conformance.Fail, spec.CLM3)}, failed, unasked,
		},
		"failed for a rule of every reply": {
			[]conformance.CaseResult{judgedAs("json", conformance.Fail, spec.FRM30)}, blocked, failed,
		},
		"failed as expected": {
			[]conformance.CaseResult{func() conformance.CaseResult {
				c := judgedAs("json", conformance.Fail, spec.CLM3)
				c.Known = &conformance.Known{Case: c.Case}
				return c
			}()}, known, unasked,
		},
		"not applicable in one format": {
			[]conformance.CaseResult{judgedAs("json", conformance.NA, ""), judgedAs("msgpack", conformance.Pass, "")}, passed, unasked,
		},
		"nothing was run": {nil, unasked, unasked},
	} {
		got := sentences(tc.results)
		if got[spec.CLM3] != tc.own || got[spec.FRM30] != tc.frm {
			t.Errorf("%s: CLM-3 is %v and FRM-30 %v, want %v and %v", name, got[spec.CLM3], got[spec.FRM30], tc.own, tc.frm)
		}
	}
}

func TestARowDiffersWhereColumnsJudgedOtherwise(t *testing.T) {
	t.Parallel()
	pass, fail := judgedAs("json", conformance.Pass, ""), judgedAs("json", conformance.Fail, spec.CLM3)
	packed := judgedAs("msgpack", conformance.Fail, spec.CLM3)
	for name, tc := range map[string]struct {
		columns [][]conformance.CaseResult
		formats bool
		want    bool
	}{
		"formats of a run that agree":          {[][]conformance.CaseResult{{fail}, {packed}}, true, false},
		"formats of a run that do not":         {[][]conformance.CaseResult{{pass}, {packed}}, true, true},
		"a format that was not run":            {[][]conformance.CaseResult{{pass}, nil}, true, false},
		"servers that agree":                   {[][]conformance.CaseResult{{pass, packed}, {packed, pass}}, false, false},
		"servers that differ in one format":    {[][]conformance.CaseResult{{pass, packed}, {fail, packed}}, false, true},
		"servers that ran different formats":   {[][]conformance.CaseResult{{pass}, {packed}}, false, false},
		"a third server that differs, only it": {[][]conformance.CaseResult{{pass}, {pass}, {fail}}, false, true},
	} {
		if got := differ(tc.columns, tc.formats); got != tc.want {
			t.Errorf("%s: differ is %v", name, got)
		}
	}
}

func TestAServersCellNamesTheFormatsThatFail(t *testing.T) {
	t.Parallel()
	pass, fail := judgedAs("json", conformance.Pass, ""), judgedAs("msgpack", conformance.Fail, spec.FRM30)
	if got := (column{}).cell([]conformance.CaseResult{pass, fail}); got.Glyph != "✗" || got.Text != "FRM-30 msgpack" || got.Link != "" {
		t.Errorf("the cell is %+v", got)
	}
	if got := (column{report: new(string)}).cell([]conformance.CaseResult{fail}); got.Link != "#CLM-3/no-queue[msgpack]" {
		t.Errorf("the cell of a format is %+v", got)
	}
	if got := (column{}).cell([]conformance.CaseResult{pass}); got.Glyph != "✓" || got.Text != "" {
		t.Errorf("the cell of what passed is %+v", got)
	}
	pass.Took = 1500 * time.Millisecond
	if got := (column{}).cell([]conformance.CaseResult{pass}); got.Text != "1.5 s" {
		t.Errorf("the cell of what was slow is %+v", got)
	}
}

func TestTheMarkedPlaceOfAValueIsShownWhateverIsCut(t *testing.T) {
	t.Parallel()
	list := make(conformance.L, 1000)
	for i := range list {
		list[i] = int64(i)
	}
	value := conformance.M{"headers": conformance.M{"status": int64(500)}, "body": conformance.M{
		"long": strings.Repeat("x", 5000), "list": list,
	}}
	for path, want := range map[string]string{
		"headers.status":  "500",
		"headers.version": "{\n    \"status\": 500\n  }", // what lacks it
		"body.list[900]":  "900",
		"body.list[5000]": "[",
		"nowhere":         "",
		"":                "",
	} {
		got := indented(value, path)
		if !strings.HasPrefix(got.Marked, want) || want == "" && got.Marked != "" {
			t.Errorf("%q marks %.80q, want %q", path, got.Marked, want)
		}
		if n := len(got.Before + got.Marked + got.After); n > 3*maxValue {
			t.Errorf("%q: it has %d bytes", path, n)
		}
		if all := got.Before + got.After; strings.Contains(all, strings.Repeat("x", maxString+1)) || !strings.Contains(all, "characters more") {
			t.Errorf("%q: the long string is not cut", path)
		}
	}
}

func TestHugeFramesAreShownShortened(t *testing.T) {
	t.Parallel()
	data := []byte(strings.Repeat("0123456789abcdef", 5000))
	for name, tc := range map[string]struct {
		first, last int
		want, not   string
	}{
		"the begin":          {0, 0, "000000  <span>30 31", "<mark>"},
		"about a mark":       {40_005, 40_007, "<mark>35 36</mark>", "000000  "},
		"a mark at the end":  {79_998, 80_000, "<mark>65 66</mark>", "bytes more"},
		"a mark over a line": {31, 33, "<mark>66</mark>", "bytes before"},
	} {
		got := string(hexadecimal(data, tc.first, tc.last))
		if !strings.Contains(got, tc.want) || strings.Contains(got, tc.not) || strings.Count(got, "\n") > maxLines+2 {
			t.Errorf("%s:\n%s", name, got)
		}
	}
	line := conformance.Line{Dir: conformance.Incoming, Kind: conformance.Text, Size: 1 << 20, Short: "…", Withheld: "it is longer than 64 KiB"}
	one := judgedAs("json", conformance.Fail, spec.CLM3)
	one.Transcript = []conformance.Line{line}
	page, err := Report(conformance.Result{Cases: []conformance.CaseResult{one}}, "0.1.0")
	if d := parsed(t, page, err); !strings.Contains(d.text, "1048576 B") || !strings.Contains(d.text, "bytes withheld: it is longer than 64 KiB") {
		t.Error("a message that was not kept is not told with its length")
	}
}

func TestWhatATargetSendsStaysText(t *testing.T) {
	t.Parallel()
	evil := `</code></script><script>alert(1)</script><img src=x onerror=alert(1)>`
	one := judgedAs("json", conformance.Fail, spec.CLM3)
	one.Failure.Actual, one.Failure.Expected, one.Failure.Drawing = evil, evil, []string{evil}
	one.Failure.Mark = &conformance.Mark{Line: 0, From: 3, To: 9}
	one.Transcript = []conformance.Line{{Dir: conformance.Incoming, Kind: conformance.Text, Size: len(evil), Short: evil, Data: []byte(evil)}}
	two := one
	two.Format = "msgpack"
	r := conformance.Result{
		URL: "ws://" + evil, Stopped: evil, Seed: evil, Command: evil, Leaks: conformance.Leaks{Leaked: 1, Names: []string{evil}},
		Profile: conformance.Profile{Name: evil}, Cases: []conformance.CaseResult{one, two},
	}
	page, err := Report(r, "0.1.0")
	d := parsed(t, page, err)
	articles := d.unpacked(t)
	if len(articles) != 1 {
		t.Fatalf("%d articles are packed", len(articles))
	}
	matrix, err := Matrix([]Named{{evil, r, ""}, {"b", r, evil}}, evil)
	for _, d := range []document{d, parsed(t, []byte(articles[0]), nil), parsed(t, matrix, err)} {
		for n := range d.Descendants() {
			if n.Data == "img" || n.Data == "script" && strings.Contains(textOf(n), "alert") {
				t.Errorf("there is a <%s>", n.Data)
			}
		}
		if !strings.Contains(html.UnescapeString(d.text), evil) {
			t.Error("the text is lost")
		}
	}
}

func TestAPageIsMadeForWhateverHappened(t *testing.T) {
	t.Parallel()
	unknown := judgedAs("json", conformance.Fail, "ABC-1")
	unknown.Case, unknown.Requirement, unknown.Chapter = "ABC-1/of-another-version", "ABC-1", "other"
	late := judgedAs("json", conformance.Untested, "")
	late.Reason = "interrupted"
	surprised := conformance.Result{Cases: []conformance.CaseResult{judgedAs("json", conformance.Pass, "")}, Held: &conformance.Held{
		File: "known.txt", Surprises: []conformance.Surprise{{What: conformance.SurprisePass, Known: conformance.Known{Case: "CLM-3/no-queue"}}},
	}}
	for name, tc := range map[string]struct {
		r    conformance.Result
		want string
	}{
		"no case at all":        {conformance.Result{}, "INCOMPLETE"},
		"all passed":            {conformance.Result{Cases: []conformance.CaseResult{judgedAs("json", conformance.Pass, "")}}, "Every case passed."},
		"an unknown rule":       {conformance.Result{Cases: []conformance.CaseResult{unknown}}, "ABC-1/of-another-version"},
		"interrupted":           {conformance.Result{Stopped: "interrupted", Cases: []conformance.CaseResult{late}}, "The run ended before its time"},
		"not as known":          {surprised, "Not as known"},
		"not applicable":        {conformance.Result{Cases: []conformance.CaseResult{judgedAs("json", conformance.NA, "")}}, "n/a"},
		"more than 12 leftover": {conformance.Result{Leaks: conformance.Leaks{Leaked: 13, Names: make([]string, 13)}}, "and more"},
	} {
		page, err := Report(tc.r, "0.1.0")
		if d := parsed(t, page, err); !strings.Contains(d.text, tc.want) {
			t.Errorf("%s: it does not say %q", name, tc.want)
		}
		if _, err := Matrix([]Named{{"a", tc.r, ""}, {"b", surprised, "b/index.html"}}, "0.1.0"); err != nil {
			t.Errorf("%s, beside another: %v", name, err)
		}
	}
}

func TestFramesThatHaveNoRoomAreLeftOutFirstOfEqualFailures(t *testing.T) {
	t.Parallel()
	var cases []conformance.CaseResult
	for i := range 1500 {
		c := judgedAs("json", conformance.Fail, spec.FRM30)
		c.Case = fmt.Sprintf("CLM-3/case-%d", i)
		for j := range 8 { // what does not repeat
			data := fmt.Sprintf(`{"a": "%x"}`, sha512.Sum512([]byte{byte(i), byte(i >> 8), byte(j)}))
			c.Transcript = append(c.Transcript, conformance.Line{Dir: conformance.Outgoing, Kind: conformance.Text, Size: len(data), Short: data, Data: []byte(data)})
		}
		cases = append(cases, c)
	}
	other := cases[0]
	other.Case, other.Failure = "CLM-3/the-last", &conformance.Failure{Requirement: spec.FRM30, Symptom: conformance.BadValue, Path: "body", Expected: "204", Actual: "500"}
	cases = append(cases, other)
	page, err := Report(conformance.Result{Cases: cases}, "0.1.0")
	d := parsed(t, page, err)
	articles, whole, last := d.unpacked(t), 0, false
	for _, a := range articles {
		if strings.Contains(a, "lanes") {
			whole++
			last = last || strings.Contains(a, "--case CLM-3/the-last")
		} else if !strings.Contains(a, "zaqarwire replay result.json --case CLM-3/case-") {
			t.Fatalf("it does not say where its frames are:\n%s", a)
		}
	}
	if len(articles) != 1500 || whole < 10 || whole == len(articles) || len(page) > 1_500_000 {
		t.Errorf("%d of %d articles have their frames, in %d bytes", whole, len(articles), len(page))
	}
	if !last {
		t.Error("the last failure, which no other is equal to, has lost its frames")
	}
}
