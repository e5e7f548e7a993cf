// SPDX-License-Identifier: Apache-2.0
// Reports of runs, in $REPORTS, as `zaqarwire check -o` writes them: the sound server's, that of
// a mutant that fails in a few cases, of one that fails in nearly all, and all of them side by side.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { sound, visit } from './open.mjs';

const { REPORTS } = process.env;
const report = (name) => path.join(REPORTS, name, 'index.html');
const steals = report('claim-steals-live-lease');
const matrix = path.join(REPORTS, 'matrix.html');
const stolen = 'CLM-8/behind-a-released-claim';

const few = [{ width: 1280, dark: true }, { width: 390 }];
sound('report', steals);
sound('report-spec', `${steals}#CLM-8`, [...few, { width: 1280, print: true }]);
sound('report-case', `${steals}#${stolen}[msgpack]`, [...few, { width: 390, dark: true }, { width: 1280, print: true }]);
sound('report-conformant', report('reference'), few);
sound('report-echo', `${report('queue-create-echo')}#cases`, few);
sound('matrix', matrix, [{ width: 1280 }, { width: 390, dark: true }]);

const shows = (page, view) => page.locator(`.view#${view}:not([hidden])`).waitFor(); // an address takes effect a moment later
const rows = (page) => page.locator('.matrix tr[id]:visible').evaluateAll((all) => all.map((row) => row.id));
const counted = (page) => page.locator('.filters output').textContent();

test('what broke is said at the top', () => visit(steals, {}, async (page) => {
  const top = await page.evaluate(() => {
    const seen = (e) => e.getBoundingClientRect().bottom < innerHeight;
    return [...document.querySelectorAll('h1, .broken li')].filter(seen).map((e) => e.innerText).join('\n');
  });
  assert.match(top, /NOT CONFORMANT[^]*CLM-8 MUST[^]*A server MUST NOT lease a message to a second claim[^]*expected[^]*actual/);
}));

test('the matrix folds chapters and rules', () => visit(steals, {}, async (page) => {
  assert.deepEqual(await rows(page), []);
  await page.getByRole('button', { name: 'Claims' }).click();
  assert.ok((await rows(page)).includes(stolen), 'what failed is unfolded in its chapter');
  assert.ok((await rows(page)).every((id) => !id.startsWith('CLM-3/')), 'what passed is folded');
  await page.getByRole('button', { name: 'CLM-3', exact: true }).click();
  assert.ok((await rows(page)).some((id) => id.startsWith('CLM-3/')));
}));

test('filters choose by words, level, verdict and difference', () => visit(matrix, {}, async (page) => {
  const all = await counted(page);
  await page.getByLabel('Search').fill('CLM-8 released');
  assert.deepEqual(await rows(page), [stolen]);
  await page.getByLabel('Search').fill('second claim while the first is alive');
  assert.ok((await rows(page)).every((id) => id.startsWith('CLM-8/')), 'the words of a sentence');
  await page.getByRole('button', { name: 'reset' }).click();
  await page.getByLabel('Level').selectOption('SHOULD');
  assert.ok((await rows(page)).length > 0 && !(await rows(page)).includes(stolen));
  await page.getByRole('button', { name: 'reset' }).click();
  await page.getByLabel('✗ fail').check();
  const failed = await rows(page);
  assert.ok(failed.includes(stolen) && failed.length > 5);
  await page.getByLabel('only rows where columns differ').check();
  assert.deepEqual(await rows(page), failed, 'the sound server fails in none');
  await page.getByLabel('✗ fail').uncheck();
  await page.getByLabel('✓ pass').check();
  assert.ok((await rows(page)).includes(stolen), 'one column passes');
  await page.getByRole('button', { name: 'reset' }).click();
  await page.getByLabel('Search').fill('no such thing');
  assert.deepEqual(await rows(page), []);
  assert.match(await counted(page), /^0 of /);
  await page.getByRole('button', { name: 'reset' }).click();
  assert.equal(await counted(page), all);
}));

test('an id leads to its view', async (t) => {
  for (const [id, view, focused] of [
    ['', 'matrix'], ['spec', 'spec'], ['cases', 'cases'], ['nothing-of-that-name', 'matrix'],
    ['CLM-8', 'spec', 'CLM-8'], [stolen, 'matrix', stolen],
    [`${stolen}[msgpack]`, 'cases', `${stolen}[msgpack]`], [encodeURIComponent(`${stolen}[msgpack]`), 'cases', `${stolen}[msgpack]`],
    ['CLM-3/claiming-from-an-empty-queue[json]', 'matrix', 'CLM-3/claiming-from-an-empty-queue'],
  ]) {
    await t.test(`#${id}`, () => visit(`${steals}#${id}`, {}, async (page) => {
      await shows(page, view);
      if (!focused) return;
      const at = await page.evaluate(() => {
        const one = document.activeElement.closest('[id]');
        const { left, top, height } = one.getBoundingClientRect();
        const front = document.elementFromPoint(left + 30, top + Math.min(height / 2, 12));
        return { id: one.id, seen: front !== null && one.contains(front) };
      });
      assert.deepEqual(at, { id: focused, seen: true });
    }));
  }
});

test('a case is followed from the matrix and back', () => visit(steals, {}, async (page) => {
  await page.getByRole('button', { name: 'Claims' }).click();
  await page.locator(`[id="${stolen}"] a`).nth(1).click();
  await shows(page, 'cases');
  const one = page.locator(`[id="${stolen}[msgpack]"]`);
  await one.locator('.lanes').waitFor();
  for (const [lane, side] of [['client', 'left'], ['server', 'right']]) {
    const middle = await one.locator(`.line.${lane} .what`).first().evaluate((e) => {
      const { left, right } = e.getBoundingClientRect();
      return (left + right) / 2 < innerWidth / 2 ? 'left' : 'right';
    });
    assert.equal(middle, side, `the ${lane} stands ${side}`);
  }
  const wrong = one.locator('.line.wrong');
  assert.equal(await wrong.count(), 1);
  assert.match(await wrong.innerText(), /decoded MessagePack/);
  assert.match(await wrong.locator('.hex mark').first().innerText(), /^[0-9a-f]{2}( [0-9a-f]{2})*$/);
  assert.ok(await wrong.locator('code mark').innerText());
  await one.locator('xpath=ancestor::section[contains(@class, "kind")]').getByRole('link', { name: 'CLM-8', exact: true }).first().click();
  await shows(page, 'spec');
  await page.goBack();
  await page.goBack();
  await shows(page, 'matrix');
}));

test('a matrix leads to the reports', () => visit(matrix, {}, async (page) => {
  await page.getByLabel('Search').fill(stolen);
  await page.locator(`[id="${stolen}"] a`).first().click();
  await page.waitForURL(/claim-steals-live-lease\/index\.html/);
  await shows(page, 'cases');
}));

test('a command is copied', () => visit(`${steals}#${stolen}[msgpack]`, {}, async (page) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const one = page.locator(`[id="${stolen}[msgpack]"]`);
  await one.getByRole('button', { name: 'copy' }).click();
  const text = await (await page.waitForFunction(() => navigator.clipboard.readText())).jsonValue();
  assert.match(text, /^zaqarwire check .*--case CLM-8\/behind-a-released-claim --format msgpack --seed \w+$/);
}));

test('keys alone are enough', () => visit(steals, {}, async (page) => {
  const at = () => page.evaluate(() => document.activeElement.textContent);
  await page.keyboard.press('/');
  await page.keyboard.type('CLM-');
  assert.ok((await rows(page)).length > 0);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Frames' }).focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await at(), 'Claims');
  const open = () => page.evaluate(() => document.activeElement.getAttribute('aria-expanded'));
  await page.keyboard.press('ArrowLeft');
  assert.equal(await open(), 'false');
  await page.keyboard.press('ArrowRight');
  assert.equal(await open(), 'true');
  await page.keyboard.press('ArrowDown');
  assert.equal(await at(), 'CLM-1');
}));

test('a report can be read without a script', async () => {
  await visit(steals, { script: false }, async (page) => {
    assert.equal(await page.locator('.view:visible').count(), 3);
    assert.ok(await page.locator(`[id="${stolen}"]`).isVisible());
    assert.ok(await page.locator('.line.wrong mark').first().isVisible());
    assert.equal(await page.locator('.filters').isVisible(), false);
  });
});

test('on paper there are no controls, and nothing is cut', () => visit(`${steals}#cases`, { print: true }, async (page) => {
  assert.equal(await page.locator('nav, .filters, .copy').filter({ visible: true }).count(), 0);
  const cut = await page.locator('pre:visible').evaluateAll((all) => all.filter((e) => e.scrollWidth > e.clientWidth + 1).length);
  assert.equal(cut, 0);
}));
