// Forms and files as nobody's browser sends them, and as somebody's does with the wrong file. What a person could have done is told
// at the field; what was made by hand gets a clean 4xx.
import { connect } from 'node:net';
import { check, draft, encode, multipart, plain, PNG, raw, summary, Visitor } from './client.mjs';
import { faults } from './routes.mjs';

const MB = 1 << 20;
const png = (bytes) => Buffer.concat([PNG.subarray(0, PNG.length - 12), Buffer.alloc(bytes - PNG.length), PNG.subarray(PNG.length - 12)]);
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

export async function forms(port, stage) {
  const visitor = new Visitor(port);
  const { reference } = await draft(visitor);
  const question = `/apply/${reference}/questions/restaurant_name`;
  const csrf = visitor.csrf;
  const many = (count) => `csrf=${csrf}&${Array.from({ length: count }, (_, i) => `f${i}=1`).join('&')}&restaurant_name=Lakeside`;
  const FORMS = {
    '290 fields': [many(290), [303]], '2500 fields': [many(2500), [400]], 'a name twice': [`csrf=${csrf}&restaurant_name=First&restaurant_name=Second`, [303]], 'the token twice': [`csrf=x&csrf=${csrf}&restaurant_name=A`, [403]],
    'no =': [`csrf=${csrf}&restaurant_name`, [422]], 'nothing but &': ['&&&&', [403]], 'nothing': ['', [403]], 'no name': [`csrf=${csrf}&=x`, [400]], 'a broken escape': [`csrf=${csrf}&restaurant_name=50%`, [400]],
    'an escape that is none': [`csrf=${csrf}&restaurant_name=%u4f60`, [400]], 'NUL': [`csrf=${csrf}&restaurant_name=a%00b`, [422]], 'broken UTF-8': [`csrf=${csrf}&restaurant_name=%ff%fe`, [422]], 'raw broken UTF-8': [Buffer.from(`csrf=${csrf}&restaurant_name=\xff`, 'latin1'), [422]],
    'a name with quotes': [`csrf=${csrf}&restaurant_name=Lakeside&%22%3E%3Csvg%2Fonload%3Dpwn%3E=1`, [303]], 'a name of 10 kB': [`csrf=${csrf}&${'n'.repeat(10000)}=1`, [400]], 'a name with NUL': [`csrf=${csrf}&a%00=1`, [400]],
    'JSON under a false flag': [`{"csrf":"${csrf}"}`, [403]], 'a value of 200 kB': [`csrf=${csrf}&restaurant_name=${'x'.repeat(200000)}`, [422]], 'a value of 250 kB that must be escaped': [`csrf=${csrf}&restaurant_name=${'"'.repeat(250000)}`, [422]],
  };
  for (const [what, [body, right]] of Object.entries(FORMS)) {
    const reply = await visitor.request('POST', question, { body });
    const found = faults(reply);
    check(right.includes(reply.status) && !found.length, `${what}: answered ${reply.status} ${found.join(', ')}`);
    check(!/"><svg/.test(reply.text), `${what}: comes back escaped`);
  }

  // ---- files
  const list = await visitor.get(`/apply/${reference}/evidence`);
  const places = [...new Set([...list.text.matchAll(new RegExp(`/apply/${reference}/evidence/([^"/]+)"`, 'g'))].map((m) => plain(m[1])))];
  let place;
  for (const one of places) {
    const page = await visitor.get(`/apply/${reference}/evidence/${one}`);
    if (page.text.includes('type="file"') && !page.text.includes('name="type"')) { place = `/apply/${reference}/evidence/${one}`; break; }
  }
  const limit = Number(((await visitor.get(place)).text.match(/up to (\d+) MB/) ?? [])[1]) * MB;
  check(limit > 0, 'the limit is told before');
  const at_field = (reply, words, what) => {
    check(reply.status === 422, `${what}: ${reply.status} ${reply.text.slice(0, 80)}`);
    check(words.test(summary(reply)), `${what}: on top it says ${summary(reply)}`);
    check(words.test(reply.text.match(/<p class="govuk-error-message"[^]*?<\/p>/)?.[0] ?? ''), `${what}: and at the field`);
    check(/<title>\s*(Error|错误)/.test(reply.text), `${what}: and in the title`);
  };
  const upload = (filename, content) => visitor.upload(place, {}, { filename, content });
  const LARGE = /must be smaller than \d+ MB/, TYPE = /must be a PDF, JPG or PNG/, OPEN = /could not open the file/, CHOOSE = /Select a file|Choose a file|Select the file/;
  at_field(await upload('', ''), CHOOSE, 'no file chosen');
  at_field(await upload('empty.png', ''), /empty/i, 'an empty file');
  at_field(await upload('a.exe', Buffer.from('MZ\x90\0\x03')), TYPE, 'a program');
  at_field(await upload('a.pdf', Buffer.from('<html><script>x</script></html>')), TYPE, 'a web page that is called PDF');
  at_field(await upload('a.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="pwn"/>')), TYPE, 'an SVG');
  at_field(await upload('a.pdf', PDF.subarray(0, 20)), OPEN, 'a PDF cut short');
  at_field(await upload('a.png', PNG.subarray(0, 40)), OPEN, 'a PNG cut short');
  at_field(await upload('a.png', png(limit + 1)), LARGE, 'a byte above the limit');
  at_field(await upload('a.png', png(limit + 5 * MB)), LARGE, 'five MB above the limit');
  check((await upload('a.png', png(limit))).status === 303, 'exactly at the limit');
  for (const [name, shown] of [['../../etc/passwd.png', 'passwd.png'], ['C:\\fakepath\\scan.png', 'scan.png'], ['%22%3E<svg onload=pwn>.png', '">'], ['图纸 店面.png', '图纸 店面.png'], [`${'长'.repeat(4000)}.png`, null],
    ['x'.repeat(10000), null], ['a\x01b.png', null], [Buffer.from('\xff\xfe.png', 'latin1'), null], ['\u202Egnp.exe', null], ['%0D%0ASet-Cookie: x=1.png', null], ['.', null], ['-rf', null], ["'; DROP TABLE evidence;--", "'; DROP TABLE"]]) {
    const reply = await upload(name, PNG);
    const what = `a file called ${JSON.stringify(String(name)).slice(0, 40)}`;
    check([303, 400].includes(reply.status), `${what}: ${reply.status}`);
    const page = await visitor.get(place);
    check(page.status === 200 && !/<svg onload|pwn>/.test(page.text), `${what}: is shown escaped`);
    if (shown && reply.status === 303) check(plain(page.text).includes(shown), `${what}: is shown as ${shown}`);
    const file = page.text.match(/href="(\/apply\/[^"]*\/files\/\d+)"/)?.[1];
    if (file) {
      const content = await visitor.request('GET', file);
      check(content.status === 200 && !content.headers['set-cookie']?.some?.((c) => c.startsWith('x=')), `${what}: opens`);
      check(content.headers['x-content-type-options'] === 'nosniff' && /^(image\/png|application\/pdf|image\/jpeg)$/.test(content.headers['content-type']), `${what}: is served as what it is: ${content.headers['content-type']}`);
    }
  }
  // A polyglot is taken for what its bytes begin with, and served as that and nothing else.
  const polyglot = await upload('a.html', Buffer.concat([PNG, Buffer.from('<script>pwn</script>')]));
  check([303, 422].includes(polyglot.status), `a picture that is a page too: ${polyglot.status}`);

  const part = (name, extra = '') => `--B\r\nContent-Disposition: form-data; name="${name}"${extra}\r\n\r\n`;
  const token = `${part('csrf')}${csrf}\r\n`;
  const MULTIPART = {
    'no boundary': ['multipart/form-data', `${token}--B--`, [400]], 'an empty boundary': ['multipart/form-data; boundary=', `${token}--B--`, [400]], 'another boundary': ['multipart/form-data; boundary=C', `${token}--B--`, [400]],
    'a long boundary': [`multipart/form-data; boundary=${'B'.repeat(200)}`, `${token}--B--`, [400]], 'cut off': ['multipart/form-data; boundary=B', `${token}${part('file', '; filename="a.png"')}abc`, [400]], 'no end': ['multipart/form-data; boundary=B', token, [400]],
    'no name': ['multipart/form-data; boundary=B', `${token}--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--`, [400]], 'no head': ['multipart/form-data; boundary=B', `${token}--B\r\n\r\nx\r\n--B--`, [400]],
    'a head without end': ['multipart/form-data; boundary=B', `${token}--B\r\nContent-Disposition: form-data; name="a"; ${'x'.repeat(5000)}`, [400]], 'an open quote': ['multipart/form-data; boundary=B', `${token}--B\r\nContent-Disposition: form-data; name="a\r\n\r\nx\r\n--B--`, [400]],
    'two files': ['multipart/form-data; boundary=B', `${token}${part('file', '; filename="a.png"')}a\r\n${part('file', '; filename="b.png"')}b\r\n--B--`, [400]], 'a file in place of the token': ['multipart/form-data; boundary=B', `${part('csrf', '; filename="x"')}${csrf}\r\n--B--`, [403]],
    'no file at all': ['multipart/form-data; boundary=B', `${token}--B--`, [422]], 'nothing': ['multipart/form-data; boundary=B', '', [403]], 'parts within parts': ['multipart/form-data; boundary=B', `${token}--B\r\nContent-Type: multipart/mixed; boundary=C\r\nContent-Disposition: form-data; name="file"\r\n\r\n--C\r\n\r\nx\r\n--C--\r\n--B--`, [400, 422]],
    'a form for a file': ['application/x-www-form-urlencoded', encode({ csrf, file: 'a.png' }), [422]], 'type in capitals': ['MULTIPART/FORM-DATA; BOUNDARY=B', `${token}--B--`, [422]], 'an unknown type': ['multipart/mixed; boundary=B', `${token}--B--`, [415]],
    '2000 parts': ['multipart/form-data; boundary=B', `${token}${Array.from({ length: 2000 }, (_, i) => `${part(`p${i}`)}x\r\n`).join('')}--B--`, [400]],
  };
  for (const [what, [type, body, right]] of Object.entries(MULTIPART)) {
    const reply = await visitor.request('POST', place, { type, body });
    const found = faults(reply);
    check(right.includes(reply.status) && !found.length, `in parts, ${what}: answered ${reply.status} ${found.join(', ')}`);
  }

  // ---- two gigabytes
  const { type, body } = multipart('B', [{ name: 'csrf', value: csrf }, { field: 'file', filename: 'video.mp4', content: '' }]);
  const end = Buffer.from('\r\n--B--\r\n'), start = body.subarray(0, body.length - end.length), GB2 = (/asan/.test(stage.program) ? 2 ** 28 : 2 ** 31) + 5;
  const head = (length) => `POST ${place} HTTP/1.1\r\nHost: a\r\nCookie: ${visitor.cookie}\r\nAccept-Language: zh\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\nConnection: close\r\n\r\n`;
  const block = Buffer.alloc(4 * MB, 'x');
  function* gigabytes() {
    yield Buffer.from(head(start.length + GB2 + end.length));
    yield start;
    for (let left = GB2; left > 0; left -= block.length) yield left < block.length ? block.subarray(0, left) : block;
    yield end;
  }
  const fast = await raw(port, [...gigabytes()], { wait: 40000 });
  check(fast.status === 422 && /20 MB|不能超过/.test(Buffer.from(fast.body, 'latin1').toString()), `a file of 2 GB is too large, at its field (${fast.status} ${fast.reset})`);
  // Promised and never sent: others are served, and nothing waits for it.
  const slow = connect(port, '127.0.0.1');
  slow.on('error', () => {});
  slow.write(head(GB2));
  check((await visitor.get(place)).status === 200, 'somebody is served while 2 GB are awaited');
  slow.destroy();
  const absurd = await raw(port, head(2 ** 52), { wait: 5000 });
  check(absurd.status === 413, `4 PB are refused at once (${absurd.status})`);
}
