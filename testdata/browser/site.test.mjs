// SPDX-License-Identifier: Apache-2.0
// The protocol as pages, $SITE, as `zaqarwire docs -o` writes them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { cut, judge, looks, picture, sound, visit } from './open.mjs';

const at = (file) => path.join(process.env.SITE, file);
const where = (page) => page.url().slice(page.url().indexOf('/site/') + 6);

for (const [name, file] of Object.entries({
  index: 'index.html', start: 'start.html', chapter: 'claims.html', action: 'actions/claim_create.html',
  notification: 'notifications/subscription_ended.html', sequences: 'sequences.html', requirement: 'requirements/CLM-8.html',
  decisions: 'decisions.html', transport: 'decisions/0024.html', encodings: 'decisions/0025.html', downloads: 'downloads.html',
})) {
  sound(name, at(file));
}
// The long ones in fewer looks: they hold nothing that the others do not.
for (const [name, file] of Object.entries({ actions: 'actions.html', requirements: 'requirements.html', facts: 'facts.html' })) {
  sound(name, at(file), [looks[0], looks[3]]);
}

test('the search finds ids, actions and words, by keyboard alone', async (t) => {
  for (const [asked, to] of Object.entries({
    'CLM-3': 'requirements/CLM-3.html', 'clm-3': 'requirements/CLM-3.html', claim_create: 'actions/claim_create.html',
    F117: 'facts.html#F117', 'finds nothing to claim': 'requirements/CLM-3.html', max_frame: 'actions.html#limit-max_frame',
    'claim-steals-live-lease': 'requirements/CLM-8.html', 'leases messages to one worker': 'claims.html',
    'frees what other claims hold': 'requirements/CLM-8.html', 'who asks; the known headers': 'actions.html#envelope',
    'You have chosen to subscribe': 'notifications/subscription_confirmation.html', 'An exchange costs the same': 'decisions/0024.html',
  })) {
    await t.test(asked, () => visit(at('index.html'), {}, async (page) => {
      await page.keyboard.press('/');
      await page.keyboard.type(asked);
      await page.locator('#results li').first().waitFor();
      await Promise.all([page.waitForURL((url) => !url.pathname.endsWith('index.html')), page.keyboard.press('Enter')]);
      assert.equal(where(page), to);
    }));
  }
});

test('the arrows choose among what is found, and Esc leaves', () => visit(at('requirements/CLM-8.html'), {}, async (page) => {
  await page.keyboard.press('/');
  await page.keyboard.type('lease');
  await page.locator('#results li').nth(2).waitFor();
  const chosen = () => page.locator('#results li[aria-selected="true"]').getAttribute('id');
  assert.equal(await chosen(), 'found-0');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  assert.equal(await chosen(), 'found-2');
  await page.keyboard.press('ArrowUp');
  assert.equal(await chosen(), 'found-1');
  assert.equal(await page.locator('#search input').getAttribute('aria-activedescendant'), 'found-1');
  await picture(page, 'search-1280');
  await judge(page);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#results').isVisible(), false);
  assert.equal(await page.locator('#search input').inputValue(), '');
  await page.keyboard.press('/');
  await page.keyboard.type('lease');
  const to = await page.locator('#results li').nth(1).getAttribute('data-url');
  await page.keyboard.press('ArrowDown');
  await Promise.all([page.waitForURL((url) => !url.pathname.endsWith('CLM-8.html')), page.keyboard.press('Enter')]);
  assert.equal(where(page), to, 'from a page in a folder');
}));

test('the search says that nothing was found, and is sound when narrow and dark', () => visit(at('index.html'), looks[3], async (page) => {
  await page.keyboard.press('/');
  await page.keyboard.type('no such word as this');
  await page.getByText('Nothing found.').waitFor();
  assert.equal(await page.locator('#count').textContent(), '0 found');
  await page.locator('#search input').fill('claim');
  await page.locator('#results mark').first().waitFor();
  await picture(page, 'search-390-dark');
  await judge(page);
}));

test('the first Tab leads to a link that skips to the content', () => visit(at('claims.html'), {}, async (page) => {
  await page.keyboard.press('Tab');
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  assert.equal(await focused(), 'Skip to the content');
  assert.ok(await page.evaluate(() => document.activeElement.getBoundingClientRect().left >= 0), 'the link is seen');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'content');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'CLM-1', 'what comes next is in the content');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, 'solid', 'the focus is seen');
}));

test('every link of a report leads to what it names', async (t) => {
  for (const [file, text] of Object.entries({
    'claims.html#CLM-3': 'CLM-3 MUST server', 'actions.html#claim_create': 'claim_create', 'facts.html#F117': 'F117',
    'decisions.html#0006': '0006', 'sequences.html#claim-lost': 'A worker dies',
  })) {
    await t.test(file, () => visit(at(file), {}, async (page) => {
      const target = page.locator(':target');
      assert.ok((await target.innerText()).includes(text));
      const { top, covered } = await target.evaluate((e) => (
        { top: e.getBoundingClientRect().top, covered: document.querySelector('header').getBoundingClientRect().bottom }));
      assert.ok(top >= covered && top < 900, `it stands at ${top}, the header ends at ${covered}`);
    }));
  }
});

test('dark pages are dark', async () => {
  const light = async (dark) => {
    let sum;
    await visit(at('claims.html'), { dark }, async (page) => {
      const rgb = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3));
      sum = rgb.reduce((a, b) => a + Number(b), 0);
    });
    return sum;
  };
  assert.ok(await light(false) > 700);
  assert.ok(await light(true) < 150);
});

const held = (page) => page.locator('main pre, main .wide, main .drawing');

// A4 with margins of 1 cm is 718 pixels wide.
for (const file of ['actions/claim_create.html', 'decisions/0024.html', 'decisions/0025.html', 'sequences.html']) {
  test(`on paper there is no menu, and nothing of ${file} is cut off`, () => visit(at(file), { width: 718, print: true }, async (page) => {
    for (const part of ['header', '.columns > nav', '.skip']) {
      assert.equal(await page.locator(part).isVisible(), false, part);
    }
    assert.deepEqual(await cut(held(page)), []);
    const pdf = await page.pdf({ format: 'A4' });
    assert.ok(pdf.length > 10000);
  }));
}

for (const [file, widths] of Object.entries({ 'decisions/0024.html': [1280, 1440], 'decisions/0025.html': [1280, 1440], 'sequences.html': [390, 890, 900, 1280] })) {
  for (const width of widths) {
    test(`nothing of ${file} is cut off at ${width}`, () => visit(at(file), { width }, async (page) => assert.deepEqual(await cut(held(page)), [])));
  }
}

test('each sequence is one drawing, in letters that can be read', async (t) => {
  for (const look of [{ width: 390 }, { width: 1280 }, { width: 718, print: true }]) {
    await t.test(`${look.width}`, () => visit(at('sequences.html'), look, async (page) => {
      const drawings = page.locator('.drawing');
      assert.ok(await drawings.count() > 0);
      for (const drawing of await drawings.all()) {
        const heights = await drawing.locator('svg:visible').evaluateAll((all) => all.map((svg) => (
          Math.min(...[...svg.querySelectorAll('text')].map((text) => text.getBoundingClientRect().height)))));
        assert.equal(heights.length, 1);
        assert.ok(heights[0] >= 10, `letters of ${heights[0]} pixels`);
      }
    }));
  }
});

test('without scripts, all but the search is there', async () => {
  const text = fs.readFileSync(at('claims.html'), 'utf8');
  assert.match(text, /<search id="search" hidden>/);
  assert.match(text, /<details id="menu" open>/);
});

test('the bytes of a frame are what its JSON says', () => visit(at('actions/queue_create.html'), {}, async (page) => {
  await page.locator('details').nth(1).locator('summary').click();
  const table = page.locator('table.bytes').first();
  assert.ok(await table.isVisible());
  const runs = await table.locator('td:first-child').allInnerTexts();
  const whole = (await page.locator('figure').first().locator('details pre').innerText()).replaceAll(/\s/g, '');
  assert.equal(runs.join('').replaceAll(/\s/g, ''), whole);
  await picture(page, 'bytes-1280');
}));
