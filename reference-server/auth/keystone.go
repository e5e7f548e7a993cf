// SPDX-License-Identifier: Apache-2.0

package auth

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/gophercloud/gophercloud/v2"
	"github.com/gophercloud/gophercloud/v2/openstack"
	"github.com/gophercloud/gophercloud/v2/openstack/identity/v3/tokens"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
)

// KeystoneOptions say where a Keystone is, and who asks it.
type KeystoneOptions struct {
	// URL is that of its identity service, such as http://127.0.0.1:5000/v3.
	URL string
	// Username, Password and Project are those of a user who may validate tokens, in
	// their domains; an application credential, ID and secret, may stand in their place.
	Username, Password, Project string
	// UserDomain and ProjectDomain are names. Default: Default.
	UserDomain, ProjectDomain        string
	ApplicationID, ApplicationSecret string
	// Timeout bounds each request to it. Default 10 s.
	Timeout time.Duration
}

// Keystone asks a Keystone v3 whom a token stands for, and remembers it until the token
// ends: one that is revoked before stays good. The role admin makes an administrator.
// It is safe for concurrent use.
type Keystone struct {
	o      KeystoneOptions
	client atomic.Pointer[gophercloud.ServiceClient] // nil until Keystone has let us in
	known  Tokens
}

var _ api.Authenticator = (*Keystone)(nil)

// NewKeystone asks nothing yet, so that a server can start before its Keystone does.
func NewKeystone(o KeystoneOptions) (*Keystone, error) {
	if !strings.HasPrefix(o.URL, "http://") && !strings.HasPrefix(o.URL, "https://") {
		return nil, errors.New("the URL of Keystone does not begin with http:// or https://")
	}
	if (o.Username == "" || o.Password == "" || o.Project == "") && (o.ApplicationID == "" || o.ApplicationSecret == "") {
		return nil, errors.New("asking Keystone takes a user, a password and a project, or an application credential")
	}
	o.Timeout = cmp.Or(o.Timeout, 10*time.Second)
	return &Keystone{o: o}, nil
}

// mostKnown bounds the tokens that are remembered; one more, and all are forgotten.
const mostKnown = 10_000

// longest is how long a token is at most. None of Keystone's is near.
const longest = 8 << 10

// Authenticate implements api.Authenticator.
func (k *Keystone) Authenticate(ctx context.Context, token string) (api.Identity, error) {
	if !plausible(token) {
		return api.Identity{}, api.ErrBadToken
	}
	if id, err := k.known.Authenticate(ctx, token); err == nil {
		return id, nil
	}
	id, err := k.ask(ctx, token)
	if err == nil {
		k.known.add(token, id, mostKnown)
	}
	return id, err
}

// plausible says whether a token can be one that stands in a header of HTTP.
func plausible(token string) bool {
	return token != "" && len(token) <= longest &&
		strings.IndexFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}

// role is one that Keystone says a token has.
type role struct {
	Name string `json:"name"`
}

// ask has Keystone validate a token.
func (k *Keystone) ask(ctx context.Context, token string) (api.Identity, error) {
	client, err := k.enter(ctx)
	if err != nil {
		return api.Identity{}, fmt.Errorf("log in at Keystone: %w", wordsOf(err))
	}
	got := tokens.Get(ctx, client, token)
	if gophercloud.ResponseCodeIs(got.Err, http.StatusNotFound) {
		return api.Identity{}, api.ErrBadToken
	}
	if got.Err != nil {
		return api.Identity{}, fmt.Errorf("validate a token: %w", wordsOf(got.Err))
	}
	var body struct {
		Token struct {
			Expires time.Time `json:"expires_at"`
			Project struct {
				ID string `json:"id"`
			} `json:"project"`
			Roles []role `json:"roles"`
		} `json:"token"`
	}
	if err := got.Result.ExtractInto(&body); err != nil {
		return api.Identity{}, fmt.Errorf("read what Keystone says of a token: %w", err)
	}
	t := body.Token
	if t.Project.ID == "" || t.Expires.IsZero() { // a token without a scope, which is good for nothing here
		return api.Identity{}, api.ErrBadToken
	}
	return api.Identity{Project: t.Project.ID, Admin: slices.Contains(t.Roles, role{"admin"}), Expires: t.Expires}, nil
}

// enter logs in at Keystone, once; a login that ends is renewed by the client.
func (k *Keystone) enter(ctx context.Context) (*gophercloud.ServiceClient, error) {
	if c := k.client.Load(); c != nil {
		return c, nil
	}
	provider, err := openstack.NewClient(k.o.URL)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says what it was about
	}
	provider.HTTPClient = http.Client{Timeout: k.o.Timeout}
	if err := openstack.Authenticate(ctx, provider, k.o.login()); err != nil {
		return nil, err //nolint:wrapcheck // as above
	}
	c, err := openstack.NewIdentityV3(provider, gophercloud.EndpointOpts{})
	if err != nil {
		return nil, err //nolint:wrapcheck // as above
	}
	k.client.Store(c)
	return c, nil
}

// login is how the server's own user logs in.
func (o KeystoneOptions) login() gophercloud.AuthOptions {
	login := gophercloud.AuthOptions{IdentityEndpoint: o.URL, AllowReauth: true}
	if o.ApplicationID != "" {
		login.ApplicationCredentialID, login.ApplicationCredentialSecret = o.ApplicationID, o.ApplicationSecret
		return login
	}
	login.Username, login.Password, login.DomainName = o.Username, o.Password, cmp.Or(o.UserDomain, "Default")
	login.Scope = &gophercloud.AuthScope{ProjectName: o.Project, DomainName: cmp.Or(o.ProjectDomain, "Default")}
	return login
}

// wordsOf is an error without what Keystone said in the body of its answer, which may
// repeat a token.
func wordsOf(err error) error {
	if status, ok := errors.AsType[gophercloud.ErrUnexpectedResponseCode](err); ok {
		return fmt.Errorf("%s is answered with status %d", status.URL, status.Actual)
	}
	if again, ok := errors.AsType[*gophercloud.ErrUnableToReauthenticate](err); ok { // it unwraps to nothing
		return fmt.Errorf("log in again: %w", wordsOf(again.ErrReauth))
	}
	return err
}
