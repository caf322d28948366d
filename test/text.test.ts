import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { closeCodes, finalCloseNames } from '../shared/protocol/close-codes';
import { refusedCodes } from '../shared/protocol/refused-codes';
import { customerEn } from '../shared/text/customer-en';
import { customerLaterEn } from '../shared/text/customer-later-en';
import { workstationEn, workstationZh } from '../shared/text/workstation-text';

const root = fileURLToPath(new URL('..', import.meta.url));
const en: Record<string, string> = workstationEn;
const zh: Record<string, string> = workstationZh;
const marks = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();

describe('the texts', () => {
  it('are the same ones in both languages; English alone has a singular', () => {
    const plural = Object.keys(en).filter((key) => !key.endsWith('_one'));
    expect(Object.keys(zh).sort()).toEqual(plural.sort());
    for (const key of Object.keys(en).filter((each) => each.endsWith('_one'))) {
      expect(en).toHaveProperty([key.replace(/_one$/, '_other')]);
    }
  });

  it('are filled in with the same things in both languages', () => {
    for (const [key, text] of Object.entries(zh)) {
      // "one" may stand where Chinese has a figure, and "2 in a row" where English has no seconds.
      expect([key, marks(text)]).toEqual([key, marks(en[key] ?? '')]);
    }
  });

  it('are never empty, but for what stands between two sentences', () => {
    for (const [key, text] of [...Object.entries(en), ...Object.entries(zh)]) {
      if (key !== 'common.sentenceGap') expect([key, text.trim()]).not.toEqual([key, '']);
    }
  });

  it('have a sentence for every close, and what to do where a person has to act first', () => {
    for (const name of Object.keys(closeCodes))
      for (const words of [en, zh]) expect(words).toHaveProperty([`close.${name}`], expect.stringMatching(/[.。]$/));
    for (const name of finalCloseNames)
      for (const words of [en, zh]) {
        expect(words).toHaveProperty([`closed.${name}`]);
        expect(words).toHaveProperty([`closed.${name}Help`], expect.stringMatching(/[.。]$/));
      }
  });

  it('have a sentence for every refusal, at the desk or on the page of the customer', () => {
    const { over, change, later } = refusedCodes;
    const words = { ...customerEn, ...customerLaterEn, ...en };
    expect([...over, ...change, ...later].filter((code) => !(`refused.${code}` in words))).toEqual([]);
  });

  it('are all used', () => {
    const code = filesIn('renderer/workstation')
      .map((file) => readFileSync(join(root, file), 'utf8'))
      .join('\n');
    // Keys that are put together at run time, by their first part.
    const families = [
      'close.',
      'closed.',
      'refused.',
      'notice.',
      'line.',
      'why.',
      'trace.',
      'audit.action.',
      'audit.field.',
      'status.',
      'reception.',
      'link.',
      'host.error.',
      'rail.',
      'alerts.',
      'first.',
      'settings.page.',
      'settings.outOfRange',
      'settings.wholeNumber',
      'agents.',
      'me.',
      'keys.group.',
      'canned.variable.',
      'chatPage.sentence.',
      'chatPage.section.',
      'chatPage.preview.',
      'settings.text.',
      'hours.day.',
      'hours.from',
      'hours.to',
      'hours.problem.',
      'banner.space.',
      'webhooks.event.',
      'webhooks.problem.',
      'banner.passphrase.',
      'audit.signIn.',
      'refusals.',
      'api.scope.',
    ];
    const unused = Object.keys(workstationEn)
      .map((key) => key.replace(/_(one|other)$/, ''))
      .filter((key) => !code.includes(`'${key}'`) && !code.includes(`"${key}"`))
      .filter((key) => !families.some((family) => key.startsWith(family)))
      // Title, help and "applies to" of a setting go by its stem.
      .filter((key) => !code.includes(`'${key.replace(/^settings\.|(Help|Applies)$/g, '')}'`));
    expect(unused).toEqual([]);
  });
});

describe('the pages', () => {
  it('say nothing that is not in shared/text', () => {
    const found = filesIn('renderer/workstation')
      .filter((file) => file.endsWith('.tsx'))
      .flatMap((file) => hardCoded(file, readFileSync(join(root, file), 'utf8')));
    expect(found).toEqual([]);
  });

  it('would be caught when they did', () => {
    expect(hardCoded('a.tsx', 'const a = <p>Hello there</p>;')).toEqual(['a.tsx: "Hello there"']);
    expect(hardCoded('a.tsx', 'const a = <input placeholder="Your name" />;')).toEqual(['a.tsx: "Your name"']);
    expect(hardCoded('a.tsx', 'const a = <p>{"Hello"}</p>;')).toEqual(['a.tsx: "Hello"']);
    expect(hardCoded('a.tsx', 'const a = <p className="x">{t("list.mine")} · </p>;')).toEqual([]);
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file));
}

/** Attributes that a person reads or hears. */
const spoken = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'description', 'error']);
const hasWords = (text: string) => /\p{L}{2,}/u.test(text);

interface Node {
  type?: string;
  [field: string]: unknown;
}

/** Words between tags and in attributes that a person reads, which should have come from `t(…)`. */
function hardCoded(file: string, code: string): string[] {
  const found: string[] = [];
  const check = (value: unknown) => {
    if (typeof value === 'string' && hasWords(value)) found.push(`${file}: "${value.trim()}"`);
  };
  const visit = (node: unknown) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== 'object' || node === null) return;
    const { type, value, name, children } = node as Node & { name?: Node; children?: Node[] };
    if (type === 'JSXText') check(value);
    if (type === 'JSXAttribute' && spoken.has(String(name?.name))) check((value as Node | null)?.value);
    if (type === 'JSXElement' || type === 'JSXFragment') {
      for (const child of children ?? []) {
        if (child.type === 'JSXExpressionContainer') check((child.expression as Node).value);
      }
    }
    Object.values(node).forEach(visit);
  };
  visit(parseSync(file, code).program.body);
  return found;
}
