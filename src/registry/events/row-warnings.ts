/**
 * Warnings of the rows inside an event that take the register to see: "a W is reported" (tracciato.md 3, Rows inside events).
 * Judged once the event is applied, so that a couple who come together name each other. Pure.
 */
import { baseFormOf, parseCodiceFiscale } from '../../kernel/codice-fiscale.ts';
import type { Day } from '../../kernel/day.ts';
import type { EntryState } from '../claims/entry-state.ts';
import type { SoggettoRecord } from '../claims/records.ts';
import type { EventFault } from './applier.ts';
import type { EventWithData } from './appliers.ts';
import { names, presentCode, statusOn } from './leaving.ts';
import { registrationOn, type WorkingRegister } from './working-register.ts';

/** T1: married, and in a civil union. */
const BOUND = new Set(['2', '6']);
/** Shorter ones are provisional, or reported for their length. */
const DEFINITIVE = 16;

/** Who of the register bears which present code, as far as the supply names it. */
export class CodeIndex {
  readonly #bearers = new Map<string, Set<string>>();
  /** By base form, the codes that have it. */
  readonly #forms = new Map<string, Set<string>>();

  add(entry: EntryState): void {
    const code = presentCode(entry);
    if (code === null) return;
    put(this.#bearers, code, entry.idSoggetto);
    const base = soundBase(code);
    if (base !== null) put(this.#forms, base, code);
  }

  bearersOf(code: string): Iterable<string> {
    return this.#bearers.get(code) ?? [];
  }

  /** The codes that stand to this one as base form and omocodic form. */
  otherFormsOf(code: string): string[] {
    const base = soundBase(code);
    const forms = base === null ? [] : [...(this.#forms.get(base) ?? [])];
    return forms.filter((form) => form !== code && (form === base || code === base));
  }
}

function put(map: Map<string, Set<string>>, key: string, value: string): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, new Set([value]));
  else values.add(value);
}

/** The base form of a definitive code; null of one whose check character is wrong (EA048 says so already). */
function soundBase(code: string): string | null {
  const parsed = parseCodiceFiscale(code);
  return parsed.kind === 'definitive' && parsed.checkDigitOk ? baseFormOf(parsed) : null;
}

export interface RowContext {
  readonly register: WorkingRegister;
  readonly codes: CodeIndex;
  /** Is the number one of the register's, set aside or not? */
  readonly isKnown: (idSoggetto: string) => boolean;
}

function rowsOf(event: EventWithData): readonly SoggettoRecord[] {
  switch (event.operazione) {
    case 'NASCITA':
      return [event.dati.soggetto];
    case 'ISCRIZIONE':
    case 'TERRITORIO':
      return event.dati.soggetti.map((s) => s.soggetto);
    case 'SCHEDA':
      return event.dati.soggetti;
    default:
      return [];
  }
}

/** The ids that the event gives as parents, spouse or responsabile, with the key that holds each. */
function references(event: EventWithData): { campo: string; id: string | null | undefined; of: string }[] {
  switch (event.operazione) {
    case 'STATO_CIVILE':
      return [{ campo: 'id_coniuge', id: event.dati.id_coniuge, of: event.dati.id_soggetto }];
    case 'GENITORI':
      return ['id_padre', 'id_madre'].map((campo) => ({
        campo,
        id: event.dati.columns[campo],
        of: event.dati.id_soggetto,
      }));
    case 'CONVIVENZA':
      return [{ campo: 'id_responsabile', id: event.dati.columns['id_responsabile'], of: '' }];
    default:
      return rowsOf(event).flatMap((row) =>
        (['id_padre', 'id_madre', 'id_coniuge'] as const).map((campo) => ({
          campo,
          id: row[campo],
          of: row.id_soggetto,
        })),
      );
  }
}

function unknownReferences(ctx: RowContext, event: EventWithData): EventFault[] {
  return references(event).flatMap(({ campo, id, of }) =>
    id == null || ctx.isKnown(id) ? [] : [{ codice: 'SIP-134' as const, id_soggetto: of, campo, valore: id }],
  );
}

/** The definitive codes that the event gives, and to whom. */
export function givenCodes(event: EventWithData): { id: string; code: string }[] {
  const given =
    event.operazione === 'GENERALITA'
      ? [{ id: event.dati.id_soggetto, code: event.dati.columns['codice_fiscale'] ?? null }]
      : rowsOf(event).map((row) => ({ id: row.id_soggetto, code: row.codice_fiscale }));
  return given.flatMap(({ id, code }) => (code?.length === DEFINITIVE ? [{ id, code }] : []));
}

function repeatedCodes(ctx: RowContext, event: EventWithData): EventFault[] {
  const bearer = (id: string, code: string): boolean => {
    const entry = ctx.register.entry(id);
    return (
      entry !== undefined &&
      presentCode(entry) === code &&
      registrationOn(entry, event.decorrenza) !== undefined
    );
  };
  return givenCodes(event).flatMap(({ id, code }) => {
    if (!bearer(id, code)) return [];
    const other = [...ctx.codes.bearersOf(code)].find((held) => held !== id && bearer(held, code));
    if (other === undefined) return [];
    return [
      { codice: 'SIP-123' as const, id_soggetto: id, campo: 'codice_fiscale', valore: code, altro: other },
    ];
  });
}

/** "Both present in the register" (EA036): whoever bears them, resident or not. */
function twoForms(ctx: RowContext, event: EventWithData): EventFault[] {
  const bears = (id: string, code: string): boolean => {
    const entry = ctx.register.entry(id);
    return entry !== undefined && presentCode(entry) === code;
  };
  return givenCodes(event).flatMap(({ id, code }) => {
    if (!bears(id, code)) return [];
    const others = ctx.codes
      .otherFormsOf(code)
      .flatMap((form) => [...ctx.codes.bearersOf(form)].filter((held) => held !== id && bears(held, form)));
    return others.slice(0, 1).map((altro) => ({
      codice: 'EA036' as const,
      id_soggetto: id,
      campo: 'codice_fiscale',
      valore: code,
      altro,
    }));
  });
}

/** The resident entry that a status names as the spouse. */
function spouseNamed(ctx: RowContext, row: SoggettoRecord, day: Day): EntryState | undefined {
  const ids = row.id_coniuge !== null ? [row.id_coniuge] : ctx.codes.bearersOf(row.cf_coniuge ?? '');
  for (const id of ids) {
    const entry = ctx.register.entry(id);
    if (entry !== undefined && registrationOn(entry, day) !== undefined) return entry;
  }
  return undefined;
}

/** What a register says of who died or left is stale, and contradicts nobody: both are resident. */
function couplesApart(ctx: RowContext, event: EventWithData): EventFault[] {
  return rowsOf(event).flatMap((row) => {
    const entry = ctx.register.entry(row.id_soggetto);
    if (entry === undefined || !BOUND.has(row.stato_civile)) return [];
    const spouse = spouseNamed(ctx, row, event.decorrenza);
    if (spouse === undefined || spouse === entry || registrationOn(entry, event.decorrenza) === undefined)
      return [];
    const held = statusOn(spouse, event.decorrenza);
    if (held !== undefined && names(held, entry)) return [];
    return [
      {
        codice: 'SIP-132' as const,
        id_soggetto: row.id_soggetto,
        campo: 'id_coniuge',
        valore: row.id_coniuge ?? '',
        altro: spouse.idSoggetto,
      },
    ];
  });
}

export function rowWarnings(ctx: RowContext, event: EventWithData): EventFault[] {
  return [
    ...unknownReferences(ctx, event),
    ...repeatedCodes(ctx, event),
    ...twoForms(ctx, event),
    ...couplesApart(ctx, event),
  ];
}
