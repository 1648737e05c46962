/** `sipop codice-fiscale`: check a code, say what it says and how it differs from a person, or compute one. */
import { computeCodiceFiscale } from '../kernel/codice-fiscale.ts';
import { type PartialDate, parseDay, parsePartialDate } from '../kernel/day.ts';
import { type BirthPlace, findBirthPlaces } from '../reference/birth-places.ts';
import { loadReference, type Reference } from '../reference/load-reference.ts';
import {
  type CodeReport,
  codeReport,
  type PlaceReport,
  placeReport,
  type Told,
} from './codice-fiscale-report.ts';
import type { CommandContext } from './command.ts';
import { readConfig } from './config.ts';
import { type AskOptions, parseOptions, usageError } from './options.ts';
import { fields } from './table.ts';

const COMMAND = 'codice-fiscale';
const PERSON = ['cognome', 'nome', 'sesso', 'nascita', 'luogo'] as const;

function placeWords(p: PlaceReport): string {
  const where = p.provincia === null ? p.nome : `${p.nome} (${p.provincia})`;
  const codes = [p.codice_istat, p.codice_catastale].filter((code) => code !== null).join(', ');
  return `${where} ${codes}${p.fino_al === null ? '' : `, fino al ${p.fino_al}`}`;
}

function sexOption(options: AskOptions): 'M' | 'F' | null {
  const text = options.value('sesso')?.toUpperCase();
  if (text === undefined) return null;
  if (text === 'M' || text === 'F') return text;
  throw usageError(COMMAND, `--sesso è M o F, non «${text}»`, `--sesso is M or F, not "${text}"`);
}

function birthOption(options: AskOptions): PartialDate | null {
  const text = options.value('nascita');
  if (text === undefined) return null;
  const date = parsePartialDate(text);
  if (date !== null) return date;
  throw usageError(
    COMMAND,
    `--nascita «${text}» non è una data che esista: AAAA-MM-GG, o AAAA-MM, o AAAA`,
    `--nascita "${text}" is not a date that exists: YYYY-MM-DD, or YYYY-MM, or YYYY`,
  );
}

function placeOption(options: AskOptions, reference: Reference, birth: PartialDate | null): BirthPlace[] {
  const text = options.value('luogo');
  if (text === undefined) return [];
  const places = findBirthPlaces(reference, text, birth);
  if (places.length > 0) return [...places];
  throw usageError(
    COMMAND,
    `--luogo «${text}»: nessun comune o Stato con questo nome o codice`,
    `--luogo "${text}": no comune or state of this name or code`,
  );
}

function toldBy(options: AskOptions, reference: Reference): Told {
  const nascita = birthOption(options);
  return {
    cognome: options.value('cognome') ?? null,
    nome: options.value('nome') ?? null,
    sesso: sexOption(options),
    nascita,
    luoghi: placeOption(options, reference, nascita),
  };
}

function reportWords(report: CodeReport, context: CommandContext): string {
  const { parti, differenze } = report;
  const verdict = report.valido
    ? 'valido / valid'
    : `non valido: ${report.motivo} / not valid: ${report.reason}`;
  const lines = fields(
    [
      ['codice', `${report.codice} (${report.tipo}), ${verdict}`],
      ['cognome', parti?.cognome],
      ['nome', parti?.nome],
      ['nascita', parti && `${parti.nascita} (il secolo non è nel codice / the century is not in the code)`],
      ['sesso', parti?.sesso],
      [
        'luogo',
        parti === null ? null : report.luogo.map(placeWords).join('; ') || `${parti.luogo}, sconosciuto`,
      ],
      ['omocodia', report.forma_base === null ? null : `sì: la forma base è ${report.forma_base}`],
    ],
    context.out,
  );
  const differing = differenze.map(
    ({ parte, codice, persona }) =>
      `non corrisponde / differs: ${parte}: il codice dice ${codice}, la persona ${persona}\n`,
  );
  const forms = report.forme === undefined ? '' : `\n${report.forme.join('\n')}\n`;
  return `${lines}${differing.join('')}${forms}`;
}

/** The code of the person that the options describe. @throws AppError usage, where something is missing or ambiguous */
function computed(told: Told): { codice: string; luogo: PlaceReport } {
  const { cognome, nome, sesso, nascita } = told;
  const day = nascita === null ? null : parseDay(nascita);
  const [luogo, ...others] = told.luoghi;
  if (cognome === null || nome === null || sesso === null || day === null || luogo === undefined)
    throw usageError(
      COMMAND,
      'indicare un codice, oppure --cognome, --nome ("" per chi non ne ha), --sesso, --nascita (il giorno intero) e --luogo',
      'name a code, or --cognome, --nome ("" for who has none), --sesso, --nascita (the whole day) and --luogo',
    );
  const meant = told.luoghi.map((place) => placeWords(placeReport(place))).join('; ');
  if (others.length > 0)
    throw usageError(
      COMMAND,
      `--luogo può voler dire: ${meant}. Indicare il codice`,
      `--luogo may mean: ${meant}. Give the code`,
    );
  return {
    codice: computeCodiceFiscale({ cognome, nome, sesso, data_nascita: day, luogo: luogo.cadastral }),
    luogo: placeReport(luogo),
  };
}

/** Exit status 1 for a code that is not valid, or not that of the person described. */
export async function codiceFiscaleCommand(context: CommandContext): Promise<number> {
  const options = parseOptions(COMMAND, context.args, { values: PERSON, switches: ['forme'] });
  const [code, ...more] = options.words;
  if (more.length > 0) throw usageError(COMMAND, 'indicare un codice solo', 'name one code alone');
  const { dataFolder } = readConfig(context.env, context.root);
  const reference = loadReference({ dataFolder });
  const told = toldBy(options, reference);
  if (code === undefined) {
    const made = computed(told);
    context.out.write(
      options.json
        ? `${JSON.stringify(made, null, 2)}\n`
        : `${made.codice}\n${placeWords(made.luogo)}\nQuello vero lo attribuisce l’Agenzia delle Entrate. / The real one is the Agenzia’s to give.\n`,
    );
    return 0;
  }
  const report = codeReport(code, told, reference, options.has('forme'));
  context.out.write(options.json ? `${JSON.stringify(report, null, 2)}\n` : reportWords(report, context));
  return report.valido && report.differenze.length === 0 ? 0 : 1;
}
