// LAW cn.licensing art.32(1)(3).
// What a person can get wrong in each kind of question: told at the field and on top of the page, in the reader's language, with
// everything that was typed still there.
import { check, draft, fields, filled, plain, send, summary, Visitor } from './client.mjs';

const LONG = '面'.repeat(4000);
// By fact: what is typed (a date: day, month, year), and what is said.
const MISTAKES = {
  only_prepackaged: [['', /Select yes or no for/, /请为“.+”选择/], ['maybe', /Select yes or no for/, /请为“.+”选择/]],
  building: [['', /Select an answer for/, /请选择“/], ['castle', /Select an answer for/, /请选择“/], [LONG, /Select an answer for/, /请选择“/]],
  floor_area: [['', /Enter /, /请填写/], ['35,5', /must be a (whole )?number/, /应为/], ['many', /must be a (whole )?number/, /应为/], ['1', /must be between/, /应在.*之间/],
    ['99999999999999999999999999', /must be between/, /应在/], ['-5', /must be between/, /应在/], ['1e3', /must be a/, /应为/], ['\x01', /must be a/, /应为/], ['9'.repeat(5000), /must be/, /应/]],
  capital: [['', /Enter /, /请填写/], ['1.005', /must be/, /应/], ['5,00', /must be/, /应/], ['a lot', /must be/, /应/], [LONG, /must be/, /应/]],
  child_birth_date: [[['', '', ''], /Enter /, /请填写/], [['30', '2', '2026'], /must be a real date/, /不是真实存在的日期/], [['', '2', '2026'], /must include a day/, /缺少日/], [['3', '', '2026'], /must include a month/, /缺少月份/],
    [['3', '2', ''], /must include a year/, /缺少年份/], [['3', '2', '2199'], /must be today or in the past/, /不能晚于今天/], [['x', 'y', 'z'], /must be a real date/, /不是真实存在的日期/],
    [['-3', '2', '2026'], /must be a real date/, /不是真实/], [['99999999999999999999', '2', '2026'], /must be a real date/, /不是真实/], [['3', '2', '26'], /must be a real date/, /不是真实/]],
  restaurant_address: [['', /Enter /, /请填写/], [LONG, /must have at most/, /最多/], [LONG.repeat(6), /must have at most/, /最多/], ['a\x00b', /cannot read/, /无法识别/], ['文\x0B一', /cannot read/, /无法识别/]],
  restaurant_name: [['', /Enter /, /请填写/], ['   ', /Enter /, /请填写/], ['　', /Enter /, /请填写/], [LONG, /must have at most/, /最多/], ['\u202Egnp', /cannot read/, /无法识别/]],
  owner_identity_number: [['', /Enter /, /请填写/], ['110105194912310021', /last character does not fit/, /末位/], ['1101051949123100', /18 characters/, /18/], ['11010519A91231002X', /17 digits/, /17/],
    ['110105199002300028', /date of birth in it is not a real date/, /出生日期/], [LONG, /18 characters/, /18/]],
  credit_code: [['', /Enter /, /请填写/], ['91350100M000100Y44', /last character does not fit/, /末位/], ['91350100M000100Y4', /18 characters/, /18/], ['9135010OM000100Y43', /without I, O/, /I/]],
};
const RAW = { restaurant_name: 'Caf%E9%20%FF', owner_name: '%E4%BD' };

const typed = (fact, value) => (Array.isArray(value) ? { [`${fact}-day`]: value[0], [`${fact}-month`]: value[1], [`${fact}-year`]: value[2] } : { [fact]: value });
const readable = (text) => text.replace(/[\x00-\x08\x0B-\x1F\u202E]/g, '\uFFFD');

function told(page, fact, words, language, what) {
  const on_top = plain(summary(page));
  check(page.status === 422, `${what}: ${page.status}`);
  check(page.text.match(/<title>\s*([^<]*)/)?.[1].match(language === 'zh' ? /^错误/ : /^Error/), `${what}: the title says so: ${page.text.match(/<title>\s*([^<]*)/)?.[1]}`);
  check(words.test(on_top), `${what}: on top it says ${on_top}`);
  check(words.test([...page.text.matchAll(/<(p|div)[^>]*govuk-error-message[^]*?<\/\1>/g)].map((m) => plain(m[0])).join()), `${what}: at the field it says the same`);
  const target = page.text.match(/govuk-error-summary[^]*?href="#([^"]+)"/)?.[1];
  check(target && page.text.includes(`id="${target}"`), `${what}: the summary leads to #${target}`);
}

function kept(page, values, what) {
  const now = new Map(fields(page).map((f) => [f.name, f]));
  for (const [name, value] of Object.entries(values)) {
    if (['from', 'last'].includes(name)) continue;
    const field = now.get(name);
    const shown = field?.kind === 'textarea' ? plain(page.text.match(new RegExp(`<textarea[^>]*name="${name}"[^>]*>([^]*?)</textarea>`))?.[1].replace(/^\n/, '') ?? '') : field?.values[0];
    if (field?.kind === 'radio') {
      const known = field.values.includes(value);
      check(!known || new RegExp(`<input(?=[^>]*name="${name}")(?=[^>]*value="${value}")[^>]*checked`).test(page.text), `${what}: ${name} stays selected`);
    } else check(shown === readable(value), `${what}: ${name} is still there: ${JSON.stringify(shown)?.slice(0, 60)}`);
  }
}

export async function mistakes(port) {
  for (const language of ['en', 'zh-CN']) {
    const met = new Set();
    const short = language.slice(0, 2);
    const visitor = new Visitor(port, language);
    const seen = async (target, page) => {
      const fact = target.split('/').pop();
      for (const [value, english, chinese] of MISTAKES[fact] ?? []) {
        met.add(fact);
        const what = `${short} ${fact} ${JSON.stringify(value).slice(0, 30)}`;
        const values = typed(fact, value);
        const reply = await visitor.post(target, values);
        told(reply, fact, short === 'zh' ? chinese : english, short, what);
        kept(reply, values, what);
      }
      if (RAW[fact]) {
        const reply = await visitor.request('POST', target, { body: `csrf=${visitor.csrf}&${fact}=${RAW[fact]}` });
        told(reply, fact, short === 'zh' ? /无法识别/ : /cannot read/, short, `${short} ${fact} in broken UTF-8`);
        check(reply.text.includes('\uFFFD'), `${short} ${fact}: shows where`);
        met.add('broken');
      }
      if (fact === 'new') {
        // A member of a list has several fields: what is right in them stays beside what is wrong.
        met.add('list');
        const right = filled(page, '某人 Somebody');
        for (const name of Object.keys(right).filter((n) => n !== 'last' && n !== 'from')) {
          const values = { ...right, [name]: name.endsWith('number') ? '11010519491231002Y' : '' };
          const reply = await visitor.post(target, values);
          told(reply, name, short === 'zh' ? /请/ : /Enter|Select|Check/, short, `${short} list ${name}`);
          kept(reply, values, `${short} list ${name}`);
        }
        const reply = await visitor.post(target, {});
        told(reply, '', short === 'zh' ? /请/ : /Enter/, short, `${short} an empty member`);
        check((reply.text.match(/govuk-error-summary[^]*?<\/ul>/)[0].match(/<li/g) ?? []).length >= 3, `${short}: every field of it is named`);
      }
    };
    await draft(visitor, { seen, answers: { has_licence: 'yes', credit_code: '91350100M000100Y43' } });
    await draft(visitor, { seen });
    const birth = new Date(Date.now() - 5 * 86400e3);
    await draft(visitor, { event: 'birth-of-a-child', seen, answers: { 'child_birth_date-day': String(birth.getDate()), 'child_birth_date-month': String(birth.getMonth() + 1), 'child_birth_date-year': String(birth.getFullYear()),
      mother_identity_number: '11010519491231002X', father_identity_number: '11010519491231002X' } });
    for (const fact of [...Object.keys(MISTAKES), 'broken', 'list']) check(met.has(fact), `${short}: ${fact} was asked`);
  }
}

/** The forms that are no questions: accounts, numbers, a correction, a rating, an officer's steps. */
export async function others(port) {
  for (const language of ['en', 'zh']) {
    const zh = language === 'zh';
    const visitor = await new Visitor(port, language).open();
    const wrong = async (who, url, values, english, chinese, what) => {
      const reply = await who.post(url, values);
      told(reply, '', zh ? chinese : english, language, `${language} ${what}`);
      kept(reply, Object.fromEntries(Object.entries(values).filter(([name]) => !['password', 'secret', 'confirmed', 'entries', 'to'].includes(name))), `${language} ${what}`);
    };
    await wrong(visitor, '/register', {}, /Enter your name/, /请填写/, 'registering with nothing');
    await wrong(visitor, '/register', { kind: 'person', name: '某人', login: 'a b', password: 'long enough to pass' }, /must not contain blanks/, /空格/, 'a login with a blank');
    await wrong(visitor, '/register', { kind: 'person', name: '某人', login: 'x@example.org', password: 'short' }, /at least 10/, /10/, 'a short password');
    await wrong(visitor, '/register', { kind: 'business', name: '某人', login: 'resident', password: 'long enough to pass' }, /There is an account/, /已/, 'a login that is taken');
    await wrong(visitor, '/register', { kind: 'person', name: LONG, login: LONG, password: LONG }, /./, /./, 'everything too long');
    await wrong(visitor, '/sign-in', {}, /Enter your email/, /请填写|请输入/, 'signing in with nothing');
    await wrong(visitor, '/sign-in', { login: 'nobody@example.org', password: 'wrong wrong wrong' }, /do not belong together/, /不匹配|不一致|不符|错误/, 'a wrong password');
    for (const url of ['/track', '/resume']) {
      await wrong(visitor, url, {}, /Enter/, /请/, `${url} with nothing`);
      await wrong(visitor, url, { reference: 'K7M-2QF-9TD', secret: 'AAAA-AAAA' }, /./, /./, `${url} with a pair that is none`);
    }

    const { reference } = await draft(visitor, { text: '湖边 Noodles' });
    await send(visitor, reference);
    const officer = await new Visitor(port, language).signIn('officer.market-regulation');
    let url = `/office/${reference}/1`;
    const step = async (kind, values, english, chinese) => {
      const page = await officer.get(url);
      if (!check(page.text.includes(`action="${url}/${kind}"`), `${language}: ${kind} is offered`)) return;
      await wrong(officer, `${url}/${kind}`, { entries: page.text.match(/name="entries" value="(\d+)"/)[1], confirmed: 'yes', ...values }, english, chinese, kind);
    };
    await step('ask', {}, /Say what must be mended/, /请/);
    await step('ask', { 'ask-message': LONG + LONG }, /at most 4,000/, /4,?000/);
    await step('decline', { 'decline-reason': '  ' }, /Enter/, /请填写/);
    await officer.post(`${url}/ask`, { entries: '1', confirmed: 'yes', 'ask-item-fact-restaurant_name': 'Another one', 'ask-message': 'And more' });
    const correct = `/applications/${reference}/correct/1`;
    const page = await visitor.get(correct);
    check(page.status === 200 && page.text.includes('Another one'), `${language}: a correction is asked for (${page.status})`);
    await wrong(visitor, correct, { restaurant_name: '', note: 'Why 因为' }, /Enter/, /请填写/, 'a correction without its answer');
    await wrong(visitor, correct, { restaurant_name: '湖边面馆', note: LONG }, /at most 2000/, /2000/, 'a note that is too long');
    check((await visitor.post(correct, { restaurant_name: '湖边面馆', note: '' })).status === 303, `${language}: the right one is taken`);
    const accepted = await officer.get(url);
    await officer.post(`${url}/accept`, { entries: accepted.text.match(/name="entries" value="(\d+)"/)[1] });
    await step('refuse', {}, /Enter/, /请填写/);
    await step('refuse', { 'refuse-reason': LONG + LONG }, /at most 4,000/, /4,?000/);
    await step('extend', {}, /Enter/, /请填写/);
    const refusing = await officer.get(url);
    await officer.post(`${url}/refuse`, { entries: refusing.text.match(/name="entries" value="(\d+)"/)[1], confirmed: 'yes', 'refuse-reason': 'Because' });
    await wrong(visitor, `/applications/${reference}/rate/1`, { text: '谢谢 thanks' }, /Select a grade/, /请选择/, 'a rating without a grade');
    await wrong(visitor, `/applications/${reference}/rate/1`, { grade: '9', text: LONG }, /Select a grade/, /请选择/, 'a rating out of bounds');

    // The licence for food is inspected, and may be suspended; it begins when the first case is done.
    const { reference: whole } = await draft(visitor, { text: '湖边 Noodles' });
    await send(visitor, whole);
    const act = async (at, kind, values = {}) => officer.post(`${at}/${kind}`, { entries: (await officer.get(at)).text.match(/name="entries" value="(\d+)"/)?.[1], confirmed: 'yes', ...values });
    for (const [kind, values] of [['accept'], ['grant'], ['issue', { 'issue-number': 'N-1' }]]) await act(`/office/${whole}/1`, kind, values);
    const beside = (await officer.get(`/office/${whole}/1`)).text;
    url = [...beside.matchAll(new RegExp(`href="(/office/${whole}/\\d+)"`, 'g'))].map((m) => m[1]).find((one) => one !== `/office/${whole}/1`);
    if (!check(url, `${language}: the officer has another case of it`)) continue;
    await act(url, 'accept');
    await step('suspend', { 'suspend-reason': 'Why' }, /Select the legal ground/, /请选择/);
    await step('inspect', { 'inspect-report': 'Seen' }, /Select/, /请选择/);
  }
}
