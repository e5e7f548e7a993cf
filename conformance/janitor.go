// SPDX-License-Identifier: Apache-2.0

package conformance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// Leaks counts the queues of a run. Created is those that a request asked for,
// Deleted those of them that are proved gone; what the target refused is in both.
type Leaks struct {
	Created       int `json:"created"`
	Deleted       int `json:"deleted"`
	Leaked        int `json:"leaked"`
	LeftOnPurpose int `json:"left_on_purpose"`
	// Names are those that leaked, as project/queue.
	Names []string `json:"names,omitempty"`
}

// janitor removes what cases made, over a connection of its own, and keeps the
// books. It judges nothing.
type janitor struct {
	run *run
	log io.Writer // the journal, one JSON value a line; nil for none

	mu    sync.Mutex
	conn  *live
	books Leaks
}

// journal writes a name down before the queue is made, so that what a killed
// run leaves behind can be found.
func (j *janitor) journal(q queueName, leave bool) error {
	if j.log == nil {
		return nil
	}
	line, err := json.Marshal(struct {
		queueName
		Leave bool `json:"leave,omitempty"`
	}{q, leave})
	if err != nil {
		return fmt.Errorf("encode name: %w", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if _, err := j.log.Write(append(line, '\n')); err != nil {
		return fmt.Errorf("write journal: %w", err)
	}
	return nil
}

// sweep deletes queues and proves them gone.
func (j *janitor) sweep(ctx context.Context, queues []queueName, leave map[string]bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, q := range queues {
		if leave[q.Name] {
			j.books.LeftOnPurpose++
			continue
		}
		// A target that is gone is asked nothing: what it holds counts as leaked.
		there := j.run.gone == ""
		gone := there && j.ask(ctx, "queue_delete", q) != 0 && j.missing(ctx, q)
		if !q.asked && (gone || !there) {
			continue // a name that was never used
		}
		j.books.Created++
		if gone {
			j.books.Deleted++
			continue
		}
		j.books.Leaked++
		j.books.Names = append(j.books.Names, q.Project+"/"+q.Name)
	}
}

// missing proves that a queue is not there: queue_get says so, or, where a
// target answers that for a missing queue as for an empty one, queue_get_stats.
// A name that the target refuses (400) cannot be there.
func (j *janitor) missing(ctx context.Context, q queueName) bool {
	for _, action := range []string{"queue_get", "queue_get_stats"} {
		if status := j.ask(ctx, action, q); status == 404 || status == 400 {
			return true
		}
	}
	return false
}

// ask sends one request and returns the status of its reply, 0 if none came.
// It speaks MessagePack, which has every value that a queue may hold; after a
// failure it tries once more, over a new connection and in JSON.
func (j *janitor) ask(ctx context.Context, action string, q queueName) int {
	for _, f := range []Format{MsgPack, JSON} {
		data, err := write(f, request(action, q))
		if err != nil {
			return 400 // a name that JSON cannot hold was sent to be refused
		}
		if e, err := j.exchange(ctx, f, data); err == nil {
			if v, err := read(e.kind.format(), e.data); err == nil {
				status, _ := lookup(v, "headers.status").(int64)
				return int(status)
			}
		}
		j.close()
	}
	return 0
}

// request is the janitor's own: no case sends its Client-ID.
func request(action string, q queueName) M {
	return M{
		"action":  action,
		"headers": M{headerClient: "00000000-0000-4000-8000-000000000001", headerProject: q.Project},
		"body":    M{"queue_name": q.Name},
	}
}

// knock says whether the target replies to a request on a new connection, with
// whatever message.
func (j *janitor) knock(ctx context.Context) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.close()
	data, err := write(JSON, request("queue_get", queueName{Project: j.run.project, Name: j.run.prefix}))
	if err != nil {
		return err
	}
	_, err = j.exchange(ctx, JSON, data)
	return err
}

// exchange sends a message and returns the next that comes.
func (j *janitor) exchange(ctx context.Context, f Format, data []byte) (event, error) {
	ctx, cancel := context.WithTimeout(ctx, j.run.deadline)
	defer cancel()
	if j.conn == nil {
		c, resp, err := dial(ctx, j.run.target, nil)
		if err != nil {
			return event{}, j.run.target.unreachable(resp, err)
		}
		j.conn = c
	}
	if err := j.conn.write(ctx, f.kind(), data); err != nil {
		return event{}, fmt.Errorf("send: %w", err)
	}
	e, ok := j.conn.next(ctx, j.run.deadline)
	switch {
	case !ok:
		return event{}, fmt.Errorf("no reply within %v", j.run.deadline)
	case e.end != nil:
		return event{}, errors.New(e.end.String())
	}
	return e, nil
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
