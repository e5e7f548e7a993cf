// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"net"
	"net/netip"
	"slices"

	"github.com/spf13/cobra"

	"github.com/zaqarwire/zaqarwire/conformance"
	refserver "github.com/zaqarwire/zaqarwire/reference-server"
)

// webhooks is which ones a server delivers to.
type webhooks struct {
	allow   []string
	confirm bool
}

func webhookFlags(cmd *cobra.Command, w *webhooks) {
	cmd.Flags().StringArrayVar(&w.allow, "webhook-allow", nil,
		"range of addresses, such as 10.1.0.0/16, in which webhooks may be besides the open internet; may be repeated")
	cmd.Flags().BoolVar(&w.confirm, "require-confirmation", false, "send messages to a webhook only after it was confirmed")
}

// rule sets what the flags say.
func (w *webhooks) rule(o *refserver.Options) error {
	for _, text := range w.allow {
		p, err := netip.ParsePrefix(text)
		if err != nil {
			return usage("--webhook-allow %q is no range of addresses such as 10.1.0.0/16", text)
		}
		o.WebhookAllow = append(o.WebhookAllow, p)
	}
	o.RequireConfirmation = w.confirm
	return nil
}

func receiverFlags(cmd *cobra.Command, t *conformance.Target) {
	cmd.Flags().StringVar(&t.Webhook, "webhook-listen", "",
		"address and port on which to receive what the target posts to webhooks; without it, cases with webhooks are n/a")
	cmd.Flags().StringVar(&t.Trap, "webhook-trap", "",
		"another such address, which the target's operator has not allowed it to reach; without it, cases about that are n/a")
}

// checkReceivers refuses an address on which the run could not listen.
func checkReceivers(ctx context.Context, t conformance.Target) error {
	for _, address := range []string{t.Webhook, t.Trap} {
		if address == "" {
			continue
		}
		l, err := listen(ctx, address)
		if err != nil {
			return err
		}
		_ = l.Close() // it was only tried
	}
	return nil
}

// receiverWords are the flags that repeat this.
func receiverWords(t conformance.Target) []string {
	var words []string
	for _, f := range []struct{ name, value string }{{"--webhook-listen", t.Webhook}, {"--webhook-trap", t.Trap}} {
		if f.value != "" {
			words = append(words, f.name, quoted(f.value))
		}
	}
	return words
}

// receive lets a server of our own post to one address of this machine, and sets a
// trap on another one, if the machine has it.
func receive(ctx context.Context, o *refserver.Options, t *conformance.Target) {
	o.WebhookAllow = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
	o.RequireConfirmation = !slices.Contains(t.Profile.Without, "confirmation")
	t.Webhook = "127.0.0.1:0"
	for _, address := range []string{"127.0.0.2:0", "[::1]:0"} {
		if l, err := new(net.ListenConfig).Listen(ctx, "tcp", address); err == nil {
			_ = l.Close() // it was only tried
			t.Trap = address
			return
		}
	}
}
