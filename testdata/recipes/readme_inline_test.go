// SPDX-License-Identifier: Apache-2.0

package recipes_test

import (
	"context"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	code       = regexp.MustCompile("`[^`]+`")
	subcommand = regexp.MustCompile(`(?m)^  ([a-z]+) +[A-Z]`)
)

// inline are the commands within the README's sentences: zaqarwire with arguments or
// without its own name, what go installs, and targets of make. A word that stands for a
// command of a block, as check does, is that block's. NAME is a seeded fault.
func inline(t *testing.T) []string {
	t.Helper()

	help, err := exec.CommandContext(context.Background(), command, "--help").Output()
	if err != nil {
		t.Fatal(err)
	}
	var ours []string
	for _, m := range subcommand.FindAllStringSubmatch(string(help), -1) {
		ours = append(ours, m[1])
	}
	text := read(t, "README.md")
	var blocks strings.Builder
	for _, b := range block.FindAllStringSubmatch(text, -1) {
		blocks.WriteString(b[2])
	}
	inBlocks := goRun.ReplaceAllString(blocks.String(), "zaqarwire")
	var lines []string
	for _, span := range code.FindAllString(block.ReplaceAllString(text, ""), -1) {
		line := strings.Join(strings.Fields(strings.Trim(span, "`")), " ")
		first, rest, _ := strings.Cut(line, " ")
		if slices.Contains(ours, first) {
			line = "zaqarwire " + line
		} else if first != "make" && !strings.HasPrefix(line, "go install ") && (first != "zaqarwire" || rest == "") {
			continue
		}
		line = strings.ReplaceAll(line, "NAME", "claim-steals-live-lease")
		if !slices.Contains(lines, line) && (rest != "" || !strings.Contains(inBlocks, line)) {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestCommandsWithinSentencesAreFound(t *testing.T) {
	lines := inline(t)
	for _, want := range []string{
		"zaqarwire clean", "zaqarwire mutants", "zaqarwire explain CLM-8", "zaqarwire list", "go install ./cmd/zaqarwire",
		"zaqarwire check --mutant claim-steals-live-lease", "zaqarwire serve --mutant claim-steals-live-lease", "make vectors",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("inline() = %q\nwant %q among them", lines, want)
		}
	}
	if slices.Contains(lines, "zaqarwire check") {
		t.Error("inline() holds zaqarwire check, which a block has")
	}
}

// shown is a failure that the README shows, and again the command in it that repeats it.
var (
	shown  = regexp.MustCompile("(?ms)^```\n(FAIL  .*?)^```$")
	again  = regexp.MustCompile(`again  ((?:.*\\\n)*.*)\n`)
	format = regexp.MustCompile(` --format \w+`)
	varies = regexp.MustCompile(`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}| +[\d.]+ ms `)
)

// The failure is what its own command prints today, but for ids and times; in each
// format, since it says in which others it fails.
func TestTheFailureThatTheReadmeShowsIsWhatIsPrinted(t *testing.T) {
	want := shown.FindStringSubmatch(read(t, "README.md"))
	if want == nil {
		t.Fatal("the README shows no failure")
	}
	line := strings.ReplaceAll(again.FindStringSubmatch(want[1])[1], "\\\n", " ")
	r := newReader(t)
	out, err := r.shell(format.ReplaceAllString(line, "")).Output()
	if code := exitCode(t, err); code != 1 {
		t.Fatalf("%s: ended with %d, want 1\n%s", line, code, out)
	}
	_, printed, _ := strings.Cut(string(out), "\n\nFAIL ")
	printed, _, _ = strings.Cut("FAIL "+printed, "\n\n")
	stable := func(s string) string { return varies.ReplaceAllString(strings.TrimSpace(s), "…") }
	if got, want := stable(printed), stable(want[1]); got != want {
		t.Errorf("the README shows\n%s\nand %s prints\n%s", want, line, got)
	}
}
