// Requests that no browser makes: paths, headers, methods and lengths that could be read in two ways, or not at all.
import fs from 'node:fs';
import { check, raw, Visitor } from './client.mjs';

const get = (target, headers = '') => `GET ${target} HTTP/1.1\r\nHost: a\r\n${headers}\r\n`;
const post = (body, headers, target = '/track') => `POST ${target} HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n${headers}\r\n${body}`;

// What is sent, and the answers that are right. 0: the connection is closed without one, where no request could be read.
const REQUESTS = {
  'two slashes': [get('//'), [400, 404]], 'slashes before another site': [get('//example.org/'), [400, 404]], 'dots': [get('/../../etc/passwd'), [400, 404]],
  'escaped dots': [get('/assets/%2e%2e/%2e%2e/etc/passwd'), [400, 404]], 'an escaped slash': [get('/assets/..%2f..%2fetc%2fpasswd'), [400]], 'an escaped backslash': [get('/assets/..%5c..%5cx'), [400, 404]],
  'NUL in a path': [get('/help%00'), [400]], 'a raw NUL in a path': [get('/x\0y'), [400, 404]], 'overlong UTF-8': [get('/%c0%af%c0%ae'), [400]], 'half a letter': [get('/%e4%b8'), [400]], 'a surrogate': [get('/%ed%a0%80'), [400]],
  'raw bytes': [get('/\xff\xfe'), [400]], 'a broken escape': [get('/%zz'), [400]], 'an escape cut off': [get('/help%2'), [400]], 'a line end': [get('/%0d%0aSet-Cookie:x=1'), [400]],
  '3000 bytes': [get(`/${'a'.repeat(3000)}`), [414]], '30,000 bytes': [get(`/${'a'.repeat(30000)}`), [414, 431]], 'a long query': [get(`/search?q=${'a'.repeat(3000)}`), [414]], '400 segments': [get('/a'.repeat(400)), [404]],
  'no path': [get(''), [400]], 'a star': ['OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n', [400, 404, 405]], 'a whole address': [get('http://example.org/help'), [200]], 'a bare word': [get('help'), [400, 404]], 'a fragment': [get('/help#x'), [200, 400, 404]],
  'no Host': ['GET /help HTTP/1.1\r\n\r\n', [400]], 'two Hosts': ['GET /help HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', [200, 400]], 'an old version': ['GET /help HTTP/1.0\r\n\r\n', [200]], 'no version': ['GET /help\r\n\r\n', [0, 200, 400]],
  'a version to come': ['GET / HTTP/9.9\r\nHost: a\r\n\r\n', [400, 505]], 'no HTTP': ['\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', [0, 400]], 'nothing': ['\r\n\r\n\r\n', [0, 400]],
  'a header without a colon': [get('/help', 'nonsense\r\n'), [400]], 'a folded header': [get('/help', ' folded\r\n'), [200, 400]], 'NUL in a header': [get('/help', 'X-A: a\0b\r\n'), [200, 400]], 'a lone CR': [get('/help', 'X-A: a\rb\r\n'), [200, 400]],
  'a huge cookie': [get('/help', `Cookie: onestop=${'a'.repeat(20000)}\r\n`), [431]], '200 cookies': [get('/help', `Cookie: ${'a=b; '.repeat(200)}\r\n`), [200]], 'a thousand cookies': [get('/help', `Cookie: ${'a=b; '.repeat(1000)}\r\n`), [0, 431]], 'a thousand headers': [get('/help', 'X-A: b\r\n'.repeat(1000)), [200, 431]],
  'a broken cookie': [get('/help', 'Cookie: onestop="; lang==;;=\xff\r\n'), [200]], 'languages': [get('/help', `Accept-Language: ${'zh;q=0.1111111111,'.repeat(200)};;q=;,*\r\n`), [200]],
  'two lengths': [post('abc', 'Content-Length: 3\r\nContent-Length: 3\r\n'), [400]], 'a length below zero': [post('abc', 'Content-Length: -3\r\n'), [400]], 'a length in words': [post('abc', 'Content-Length: three\r\n'), [400]],
  'a length too long': [post('abc', 'Content-Length: 99999999999999999999999\r\n'), [400, 413]], 'a length in hex': [post('abc', 'Content-Length: 0x3\r\n'), [400]], 'an empty length': [post('', 'Content-Length:\r\n'), [400]],
  'both lengths': [post('3\r\nabc\r\n0\r\n\r\n', 'Content-Length: 3\r\nTransfer-Encoding: chunked\r\n'), [400]], 'two encodings': [post('3\r\nabc\r\n0\r\n\r\n', 'Transfer-Encoding: gzip, chunked\r\n'), [400]], 'no chunked': [post('abc', 'Transfer-Encoding: identity\r\n'), [400]],
  'chunks': [post('3\r\na=b\r\n0\r\n\r\n', 'Transfer-Encoding: chunked\r\n'), [403]], 'broken chunks': [post('zz\r\na=b\r\n', 'Transfer-Encoding: chunked\r\n'), [0, 400]], 'a huge chunk': [post('ffffffffffffffffff\r\na', 'Transfer-Encoding: chunked\r\n'), [0, 400, 413]],
  'a body of a GET': ['GET /help HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc', [400]], 'no length': ['POST /track HTTP/1.1\r\nHost: a\r\n\r\n', [403, 411]], 'no type': ['POST /track HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na=b', [415]],
  'JSON': ['POST /track HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}', [415]], 'Expect': [post('a=b', 'Expect: 100-continue\r\nContent-Length: 3\r\n'), [403]], 'Expect something else': [post('a=b', 'Expect: the unexpected\r\nContent-Length: 3\r\n'), [403, 417]],
  'a form of 300 kB': [post('a='.padEnd(300000, 'x'), 'Content-Length: 300000\r\n'), [413]], 'a form of 300 kB in chunks': [post(`493e0\r\n${'a='.padEnd(300000, 'x')}\r\n0\r\n\r\n`, 'Transfer-Encoding: chunked\r\n'), [413]],
  'a form of 3 MB': [post('a='.padEnd(3000000, 'x'), 'Content-Length: 3000000\r\n'), [413]],
  '2 GB promised to a form': [post('a=b', 'Content-Length: 2147483648\r\n'), [413]], 'an upgrade': [get('/help', 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n'), [200]],
  'two requests at once': [`${get('/help')}${get('/help', 'Connection: close\r\n')}`, [200]],
};
for (const method of ['PUT', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS', 'CONNECT', 'PROPFIND', 'get', 'G\xffT', 'X'.repeat(300)])
  REQUESTS[`the method ${method.slice(0, 10)}`] = [`${method} /help HTTP/1.1\r\nHost: a\r\n\r\n`, [400, 405, 501]];
for (const method of ['PUT', 'DELETE', 'PATCH']) REQUESTS[`the method ${method} with a body`] = [`${method} /track HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\na=b`, [400, 405]];

export async function http(port) {
  for (const [what, [bytes, right]] of Object.entries(REQUESTS)) {
    const reply = await raw(port, bytes, { wait: right.includes(0) ? 1000 : 5000 });
    check(right.includes(reply.status), `${what}: answered ${reply.status} (${reply.reset}) ${reply.text.slice(0, 60)}`);
    if (reply.status === 413 && !/a length too long|a huge chunk/.test(what)) check(/<h1/.test(reply.body), `${what}: has a page`);
    check(!/TRACE \/help|x=1/.test(reply.body) && !reply.headers['set-cookie']?.includes('x=1'), `${what}: is not sent back`);
  }
  const head = await raw(port, 'HEAD /help HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', { wait: 1000 });
  check(head.status === 200 && head.body === '' && Number(head.headers['content-length']) > 1000, 'HEAD has the headers alone');

  // A cookie that another site planted, or one that is none, is answered with a new one, and opens nothing.
  for (const cookie of ['onestop=1', 'onestop=', `onestop=${'0'.repeat(64)}`, `onestop=${'g'.repeat(64)}`, 'onestop=../../etc; lang=../../x', `lang=${'z'.repeat(3000)}`]) {
    const page = await new Visitor(port).request('GET', '/home', { cookie });
    check(page.status === 303 && page.location.startsWith('/sign-in'), `${cookie.slice(0, 30)}: opens nothing (${page.status})`);
  }
}

/** A thousand who say nothing, fifty who say it slowly: others are served, and nothing is left behind. */
export async function crowd(port, stage) {
  const { connect } = await import('node:net');
  const sockets = [];
  const open = () => new Promise((resolve) => { const s = connect(port, '127.0.0.1', () => resolve()); s.on('error', resolve); sockets.push(s); });
  for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: 85 }, open));
  const slow = Array.from({ length: 50 }, () => { const s = connect(port, '127.0.0.1'); s.on('error', () => {}); s.write('POST /track HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 200000\r\n'); return s; });
  let beat = 0;
  const timer = setInterval(() => slow.forEach((s, i) => !s.destroyed && s.write(i % 2 ? `X-${beat}: a\r\n` : beat++ ? 'a' : '\r\n')), 100);
  const visitor = await new Visitor(port).open();
  let worst = 0;
  for (let i = 0; i < 40; i++) {
    const started = Date.now();
    const page = await visitor.get('/');
    check(page.status === 200, `somebody is served meanwhile (${page.status})`);
    worst = Math.max(worst, Date.now() - started);
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  check(worst < 2000, `the longest wait meanwhile was ${worst} ms`);
  clearInterval(timer);
  for (const socket of [...sockets, ...slow]) socket.destroy();
  // More than it takes: those too many are turned away, and when they are gone everybody is served again.
  sockets.length = 0;
  for (let i = 0; i < 12; i++) await Promise.all(Array.from({ length: 100 }, open));
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 200));
  check((await visitor.get('/')).status === 200, 'after more connections than it takes, everybody is served again');
  const open_files = fs.readdirSync(`/proc/${stage.pid}/fd`).length;
  check(open_files < 120, `${open_files} files are open afterwards`);
}
