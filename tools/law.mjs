#!/usr/bin/env node
// What the law asks of the platform, article by article, and where that is done and tested: `make law`.
//
// The articles stand in docs/law.md. Code, templates and tests carry tags, `LAW cn.licensing art.42(1), art.45`; a pack names an article
// where its data come from it. A tag at a part of an article, 32(1)(4), counts for the article, 32(1), too.
// With --check it only tells what is wrong: a tag of no article, an article said to be done without code or test.

import fs from 'node:fs';
import path from 'node:path';

const files = (dir) => fs.readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? files(path.join(dir, entry.name)) : [path.join(dir, entry.name)]);

// ---- the articles ----

const acts = new Map();            // by tag: { tag, name, pack, rows: [{ article, asks, state, places: { code, test, pack } }] }
let act = null;
for (const line of fs.readFileSync('docs/law.md', 'utf8').split('\n')) {
  const heading = /^## `([\w.-]+)`: (.+)$/.exec(line);
  if (heading) acts.set(heading[1], act = { tag: heading[1], name: heading[2], pack: null, rows: [] });
  const inPacks = /^In packs: `([\w-]+)`/.exec(line);
  if (inPacks && act) act.pack = inPacks[1];
  const row = /^\| (\d[^|]*?) *\| ([^|]+?) *\| ((?:done|later|people|apart)\b[^|]*?) *\|$/.exec(line);
  if (row && act) act.rows.push({ article: row[1], asks: row[2], state: row[3], places: { code: [], test: [], pack: [] } });
}

// ---- the tags ----

// A row of its own comes before a span of articles that holds it, 18(2) before 16-20.
function rowsOf(rows, article) {
  const own = rows.filter((row) => article === row.article || article.startsWith(`${row.article}(`));
  const within = (row) => /^\d+-\d+$/.test(row.article) && row.article.split('-')[0] <= parseInt(article) && parseInt(article) <= row.article.split('-')[1];
  return own.length ? own : rows.filter(within);
}

const wrong = [];
function note(tag, article, kind, place) {
  const found = rowsOf(acts.get(tag)?.rows ?? [], article);
  if (found.length === 0) wrong.push(`${place}: docs/law.md has no row for ${tag} art.${article}`);
  for (const row of found) row.places[kind].push(place);
}

for (const file of [...files('src'), ...files('tests')].filter((name) => /\.(c|h|html|mjs)$/.test(name))) {
  const kind = file.startsWith('tests') ? 'test' : 'code';
  fs.readFileSync(file, 'utf8').split('\n').forEach((line, i) => {
    for (const [, tags] of line.matchAll(/\bLAW ((?:[\w.-]+ art\.\d+(?::\d+[a-z]?)?(?:\(\w+\))*(?:, (?:art\.)?\d+(?::\d+[a-z]?)?(?:\(\w+\))*)*(?:, )?)+)/g))
      for (const [, tag, articles] of tags.matchAll(/([a-z][\w.-]*) ((?:art\.)?\d[^a-z]*(?:art\.\d[^a-z]*)*)/g))
        for (const [article] of articles.matchAll(/\d+(?::\d+)?(?:\(\w+\))*/g)) note(tag, article, kind, `${file}:${i + 1}`);
    if (/\bLAW\b/.test(line) && !/\bLAW [\w.-]+ art\.\d/.test(line) && !line.includes('NO_LAW'))
      wrong.push(`${file}:${i + 1}: a tag is written \`LAW act art.N\``);
  });
}
const byPack = new Map([...acts.values()].filter((one) => one.pack).map((one) => [one.pack, one]));
for (const file of files('packs').filter((name) => name.endsWith('.yaml')))
  fs.readFileSync(file, 'utf8').split('\n').forEach((line, i) => {
    for (const [, law, article] of line.matchAll(/law: ([\w-]+), article: "?(\d+(?:\(\w+\))*)/g))
      for (const row of rowsOf(byPack.get(law)?.rows ?? [], article)) row.places.pack.push(`${file}:${i + 1}`);
  });
for (const { tag, rows } of acts.values())
  for (const { article, state, places } of rows)
    if (state.startsWith('done') && !(places.code.length + places.pack.length && places.test.length))
      wrong.push(`docs/law.md: ${tag} art.${article} is said to be done, but ${places.test.length ? 'no code or pack' : 'no test'} carries its tag`);

// ---- telling ----

const check = process.argv.includes('--check');
const all = [...acts.values()].flatMap((one) => one.rows), count = (word) => all.filter((row) => row.state.startsWith(word)).length;
if (!check) {
  for (const { tag, name, rows } of acts.values()) {
    console.log(`\n${name} (${tag})`);
    for (const { article, asks, state, places } of rows) {
      console.log(`  ${article.padEnd(10)} ${asks}`);
      if (!state.startsWith('done')) console.log(`             ${state}`);
      for (const kind of ['code', 'test', 'pack'])
        if (places[kind].length) console.log(`             ${kind}  ${places[kind].slice(0, 4).join('  ')}${places[kind].length > 4 ? `  and ${places[kind].length - 4} more` : ''}`);
    }
  }
  console.log(`\n${all.length} articles: ${count('done')} done, with code and test; ${count('later')} later; ${count('people')} bind people, not software; ${count('apart')} apart`);
}
for (const line of wrong) console.log(line);
if (check) console.log(`${all.length - wrong.length > 0 ? all.length - wrong.length : 0} passed, ${wrong.length} failed`);
process.exit(wrong.length ? 1 : 0);
