/** What may have changed in a register between two full supplies, at random: lives, mistakes, and the events that told of them. */
import fc from 'fast-check';
import { type CsvRegister, type CsvRow, copyOf } from './csv-register.ts';
import { supplyZip } from './supply-zip.ts';

/** The last day of the supply of changes. */
const BETWEEN = '2025-03-30';

export interface Change {
  readonly kind: (typeof KINDS)[number];
  readonly who: number;
  readonly n: number;
}

const KINDS = [
  'die',
  'leave',
  'forget',
  'rename',
  'recode',
  'naturalise',
  'divorce',
  'move household',
  'join',
  'mistake in start',
  'mistake in history',
  'arrive',
  'document',
  'close history',
  'lose names',
] as const;

export const rowsOf = (r: CsvRegister, file: string): CsvRow[] => r.get(file)?.rows ?? [];
const own = (r: CsvRegister, file: string, id: string): CsvRow[] =>
  rowsOf(r, file).filter((row) => row['id_soggetto'] === id);
const dayOf = (n: number): string => `2025-0${1 + (n % 3)}-${String(1 + (n % 28)).padStart(2, '0')}`;

/** Ends what is open of a subject. */
function end(r: CsvRegister, id: string, on: string): void {
  for (const file of ['legami.csv', 'residenze.csv'])
    for (const row of own(r, file, id)) if (row['al'] === '' && row['dal']! <= on) row['al'] = on;
}

/** Closes the households that nobody is in. */
function closeEmpty(r: CsvRegister): void {
  for (const family of rowsOf(r, 'famiglie.csv')) {
    if (family['al'] !== '') continue;
    const ties = rowsOf(r, 'legami.csv').filter((l) => l['id_famiglia'] === family['id_famiglia']);
    if (ties.some((l) => l['al'] === '')) continue;
    family['al'] =
      ties
        .map((l) => l['al']!)
        .sort()
        .at(-1) ?? family['dal']!;
  }
}

function apply(r: CsvRegister, { kind, who, n }: Change): void {
  const people = rowsOf(r, 'soggetti.csv');
  const s = people[who % people.length]!;
  const id = s['id_soggetto']!;
  const resident = s['posizione'] === 'RESIDENTE';
  const on = dayOf(n);
  if (s['iscritto_dal']! > on) return;
  const openTie = own(r, 'legami.csv', id).find((l) => l['al'] === '');
  const openHome = own(r, 'residenze.csv', id).find((l) => l['al'] === '');
  switch (kind) {
    case 'die':
      if (!resident) return;
      Object.assign(s, { posizione: 'DECEDUTO', data_morte: on, comune_morte: '036023' });
      end(r, id, on);
      return;
    case 'leave':
      if (!resident) return;
      Object.assign(s, {
        posizione: 'CANCELLATO',
        cancellato_dal: on,
        motivo_cancellazione: '3',
        comune_destinazione: '037006',
      });
      end(r, id, on);
      return;
    case 'forget':
      for (const table of r.values()) {
        const kept = table.rows.filter((row) => row['id_soggetto'] !== id);
        table.rows.splice(0, table.rows.length, ...kept);
      }
      return;
    case 'lose names':
      Object.assign(s, { cognome: '', nome: '' });
      return;
    case 'rename':
      s['nome'] = `${s['nome']} ${'ABC'[n % 3]}`;
      return;
    case 'recode':
      Object.assign(s, { codice_fiscale: String(10_000_000_000 + n), validita_cf: '9' });
      return;
    case 'naturalise':
      if (s['cittadinanza'] === '100' || own(r, 'cittadinanze.csv', id).some((c) => c['dal']! > on)) return;
      for (const row of own(r, 'cittadinanze.csv', id)) if (row['al'] === '') row['al'] = on;
      rowsOf(r, 'cittadinanze.csv').push({ id_soggetto: id, stato: '100', dal: on, al: '' });
      Object.assign(s, { cittadinanza: '100', cittadinanza_dal: on });
      return;
    case 'divorce':
      if (s['stato_civile'] !== '2' || own(r, 'stati_civili.csv', id).some((c) => c['dal']! > on)) return;
      for (const row of own(r, 'stati_civili.csv', id)) if (row['al'] === '') row['al'] = on;
      rowsOf(r, 'stati_civili.csv').push({ id_soggetto: id, stato_civile: '4', dal: on, al: '' });
      Object.assign(s, { stato_civile: '4', stato_civile_dal: on, id_coniuge: '', cf_coniuge: '' });
      return;
    case 'move household': {
      const family = rowsOf(r, 'famiglie.csv').find((f) => f['id_famiglia'] === openTie?.['id_famiglia']);
      if (family === undefined) return;
      Object.assign(family, {
        specie: 'VIA',
        toponimo: `NUOVA ${n % 5}`,
        civico: String(1 + (n % 9)),
        esponente: '',
        interno: '',
      });
      for (const tie of rowsOf(r, 'legami.csv')) {
        if (tie['al'] !== '' || tie['id_famiglia'] !== family['id_famiglia']) continue;
        for (const row of own(r, 'residenze.csv', tie['id_soggetto']!)) {
          if (row['al'] !== '' || row['dal']! > on) continue;
          row['al'] = on;
          const address = Object.fromEntries(
            Object.entries(family).filter(([c]) => c in row && c !== 'dal' && c !== 'al'),
          );
          rowsOf(r, 'residenze.csv').push({ ...row, ...address, dal: on, al: '' });
        }
      }
      return;
    }
    case 'join': {
      const families = rowsOf(r, 'famiglie.csv').filter((f) => f['al'] === '' && f['dal']! <= on);
      const family = families[n % Math.max(1, families.length)];
      if (!resident || family === undefined || openTie === undefined || openTie['dal']! > on) return;
      if (openTie['id_famiglia'] === family['id_famiglia']) return;
      openTie['al'] = on;
      rowsOf(r, 'legami.csv').push({
        ...openTie,
        id_famiglia: family['id_famiglia']!,
        id_convivenza: '',
        relazione: '13',
        progressivo: '',
        dal: on,
        al: '',
      });
      if (openHome === undefined || openHome['dal']! > on) return;
      openHome['al'] = on;
      const address = Object.fromEntries(
        Object.entries(family).filter(([c]) => c in openHome && c !== 'dal' && c !== 'al'),
      );
      rowsOf(r, 'residenze.csv').push({ ...openHome, ...address, dal: on, al: '' });
      return;
    }
    case 'mistake in start':
      if (openTie !== undefined) openTie['dal'] = on;
      return;
    case 'mistake in history': {
      const table = rowsOf(r, ['residenze.csv', 'stati_civili.csv', 'legami.csv'][n % 3]!);
      const row = table[who % Math.max(1, table.length)];
      if (row !== undefined) row['dal'] = dayOf(n + 1);
      return;
    }
    case 'arrive': {
      if (openTie === undefined || openTie['id_famiglia'] === '') return;
      const newId = `N${n}`;
      if (people.some((p) => p['id_soggetto'] === newId)) return;
      people.push({
        ...s,
        id_soggetto: newId,
        codice_fiscale: '',
        validita_cf: '',
        posizione: 'RESIDENTE',
        nome: 'NUOVO',
        iscritto_dal: on,
        stato_civile: '1',
        stato_civile_dal: '',
        id_coniuge: '',
        cf_coniuge: '',
      });
      rowsOf(r, 'legami.csv').push({
        ...openTie,
        id_soggetto: newId,
        relazione: '13',
        progressivo: '',
        dal: on,
        al: '',
      });
      return;
    }
    case 'document':
      Object.assign(s, {
        documento_tipo: 'CIE',
        documento_numero: `CA${n}`,
        documento_rilascio: on,
        documento_scadenza: '2035-01-01',
      });
      return;
    case 'close history': {
      const row = rowsOf(r, 'stati_civili.csv')[n % Math.max(1, rowsOf(r, 'stati_civili.csv').length)];
      if (row?.['al'] === '' && row['dal']! <= on) row['al'] = on;
    }
  }
}

export const changes = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), who: fc.nat({ max: 10_000 }), n: fc.nat({ max: 10_000 }) }),
  { minLength: 1, maxLength: 14 },
);

const EVENTS = [
  'MORTE',
  'CANCELLAZIONE',
  'STATO_CIVILE',
  'CITTADINANZA',
  'CAMBIO_ABITAZIONE',
  'FAMIGLIA',
  'GENERALITA',
] as const;
export const events = fc.array(
  fc.record({
    operazione: fc.constantFrom(...EVENTS),
    who: fc.nat({ max: 10_000 }),
    n: fc.nat({ max: 10_000 }),
  }),
  { maxLength: 10 },
);
export type RandomEvent = {
  readonly operazione: (typeof EVENTS)[number];
  readonly who: number;
  readonly n: number;
};

/** What an event that nobody checked says of somebody of A: it may apply or not, and B may contradict it. */
function dataOf(base: CsvRegister, { operazione, who, n }: RandomEvent, on: string): object {
  const people = rowsOf(base, 'soggetti.csv');
  const id_soggetto = people[who % people.length]!['id_soggetto']!;
  const families = rowsOf(base, 'famiglie.csv').filter((f) => f['al'] === '');
  const id_famiglia = families[n % families.length]!['id_famiglia']!;
  const from = own(base, 'legami.csv', id_soggetto).find((l) => l['al'] === '')?.['id_famiglia'] ?? '';
  switch (operazione) {
    case 'MORTE':
      return { id_soggetto, data_morte: on, comune_morte: '036023' };
    case 'CANCELLAZIONE':
      return { motivo: '3', id_soggetti: [id_soggetto], destinazione: { comune: '037006' } };
    case 'STATO_CIVILE':
      return { id_soggetto, stato_civile: '4' };
    case 'CITTADINANZA':
      return { id_soggetto, cittadinanza: n % 2 === 0 ? '100' : '201' };
    case 'CAMBIO_ABITAZIONE':
      return {
        id_famiglia,
        famiglia: { id_famiglia: id_famiglia, specie: 'VIA', toponimo: `MOSSA ${n % 4}`, civico: '7' },
      };
    case 'FAMIGLIA':
      return { movimenti: [{ id_soggetto, da: from, a: id_famiglia, relazione: '13' }] };
    case 'GENERALITA':
      return { id_soggetto, motivo: 'RETTIFICA', nome: `CAMBIATO ${n % 3}` };
  }
}

/** A supply of changes between the two: some of its events count only after the day of B. */
export function between(base: CsvRegister, comune: string, list: readonly RandomEvent[]): Buffer {
  const lines = list.map((event, i) => {
    const on = event.n % 5 === 0 ? '2025-05-05' : dayOf(event.n);
    const { operazione } = event;
    return JSON.stringify({
      id_evento: `E${i}`,
      operazione,
      tipo: 'N',
      data_evento: on > BETWEEN ? BETWEEN : on,
      decorrenza: on,
      registrazione: BETWEEN,
      dati: dataOf(base, event, on),
    });
  });
  return supplyZip({
    tipo: 'VARIAZIONI',
    comune,
    progressivo: 2,
    situazione_al: BETWEEN,
    files: new Map([['eventi.jsonl', Buffer.from(lines.map((line) => `${line}\n`).join(''))]]),
  });
}

const MISTAKES = ['mistake in start', 'mistake in history', 'lose names', 'rename', 'close history'] as const;
export const mistakes = fc.array(
  fc.record({ kind: fc.constantFrom(...MISTAKES), who: fc.nat({ max: 10_000 }), n: fc.nat({ max: 10_000 }) }),
  { maxLength: 4 },
);

/** The register after some changes. */
export function changed(base: CsvRegister, list: readonly Change[]): CsvRegister {
  const register = copyOf(base);
  for (const change of list) apply(register, change);
  closeEmpty(register);
  return register;
}
