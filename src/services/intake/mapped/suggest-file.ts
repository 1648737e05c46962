/** Looks at a file, text or workbook, and proposes its mapping. */
import { mkdtemp, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { AppError } from '../../../kernel/app-error.ts';
import { type MappingProblem, readMapping } from './read-mapping.ts';
import { SOURCE } from './schema.ts';
import { type Suggestion, suggestMapping } from './suggest.ts';
import { lookAtFixed } from './suggest-fixed.ts';
import { columnsOf, lookAt, sampleOf } from './suggest-look.ts';
import { openWorkbook } from './workbook-rows.ts';

export interface SuggestedMapping extends Suggestion {
  /** What a check of it finds; empty when it can be used at once. */
  readonly problems: readonly MappingProblem[];
}

/** Rows of a sheet that are looked at, and rows of titles that may stand above its header. */
const ROWS = 500;
const MOST_TITLES = 5;

/** @throws AppError not-found; usage, for a file of which nothing can be proposed */
export async function suggestForFile(path: string, tempFolder: string): Promise<SuggestedMapping> {
  const bytes = readable(path);
  const made =
    bytes.toString('hex', 0, 4) === '504b0304' ? await ofWorkbook(path, tempFolder) : ofText(path, bytes);
  return { ...made, problems: readMapping(Buffer.from(made.yaml)).problems };
}

function readable(path: string): Buffer {
  try {
    return sampleOf(path);
  } catch (cause) {
    throw new AppError(
      'not-found',
      `non si riesce a leggere ${path}: controllare il nome e i permessi del file`,
      `cannot read ${path}: check its name and its permissions`,
      cause,
    );
  }
}

function ofText(path: string, bytes: Buffer): Suggestion {
  const name = basename(path);
  if (bytes.includes(0))
    throw new AppError(
      'usage',
      `${name} non è un testo né un foglio .xlsx`,
      `${name} is neither a text nor an .xlsx workbook`,
    );
  const look = lookAt(bytes);
  if (look.separator === null) {
    const fixed = lookAtFixed(look.lines);
    // Without a codice fiscale nothing says what its fields are.
    if (!fixed.columns.some(({ name: column }) => column === 'CODICE_FISCALE'))
      throw new AppError(
        'usage',
        `${name} non ha un separatore: sembra a larghezza fissa (${look.encoding}), ma senza codici fiscali sempre allo stesso posto non si capisce che cosa tenga. Le posizioni dei campi le dice la documentazione del programma: partire dalla mappatura posizionale-2002`,
        `${name} has no separator: it looks like one of fixed width (${look.encoding}), but without codici fiscali at one place nothing says what it holds. The positions of its fields are in the documentation of the software: begin with the mapping posizionale-2002`,
      );
    return suggestMapping(name, { fixed: true, encoding: look.encoding, ...fixed });
  }
  return suggestMapping(name, look);
}

async function ofWorkbook(path: string, tempFolder: string): Promise<Suggestion> {
  for (let skip = 0; skip <= MOST_TITLES; skip++) {
    const folder = await mkdtemp(join(tempFolder, 'sipop-suggest-'));
    try {
      const source = SOURCE.parse({ formato: 'xlsx', salta: String(skip) });
      const read = await openWorkbook(path, folder, source);
      let header: readonly string[] = [];
      const rows: (readonly string[])[] = [];
      const fault = read({
        header: (names) => {
          header = names;
          return null;
        },
        row: (fields) => rows.push([...fields]) < ROWS,
      });
      // A title stands alone in its row, and the rows below it are wider.
      if (fault?.codice === 'SIP-012' || header.filter((name) => name !== '').length < 3) continue;
      if (fault !== null)
        throw new AppError(
          'usage',
          `${basename(path)}: ${fault.perche[0]}`,
          `${basename(path)}: ${fault.perche[1]}`,
        );
      const { columns } = columnsOf([header, ...rows]);
      return suggestMapping(basename(path), { workbook: true, skip, columns });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  throw new AppError(
    'usage',
    `${basename(path)}: nel primo foglio non si trova una riga con i nomi delle colonne`,
    `${basename(path)}: no row with the names of the columns is found in the first sheet`,
  );
}
