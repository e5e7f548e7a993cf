// SPDX-License-Identifier: Apache-2.0

import { decode, encode } from "@msgpack/msgpack";
import WebSocket from "ws";
import type { Action, Reply, Requests, Status, Unasked } from "../../schema/gen/typescript/zaqar.js";

export type Format = "json" | "msgpack";

/** Is the reply one of this status? Then its body has the type of that status. */
export function is<A extends Action, S extends Status<A>>(reply: Reply<A>, status: S): reply is Reply<A, S> & Reply<A> {
  return reply.headers.status === status;
}

/** A client of one connection: replies come in the order of their requests (FRM-26). */
export class Client {
  readonly #socket: WebSocket;
  readonly #format: Format;
  readonly #asked: Array<{ resolve: (reply: unknown) => void; reject: (why: Error) => void }> = [];
  readonly #unasked: Unasked[] = [];
  #waiting: ((unasked: Unasked) => void) | undefined;

  private constructor(socket: WebSocket, format: Format) {
    this.#socket = socket;
    this.#format = format;
    socket.on("message", (data: Buffer, isBinary: boolean) => this.#take(data, isBinary));
    socket.on("close", (code) => this.#asked.splice(0).forEach(({ reject }) => reject(new Error(`closed with ${code}`))));
  }

  /** Opens a connection whose requests are in the format. */
  static async open(url: string, format: Format): Promise<Client> {
    const socket = new WebSocket(url);
    await new Promise<void>((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return new Client(socket, format);
  }

  /** Sends a request and gives its reply. */
  ask<A extends Action>(request: Requests[A]): Promise<Reply<A>> {
    this.#socket.send(this.#format === "json" ? JSON.stringify(request) : encode(request));
    return new Promise((resolve, reject) => {
      this.#asked.push({ resolve: (reply) => resolve(reply as Reply<A>), reject });
    });
  }

  /** The next message that was not asked for. */
  next(): Promise<Unasked> {
    const first = this.#unasked.shift();
    return first ? Promise.resolve(first) : new Promise((resolve) => (this.#waiting = resolve));
  }

  close(): void {
    this.#socket.close(1000);
  }

  #take(data: Buffer, isBinary: boolean): void {
    if (isBinary !== (this.#format === "msgpack")) throw new Error("a message of the other kind");
    const message: unknown = isBinary ? decode(data) : JSON.parse(data.toString("utf8"));
    if (!isUnasked(message)) {
      this.#asked.shift()?.resolve(message);
    } else if (this.#waiting) {
      this.#waiting(message);
      this.#waiting = undefined;
    } else {
      this.#unasked.push(message);
    }
  }
}

function isUnasked(message: unknown): message is Unasked {
  return typeof message === "object" && message !== null && "Message_Type" in message;
}
