#!/usr/bin/env node
// Everything comes from the pack: a service, an alternative and a condition are taken out of a copy of it, and the guide, the
// questions, the plan, what to bring and the cases follow on the pages of the real program. Plain HTTP, as a browser without a script.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { check, serve, tally } from './browser.mjs';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==', 'base64');
// Every "no" that shortens the story; the restaurant has no sign outside.
const ANSWERS = {
  building: 'commercial', district: 'xihu', premises_right: 'rented', business_form: 'sole-trader', floor_area: '100', capital: '50000',
  owner_identity_number: '11010519491231002X', staff_identity_number: '11010519491231002X', handles_food: 'no', employed: 'no',
  has_licence: 'no', bank_account: '',
};

/** One visitor: keeps its cookies, follows redirects, reads forms. */
function visitor(base) {
  const cookies = new Map();
  async function request(url, options = {}) {
    for (let turn = 0; turn < 5; turn++) {
      const answer = await fetch(new URL(url, base), {
        redirect: 'manual', ...options,
        headers: { 'Accept-Language': 'en', Cookie: [...cookies].map((c) => c.join('=')).join('; ') },
      });
      for (const line of answer.headers.getSetCookie()) cookies.set(...line.split(';')[0].split('='));
      if (answer.status < 300 || answer.status >= 400) {
        const html = await answer.text();
        // The description of a page is what a reader sees of it.
        const text = html.replace(/<script[\s\S]*?<\/script>|<svg[\s\S]*?<\/svg>|<[^>]*>/g, ' ').replace(/\s+/g, ' ');
        return { status: answer.status, path: new URL(url, base).pathname, html, text };
      }
      url = answer.headers.get('location');
      options = {};
    }
    throw new Error(`${url}: leads in a circle`);
  }
  const token = (page) => page.html.match(/name="csrf" value="([^"]*)"/)[1];
  return {
    get: (url) => request(url),
    post: (page, url, fields) => request(url, { method: 'POST', body: new URLSearchParams({ csrf: token(page), ...fields }) }),
    upload(page, url, fields) {
      const body = new FormData();
      for (const [name, value] of Object.entries({ csrf: token(page), ...fields })) body.set(name, value);
      body.set('file', new Blob([PNG], { type: 'image/png' }), 'scan.png');
      return request(url, { method: 'POST', body });
    },
  };
}

/** What a form asks for, answered. */
function filled(page) {
  const form = page.html.slice(page.html.indexOf('<main'));
  const fields = {};
  for (const [input] of form.matchAll(/<(?:input|textarea)[^>]*>/g)) {
    const name = input.match(/ name="([^"]*)"/)?.[1], type = input.match(/ type="([^"]*)"/)?.[1];
    if (!name || name === 'csrf' || type === 'hidden' || name in fields) continue;
    const values = [...form.matchAll(new RegExp(`<input[^>]* name="${name}" value="([^"]*)"`, 'g'))].map((m) => m[1]);
    fields[name] = ANSWERS[name] ?? (type === 'radio' ? (values.includes('no') ? 'no' : values[0]) : 'Lakeside Noodles');
  }
  return fields;
}

/** Walks from the guide to the application; returns what each page said. */
async function walk(pack) {
  const { base, stop } = await serve({ pack, demo: false });
  try {
    const it = visitor(base);
    const seen = { guide: await it.get('/events/open-a-restaurant'), print: await it.get('/events/open-a-restaurant?print'), asked: [] };
    seen.search = await it.get('/search?q=seal');
    seen.service = await it.get('/services/company-seal');
    const event = seen.guide.html.match(/name="event" value="([^"]*)"/)[1];
    let page = await it.post(seen.guide, '/apply', { event });
    const reference = page.html.match(/[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}/)[0];
    page = await it.get(`/apply/${reference}`);
    for (let turn = 0; turn < 60 && page.path.includes('/questions/'); turn++) {
      const fact = page.path.split('/')[4];
      if (!seen.asked.includes(fact)) seen.asked.push(fact);
      const add = page.html.match(/href="([^"]*\/new)"/)?.[1];
      if (add && !page.html.includes(`/questions/${fact}/m`)) page = await it.get(add);
      else page = await it.post(page, page.path, filled(page));
    }
    seen.plan = page;
    if (!check(page.path.endsWith('/plan'), `${pack}: the questions end with the plan (${page.path}: ${page.text.slice(0, 300)})`)) return seen;
    seen.evidence = await it.get(`/apply/${reference}/evidence`);
    seen.check = await it.get(`/apply/${reference}/check`);
    seen.refused = await it.post(seen.check, `/apply/${reference}/check`, { declared: 'yes' });
    const main = seen.evidence.html.slice(seen.evidence.html.indexOf('govuk-task-list'));
    for (const [, place] of main.matchAll(/govuk-task-list__link" href="([^"]*)"/g)) {
      const form = await it.get(place);
      const type = form.html.match(/name="type" value="([^"]*)"/)?.[1];
      await it.upload(form, place, type ? { type } : {});
    }
    const sent = await it.post(await it.get(`/apply/${reference}/check`), `/apply/${reference}/check`, { declared: 'yes' });
    check(sent.path.endsWith('/sent'), `${pack}: it is sent (${sent.path}: ${sent.text.slice(0, 300)})`);
    seen.cases = await it.get(`/applications/${reference}`);
    return seen;
  } finally {
    await stop();
  }
}

const copies = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-mutation-'));
/** A copy of the pack with something taken out: [file, what stands there, what shall stand there]; undefined: the file goes. */
function without(name, ...cuts) {
  const copy = path.join(copies, name);
  fs.cpSync('packs/zhejiang', copy, { recursive: true });
  for (const [file, from, to] of cuts) {
    const where = path.join(copy, file);
    if (from === undefined) { fs.rmSync(where); continue; }
    const text = fs.readFileSync(where, 'utf8');
    const changed = text.replace(from, to);
    check(changed !== text, `${name}: ${from} stands in ${file}`);
    fs.writeFileSync(where, changed);
  }
  return copy;
}
const says = (page, words) => page.text.includes(words);

try {
  const whole = await walk('packs/zhejiang');
  for (const page of ['guide', 'print', 'plan', 'cases', 'search'])
    check(says(whole[page], 'Company seal'), `the whole pack: the page ${page} has the company seal`);
  check(whole.service.status === 200, 'the whole pack: the company seal has a page');
  check(says(whole.guide, 'Model food safety rules'), 'the whole pack: the guide says that the model rules are enough');
  check(whole.asked.includes('outdoor_sign'), 'the whole pack: she is asked about a sign');
  check(says(whole.guide, 'Sign outside') && !says(whole.cases, 'Sign outside'), 'the whole pack: the sign is in the guide, and no case of hers');

  const seal = await walk(without('no-seal', ['services/restaurant/company-seal.yaml'],
    ['events/open-a-restaurant.yaml', '  - evidence: seal-record\n', ''],
    ['evidence/restaurant.yaml', /(^|\n---\n)evidence: seal-record\n[\s\S]*?(?=\n---\n)/, '']));
  for (const page of ['guide', 'print', 'plan', 'cases'])
    check(!says(seal[page], 'Company seal'), `without the service: the page ${page} has no company seal`);
  check(seal.service.status === 404, `without the service: it has no page (${seal.service.status})`);
  check(says(seal.cases, 'Tax record'), 'without the service: the others remain');

  const rules = await walk(without('no-alternative',
    ['services/restaurant/food-business-licence.yaml', 'any: [model-food-rules, own-food-rules]', 'evidence: own-food-rules']));
  check(!says(rules.guide, 'Model food safety rules') && says(rules.guide, 'Your own food safety rules'), 'without the alternative: the guide asks for her own rules');
  check(!rules.plan.html.includes('model-food-rules'), 'without the alternative: the plan knows no other');
  check(rules.evidence.html.includes('/evidence/own-food-rules"'), 'without the alternative: she must bring them');
  check(says(rules.refused, 'There is a problem') && rules.refused.html.includes('/evidence/own-food-rules'), 'without the alternative: it is not sent without them');
  check(!whole.refused.html.includes('/evidence/own-food-rules'), 'the whole pack: it is not held up by them');

  const sign = await walk(without('no-condition', ['services/restaurant/shop-sign.yaml', 'when: outdoor_sign\n', '']));
  const whenOf = (page) => page.html.slice(page.html.indexOf('/services/shop-sign"')).replace(/<[^>]*>/g, ' ').slice(0, 900);
  check(whenOf(whole.guide).includes('Needed if you answer yes'), 'the whole pack: the guide says when a sign must be reported');
  check(whenOf(sign.guide).includes('Needed in every case.'), 'without the condition: the guide says that it is always needed');
  check(!sign.asked.includes('outdoor_sign'), 'without the condition: nobody is asked about it');
  for (const page of ['plan', 'cases']) check(says(sign[page], 'Sign outside'), `without the condition: the page ${page} has the sign`);
} catch (error) {
  check(false, error.stack);
} finally {
  fs.rmSync(copies, { recursive: true });
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed ? 1 : 0);
