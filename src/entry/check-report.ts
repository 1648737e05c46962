/** The report of `intake check` as people read it: what would become of the file, the codes found, the first of each. */
import type { Finding } from '../kernel/findings.ts';
import { SOURCE_FILES } from '../registry/claims/source-row.ts';
import type { FileReport } from '../services/intake/check/check-file.ts';
import type { CodeCount } from '../services/intake/check/finding-counts.ts';
import { fields, foldWords, type TableTarget, table, thousands } from './table.ts';

const WIDE = 110;

interface CountLine {
  readonly file: string;
  readonly lette: number;
  readonly scartate: number;
  readonly segnalate: number;
}

function countLines({ lette, scartate, segnalate }: FileReport): CountLine[] {
  const place = (file: string): number => {
    const at = SOURCE_FILES.indexOf(file);
    return at < 0 ? SOURCE_FILES.length : at;
  };
  return Object.keys({ ...lette, ...scartate, ...segnalate })
    .sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
    .map((file) => ({
      file,
      lette: lette[file] ?? 0,
      scartate: scartate[file] ?? 0,
      segnalate: segnalate[file] ?? 0,
    }));
}

/** Where a finding stands: file, row, field and value, subject. */
function placeOf(f: Finding): string {
  const { origine_file: file, origine_record: row, origine_campo: field } = f.dettaglio ?? {};
  return [
    file === undefined
      ? ''
      : `${file}, ${/\.xml$/i.test(String(file)) ? 'scheda' : 'riga'} ${row}${field === undefined ? '' : ` (${field})`}:`,
    f.file ?? 'fornitura',
    f.riga === null ? '' : `riga ${f.riga}`,
    f.campo === '' ? '' : `${f.campo}${f.valore === '' ? '' : ` «${f.valore}»`}`,
    f.id_soggetto === '' ? '' : `soggetto ${f.id_soggetto}`,
    f.id_famiglia === undefined ? '' : `famiglia ${f.id_famiglia}`,
    f.id_evento === undefined ? '' : `evento ${f.id_evento}`,
  ]
    .filter((part) => part !== '')
    .join(', ')
    .replace(':,', ':');
}

function exampleLines(f: Finding, target: TableTarget): string {
  const to = target.isTTY === true ? Math.min(target.columns ?? WIDE, WIDE) - 8 : Number.POSITIVE_INFINITY;
  const lines = [f.messaggio, f.messaggio_en].flatMap((text) => foldWords(text, to));
  return [`    ${placeOf(f)}`, ...lines.map((line) => `        ${line}`), ''].join('\n');
}

function codeLines({ codice, gravita, quante, esempi }: CodeCount, target: TableTarget): string {
  const more = quante > esempi.length && esempi.length > 0 ? `, le prime / the first ${esempi.length}` : '';
  return `\n${gravita} ${codice}  ${thousands(quante)}${more}\n${esempi.map((f) => exampleLines(f, target)).join('')}`;
}

/** What is written of one file. */
export function checkReport(report: FileReport, target: TableTarget = {}): string {
  const head = fields(
    [
      ['file', report.file],
      ['esito', report.esito],
    ],
    target,
  );
  const right = true;
  const lines = countLines(report);
  const counts =
    lines.length === 0
      ? ''
      : `\n${table(
          lines,
          [
            { title: 'file', text: (l) => l.file },
            { title: 'lette', text: (l) => thousands(l.lette), right },
            { title: 'scartate', text: (l) => thousands(l.scartate), right },
            { title: 'segnalate', text: (l) => thousands(l.segnalate), right },
          ],
          target,
        )}`;
  if (report.codici.length === 0) return `${head}${counts}\nNessuna segnalazione / no findings\n`;
  const legend =
    '\nB = fornitura rifiutata / supply refused; E = riga scartata / row set aside; W = caricata, da controllare / loaded, to be checked\n';
  return `${head}${counts}${legend}${report.codici.map((c) => codeLines(c, target)).join('')}`;
}
