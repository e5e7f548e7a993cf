// SPDX-License-Identifier: Apache-2.0
// The protocol as pages, $SITE, as `zaqarwire docs -o` writes them.
import path from 'node:path';
import { sound } from './open.mjs';

const { SITE } = process.env;

for (const [name, file] of Object.entries({
  index: 'index.html', chapter: 'claims.html', actions: 'actions.html', facts: 'facts.html', decisions: 'decisions.html',
})) {
  sound(name, path.join(SITE, file));
}
