/**
 * The closed list of ways to search (services.md, Lookup; security.md 20): anything else is refused with the list. Parsed at the edge; every text
 * is bounded; a trailing `*` needs three letters, and there is no silent prefix match.
 */
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { firstDay, lastDay, type PartialDate, parsePartialDate } from '../../kernel/day.ts';
import { nameKey } from '../../kernel/text-keys.ts';

const PREFIX_LETTERS = 3;

/** A name as typed: whole, or its beginning where it ends with a star. */
export interface NamePattern {
  readonly key: string;
  readonly prefix: boolean;
  /** As it was typed: a double name is told by its words. */
  readonly typed: string;
}

const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .transform((typed, context): NamePattern => {
    const prefix = typed.endsWith('*');
    const key = nameKey(typed);
    if (typed.slice(0, -1).includes('*') || (!prefix && typed.includes('*')) || key === '')
      context.addIssue({
        code: 'custom',
        message: 'lettere, con un solo * in fondo / letters, with one * at the end',
      });
    else if (prefix && key.length < PREFIX_LETTERS)
      context.addIssue({
        code: 'custom',
        message: 'prima di * servono tre lettere / three letters are needed before *',
      });
    return { key, prefix, typed };
  });
const birth = z
  .string()
  .max(10)
  .refine((text) => parsePartialDate(text) !== null, 'AAAA-MM-GG, AAAA-MM o AAAA')
  .transform((text) => text as PartialDate);
const year = z
  .string()
  .max(4)
  .regex(/^\d{4}$/, 'AAAA')
  .transform((text) => text as PartialDate);
const wholeDay = birth.refine(
  (date) => date.length === 10,
  'AAAA-MM-GG: con il solo anno serve anche il nome / with the year alone a given name is needed too',
);
const comune = z
  .string()
  .max(6)
  .regex(/^\d{6}$/, 'codice ISTAT di 6 cifre / ISTAT code of 6 digits');

export const QUESTION = z.discriminatedUnion('per', [
  z.strictObject({
    per: z.literal('codice_fiscale'),
    codice_fiscale: z
      .string()
      .trim()
      .toUpperCase()
      .max(20)
      .regex(/^[A-Z0-9]{8,20}$/, 'codice fiscale'),
  }),
  z.strictObject({ per: z.literal('cognome_nascita'), cognome: name, data_nascita: wholeDay }),
  z.strictObject({
    per: z.literal('cognome_nome_anno'),
    cognome: name,
    nome: name,
    data_nascita: z.union([birth, year]),
  }),
  z.strictObject({ per: z.literal('cognome_nome_comune'), cognome: name, nome: name, comune }),
  z.strictObject({
    per: z.literal('indirizzo'),
    comune,
    via: z.string().trim().min(2).max(120),
    civico: z.string().trim().min(1).max(20),
  }),
  z.strictObject({
    per: z.literal('famiglia'),
    comune,
    tipo: z.enum(['famiglia', 'convivenza']).default('famiglia'),
    id: z.string().trim().min(1).max(20),
  }),
  z.strictObject({
    per: z.literal('documento'),
    numero: z
      .string()
      .trim()
      .toUpperCase()
      .max(20)
      .regex(/^[A-Z0-9/ -]{5,20}$/),
  }),
  z.strictObject({
    per: z.literal('identificativo'),
    persona: z
      .string()
      .trim()
      .max(16)
      .regex(/^P\d{1,15}$/i)
      .toUpperCase(),
  }),
]);

export type Question = z.output<typeof QUESTION>;
export type SearchKind = Question['per'];

/** The list, for whoever asked otherwise. */
export const CLOSED_LIST: Readonly<Record<SearchKind, { readonly it: string; readonly en: string }>> = {
  codice_fiscale: { it: 'codice fiscale', en: 'codice fiscale' },
  cognome_nascita: { it: 'cognome e data di nascita', en: 'surname and birth date' },
  cognome_nome_anno: {
    it: 'cognome, nome e anno (o data) di nascita',
    en: 'surname, given name and year (or date) of birth',
  },
  cognome_nome_comune: { it: 'cognome, nome e comune', en: 'surname, given name and comune' },
  indirizzo: { it: 'comune, via e civico', en: 'comune, street and number' },
  famiglia: { it: 'identificativo della famiglia', en: 'household identifier' },
  documento: { it: 'numero di documento', en: 'document number' },
  identificativo: { it: 'identificativo provinciale (P…)', en: 'provincial identifier (P…)' },
};

/** What may be added to a search. */
export interface SearchOptions {
  /** Adds fuzzy and phonetic matches of names, ranked, each with its reason. */
  readonly simile: boolean;
  /** The deceased and the departed: only when asked for (services.md). */
  readonly anche_passati: boolean;
}

/** @throws AppError usage, with the closed list */
export function notInTheList(): AppError {
  const list = (language: 'it' | 'en') =>
    Object.values(CLOSED_LIST)
      .map((way) => way[language])
      .join('; ');
  return new AppError(
    'usage',
    `si cerca soltanto per: ${list('it')}`,
    `the ways to search are: ${list('en')}`,
  );
}

/** The days between which a date that may be partial lies. */
export const bounds = (date: PartialDate): readonly [string, string] => [firstDay(date), lastDay(date)];
