#!/usr/bin/env node
// Writes a pack of as many services as one likes: bench/big_pack.mjs FOLDER SERVICES. It is the same each time, has no fault,
// and has three kinds of evidence to a service. It grows in breadth, in events of 200 services each; or, with `deep`, in one chain
// in which each service waits for the one behind it. What loading and linting take: bench/big_pack.mjs --measure [PROGRAM].

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const EVENT_SERVICES = 200, EVENT_FACTS = 20;
// Numbers in texts must be the same in each language, and names unlike: so both are made of letters.
const word = (n) => String(n).split('').map((digit) => 'abcdefghij'[digit]).join('');
const sign = (n) => String(n).split('').map((digit) => '甲乙丙丁戊己庚辛壬癸'[digit]).join('');
const both = (en, zh, n) => `{en: ${en} ${word(n)}, zh: ${zh}${sign(n)}}`;

const PACK = `pack: big
languages: [en, zh]
language-names: {en: English, zh: 中文}
name: {en: Big pack, zh: 大包}
area-name: {en: Everywhere, zh: 各地}
area: 1
currency: CNY
utc-offset: "+08:00"
free-weekdays: [saturday, sunday]
upload-max-mb: 10
phone: "12345"
---
calendar: 2026
---
calendar: 2027
---
law: only-law
name: {en: Only Law, zh: 唯一法}
---
authority: only-office
name: {en: Only office, zh: 唯一局}
level: city
task: {en: It decides., zh: 负责办理。}
---
procedure: licensing
name: {en: Licensing, zh: 许可}
correction: {time: 15 days}
deficiency: {time: 10 working days}
remedies: {name: {en: go to court, zh: 提起诉讼}}
`;

const fact = (event, i) => {
  const n = event * EVENT_FACTS + i, id = `fact_${n}`;
  if (i === 0) return `fact: ${id}\ntype: text\nname: ${both('Name', '名称', n)}\nquestion: ${both('What is the name of', '请填写名称', n)}\n`;
  if (i % 2) return `fact: ${id}\ntype: yes-no\nname: ${both('Yes', '是否', n)}\nquestion: ${both('Is it', '是不是', n)}\n`;
  return `fact: ${id}\ntype: number\nmin: 0\nwhole: true\nname: ${both('Number', '数量', n)}\nquestion: ${both('How many', '有多少', n)}\n`;
};

// A service needs what up to two before it give, one of two papers, and in half of all cases one more.
const service = (n, services, deep) => {
  const group = Math.floor(n / EVENT_SERVICES), event = deep ? 0 : group, i = n % EVENT_SERVICES, first = group * EVENT_SERVICES;
  const yes = `fact_${event * EVENT_FACTS + 1 + 2 * (i % 9)}`, number = `fact_${event * EVENT_FACTS + 2 + 2 * (i % 9)}`;
  const before = [Math.floor((i - 1) / 2), i - 7].filter((j, at, all) => j >= 0 && j < i && all.indexOf(j) === at);
  return `service: service-${n}
name: ${both('Service', '事项', n)}
summary: ${both('You may do', '取得资格', n)}
authority: only-office
procedure: licensing
legal: {law: only-law, article: "${n}"}
needs:
${(deep ? [n + 1 - first] : before).filter((j) => first + j < services).map((j) => `  - evidence: result-${first + j}\n`).join('')}  - any: [paper-${n}, other-${n}]
  - evidence: paper-${first + (i * 7) % EVENT_SERVICES}
    when: ${yes} and ${number} > ${i % 5}
gives: result-${n}
time:
  - {when: ${number} > 10, statutory: 20 working days}
  - {statutory: 10 working days}
`;
};

const evidence = (n) => `evidence: result-${n}\nname: ${both('Result', '结果', n)}\n---
evidence: paper-${n}\nname: ${both('Paper', '材料', n)}\nupload: true\n---
evidence: other-${n}\nname: ${both('Other paper', '其他材料', n)}\nupload: true\n`;

const event = (n, services) => {
  const goals = [];
  for (let i = n * EVENT_SERVICES; i < Math.min((n + 1) * EVENT_SERVICES, services); i++) goals.push(`  - evidence: result-${i}`);
  const facts = Array.from({ length: Math.min(EVENT_FACTS - 1, 2 * goals.length + 1) }, (_, i) => `fact_${n * EVENT_FACTS + i}`);
  return `event: event-${n}
name: ${both('Event', '事件', n)}
summary: ${both('All for', '办齐', n)}
audience: ${both('For', '适用于', n)}
words: ${both('words', '词', n)}
goals:
${goals.join('\n')}
sections: {name: {en: All, zh: 全部}, asks: [${facts.join(', ')}]}
label: fact_${n * EVENT_FACTS}
declaration: {en: It is true., zh: 内容真实。}
`;
};

export function writeBigPack(folder, services, deep) {
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'pack.yaml'), PACK);
  for (let n = 0; n * EVENT_SERVICES < services; n++) {
    const documents = deep && n > 0 ? [] : [event(n, services)];
    if (documents.length) for (let i = 0; i < EVENT_FACTS - 1; i++) documents.push(fact(n, i));
    for (let i = n * EVENT_SERVICES; i < Math.min((n + 1) * EVENT_SERVICES, services); i++) documents.push(service(i, services, deep), evidence(i));
    fs.writeFileSync(path.join(folder, `event-${n}.yaml`), documents.join('---\n'));
  }
}

// Seconds of the processor, the best of three.
function seconds(program, words) {
  const times = [1, 2, 3].map(() => {
    const before = process.resourceUsage(), run = spawnSync(program, words, { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (run.status !== 0) throw new Error(`${words.join(' ')} ended with ${run.status}: ${run.stdout.slice(0, 2000)}${run.stderr}`);
    return run.stdout.match(/load ([\d.]+) s, lint ([\d.]+) s/).slice(1).map(Number);
  });
  return [0, 1].map((i) => Math.min(...times.map((time) => time[i])));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv[2] === '--measure') {
    const program = process.argv[3] ?? 'build/bench/pack', folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-big-'));
    let base;
    for (const deep of [false, true]) for (const services of [1000, 3000, 10000]) {
      writeBigPack(folder, services, deep);
      const [load, lint] = seconds(program, [folder]);
      if (services === 1000) base = [load, lint];
      const ratio = (now, then) => (now / then / (services / 1000)).toFixed(2);
      console.log(`${services} services, ${deep ? 'deep' : 'broad'}: load ${load.toFixed(3)} s (${ratio(load, base[0])} of linear), lint ${lint.toFixed(3)} s (${ratio(lint, base[1])} of linear)`);
    }
    fs.rmSync(folder, { recursive: true });
  } else {
    writeBigPack(process.argv[2], Number(process.argv[3]), process.argv[4] === 'deep');
  }
}
