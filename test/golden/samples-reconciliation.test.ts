/**
 * What only the two registers of the samples together show, as expected.json says (`trasferimenti`, `riconciliazione`), in
 * three orders of loading: every half that is missing, with its age, what closed it, and nothing else.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../src/kernel/day.ts';
import { loadReference } from '../../src/reference/load-reference.ts';
import { askPerson } from '../../src/registry/answers/ask-person.ts';
import { getPerson } from '../../src/registry/answers/find-person.ts';
import { parsePersonKey } from '../../src/registry/answers/person-key.ts';
import type { FindingKind } from '../../src/registry/reconciliation/finding.ts';
import type { ListedFinding } from '../../src/registry/reconciliation/listing.ts';
import { askFindings, refreshFindings } from '../../src/registry/reconciliation/reconciliation.service.ts';
import { transfersOf } from '../../src/registry/answers/transfers.ts';
import { loadSupplies } from '../../src/services/intake/intake.service.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { SAMPLES, samplesPresent } from '../support/samples.ts';

if (!samplesPresent) console.log(`skipped: ${SAMPLES} is not here`);

interface Event {
  readonly comune: string;
  readonly id_evento: string;
  readonly progressivo: number;
}
interface Entry {
  readonly comune: string;
  readonly id_soggetto: string;
}
interface ExpectedFinding {
  readonly genere: string;
  readonly da?: string;
  readonly a?: string;
  readonly persone: readonly {
    readonly codice_fiscale: string;
    readonly da?: Entry | null;
    readonly a?: Entry | null;
    readonly iscrizioni?: readonly (Entry & { readonly iscritto_dal: string })[];
  }[];
  readonly decorrenza?: string;
  readonly aperta_da?: Event;
  readonly registrata?: string;
  readonly stato: string;
  readonly chiusa_da?: Event | null;
  readonly giorni_dalla_registrazione?: number;
  readonly giorni_di_attesa?: number;
  readonly segnalata?: boolean;
  readonly persona?: {
    readonly in_transito?: true;
    readonly corrente?: string;
    readonly pendente?: string;
  } | null;
  readonly corrente?: string;
}
interface ExpectedTransfer {
  readonly cf: readonly string[];
  readonly da: string;
  readonly a: string;
  readonly decorrenza_iscrizione: string | null;
  readonly decorrenza_cancellazione: string | null;
  readonly iscrizione: Event | null;
  readonly cancellazione: Event | null;
}

const expected: {
  readonly ordine_di_caricamento: readonly string[];
  readonly trasferimenti: readonly ExpectedTransfer[];
  readonly riconciliazione: readonly ExpectedFinding[];
} = samplesPresent
  ? JSON.parse(readFileSync(join(SAMPLES, 'expected.json'), 'utf8'))
  : { ordine_di_caricamento: [], trasferimenti: [], riconciliazione: [] };

const inOrder = expected.ordine_di_caricamento;
const monthOf = (file: string): string => file.slice(13, 19);
const comuneOf = (file: string): string => file.slice(6, 12);
const swapped = [...inOrder].sort(
  (a, b) => monthOf(a).localeCompare(monthOf(b)) || comuneOf(b).localeCompare(comuneOf(a)),
);
const apart = [...inOrder].sort(
  (a, b) => comuneOf(b).localeCompare(comuneOf(a)) || monthOf(a).localeCompare(monthOf(b)),
);

const ORDERS = [
  ['in the order of expected.json', inOrder],
  ['with the two comuni swapped', swapped],
  ['one comune after the other', apart],
] as const;

/** The kinds that expected.json names. */
const KINDS: Readonly<Record<string, FindingKind>> = {
  'manca la cancellazione': 'MANCA_CANCELLAZIONE',
  "manca l'iscrizione": 'MANCA_ISCRIZIONE',
  'doppia residenza': 'DOPPIA_RESIDENZA',
};

const eventName = (e: Event | null | undefined): string | null =>
  e == null ? null : `${e.comune}/${e.progressivo}/${e.id_evento}`;
const entryNames = (entries: readonly (Entry | null | undefined)[]): string[] =>
  entries.flatMap((e) => (e == null ? [] : [`${e.comune}:${e.id_soggetto}`])).sort();

/** A finding in one form, from either side. */
function wanted(f: ExpectedFinding): object {
  const half = f.aperta_da !== undefined;
  return {
    genere: KINDS[f.genere],
    persone: f.persone
      .map((p) => `${p.codice_fiscale} ${entryNames([p.da, p.a, ...(p.iscrizioni ?? [])])}`)
      .sort(),
    stato: f.stato,
    ...(half
      ? {
          decorrenza: f.decorrenza,
          aperta_da: eventName(f.aperta_da),
          registrata: f.registrata,
          chiusa_da: eventName(f.chiusa_da),
          giorni_dalla_registrazione: f.giorni_dalla_registrazione,
          giorni_di_attesa: f.giorni_di_attesa,
          segnalata: f.segnalata,
        }
      : { iscrizioni: f.persone.flatMap((p) => p.iscrizioni!.map((i) => i.iscritto_dal)).sort() }),
  };
}
function found(f: ListedFinding): object {
  return {
    genere: f.genere,
    persone: f.persone.map((p) => `${p.codice_fiscale} ${entryNames(p.schede)}`).sort(),
    stato: f.stato,
    ...(f.attesa_dal === null
      ? { iscrizioni: Object.values(f.dettaglio).sort() }
      : {
          decorrenza: f.giorno,
          aperta_da: eventName(f.aperta_da as Event),
          registrata: f.attesa_dal,
          chiusa_da: eventName(f.chiusa_da as Event | null),
          giorni_dalla_registrazione: f.giorni,
          giorni_di_attesa: f.giorni_di_attesa,
          segnalata: f.segnalata,
        }),
  };
}
const sorted = (findings: object[]): object[] =>
  findings.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));

const LAST_DAY = day('2025-02-28');

describe.skipIf(!samplesPresent).each(ORDERS)('reconciliation of the samples, %s', (_, order) => {
  let test: TestDatabase;
  const folder = mkdtempSync(join(tmpdir(), 'sipop-samples-'));

  beforeAll(async () => {
    test = await testDatabase();
    const results = await loadSupplies(
      test.db,
      order.map((file) => join(SAMPLES, file)),
      { workFolder: folder, now: () => new Date('2025-03-10T09:00:00Z'), reference: loadReference() },
    );
    for (const result of results) if ('error' in result) throw result.error;
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await test.drop();
  });

  const all = async (): Promise<readonly ListedFinding[]> => {
    const query = { comune: null, side: 'mine', state: 'tutte', kind: null } as const;
    return (await askFindings(test.db, query, null, (code) => code)).segnalazioni;
  };
  const when = { al: LAST_DAY, notoAl: null };

  it('every finding is there, and no other', async () => {
    expect(sorted((await all()).map(found))).toEqual(sorted(expected.riconciliazione.map(wanted)));
  });

  it('each comune sees what it must mend, and what it awaits from the other', async () => {
    const query = { state: 'tutte', kind: null } as const;
    for (const comune of ['036042', '036047']) {
      const mine = await askFindings(test.db, { ...query, comune, side: 'mine' }, null, (code) => code);
      const others = await askFindings(test.db, { ...query, comune, side: 'others' }, null, (code) => code);
      expect(mine.segnalazioni.every((f) => f.comune === comune)).toBe(true);
      expect(others.segnalazioni.every((f) => f.altro_comune === comune)).toBe(true);
      expect(mine.segnalazioni.length + others.segnalazioni.length).toBe(expected.riconciliazione.length);
    }
  });

  it('the answers about the persons say the same', async () => {
    for (const f of expected.riconciliazione.filter((one) => one.persona != null))
      for (const p of f.persone) {
        const { segnali, residenza } = await askPerson(test.db, parsePersonKey([p.codice_fiscale])!, when);
        const { in_transito, corrente, pendente } = f.persona!;
        expect(segnali.in_transito !== null).toBe(in_transito ?? false);
        expect(segnali.trasferimento_pendente?.da).toBe(pendente);
        expect(residenza.comune).toBe(corrente);
        expect(segnali.doppia_residenza).toBeNull();
      }
  });

  it('the moves have the halves that are expected, paired', async () => {
    const { rows } = await test.db.query<{ event_id: number } & Event>(
      `select event_id, s.comune, id_evento, progressivo from events join supplies s using (supply_id) where id_evento is not null`,
    );
    const names = new Map(rows.map((r) => [r.event_id, eventName(r)]));
    for (const move of expected.trasferimenti)
      for (const cf of move.cf) {
        const { person } = await getPerson(test.db, parsePersonKey([cf])!, LAST_DAY, null);
        const halves = transfersOf(person.entries).map(({ departure, arrival }) => ({
          cancellazione: departure === null ? null : names.get(departure.eventId),
          iscrizione: arrival === null ? null : names.get(arrival.eventId),
          decorrenza_cancellazione: departure?.date ?? null,
          decorrenza_iscrizione: arrival?.date ?? null,
        }));
        expect(halves, cf).toContainEqual({
          cancellazione: eventName(move.cancellazione),
          iscrizione: eventName(move.iscrizione),
          decorrenza_cancellazione: move.decorrenza_cancellazione,
          decorrenza_iscrizione: move.decorrenza_iscrizione,
        });
      }
  });

  it('computed anew as a whole, nothing changes', async () => {
    expect(await refreshFindings(test.db)).toEqual({ opened: 0, closed: 0 });
  });
});
