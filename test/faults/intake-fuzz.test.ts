/**
 * "A fuzz run over the intake …, half of them past the checksums into fields and structure, with no crash, hang, or
 * half-applied supply" (the main job). Here the quick run; the long ones are `node tools/fuzz/intake.ts 100000` and,
 * into a register, `node tools/fuzz/apply.ts 5000`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { soundInput } from '../../tools/fuzz/inputs.ts';
import { fuzzApplied, fuzzIntake, outcomeOf } from '../../tools/fuzz/run.ts';
import { soundSubentro, subentroInput } from '../../tools/fuzz/subentro-inputs.ts';

describe('damaged supplies', () => {
  it.each(['COMPLETA', 'VARIAZIONI'] as const)('the undamaged %s is accepted', async (tipo) => {
    const scratch = mkdtempSync(join(tmpdir(), 'sipop-fuzz-'));
    const outcome = await outcomeOf(soundInput(tipo), scratch);
    rmSync(scratch, { recursive: true });
    expect(outcome.segnalazioni.filter(({ gravita }) => gravita !== 'W')).toEqual([]);
  });

  it('1,600 of them end in an outcome that is well formed, none in a crash or a hang', async () => {
    const report = await fuzzIntake({ runs: 1600, seed: 20_250_101 });
    console.log(
      `fuzz: ${report.runs} inputs, slowest ${Math.round(report.slowestMs)} ms, ${JSON.stringify(report.outcomes)}`,
    );
    expect(report.failures).toEqual([]);
    // Damage past the checksums must reach the rows: most of those supplies are taken, with findings.
    expect(report.outcomes['tables RIFIUTATA'] ?? 0).toBeLessThan(1600 / 8);
  }, 900_000);

  it('900 of them by the ANPR door, cells, elements, hostile pieces and bytes, likewise', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'sipop-fuzz-'));
    const sound = await outcomeOf(soundSubentro(), scratch);
    rmSync(scratch, { recursive: true });
    expect(sound.segnalazioni.filter(({ gravita }) => gravita !== 'W')).toEqual([]);
    const report = await fuzzIntake({ runs: 900, seed: 20_250_103, inputs: subentroInput });
    console.log(
      `fuzz, subentro: slowest ${Math.round(report.slowestMs)} ms, ${JSON.stringify(report.outcomes)}`,
    );
    expect(report.failures).toEqual([]);
    expect(report.outcomes['subentro RIFIUTATA'] ?? 0).toBeLessThan(700);
  }, 900_000);

  it('150 of them, past the checksums, applied to a register: no invariant breaks, and nothing is half applied', async () => {
    const report = await fuzzApplied({ runs: 150, seed: 20_250_102 });
    console.log(`fuzz, applied: ${report.runs} inputs, ${JSON.stringify(report.outcomes)}`);
    expect(report.failures).toEqual([]);
  }, 900_000);
});
