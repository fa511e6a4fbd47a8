/* purge-css: cuts out of a style sheet what no page can use.
 *
 *     node purge-css.mjs OUT.css IN.css FILE…
 *
 * A rule stays when each class in its selector stands as a word in one of the files (templates, C, script). A word that
 * runs into an output, govuk-tag--{{ … }}, keeps all classes that begin with it. Declarations that say nothing here are
 * cut as well: custom properties that nobody sets, fonts that are inherited anyway, prefixes of dead browsers.
 * The result has a bound, because the first page must be quick on the slowest line. */
import { readFileSync, writeFileSync } from "node:fs";

const BYTES_MAX = 20000;
const [output, input, ...files] = process.argv.slice(2);

const words = new Set();
const beginnings = [];
for (const file of files) {
  const text = readFileSync(file, "utf8");
  for (const match of text.matchAll(/([A-Za-z][\w-]*)(\{\{)?/g)) {
    words.add(match[1]);
    if (match[2]) beginnings.push(match[1]);
  }
}
const isUsed = (name) => words.has(name) || beginnings.some((beginning) => name.startsWith(beginning));

/* The focus, links and disabled fields look alike everywhere: onestop.scss has one rule for each. */
const any = (...patterns) => new RegExp(patterns.map((pattern) => pattern.source).join("|"));
const DEAD_SELECTOR = any(
  /::-moz-|x:-moz-|::-webkit-|\.\\:|\[type=number\]/,
  /\.govuk-[^ ]*:(focus|disabled)/,
  /govuk-error-summary__list a:(focus|hover|active)/,
  /:not\(\.govuk-(label|fieldset)/,
  /govuk-(form-group|fieldset|summary-list__row--no-actions)::after/,
  /[a-z]\+\.govuk-heading/, // one rule of ours sets the room above a heading
);
const DEAD_RULE = any(/^@supports ?(not|\()/, /^@media screen and \(forced-colors/, /^@media\(max-width: 19\.99em/);
const DEAD_DECLARATION = any(
  /^(-webkit-|-moz-|-ms-|--govuk-|font-family:inherit|word-wrap)/,
  /^text-(decoration-(thickness:max|skip)|underline-offset:\.1578em)/,
  /^color:var\(--govuk-text-colour/,
);
/* What the body says once, and everything in it inherits. */
const INHERITED = "font-weight:400;font-size:1.125rem;line-height:1.6;";

function selectorsKept(prelude) {
  const bare = (selector) => selector.replace(/:not\([^()]*\)/g, ""); // what must be absent need not be used
  return prelude
    .split(/,(?![^()]*\))/)
    .filter((selector) => !DEAD_SELECTOR.test(selector))
    .filter((selector) => [...bare(selector).matchAll(/\.([A-Za-z][\w-]*)/g)].every((match) => isUsed(match[1])))
    .join(",");
}

function declarationsKept(body) {
  return body
    .replace(INHERITED, "")
    .split(/;(?![^()]*\))/)
    .filter((declaration) => declaration && !DEAD_DECLARATION.test(declaration))
    .map((declaration) => declaration.replace(/var\(--govuk-[\w-]+,\s*([^()]*|[^()]*\([^()]*\))\)/g, "$1"))
    .join(";");
}

/* Splits compressed CSS into [prelude, body] pairs; a body may hold rules again. */
function* rules(css) {
  for (let at = 0; at < css.length;) {
    const open = css.indexOf("{", at);
    const semicolon = css.indexOf(";", at);
    if (semicolon >= 0 && (semicolon < open || open < 0)) {
      at = semicolon + 1; // @charset: the server says it
      continue;
    }
    if (open < 0) return;
    let depth = 1;
    let end = open + 1;
    for (; depth; end++) depth += css[end] === "{" ? 1 : css[end] === "}" ? -1 : 0;
    yield [css.slice(at, open).trim(), css.slice(open + 1, end - 1)];
    at = end;
  }
}

function purge(css) {
  const kept = [];
  for (const [prelude, body] of rules(css)) {
    const nested = prelude.startsWith("@");
    const head = nested ? !DEAD_RULE.test(prelude) && prelude : selectorsKept(prelude);
    const inside = nested ? purge(body) : declarationsKept(body);
    if (!head || !inside) continue;
    const last = kept.at(-1);
    if (last && last.head === head) last.inside += (nested ? "" : ";") + inside;
    else if (last && !nested && last.inside === inside && !last.nested) last.head += "," + head;
    else kept.push({ head, inside, nested });
  }
  return kept.map(({ head, inside }) => `${head}{${inside}}`).join("");
}

const source = readFileSync(input, "utf8").replace(/^\uFEFF/, "");
const css = purge(source);
const size = Buffer.byteLength(css);
if (size > BYTES_MAX) {
  console.error(`${output}: error: ${size} bytes of CSS, ${BYTES_MAX} are allowed: use fewer components`);
  process.exit(1);
}
writeFileSync(output, css);
