/** `difetti.csv`: what each supply of the province is expected to be met with, a row for each finding. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One finding of the intake that the generator knows of. */
export interface Defect {
  /** Name of the archive. */
  readonly archive: string;
  readonly comune: string;
  readonly progressivo: number;
  /** The file inside, and its row from 1; null where the finding is of the whole file. */
  readonly file: string;
  readonly riga: number | null;
  /** As the finding gives it; '' where it names nobody. */
  readonly idSoggetto: string;
  readonly codice: string;
}

const HEADER = 'archivio;comune;progressivo;file;riga;id_soggetto;codice';
const BLOCK = 1000;

/** Kept on disk, a block at a time. */
export class DefectList {
  private readonly path: string;
  private rows: string[] = [HEADER];

  constructor(folder: string) {
    this.path = join(folder, 'difetti.csv');
    writeFileSync(this.path, '');
  }

  add(d: Defect): void {
    this.rows.push(
      `${d.archive};${d.comune};${d.progressivo};${d.file};${d.riga ?? ''};${d.idSoggetto};${d.codice}`,
    );
    if (this.rows.length >= BLOCK) this.flush();
  }

  close(): void {
    this.flush();
  }

  private flush(): void {
    if (this.rows.length > 0) appendFileSync(this.path, `${this.rows.join('\n')}\n`);
    this.rows = [];
  }
}
