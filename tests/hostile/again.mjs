// Everything twice: a double click, a second tab, the back button, a page that somebody else's act made stale. Nothing is lost, nothing
// is done twice, and who repeats is told what happened.
import { check, draft, fields, filled, plain, PNG, send, summary, Visitor } from './client.mjs';

const twice = async (one, other = one) => Promise.all([one(), other()]);
const both = (replies, right) => replies.every((r) => right.includes(r.status));
const said = (replies) => replies.map((r) => `${r.status} ${r.location} ${summary(r)}`).join(' | ');
const count = (text, pattern) => (text.match(pattern) ?? []).length;

async function drafts(port, language) {
  const visitor = await new Visitor(port, language).signIn('resident');
  const listed = async () => new Set([...(await visitor.get('/home')).text.matchAll(/\/appl(?:y|ications)\/([0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3})/g)].map((m) => m[1])).size;
  const before = await listed();
  const begun = [await visitor.post('/apply', { event: 'open-a-restaurant' }), await visitor.post('/apply', { event: 'open-a-restaurant' })];
  check(both(begun, [303]), `beginning twice: ${said(begun)}`);
  check(begun[0].location === begun[1].location && await listed() <= before + 1, `${language}: beginning twice begins one draft (${before} then ${await listed()})`);
  // Somebody without an account.
  const nobody = await new Visitor(port, language).open();
  const replies = await twice(() => nobody.post('/apply', { event: 'open-a-restaurant' }));
  check(both(replies, [200, 303]), `beginning twice without an account: ${said(replies)}`);
}

async function answers(port, language) {
  const visitor = new Visitor(port, language);
  const { reference } = await draft(visitor);
  const at = (fact) => `/apply/${reference}/questions/${fact}`;
  const shown = async (fact) => fields(await visitor.get(at(fact))).find((f) => f.name === fact)?.values[0];
  // Twice the same, two tabs with different questions, two tabs with the same question.
  check(both(await twice(() => visitor.post(at('restaurant_name'), { restaurant_name: 'Twice Noodles' })), [303]), 'answering twice');
  const tabs = await twice(() => visitor.post(at('restaurant_name'), { restaurant_name: 'First Tab' }), () => visitor.post(at('floor_area'), { floor_area: '77' }));
  check(both(tabs, [303]) && await shown('restaurant_name') === 'First Tab' && await shown('floor_area') === '77', `${language}: two tabs with two questions lose neither`);
  const many = await Promise.all(Array.from({ length: 8 }, (_, i) => visitor.post(at(i % 2 ? 'restaurant_name' : 'floor_area'), i % 2 ? { restaurant_name: `Tab ${i}` } : { floor_area: `${100 + i}` })));
  check(both(many, [303]) && /^Tab \d$/.test(await shown('restaurant_name')) && /^10\d$/.test(await shown('floor_area')), `${language}: eight tabs: ${said(many)}`);
  // A member of a list sent twice is one; two of the same name, one after the other, are two.
  const member = filled(await visitor.get(`${at('staff')}/new`), 'Second Person');
  const members = async () => count((await visitor.get(at('staff'))).text, new RegExp(`${at('staff')}/m\\d+"`, 'g'));
  const had = await members();
  await twice(() => visitor.post(`${at('staff')}/new`, member));
  check(await members() === had + 1, `${language}: a member sent twice is one (${had} then ${await members()})`);
  await visitor.post(`${at('staff')}/new`, member);
  check(await members() === had + 1, `${language}: sent again with the back button, it is still one`);
  await visitor.post(`${at('staff')}/new`, filled(await visitor.get(`${at('staff')}/new`), 'Second Person'));
  check(await members() === had + 2, `${language}: another of the same name is another one`);
  const last = (await visitor.get(at('staff'))).text.match(new RegExp(`${at('staff')}/(m\\d+)/remove`, 'g')).at(-1);
  check(both(await twice(() => visitor.post(last)), [303, 404]) && await members() === had + 1, `${language}: removing twice removes one`);
  await visitor.post(at('staff'), {});
  // A file twice: one stands.
  const list = await visitor.get(`/apply/${reference}/evidence`);
  const place = [...new Set([...list.text.matchAll(new RegExp(`(/apply/${reference}/evidence/[^"/]+)"`, 'g'))].map((m) => plain(m[1])))].at(-1);
  const page = await visitor.get(place);
  const type = fields(page).find((f) => f.name === 'type')?.values[0];
  const upload = (filename) => visitor.upload(place, type ? { type } : {}, { filename, content: PNG });
  check(both(await twice(() => upload('one.png'), () => upload('two.png')), [303]), `${language}: uploading twice`);
  const files = (await visitor.get(place)).text;
  check(files.includes('one.png') !== files.includes('two.png'), `${language}: of two files at once one stands`);
  // Sent twice, together and later: one application, and the receipt that says when.
  const sent = await Promise.all([send(visitor, reference), visitor.post(`/apply/${reference}/check`, { declared: 'yes' }), visitor.post(`/apply/${reference}/check`, { declared: 'yes' })]);
  const later = await visitor.post(`/apply/${reference}/check`, { declared: 'yes' });
  check([303, 422].includes(sent[0].status) && later.status === 303 && later.location === `/apply/${reference}/sent`, `${language}: sending again leads to the receipt: ${said([...sent, later])}`);
  const receipt = await visitor.get(`/apply/${reference}/sent`);
  const again = await visitor.get(`/apply/${reference}/sent`);
  check(receipt.status === 200 && receipt.text.replace(/[0-9a-f]{32}/g, '') === again.text.replace(/[0-9a-f]{32}/g, ''), `${language}: the receipt stays the same`);
  check(language === 'zh' ? /您已于\s?\d{4} ?年/.test(receipt.text) : /You sent this application on \d{1,2} \w+ \d{4}/.test(receipt.text), `${language}: it says when`);
  // The pages of the draft, with the back button after sending: each leads to the receipt and changes nothing.
  for (const [url, values] of [[at('restaurant_name'), { restaurant_name: 'Too Late' }], [`${at('staff')}/new`, member], [at('staff'), {}], [`/apply/${reference}/discard`, {}], [`/apply/${reference}/secret`, {}]]) {
    const reply = await visitor.post(url, values);
    check(reply.status === 303 && reply.location.startsWith(`/apply/${reference}/sent`), `${language}: ${url} after sending: ${said([reply])}`);
  }
  const late = await visitor.upload(place, type ? { type } : {}, { filename: 'late.png', content: PNG });
  check(late.status === 303 && late.location.endsWith('/sent'), `${language}: a file after sending: ${said([late])}`);
  const whole = await visitor.get(`/applications/${reference}`);
  check(whole.status === 200 && !/Too Late|late\.png/.test((await visitor.get(`/applications/${reference}/sent-in`)).text), `${language}: nothing of it was changed`);
  return { visitor, reference };
}

async function office(port, language, { visitor, reference }) {
  const officer = await new Visitor(port, language).signIn('officer.market-regulation');
  const colleague = await new Visitor(port, language).signIn('officer.market-regulation');
  const url = `/office/${reference}/1`;
  const entries = (page) => Number(page.text.match(/name="entries" value="(\d+)"/)?.[1]);
  const steps = async () => count((await visitor.get(`/applications/${reference}/steps`)).text, /<li[\s>]/g);
  const stale = entries(await officer.get(url));
  await colleague.get(url);
  const act = (who, kind, n, values = {}) => who.post(`${url}/${kind}`, { entries: n, confirmed: 'yes', ...values });

  const item = { 'ask-item-fact-restaurant_name': 'Another name' , 'ask-message': 'Both of them' };
  let replies = await twice(() => act(officer, 'ask', stale, item), () => act(colleague, 'ask', stale, item));
  check(replies.map((r) => r.status).sort().join() === '303,409', `${language}: two officers ask at once, one is told: ${said(replies)}`);
  const told = replies.find((r) => r.status === 409);
  check(told && /<h1/.test(told.text) && (language === 'zh' ? /已|更新|处理/.test(told.text) : /meanwhile/i.test(told.text)), `${language}: and sees what changed`);
  // The words that it took to write are there for the case as it is now.
  const back = told ? Object.fromEntries(fields(told).map((f) => [f.name, f.values[0]])) : {};
  check(back['ask-message'] === item['ask-message'] && back.entries === undefined && back.confirmed === undefined, `${language}: an officer's words are kept: ${JSON.stringify(back)}`);
  check((await officer.post(`${url}/ask`, { ...back, change: 'yes' })).status === 200, `${language}: and the case is shown as it is now`);
  for (const kind of ['ask', 'accept', 'grant', 'refuse', 'issue', 'suspend', 'extend', 'resume', 'decline', 'inspect', 'accept-deficient'])
    check([404, 409, 422].includes((await act(officer, kind, stale, { ...item, 'refuse-reason': 'x', 'decline-reason': 'x', 'extend-reason': 'x', 'suspend-reason': 'x', 'inspect-report': 'x' })).status), `${language}: ${kind} from a stale page is refused`);
  for (const n of ['', 'abc', '-1', '99999999999', '0'])
    check([404, 409].includes((await act(officer, 'accept', n)).status), `${language}: a page that says it saw ${n} entries is refused`);

  // The correction, twice.
  const correct = `/applications/${reference}/correct/1`;
  const values = { ...filled(await visitor.get(correct), 'Corrected Noodles'), restaurant_name: 'Corrected Noodles' };
  replies = await twice(() => visitor.post(correct, values));
  check(both(replies, [303]) && replies.every((r) => r.location.includes('done=corrected')), `${language}: a correction sent twice is sent: ${said(replies)}`);
  const late = await visitor.post(correct, { ...values, restaurant_name: 'Once More' });
  check(late.status === 303 && !(await visitor.get(`/applications/${reference}`)).text.includes('Once More'), `${language}: and once more changes nothing: ${said([late])}`);

  // Each step twice, by a double click.
  for (const [kind, more] of [['accept', {}], ['grant', {}], ['issue', { 'issue-number': 'N-1' }]]) {
    const n = entries(await officer.get(url)), before = await steps();
    replies = await twice(() => act(officer, kind, n, more));
    check(replies.some((r) => r.status === 303) && both(replies, [303, 409]), `${language}: ${kind} twice: ${said(replies)}`);
    const after = await steps();
    await act(officer, kind, n, more);
    check(await steps() === after && after > before, `${language}: ${kind} twice is done once (${before}, ${after})`);
  }
  // Rating twice, withdrawing twice, and withdrawing what is decided.
  const rate = `/applications/${reference}/rate/1`;
  replies = await twice(() => visitor.post(rate, { grade: '5', text: 'Good' }));
  check(replies.some((r) => r.status === 303), `${language}: rating twice: ${said(replies)}`);
  replies = [await visitor.post(rate, { grade: '1' }), await visitor.post(`/applications/${reference}/withdraw/1`)];
  check(both(replies, [303, 409]), `${language}: rating again, withdrawing what is decided: ${said(replies)}`);
  check(replies.every((r) => r.status !== 500 && (r.status === 303 || /<h1/.test(r.text))), 'with a page');
  replies = await twice(() => visitor.post(`/applications/${reference}/withdraw`));
  check(replies.some((r) => r.status === 303) && both(replies, [303, 409]), `${language}: withdrawing twice: ${said(replies)}`);
}

/** A page that was open while somebody signed in has an old token: what was typed on it is kept, but for no other site. */
async function stale(port, language) {
  const visitor = new Visitor(port, language);
  const { reference } = await draft(visitor);
  const question = `/apply/${reference}/questions/restaurant_name`;
  const old = visitor.csrf, typed = '"Kept" & <b>sent</b> Noodles';
  await visitor.signIn('resident');
  const post = (headers) => visitor.request('POST', question, { body: new URLSearchParams({ csrf: old, from: '', restaurant_name: typed }).toString(), headers });
  const other = await post({ 'sec-fetch-site': 'cross-site' });
  check(other.status === 403 && !other.text.includes('Noodles'), `${language}: another site gets no new token`);
  const page = await post({ 'sec-fetch-site': 'same-origin' });
  const kept = Object.fromEntries(fields(page).map((f) => [f.name, f.values[0]]));
  check(page.status === 403 && kept.restaurant_name === typed && page.text.includes(`action="${question}"`), `${language}: what a stale page sent is kept (${page.status})`);
  visitor.csrf = page.text.match(/name="csrf" value="([0-9a-f]+)"/g)?.at(-1).match(/[0-9a-f]{32}/)[0];
  check((await visitor.post(question, kept)).status === 303 && fields(await visitor.get(question)).find((f) => f.name === 'restaurant_name').values[0] === typed, `${language}: and is taken when it is sent once more`);
  const secret = await visitor.request('POST', '/sign-in', { body: 'csrf=0&login=a&password=hunter2hunter2', headers: { 'sec-fetch-site': 'same-origin' } });
  check(secret.status === 403 && !secret.text.includes('hunter2'), `${language}: a password is not kept`);
}

async function accounts(port) {
  const visitor = await new Visitor(port).open();
  const values = { login: `twice${Date.now()}@example.org`, name: 'Somebody', password: 'long enough to pass', kind: 'person' };
  const replies = await twice(() => visitor.post('/register', values));
  check(replies.some((r) => r.status === 303) && both(replies, [303, 422]), `registering twice: ${said(replies)}`);
  const other = await new Visitor(port).open();
  check((await other.post('/sign-in', values)).status === 303, 'and the account is there');
  await other.get('/help');
  const token = other.csrf, cookie = other.cookie;
  const page = await other.get('/home');
  check(page.status === 200, 'at home');
  check((await other.post('/sign-out')).status === 303, 'signing out');
  other.csrf = token;
  const again = await other.request('POST', '/sign-out', { body: `csrf=${token}`, cookie });
  check([303, 403].includes(again.status), `signing out twice: ${again.status}`);
  check((await other.request('GET', '/home', { cookie })).status === 303, 'the old cookie opens nothing');
  // Guessing: after some tries nobody is let in for a while, not even with the right password, and the page says so.
  const guesser = await new Visitor(port).open();
  let last;
  for (let i = 0; i < 11; i++) last = await guesser.post('/sign-in', { login: values.login, password: `guess ${i} of many` });
  check(last.status === 429 && /Wait 15 minutes/.test(last.text) && last.headers['retry-after'], `guessing ends with ${last.status}`);
}

export async function again(port) {
  for (const language of ['en', 'zh']) {
    await drafts(port, language);
    await office(port, language, await answers(port, language));
    await stale(port, language);
  }
  await accounts(port);
}
