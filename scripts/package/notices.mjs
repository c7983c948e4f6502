/**
 * The licence notices of all that is given to people: the packages that the program loads, with all that these need,
 * and what is built into the page. Texts are the packages' own; where one carries none, its readme's section about the
 * licence and the licence's known text (resources/licences). Electron and Chromium bring theirs beside the executable.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * @typedef {object} LicenceNotice
 * @property {string} name
 * @property {string} version
 * @property {string} licence as the package states it, an SPDX expression
 * @property {string} text
 *
 * @typedef {object} PackageDescription
 * @property {string} name
 * @property {string} version
 * @property {string | { type: string }} [license]
 * @property {string | { name?: string }} [author]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 */

/** Development dependencies whose code becomes part of the page. */
const BUILT_IN = ["svelte", "@lucide/svelte", "chart.js"];
const FILE = /^(?:licen[cs]es?|copying|notice|third.?party\S*)(?:[.-].*)?$/i;

/**
 * @param {string} root project folder
 * @returns {LicenceNotice[]} by name, one for each version
 * @throws {Error} when a package of ours is not installed, or a package says nothing of its licence
 */
export function collectNotices(root) {
  /** @type {Map<string, PackageDescription>} */
  const found = new Map();
  const { dependencies = {} } = describe(root);
  for (const name of [...Object.keys(dependencies), ...BUILT_IN]) visit(name, root, found);
  /** @type {Map<string, LicenceNotice>} */
  const notices = new Map();
  for (const [folder, description] of found) {
    const notice = noticeOf(folder, description, join(root, "resources", "licences"));
    notices.set(`${notice.name} ${notice.version}`, notice);
  }
  const tensorflow = tensorflowNotice(root);
  notices.set(tensorflow.name, tensorflow);
  return [...notices.values()].sort((left, right) =>
    left.name === right.name
      ? left.version.localeCompare(right.version, "en")
      : left.name.localeCompare(right.name, "en"),
  );
}

/** One text for people without the program. @param {readonly LicenceNotice[]} notices */
export function noticesText(notices) {
  const line = "=".repeat(80);
  const head =
    "GAN Studio contains the software below, each under its own licence.\n" +
    "Electron and Chromium: see LICENSE.electron.txt and LICENSES.chromium.html.\n";
  const parts = notices.map(
    ({ name, version, licence, text }) =>
      `${line}\n${[name, version].filter(Boolean).join(" ")} (${licence})\n${line}\n\n${text}\n`,
  );
  return [head, ...parts].join("\n");
}

/** @param {string} name @param {string} from @param {Map<string, PackageDescription>} found @param {boolean} [optional] */
function visit(name, from, found, optional = false) {
  const folder = installed(name, from);
  if (folder === null) {
    // Prebuilt parts of other systems are optional, and not here.
    if (optional) return;
    throw new Error(`${name}, which ${from} needs, is not installed; run npm ci`);
  }
  if (found.has(folder)) return;
  const description = describe(folder);
  found.set(folder, description);
  const { dependencies = {}, optionalDependencies = {} } = description;
  for (const each of Object.keys(dependencies)) {
    visit(each, folder, found, each in optionalDependencies);
  }
  for (const each of Object.keys(optionalDependencies)) visit(each, folder, found, true);
}

/** Where Node would find it. @param {string} name @param {string} from */
function installed(name, from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, "node_modules", name);
    if (existsSync(join(candidate, "package.json"))) return candidate;
    if (dirname(folder) === folder) return null;
  }
}

/** @param {string} folder @returns {PackageDescription} */
function describe(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

/** @param {string} folder @param {PackageDescription} description @param {string} known @returns {LicenceNotice} */
function noticeOf(folder, { name, version, license, author }, known) {
  const licence = typeof license === "string" ? license : license?.type;
  const files = readdirSync(folder)
    .filter((file) => FILE.test(file))
    .sort();
  if (files.length > 0) {
    const text = files.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n");
    return { name, version, licence: licence ?? "see its text", text };
  }
  if (!licence) throw new Error(`${name} ${version} does not say under which licence it is`);
  const section = readmeSection(folder);
  const whole =
    section !== null && /Permission is hereby granted|Redistribution and use/.test(section);
  const person = typeof author === "string" ? author : author?.name;
  const parts = [
    person && !/copyright/i.test(section ?? "") ? `Copyright (c) ${person}` : null,
    section,
    whole ? null : knownText(licence, known),
  ];
  return { name, version, licence, text: parts.filter(Boolean).join("\n\n") };
}

/** What its readme says under a heading that names the licence, or null. @param {string} folder */
function readmeSection(folder) {
  const file = readdirSync(folder).find((name) => /^readme(?:\.|$)/i.test(name));
  if (!file) return null;
  const lines = readFileSync(join(folder, file), "utf8").split(/\r?\n/);
  const isHeading = (/** @type {number} */ i) =>
    /^#+\s/.test(lines[i] ?? "") || /^(?:=+|-+)\s*$/.test(lines[i + 1] ?? "");
  const start = lines.findIndex((text, i) => isHeading(i) && /\blicen[cs]/i.test(text));
  if (start < 0) return null;
  const end = lines.findIndex((_, i) => i > start + 1 && isHeading(i));
  const section = lines.slice(start + 1, end < 0 ? undefined : end);
  const text = section
    .filter((line) => !/^(?:=+|-+)\s*$/.test(line))
    .join("\n")
    .trim();
  return text === "" ? null : text;
}

/**
 * The texts of the licences that an expression names.
 * @param {string} licence @param {string} folder of the known texts
 */
function knownText(licence, folder) {
  const names = licence.match(/[A-Za-z0-9][\w.-]*/g) ?? [];
  const texts = names
    .filter((name) => !["AND", "OR", "WITH"].includes(name))
    // The lesser licence is an addition to the general one and stands with it.
    .flatMap((name) => (name.startsWith("LGPL-3.0") ? [name, "GPL-3.0"] : [name]))
    .map((name) => {
      const file = join(folder, `${name}.txt`);
      if (!existsSync(file))
        throw new Error(`there is no text of the licence ${name} in ${folder}`);
      return readFileSync(file, "utf8").trim();
    });
  return texts.join("\n\n");
}

/** The library that set-up finds is no package of npm's. @param {string} root @returns {LicenceNotice} */
function tensorflowNotice(root) {
  const text = knownText("Apache-2.0", join(root, "resources", "licences"));
  const holder = "Copyright The TensorFlow Authors. All rights reserved.";
  return {
    name: "TensorFlow (C library)",
    version: "",
    licence: "Apache-2.0",
    text: `${holder}\n\n${text}`,
  };
}
