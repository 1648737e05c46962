/**
 * docs/rules/situations.md and docs/rules/README.md name what there is: a situation by the full title of the test that holds it, a rule by the
 * files that keep it and show it. A test renamed or removed, a file moved, fails here.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The titles of a test file, as they are written: those given by a literal. */
function titlesOf(path: string): string[] {
  const literal = /\bit\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;
  return [...read(path).matchAll(literal)].map(([, single, double]) =>
    (single ?? double ?? '').replaceAll("\\'", "'").replaceAll('\\"', '"'),
  );
}

/** The lines of the list: file and title. */
function listed(): { readonly file: string; readonly title: string }[] {
  let file = '';
  return read('docs/rules/situations.md')
    .split('\n')
    .flatMap((text) => {
      const named = /^`(test\/[^`]+)`$/.exec(text);
      if (named !== null) file = named[1]!;
      const title = /^\d+\. (.*)$/.exec(text)?.[1];
      return title === undefined ? [] : [{ file, title }];
    });
}

describe('docs/rules/situations.md', () => {
  it('lists at least forty situations, each once, and each is the full title of a test of the file it names', () => {
    const list = listed();
    expect(list.length).toBeGreaterThanOrEqual(40);
    expect(new Set(list.map(({ title }) => title)).size).toBe(list.length);
    const missing = list.filter(({ file, title }) => titlesOf(file).filter((t) => t === title).length !== 1);
    expect(missing).toEqual([]);
  });

  it('lists every situation that has a test', () => {
    const list = new Set(listed().map(({ file, title }) => `${file}: ${title}`));
    const tests = readdirSync(join(ROOT, 'test/stories'))
      .filter((name) => name.startsWith('situations-'))
      .flatMap((name) => titlesOf(`test/stories/${name}`).map((title) => `test/stories/${name}: ${title}`));
    expect(tests.filter((test) => !list.has(test))).toEqual([]);
  });
});

describe('docs/rules/README.md', () => {
  /** Every file of src, test and migrations, by its path from the root and from src. */
  const files = ['src', 'test', 'migrations', 'tools'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  );
  const isThere = (name: string): boolean => {
    if (name.includes('*')) {
      const [start = '', end = ''] = name.split('*');
      return files.some((file) => file.startsWith(start) && file.endsWith(end));
    }
    if (existsSync(join(ROOT, name)) || existsSync(join(ROOT, 'src', name))) return true;
    return files.some((file) => file.endsWith(`/${name}`));
  };

  it('names no file and no folder that is not there', () => {
    const named = [...read('docs/rules/README.md').matchAll(/`([^`\s]+)`/g)].map(([, name]) => name!);
    const paths = named.filter((name) => (name.includes('/') && !name.startsWith('/')) || name.endsWith('.ts'));
    expect(paths.length).toBeGreaterThan(100);
    expect(paths.filter((path) => !isThere(path))).toEqual([]);
  });

  it('quotes no title of a test that is not there', () => {
    const quoted = [...read('docs/rules/README.md').matchAll(/`([^`\s]+\.test\.ts)` \("([^"]+)"/g)];
    expect(quoted.length).toBeGreaterThan(5);
    const dead = quoted.filter(([, name, title]) => {
      const named = files.filter((path) => path === name || path.endsWith(`/${name}`));
      return !named.some((path) => read(path).includes(title!));
    });
    expect(dead.map(([text]) => text)).toEqual([]);
  });
});
