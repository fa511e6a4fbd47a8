#!/usr/bin/env node
// The story in Chromium, against the real program: somebody opens a restaurant, officers do their share, she corrects and rates.
// In English and in Chinese, each with the script and without; on every page the demands of browser.mjs.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { check, launch, listen, look, press, serve, tally } from './browser.mjs';

const PNG = path.join(os.tmpdir(), `onestop-scan-${process.pid}.png`);
fs.writeFileSync(PNG, Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));

// What she answers, by fact; what is not here and a choice is answered with its first.
const ANSWERS = {
  only_prepackaged: 'no', oil_fumes: 'yes', building: 'commercial', district: 'xihu', floor_area: '320', landlord_drainage_permit: 'no',
  entertainment: 'no', sells_tobacco: 'no', outdoor_sign: 'yes', large_advertisement: 'no', premises_right: 'rented', has_licence: 'no',
  business_form: 'sole-trader', owner_identity_number: '11010519491231002X', capital: '50000', fire_route: 'inspection',
  staff_identity_number: '11010519491231002X', handles_food: 'yes', has_health_certificate: 'yes', employed: 'yes', bank_account: '',
};
const TYPED = { en: ['Lakeside Noodles', 'Somebody'], zh: ['湖边面馆', '某人'] };
const WISH = { en: 'restaurant', zh: '餐馆' };

const submit = (page) => press(page, page.locator('main form button[type=submit], main form button:not([type])').first());

async function fill(page, typed) {
  const names = await page.$$eval('main form [name]', (all) => [...new Set(all.map((e) => e.name))].filter((n) => !['csrf', 'from', 'leave', 'q', 'entries'].includes(n)));
  for (const name of names) {
    const field = page.locator(`main form [name="${name}"]`);
    const kind = await field.first().getAttribute('type');
    if (kind === 'radio') {
      const value = ANSWERS[name] ?? await field.first().getAttribute('value');
      await page.locator(`main form [name="${name}"][value="${value}"]`).check({ force: true });
    } else if (kind !== 'hidden') {
      await field.fill(ANSWERS[name] ?? typed[0]);
    }
  }
}

async function signIn(page, base, login) {
  await page.goto(`${base}/sign-in`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', 'onestop-demo');
  await submit(page);
  check(!page.url().includes('/sign-in'), `${login} can sign in`);
}

const asked = new Set();
/** A question that is sent empty is asked again, with its error on top, in the title and at its field; once for each kind and language. */
async function emptyIsRefused(page, options) {
  const kind = await page.$$eval('main form [name]:not([type=hidden])', (all) => [...new Set(all.map((e) => e.type + (e.inputMode ?? '')))].join());
  if (asked.has(`${options.language} ${options.script} ${kind}`)) return;
  asked.add(`${options.language} ${options.script} ${kind}`);
  const before = page.url();
  await submit(page);
  const what = `${options.language}: ${new URL(before).pathname.split('/').slice(4).join('/')} sent empty`;
  if (await page.locator('.govuk-error-summary').count() === 0) {
    check(page.url() !== before, `${what} is optional, or refused`);
    await page.goto(before);
    return;
  }
  check((await page.title()).match(/^(Error|错误)/), `${what}: the title is ${await page.title()}`);
  const lines = await page.$$eval('.govuk-error-summary a', (all) => all.map((a) => [a.textContent, Boolean(document.getElementById(a.hash.slice(1)))]));
  check(lines.length > 0 && lines.every(([, there]) => there), `${what}: each line leads to its field: ${lines}`);
  check(new Set(lines.map(([text]) => text)).size === lines.length, `${what}: no two lines are alike: ${lines}`);
  if (options.script) {
    await page.waitForFunction(() => document.activeElement?.matches('.govuk-error-summary'), null, { timeout: 3000 }).catch(() => {});
    check(await page.evaluate(() => document.activeElement.matches('.govuk-error-summary')), `${what}: the summary has the focus`);
  }
  await look(page, options, 'error');
}

/** What the law forbids is said before any paper, with the law, a way out, and the answers to change. */
async function isStopped(page, base, options) {
  await page.goto(`${base}/events/open-a-restaurant?lang=${options.language}`);
  await press(page, page.locator('main form[action="/apply"] button').first());
  for (let turn = 0; turn < 9 && !/\/outcome$/.test(new URL(page.url()).pathname); turn++) {
    if (!page.url().includes('/questions/')) { await press(page, page.locator('main a.govuk-button, main a[href*="/apply/"]').first()); continue; }
    const name = new URL(page.url()).pathname.split('/').pop();
    await page.locator(`[name="${name}"][value="${{ only_prepackaged: 'no', oil_fumes: 'yes', building: 'residential' }[name]}"]`).check({ force: true });
    await submit(page);
  }
  await look(page, options);
  check(/\/outcome$/.test(new URL(page.url()).pathname), `${options.language}: fumes in a building for dwellings end at ${page.url()}`);
  check(await page.locator('main a[href*="/questions/building"]').count() === 1, `${options.language}: the answer that led there can be changed`);
}

/** The short guide prints on its own: nothing folded, no form, every service of the long one; buttons and menus stay off the paper. */
async function printsShort(page, base, options) {
  await page.goto(`${base}/events/open-a-restaurant?lang=${options.language}`);
  const services = await page.$$eval('main .steps h3', (all) => all.map((e) => e.textContent.trim()));
  await page.goto(`${base}/events/open-a-restaurant?print&lang=${options.language}`);
  await look(page, options, 'print');
  const text = await page.textContent('main');
  check(services.length >= 8 && services.every((name) => text.includes(name)), `${options.language}: the short guide names every service: ${services}`);
  check(await page.locator('main details, main form').count() === 0, `${options.language}: nothing is folded in the short guide`);
  await page.emulateMedia({ media: 'print' });
  check(await page.locator('footer nav').isHidden(), `${options.language}: the links of the footer are not printed`);
  await page.emulateMedia({ media: null });
}

/** From the start page to the confirmation. Returns the reference. */
async function apply(page, base, options) {
  const typed = TYPED[options.language];
  await page.goto(`${base}/?lang=${options.language}`);
  await look(page, options);
  await page.fill('main [name=q]', WISH[options.language]);
  await submit(page);
  await look(page, options);
  await press(page, page.locator('main a[href*="/events/open-a-restaurant"]').first());
  await look(page, options);
  await press(page, page.locator('main form[action="/apply"] button').first());
  for (let turn = 0; turn < 60 && !/\/plan$/.test(new URL(page.url()).pathname); turn++) {
    await look(page, options);
    const where = new URL(page.url()).pathname;
    if (/\/questions\/[^/]+$/.test(where) && await page.locator('main a[href$="/new"]').count()) {
      // A list: one member, then "that is everybody".
      if (await page.locator('main a[href*="/questions/"][href*="/m"]').count() === 0) {
        await press(page, page.locator('main a[href$="/new"]').first());
        continue;
      }
      await submit(page);
    } else if (where.includes('/questions/')) {
      await emptyIsRefused(page, options);
      await fill(page, typed);
      await submit(page);
    } else {
      await press(page, page.locator('main a.govuk-button, main a[href*="/apply/"]').first());
    }
  }
  check(/\/plan$/.test(new URL(page.url()).pathname), `${options.language}: the questions end with the plan (${page.url()})`);
  await look(page, options);
  const reference = page.url().match(/\/apply\/([^/]+)/)[1];
  await page.goto(`${base}/apply/${reference}/evidence`);
  await look(page, options);
  const places = await page.$$eval(`main a[href*="/evidence/"]`, (all) => all.map((a) => a.getAttribute('href')));
  for (const place of places) {
    await page.goto(base + place);
    await look(page, options);
    if (await page.locator('input[type=file]').count() === 0) continue;
    await page.setInputFiles('input[type=file]', PNG);
    if (options.script) check(await page.waitForSelector('.upload canvas', { timeout: 5000 }).catch(() => null), `${options.language}: the chosen picture is shown before it is sent`);
    const options_of_type = page.locator('main form [name=type][type=radio]');
    if (await options_of_type.count()) await options_of_type.first().check({ force: true });
    await Promise.all([page.waitForURL(/\/evidence$/), page.locator('main form:has(input[type=file]) button').first().click()]);
  }
  await page.goto(`${base}/apply/${reference}/check`);
  await look(page, options);
  // Without the declaration it is refused, at its place.
  await press(page, page.locator('form[action$="/check"] button').first());
  check(await page.locator('.govuk-error-summary').count() === 1, `${options.language}: sending without the declaration is refused`);
  check((await page.title()).match(/^(Error|错误)/), `${options.language}: the title says that there is an error: ${await page.title()}`);
  await look(page, options);
  await page.locator('[name=declared]').check({ force: true });
  await press(page, page.locator('form[action$="/check"] button').first());
  await page.waitForURL(/\/sent$/);
  await look(page, options);
  check((await page.textContent('main')).includes(reference), `${options.language}: the confirmation has the reference`);
  await page.goto(`${base}/apply/${reference}/receipt`);
  await look(page, options);
  await page.goBack();
  // Sent again from a stale page: the same receipt.
  await page.goto(`${base}/apply/${reference}/check`);
  check(/\/(sent|receipt)$|\/applications\//.test(page.url()), `${options.language}: what was sent cannot be sent again (${page.url()})`);
  return reference;
}

/** An officer takes one step on a case of an application. */
async function step(page, base, options, reference, service, kind, fields = {}) {
  await page.goto(`${base}/office?lang=${options.language}&q=${reference}`);
  await look(page, options);
  const link = page.locator('main tr[data-row]').filter({ hasText: service }).locator(`a[href^="/office/${reference}/"]`).first();
  if (!check(await link.count(), `${options.language}: ${service} of ${reference} is in the work list`)) return;
  await press(page, link);
  await look(page, options);
  const form = page.locator(`form[action$="/${kind}"]`).first();
  if (!check(await form.count(), `${options.language}: ${service} can be: ${kind}`)) return;
  for (const [name, value] of Object.entries(fields)) {
    const field = page.locator(`[name="${name}"]`);
    if (!check(await field.count(), `${options.language}: ${kind} asks for ${name}`)) continue;
    const details = field.first().locator('xpath=ancestor::details[not(@open)]');
    for (let i = await details.count(); i > 0; i--) await details.first().locator('> summary').click();
    const type = await field.first().getAttribute('type');
    if (type === 'radio') await page.locator(`[name="${name}"][value="${value}"]`).first().check({ force: true });
    else if (type === 'checkbox') await field.first().check({ force: true });
    else await field.first().fill(value);
  }
  const folded = form.locator('details:not([open]):has(button) > summary');
  if (await folded.count()) await folded.first().click();
  await press(page, form.locator('button').first());
  // A letter is shown before it goes.
  const confirm = page.locator('button[name=confirmed]');
  if (await confirm.count()) {
    await look(page, options);
    await press(page, confirm);
  }
  check(await page.locator('.govuk-error-summary').count() === 0, `${options.language}: ${kind} of ${service} is taken (${(await page.locator('.govuk-error-summary').allTextContents()).join(' ').trim()})`);
  await look(page, options);
}

const NAMES = {
  en: { registration: 'Business registration', food: 'Food business licence' },
  zh: { registration: '市场主体设立登记', food: '食品经营许可' },
};

const TERM = { en: /Next term of an authority: (\d+ \w+ \d+)/g, zh: /最近的部门办理期限：(\d+)年(\d+)月(\d+)日/g };

// What the demo calls its applications: the samples of the facts that are labels.
const DEMO_LABELS = ['小宝 (Baby)', '示例路 3 号 5 幢 501 室 (3 Example Road)', '某辛 (Resident H)', '某戊 (Resident E)', 'RESIDENT I'];

/** The page of somebody who has an account, with what the demo sent for them; a term that is over is not the next one. */
async function home(browser, base, options) {
  const page = await (await browser.newContext({ javaScriptEnabled: options.script, locale: options.language === 'zh' ? 'zh-CN' : 'en-GB' })).newPage();
  listen(page);
  const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10);
  await signIn(page, base, 'resident');
  check(page.url() === `${base}/home`, `${options.language}: she comes to her page (${page.url()})`);
  await look(page, { ...options, typed: DEMO_LABELS });
  const terms = [...(await page.textContent('main')).matchAll(TERM[options.language])]
    .map((m) => new Date(options.language === 'zh' ? `${m[1]}-${m[2].padStart(2, '0')}-${m[3].padStart(2, '0')}` : `${m[1]} UTC`).toISOString().slice(0, 10));
  check(terms.length > 0 && terms.every((term) => term >= today), `${options.language}: the next terms are ${terms}`);
  await press(page, page.locator('header form[action="/sign-out"] button'));
  await page.goto(`${base}/home`);
  check(page.url().includes('/sign-in'), `${options.language}: who signed out has no page (${page.url()})`);
  await page.context().close();
}

async function story(browser, base, options) {
  const names = NAMES[options.language], typed = TYPED[options.language];
  options.typed = [...TYPED[options.language], ...TYPED.en, 'The sinks are missing', 'One more cook works here', 'All in order'];
  const person = await (await browser.newContext({ javaScriptEnabled: options.script, locale: options.language === 'zh' ? 'zh-CN' : 'en-GB', viewport: { width: 1200, height: 900 } })).newPage();
  const officer = await (await browser.newContext({ javaScriptEnabled: options.script, locale: options.language === 'zh' ? 'zh-CN' : 'en-GB', viewport: { width: 1200, height: 900 } })).newPage();
  listen(person);
  listen(officer);
  await home(browser, base, options);
  await printsShort(person, base, options);
  await isStopped(person, base, options);
  const reference = await apply(person, base, options);
  await person.goto(`${base}/applications/${reference}`);
  await look(person, options);
  check(await person.locator('main svg').count() >= 1, `${options.language}: the application has its picture of time`);

  await signIn(officer, base, 'officer.market-regulation');
  await step(officer, base, options, reference, names.registration, 'accept');
  await step(officer, base, options, reference, names.registration, 'grant');
  await step(officer, base, options, reference, names.registration, 'issue');
  await step(officer, base, options, reference, names.food, 'ask', { 'item-kitchen-plan': 'The sinks are missing', 'item-fact-staff': 'One more cook works here' });

  await person.goto(`${base}/applications/${reference}`);
  await look(person, options);
  const correct = person.locator('main a[href*="/correct/"]').first();
  if (check(await correct.count(), `${options.language}: she is asked for the correction`)) {
    await press(person, correct);
    await look(person, options);
    check((await person.textContent('main')).includes('The sinks are missing'), `${options.language}: in the officer's words`);
    await press(person, person.locator('main button[formaction*="/files/"]').first());
    await look(person, options);
    await person.setInputFiles('input[type=file]', PNG);
    await person.locator('main form:has(input[type=file]) button').first().click();
    await person.locator('input[type=file]').waitFor({ state: 'detached', timeout: 10000 }).catch(() => {});
    check(await person.locator('input[type=file]').count() === 0, `${options.language}: the new file is taken`);
    await look(person, options);
    // A list is corrected on the same page: one more person.
    await person.locator('details:has([name=new1-staff_name]) > summary').click();
    await person.fill('[name=new1-staff_name]', typed[1]);
    await person.fill('[name=new1-staff_identity_number]', ANSWERS.staff_identity_number);
    for (const name of ['handles_food', 'has_health_certificate', 'employed']) await person.locator(`[name=new1-${name}][value=no]`).check({ force: true });
    await press(person, person.locator('main form button.govuk-button:not([formaction]):not(.hidden)').last());
    check(!person.url().includes('/correct/'), `${options.language}: the correction is sent (${person.url()})`);
    await look(person, options);
    await person.goto(`${base}/applications/${reference}/sent-in`);
    await look(person, options);
  }
  await step(officer, base, options, reference, names.food, 'accept');
  await step(officer, base, options, reference, names.food, 'inspect', { 'inspect-finding': 'passed', 'inspect-report': 'All in order' });
  await step(officer, base, options, reference, names.food, 'grant');
  await step(officer, base, options, reference, names.food, 'issue');
  await officer.goto(`${base}/office?q=${reference}`);
  check(await officer.locator('main tr[data-row]').count() === 2, `${options.language}: a search finds what is finished`);

  await person.goto(`${base}/applications/${reference}`);
  await look(person, options);
  const document = person.locator('main a[href*="/documents/"]').first();
  if (check(await document.count(), `${options.language}: what was issued can be opened`)) {
    await press(person, document);
    await look(person, options);
  }
  await person.goto(`${base}/applications/${reference}`);
  const rate = person.locator('main a[href*="/rate/"]').first();
  if (check(await rate.count(), `${options.language}: she is asked how it was`)) {
    await press(person, rate);
    await look(person, options);
    await person.locator('[name=grade][value="5"]').check({ force: true });
    await submit(person);
    await look(person, options);
  }
  await person.goto(`${base}/applications/${reference}/withdraw/1`);
  await look(person, options, 'decided');
  check(await person.locator(`main a[href="/applications/${reference}"]`).count() === 1, `${options.language}: what is decided cannot be withdrawn, and the page leads back`);
  for (const url of ['/sign-in', '/register', '/track', '/resume', '/help', '/accessibility', '/privacy', '/cookies', '/services/food-business-licence', '/authorities/tax', '/events/birth-of-a-child', '/nothing-here']) {
    await person.goto(`${base}${url}?lang=${options.language}`);
    await look(person, options);
  }
  await person.goto(`${base}/sign-in`);
  await signIn(person, base, 'supervisor');
  await person.goto(`${base}/oversight`);
  await look(person, options);
  await person.context().close();
  await officer.context().close();
}

const server = await serve();
const browser = await launch();
try {
  // Two at a time: most of a story is waiting.
  await Promise.all([story(browser, server.base, { language: 'en', script: true }), story(browser, server.base, { language: 'zh', script: false })]);
  await Promise.all([story(browser, server.base, { language: 'zh', script: true }), story(browser, server.base, { language: 'en', script: false })]);
} catch (error) {
  check(false, error.stack);
} finally {
  await browser.close();
  await server.stop();
  fs.rmSync(PNG);
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed ? 1 : 0);
