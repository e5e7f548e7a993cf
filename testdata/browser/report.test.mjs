// SPDX-License-Identifier: Apache-2.0
// Reports of runs, in $REPORTS, as `zaqarwire check -o` writes them: the sound server's, that of
// a mutant that fails in a few cases, of one that fails in nearly all, and all of them side by side.
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { cut, picture, sound, visit } from './open.mjs';

const { REPORTS } = process.env;
const report = (name) => path.join(REPORTS, name, 'index.html');
const steals = report('claim-steals-live-lease');
const matrix = path.join(REPORTS, 'matrix.html');
const six = path.join(REPORTS, 'six', 'matrix.html');
const stolen = 'CLM-8/behind-a-released-claim';

const few = [{ width: 1280, dark: true }, { width: 390 }];
sound('report', steals);
sound('report-spec', `${steals}#CLM-8`, [...few, { width: 1280, print: true }]);
sound('report-case', `${steals}#${stolen}[msgpack]`, [...few, { width: 390, dark: true }, { width: 1280, print: true }]);
sound('report-conformant', report('reference'), few);
sound('report-echo', `${report('queue-create-echo')}#cases`, [...few, { width: 800 }, { width: 1024 }, { width: 1920 }]);
sound('matrix', matrix, [{ width: 1280 }, { width: 390, dark: true }]);
sound('matrix-six', `${six}#${stolen}`, [{ width: 1280 }, { width: 1280, dark: true }, { width: 390 }, { width: 1280, print: true }]);

const shows = (page, view) => page.locator(`.view#${view}:not([hidden])`).waitFor(); // an address takes effect a moment later
const rows = (page) => page.locator('.matrix .rule tr + tr:visible').evaluateAll((all) => all.map((row) => row.id));
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

test('an id of a requirement leads to its row', () => visit(`${six}#CLM-8`, {}, async (page) => {
  const row = page.locator('[id="CLM-8"].here');
  await row.waitFor();
  assert.match(await row.innerText(), /CLM-8 MUST A server MUST NOT lease a message/);
  assert.ok((await rows(page)).includes(stolen), 'it is unfolded');
}));

test('six columns leave room for the sentences, which stay in sight', async (t) => {
  for (const [width, least, beside] of [[1280, 340, 6], [390, 160, 2]]) {
    await t.test(`${width}`, () => visit(`${six}#CLM-8`, { width }, async (page) => {
      const row = page.locator('[id="CLM-8"].here');
      await row.waitFor();
      const look = () => row.evaluate((tr) => {
        const grid = tr.closest('.grid').getBoundingClientRect();
        const [head, ...cells] = [...tr.cells].map((cell) => cell.getBoundingClientRect());
        const seen = cells.map(({ left, right }) => left >= head.right - 1 && right <= grid.right + 1);
        return { left: head.left - grid.left, width: head.width, seen };
      });
      const { width: sentence, seen } = await look();
      assert.ok(sentence >= least, `the sentence has ${sentence} pixels`);
      assert.ok(seen.filter(Boolean).length >= beside, `${seen}`);
      await page.locator('.grid').evaluate((grid) => grid.scrollTo(1e6, grid.scrollTop));
      const { left, seen: then } = await look();
      assert.ok(Math.abs(left) <= 1, `the sentence stands at ${left}`);
      assert.ok(then.at(-1), 'the last column is seen');
    }));
  }
});

test('a cross without a report tells what was found', () => visit(`${six}#${stolen}`, {}, async (page) => {
  const cell = page.locator(`[id="${stolen}"] td.fail`).first();
  assert.equal(await cell.getByText('expected').isVisible(), false);
  await cell.locator('summary').click();
  assert.match(await cell.innerText(), /fail[^]*expected[^]+actual[^]+/);
  await picture(page, 'matrix-six-open-1280');
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
  assert.deepEqual(await cut(page.locator('pre')), []);
}));

const printed = async (page, change) => {
  await page.evaluate((event) => dispatchEvent(new Event(event)), `${change}print`);
  await page.emulateMedia({ media: change === 'before' ? 'print' : 'screen' });
};

test('on paper each failed case has what was expected and found', async (t) => {
  for (const name of ['claim-steals-live-lease', 'queue-create-echo']) {
    await t.test(name, () => visit(`${report(name)}#cases`, {}, async (page) => {
      const open = () => page.locator('.kind > details[open]').count();
      const before = await open();
      await printed(page, 'before');
      const cases = page.locator('.kind > details');
      const found = await cases.evaluateAll((all) => all.map((e) => `${e.id}: ${e.innerText}`));
      assert.ok(found.length > before);
      for (const text of found) assert.match(text, /expected[^]+actual/);
      await picture(page, `report-paper-${name}`);
      await printed(page, 'after');
      assert.equal(await open(), before, 'it is folded again');
      await page.locator('.kind > details:not([open]) > summary').first().click();
      await page.locator('.kind > details[open] .again').nth(before).waitFor();
    }));
  }
});

test('on paper the matrix has each row that did not pass', () => visit(steals, {}, async (page) => {
  const folded = await rows(page);
  await printed(page, 'before');
  const failed = await page.locator('.matrix .rule tr + tr:has(td.fail)').evaluateAll((all) => all.map((row) => row.id));
  const shown = await rows(page);
  assert.ok(failed.includes(stolen));
  assert.deepEqual(failed.filter((id) => !shown.includes(id)), []);
  assert.ok(!shown.includes('CLM-3/claiming-from-an-empty-queue'), 'what passed stays folded');
  await picture(page, 'report-paper-matrix');
  await printed(page, 'after');
  assert.deepEqual(await rows(page), folded);
}));
