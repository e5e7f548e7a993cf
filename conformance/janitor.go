// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"time"
)

// Leaks counts the queues, pools and flavors of a run. Created is those that a request asked for,
// Deleted those of them that are proved gone; what the target refused is in both.
type Leaks struct {
	Created       int `json:"created"`
	Deleted       int `json:"deleted"`
	Leaked        int `json:"leaked"`
	LeftOnPurpose int `json:"left_on_purpose"`
	// Names are those that leaked, as project/queue, pool NAME or flavor NAME.
	Names []string `json:"names,omitempty"`
}

// janitor removes what cases made, over a connection of its own, and keeps the
// books. It judges nothing.
type janitor struct {
	run *run
	log io.Writer // the journal, one JSON value a line; nil for none

	mu       sync.Mutex
	conn     *live
	in       string // the project that conn was let in as
	silent   int    // requests in a row that got no reply
	ignored  int    // deletions in a row that got none
	books    Leaks
	projects map[string]bool // those that were used: whether a name was left there
}

// sweep deletes queues, flavors and pools, and proves them gone.
func (j *janitor) sweep(ctx context.Context, queues []queueName, leave map[string]bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	queues = inTurn(queues, func(q queueName) queueName { return q })
	for _, q := range queues {
		if j.run.lost() == "" {
			j.still(ctx, q)
		}
	}
	for _, q := range queues {
		if leave[q.Name] {
			j.enter(q, true, true, true)
			continue
		}
		// A target that is gone is asked nothing: what it holds counts as leaked.
		asking := j.run.lost() == ""
		if asking && j.run.ours(q) {
			j.remove(ctx, q)
		}
		gone := asking && j.missing(ctx, q)
		if asking && !gone && j.run.ours(q) { // a request of an interrupted case may have made it since
			j.remove(ctx, q)
			gone = j.missing(ctx, q)
		}
		j.enter(q, false, q.asked || asking && !gone, !gone)
	}
}

// inTurn is a list in the order in which things can go: queues before the pools that
// they live in, and so flavors.
func inTurn[T any](list []T, name func(T) queueName) []T {
	turns := []string{"queue", "flavor", "pool"}
	return slices.SortedStableFunc(slices.Values(list), func(a, b T) int {
		return cmp.Compare(slices.Index(turns, name(a).sort()), slices.Index(turns, name(b).sort()))
	})
}

// still sees to it that a pool which is about to lose its flavor draws no queues of
// others.
func (j *janitor) still(ctx context.Context, q queueName) {
	if q.Kind == "pool" && j.run.ours(q) {
		j.value(ctx, request("pool_update", j.run.project, M{"pool_name": q.Name, "weight": 0}))
	}
}

// remove deletes a queue. A target that leaves three deletions in a row without a
// reply is asked for no more of them: each would cost a deadline.
func (j *janitor) remove(ctx context.Context, q queueName) {
	switch {
	case j.ignored >= 3:
	case j.ask(ctx, q.sort()+"_delete", q) == 0:
		j.ignored++
	default:
		j.ignored = 0
	}
}

// enter writes a queue into the books: whether it was made, and is there now.
func (j *janitor) enter(q queueName, leave, made, there bool) {
	if j.projects == nil {
		j.projects = map[string]bool{}
	}
	if q.Kind == "" {
		j.projects[q.Project] = j.projects[q.Project] || leave
	}
	switch {
	case leave && there:
		j.books.LeftOnPurpose++
	case leave || !made: // a name that was never used
	case there:
		j.books.Created++
		j.books.Leaked++
		j.books.Names = append(j.books.Names, q.full())
	default:
		j.books.Created++
		j.books.Deleted++
	}
}

// audit looks for queues that nobody wrote down, by listing each project that was
// used, and removes them. A project that holds a name which was left on purpose
// is passed over: there a listing can be wrong, and a deletion do harm.
func (j *janitor) audit(ctx context.Context) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, project := range slices.Sorted(maps.Keys(j.projects)) {
		if j.run.lost() != "" || j.projects[project] {
			continue
		}
		for _, name := range j.listed(ctx, project) {
			q := queueName{Project: project, Name: name, asked: true}
			if !j.run.ours(q) || slices.Contains(j.books.Names, q.full()) || j.missing(ctx, q) {
				continue
			}
			j.remove(ctx, q)
			j.enter(q, false, true, !j.missing(ctx, q))
		}
	}
}

// listed is all names in a project, as far as the target pages soundly: each page
// behind the one before, and an end.
func (j *janitor) listed(ctx context.Context, project string) (names []string) {
	body, last := M{}, ""
	for range 100 {
		page, _ := lookup(j.value(ctx, request("queue_list", project, body)), "body.queues[*].name").(L)
		if len(page) == 0 {
			return names
		}
		for _, v := range page {
			name, ok := v.(string)
			if !ok || name <= last {
				return names
			}
			names, last = append(names, name), name
		}
		body = M{"marker": last}
	}
	return names
}

// missing proves that a queue is not there: queue_get says so, or, where a
// target answers that for a missing queue as for an empty one, queue_get_stats.
// A name that the target refuses (400) cannot be there. So it is with pools and
// flavors.
func (j *janitor) missing(ctx context.Context, q queueName) bool {
	actions := []string{"queue_get", "queue_get_stats"}
	if q.Kind != "" {
		actions = []string{q.Kind + "_get"}
	}
	for _, action := range actions {
		if status := j.ask(ctx, action, q); status == 404 || status == 400 {
			return true
		}
	}
	return false
}

// ask sends a request about a queue, a pool or a flavor and returns the status of its
// reply, 0 if none came. A name that cannot be written was sent to be refused: 400.
func (j *janitor) ask(ctx context.Context, action string, q queueName) int64 {
	reply := j.value(ctx, request(action, cmp.Or(q.Project, j.run.project), M{q.sort() + "_name": q.Name}))
	status, _ := lookup(reply, "headers.status").(int64)
	return status
}

// value sends a request and returns the reply, nil if none came. It speaks
// MessagePack, which has every value that a queue may hold; after a failure it
// tries once more, over a new connection and in JSON.
func (j *janitor) value(ctx context.Context, request M) any {
	for _, f := range []Format{MsgPack, JSON} {
		data, err := write(f, request)
		if err != nil {
			return M{"headers": M{"status": int64(400)}}
		}
		if e, err := j.exchange(ctx, f, data, j.run.within(), request); err == nil {
			if v, err := read(e.kind.format(), e.data); err == nil {
				j.silent = 0
				return v
			}
		}
		j.close()
	}
	j.silent++
	return nil
}

// request is the janitor's own: no case sends its Client-ID.
func request(action, project string, body M) M {
	return M{
		"action":  action,
		"headers": M{headerClient: "00000000-0000-4000-8000-000000000001", headerProject: project},
		"body":    body,
	}
}

// knock says whether the target replies to a request on a new connection, with
// whatever message.
func (j *janitor) knock(ctx context.Context) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.close()
	q := request("queue_get", j.run.project, M{"queue_name": j.run.prefix})
	data, err := write(JSON, q)
	if err != nil {
		return err
	}
	_, err = j.exchange(ctx, JSON, data, max(j.run.within(), 10*time.Second), q) // it may be busy
	return err
}

// exchange sends a request, encoded, and returns the next message that comes.
func (j *janitor) exchange(ctx context.Context, f Format, data []byte, wait time.Duration, request M) (event, error) {
	if err := j.open(ctx, f, wait, request); err != nil {
		return event{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	if err := j.conn.write(ctx, f.kind(), data); err != nil {
		return event{}, fmt.Errorf("send: %w", err)
	}
	e, ok := j.conn.next(ctx, wait)
	switch {
	case !ok:
		return event{}, fmt.Errorf("no reply within %v", wait)
	case e.end != nil:
		return event{}, errors.New(e.end.String())
	}
	return e, nil
}

// open sees to it that there is a connection, let in as the project of a request.
func (j *janitor) open(ctx context.Context, f Format, wait time.Duration, request M) error {
	t := j.run.target
	if j.conn == nil {
		ctx, cancel := context.WithTimeout(ctx, wait)
		defer cancel()
		c, resp, err := dial(ctx, t, nil)
		if err != nil {
			return Unreachable(t.URL, resp, err)
		}
		j.conn, j.in = c, ""
	}
	if project, _ := lookup(request, "headers."+headerProject).(string); project != j.in && t.authenticates() {
		e := entering{
			link: j.conn, format: f, project: project, token: t.tokenOf(project, true),
			wait: t.patience(wait), keep: func(event) {},
		}
		e.do(ctx) // the reply to the request itself says whether that was good for anything
		j.in = project
	}
	return nil
}

func (j *janitor) close() {
	if j.conn != nil {
		j.conn.drop(100 * time.Millisecond)
		j.conn = nil
	}
}

// done ends the janitor's work and returns its books.
func (j *janitor) done() Leaks {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.close()
	return j.books
}
