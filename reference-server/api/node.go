// SPDX-License-Identifier: Apache-2.0

package api

import (
	"context"
	"maps"
	"slices"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// homeDocument says what a server answers, and within which limits.
func homeDocument(limits map[string]int64) *wire.HomeDocument {
	home := new(wire.HomeDocument)
	home.Resources = msgp.AppendMapHeader(nil, uint32(len(actions)))
	for _, action := range slices.Sorted(maps.Keys(actions)) {
		home.Resources = msgp.AppendString(home.Resources, action)
		home.Resources = msgp.AppendMapHeader(home.Resources, 0) // HLT-2
	}
	home.Limits = msgp.AppendMapHeader(nil, uint32(len(limits)))
	for _, name := range slices.Sorted(maps.Keys(limits)) {
		home.Limits = msgp.AppendString(home.Limits, name)
		home.Limits = msgp.AppendInt64(home.Limits, limits[name]) // HLT-7
	}
	return home
}

func getHomeDoc(_ context.Context, a *API, _ caller, _ *wire.GetHomeDoc) (int, msgp.Marshaler, error) {
	return statusOK, a.home, nil
}

func pingNode(ctx context.Context, a *API, _ caller, _ *wire.PingNode) (int, msgp.Marshaler, error) {
	if err := a.o.Store.Ping(ctx); err != nil {
		a.o.Log.ErrorContext(ctx, "ping failed", "err", err)
		return 0, nil, &refusal{statusUnavailable, "What the server stores in cannot be reached."}
	}
	return statusNoContent, nil, nil
}

// checkNodeHealth tells of a store that cannot be reached in place of failing on it.
func checkNodeHealth(ctx context.Context, a *API, _ caller, _ *wire.CheckNodeHealth) (int, msgp.Marshaler, error) {
	err := a.o.Store.Ping(ctx)
	if err != nil {
		a.o.Log.ErrorContext(ctx, "ping failed", "err", err)
	}
	tried := msgp.AppendMapHeader(msgp.AppendString(msgp.AppendMapHeader(nil, 1), "ping"), 1)
	tried = msgp.AppendBool(msgp.AppendString(tried, "succeeded"), err == nil) // HLT-5
	return statusOK, &wire.Health{StorageReachable: err == nil, OperationStatus: tried}, nil
}
