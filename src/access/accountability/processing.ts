/** The register of processing activities (GDPR art. 30; security.md, 37), as rows and as CSV. Pure. */
import { z } from 'zod';
import { csvLine } from '../../platform/csv/write-csv.ts';
import type { HistoryTable } from '../accounts/history.sql.ts';

const SAID = z.string().trim().min(1).max(2000);

/** One activity, with what art. 30(1) wants said of it, letter by letter. */
export const PROCESSING = z.strictObject({
  activity_id: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9-]{0,59}$/),
  name: SAID,
  controller: SAID.describe('(a) titolare e responsabile / controller and processor'),
  purposes: SAID.describe('(b) finalità / purposes'),
  legal_basis: SAID,
  persons: SAID.describe('(c) categorie di interessati / categories of data subjects'),
  data: SAID.describe('(c) categorie di dati / categories of data'),
  recipients: SAID.describe('(d) destinatari / recipients'),
  transfers: SAID.describe('(e) paesi terzi / third countries'),
  retention: SAID.describe('(f) termini / time limits'),
  measures: SAID.describe('(g) misure / measures'),
  ended: z.boolean(),
});
export type ProcessingRow = Readonly<z.output<typeof PROCESSING>>;

const COLUMNS = Object.keys(PROCESSING.shape) as (keyof ProcessingRow)[];

export const PROCESSING_ACTIVITIES: HistoryTable<ProcessingRow> = {
  name: 'processing_activities',
  key: ['activity_id'],
  columns: COLUMNS,
};

/** For the Garante, or whoever audits: one line an activity, its columns named. */
export const processingCsv = (rows: readonly ProcessingRow[]): string =>
  [
    csvLine(COLUMNS),
    ...rows.map((row) =>
      csvLine(
        COLUMNS.map((column) => (typeof row[column] === 'boolean' ? (row[column] ? 'S' : 'N') : row[column])),
      ),
    ),
  ].join('');
