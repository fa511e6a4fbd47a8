// What the hostile tests stand on: the program on a folder of its own, visitors who keep their cookie, and bytes sent as they are.
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { spawn, spawnSync } from 'node:child_process';

export const PACK = 'packs/zhejiang';

export async function serve(program, pack = PACK) {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-hostile-'));
  const server = spawn(program, ['serve', '--pack', pack, '--data', data, '--listen', '127.0.0.1:0', '--demo'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '', stdout = '';
  server.stderr.on('data', (chunk) => { said += chunk; });
  const port = await new Promise((resolve, reject) => {
    server.stdout.on('data', (chunk) => { stdout += chunk; const m = stdout.match(/http:\/\/127\.0\.0\.1:(\d+)/); if (m) resolve(Number(m[1])); });
    server.on('exit', (code) => reject(new Error(`${program} ended with ${code}: ${stdout}${said}`)));
  });
  const ended = new Promise((resolve) => server.on('exit', (code, signal) => resolve(signal ?? code)));
  return {
    port, pid: server.pid,
    /** Ends it in peace: how it ended, what it said, and what `onestop check` finds in what it left. */
    stop: async () => {
      server.kill('SIGTERM');
      const end = await ended;
      const verdict = spawnSync(program, ['check', '--data', data], { encoding: 'utf8', maxBuffer: 1 << 26 });
      fs.rmSync(data, { recursive: true });
      return { end, said, faults: verdict.status === 0 ? '' : verdict.stdout + verdict.stderr };
    },
  };
}

export const tally = { passed: 0, failed: 0 };
export function check(holds, what) {
  if (holds) tally.passed++;
  else if (++tally.failed <= 60) console.log(`FAILED ${what}`);
  return Boolean(holds);
}

/** Sends bytes as they are; everything that comes back, as latin1, and whether the other side closed by a reset. */
export function raw(port, chunks, { wait = 10000, end = false } = {}) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let text = '', reset = false, done = false;
    const finish = () => { if (!done) { done = true; clearTimeout(timer); socket.destroy(); resolve({ text, reset, ...parse(text) }); } };
    const timer = setTimeout(finish, wait);
    socket.on('data', (chunk) => { text += chunk.toString('latin1'); if (complete(text)) finish(); });
    socket.on('error', (e) => { reset = e.code; });
    socket.on('close', finish);
    socket.setMaxListeners(0);
    socket.on('connect', async () => {
      for (const chunk of Array.isArray(chunks) ? chunks : [chunks]) {
        if (done) return;
        if (!socket.write(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk)) await new Promise((r) => { socket.once('drain', r); socket.once('close', r); });
      }
      if (end) socket.end();
    });
  });
}

function parse(text) {
  const last = text.replace(/^HTTP\/1\.1 100[^]*?\r\n\r\n/, '');
  const head = last.split('\r\n\r\n')[0];
  const headers = {};
  for (const line of head.split('\r\n').slice(1)) headers[line.slice(0, line.indexOf(':')).toLowerCase()] = line.slice(line.indexOf(':') + 1).trim();
  return { status: Number(last.match(/^HTTP\/1\.\d (\d+)/)?.[1] ?? 0), headers, body: last.slice(head.length + 4) };
}

function complete(text) {
  const { status, headers, body } = parse(text);
  return status >= 200 && text.includes('\r\n\r\n') && headers['content-length'] !== undefined && body.length >= Number(headers['content-length']);
}

/** Somebody with a browser: keeps the cookie, knows the token of the last page, reads a page's form. */
export class Visitor {
  constructor(port, language = 'en') {
    this.port = port;
    this.language = language;
    this.cookie = '';
    this.csrf = '';
    this.agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  }

  request(method, url, { type, body, headers = {}, cookie = this.cookie } = {}) {
    return new Promise((resolve) => {
      const all = { 'accept-language': this.language, ...headers };
      if (cookie) all.cookie = cookie;
      if (body !== undefined) { all['content-type'] = type ?? 'application/x-www-form-urlencoded'; all['content-length'] = Buffer.byteLength(body); }
      const r = http.request({ host: '127.0.0.1', port: this.port, method, path: url, headers: all, agent: this.agent }, (response) => {
        const parts = [];
        response.on('data', (chunk) => parts.push(chunk));
        response.on('end', () => {
          for (const one of response.headers['set-cookie'] ?? []) if (one.startsWith('onestop=') && cookie === this.cookie) this.cookie = one.split(';')[0];
          const text = Buffer.concat(parts).toString('utf8');
          resolve({ status: response.statusCode, headers: response.headers, location: response.headers.location ?? '', text, url, method });
        });
        response.on('error', (e) => resolve({ status: 0, headers: {}, location: '', text: String(e), url, method }));
      });
      r.on('error', (e) => resolve({ status: 0, headers: {}, location: '', text: String(e), url, method }));
      r.end(body);
    });
  }

  async get(url) {
    const page = await this.request('GET', url);
    const token = page.text.match(/name="csrf" value="([0-9a-f]+)"/);
    if (token) this.csrf = token[1];
    return page;
  }

  async open() { await this.get('/sign-in'); return this; }
  async post(url, fields = {}) { return this.request('POST', url, { body: encode({ csrf: this.csrf, ...fields }) }); }

  async upload(url, fields, file) {
    const boundary = '----hostile7MA4YWxkTrZu0gW';
    const { type, body } = multipart(boundary, [...Object.entries({ csrf: this.csrf, ...fields }).map(([name, value]) => ({ name, value })), { field: 'file', ...file }]);
    return this.request('POST', url, { type, body });
  }

  async signIn(login) {
    await this.open();
    const reply = await this.post('/sign-in', { login, password: 'onestop-demo' });
    if (reply.status !== 303) throw new Error(`${login} cannot sign in: ${reply.status}`);
    await this.get('/sign-in');
    await this.get('/help');
    return this;
  }
}

export const encode = (fields) => Object.entries(fields).flatMap(([name, value]) => [].concat(value).map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`)).join('&');

export function multipart(boundary, parts) {
  const chunks = [];
  for (const { name, value, field, filename, content } of parts) {
    chunks.push(Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${field ?? name}"`));
    if (field) chunks.push(Buffer.from('; filename="'), Buffer.isBuffer(filename) ? filename : Buffer.from(filename ?? ''), Buffer.from('"\r\nContent-Type: application/octet-stream'));
    chunks.push(Buffer.from('\r\n\r\n'), Buffer.from(field ? content ?? '' : value), Buffer.from('\r\n'));
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return { type: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(chunks) };
}

export const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==', 'base64');

const plain = (html) => html.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
export { plain };

/** The fields of a page's main form: name, kind, value or values to choose from. */
export function fields(page) {
  const main = page.text.slice(page.text.indexOf('<main'), page.text.indexOf('</main'));
  const found = new Map();
  for (const [tag] of main.matchAll(/<(?:input|textarea)\b[^>]*>/g)) {
    const attribute = (name) => { const m = tag.match(new RegExp(`\\s${name}="([^"]*)"`)); return m ? plain(m[1]) : undefined; };
    const name = attribute('name'), kind = tag.startsWith('<textarea') ? 'textarea' : attribute('type') ?? 'text';
    if (!name || name === 'csrf') continue;
    if (!found.has(name)) found.set(name, { name, kind, values: [] });
    found.get(name).values.push(attribute('value') ?? '');
  }
  return [...found.values()];
}

const ANSWERS = {
  only_prepackaged: 'no', oil_fumes: 'yes', building: 'commercial', district: 'xihu', floor_area: '320', landlord_drainage_permit: 'no',
  entertainment: 'no', sells_tobacco: 'no', outdoor_sign: 'yes', large_advertisement: 'no', premises_right: 'rented', has_licence: 'no',
  business_form: 'sole-trader', owner_identity_number: '11010519491231002X', capital: '50000', fire_route: 'inspection',
  staff_identity_number: '11010519491231002X', handles_food: 'yes', employed: 'yes', bank_account: '',
};

/** Fields of a question page filled in as its kind wants; texts get `text`. */
export function filled(page, text, answers = {}) {
  const values = {};
  for (const { name, kind, values: choices } of fields(page)) {
    if (name === 'leave') continue;
    if (kind === 'hidden') values[name] = choices[0];
    else if (kind === 'radio') values[name] = answers[name] ?? ANSWERS[name] ?? choices[0];
    else values[name] = answers[name] ?? ANSWERS[name] ?? text;
  }
  return values;
}

/** A draft, begun and answered as far as the plan; its reference. `seen` gets each question's path and page on the way. */
export async function draft(visitor, { event = 'open-a-restaurant', text = 'Lakeside', answers = {}, seen = () => {} } = {}) {
  await visitor.open();
  const begun = await visitor.post('/apply', { event });
  const reference = (begun.location + begun.text).match(/\/apply\/([0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3})/)?.[1];
  let where = `/apply/${reference}`;
  for (let turn = 0; turn < 150 && !/\/(plan|outcome)$/.test(where); turn++) {
    const page = await visitor.get(where);
    if (page.status === 303) { where = page.location; continue; }
    let target = where.replace(/\?.*/, '');
    const isList = page.text.includes(`href="${target}/new`) || page.text.includes(`${target}/new`);
    if (isList && !page.text.includes(`${target}/m`)) {
      const member = await visitor.get(`${target}/new`);
      await seen(`${target}/new`, member);
      await visitor.post(`${target}/new`, filled(member, text, answers));
      continue;
    }
    if (!isList) await seen(target, page);
    const reply = await visitor.post(target, isList ? {} : filled(page, text, answers));
    if (reply.status !== 303) throw new Error(`${target} refused what it should take: ${reply.status} ${summary(reply)}`);
    where = reply.location;
  }
  return { reference, where };
}

/** Brings a file to each place that wants one, then sends. */
export async function send(visitor, reference, { filename = 'scan.png' } = {}) {
  const list = await visitor.get(`/apply/${reference}/evidence`);
  const places = [...new Set([...list.text.matchAll(new RegExp(`/apply/${reference}/evidence/([^"/]+)"`, 'g'))].map((m) => plain(m[1])))];
  for (const place of places) {
    const page = await visitor.get(`/apply/${reference}/evidence/${place}`);
    if (!page.text.includes('type="file"')) continue;
    const kinds = fields(page).find((f) => f.name === 'type');
    const reply = await visitor.upload(`/apply/${reference}/evidence/${place}`, kinds ? { type: kinds.values[0] } : {}, { filename, content: PNG });
    if (reply.status !== 303) throw new Error(`${place} refused a file: ${reply.status} ${summary(reply)}`);
  }
  await visitor.get(`/apply/${reference}/check`);
  return visitor.post(`/apply/${reference}/check`, { declared: 'yes' });
}

export const summary = (page) => (page.text.match(/govuk-error-summary[^]*?<\/ul>/)?.[0] ?? '').replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 400);
