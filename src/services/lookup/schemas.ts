/** The shapes of lookup over HTTP: what may be asked, and all that may ever be answered (control 19). Every string, number and array is bounded. */
import { z } from 'zod';
import { parseDay } from '../../kernel/day.ts';
import { parseKnownAt } from '../../registry/answers/known-at.ts';

export const text = (most: number) => z.string().max(most);
export const maybe = (most: number) => text(most).nullable();
export const partialDate = text(10);
export const comune = text(6);
export const certainty = z.enum(['certa', 'possibile']);

/** As of which day, and as known when; today and now where absent. */
export const WHEN = {
  al: z
    .string()
    .max(10)
    .refine((value) => parseDay(value) !== null, 'AAAA-MM-GG')
    .optional()
    .describe('Giorno chiesto (oggi, se manca) / the day asked about (today where absent)'),
  noto_al: z
    .string()
    .max(40)
    .refine((value) => parseKnownAt(value) !== null, 'AAAA-MM-GG o istante / or instant')
    .optional()
    .describe('Come noto a quell’istante (adesso, se manca) / as known then (now where absent)'),
} as const;

/** A person by provincial identifier or codice fiscale: what a short list gave. */
export const PERSON = z
  .string()
  .trim()
  .toUpperCase()
  .max(20)
  .regex(/^(P\d{1,15}|[A-Z0-9]{8,20})$/)
  .describe(
    'Identificativo provinciale (P…) o codice fiscale / provincial identifier (P…) or codice fiscale',
  );

export const ENTRY = z.object({ comune, id_soggetto: text(20) });
const RELATED = z.object({
  codice_fiscale: maybe(20),
  comune: comune.optional(),
  id_soggetto: text(20).optional(),
  cognome: maybe(80).optional(),
  nome: maybe(80).optional(),
});
export const ADDRESS = z.object(
  Object.fromEntries(
    [
      'specie',
      'toponimo',
      'civico',
      'esponente',
      'scala',
      'piano',
      'interno',
      'cap',
      'frazione',
      'sezione',
      'lat',
      'lon',
    ].map((column) => [column, text(120).optional()]),
  ),
);

/** The flags that come unasked; comuni are left out where the profile does not read residences. */
export const SIGNALS = z.object({
  in_transito: z
    .object({
      da: comune.optional(),
      verso: comune.optional(),
      dal: partialDate,
      giorni_di_attesa: z.int().min(-100_000).max(100_000),
      oltre_i_termini: z.boolean(),
    })
    .nullable(),
  trasferimento_pendente: z.object({ da: comune.optional(), verso: comune.optional() }).nullable(),
  doppia_residenza: z
    .object({ corrente: comune.optional(), anche: z.array(comune).max(50).optional() })
    .nullable(),
  decorrenze_diverse: z.boolean(),
  protetto: z.boolean(),
  data_incerta: z.boolean(),
  in_conflitto: z.boolean(),
  in_correzione: z
    .boolean()
    .describe('Dati scartati o segnalazioni aperte / data set aside, or findings open'),
  fornitura: z
    .object({
      comune: comune.optional(),
      situazione_al: partialDate,
      giorni_di_ritardo: z
        .int()
        .min(0)
        .max(100_000)
        .nullable()
        .describe(
          'Oltre la periodicità della convenzione; null dove non ce n’è / beyond the agreed rhythm; null where there is none',
        ),
    })
    .nullable()
    .describe(
      'Fino a che giorno sono i dati del comune che parla / up to which day the data of the comune go',
    ),
});

const RESIDENCE = z.object({
  residente: z.boolean(),
  certezza: certainty,
  comune: comune.optional(),
  iscritto_dal: partialDate.optional(),
  indirizzo: ADDRESS.optional(),
  senza_fissa_dimora: z.literal(true).optional(),
  certezza_indirizzo: certainty.optional(),
  abitazione_dal: partialDate.optional(),
  cancellato_dal: partialDate.optional(),
  motivo_cancellazione: text(20).optional(),
  oppure: z
    .array(
      z.object({
        comune: comune.optional(),
        indirizzo: ADDRESS.optional(),
        senza_fissa_dimora: z.literal(true).optional(),
        dal: partialDate.optional(),
        al: maybe(10).optional(),
        certezza: certainty,
      }),
    )
    .max(50)
    .optional(),
  altrove: z.object({ comune: comune.optional(), stato: text(6).optional() }).optional(),
});

export const PERSON_ANSWER = z.object({
  persona: text(20),
  al: partialDate,
  noto_al: text(40),
  generalita: z
    .object({
      codice_fiscale: maybe(20).optional(),
      validita_cf: maybe(1).optional(),
      cognome: maybe(80).optional(),
      nome: maybe(80).optional(),
      sesso: text(1).optional(),
      data_nascita: partialDate.optional(),
      comune_nascita: maybe(6).optional(),
      stato_nascita: maybe(20).optional(),
      localita_nascita: maybe(120).optional(),
      atto_nascita: maybe(120).optional(),
      eta: z.int().min(0).max(200).nullable().optional(),
      scheda: ENTRY.optional(),
    })
    .nullable()
    .optional(),
  residenza: RESIDENCE.optional(),
  famiglia: z
    .object({
      comune,
      tipo: z.enum(['famiglia', 'convivenza']),
      id: text(20),
      relazione: text(20),
      ultima_dichiarata: text(20).optional(),
      certezza: certainty,
    })
    .nullable()
    .optional(),
  stato_civile: z
    .object({
      stato_civile: text(20),
      dal: partialDate,
      certezza: certainty,
      cf_coniuge: maybe(20).optional(),
      coniuge: RELATED.nullable().optional(),
    })
    .nullable()
    .optional(),
  cittadinanza: z
    .object({ cittadinanza: text(20), altra_cittadinanza: maybe(20), dal: partialDate, certezza: certainty })
    .nullable()
    .optional(),
  genitori: z.object({ padre: RELATED.nullable(), madre: RELATED.nullable() }).optional(),
  figli: z.array(RELATED).max(200).optional(),
  decesso: z
    .object({ data: partialDate, comune: maybe(6), stato: maybe(20), certezza: certainty, scheda: ENTRY })
    .nullable()
    .optional(),
  documento: z
    .object({ tipo: maybe(20), numero: maybe(40), rilascio: maybe(10), scadenza: maybe(10) })
    .nullable()
    .optional(),
  soggiorno: z
    .object({ tipo: maybe(20), scadenza: maybe(10) })
    .nullable()
    .optional(),
  dichiarati: z
    .object({
      titolo_studio: maybe(20),
      posizione_professionale: maybe(20),
      condizione_non_professionale: maybe(20),
    })
    .nullable()
    .optional(),
  segnali: SIGNALS,
});

const WORDS = z.object({ it: text(400), en: text(400) });

export const LIST_ANSWER = z.object({
  noto_al: text(40),
  lettura: WORDS.nullable()
    .optional()
    .describe('Come è stato letto ciò che si è scritto / how what was typed was read'),
  manca: WORDS.optional().describe('Che cosa aggiungere: è troppo vago / what to add: it is too vague'),
  numero: z.int().min(0).max(1_000_000),
  almeno: z.boolean(),
  meno_simili: z
    .int()
    .min(0)
    .max(1_000_000)
    .optional()
    .describe('Altri, meno simili, che non sono elencati / others, less similar, not listed'),
  persone: z
    .array(
      z.object({
        persona: text(20),
        codice_fiscale: maybe(20).optional(),
        cognome: maybe(80).optional(),
        nome: maybe(80).optional(),
        sesso: maybe(1).optional(),
        data_nascita: maybe(10).optional(),
        comune: maybe(6).optional(),
        trovato_per: text(40),
        somiglianza: WORDS.nullable().describe('Perché è simile / why it is similar'),
        segnali: z.array(text(40)).max(10),
      }),
    )
    .max(100)
    .nullable(),
});
