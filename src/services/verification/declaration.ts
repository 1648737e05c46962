/**
 * What a citizen may declare (DPR 445/2000 art. 46; services.md, Verification), as an office states it. Parsed at the edge: every text
 * bounded, every date one of the calendar, whole or partial.
 */
import { z } from 'zod';
import { type PartialDate, parseDay, parsePartialDate } from '../../kernel/day.ts';

const text = (most: number) => z.string().trim().min(1).max(most);
const partialDate = text(10)
  .refine((value) => parsePartialDate(value) !== null, 'AAAA-MM-GG, AAAA-MM o AAAA')
  .transform((value) => value as PartialDate);
/** A comune by its ISTAT code. */
const comune = z
  .string()
  .max(6)
  .regex(/^\d{6}$/, 'codice ISTAT di 6 cifre / ISTAT code of 6 digits');
/** A state by its ISTAT code. */
const stato = z
  .string()
  .max(3)
  .regex(/^\d{3}$/, 'codice ISTAT di 3 cifre / ISTAT code of 3 digits');
const codice = z
  .string()
  .max(16)
  .trim()
  .toUpperCase()
  .regex(/^([A-Z0-9]{16}|\d{11})$/, 'codice fiscale');

/** Somebody else, named as the citizen names them: by code, or by names and birth. */
export const NAMED_PERSON = z
  .strictObject({
    codice_fiscale: codice.optional(),
    cognome: text(80).optional(),
    nome: text(80).optional(),
    data_nascita: partialDate.optional(),
  })
  .refine(
    (p) => p.codice_fiscale !== undefined || (p.cognome !== undefined && p.nome !== undefined),
    'codice_fiscale, oppure cognome e nome / or surname and name',
  );
export type NamedPerson = z.output<typeof NAMED_PERSON>;

/** An address as declared: the kind and name of the street, and as much of the rest as was said. */
export const DECLARED_ADDRESS = z.strictObject({
  via: text(120),
  civico: text(20).optional(),
  scala: text(10).optional(),
  piano: text(10).optional(),
  interno: text(10).optional(),
});
export type DeclaredAddress = z.output<typeof DECLARED_ADDRESS>;

/** T1, as the law's words group them. "libero" is whoever may marry (art. 46 e, stato libero). */
export const CIVIL_STATUSES = {
  celibe_nubile: ['1'],
  coniugato: ['2'],
  vedovo: ['3'],
  divorziato: ['4'],
  unito_civilmente: ['6'],
  libero_da_unione: ['7', '8'],
  libero: ['1', '3', '4', '7', '8'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const CIVIL_STATUS = z.enum(
  Object.keys(CIVIL_STATUSES) as [keyof typeof CIVIL_STATUSES, ...(keyof typeof CIVIL_STATUSES)[]],
);

/** What this register cannot know, and the office that would (services.md: "the other letters"). */
export const ELSEWHERE = {
  diritti_politici: 'ufficio elettorale del comune',
  titolo_studio: 'istituto scolastico o università',
  professione: 'ordine o albo professionale',
  reddito: 'Agenzia delle Entrate',
  carichi_pendenti: 'Procura della Repubblica',
  casellario: 'casellario giudiziale',
  obblighi_militari: 'Ministero della Difesa',
  disoccupazione: 'centro per l’impiego',
  pensione: 'INPS',
  carico_fiscale: 'Agenzia delle Entrate',
} as const satisfies Readonly<Record<string, string>>;

export const DECLARATION = z.discriminatedUnion('oggetto', [
  z.strictObject({
    oggetto: z.literal('generalita'),
    cognome: text(80).optional(),
    nome: text(80).optional(),
    sesso: z.enum(['M', 'F']).optional(),
  }),
  z.strictObject({
    oggetto: z.literal('nascita'),
    data: partialDate.optional(),
    comune: comune.optional(),
    stato: stato.optional(),
  }),
  z.strictObject({
    oggetto: z.literal('residenza'),
    comune,
    indirizzo: DECLARED_ADDRESS.optional(),
    dal: partialDate.optional(),
    /** True: the citizen declares not to live there. */
    non: z.boolean().default(false),
  }),
  z.strictObject({ oggetto: z.literal('cittadinanza'), stato, dal: partialDate.optional() }),
  z.strictObject({
    oggetto: z.literal('stato_civile'),
    valore: CIVIL_STATUS,
    coniuge: NAMED_PERSON.optional(),
    dal: partialDate.optional(),
  }),
  z.strictObject({
    oggetto: z.literal('stato_di_famiglia'),
    /** Everybody else in the family, the declarant left out or not. */
    componenti: z
      .array(
        z.strictObject({
          persona: NAMED_PERSON,
          /** T5, to the intestatario. */
          relazione: z
            .string()
            .max(2)
            .regex(/^\d{1,2}$/)
            .optional(),
        }),
      )
      .max(60),
  }),
  z.strictObject({ oggetto: z.literal('esistenza_in_vita') }),
  /** Of the person asked about: who declares is somebody else (an heir, a widow). */
  z.strictObject({ oggetto: z.literal('decesso'), data: partialDate.optional() }),
  z.strictObject({ oggetto: z.literal('nascita_figlio'), figlio: NAMED_PERSON }),
  z.strictObject({
    oggetto: z.literal('decesso_familiare'),
    parente: NAMED_PERSON,
    relazione: z.enum(['coniuge', 'ascendente', 'discendente']),
    data: partialDate.optional(),
  }),
  z.strictObject({ oggetto: z.literal('codice_fiscale'), codice }),
  z.strictObject({
    oggetto: z.literal('altro'),
    materia: z.enum(Object.keys(ELSEWHERE) as [keyof typeof ELSEWHERE, ...(keyof typeof ELSEWHERE)[]]),
  }),
]);

export type Declaration = z.output<typeof DECLARATION>;
export type Matter = Declaration['oggetto'];
export type DeclarationOf<M extends Matter> = Extract<Declaration, { readonly oggetto: M }>;

export const REFERENCE_DAY = z.string().refine((value) => parseDay(value) !== null, 'AAAA-MM-GG');
