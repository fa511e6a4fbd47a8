// Markup in everything that can be typed: shown escaped wherever it appears, to whoever reads it.
import { check, draft, filled, plain, send, summary, Visitor, PNG } from './client.mjs';

const PROBE = `'"><svg/onload=pwn>&lt;`;
const seen = { pages: 0, shown: 0 };

/** The probe may stand in a page in one way: with every sign of markup escaped. */
function escaped(page, what) {
  seen.pages++;
  const raw = page.text.includes('<svg/onload') || page.text.includes(`"&gt;&lt;svg`) || page.text.includes(`'">`) || /[^;]&lt;svg\/onload=pwn&gt;&lt;/.test(page.text);
  if (page.text.includes('svg/onload')) seen.shown++;
  check(!raw && page.status < 500, `${what}: ${page.status} ${page.text.match(/.{40}svg\/onload.{20}/)?.[0]}`);
  return page;
}

export async function markup(port) {
  for (const language of ['en', 'zh']) {
    const resident = new Visitor(port, language);
    const officer = await new Visitor(port, language).signIn('officer.market-regulation');
    await resident.open();
    const q = encodeURIComponent(PROBE);
    for (const url of [`/search?q=${q}`, `/sign-in?to=${q}`, `/sign-in?to=/${q}`, `/resume?reference=${q}`, `/track?reference=${q}`, `/events/${q}`, `/services/${q}`, `/${q}`, `/?lang=${q}`, `/?done=${q}`, `/help?${q}=${q}`])
      escaped(await resident.get(url), url);
    for (const [url, body] of [['/track', { reference: PROBE, secret: PROBE }], ['/resume', { reference: PROBE, secret: PROBE }], ['/sign-in', { login: PROBE, password: PROBE, to: PROBE }], ['/register', { name: PROBE, login: PROBE, password: 'short', kind: PROBE }], ['/apply', { event: PROBE }]])
      escaped(await resident.post(url, body), `POST ${url}`);

    // Everything that a resident types, and every page that shows it.
    const { reference } = await draft(resident, { text: PROBE, answers: { restaurant_name: PROBE, owner_name: PROBE, staff_name: PROBE } });
    const sent = await send(resident, reference, { filename: `%22${PROBE.slice(2)}.png` });
    check(sent.status === 303, `${language}: what has markup in it can be sent (${sent.status} ${summary(sent)})`);
    const pages = [`/apply/${reference}/sent`, `/apply/${reference}/receipt`, `/applications/${reference}`, `/applications/${reference}/sent-in`, `/applications/${reference}/steps`, `/applications/${reference}/withdraw`, `/applications/${reference}/withdraw/1`, '/home'];
    const offices = [`/office?q=${reference}`, `/office?q=${q}`, `/office/${reference}/1`, `/office/${reference}/1?done=${q}`];
    const look = async () => {
      for (const url of pages) escaped(await resident.get(url), url);
      for (const url of offices) escaped(await officer.get(url), url);
    };
    await look();

    // An officer's words at every document and answer, then the resident's note, then the reasons of a refusal.
    let page = await officer.get(`/office/${reference}/1`);
    const items = Object.fromEntries([...page.text.matchAll(/name="(ask-item-[^"]+|item-[^"]+)"/g)].map((m) => [plain(m[1]), PROBE]));
    const entries = (p) => p.text.match(/name="entries" value="(\d+)"/)?.[1];
    const act = async (kind, values) => escaped(await officer.post(`/office/${reference}/1/${kind}`, { entries: entries(await officer.get(`/office/${reference}/1`)), ...values }), `${kind}`);
    await act('ask', { ...items, 'ask-message': PROBE });
    let reply = await act('ask', { ...items, 'ask-message': PROBE, confirmed: 'yes' });
    check(reply.status === 303, `${language}: a notice with markup goes out (${reply.status} ${summary(reply)})`);
    pages.push(`/applications/${reference}/correct/1`);
    await look();
    const correct = escaped(await resident.get(`/applications/${reference}/correct/1`), 'the correction');
    check(correct.text.includes('svg/onload'), `${language}: the officer's words are shown`);
    const values = filled(correct, PROBE);
    values.note = PROBE;
    escaped(await resident.post(`/applications/${reference}/correct/1`, { ...values, restaurant_name: 'x'.repeat(5000) }), 'a correction refused');
    const slot = correct.text.match(new RegExp(`/applications/${reference}/correct/1/files/([^"?]+)"`))?.[1] ?? correct.text.match(/formaction="[^"]*\/files\/([^"]+)"/)?.[1];
    if (slot) {
      escaped(await resident.post(`/applications/${reference}/correct/1/files/${plain(slot)}`, values), 'its file page');
      escaped(await resident.upload(`/applications/${reference}/correct/1/files/${plain(slot)}`, values, { filename: `%22${PROBE.slice(2)}.png`, content: PNG }), 'its file');
      escaped(await resident.upload(`/applications/${reference}/correct/1/files/${plain(slot)}`, values, { filename: `%22${PROBE.slice(2)}.exe`, content: 'MZ' }), 'its wrong file');
    }
    reply = escaped(await resident.post(`/applications/${reference}/correct/1`, values), 'the correction sent');
    check([303, 422].includes(reply.status), `${language}: the correction is taken (${reply.status} ${summary(reply)})`);
    await look();
    await act('accept', { 'accept-message': PROBE });
    await act('refuse', { 'refuse-reason': PROBE });
    reply = await act('refuse', { 'refuse-reason': PROBE, confirmed: 'yes' });
    check(reply.status === 303, `${language}: a refusal with markup goes out (${reply.status} ${summary(reply)})`);
    await look();
    const rate = `/applications/${reference}/rate/1`;
    escaped(await resident.get(rate), 'rating');
    escaped(await resident.post(rate, { text: PROBE, grade: PROBE }), 'a rating refused');
    reply = await resident.post(rate, { text: PROBE, grade: '1' });
    await look();
    escaped(await (await new Visitor(port, language).signIn('supervisor')).get('/oversight'), 'oversight');
    // A name that is shown on every page.
    const guest = await new Visitor(port, language).open();
    reply = await guest.post('/register', { name: PROBE, login: `${language}${Date.now()}${PROBE.replace(/ /g, '')}`, password: 'long enough to pass', kind: 'person', to: `//example.org/${PROBE}` });
    check(reply.status === 303 && reply.location === '/home', `${language}: a name with markup can register, and goes home (${reply.status} ${reply.location} ${summary(reply)})`);
    for (const url of ['/home', '/', '/help', `/nothing/${q}`]) escaped(await guest.get(url), `${url} of somebody with such a name`);
  }
  check(seen.shown > 60, `markup was shown on ${seen.shown} of ${seen.pages} pages`);
}
