// SPDX-License-Identifier: Apache-2.0
// Opens pages from file:// in one headless Chromium ($CHROMIUM), and says what is wrong with them.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const { CHROMIUM = '/usr/bin/chromium', PICTURES } = process.env;
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The ways in which each kind of page is looked at: width in pixels, dark, on paper. */
export const looks = [
  { width: 1280 }, { width: 1280, dark: true }, { width: 390 }, { width: 390, dark: true }, { width: 1280, print: true },
];

const named = ({ width, dark, print }) => `${width}${dark ? '-dark' : ''}${print ? '-print' : ''}`;

let launched;
const browser = () => launched ??= chromium.launch({
  executablePath: CHROMIUM,
  args: [...process.getuid?.() === 0 ? ['--no-sandbox'] : [], '--disable-gpu', '--disable-dev-shm-usage'],
});
after(async () => (await launched)?.close());

/**
 * Opens file, which may end with #fragment, lets use(page) do something there, and
 * fails when a script failed, something was written to the console as an error, or
 * anything was asked for that is neither in a file nor in the page.
 */
export async function visit(file, { width = 1280, dark = false, print = false, script = true } = {}, use) {
  const context = await (await browser()).newContext({
    viewport: { width, height: width < 600 ? 844 : 900 }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce',
    javaScriptEnabled: script,
  });
  const wrong = [];
  try {
    const page = await context.newPage();
    page.on('pageerror', (error) => wrong.push(`a script failed: ${error.message}`));
    page.on('console', (m) => m.type() === 'error' && wrong.push(`on the console: ${m.text()}`));
    context.on('request', (r) => /^(file|data|blob):/.test(r.url()) || wrong.push(`asked for ${r.url()}`));
    context.on('requestfailed', (r) => wrong.push(`cannot load ${r.url()}`));
    if (print) await page.emulateMedia({ media: 'print' });
    const [name, fragment] = file.split('#');
    await page.goto(pathToFileURL(path.resolve(name)) + (fragment ? `#${fragment}` : ''));
    await use?.(page);
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong, [], file);
}

/** Fails for each thing that axe finds wrong, for a page that is wider than its window and for bytes that are cut. */
export async function judge(page) {
  const wide = await page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll('main *')].filter((e) => e.getBoundingClientRect().right > root.clientWidth)
      .map((e) => e.outerHTML.slice(0, 120)).slice(0, 5);
  });
  assert.deepEqual(wide, [], 'wider than the window');
  assert.deepEqual(await cut(page.locator('pre.hex')), [], 'bytes that are cut');
  await page.evaluate(axe);
  const found = await page.evaluate(async () => (await window.axe.run({ preload: false })).violations.map(
    ({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`));
  assert.deepEqual(found, [], 'what axe finds');
}

/** The visible elements that are narrower than what they hold, each with its width and what it holds. */
export const cut = (locator) => locator.evaluateAll((all) => all.filter((e) => e.checkVisibility() && e.scrollWidth > e.clientWidth)
  .map((e) => `${e.clientWidth} for ${e.scrollWidth}: ${e.outerHTML.slice(0, 80)}`));

/** Leaves a picture of the page in $PICTURES, `height` pixels from where it stands. */
export async function picture(page, name, height = 2400) {
  if (!PICTURES) return;
  const before = page.viewportSize();
  const whole = await page.evaluate(() => document.documentElement.scrollHeight - scrollY);
  await page.setViewportSize({ width: before.width, height: Math.max(before.height, Math.min(whole, height)) });
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`) });
  await page.setViewportSize(before);
}

/** Declares the tests that every kind of page has to pass: it is judged in each look, and kept as a picture. */
export function sound(name, file, ways = looks) {
  for (const look of ways) {
    test(`${name} is sound at ${named(look)}`, () => visit(file, look, async (page) => {
      await picture(page, `${name}-${named(look)}`);
      await judge(page);
    }));
  }
}
