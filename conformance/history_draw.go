// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The widths of a drawing: of its names, its time and its words.
const (
	laneName  = 13
	laneTime  = 24
	laneWords = 34
)

// who names the client of an op.
func (o op) who() string {
	if o.client == crowd {
		return "the last look"
	}
	return fmt.Sprintf("client %d", o.client)
}

// drawing shows a short history: a lane for each request, from where it was sent
// to where its reply was read, and a lane for each lease, from where its holder
// knew of it to where it gave it up. Time runs by events, not by the clock.
func drawing(began *queue, ops []op) []string {
	events := make([]time.Duration, 0, 2*len(ops))
	for _, o := range ops {
		events = append(events, o.call, o.ret)
	}
	if len(events) == 0 {
		return nil
	}
	slices.Sort(events)
	place := func(at time.Duration) int {
		n := slices.Index(events, at)
		if step := 2; len(events)*step <= laneTime {
			return n * step
		}
		return n * (laneTime - 1) / max(1, len(events)-1)
	}
	name, claim := namesIn(began, ops)
	lines := []string{lane("", "time, by events", fmt.Sprintf("%s to %s", clockTime(events[0]), clockTime(events[len(events)-1])))}
	for _, o := range ops {
		lines = append(lines, lane(o.who(), bar(place(o.call), place(o.ret), "├─┤"), o.said(name, claim)))
	}
	for _, o := range ops {
		if o.act.action != "claim_create" {
			continue
		}
		for _, m := range o.reply.messages {
			until := place(events[len(events)-1])
			if end := released(ops, o.reply.claim, m.id); end > 0 {
				until = place(end)
			}
			lines = append(lines, lane(name(m.id)+" in "+o.act.label, bar(place(o.ret), until, "███"), ""))
		}
	}
	return lines
}

func clockTime(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

// released is when the holder of a claim gave a message up; 0 if it did not.
func released(ops []op, claim, id string) time.Duration {
	for _, o := range ops {
		gives := o.act.action == "claim_delete" || o.act.action == "message_delete" && o.act.ids[0] == id && o.reply.status == 204
		if gives && o.act.claim == claim {
			return o.call
		}
	}
	return 0
}

// bar is a line from one column to another, of a begin, a middle and an end.
func bar(from, to int, glyphs string) string {
	g := []rune(glyphs)
	if to <= from {
		return strings.Repeat(" ", from) + string(g[0])
	}
	return strings.Repeat(" ", from) + string(g[0]) + strings.Repeat(string(g[1]), to-from-1) + string(g[2])
}

// lane is one line of a drawing.
func lane(name, time, words string) string {
	return strings.TrimRight(column(name, laneName)+" "+column(time, laneTime)+" "+clipped(words, laneWords), " ")
}

func column(text string, width int) string {
	text = clipped(text, width)
	return text + strings.Repeat(" ", width-utf8.RuneCountInString(text))
}

// clipped leaves the begin of a text that is too long.
func clipped(text string, width int) string {
	if runes := []rune(text); len(runes) > width {
		return string(runes[:width-1]) + "…"
	}
	return text
}

// namesIn name the messages and claims of a history.
func namesIn(began *queue, ops []op) (message, claim func(id string) string) {
	known := map[string]string{}
	for _, m := range began.messages {
		known[m.id] = m.label
	}
	for _, o := range ops {
		for i, id := range o.reply.ids {
			known[id] = o.act.bodies[i]
		}
		for _, m := range o.reply.messages {
			if known[m.id] == "" {
				known[m.id] = m.body
			}
		}
		if o.act.action == "claim_create" {
			known[o.reply.claim] = o.act.label
		}
	}
	find := func(id string) string {
		if name := known[id]; name != "" {
			return name
		}
		return "an unknown one"
	}
	return find, find
}
