// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
)

// service is what a user wants to be served, and how.
type service struct {
	at          endpoint
	cert, key   string
	signing     string
	origins     []string
	mutant      string
	limits      declared
	connections int64
	tokens      string
	keystone    string
	pools       []string
	hooks       webhooks
	verbose     bool
}

func newServe(s streams) *cobra.Command {
	var v service
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the reference server",
		Long: `Run the reference server, with an empty store in memory. It is open: whoever comes may
do all, in whatever project, unless --tokens or --keystone say who is let in.

A file of tokens has one a line, and is nobody's to read but the server's:

  TOKEN PROJECT [admin] [until=2027-01-31T00:00:00Z]

The user as whom the server asks Keystone stands in the environment, as is usual:
OS_USERNAME, OS_PASSWORD, OS_PROJECT_NAME, OS_USER_DOMAIN_NAME, OS_PROJECT_DOMAIN_NAME,
or OS_APPLICATION_CREDENTIAL_ID and OS_APPLICATION_CREDENTIAL_SECRET.

It prints its URL once it accepts connections. SIGINT and SIGTERM end it when the
requests in flight are answered; a second signal ends it at once.`,
		Example: `  zaqarwire serve
  zaqarwire serve --listen 0.0.0.0:9443 --tls-cert lab.pem --tls-key lab.key`,
		Args: takes(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return v.run(cmd, s)
		},
	}
	f := cmd.Flags()
	f.StringVar(&v.at.address, "listen", "127.0.0.1:9000", "address and port to listen on; port 0 takes a free one")
	f.StringVar(&v.cert, "tls-cert", "", "PEM file of the certificate to show, and of those that vouch for it: serves wss://")
	f.StringVar(&v.key, "tls-key", "", "PEM file of the key of --tls-cert")
	f.StringVar(&v.signing, "signing-key", "",
		"file of the key that requests are signed with; default one that nobody else knows, and that ends with the server")
	f.StringArrayVar(&v.origins, "origin", nil,
		`pattern of a foreign origin to let in, such as "https://*.example.org" or "localhost:*"; may be repeated`)
	f.StringArrayVar(&v.pools, "pool", nil,
		"NAME=URI of a pool to begin with, of weight 1; may be repeated (default default=memory://default)")
	f.StringVar(&v.tokens, "tokens", "", "file of the tokens that let connections in")
	f.StringVar(&v.keystone, "keystone", "", "URL of the Keystone that is asked about tokens, such as http://127.0.0.1:5000/v3")
	f.StringVar(&v.limits.limits, "limits", "", "YAML or JSON file of limits, where they differ from the schema's")
	f.Int64Var(&v.connections, "max-connections", 0, "how many connections may be open at once; goes before --limits (default 10000)")
	webhookFlags(cmd, &v.hooks)
	f.StringVar(&v.mutant, "mutant", "", "serve with a seeded fault; see zaqarwire mutants")
	f.BoolVarP(&v.verbose, "verbose", "v", false, "log each connection and each request to standard error")
	return cmd
}

// run serves until the command is told to end.
func (v *service) run(cmd *cobra.Command, s streams) error {
	m, err := mutantNamed(v.mutant)
	if err != nil {
		return err
	}
	o, err := v.options(cmd.Flags().Changed("max-connections"))
	if err != nil {
		return err
	}
	if v.at.tls, err = certificate(v.cert, v.key); err != nil {
		return err
	}
	o.Log = newLog(s.err, v.verbose)
	server, err := listenAndServe(cmd.Context(), v.at, m, o, o.Log)
	if err != nil {
		return err
	}
	fmt.Fprintln(s.out, server.url)
	return server.wait(cmd.Context())
}

// options are what the flags make of a server. Bounded says that --max-connections
// was given.
func (v *service) options(bounded bool) (o refserver.Options, err error) {
	p, err := v.limits.read()
	if err != nil {
		return o, err
	}
	if o.Limits, err = limitsOf(p.Limits); err != nil {
		return o, err
	}
	if bounded {
		if v.connections < 1 {
			return o, usage("--max-connections %d: it is a number of connections, 1 or more", v.connections)
		}
		o.Limits.MaxConnections = v.connections
	}
	if o.SigningKey, err = signingKey(v.signing); err != nil {
		return o, err
	}
	if o.Auth, err = authenticator(v.tokens, v.keystone); err != nil {
		return o, err
	}
	if o.Pools, err = poolsNamed(v.pools); err != nil {
		return o, err
	}
	o.Origins = v.origins
	return o, v.hooks.rule(&o)
}

// mutantNamed finds a faulty server by its name; without one, the server as it is.
func mutantNamed(name string) (mutants.Mutant, error) {
	if name == "" {
		return mutants.Mutant{}, nil
	}
	m, ok := mutants.Named(name)
	if !ok {
		return m, usage("there is no mutant %q; `zaqarwire mutants` lists them all", name)
	}
	return m, nil
}
