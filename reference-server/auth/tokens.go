// SPDX-License-Identifier: Apache-2.0

// Package auth says whom a token stands for: by a list of tokens, or by asking
// Keystone. A server without either is open.
package auth

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"sync"
	"time"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
)

// Tokens are tokens that are known. It keeps their digests alone, and finds them by
// those, so that neither its memory nor its time tells of a token. The zero value knows
// none. It is safe for concurrent use.
type Tokens struct {
	mu    sync.RWMutex
	known map[digest]api.Identity
}

var _ api.Authenticator = (*Tokens)(nil)

// digest stands for a token.
type digest [sha256.Size]byte

func digestOf(token string) digest { return sha256.Sum256([]byte(token)) }

// Authenticate implements api.Authenticator.
func (t *Tokens) Authenticate(_ context.Context, token string) (api.Identity, error) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	id, ok := t.known[digestOf(token)]
	if !ok {
		return api.Identity{}, api.ErrBadToken
	}
	return id, nil
}

// Mint makes a token for an identity.
func (t *Tokens) Mint(id api.Identity) string {
	token := rand.Text()
	t.add(token, id, math.MaxInt)
	return token
}

// add makes a token known; false if it was. Beyond the most, all others are forgotten.
func (t *Tokens) add(token string, id api.Identity, most int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.known == nil || len(t.known) >= most {
		t.known = map[digest]api.Identity{}
	}
	key := digestOf(token)
	_, was := t.known[key]
	t.known[key] = id
	return !was
}

// shortest is how long a token is at least, so that it is not guessed.
const shortest = 16

// ReadTokens reads a list of tokens, one a line:
//
//	TOKEN PROJECT [admin] [until=2027-01-31T00:00:00Z]
//
// Blank lines, and those that begin with #, are passed over. An error names the line,
// and never shows a token.
func ReadTokens(r io.Reader) (*Tokens, error) {
	t := new(Tokens)
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		words := strings.Fields(lines.Text())
		if len(words) == 0 || strings.HasPrefix(words[0], "#") {
			continue
		}
		if err := t.read(words); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read tokens: %w", err)
	}
	return t, nil
}

// read takes the words of one line.
func (t *Tokens) read(words []string) error {
	switch {
	case len(words) < 2:
		return errors.New("a token needs a project behind it")
	case len(words[0]) < shortest:
		return fmt.Errorf("a token has at least %d bytes", shortest)
	}
	id := api.Identity{Project: words[1]}
	for _, word := range words[2:] {
		until, ends := strings.CutPrefix(word, "until=")
		switch {
		case ends:
			var err error
			if id.Expires, err = time.Parse(time.RFC3339, until); err != nil {
				return fmt.Errorf("%q is no time like 2027-01-31T00:00:00Z", until)
			}
		case word == "admin":
			id.Admin = true
		default:
			return errors.New("behind the project stand no words but admin and until=TIME")
		}
	}
	if !t.add(words[0], id, math.MaxInt) {
		return errors.New("the token stands further up, too")
	}
	return nil
}
