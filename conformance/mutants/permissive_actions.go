// SPDX-License-Identifier: Apache-2.0

package mutants

import (
	"context"

	"github.com/tinylib/msgp/msgp"

	"github.com/zaqarwire/zaqarwire/reference-server/api"
	"github.com/zaqarwire/zaqarwire/schema/wire"
)

// permissiveQueues take any other queue and any delays for what they are said to be
// (QUE-42, QUE-44), answer for a missing queue as for an empty one (QUE-15), add keys to
// metadata (QUE-17), give no marker (QUE-25), and describe no message (QUE-33).
func permissiveQueues(next api.Doer) api.Doer {
	return chain(
		around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
			resp := next.Do(ctx, s, req)
			if body, ok := valueOf(req.Body).(object); ok && resp.Status == statusBadRequest && req.Refusal == nil {
				delete(metadataOf(body), "_retry_policy")
				delete(metadataOf(body), "_dead_letter_queue")
				again := *req
				again.Body = rawOf(body)
				return next.Do(ctx, s, &again)
			}
			return resp
		}, "queue_create"),
		replying(func(_ *wire.Request, resp *wire.Response) {
			if resp.Status == statusNotFound {
				resp.Status, resp.Body = statusOK, nil
			}
		}, "queue_get"),
		bodies(statusOK, func(_ *wire.Request, metadata object) any {
			for key, value := range map[string]int64{"_default_message_ttl": 3600, "_max_messages_post_size": 262144} {
				if _, there := metadata[key]; !there && len(metadata) > 0 {
					metadata[key] = value
				}
			}
			return metadata
		}, "queue_get"),
		bodies(statusOK, without("marker"), "queue_list"),
		bodies(statusOK, func(_ *wire.Request, body object) any {
			if messages, ok := body["messages"].(object); ok {
				delete(messages, "oldest")
				delete(messages, "newest")
			}
			return body
		}, "queue_get_stats"),
	)(next)
}

// permissiveMessages name no claim that holds them (MSG-19), give no marker (MSG-32), take another
// status for a wrong claim (MSG-46), and delete no claimed message among others
// (MSG-51).
func permissiveMessages(next api.Doer) api.Doer {
	return chain(
		bodies(statusOK, without("marker"), "message_list"),
		bodies(statusOK, func(_ *wire.Request, body object) any {
			for _, m := range messagesOf(body) {
				m["claim_id"] = nil
			}
			if one, ok := body["messages"].(object); ok {
				one["claim_id"] = nil
			}
			return body
		}, "message_list", "message_get", "message_get_many"),
		around(func(ctx context.Context, s *api.Session, req *wire.Request, next api.Doer) *wire.Response {
			body, _ := valueOf(req.Body).(object)
			resp := next.Do(ctx, s, req)
			if _, named := body["claim_id"]; named && req.Refusal == nil && s.Project == req.Headers.ProjectID {
				switch resp.Status {
				case statusBadRequest:
					resp.Status = statusForbidden
				case statusForbidden:
					resp.Status = statusBadRequest
				}
			}
			return resp
		}, "message_delete"),
		requesting(func(_ *wire.Request, body object) { delete(body, "claim_ids") }, "message_delete_many"),
	)(next)
}

// permissiveClaims name a claim that there is not (CLM-4), forget a claim with its last
// message (CLM-21), and renew a claim with the defaults (CLM-23).
func permissiveClaims(next api.Doer) api.Doer {
	return chain(
		bodies(statusNoContent, func(*wire.Request, object) any {
			return object{"claim_id": "0", "messages": []any{}}
		}, "claim_create"),
		replying(func(_ *wire.Request, resp *wire.Response) {
			if body, _ := valueOf(resp.Body).(object); resp.Status == statusOK && len(messagesOf(body)) == 0 {
				resp.Status, resp.Body = statusNotFound, fault("gone")
			}
		}, "claim_get"),
		requesting(func(_ *wire.Request, body object) {
			for field, value := range map[string]int64{"ttl": 300, "grace": 60} {
				if body[field] == nil {
					body[field] = value
				}
			}
		}, "claim_update"),
	)(next)
}

// permissivePools say nothing of what a flavor can do (POL-15), give no markers, and
// tell little of the node (HLT-2, HLT-5, HLT-7), and more than is asked for (HLT-6).
func permissivePools(next api.Doer) api.Doer {
	return chain(
		bodies(statusOK, without("capabilities"), "flavor_get", "flavor_update"),
		bodies(statusOK, without("marker"), "pool_list", "flavor_list"),
		bodies(statusOK, func(*wire.Request, object) any { return object{"resources": object{}} }, "get_home_doc"),
		bodies(statusOK, func(_ *wire.Request, body object) any {
			return object{"storage_reachable": body["storage_reachable"], "default": object{"storage_reachable": true}}
		}, "check_node_health"),
	)(next)
}

// without drops a key.
func without(key string) func(*wire.Request, object) any {
	return func(_ *wire.Request, body object) any {
		delete(body, key)
		return body
	}
}

// fault is the body of a refusal.
func fault(text string) wire.Raw { return rawOf(object{"error": text}) }

// permissiveSubscriptions take what is shown for a connection as a subscriber that is
// nobody (SUB-14), give no marker (SUB-28), pass over another one (SUB-37), tell of no ids (SUB-46) and no ends
// (SUB-57), but of what no client knows (SUB-59).
func permissiveSubscriptions(next api.Doer) api.Doer {
	return chain(
		shownSubscriberIsTaken.API,
		bodies(statusOK, without("marker"), "subscription_list"),
		subscriptionUpdatePassesOverTheSubscriber.API,
		pushing(func(_ *api.Session, send push, f wire.Format, n msgp.Marshaler) bool {
			said, _ := valueOf(n).(object)
			if said["Message_Type"] != "Notification" {
				return true
			}
			delete(said, "message_id")
			delete(said, "subscription_id")
			return send(f, rawOf(object{"Message_Type": "UnsubscribeConfirmation", "Message": "?"})) && send(f, rawOf(said))
		}),
	)(next)
}
