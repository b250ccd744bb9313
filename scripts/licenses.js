import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What licences ask to be passed on: their text, and the notices of the Apache License 2.0 (section 4d). */
const TO_PASS_ON = /^(?:licen[cs]e|copying|notice)\b/i;

/**
 * The licence texts of every package that something was bundled from. They have to travel with the bundle: MIT, ISC and BSD ask for
 * their text in every copy, Apache 2.0 in section 4.
 *
 * @param {string} root absolute path of the folder that esbuild worked in
 * @param {readonly import('esbuild').Metafile[]} metafiles what esbuild says of each bundle
 * @returns {string} Markdown
 */
export function renderLicenses(root, metafiles) {
  const folders = new Set(metafiles.flatMap(({ outputs }) => Object.values(outputs)).flatMap(packageFolders));
  const sections = [...folders].map((folder) => readPackage(join(root, folder))).toSorted(byTitle);
  // A package that two others brought along in the same version is one.
  const distinct = [...new Map(sections.map((section) => [section.title, section])).values()];
  return [
    '# Third-party licences',
    'The scripts in this folder were bundled with esbuild; what is not used was left out. They contain code of:',
    distinct.map(({ title, license }) => `- ${title}: ${license}`).join('\n'),
    ...distinct.flatMap(({ title, texts }) => [`## ${title}`, ...texts.map(fenced)]),
    '',
  ].join('\n\n');
}

function packageFolders({ inputs }) {
  return Object.entries(inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
}

function readPackage(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const texts = readdirSync(folder)
    .filter((file) => TO_PASS_ON.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (license === undefined || texts.length === 0)
    throw new Error(`${name} ${version} has no licence to pass on`);
  return { title: `${name} ${version}`, license, texts };
}

/** Longer than any fence within. */
function fenced(text) {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text}\n${fence}`;
}

function byTitle(a, b) {
  return a.title < b.title ? -1 : 1;
}
