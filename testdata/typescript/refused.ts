// SPDX-License-Identifier: Apache-2.0

// What the types refuse: each line below the directive has to be an error, or the
// compiler refuses the directive.

import type { Reply, Replies, Request, Unasked } from "../../schema/gen/typescript/zaqar.js";

const headers = { "Client-ID": "355186cd-d1e8-4108-a3ac-a2183697232a", "X-Project-ID": "fizzit" };

export const requests: Request[] = [
  // @ts-expect-error there is no such action
  { action: "queue_rename", headers, body: { queue_name: "fizbit" } },
  // @ts-expect-error the body lacks the queue
  { action: "queue_create", headers, body: {} },
  // @ts-expect-error the project is not named
  { action: "queue_create", headers: { "Client-ID": headers["Client-ID"] }, body: { queue_name: "fizbit" } },
  // @ts-expect-error a ttl is a number
  { action: "claim_create", headers, body: { queue_name: "fizbit", ttl: "60" } },
  // @ts-expect-error a message needs a body
  { action: "message_post", headers, body: { queue_name: "fizbit", messages: [{ ttl: 60 }] } },
  // @ts-expect-error either the ids or how many
  { action: "message_delete_many", headers, body: { queue_name: "fizbit", message_ids: ["1"], pop: 1 } },
  // @ts-expect-error one of them
  { action: "message_delete_many", headers, body: { queue_name: "fizbit" } },
];

// @ts-expect-error a refusal says why
export const silent: Replies["queue_create"][400] = {};

// @ts-expect-error a queue is never created with status 202
export type Accepted = Reply<"queue_create", 202>;

// @ts-expect-error a notification names its queue
export const nameless: Unasked = { Message_Type: "Notification", ttl: 60, body: null };
