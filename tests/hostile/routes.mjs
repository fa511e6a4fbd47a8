// Every route of the table, for everybody, with everything that can be wrong in an address or a token: a clean answer each time,
// nothing of somebody else's, and nothing changed.
import fs from 'node:fs';
import { check, draft, send, Visitor } from './client.mjs';

export const ROUTES = [...fs.readFileSync('src/web/routes.c', 'utf8').matchAll(/\{ METHOD_(GET|POST), "([^"]+)", \w+, DOOR_(\w+)/g)]
  .map(([, method, path, door]) => ({ method, path, door }));

const ALWAYS = ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy', 'cross-origin-opener-policy', 'cache-control'];

/** What holds of every answer of ours; what does not hold, in words. */
export function faults(page) {
  const found = [];
  if (page.status < 200 || page.status >= 500) found.push(`status ${page.status} ${page.text?.slice(0, 60) ?? ''}`);
  if (page.status === 0) return found;
  for (const name of ALWAYS) if (!page.headers[name]) found.push(`no ${name}`);
  if (page.status >= 400 && !(/html/.test(page.headers['content-type'] ?? '') && /<h1/.test(page.text) && /<title>/.test(page.text))) found.push(`${page.status} without a page`);
  if (page.status === 303 && !/^\/(?!\/)/.test(page.location)) found.push(`leads to ${page.location}`);
  return found;
}

const NUMBERS = ['0', '-1', '999999999999', '99999999999999999999999', 'abc', '1e1', '%201', '%00', "1'--", '..%2f', '2147483648', '4294967297'];
const REFERENCES = ['0000-0000', 'ABC-DEF-GHJ', 'x', '-', '%F0%9F%98%80', "'%20OR%201=1--", 'A'.repeat(400)];

const QUERIES = ['page=0', 'page=-1', 'page=9223372036854775807', 'page=99999999999999999999', 'page=abc', 'q=%25', 'q=' + 'a'.repeat(1500), 'q=%E4%B8', 'q=%00', 'q=*%22(%5B', 'q=a%0Ab',
  'lang=xx', 'lang=%00', 'lang', '&&&=&', 'done=%3Cscript%3E', 'open=nothing', 'to=//example.org', 'to=https://example.org', 'to=/%5Cexample.org', 'from=check&from=x',
  'state=x&authority=%27', 'entries=-5', Array.from({ length: 400 }, (_, i) => `f${i}=1`).join('&').slice(0, 1900)];

const fill = (path, values) => path.split('/').map((part) => (part === '{}' ? values.shift() ?? '1' : part)).join('/');

/** Twenty at a time; hashing passwords takes turns, so those go alone. */
async function all(jobs) {
  const slow = jobs.filter((j) => j.slow), fast = jobs.filter((j) => !j.slow);
  const worker = async () => { for (let job; (job = fast.pop());) await job.run(); };
  await Promise.all(Array.from({ length: 16 }, worker));
  for (const job of slow) await job.run();
}

export async function routes(port, stage) {
  const people = {
    nobody: await new Visitor(port).open(),
    resident: await new Visitor(port).signIn('resident'),
    business: await new Visitor(port, 'zh-CN').signIn('business'),
    supervisor: await new Visitor(port).signIn('supervisor'),
  };
  const owner = await new Visitor(port).open();
  const { reference: sent } = await draft(owner, { text: 'Lakeside' });
  await send(owner, sent);
  const { reference: unsent } = await draft(owner, { text: 'Hillside' });
  people.officer = await new Visitor(port).signIn('officer.market-regulation');
  people.foreign = await new Visitor(port).signIn('officer.public-security');
  stage.people = people;
  check((await people.officer.get(`/office/${sent}/1`)).status === 200, 'an officer of the authority opens the case');
  check((await people.foreign.get(`/office/${sent}/1`)).status === 404, 'an officer of another authority does not find it');
  check((await people.supervisor.get(`/office/${sent}/1`)).status === 200, 'a supervisor opens it');
  const picture = async () => [await owner.get(`/applications/${sent}`), await owner.get(`/apply/${unsent}/check`), await people.officer.get(`/office/${sent}/1`)].map((p) => p.text.replace(/[0-9a-f]{32,}/g, ''));
  const before = await picture();

  const jobs = [];
  stage.count = 0;
  const stale = (await new Visitor(port).open()).csrf;
  for (const route of ROUTES) for (const [who, person] of Object.entries(people)) {
    const slow = /^\/(sign-in|register)$/.test(route.path);
    if (route.path === '/sign-out') continue;
    const ask = (path, what, expect = () => true, fields = { csrf: person.csrf, entries: '0', declared: 'yes', confirmed: 'yes', grade: '5' }) => jobs.push({ slow, run: async () => {
      const body = route.method === 'POST' ? new URLSearchParams(fields).toString() : undefined;
      const page = await person.request(route.method, path, { body });
      const name = `${who} ${route.method} ${path} (${what})`;
      const found = faults(page);
      if (!expect(page)) found.push(`answered ${page.status} ${page.location}`);
      stage.count++;
      if (found.length) check(false, `${name}: ${found.join(', ')}`);
    } });
    const refused = (page) => [303, 403, 404, 409].includes(page.status) && !/Lakeside|Hillside/.test(page.text);
    if (route.method === 'POST') {
      const known = fill(route.path, /^\/applications/.test(route.path) ? [sent, '1', 'accept'] : /^\/office/.test(route.path) ? [sent, '1', 'accept'] : [unsent, 'floor_area', 'm1']);
      ask(known, 'no token', (page) => page.status === 403, { grade: '5' });
      ask(known, 'a stale token', (page) => page.status === 403, { csrf: stale, declared: 'yes' });
      ask(known, 'an empty token', (page) => page.status === 403, { csrf: '' });
    }
    if (!route.path.includes('{}')) { if (!slow || who === 'nobody') ask(route.path, 'plain', () => true, { csrf: person.csrf }); continue; }
    const isOffice = route.path.startsWith('/office');
    if (/^\/(apply|applications|office)\//.test(route.path)) {
      const others = isOffice ? ['nobody', 'resident', 'business', 'foreign'] : Object.keys(people);
      if (others.includes(who)) for (const reference of [sent, unsent]) {
        ask(fill(route.path, [reference, '1', 'accept']), "somebody else's", refused);
        ask(fill(route.path, [reference, 'floor_area', 'm1']), "somebody else's", refused);
      }
      for (const reference of REFERENCES) ask(fill(route.path, [reference, '1', 'accept']), 'no such reference', refused);
    }
    // What is told from what is the door's and the desk's business, and tried above: numbers are tried by those who get furthest.
    const numbers = ['resident', 'officer'].includes(who) ? NUMBERS : NUMBERS.slice(0, 5);
    for (const number of numbers) ask(fill(route.path, [isOffice ? sent : unsent, number, number]), 'no such number', () => true);
    for (const number of NUMBERS.slice(2, 5)) ask(fill(route.path, [number, number, number]), 'numbers', () => true);
  }
  // The owner herself, with numbers that are none; what would end the draft or the case is left out.
  for (const route of ROUTES.filter((r) => /\{\}.*\{\}/.test(r.path) && /^\/appl/.test(r.path)))
    for (const number of [...NUMBERS, 'new', 'floor_area', 'staff'])
      for (const reference of [sent, unsent])
        jobs.push({ run: async () => {
          const path = fill(route.path, [reference, number, number]);
          const page = await owner.request(route.method, path, { body: route.method === 'POST' ? `csrf=${owner.csrf}&file=${number}` : undefined });
          const found = faults(page);
          stage.count++;
          if (found.length) check(false, `owner ${route.method} ${path}: ${found.join(', ')}`);
        } });
  for (const [who, person] of Object.entries(people)) for (const query of QUERIES)
    for (const path of ['/search', '/office', '/home', `/applications/${sent}`, `/office/${sent}/1`, '/sign-in', '/resume'])
      jobs.push({ run: async () => {
        const page = await person.request('GET', `${path}?${query}`);
        const found = faults(page);
        stage.count++;
        if (found.length) check(false, `${who} GET ${path}?${query}: ${found.join(', ')}`);
      } });
  await all(jobs);

  const after = await picture();
  // The question that the owner was asked for with an empty form may not have changed anything either.
  before.forEach((text, i) => {
    const lines = text.split('\n'), now = after[i].split('\n'), at = lines.findIndex((line, n) => line !== now[n]);
    check(text === after[i], `nothing changed of ${['the application', 'the draft', 'the case'][i]}: ${lines[at]} | ${now[at]}`);
  });
  check(stage.count > 5000, `${stage.count} requests were answered in a clean way`);
  for (const [who, person] of Object.entries(people)) check((await person.get('/help')).status === 200, `${who} is still served`);
}
