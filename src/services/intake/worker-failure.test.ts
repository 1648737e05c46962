import { describe, expect, it } from 'vitest';
import { AppError } from '../../kernel/app-error.ts';
import { errorOf, failureOf, threadDied } from './worker-failure.ts';

const systemError = (code: string): Error => Object.assign(new Error(`${code}: write`), { code });

describe('what goes wrong with one supply is told of that one (docs/adr/0003)', () => {
  it.each(['ENOSPC', 'EDQUOT'])('%s in the working folder: the disk is full, and how to go on', (code) => {
    const error = errorOf(failureOf(systemError(code), 'lavoro/1-abc'));
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'disk-full', italian: expect.stringContaining('lavoro/1-abc') });
  });

  it('a refusal keeps its code and sentences between threads', () => {
    const error = errorOf(failureOf(new AppError('not-found', 'non c’è', 'is not there'), '/work'));
    expect(error).toMatchObject({ code: 'not-found', italian: 'non c’è', english: 'is not there' });
  });

  it('a defect stays a defect, with the place where it happened', () => {
    const defect = new TypeError('x is undefined');
    const error = errorOf(failureOf(defect, '/work'));
    expect(error).not.toBeInstanceOf(AppError);
    expect(error.stack).toBe(defect.stack);
  });

  it('a thread that died names its supply and why', () => {
    const died = threadDied('SIPOP_036001_000001_COMPLETA.zip', systemError('ERR_WORKER_OUT_OF_MEMORY'));
    expect(died.italian).toMatch(/^SIPOP_036001_000001_COMPLETA.zip: .*ERR_WORKER_OUT_OF_MEMORY/);
  });
});
