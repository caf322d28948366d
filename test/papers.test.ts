import { readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const notOurs = new Set(['node_modules', 'out', 'dist', 'data', 'test-results']);
const withComments = new Set(['.ts', '.tsx', '.mts', '.mjs', '.cjs', '.css', '.html', '.yml', '.md']);

interface Named {
  from: string;
  line: number;
  paper: string;
  /** As in `STORAGE.md, "At start"`; null: the paper as a whole. */
  section: string | null;
}

function allFiles(folder = root): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (notOurs.has(entry.name) || entry.name.startsWith('.')) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? allFiles(path) : [relative(root, path).split(sep).join('/')];
  });
}

const files = allFiles();
const papers = new Map(files.filter((path) => path.endsWith('.md')).map((path) => [path, paperOf(read(path))]));

function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

interface Paper {
  text: string;
  headings: ReadonlySet<string>;
  anchors: ReadonlySet<string>;
}

function paperOf(whole: string): Paper {
  const text = whole.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/[^\n]/g, ''));
  const headings = new Set<string>();
  const anchors = new Set<string>();
  for (const [, heading = ''] of text.matchAll(/^#+ +(.+?) *$/gm)) {
    headings.add(heading);
    const anchor = anchorOf(heading);
    let name = anchor;
    for (let again = 1; anchors.has(name); again += 1) name = `${anchor}-${again}`;
    anchors.add(name);
  }
  for (const [, id = ''] of text.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id);
  return { text, headings, anchors };
}

/** As the sites that show Markdown name a heading. */
function anchorOf(heading: string): string {
  const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
  return plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replace(/\s/g, '-');
}

/** Papers of a path that ends like the name: `STORAGE.md`, `store/STORAGE.md`. */
function papersNamed(name: string): Paper[] {
  return [...papers].filter(([path]) => path === name || path.endsWith(`/${name}`)).map(([, paper]) => paper);
}

function namedIn(from: string, text: string): Named[] {
  const pattern = /(?<![\w./-])(?:\.{1,2}\/)*([\w-][\w./-]*\.md)\b(?:,? "([^"\n]+)")?/g;
  return [...text.matchAll(pattern)].map((match) => ({
    from,
    line: text.slice(0, match.index).split('\n').length,
    paper: match[1]!,
    section: match[2] ?? null,
  }));
}

function isThere({ paper, section }: Named): boolean {
  return papersNamed(paper).some(({ headings }) => section === null || headings.has(section));
}

it('every paper that a file names is in the repository, with the section it names', () => {
  const named = files.filter((path) => withComments.has(extname(path))).flatMap((path) => namedIn(path, read(path)));
  const missing = named.filter((each) => !isThere(each));
  expect(missing.map(({ from, line, paper, section }) => `${from}:${line} ${paper} ${section ?? ''}`)).toEqual([]);
});

it('every link inside the repository leads somewhere', () => {
  const broken: string[] = [];
  for (const [path, { text }] of papers)
    for (const [, target = ''] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:/.test(target)) continue;
      const [file = '', anchor] = target.split('#');
      const found = file === '' ? path : posix.join(posix.dirname(path), file);
      const isFile = files.includes(found) || files.some((each) => each.startsWith(`${found.replace(/\/$/, '')}/`));
      const hasAnchor = anchor === undefined || papers.get(found)?.anchors.has(anchor) === true;
      if (!isFile || !hasAnchor) broken.push(`${path}: ${target}`);
    }
  expect(broken).toEqual([]);
});

it('sees a paper, a section and an anchor that are not there', () => {
  // Put together here, so that this file names only papers and sections that are there.
  const [missing, wrong] = ['missing', ', "No such words"'];
  const named = namedIn('x.ts', `// ${missing}.md says so, and RULES.md${wrong}; store/STORAGE.md, "At start".`);
  expect(named.map(isThere)).toEqual([false, false, true]);
  expect(paperOf('# Two words, `code`\n## Again\n## Again\n').anchors).toEqual(
    new Set(['two-words-code', 'again', 'again-1']),
  );
});
