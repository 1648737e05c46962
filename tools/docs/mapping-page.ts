/** docs/generated/mappature.md: every key of the mapping language, from the schema that reads it. */
import { listPackages } from '../../src/services/intake/mapped/packages.ts';
import { SECTIONS } from '../../src/services/intake/mapped/schema.ts';

const TITLES: Readonly<Record<string, string>> = {
  mappatura: 'Il file intero / the whole file',
  'sorgenti.…': 'Una sorgente / a source',
  'sorgenti.….record.…': 'Un tipo di riga / a type of row',
  'codici.…': 'Una traduzione / a translation',
  'quadratura.…': 'Un totale dichiarato / a declared total',
  'tabelle.…': 'Una tabella / a table',
  'tabelle.….unioni': 'Un’unione / a join',
  'tabelle.….nominativo': 'Cognome e nome in un campo / surname and name in one field',
  'tabelle.….indirizzo': 'Un indirizzo in un campo / an address in one field',
  'valori: che cosa / values: what': 'Un valore / a value',
  'condizioni / conditions': 'Una condizione / a condition',
};

interface Described {
  readonly description?: string | undefined;
  safeParse(value: unknown): { readonly success: boolean };
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

/** @param made the line that says by what the page is made */
export function mappingPage(made: string): string {
  const lines = [
    `# Mappature: ogni chiave / mappings: every key\n\n${made}`,
    'Come si scrive una mappatura, con esempi: [per chi scrive i programmi](../manuale/software-house.md). ',
    `Mappature del programma / mappings of the program: ${listPackages()
      .map((name) => `[${name}](../../src/services/intake/mapped/packages/${name}.yaml)`)
      .join(', ')}.\n`,
  ];
  for (const [path, schema] of SECTIONS) {
    lines.push(`\n## ${TITLES[path]}\n\n\`${path}\`\n\n| chiave | | che cosa |\n| --- | --- | --- |\n`);
    for (const [key, field] of Object.entries(schema.shape as Record<string, Described>)) {
      const needed = field.safeParse(undefined).success ? '' : 'serve';
      lines.push(`| \`${key}\` | ${needed} | ${cell(field.description ?? '')} |\n`);
    }
  }
  lines.push(
    '\nI passi di un valore (da `taglia` a `predefinito`) si applicano sempre nell’ordine della tabella, comunque siano scritti. / The steps of a value are taken in the order of the table, however they are written.\n',
  );
  return lines.join('');
}
