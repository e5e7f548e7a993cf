// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"slices"
	"strconv"
	"sync"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

// workers is how many goroutines act at once.
const workers = 32

func concurrency() []promise {
	return []promise{
		{"no message is leased twice, however many ask at once", func(f *fixture) {
			for range 20 {
				f.post(queue, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
			}
			f.partition(200, func() []store.Message {
				c, err := f.s.CreateClaim(f.Context(), queue, store.Lease{TTL: minute, Grace: minute}, store.Batch{Limit: 7})
				if err != nil {
					f.Errorf("claim: %v", err)
				}
				return c.Messages
			})
			f.counts(queue, 200, 0)
		}},
		{"no message is popped twice, however many ask at once", func(f *fixture) {
			for range 20 {
				f.post(queue, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")
			}
			f.partition(200, func() []store.Message {
				ms, err := f.s.PopMessages(f.Context(), queue, store.Batch{Limit: 7})
				if err != nil {
					f.Errorf("pop: %v", err)
				}
				return ms
			})
			f.counts(queue, 0, 0)
		}},
		{"one of many makes the queue", func(f *fixture) {
			var mu sync.Mutex
			made := 0
			f.together(func(int) {
				created, err := f.s.CreateQueue(f.Context(), queue, store.Settings{})
				if err != nil {
					f.Errorf("create: %v", err)
				}
				mu.Lock()
				defer mu.Unlock()
				if created {
					made++
				}
			})
			equal(f, "made", made, 1)
			equal(f, "queues", f.names("p1", "", 9), []string{queue.Name})
		}},
		{"posts stay whole and in order", func(f *fixture) {
			f.together(func(worker int) {
				for i := range 5 {
					body := strconv.Itoa(worker) + "." + strconv.Itoa(i)
					p := store.Post{TTL: hour, Messages: []store.NewMessage{{Body: []byte(body)}, {Body: []byte(body)}}}
					if _, err := f.s.PostMessages(f.Context(), queue, p); err != nil {
						f.Errorf("post: %v", err)
					}
				}
			})
			all := bodies(f.all(queue))
			equal(f, "messages", len(all), workers*10)
			for i := 0; i < len(all); i += 2 {
				equal(f, "second of a post", all[i+1], all[i])
			}
		}},
		{"stats add up while everything moves", func(f *fixture) {
			f.post(queue, "a")
			f.together(func(worker int) {
				for i := range 20 {
					if err := f.act(worker + i); err != nil {
						f.Errorf("act: %v", err)
					}
					s, err := f.s.QueueStats(f.Context(), queue)
					none := s.Oldest == nil && s.Newest == nil
					if err != nil || s.Claimed < 0 || s.Free < 0 || none != (s.Claimed+s.Free == 0) {
						f.Errorf("stats = %+v, %v", s, err)
					}
				}
			})
			s := f.stats(queue)
			equal(f, "total", s.Claimed+s.Free, len(f.all(queue)))
			equal(f, "free", s.Free, len(f.list(queue, store.Filter{}, "", 10_000)))
		}},
	}
}

// together runs all workers at once and waits for them.
func (f *fixture) together(work func(worker int)) {
	var wg sync.WaitGroup
	for worker := range workers {
		wg.Go(func() { work(worker) })
	}
	wg.Wait()
}

// partition wants all workers, each taking until there is nothing left, to
// take n messages, no message twice.
func (f *fixture) partition(n int, take func() []store.Message) {
	f.Helper()
	var mu sync.Mutex
	var taken []string
	f.together(func(int) {
		for ms := take(); len(ms) > 0; ms = take() {
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
