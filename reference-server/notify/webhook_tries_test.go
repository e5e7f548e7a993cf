// SPDX-License-Identifier: Apache-2.0

package notify

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/store"
)

func TestWhatFailsIsTriedAgainAndTheNextMessageComesBehind(t *testing.T) {
	t.Parallel()
	var tries atomic.Int64
	y := newYard(t, WebhookOptions{}, func(w http.ResponseWriter, _ *http.Request) {
		if tries.Add(1) <= 2 {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	y.deliver(t, y.subscribe(t, y.http.URL, nil), "1", "2")
	want := []string{sent("/", "1"), sent("/", "1"), sent("/", "1"), sent("/", "2")}
	if got := y.wants(t, 4); !slices.Equal(got, want) {
		t.Errorf("posted %q, want %q", got, want)
	}
}

func TestThePolicyHasItsTriesAndThenTheMessageIsGivenUp(t *testing.T) {
	t.Parallel()
	y := newYard(t, WebhookOptions{}, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/bad" {
			w.WriteHeader(http.StatusBadGateway)
		}
	})
	s := y.subscribe(t, y.http.URL+"/bad?token=secret", map[string]any{"_retry_policy": map[string]any{
		"retries_with_no_delay": 1, "minimum_delay_retries": 1, "minimum_delay": 600, "maximum_delay": 600, "maximum_delay_retries": 0,
	}})
	y.deliver(t, s, "1")
	y.wants(t, 2)
	time.Sleep(150 * time.Millisecond) //nolint:forbidigo // nothing is to come
	if got := y.has(); len(got) != 2 {
		t.Fatalf("posted %q before its time", got)
	}
	y.ahead.Add(int64(10 * time.Minute))
	y.wants(t, 3)
	eventually(t, "log", func() bool { return strings.Contains(y.log.String(), "given up") })
	if text := y.log.String(); strings.Contains(text, "secret") || !strings.Contains(text, "the answer is 502") {
		t.Errorf("log = %s", text)
	}
}

func TestAPolicyThatGetsShorterBetweenTwoTriesEndsThem(t *testing.T) {
	t.Parallel()
	tries := func(n int) map[string]any {
		return map[string]any{"_retry_policy": map[string]any{
			"retries_with_no_delay": n, "minimum_delay_retries": 0, "minimum_delay": 600, "maximum_delay": 600, "maximum_delay_retries": 0,
		}}
	}
	var y *yard
	var s store.Subscription
	known := make(chan struct{})
	y = newYard(t, WebhookOptions{}, func(w http.ResponseWriter, r *http.Request) {
		<-known
		if len(y.has()) == 1 {
			options, err := msgp.AppendMapStrIntf(nil, tries(0))
			if err == nil {
				err = y.store.UpdateSubscription(r.Context(), queue, s.ID, 0, options)
			}
			if err != nil {
				t.Error(err)
			}
		}
		w.WriteHeader(http.StatusBadGateway)
	})
	s = y.subscribe(t, y.http.URL, tries(3))
	close(known)
	y.deliver(t, s, "1", "2")
	want := []string{sent("/", "1"), sent("/", "1"), sent("/", "2")}
	if got := y.wants(t, 3); !slices.Equal(got, want) {
		t.Errorf("posted %q, want %q", got, want)
	}
}

func TestWhatIsLostIsLoggedWithoutAWordOfTheURLOrTheAnswer(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	gone := l.Addr().String()
	_ = l.Close()
	secure := httptest.NewTLSServer(nil)
	t.Cleanup(secure.Close)
	once := map[string]any{"_retry_policy": map[string]any{
		"retries_with_no_delay": 0, "minimum_delay_retries": 0, "minimum_delay": 5, "maximum_delay": 5, "maximum_delay_retries": 0,
	}}
	for name, tc := range map[string]struct{ url, want string }{
		"no such host":      {"http://secret.invalid/", "look up its host: "},
		"nobody listens":    {"http://" + gone + "/secret", "dial: connect: connection refused"},
		"not allowed":       {"http://127.0.0.2/secret", "dial: the operator has not allowed its address"},
		"no certificate":    {secure.URL + "/secret", "its certificate is not to be trusted"},
		"no answer":         {"/abort?secret", "the connection ended without an answer"},
		"no answer in time": {"/hang?secret", "no answer in time"},
		"no HTTP":           {"/odd?secret", "the answer is none of HTTP"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			y := newYard(t, WebhookOptions{Timeout: time.Second}, func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/hang" {
					<-r.Context().Done()
				}
				conn, _, err := http.NewResponseController(w).Hijack()
				if err != nil {
					return
				}
				if r.URL.Path == "/odd" {
					_, _ = io.WriteString(conn, "secret\r\n\r\n")
				}
				_ = conn.Close()
			})
			if strings.HasPrefix(tc.url, "/") {
				tc.url = y.http.URL + tc.url
			}
			y.deliver(t, y.subscribe(t, tc.url, once), "secret")
			eventually(t, "log", func() bool { return strings.Contains(y.log.String(), "given up") })
			if text := y.log.String(); !strings.Contains(text, "level=WARN") || !strings.Contains(text, tc.want) ||
				strings.Contains(text, "secret") || strings.Contains(text, "127.0.0.") {
				t.Errorf("log = %s, want a warning with %q", text, tc.want)
			}
		})
	}
}

func TestNothingIsHeldOfASilentWebhookWhenItsTryHasEnded(t *testing.T) {
	t.Parallel()
	silent, err := net.Listen("tcp", "127.0.0.1:0") //nolint:noctx // a test
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = silent.Close() }()
	y := newYard(t, WebhookOptions{Timeout: 100 * time.Millisecond}, nil)
	y.deliver(t, y.subscribe(t, "https://"+silent.Addr().String(), nil), "1")
	conn, err := silent.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	if _, err := io.Copy(io.Discard, conn); err != nil { // the greeting of TLS, and the end
		t.Errorf("the connection is open after the try: %v", err)
	}
}

func TestWebhooksThatDidNotAnswerHoldUpNoneThatDo(t *testing.T) {
	t.Parallel()
	var hang atomic.Bool
	end := make(chan struct{})
	y := newYard(t, WebhookOptions{Requests: 2, Timeout: time.Minute}, func(_ http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/well":
		case hang.Load():
			<-end
		default:
			panic(http.ErrAbortHandler) // no answer, at once
		}
	})
	defer close(end)
	once := map[string]any{"_retry_policy": map[string]any{
		"retries_with_no_delay": 0, "minimum_delay_retries": 0, "minimum_delay": 5, "maximum_delay": 5, "maximum_delay_retries": 0,
	}}
	var mute []store.Subscription
	for i := range 8 {
		s := y.subscribe(t, fmt.Sprintf("%s/mute/%d", y.http.URL, i), once)
		y.deliver(t, s, "1")
		mute = append(mute, s)
	}
	eventually(t, "message given up by each", func() bool { return strings.Count(y.log.String(), "given up") == len(mute) })
	hang.Store(true)
	for _, s := range mute {
		y.deliver(t, s, "2")
	}
	y.wants(t, len(mute)+1) // one of them hangs
	y.deliver(t, y.subscribe(t, y.http.URL+"/well", nil), "1")
	eventually(t, "request to the one that answers", func() bool { return slices.Contains(y.has(), sent("/well", "1")) })
}

func TestTheQueuesPolicyCountsWhereTheSubscriptionHasNoneOrGivesWay(t *testing.T) {
	t.Parallel()
	y := newYard(t, WebhookOptions{}, nil)
	pack := func(m map[string]any) []byte {
		b, err := msgp.AppendMapStrIntf(nil, map[string]any{"_retry_policy": m})
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	one := map[string]any{"retries_with_no_delay": 1, "minimum_delay_retries": 0, "maximum_delay_retries": 0, "minimum_delay": 9, "maximum_delay": 9}
	if _, err := y.store.CreateQueue(t.Context(), queue, store.Settings{Metadata: pack(one)}); err != nil {
		t.Fatal(err)
	}
	two := map[string]any{"retries_with_no_delay": uint64(2), "minimum_delay_retries": 0, "maximum_delay_retries": 0, "minimum_delay": 9, "maximum_delay": 9}
	for i, tc := range []struct {
		options []byte
		want    int
	}{
		{nil, 1},
		{pack(two), 2},
		{pack(map[string]any{"retries_with_no_delay": 2, "ignore_subscription_override": true}), 1},
	} {
		if got := len(y.waits(t.Context(), queue, tc.options)); got != tc.want {
			t.Errorf("%d: %d retries, want %d", i, got, tc.want)
		}
	}
	if got := y.waits(t.Context(), store.Queue{Name: "none"}, nil); len(got) != 14 || got[13] != 30*time.Second {
		t.Errorf("waits without a policy: %v", got)
	}
}
