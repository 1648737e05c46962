/** The pages of docs/generated, made from the code that they describe. Pure, but for the schema, which asks a database. */
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
