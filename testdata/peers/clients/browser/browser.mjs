// SPDX-License-Identifier: Apache-2.0
// Headless Chromium opens a WebSocket from a page, and authenticates, makes a queue,
// subscribes, posts and waits for the notification: as JSON, then as MessagePack.
// The server is $ZAQAR_URL, the token $TOKEN, the project $PROJECT; the page is served on port $PORT_PAGE.
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const { ZAQAR_URL, TOKEN = 'none', PROJECT = 'clients', PORT_PAGE = '19252', CHROMIUM = '/usr/bin/chromium' } = process.env;
const msgpack = createRequire(import.meta.url).resolve('@msgpack/msgpack/package.json')
  .replace('package.json', 'dist.umd/msgpack.min.js');

// journey runs in the page, and returns what was answered: [action, status].
async function journey({ url, token, project, binary }) {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const within = (what, start) => new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`${what}: nothing in 10 s`)), 10000);
    start(resolve, reject);
  });
  await within('open', (resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('the handshake failed'));
  });

  const frames = [], readers = [];
  socket.onmessage = ({ data }) => {
    if (data instanceof ArrayBuffer !== binary) throw new Error('a frame of the other kind');
    const frame = binary ? MessagePack.decode(new Uint8Array(data)) : JSON.parse(data);
    readers.length ? readers.shift()(frame) : frames.push(frame);
  };
  const receive = (what) => frames.length ? frames.shift() : within(what, (resolve) => readers.push(resolve));

  const answers = [];
  const queue_name = 'browser-' + crypto.randomUUID();
  const ask = async (action, body, more) => {
    const headers = { 'Client-ID': crypto.randomUUID(), 'X-Project-ID': project, ...more };
    socket.send((binary ? MessagePack.encode : JSON.stringify)({ action, headers, body }));
    const answer = await receive(action);
    if (answer.request?.action !== action) throw new Error(`${action} was answered with ${JSON.stringify(answer)}`);
    answers.push([action, answer.headers.status]);
  };
  await ask('authenticate', {}, { 'X-Auth-Token': token });
  await ask('queue_create', { queue_name });
  await ask('subscription_create', { queue_name, ttl: 60 });
  await ask('message_post', { queue_name, messages: [{ body: { from: 'a browser' }, ttl: 60 }] });
  const note = await receive('notification');
  answers.push(['notification', note.body?.from === 'a browser' && note.queue_name === queue_name ? 'ok' : JSON.stringify(note)]);
  await ask('queue_delete', { queue_name });

  const closed = within('close', (resolve) => { socket.onclose = resolve; });
  socket.close(1000);
  answers.push(['close', (await closed).code]);
  return answers;
}

const wanted = ['authenticate 200', 'queue_create 201', 'subscription_create 201', 'message_post 201', 'notification ok',
  'queue_delete 204', 'close 1000'];

const site = http.createServer((request, response) => {
  const script = request.url === '/msgpack.js';
  response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
  response.end(script ? fs.readFileSync(msgpack) : '<!doctype html><script src="/msgpack.js"></script>');
}).listen(+PORT_PAGE, '127.0.0.1');
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
try {
  console.log('Chromium', browser.version());
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.log('in the page:', error.message));
  await page.goto(`http://127.0.0.1:${PORT_PAGE}/`);
  for (const binary of [false, true]) {
    console.log(binary ? '== MessagePack' : '== JSON');
    const got = await page.evaluate(journey, { url: ZAQAR_URL, token: TOKEN, project: PROJECT, binary });
    for (const [i, answer] of got.entries()) {
      console.log(...answer);
      if (answer.join(' ') !== wanted[i]) throw new Error(`want ${wanted[i]}`);
    }
  }
} catch (error) {
  console.log('WRONG ', error.message);
  process.exitCode = 1;
} finally {
  await browser.close();
  site.close();
}
