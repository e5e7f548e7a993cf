// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// rest answers as Zaqar does over HTTP (F231, F237), as far as it takes to
// count bytes. A claim finds one message, unless the queue is called "empty"; a claim
// of "late" waits until one comes, as a server with long polling would.
func rest(body Raw, late <-chan struct{}) http.Handler {
	mux := http.NewServeMux()
	const claim = "/v2/queues/fizbit/claims/8c2d7f7e-52c1-4a3b-9f4d-0b9e61a2c7d5"
	href := func(i int) string { return "/v2/queues/fizbit/messages/" + id(i) }
	claimed := func(w http.ResponseWriter) {
		w.Header().Set("Location", claim)
		answer(w, http.StatusCreated, fmt.Sprintf(`{"messages":[{"id":%q,"href":"%s?claim_id=%s","ttl":372,"age":12,"body":%s}]}`,
			id(0), href(0), claim[len(claim)-36:], body))
	}
	mux.HandleFunc("POST /v2/queues/fizbit/messages", func(w http.ResponseWriter, r *http.Request) {
		var posted struct {
			Messages []json.RawMessage `json:"messages"`
		}
		if err := json.NewDecoder(r.Body).Decode(&posted); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		hrefs, ids := make([]string, len(posted.Messages)), make([]string, len(posted.Messages))
		for i := range posted.Messages {
			hrefs[i], ids[i] = fmt.Sprintf("%q", href(i)), id(i)
		}
		w.Header().Set("Location", "/v2/queues/fizbit/messages?ids="+strings.Join(ids, ","))
		answer(w, http.StatusCreated, `{"resources":[`+strings.Join(hrefs, ",")+`]}`)
	})
	mux.HandleFunc("POST /v2/queues/fizbit/claims", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // so that it is counted
		claimed(w)
	})
	mux.HandleFunc("POST /v2/queues/empty/claims", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc("POST /v2/queues/late/claims", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		select {
		case <-late:
			claimed(w)
		case <-r.Context().Done():
		}
	})
	return mux
}

func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body) // a client that is gone is missed by no one here
}

// overHTTP measures over HTTP/1.1, with the headers that Zaqar needs and no other;
// with a connection for each request, or with one that is kept.
func overHTTP(ctx context.Context, all []sample, keep bool) (b bill, err error) {
	post1, err := restPost(all[0])
	if err != nil {
		return b, err
	}
	post20, err := restPost(all[1])
	if err != nil {
		return b, err
	}
	late := make(chan struct{})
	m, stop, err := listen(rest(*bodies(all[0].text)[0], late))
	if err != nil {
		return b, err
	}
	defer stop()
	c := caller{base: "http://" + m.Addr().String(), http: &http.Transport{DisableKeepAlives: !keep, DisableCompression: true}}
	defer c.http.CloseIdleConnections()

	const claim = `{"ttl":300,"grace":60}`
	return b, measureAll(m, []step{
		{&b.post1, func() error { return c.post(ctx, "/v2/queues/fizbit/messages", post1) }},
		{&b.post20, func() error { return c.post(ctx, "/v2/queues/fizbit/messages", post20) }},
		{&b.claim, func() error { return c.post(ctx, "/v2/queues/fizbit/claims?limit=1", claim) }},
		{&b.nothing, func() error { return c.post(ctx, "/v2/queues/empty/claims?limit=1", claim) }},
		{&b.pushed, func() error {
			time.AfterFunc(10*time.Millisecond, func() { close(late) })
			return c.post(ctx, "/v2/queues/late/claims?limit=1", claim)
		}},
	})
}

// restPost is a post as HTTP has it.
func restPost(s sample) (string, error) {
	p, ok := s.text.(*post)
	if !ok {
		return "", fmt.Errorf("%T is no post", s.text)
	}
	text, err := json.Marshal(map[string]any{"messages": p.Body.Messages})
	if err != nil {
		return "", fmt.Errorf("write a post: %w", err)
	}
	return string(text), nil
}

type caller struct {
	base string
	http *http.Transport
}

func (c caller) post(ctx context.Context, path, body string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+path, strings.NewReader(body))
	if err != nil {
		return fmt.Errorf("make a request: %w", err)
	}
	r.Header.Set("User-Agent", "") // net/http then sends none
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Client-Id", "355186cd-d1e8-4108-a3ac-a2183697232a")
	r.Header.Set("X-Project-Id", "fizzit")
	reply, err := c.http.RoundTrip(r)
	if err != nil {
		return fmt.Errorf("POST %s: %w", path, err)
	}
	defer reply.Body.Close() //nolint:errcheck // it was read to its end
	if _, err := io.Copy(io.Discard, reply.Body); err != nil {
		return fmt.Errorf("read the answer to POST %s: %w", path, err)
	}
	if reply.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("POST %s: %s", path, reply.Status)
	}
	return nil
}
