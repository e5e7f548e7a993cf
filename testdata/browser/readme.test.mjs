// SPDX-License-Identifier: Apache-2.0
// The picture that the README shows: a report's first page, and beside it what can be read there.
// With REWRITE both are written anew; without it, a fresh report has to show the same text, less
// what no two runs share.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { visit } from './open.mjs';

const { README, REPORTS, REWRITE } = process.env;

/** What can be read on the page, a line for each piece, with a word for what varies. */
async function read(page) {
  const pieces = await page.evaluate(() => {
    const all = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const seen = [];
    while (all.nextNode()) {
      const text = all.currentNode.textContent.replace(/\s+/g, ' ').trim();
      if (text && all.currentNode.parentElement.checkVisibility()) seen.push(text);
    }
    return seen;
  });
  return pieces.join('\n')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:PORT')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'DATE')
    .replace(/\b[\d.]+ m?s\b/g, 'TIME')
    .replace(/ of \d+ MUSTs/, ' of ALL MUSTs') + '\n'; // a sentence more makes no new picture
}

test('the picture in the README shows what a report shows', () => visit(path.join(REPORTS, 'readme', 'index.html'), {}, async (page) => {
  const text = await read(page);
  if (REWRITE) {
    fs.writeFileSync(path.join(README, 'report.txt'), text);
    await page.setViewportSize({ width: 1280, height: 760 });
    await page.screenshot({ path: path.join(README, 'report.png') });
  }
  assert.equal(text, fs.readFileSync(path.join(README, 'report.txt'), 'utf8'), 'testdata/browser/run.sh --rewrite makes the picture anew');
}));
