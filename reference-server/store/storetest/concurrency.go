// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

// workers is how many goroutines act at once.
const workers = 32

func concurrency() []promise {
	return []promise{
		{"no message is leased twice, however many ask at once", func(f *fixture) {
			f.partition(200, func() ([]store.Message, error) {
				c, err := f.s.CreateClaim(f.Context(), queue, store.Lease{TTL: minute, Grace: minute}, store.Batch{Limit: 7})
				return c.Messages, err
			})
			f.counts(queue, 200, 0)
		}},
		{"no message is popped twice, however many ask at once", func(f *fixture) {
			f.partition(200, func() ([]store.Message, error) {
				return f.s.PopMessages(f.Context(), queue, store.Batch{Limit: 7})
			})
			f.counts(queue, 0, 0)
		}},
		{"one of many makes the queue", func(f *fixture) {
			var made atomic.Int64
			f.together(func(int) error {
				created, err := f.s.CreateQueue(f.Context(), queue, store.Settings{})
				if created {
					made.Add(1)
				}
				return err
			})
			equal(f, "made", made.Load(), 1)
			equal(f, "queues", f.names("p1", "", 9), []string{queue.Name})
		}},
		{"posts stay whole and in order", wholePosts},
		{"stats add up while everything moves", movingStats},
	}
}

func wholePosts(f *fixture) {
	f.together(func(worker int) error {
		for i := range 5 {
			body := fmt.Appendf(nil, "%d.%d", worker, i)
			p := store.Post{TTL: hour, Messages: []store.NewMessage{{Body: body}, {Body: body}}}
			if _, err := f.s.PostMessages(f.Context(), queue, p); err != nil {
				return err
			}
		}
		return nil
	})
	all := bodies(f.all(queue))
	equal(f, "messages", len(all), workers*10)
	next := map[string]int{}
	for i := 0; i < len(all); i += 2 {
		equal(f, "second of a post", all[i+1], all[i])
		worker, post, _ := strings.Cut(all[i], ".")
		equal(f, "post of worker "+worker, post, strconv.Itoa(next[worker]))
		next[worker]++
	}
}

func movingStats(f *fixture) {
	f.post(queue, "a")
	f.together(func(worker int) error {
		for i := range 20 {
			if err := f.act(worker + i); err != nil {
				return err
			}
			s, err := f.s.QueueStats(f.Context(), queue)
			if err != nil {
				return err
			}
			none := s.Oldest == nil && s.Newest == nil
			if s.Claimed < 0 || s.Free < 0 || none != (s.Claimed+s.Free == 0) {
				return fmt.Errorf("stats = %+v", s)
			}
		}
		return nil
	})
	s := f.stats(queue)
	equal(f, "total", s.Claimed+s.Free, len(f.all(queue)))
	equal(f, "free", s.Free, len(f.list(queue, store.Filter{}, "", 10_000)))
}

// together runs all workers at once and waits for them.
func (f *fixture) together(work func(worker int) error) {
	f.Helper()
	var wg sync.WaitGroup
	for worker := range workers {
		wg.Go(func() {
			if err := work(worker); err != nil {
				f.Errorf("worker %d: %v", worker, err)
			}
		})
	}
	wg.Wait()
}

// partition posts n messages and wants all workers, each taking until there is
// nothing left, to take them, no message twice.
func (f *fixture) partition(n int, take func() ([]store.Message, error)) {
	f.Helper()
	f.post(queue, strings.Split(strings.Repeat("x ", n-1)+"x", " ")...)
	var mu sync.Mutex
	var taken []string
	f.together(func(int) error {
		for {
			ms, err := take()
			if err != nil || len(ms) == 0 {
				return err
			}
			mu.Lock()
			taken = append(taken, ids(ms)...)
			mu.Unlock()
		}
	})
	equal(f, "taken", len(taken), n)
	equal(f, "different ones", len(slices.Compact(sorted(taken))), n)
}

// act does one thing or another to the queue.
func (f *fixture) act(n int) error {
	ctx := f.Context()
	switch n % 5 {
	case 0:
		_, err := f.s.PopMessages(ctx, queue, store.Batch{Limit: 1})
		return err
	case 1:
		f.wait(second)
		c, err := f.s.CreateClaim(ctx, queue, store.Lease{TTL: minute, Grace: minute}, store.Batch{Limit: 3})
		if err != nil || n%2 == 0 || c.ID == "" {
			return err
		}
		return f.s.DeleteClaim(ctx, queue, c.ID)
	default:
		_, err := f.s.PostMessages(ctx, queue, store.Post{TTL: minute, Messages: []store.NewMessage{{}, {}}})
		return err
	}
}
