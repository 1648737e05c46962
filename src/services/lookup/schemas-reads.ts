/** The shapes of what is read of a person, a family or an address over HTTP (schemas.ts has those of search and of a person). Every part is bounded. */
import { z } from 'zod';
import { ADDRESS, certainty, comune, ENTRY, maybe, partialDate, SIGNALS, text } from './schemas.ts';

const PERIOD = z.object({ dal: partialDate, al: partialDate });
/** Enough of somebody to know who is meant: parts that the profile reads. */
const WHO = {
  persona: text(20),
  codice_fiscale: maybe(20).optional(),
  cognome: maybe(80).optional(),
  nome: maybe(80).optional(),
  data_nascita: maybe(10).optional(),
  protetto: z.boolean(),
} as const;

const FAMILY = z.object({
  tipo: z.enum(['famiglia', 'convivenza']),
  comune,
  id_famiglia: text(20).optional(),
  id_convivenza: text(20).optional(),
  dal: maybe(10),
  fino_al: maybe(10),
  motivo: maybe(20),
  denominazione: maybe(120),
  indirizzo: ADDRESS.optional(),
  senza_fissa_dimora: z.literal(true).optional(),
  facente_funzione: z.literal(true).optional(),
  componenti: z
    .array(
      z.object({
        ...WHO,
        sesso: maybe(1).optional(),
        relazione: text(20),
        ultima_dichiarata: text(20).optional(),
        dal: partialDate,
        certezza: certainty,
      }),
    )
    .max(2000),
});

export const FAMILY_ANSWER = z.object({
  persona: text(20).nullable(),
  al: partialDate,
  noto_al: text(40),
  segnali: SIGNALS.nullable(),
  famiglia: FAMILY.nullable(),
  famiglie: z
    .array(
      z.object({
        comune,
        tipo: z.enum(['famiglia', 'convivenza']),
        id: text(20),
        relazione: text(20),
        dal: partialDate,
        al: maybe(10),
      }),
    )
    .max(500)
    .describe('Quella di origine e le successive / that of origin and the next ones'),
});

export const RELATIONS_ANSWER = z.object({
  persona: text(20),
  al: partialDate,
  noto_al: text(40),
  segnali: SIGNALS,
  relazioni: z
    .array(
      z.object({
        relazione: z.enum(['padre', 'madre', 'coniuge', 'unito_civilmente', 'figlio']),
        noto_per: z
          .enum(['numero', 'codice_fiscale', 'numero_e_codice_fiscale'])
          .describe('Come il registro lo conosce / how the register knows it'),
        secondo: comune.optional().describe('Il registro che lo dice / the register that says so'),
        dal: maybe(10),
        certezza: certainty,
        ...WHO,
        persona: maybe(20),
        scheda: ENTRY.nullable(),
        in_vita: z
          .boolean()
          .nullable()
          .optional()
          .describe('Nel giorno; null se non risulta / on the day; null where it is not known'),
        data_decesso: maybe(10).optional(),
        comune: maybe(6).optional(),
      }),
    )
    .max(300),
});

export const RESIDENCES_ANSWER = z.object({
  persona: text(20),
  al: maybe(10),
  periodo: PERIOD.nullable(),
  noto_al: text(40),
  segnali: SIGNALS,
  residenze: z
    .array(
      z.object({
        comune: comune.optional(),
        scheda: ENTRY.optional(),
        indirizzo: ADDRESS.optional(),
        senza_fissa_dimora: z.literal(true).optional(),
        altrove: z.object({ comune: comune.optional(), stato: text(6).optional() }).optional(),
        dal: partialDate,
        al: maybe(10),
        certezza: certainty,
        secondo_il_primo_giorno: z.boolean(),
      }),
    )
    .max(1000),
});

const SOURCE = z.object({
  ricevuta: text(20),
  fornitura: text(200),
  operazione: text(40),
  tipo: text(4),
  id_evento: maybe(60),
  registrazione: maybe(10),
  file: text(60).optional(),
  riga: z.int().min(0).max(1e9).optional(),
});

export const HISTORY_ANSWER = z.object({
  persona: text(20),
  al: partialDate,
  noto_al: text(40),
  segnali: SIGNALS,
  schede: z.array(ENTRY).max(100),
  giorni: z
    .array(partialDate)
    .max(5000)
    .describe('I giorni in cui qualcosa cambia, in ordine / the days on which something changes, in order'),
  istanti: z
    .array(text(40))
    .max(5000)
    .describe(
      'Gli istanti in cui il registro ha saputo altro, in ordine / the instants at which the register learnt something, in order',
    ),
  fatti: z
    .array(
      z.object({
        genere: text(40),
        dal: partialDate,
        al: maybe(10),
        scheda: ENTRY,
        valore: z.record(
          text(40),
          z.union([text(200), z.boolean(), z.number().min(-1e15).max(1e15), z.null()]),
        ),
        registrato_dal: text(40),
        registrato_al: maybe(40),
        fonte: SOURCE.nullable(),
        ritrattato_da: SOURCE.nullable(),
      }),
    )
    .max(5000),
  unioni: z
    .array(
      z.object({
        scheda: ENTRY,
        persona: text(20),
        base: z.enum(['propria', 'codice fiscale', 'operatore']),
        registrato_dal: text(40),
        registrato_al: maybe(40),
      }),
    )
    .max(500),
});

const OCCUPANT = z.object({
  ...WHO,
  interno: maybe(20).optional(),
  dal: partialDate,
  al: maybe(10),
  certezza: certainty,
});

export const ADDRESS_ANSWER = z.object({
  comune,
  via: text(120),
  civico: maybe(20),
  al: maybe(10),
  periodo: PERIOD.nullable(),
  noto_al: text(40),
  numero: z.int().min(0).max(1_000_000),
  occupanti: z.array(OCCUPANT).max(1000).nullable(),
});

const DIRECTION = z.enum(['ingresso', 'uscita']);

export const MOVEMENTS_ANSWER = z.object({
  comune,
  via: maybe(120),
  civico: maybe(20),
  periodo: PERIOD,
  noto_al: text(40),
  conteggi: z
    .array(z.object({ verso: DIRECTION, motivo: maybe(20), numero: z.int().min(0).max(1_000_000) }))
    .max(200),
  movimenti: z
    .array(
      z.object({
        ...WHO,
        verso: DIRECTION,
        data: partialDate,
        certezza: certainty,
        motivo: maybe(20),
        comune: maybe(6).optional(),
        stato: maybe(20).optional(),
      }),
    )
    .max(100)
    .nullable(),
});
