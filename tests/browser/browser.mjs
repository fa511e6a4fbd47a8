// What the browser tests stand on: the real program on a folder of its own, Chromium, and the demands that hold on every page.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function serve({ pack = 'packs/zhejiang', demo = true } = {}) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-browser-'));
  const args = ['serve', '--pack', pack, '--data', data, '--listen', '127.0.0.1:0'].concat(demo ? ['--demo'] : []);
  const server = spawn('build/onestop', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const base = await new Promise((resolve, reject) => {
    let text = '';
    server.stdout.on('data', (chunk) => { text += chunk; const m = text.match(/http:\/\/127\.0\.0\.1:\d+/); if (m) resolve(m[0]); });
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
  });
  const ended = new Promise((resolve) => server.on('exit', (code, signal) => resolve(signal ?? code)));
  const stop = async () => {
    server.kill('SIGTERM');
    check(await ended === 0, `the server ended with ${await ended}`);
    fs.rmSync(data, { recursive: true });
  };
  return { base, data, server, stop };
}

export const launch = () => chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

export const tally = { passed: 0, failed: 0 };
export function check(holds, what) {
  if (holds) tally.passed++;
  else { tally.failed++; console.log(`FAILED ${what}`); }
  return Boolean(holds);
}

// Words that stand in both languages: names of files, formats and cookies, of the product, of the languages themselves, and what was typed.
const BOTH = /\b(Onestop|PDF|JPG|JPEG|PNG|MB|KB|English|JSON|CNY|Cookie|WCAG|AA|axe|UTC|demo|onestop|resident|business|supervisor|officer|scan|Demo|X|lang)\b/gi;

// A page in one language has no sentence of the other, but for parts that say so themselves (lang="…").
async function foreignWords(page, language, typed) {
  const texts = await page.evaluate((own) => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode());) {
      const element = node.parentElement;
      if (!element || element.closest('script, style, code, [data-typed]')) continue;
      const lang = element.closest('[lang]').getAttribute('lang');
      if (lang.slice(0, 2) === own && node.data.trim()) found.push(node.data.trim());
    }
    for (const e of document.querySelectorAll('[aria-label], [alt], [title], input[type=submit]'))
      if (e.closest('[lang]').getAttribute('lang').slice(0, 2) === own)
        found.push(e.getAttribute('aria-label') ?? '', e.getAttribute('alt') ?? '', e.getAttribute('title') ?? '');
    return found;
  }, language);
  const foreign = language === 'zh' ? /[A-Za-z]{3,}/ : /[\u3400-\u9fff]/;
  return texts.map((text) => typed.reduce((t, word) => t.replaceAll(word, ''), text)
    .replace(/[\w.-]+@[\w.-]+|officer\.[\w-]+|\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b|\b[0-9A-Z]{4}-[0-9A-Z]{4}\b|\b[0-9A-Za-z]*\d[0-9A-Za-z]*\b/g, '')
    .replace(BOTH, '')).filter((text) => foreign.test(text));
}

// WCAG 2.2, 2.5.8: what is pressed is 24 pixels high and wide, or stands in a sentence, or has that much room around its middle.
const smallTargets = (page) => page.evaluate(() => {
  const targets = [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select, textarea')]
    .filter((e) => !e.closest('.hidden, .skip') && e.getClientRects().length > 0)
    .map((e) => ({ e, box: (e.type === 'radio' || e.type === 'checkbox' ? e.closest('.choice, label') ?? e : e).getBoundingClientRect() }));
  const small = targets.filter(({ box }) => box.width < 23.9 || box.height < 23.9);
  const inSentence = (e) => [...e.parentElement.childNodes].some((n) => n !== e && n.nodeType === 3 && n.data.trim());
  const distance = (x, y, box) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
  return small.filter(({ e, box }) => {
    const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
    return !inSentence(e) && targets.some((other) => other.e !== e && !other.e.contains(e) && !e.contains(other.e) && distance(x, y, other.box) < 12);
  }).map(({ e }) => e.outerHTML.slice(0, 90));
});

// WCAG 2.2, 1.4.12: nothing is cut off or runs out of the page when a reader spaces letters, words and lines.
const spaced = (page) => page.evaluate(() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
  document.adoptedStyleSheets = [sheet];
  const cut = [...document.querySelectorAll('main *')].filter((e) => !e.closest('.hidden, svg') &&
    getComputedStyle(e).overflow !== 'visible' && !e.matches('.scroll, input, textarea') && (e.scrollHeight > e.clientHeight + 2 || e.scrollWidth > e.clientWidth + 2));
  const width = document.documentElement.scrollWidth;
  document.adoptedStyleSheets = [];
  return { width, cut: cut.map((e) => e.outerHTML.slice(0, 90)) };
});

const seen = new Set();
/** The demands on every page; axe, targets and the narrow screen once for each kind of page and language. */
export async function look(page, { language, script = true, typed = [] }, state = '') {
  const url = new URL(page.url()).pathname;
  const name = `${language} ${url.replace(/[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}/, '{}').replace(/\d+/g, '{}')}${state && ` (${state})`}${script ? '' : ' (no script)'}`;
  const facts = await page.evaluate(() => ({
    h1: document.querySelectorAll('h1').length, title: document.title, lang: document.documentElement.lang,
    bytes: new Blob([document.documentElement.outerHTML]).size,
    fields: [...new Set([...document.querySelectorAll('main form [name]')].map((e) => e.type))].sort().join(),
  }));
  // PICTURES=folder keeps a picture of every page, to be looked at.
  if (process.env.PICTURES) await page.screenshot({ path: path.join(process.env.PICTURES, `${name.replaceAll('/', '_')}.png`), fullPage: true });
  check(facts.h1 === 1, `${name}: has ${facts.h1} h1`);
  check(facts.lang.slice(0, 2) === language, `${name}: lang is ${facts.lang}`);
  check(/Onestop|一站/.test(facts.title), `${name}: title is ${facts.title}`);
  check(facts.bytes <= 30000, `${name}: ${facts.bytes} bytes`);
  const foreign = await foreignWords(page, language, typed);
  check(foreign.length === 0, `${name}: not in the reader's language: ${JSON.stringify(foreign.slice(0, 5))}`);
  // Questions are of one kind when they have the same fields, and so are files.
  const kind = name.replace(/\/(questions|evidence)\/[^ ]+/, `/$1/${facts.fields}`);
  if (!script || seen.has(kind)) return;
  seen.add(kind);
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => globalThis.axe.run(document,
    { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  for (const v of result.violations)
    console.log(`  ${name}: ${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`);
  check(result.violations.length === 0, `${name}: axe finds ${result.violations.length} kinds of fault`);
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 800 });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  check(width <= 320, `${name}: ${width} px wide on a screen of 320`);
  const small = await smallTargets(page);
  check(small.length === 0, `${name}: too small to press: ${small.slice(0, 3).join(' | ')}`);
  const apart = await spaced(page);
  check(apart.width <= 320 && apart.cut.length === 0, `${name}: with spaced text ${apart.width} px wide, cut off: ${apart.cut.slice(0, 3).join(' | ')}`);
  await page.setViewportSize(before);
}

/** Presses what leads to another page, and waits until that is there. */
export const press = (page, button) => Promise.all([page.waitForEvent('load'), button.click()]);

/** Reports what a page logs as an error (a policy that was broken, a script that failed). */
export function listen(page) {
  page.on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) check(false, `console: ${m.text()}`); });
  page.on('pageerror', (e) => check(false, `script: ${e.message}`));
}
