import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { AppError } from '../kernel/app-error.ts';
import { refusalOf } from './refusal.ts';

const refusedBy = (args: string[]) => {
  try {
    parseArgs({ args, options: { out: { type: 'string' }, json: { type: 'boolean' } } });
  } catch (error) {
    return refusalOf(error, 'backup');
  }
  throw new Error('nothing was refused');
};

describe('a refusal is told in Italian and English, with what to do, and as JSON to programs', () => {
  it('an expected one, with its code', () => {
    const refusal = refusalOf(new AppError('not-found', 'manca: cercarlo', 'missing: look for it'), 'person');
    expect(refusal).toMatchObject({
      status: 1,
      json: { errore: 'not-found', messaggio: 'manca: cercarlo', message: 'missing: look for it' },
    });
  });
  it.each([
    [['--outt', 'x'], 'backup: l’opzione --outt non c’è (./sipop backup --help)'],
    [['--out'], 'backup: all’opzione --out manca il valore (./sipop backup --help)'],
    [['--json=1'], 'backup: l’opzione --json non vuole un valore (./sipop backup --help)'],
    [['pippo'], 'backup: «pippo» è di troppo (./sipop backup --help)'],
  ])('arguments wrongly written: %j', (args, italian) => {
    const refusal = refusedBy(args);
    expect(refusal).toMatchObject({ status: 2, italian });
    expect(refusal.english).toMatch(/^backup: .*\(\.\/sipop backup --help\)$/);
  });
  it('a folder that may not be written, with its path', () => {
    const error = Object.assign(new Error('EACCES: permission denied, mkdir'), {
      code: 'EACCES',
      path: '/mnt/copie',
    });
    expect(refusalOf(error, 'backup')).toMatchObject({
      status: 1,
      italian: expect.stringMatching(/^\/mnt\/copie: permesso negato: /),
      json: { errore: 'EACCES' },
    });
  });
  it('a defect without its stack, which is kept for who mends it', () => {
    const kept: unknown[] = [];
    const defect = new TypeError('x is undefined');
    const refusal = refusalOf(defect, 'person', (error) => {
      kept.push(error);
      return '/tmp/errore.txt';
    });
    expect(kept).toEqual([defect]);
    expect(refusal.status).toBe(70);
    expect(refusal.italian).toContain('inviare /tmp/errore.txt');
    expect(refusal.italian + refusal.english).not.toContain('at ');
  });
});
