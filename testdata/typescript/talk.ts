// SPDX-License-Identifier: Apache-2.0

// Talks to the server at the URL given, in both formats: first as an application would,
// then with the request of every example of the schema. Ends with 0 only if each reply
// was what its type says.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import model from "../../schema/gen/model.json" with { type: "json" };
import type { Request, Value } from "../../schema/gen/typescript/zaqar.js";
import { Client, is, type Format } from "./client.js";
import { replies, requests, toWebhook, unasked } from "./examples.js";

const headers = { "Client-ID": randomUUID(), "X-Project-ID": `typescript-${randomUUID()}` };

/** An application: it posts work, is told of it, claims it and has it done. */
async function application(client: Client, format: Format): Promise<void> {
  const queue_name = `work-${format}`;
  const work: Value = { event: "BackupStarted", ünïcode: "✓", numbers: [1, -1, 2 ** 40, 0.5], nothing: null };

  const made = await client.ask<"queue_create">({ action: "queue_create", headers, body: { queue_name } });
  assert.equal(made.headers.status, 201);
  const told = await client.ask<"subscription_create">({ action: "subscription_create", headers, body: { queue_name, ttl: 300 } });
  assert.ok(is(told, 201), JSON.stringify(told.body));

  const posted = await client.ask<"message_post">({
    action: "message_post", headers, body: { queue_name, messages: [{ ttl: 300, body: work }, { body: "more" }] },
  });
  assert.ok(is(posted, 201), JSON.stringify(posted.body));
  const news = await client.next();
  assert.ok(news.Message_Type === "Notification");
  assert.deepEqual(news.body, work);
  assert.equal(news.message_id, posted.body.message_ids[0]);

  const claimed = await client.ask<"claim_create">({ action: "claim_create", headers, body: { queue_name, limit: 1, ttl: 60, grace: 60 } });
  assert.ok(is(claimed, 201), JSON.stringify(claimed.body));
  const [first] = claimed.body.messages;
  assert.deepEqual(first?.body, work);
  const done = await client.ask<"message_delete">({
    action: "message_delete", headers, body: { queue_name, message_id: first.id, claim_id: claimed.body.claim_id },
  });
  assert.equal(done.headers.status, 204);

  const left = await client.ask<"message_list">({ action: "message_list", headers, body: { queue_name, echo: true } });
  assert.ok(is(left, 200), JSON.stringify(left.body));
  assert.deepEqual(left.body.messages.map((message) => message.body), ["more"]);

  const missing = await client.ask<"message_get">({ action: "message_get", headers, body: { queue_name, message_id: first.id } });
  assert.ok(is(missing, 404), JSON.stringify(missing.body));
  assert.equal(typeof (missing.body.error ?? missing.body.exception), "string");
}

/** Sends a request as it stands in the schema, in a project of its own, and judges its echo and status. */
async function example(client: Client, request: Request): Promise<void> {
  const sent = { ...request, headers: { ...request.headers, ...headers } } as Request;
  const reply = await client.ask(sent);
  assert.equal(reply.request.action, sent.action);
  if (sent.action !== "authenticate") assert.deepEqual(reply.request.body, sent.body ?? {});
  const action = model.actions.find(({ name }) => name === sent.action);
  const statuses = action?.responses.map(({ status }) => status) ?? [];
  assert.ok(statuses.includes(reply.headers.status), `${sent.action}: ${JSON.stringify(reply)}`);
}

const [url] = process.argv.slice(2);
assert.ok(url, "usage: talk.js URL");
for (const format of ["json", "msgpack"] as const) {
  const client = await Client.open(url, format);
  await application(client, format);
  for (const request of requests) await example(client, request);
  client.close();
  console.log(`ok  ${format}: an application, and ${requests.length} examples of requests`);
}
console.log(`ok  ${replies.length} examples of replies and ${unasked.length + toWebhook.length} of notifications have their types`);
