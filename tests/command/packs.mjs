#!/usr/bin/env node
// Every pack of the repository: lint finds nothing, the demonstration can be filled with its samples, every page that one can walk to
// is there, and a jurisdiction that does not speak Chinese meets nothing Chinese. On the plain and the sanitized program.
import fs from 'node:fs';
import { spawnSync } from 'node:child_process';
import { Visitor, check, serve, tally } from '../hostile/client.mjs';

const PAGES_MAX = 200;                             // for each visitor: a pack's pages are far fewer than its combinations
const CHINESE = /[\u2E80-\u9FFF\uFF00-\uFFEF]|\b(?:China|Chinese|yuan|CNY|social credit)\b/;

/** All pages that links lead this visitor to, signed in or not. */
async function walk(port, login, visit) {
  const visitor = new Visitor(port), seen = new Set(), open = ['/'];
  if (login) {
    await visitor.signIn(login);
    open.push('/home', '/office', '/oversight');
  }
  while (open.length && seen.size < PAGES_MAX) {
    const url = open.shift();
    if (seen.has(url)) continue;
    seen.add(url);
    const page = await visitor.get(url);
    visit(url, page);
    for (const [, link] of page.text.matchAll(/href="(\/[^"#]*)"/g))
      if (!/^\/assets|\/files\/|[?;]lang=/.test(link)) open.push(link.replace(/&amp;/g, '&'));
  }
  return seen.size;
}

async function tryPack(program, pack) {
  const lint = spawnSync(program, ['lint', pack], { encoding: 'utf8' });
  if (!check(lint.status === 0, `${pack}: ${lint.stdout}${lint.stderr}`)) return;
  const base = fs.readFileSync(`${pack}/pack.yaml`, 'utf8').match(/^base: (\S+)/m);
  const ground = base ? `${pack}/${base[1]}` : pack; // what a pack does not say, the one that it stands on does
  const languages = fs.readFileSync(`${ground}/pack.yaml`, 'utf8').match(/^languages: \[(.*)\]/m)[1].split(', ');
  const authority = fs.readFileSync(`${ground}/authorities.yaml`, 'utf8').match(/^authority: (\S+)/m)[1];
  const server = await serve(program, pack);
  for (const login of ['', 'resident', 'business', 'supervisor', `officer.${authority}`]) {
    const count = await walk(server.port, login, (url, page) => {
      // "Not for you" is an answer to the home of another role, and the last page of a redirect is walked to by itself.
      check([200, 303, 403].includes(page.status), `${pack}: ${login || 'a visitor'} gets ${page.status} for ${url}`);
      if (!languages.includes('zh'))
        check(!CHINESE.test(page.text), `${pack}: ${login || 'a visitor'} reads Chinese on ${url}: ${page.text.match(CHINESE)?.[0]}`);
    });
    check(count > 10, `${pack}: ${login || 'a visitor'} finds only ${count} pages`);
  }
  for (const code of languages) {
    const page = await new Visitor(server.port).get(`/?lang=${code}`), other = await new Visitor(server.port).get(`/?lang=xx`);
    const tag = code === 'zh' ? 'zh-Hans' : code;
    check(page.text.includes(` lang="${tag}">`) && page.text.includes(`<span aria-current="true" lang="${tag}">`), `${pack}: nobody can choose ${code}`);
    check(other.text.match(/<html[^>]* lang="([\w-]+)"/)[1].startsWith(languages[0]), `${pack}: a language that it does not have gives its first`);
  }
  const { end, said, faults } = await server.stop();
  check(end === 0 && !said && !faults, `${pack}: ended with ${end}: ${said}${faults}`);
}

for (const program of ['build/onestop', 'build-asan/onestop'])
  for (const name of fs.readdirSync('packs')) await tryPack(program, `packs/${name}`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed ? 1 : 0);
