/** The list of controls and their tests is true of the code as it stands; that the tests fail is shown by remove.ts. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { controlsLine } from './page.ts';
import { REMOVALS } from './removals.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('every control that is taken away to see its test fail', () => {
  it.each(REMOVALS)(
    '$control $what: the edit still applies, and there is the file of the test',
    ({ file, text, replacement, test }) => {
      expect(read(file).split(text)).toHaveLength(2);
      expect(replacement).not.toBe(text);
      expect(read(test)).not.toBe('');
    },
  );

  it('every control of security.md has one, but those that come with later services', () => {
    const controls = Array.from({ length: 42 }, (_, i) => i + 1).filter((n) => n !== 24);
    expect([...new Set(REMOVALS.map(({ control }) => control))]).toEqual([...controls, 'input']);
  });

  it('docs/rules/controls.md tells of none but these', () => {
    const lines = read('docs/rules/controls.md')
      .split('\n')
      .filter((line) => line.startsWith('| '));
    const known = new Set(REMOVALS.map(controlsLine));
    expect(lines.slice(2).filter((line) => !known.has(line))).toEqual([]);
  });
});
