// SPDX-License-Identifier: Apache-2.0

package report

import (
	"bytes"
	"encoding/xml"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/zaqarwire/zaqarwire/conformance"
)

// xmllint validates XML against an XML Schema: Debian has it in libxml2-utils. Where
// everything is to be tested, it must be there.
func xmllint(t *testing.T, schema string, text []byte) error {
	t.Helper()
	if _, err := exec.LookPath("xmllint"); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("xmllint is not installed")
		}
		t.Skip("xmllint is not installed")
	}
	cmd := exec.CommandContext(t.Context(), "xmllint", "--noout", "--nonet", "--schema", schema, "-")
	cmd.Stdin = bytes.NewReader(text)
	var said strings.Builder
	cmd.Stderr = &said
	err := cmd.Run()
	if err != nil {
		t.Log(said.String())
	}
	return err
}

// runs are results of every outcome.
func runs() map[string]conformance.Result {
	stopped, strict, nothing, hostile := passing(), result(), result(), result()
	stopped.Stopped, stopped.Partial = "interrupted", true
	strict.Strict, strict.Cases = true, strict.Cases[3:7]
	nothing.Cases = nothing.Cases[5:6]
	f := *hostile.Cases[0].Failure
	f.Actual = "]]><!-- \x00\x1b\ufffe \xff & \"' <failure>\nsecond line"
	hostile.Cases[0].Failure, hostile.URL, hostile.Command = &f, "ws://<&>", ""
	selected := passing()
	selected.Partial = true
	return map[string]conformance.Result{
		"failures": result(), "conformant": passing(), "stopped": stopped, "strict": strict, "nothing judged": nothing,
		"hostile": hostile, "as known": known(result(), nil), "selected": selected,
		"not as known": known(result(), []conformance.Surprise{{
			Known: entry(7, "QUE-1/a-new-queue", "*", conformance.BadValue), What: conformance.SurprisePass, Actual: "[json]",
		}}),
	}
}

// UnmarshalText reads what MarshalText writes.
func (t *xmlTime) UnmarshalText(text []byte) error {
	d, err := time.ParseDuration(string(text) + "s")
	*t = xmlTime(d)
	return err
}

func TestJUnitIsValid(t *testing.T) {
	t.Parallel()
	for name, r := range runs() {
		text, err := JUnit(r, "0.1.0")
		if err != nil {
			t.Fatal(err)
		}
		if err := xmllint(t, "testdata/jenkins-junit.xsd", text); err != nil {
			t.Errorf("%s: %v\n%s", name, err, text)
		}
		wrong := bytes.Replace(text, []byte(` classname="`), []byte(` class="`), 1)
		if err := xmllint(t, "testdata/jenkins-junit.xsd", wrong); err == nil && !bytes.Equal(text, wrong) {
			t.Errorf("%s: a wrong attribute is valid", name)
		}
	}
}

func TestJUnitIsGreenOnlyWhereTheRunIs(t *testing.T) {
	t.Parallel()
	for name, r := range runs() {
		text, err := JUnit(r, "0.1.0")
		if err != nil {
			t.Fatal(err)
		}
		var all suites
		if err := xml.Unmarshal(text, &all); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		green, red, tests := 0, 0, 0
		for _, s := range all.Suites {
			for _, c := range s.Cases {
				tests++
				switch {
				case c.Failure != nil || c.Error != nil:
					red++
				case c.Skipped == nil:
					green++
				}
			}
		}
		if green != r.Count(conformance.Pass) {
			t.Errorf("%s: %d tests are green, and %d cases passed", name, green, r.Count(conformance.Pass))
		}
		if (red == 0) != (r.ExitCode() == 0) || red != all.Failures+all.Errors || tests != all.Tests {
			t.Errorf("%s: %d of %d tests are red, %+v, exit code %d", name, red, tests, all.totals, r.ExitCode())
		}
	}
}

func TestJUnitTellsOfACaseWhatAConsoleDoes(t *testing.T) {
	t.Parallel()
	text, err := JUnit(result(), "0.1.0")
	if err != nil {
		t.Fatal(err)
	}
	var all suites
	if err := xml.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	i := 0
	for all.Suites[i].Name != "FRM-53" {
		i++
	}
	got, first := all.Suites[i], result().Cases[0]
	want := testCase{
		Name: "FRM-53/unknown-action [json]", Class: "frames", Time: got.Cases[0].Time,
		Failure: &fault{
			"value", `FRM-30 MUST: expected request.body.queue_name = "zw-7f3a-k2-1", got request.body.queue_name absent`,
			Block(result(), first),
		},
	}
	if one := got.Cases[0]; one.Name != want.Name || one.Class != want.Class || *one.Failure != *want.Failure {
		t.Errorf("got %+v\nwant %+v", one.Failure, want.Failure)
	}
	if p := got.Properties; len(p) != 4 || p[0].Value != "FRM-53" || p[1].Value != "MUST" {
		t.Errorf("properties %v", p)
	}
	if block := "\n" + got.Cases[0].Failure.Text + "\n"; !strings.Contains(printed(result(), Options{}), strings.Split(block, "also")[0][:400]) {
		t.Errorf("a console prints no such block: %s", block)
	}
}
