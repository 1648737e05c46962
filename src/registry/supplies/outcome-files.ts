/** What the checks of a full supply find and set aside, on its way to COPY in a folder of its own. */
import type { Finding } from '../../kernel/findings.ts';
import { type CopyFile, CopyFiles } from '../tables/copy-files.ts';
import { findingRow, setAsideRow } from './findings-rows.ts';
import type { SetAsideRow } from './supply-sink.ts';

export class OutcomeFiles {
  protected readonly files: CopyFiles;
  protected readonly comune: string;
  readonly #supplyId: number;
  #findings = 0;

  /** @param folder private, existing, and empty of `*.copy` files */
  constructor(folder: string, comune: string, supplyId: number) {
    this.files = new CopyFiles(folder);
    this.comune = comune;
    this.#supplyId = supplyId;
  }

  finding(f: Finding): void {
    this.files.row('findings', findingRow(this.#supplyId, ++this.#findings, this.comune, f));
  }

  setAside(row: SetAsideRow): void {
    this.files.row(
      'set_aside',
      setAsideRow(this.#supplyId, this.comune, {
        file: row.file,
        riga: row.riga,
        idSoggetto: row.id_soggetto,
        idEvento: null,
        digest: null,
        waitsFor: null,
        codice: row.codice,
        raw: row.raw,
      }),
    );
  }

  event(): void {
    throw new Error('a full supply has no events');
  }

  /** Ends the files and frees their handles. */
  close(): CopyFile[] {
    return this.files.close();
  }
}
