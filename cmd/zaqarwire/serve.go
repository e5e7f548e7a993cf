// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/conformance/mutants"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
)

func newServe(s streams) *cobra.Command {
	var (
		at      endpoint
		cert    string
		key     string
		signing string
		origins []string
		mutant  string
		limits  declared
		most    int64
		tokens  string
		cloud   string
		pools   []string
		hooks   webhooks
		verbose bool
	)
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
			log := newLog(s.err, verbose)
			m, err := mutantNamed(mutant)
			if err != nil {
				return err
			}
			p, err := limits.read()
			if err != nil {
				return err
			}
			numbers, err := limitsOf(p.Limits)
			if err != nil {
				return err
			}
			if cmd.Flags().Changed("max-connections") {
				if most < 1 {
					return usage("--max-connections %d: it is a number of connections, 1 or more", most)
				}
				numbers.MaxConnections = most
			}
			if at.tls, err = certificate(cert, key); err != nil {
				return err
			}
			signWith, err := signingKey(signing)
			if err != nil {
				return err
			}
			who, err := authenticator(tokens, cloud)
			if err != nil {
				return err
			}
			named, err := poolsNamed(pools)
			if err != nil {
				return err
			}
			o := refserver.Options{
				Auth: who, SigningKey: signWith, Origins: origins, Pools: named, Limits: numbers, Log: log,
			}
			if err := hooks.rule(&o); err != nil {
				return err
			}
			server, err := listenAndServe(cmd.Context(), at, m, o, log)
			if err != nil {
				return err
			}
			fmt.Fprintln(s.out, server.url)
			return server.wait(cmd.Context())
		},
	}
	cmd.Flags().StringVar(&at.address, "listen", "127.0.0.1:9000", "address and port to listen on; port 0 takes a free one")
	cmd.Flags().StringVar(&cert, "tls-cert", "", "PEM file of the certificate to show, and of those that vouch for it: serves wss://")
	cmd.Flags().StringVar(&key, "tls-key", "", "PEM file of the key of --tls-cert")
	cmd.Flags().StringVar(&signing, "signing-key", "",
		"file of the key that requests are signed with; default one that nobody else knows, and that ends with the server")
	cmd.Flags().StringArrayVar(&origins, "origin", nil,
		`pattern of a foreign origin to let in, such as "https://*.example.org" or "localhost:*"; may be repeated`)
	cmd.Flags().StringArrayVar(&pools, "pool", nil,
		"NAME=URI of a pool to begin with, of weight 1; may be repeated (default default=memory://default)")
	cmd.Flags().StringVar(&tokens, "tokens", "", "file of the tokens that let connections in")
	cmd.Flags().StringVar(&cloud, "keystone", "", "URL of the Keystone that is asked about tokens, such as http://127.0.0.1:5000/v3")
	cmd.Flags().StringVar(&limits.limits, "limits", "", "YAML or JSON file of limits, where they differ from the schema's")
	cmd.Flags().Int64Var(&most, "max-connections", 0, "how many connections may be open at once; goes before --limits (default 10000)")
	webhookFlags(cmd, &hooks)
	cmd.Flags().StringVar(&mutant, "mutant", "", "serve with a seeded fault; see zaqarwire mutants")
	cmd.Flags().BoolVarP(&verbose, "verbose", "v", false, "log each connection and each request to standard error")
	return cmd
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
