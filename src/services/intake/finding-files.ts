/** All findings of a question as one file, a page of the database at a time. */
import type { Client } from '../../platform/db/pool.ts';
import { csvLine } from '../../platform/http/csv.ts';
import {
  type FindingPageQuery,
  type FindingPlace,
  type PagedFinding,
  pageFindings,
} from '../../registry/supplies/listing.sql.ts';
import { shownFinding } from './shown-findings.ts';

/** Findings of a page of the file: some 10 MB at the most. */
const FILE_PAGE = 5_000;

async function* everyPage(db: Client, query: FindingPageQuery): AsyncGenerator<readonly PagedFinding[]> {
  let after: FindingPlace | null = null;
  for (;;) {
    const page: PagedFinding[] = await pageFindings(db, query, after, FILE_PAGE);
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < FILE_PAGE) return;
    after = { supply: last.key_supply, n: last.key_n };
  }
}

const COLUMNS = [
  'ricevuta',
  'comune',
  'progressivo',
  'operazione',
  'codice',
  'gravita',
  'file',
  'riga',
  'id_soggetto',
  'id_famiglia',
  'id_evento',
  'campo',
  'valore',
  'messaggio',
  'messaggio_en',
  'chiusa_da',
] as const;

export async function* csvOf(db: Client, query: FindingPageQuery): AsyncGenerator<string> {
  // The mark by which spreadsheets know UTF-8.
  yield `\ufeff${csvLine(COLUMNS)}`;
  for await (const page of everyPage(db, query))
    yield page
      .map(shownFinding)
      .map((f) => csvLine(COLUMNS.map((column) => f[column])))
      .join('');
}

export async function* jsonOf(db: Client, query: FindingPageQuery): AsyncGenerator<string> {
  let before = '{"segnalazioni":[';
  for await (const page of everyPage(db, query)) {
    yield `${before}${page.map((f) => JSON.stringify(shownFinding(f))).join(',\n')}`;
    before = page.length === 0 ? '' : ',\n';
  }
  yield ']}\n';
}
