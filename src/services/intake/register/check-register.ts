/** From the unpacked files of a COMPLETA to judged records: form, references, spells, warnings (tracciato.md 4). */
import { statSync } from 'node:fs';
import type { Day } from '../../../kernel/day.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type { SupplySink } from '../../../registry/supplies/supply-sink.ts';
import { scanTable } from '../archive/csv.ts';
import type { RowBytes } from '../rows/csv-rows.ts';
import { type DoorFaults, MAX_TEXT } from '../rows/row-form.ts';
import { RowReader, rowText } from '../rows/row-reader.ts';
import { HouseholdMembers } from './household-members.ts';
import { HouseholdStore } from './household-store.ts';
import { IdTable } from './id-table.ts';
import { RegisterColumns } from './register-columns.ts';
import { FILE, SUBJECT_FILES } from './subject-files.ts';
import { type Register, SubjectJudge } from './subject-judge.ts';
import { SubjectRows } from './subject-rows.ts';
import type { Tally } from './tally.ts';

export interface RegisterFiles {
  /** Paths of the unpacked tables by name, structure and totals already found right. */
  readonly files: ReadonlyMap<string, string>;
  /** Rows of soggetti.csv. */
  readonly soggetti: number;
  readonly situazioneAl: Day;
  readonly reference: Reference;
  /** Private; what does not fit in memory goes there. */
  readonly folder: string;
  /** Rows brought together at a time, in bytes. */
  readonly bucketBytes?: number;
  /** What a door has found of the rows already; null or absent where they came as they are. */
  readonly found?: DoorFaults | null;
  /** Ties and dwellings say nothing of earlier ones (tracciato.md 5). */
  readonly onlyPresent?: boolean;
  /** Rows judged so far. */
  readonly onRows?: (done: number) => void;
}

/** Some 7,500 persons with histories. Policy: bounds the memory of one check. */
const BUCKET_BYTES = 4 * 1024 * 1024;
/** Whatever is longer than a text may be is malformed (SIP-102), here and in the rows that point at it: it is not kept. */
const MAX_ID_BYTES = 4 * MAX_TEXT;
/** Rows between two calls of `onRows`. */
const STEP = 8192;

/** Judges all rows. Households reach the sink before subjects, subjects in the order of soggetti.csv. */
export function checkRegister(input: RegisterFiles, sink: SupplySink, tally: Tally): void {
  const { files, situazioneAl, reference } = input;
  const found = input.found ?? null;
  const subjects = new IdTable();
  const stores = {
    famiglia: new HouseholdStore('famiglia', reference, found),
    convivenza: new HouseholdStore('convivenza', reference, found),
  };
  const members = {
    famiglia: new HouseholdMembers(stores.famiglia),
    convivenza: new HouseholdMembers(stores.convivenza),
  };
  const readers: (RowReader | null)[] = SUBJECT_FILES.map(() => null);
  const columns = new RegisterColumns(subjects);
  const register: Register = {
    situazioneAl,
    reference,
    subjects,
    stores,
    members,
    columns,
    onlyPresent: input.onlyPresent ?? false,
    readers,
    tally,
    sink,
    found,
  };
  const judge = new SubjectJudge(register);
  const rows = new SubjectRows(
    input.folder,
    input.soggetti,
    sizeOf(files),
    input.bucketBytes ?? BUCKET_BYTES,
  );
  let done = 0;
  const progress = (count: number): void => {
    const before = Math.floor(done / STEP);
    done += count;
    if (Math.floor(done / STEP) > before) input.onRows?.(done);
  };

  /** Brings the rows of one file to their subjects. */
  const gather = (file: number): void => {
    const spec = SUBJECT_FILES[file]!;
    const path = files.get(spec.name);
    if (path === undefined) return;
    let idPlace = 0;
    scanTable(path, spec, (row, places) => {
      if (places !== undefined) {
        readers[file] = new RowReader(spec, places);
        idPlace = places[0]!;
        return true;
      }
      const subject = file === FILE.soggetti ? take(subjects, row, idPlace) : find(subjects, row, idPlace);
      if (subject >= 0) rows.put(subject, file, row);
      else {
        judge.judgeOrphan(cellText(row, idPlace), { file, riga: row.riga, text: rowText(row) });
        progress(1);
      }
      return true;
    });
  };

  gather(FILE.soggetti);
  for (const store of [stores.famiglia, stores.convivenza]) {
    const path = files.get(store.file);
    if (path !== undefined) progress(store.load(path, subjects, situazioneAl, sink, tally));
  }
  for (let file = FILE.legami; file <= FILE.generalita; file++) gather(file);
  rows.each((subject, next) => progress(judge.judge(subject, next)));
  columns.report(tally);
  for (const kind of ['famiglia', 'convivenza'] as const)
    members[kind].report(subjects, columns.stands, tally);
}

function sizeOf(files: ReadonlyMap<string, string>): number {
  let size = 0;
  for (const spec of SUBJECT_FILES) {
    const path = files.get(spec.name);
    if (path !== undefined) size += statSync(path).size;
  }
  return size;
}

/** The number of the identifier, taken in when it is new; -1 where it is empty or no identifier: nothing can point at it. */
function take(ids: IdTable, row: RowBytes, cell: number): number {
  const length = row.ends[cell]! - row.starts[cell]!;
  if (length === 0 || length > MAX_ID_BYTES) return -1;
  if (row.doubled[cell] === 1) return ids.addText(cellText(row, cell));
  return ids.add(row.buffer, row.starts[cell]!, row.ends[cell]!);
}

function find(ids: IdTable, row: RowBytes, cell: number): number {
  if (row.doubled[cell] === 1) return ids.findText(cellText(row, cell));
  return ids.find(row.buffer, row.starts[cell]!, row.ends[cell]!);
}

/** The content of a cell, doubled quotes undone. */
function cellText(row: RowBytes, cell: number): string {
  const text = row.buffer.toString('utf8', row.starts[cell]!, row.ends[cell]!);
  return row.doubled[cell] === 1 ? text.replaceAll('""', '"') : text;
}
