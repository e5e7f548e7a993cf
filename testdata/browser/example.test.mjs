// SPDX-License-Identifier: Apache-2.0
// The example that `make example` wrote, if it has: the report of a real Zaqar, and three servers side by side.
import path from 'node:path';
import { test } from 'node:test';
import { judge, picture, visit } from './open.mjs';

const { EXAMPLE } = process.env;
const pages = { 'example-matrix': 'matrix.html', 'example-zaqar': 'zaqar/index.html' };

for (const [name, file] of Object.entries(pages)) {
  test(`${name} is sound`, { skip: EXAMPLE ? false : 'there is no example: make peer, make example' },
    () => visit(path.join(EXAMPLE, file), {}, async (page) => {
      await picture(page, name);
      await judge(page);
    }));
}
