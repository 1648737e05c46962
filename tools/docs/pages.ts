/** The pages of docs/generated, made from the code that they describe. Pure, but for the schema, which asks a database. */
import { OPERATION_IDS, OPERATION_RIGHTS } from '../../src/access/rights/operations.ts';
import { FIELDS, FIRST_PROFILES, FIRST_PURPOSES } from '../../src/access/rights/profiles.ts';
import { COMMANDS } from '../../src/entry/commands.ts';
import { apiDocument } from '../../src/entry/http.ts';
import { type FindingCode, finding, MESSAGES } from '../../src/services/intake/messages/messages.ts';

export const MADE = '<!-- Made by `npm run docs` from the code: do not edit. -->\n\n';

const GRAVITY: Readonly<Record<string, string>> = {
  B: 'Fornitura rifiutata intera, nulla applicato / supply refused whole, nothing applied',
  E: 'Riga o evento scartato e conservato / record set aside and kept',
  W: 'Caricato con una segnalazione / loaded with a warning',
};

const cell = (text: string): string => text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');

/** Every finding with an example of its sentences (tracciato.md 4). */
export function errorsPage(): string {
  const codes = (Object.keys(MESSAGES) as FindingCode[]).sort();
  const lines = [
    `# Segnalazioni / findings\n\n${MADE}`,
    'Le frasi sono un esempio: nomi e valori vengono dalla riga. / The sentences are an example: names and values come from the row.\n',
  ];
  for (const [gravity, title] of Object.entries(GRAVITY)) {
    lines.push(`\n## ${gravity}: ${title}\n\n| codice | italiano | English |\n| --- | --- | --- |\n`);
    for (const code of codes) {
      if (MESSAGES[code].gravita !== gravity) continue;
      const made = finding(code, {
        file: gravity === 'B' ? 'soggetti.csv' : 'legami.csv',
        riga: 12,
        id_soggetto: 'S4711',
        campo: 'CAMPO',
        valore: 'VALORE',
        atteso: 'ATTESO',
        id_famiglia: 'F12',
        id_evento: '2025-000017',
      });
      lines.push(`| ${code} | ${cell(made.messaggio)} | ${cell(made.messaggio_en)} |\n`);
    }
  }
  return lines.join('');
}

/** Every command as --help tells it. */
export function commandsPage(): string {
  const lines = [`# Comandi / commands\n\n${MADE}`];
  for (const command of COMMANDS) {
    lines.push(
      `## ${command.name}\n\n    ./sipop ${command.usage}\n\n${command.italian}\n\n*${command.english}*\n\n`,
    );
    lines.push(`${command.examples.map((example) => `    $ ${example}`).join('\n')}\n\n`);
  }
  return lines.join('').trimEnd().concat('\n');
}

/** The API as /openapi.json gives it, at an address of example. */
export function openApiPage(): string {
  const contact = { name: 'SIPOP', url: 'https://sipop.example', email: 'sipop@sipop.example' };
  return `${JSON.stringify(apiDocument('1.0.0', contact, ['https://sipop.example']), null, 2)}\n`;
}

/** The access matrix of a new system: operations, fields and purposes by profile (security.md, "Who"). */
export function accessPage(): string {
  const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |\n`;
  const head =
    row(['', ...FIRST_PROFILES.map((p) => p.id)]) + row(['---', ...FIRST_PROFILES.map(() => '---')]);
  const mark = (yes: boolean): string => (yes ? '×' : '');
  const rows = <T extends string>(
    names: readonly T[],
    of: (p: (typeof FIRST_PROFILES)[number]) => readonly string[],
  ) => names.map((name) => row([name, ...FIRST_PROFILES.map((p) => mark(of(p).includes(name)))])).join('');
  return [
    `# Accessi / access\n\n${MADE}`,
    'I profili con cui un sistema nuovo comincia; quelli in vigore: `./sipop access profiles`. / The profiles that a new system begins with; those in force: `./sipop access profiles`.\n\n',
    ...FIRST_PROFILES.map(
      (p) => `- **${p.id}**: ${p.italian} / ${p.english}; territorio / territory: ${p.territory}\n`,
    ),
    `\n## Operazioni / operations\n\n${head}${rows(OPERATION_IDS, (p) => p.operations)}`,
    `\n## Campi / fields\n\n${head}${rows(FIELDS, (p) => p.fields)}`,
    `\n## Scopi / purposes\n\n${head}${rows(
      FIRST_PURPOSES.map((p) => p.id),
      (p) => p.purposes,
    )}`,
    '\n## Che cosa si deve dire / what must be said\n\n| operazione | servizio | va detto | accesso | vede persone |\n| --- | --- | --- | --- | --- |\n',
    ...OPERATION_IDS.map((id) => {
      const right = OPERATION_RIGHTS[id];
      return row([id, right.service, right.demanded, right.account, right.persons ? 'sì / yes' : '']);
    }),
  ].join('');
}
