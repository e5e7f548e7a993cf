// SPDX-License-Identifier: Apache-2.0

package docs

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"github.com/zaqarwire/zaqarwire/spec"
)

// sequence is a story in frames between a server and those who speak with it.
type sequence struct {
	// Name is its anchor.
	Name, Title string
	// Lead is what happens, in Markdown.
	Lead string
	// Given is the body of a message_post that came before it; empty if nothing did.
	Given string
	// Lanes are who takes part, from left to right.
	Lanes []string
	Steps []step
}

// step is one frame, one HTTP exchange, or time that passes.
type step struct {
	// From and To are lanes; without To, something happens to From, and without
	// both, time passes.
	From, To string
	// Says is the frame in a few words, and Body its body as JSON, if it is of interest.
	Says, Body string
	// Reply says that it answers what To asked last.
	Reply bool
	// IDs are the requirements that it shows.
	IDs []spec.ID
}

// Passing tells whether a step is time that passes.
func (s step) Passing() bool { return s.From == "" }

// sequencesWith are those in which an action is asked for.
func sequencesWith(action string) []sequence {
	return slices.DeleteFunc(sequences(), func(s sequence) bool {
		return !slices.ContainsFunc(s.Steps, func(st step) bool { return !st.Reply && st.Says == action })
	})
}

// sequencePage shows all of them.
func sequencePage() page {
	p := page{File: "sequences.html", Title: "Sequences", Layout: "sequences", Data: sequences()}
	for _, s := range sequences() {
		p.Sections = append(p.Sections, entry{"#" + s.Name, s.Title})
	}
	return p
}

// measures are those of a drawing, in pixels.
type measures struct {
	class         string
	width, margin int // from edge to edge, and from an edge to the first lane
	head, stepGap int // a lane's box, and from step to step
	bodies        bool
}

const (
	headRoom = 56
	perLine  = 46 // characters of a frame's body in one line
)

// Drawing is the sequence as a picture: a line for each lane, an arrow for each frame.
func (s sequence) Drawing() template.HTML {
	return s.draw(measures{class: "roomy", width: 200 + 320*(len(s.Lanes)-1), margin: 100, head: 150, stepGap: 50, bodies: true})
}

// Narrow is the drawing for small windows, without the bodies.
func (s sequence) Narrow() template.HTML {
	return s.draw(measures{class: "narrow", width: 360, margin: 46, head: 90, stepGap: 38})
}

func (s sequence) draw(m measures) template.HTML {
	gap := (m.width - 2*m.margin) / (len(s.Lanes) - 1)
	x := func(lane string) int { return m.margin + gap*slices.Index(s.Lanes, lane) }
	height := headRoom + m.stepGap*len(s.Steps) + 24
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="sequence %s" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">`,
		m.class, m.width, height, m.width, height, template.HTMLEscapeString("Sequence: "+s.Title+". The list below says the same."))
	for _, lane := range s.Lanes {
		fmt.Fprintf(&b, `<line class="lane" x1="%[1]d" y1="40" x2="%[1]d" y2="%[2]d"/>`, x(lane), height-8)
		fmt.Fprintf(&b, `<rect class="head" x="%d" y="8" width="%d" height="32" rx="4"/><text class="who" x="%d" y="29">%s</text>`,
			x(lane)-m.head/2, m.head, x(lane), template.HTMLEscapeString(lane))
	}
	for i, st := range s.Steps {
		y := headRoom + m.stepGap*i + m.stepGap/2 + 8
		if !m.bodies {
			st.Body = ""
		}
		switch {
		case st.Passing():
			fmt.Fprintf(&b, `<line class="pause" x1="20" y1="%[1]d" x2="%[2]d" y2="%[1]d"/>`, y, m.width-20)
			b.WriteString(boxed(m.width/2, y, st.Says, "time"))
		case st.To == "":
			b.WriteString(boxed(x(st.From), y, st.Says, "own"))
		default:
			b.WriteString(arrow(x(st.From), x(st.To), y, st))
		}
	}
	b.WriteString("</svg>")
	return template.HTML(b.String()) //nolint:gosec // texts are escaped
}

// boxed is text in a box around (x, y).
func boxed(x, y int, text, class string) string {
	w := 8*len([]rune(text)) + 20
	return fmt.Sprintf(`<rect class="%s" x="%d" y="%d" width="%d" height="24" rx="12"/><text class="note" x="%d" y="%d">%s</text>`,
		class, x-w/2, y-13, w, x, y+4, template.HTMLEscapeString(text))
}

// arrow leads from one lane to another, with what it carries above and below it.
func arrow(from, to, y int, st step) string {
	class, tip := "ask", 8
	if st.Reply {
		class = "reply"
	}
	if to < from {
		tip = -8
	}
	middle := (from + to) / 2
	line := fmt.Sprintf(`<line class="%s" x1="%d" y1="%d" x2="%d" y2="%d"/><path class="tip" d="M%d %d l%d -4 v8 z"/>`,
		class, from, y, to-tip, y, to, y, -tip)
	line += fmt.Sprintf(`<text class="says" x="%d" y="%d">%s</text>`, middle, y-6, template.HTMLEscapeString(st.Says))
	if carried := short(st.Body); carried != "" {
		line += fmt.Sprintf(`<text class="carries" x="%d" y="%d">%s</text>`, middle, y+14, template.HTMLEscapeString(carried))
	}
	return line
}

// short is as much of a body as fits.
func short(body string) string {
	body = strings.NewReplacer("://", "://", `"`, "", "{", "", "}", "", ",", ", ", ":", ": ").Replace(body)
	if r := []rune(body); len(r) > perLine {
		return string(r[:perLine-1]) + "…"
	}
	return body
}
