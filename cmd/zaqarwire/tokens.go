// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/conformance"
	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/reference-server/auth"
)

// secret is a token as a user gives it: itself, @ and the file that holds it, or
// nothing, which is what the environment says.
type secret struct{ flag, env, given string }

// read is the token; empty if there is none.
func (t secret) read() (string, error) {
	given := t.given
	if given == "" {
		given = os.Getenv(t.env)
	}
	name, isFile := strings.CutPrefix(given, "@")
	if !isFile {
		return given, nil
	}
	text, err := os.ReadFile(name) //nolint:gosec // the user names it
	if err != nil {
		return "", usage("cannot read the token of --%s: %w", t.flag, plain(err))
	}
	token := strings.TrimSpace(string(text))
	if token == "" {
		return "", usage("the token of --%s is empty: %s holds none", t.flag, name)
	}
	return token, nil
}

// words are the flag as it is written in a command, without the token.
func (t secret) words() []string {
	switch {
	case strings.HasPrefix(t.given, "@"):
		return []string{"--" + t.flag, quoted(t.given)}
	case t.given != "" || t.env != "" && os.Getenv(t.env) != "":
		return []string{"--" + t.flag, `"$` + t.env + `"`}
	}
	return nil
}

// identities are whom a user comes as.
type identities struct {
	token, other, admin, expiring secret
	otherProject                  string
	signingKey                    string // a file
}

// tokenFlag adds the flag of a token to a command.
func tokenFlag(cmd *cobra.Command, t *secret, name, env, doc string) {
	t.flag, t.env = name, env
	cmd.Flags().StringVar(&t.given, name, "", doc+"; @FILE holds it, or the environment in "+env)
}

// identityFlags adds those flags to a command that fill all a target takes, or the
// first three, which make and delete queues, pools and flavors.
func identityFlags(cmd *cobra.Command, i *identities, all bool) {
	tokenFlag(cmd, &i.token, "token", "ZAQARWIRE_TOKEN", "token to authenticate with, of the project that --project names")
	tokenFlag(cmd, &i.other, "other-token", "ZAQARWIRE_OTHER_TOKEN", "token of a second project")
	cmd.Flags().StringVar(&i.otherProject, "other-project", "", "the project of --other-token")
	tokenFlag(cmd, &i.admin, "admin-token", "ZAQARWIRE_ADMIN_TOKEN", "token of an administrator, of the same project as --token")
	if all {
		tokenFlag(cmd, &i.expiring, "expiring-token", "ZAQARWIRE_EXPIRING_TOKEN",
			"token of the same project that ends 10 to 60 s after the run begins")
		cmd.Flags().StringVar(&i.signingKey, "signing-key", "",
			"file of the key that the target checks signatures with: what needs it is judged, too")
	}
}

// into puts the tokens into a target.
func (i identities) into(t *conformance.Target) error {
	var err error
	for _, one := range []struct {
		from secret
		to   *string
	}{{i.token, &t.Token}, {i.other, &t.Other.Token}, {i.admin, &t.Admin}, {i.expiring, &t.Expiring}} {
		if *one.to, err = one.from.read(); err != nil {
			return err
		}
	}
	if t.SigningKey, err = signingKey(i.signingKey); err != nil {
		return err
	}
	t.Other.Project = i.otherProject
	if t.Token != "" && t.Project == "" {
		return usage("--token needs --project: the project that the token is one of")
	}
	return nil
}

// given says whether a flag gives a token or a key.
func (i identities) given() bool {
	return i.token.given+i.other.given+i.admin.given+i.expiring.given+i.otherProject+i.signingKey != ""
}

// words are the flags as they are written in a command, without the tokens.
func (i identities) words() []string {
	var words []string
	for _, t := range []secret{i.token, i.other, i.admin, i.expiring} {
		words = append(words, t.words()...)
	}
	for _, f := range []struct{ name, value string }{{"--other-project", i.otherProject}, {"--signing-key", i.signingKey}} {
		if f.value != "" {
			words = append(words, f.name, quoted(f.value))
		}
	}
	return words
}

// needed are those of the words that clean takes.
func (i identities) needed() []string {
	i.expiring, i.signingKey = secret{}, ""
	return i.words()
}

// authenticator is what a server asks about tokens; nil for an open one.
func authenticator(file, keystone string) (api.Authenticator, error) {
	switch {
	case file != "" && keystone != "":
		return nil, usage("--tokens and --keystone both say who is let in: give one of them")
	case file != "":
		return tokensIn(file)
	case keystone != "":
		k, err := auth.NewKeystone(auth.KeystoneOptions{
			URL: keystone, Username: os.Getenv("OS_USERNAME"), Password: os.Getenv("OS_PASSWORD"),
			Project: os.Getenv("OS_PROJECT_NAME"), UserDomain: os.Getenv("OS_USER_DOMAIN_NAME"),
			ProjectDomain: os.Getenv("OS_PROJECT_DOMAIN_NAME"), ApplicationID: os.Getenv("OS_APPLICATION_CREDENTIAL_ID"),
			ApplicationSecret: os.Getenv("OS_APPLICATION_CREDENTIAL_SECRET"),
		})
		if err != nil {
			return nil, usage("--keystone: %w; it is read from OS_USERNAME and the like", err)
		}
		return k, nil
	}
	return nil, nil
}

// tokensIn reads a file of tokens that not everybody can read.
func tokensIn(file string) (api.Authenticator, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, usage("cannot read the tokens: %w", plain(err))
	}
	defer func() { _ = f.Close() }() // it was only read
	info, err := f.Stat()
	if err != nil {
		return nil, usage("cannot read the tokens: %w", plain(err))
	}
	if runtime.GOOS != "windows" && info.Mode().Perm()&0o004 != 0 {
		return nil, usage("everybody may read the tokens in %s: chmod o-r mends that", file)
	}
	t, err := auth.ReadTokens(f)
	if err != nil {
		return nil, usage("%s, %w", file, err)
	}
	return t, nil
}
