// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"strings"
	"sync"
)

// lanes play the cases that do not wait for the clock, ahead of their turn: a
// target that does not reply to one keeps no other from going on. The cases of a
// lane, which is a requirement in a format, run one after the other in a project of
// their own, so that nothing a case lists is made or deleted by another. When the
// run was given a project there is one lane.
type lanes struct {
	verdicts map[string]chan CaseResult // by the name of the case
	free     chan struct{}              // holds a token for each case that is running
	stop     context.CancelFunc
	all      sync.WaitGroup
}

// lane is the project of a case: the run's own, or one that it was given.
func (r *run) lane(o one) string {
	if r.target.Project != "" {
		return r.target.Project
	}
	return r.prefix + "-" + strings.ToLower(string(o.Requirement.ID)) + "-" + o.format.String()
}

// ahead begins to play, in the order of the plan within each lane, at most jobs
// cases at a time.
func (r *run) ahead(ctx context.Context, chosen []one, jobs int) *lanes {
	l := &lanes{verdicts: map[string]chan CaseResult{}, free: make(chan struct{}, jobs)}
	ctx, l.stop = context.WithCancel(ctx)
	byLane, order := map[string][]one{}, []string{}
	for _, o := range chosen {
		if o.Waiting {
			continue
		}
		lane := r.lane(o)
		if byLane[lane] == nil {
			order = append(order, lane)
		}
		byLane[lane] = append(byLane[lane], o)
		l.verdicts[o.name()] = make(chan CaseResult, 1)
	}
	for _, lane := range order {
		l.all.Go(func() {
			for _, o := range byLane[lane] {
				l.free <- struct{}{}
				l.verdicts[o.name()] <- r.play(ctx, o)
				<-l.free
			}
		})
	}
	return l
}

// take waits for the verdict of a case. Its time is bounded by play.
func (l *lanes) take(o one) CaseResult { return <-l.verdicts[o.name()] }

// end waits for the cases whose turn never came.
func (l *lanes) end() {
	l.stop()
	l.all.Wait()
}
