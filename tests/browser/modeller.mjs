#!/usr/bin/env node
// Tables that somebody draws in a modeller run here unchanged: two are drawn in dmn-js by its own buttons and fields, saved, decided by
// `onestop decide`, and laid into a new pack, where questions and plan follow them. And a table of ours opens there.
// dmn-js is a tool of this test alone: its licence asks for its watermark wherever it is shown. PICTURES=folder keeps pictures.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { check, launch, serve, tally } from './browser.mjs';

const DIST = path.dirname(createRequire(import.meta.url).resolve('dmn-js/dist/dmn-modeler.production.min.js'));
const STYLES = ['diagram-js', 'dmn-js-shared', 'dmn-js-drd', 'dmn-js-decision-table', 'dmn-js-decision-table-controls', 'dmn-font/css/dmn-embedded'];
// What a modeller begins with: a decision, a table with one column for each side, nothing in them.
const EMPTY = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="definitions" name="definitions" namespace="urn:drawn">
  <decision id="decision" name="">
    <decisionTable id="table">
      <input id="input"><inputExpression id="expression" typeRef="string"><text></text></inputExpression></input>
      <output id="output" name="" typeRef="string" />
    </decisionTable>
  </decision>
</definitions>`;

const SIZE = {
  name: 'Size class', policy: 'First', inputs: [['seats', 'number'], ['music', 'boolean']], output: ['size', 'string'],
  rules: [['> 75', '', '"large"'], ['[20..75]', 'true', '"large"'], ['[20..75]', '', '"middle"'], ['', '', '"small"']],
};
const FEE = {
  name: 'Fee', policy: 'Collect (Sum)', inputs: [['seats', 'number'], ['music', 'boolean']], output: ['fee', 'number'],
  rules: [['> 75', '', '150'], ['', 'true', '50'], ['', '', '0.50']],
};
// seats, music: size and fee, worked out by hand
const OUTCOMES = [
  [76, false, 'large', 150.5], [75, false, 'middle', 0.5], [20, true, 'large', 50.5], [19, true, 'small', 50.5], [5, false, 'small', 0.5],
  [100, true, 'large', 200.5],
];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onestop-modeller-'));
const onestop = (...words) => spawnSync('build/onestop', words, { encoding: 'utf8' });

async function column(page, side, index, [name, type]) {
  if (index) await page.getByTitle(`Add ${side}`).press('Enter');
  await page.getByRole('button', { name: `Edit ${side}` }).nth(index).press('Enter');
  await page.getByRole('textbox', { name: side === 'input' ? 'Input expression' : 'Output name' }).click();
  await page.keyboard.type(name);
  await page.getByRole('textbox', { name: 'Type', exact: true }).click();
  await page.locator('.dms-select-options').getByText(type, { exact: true }).click();
  await page.keyboard.press('Escape');
  await page.locator('.decision-table-header-separator').click();
}

/** A page with the modeller and a model in it; what it warns of is a fault. */
async function modeller(browser, name, xml) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 500 } });
  page.on('pageerror', (fault) => check(false, `${name}: the modeller says ${fault.message}`));
  await page.setContent('<!doctype html><title>dmn-js</title><div id="canvas" style="height: 480px"></div>');
  for (const style of STYLES) await page.addStyleTag({ path: path.join(DIST, 'assets', `${style}.css`) });
  await page.addScriptTag({ path: path.join(DIST, 'dmn-modeler.production.min.js') });
  const warnings = await page.evaluate(async (model) => {
    globalThis.modeler = new globalThis.DmnJS({ container: '#canvas' });
    return (await globalThis.modeler.importXML(model)).warnings.map((warning) => warning.message);
  }, xml);
  check(warnings.length === 0, `${name}: the modeller warns of ${warnings[0]}`);
  return page;
}

/** What the modeller saves. */
async function saved(page, name) {
  if (process.env.PICTURES) await page.screenshot({ path: path.join(process.env.PICTURES, `${name}.png`) });
  const xml = await page.evaluate(async () => (await globalThis.modeler.saveXML({ format: true })).xml);
  await page.close();
  return xml;
}

/** Draws the table as a person does. */
async function draw(browser, table) {
  const page = await modeller(browser, table.name, EMPTY);
  await page.getByRole('textbox', { name: 'Decision name' }).click();
  await page.keyboard.type(table.name);
  await page.getByLabel('Hit policy').click();
  await page.locator('.dms-select-options').getByText(table.policy, { exact: true }).click();
  for (const [index, input] of table.inputs.entries()) await column(page, 'input', index, input);
  await column(page, 'output', 0, table.output);
  for (const [index, rule] of table.rules.entries()) {
    await page.getByTitle('Add rule').press('Enter');
    const cells = page.locator('tbody tr').nth(index).locator('td.input-cell, td.output-cell');
    for (const [at, text] of rule.entries()) {
      await cells.nth(at).click();
      await page.keyboard.type(text);
    }
  }
  await page.locator('.decision-table-header-separator').click();
  return saved(page, table.name);
}

function decides(file, table, input, want) {
  const { status, stdout, stderr } = onestop('decide', file, table.name, '--input', input);
  check(status === (want.startsWith('unknown') ? 3 : 0) && stdout === `${want}\n`, `${table.name} of ${input} is ${want}: ${stdout}${stderr}`);
}

/** A new pack, with two facts that the tables work out. */
function pack(models) {
  const where = path.join(folder, 'pack');
  check(onestop('new', where).status === 0, 'a new pack');
  const service = path.join(where, 'services/snack-licence.yaml');
  fs.writeFileSync(service, fs.readFileSync(service, 'utf8').replace('when: seats > 50', 'when: size_class = "large"') + 'fee-rule: fee_sum\n');
  fs.appendFileSync(path.join(where, 'facts.yaml'), `---
fact: music
type: yes-no
name: {en: Music}
question: {en: Will there be music?}
---
fact: size_class
type: choice
name: {en: Size}
choices: [{value: large, name: {en: Large}}, {value: middle, name: {en: Middle}}, {value: small, name: {en: Small}}]
decision: {model: drawn/size.dmn, name: Size class}
---
fact: fee_sum
type: money
name: {en: Fee}
decision: {model: drawn/fee.dmn, name: Fee}
`);
  fs.mkdirSync(path.join(where, 'drawn'));
  for (const [name, xml] of Object.entries(models)) fs.writeFileSync(path.join(where, 'drawn', name), xml);
  return where;
}

/** Asks for a snack bar: which questions came, and what the plan says. */
async function plan(page, base, seats, music) {
  const asked = [];
  await page.goto(`${base}/events/open-a-snack-bar`);
  await page.locator('main form[action="/apply"] button').first().click();
  for (let turn = 0; turn < 10; turn++) {
    const fact = new URL(page.url()).pathname.match(/\/questions\/(\w+)/)?.[1];
    if (!fact) {
      const start = page.locator('main a.govuk-button[href*="/apply/"]').first();
      if (page.url().endsWith('/plan') || !(await start.count())) break;
      await start.click();
      continue;
    }
    asked.push(fact);
    if (fact === 'music') await page.locator(`[name=music][value=${music ? 'yes' : 'no'}]`).check({ force: true });
    else await page.locator(`main [name=${fact}]`).fill(fact === 'seats' ? String(seats) : 'Corner Noodles');
    await page.locator('main form button.govuk-button').first().click();
  }
  return { asked, text: (await page.locator('main').innerText()).replace(/\s+/g, ' ') };
}

const browser = await launch();
try {
  const size = await draw(browser, SIZE), fee = await draw(browser, FEE);
  check(!/<inputData|<informationRequirement/.test(size), 'a table that is drawn alone has no input data: else this proves less');
  const where = pack({ 'size.dmn': size, 'fee.dmn': fee });
  for (const [seats, music, class_, amount] of OUTCOMES) {
    decides(path.join(where, 'drawn/size.dmn'), SIZE, `{seats: ${seats}, music: ${music}}`, `"${class_}"`);
    decides(path.join(where, 'drawn/fee.dmn'), FEE, `{seats: ${seats}, music: ${music}}`, amount.toFixed(2));
  }
  // A row that settles it needs no other answer.
  decides(path.join(where, 'drawn/size.dmn'), SIZE, '{seats: 80}', '"large"');
  decides(path.join(where, 'drawn/size.dmn'), SIZE, '{seats: 30}', 'unknown: music');

  // Ours opens there, and what is saved again decides the same.
  const ours = await modeller(browser, 'kitchen.dmn', fs.readFileSync('packs/zhejiang/kitchen.dmn', 'utf8'));
  const again = path.join(folder, 'kitchen.dmn');
  fs.writeFileSync(again, await saved(ours, 'kitchen'));
  for (const file of ['packs/zhejiang/kitchen.dmn', again]) {
    const kitchen = (input, want) => decides(file, { name: 'Kitchen place' }, input, want);
    kitchen('{Only prepackaged: false, Oil fumes: true, Building: "residential"}', '"dwelling-house"');
    kitchen('{Only prepackaged: false, Oil fumes: true, Building: "mixed", Dedicated flue: true}', 'unknown: Next to dwellings');
    kitchen('{Only prepackaged: false, Oil fumes: false}', '"allowed"');
  }

  const { status, stdout, stderr } = onestop('lint', where);
  check(status === 0, `the pack has no fault: ${stdout}${stderr}`);

  const { base, stop } = await serve({ pack: where, demo: false });
  try {
    for (const [seats, music, class_, amount] of OUTCOMES) {
      const context = await browser.newContext({ locale: 'en' });
      const { asked, text } = await plan(await context.newPage(), base, seats, music);
      check(asked.includes('seats') && asked.includes('music') && !asked.includes('size_class'), `${seats}: asked ${asked}`);
      check(text.includes(`Fees €${amount.toFixed(2)} `), `${seats}, ${music}: the fee is ${amount}: ${text.slice(0, 600)}`);
      // Only a large one has no promise of its own.
      check(text.includes('Promised by') === (class_ !== 'large'), `${seats}, ${music} is ${class_}: ${text.slice(0, 600)}`);
      await context.close();
    }
  } finally {
    await stop();
  }
} finally {
  await browser.close();
  fs.rmSync(folder, { recursive: true });
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed ? 1 : 0);
