import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.ts';

const parse = (...args: string[]) => parseOptions('person', args, { switches: ['tutto'] });

describe('options of the questions: al and noto_al, today and now by default (registry.md)', () => {
  it('reads both times, and leaves the words', () => {
    const options = parse('ROSSI', 'MARIO', '--al', '2024-12-31', '--noto-al', '2025-01-31', '--json');
    expect(options).toMatchObject({
      words: ['ROSSI', 'MARIO'],
      al: '2024-12-31',
      notoAl: '2025-01-31T22:59:59.999999Z',
      json: true,
    });
    expect(parse('X')).toMatchObject({ al: null, notoAl: null, json: false });
  });
  it.each([
    ['a day that does not exist', ['--al', '2023-02-29'], /non è un giorno/],
    ['an instant that is none', ['--noto-al', 'ieri'], /né un istante/],
    [
      'an option that is not there, with those that are',
      ['--il', '2024-01-01'],
      /l’opzione --il non c’è; le opzioni sono --al/,
    ],
    ['an option without its value', ['--al'], /all’opzione --al manca il valore/],
    ['a value for a switch', ['--tutto=1'], /l’opzione --tutto non vuole un valore/],
  ])('refuses %s', (_, args, message) => expect(() => parse(...args)).toThrow(message));
  it('refuses a time that means nothing to the command, rather than not heed it', () =>
    expect(() => parseOptions('history', ['X', '--al', '2024-01-01'], { without: ['al'] })).toThrow(
      /l’opzione --al non c’è; le opzioni sono --noto-al/,
    ));
});
