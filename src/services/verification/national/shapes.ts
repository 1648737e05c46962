/**
 * Request and answer of the national register's verification e-services (services.md, Verification), so that a program written for those can ask here. Names of
 * members are those of ANPR's vocabulary (tipoDato.xsd). Members that say nothing to a verification are taken and not heeded.
 */
import { z } from 'zod';
import { parseDay, parsePartialDate } from '../../../kernel/day.ts';
import type { NamedPerson } from '../declaration.ts';

const text = (most: number) => z.string().trim().min(1).max(most);
const dayText = z
  .string()
  .max(10)
  .refine((value) => parseDay(value) !== null, 'AAAA-MM-GG');
const codice = z
  .string()
  .max(16)
  .trim()
  .toUpperCase()
  .regex(/^([A-Z0-9]{16}|\d{11})$/, 'codice fiscale');

const COMUNE = z.object({
  nomeComune: text(80).optional(),
  codiceIstat: z
    .string()
    .max(6)
    .regex(/^\d{6}$/)
    .optional(),
});
const BIRTH = z.object({
  dataEvento: dayText.optional(),
  /** "1" where the day, or day and month, of the date are not known. */
  senzaGiorno: z.string().max(1).optional(),
  senzaGiornoMese: z.string().max(1).optional(),
  luogoNascita: z
    .object({
      comune: COMUNE.optional(),
      localita: z
        .object({
          codiceStato: z
            .string()
            .max(3)
            .regex(/^\d{3}$/)
            .optional(),
        })
        .optional(),
    })
    .optional(),
});
export type NationalBirth = z.output<typeof BIRTH>;

/** Somebody as the national services name them. */
export const SOMEBODY = z.object({
  codiceFiscale: codice.optional(),
  /** Of a national identifier this register holds none. */
  idANPR: text(20).optional(),
  cognome: text(80).optional(),
  nome: text(80).optional(),
  sesso: z.enum(['M', 'F']).optional(),
  datiNascita: BIRTH.optional(),
});
export type Somebody = z.output<typeof SOMEBODY>;

export const ADDRESS = z.object({
  comune: COMUNE.optional(),
  toponimo: z.object({ specie: text(40).optional(), denominazioneToponimo: text(100).optional() }).optional(),
  numeroCivico: z
    .object({
      numero: text(10).optional(),
      lettera: text(5).optional(),
      esponente1: text(5).optional(),
      civicoInterno: z
        .object({
          scala: text(10).optional(),
          piano: text(10).optional(),
          interno1: text(10).optional(),
        })
        .optional(),
    })
    .optional(),
});
export type NationalAddress = z.output<typeof ADDRESS>;

/** What is stated, by the service that checks it. */
export const VERIFICA = z.object({
  generalita: SOMEBODY.optional(),
  datiDecesso: z.object({ dataEvento: dayText.optional() }).optional(),
  coniuge: SOMEBODY.optional(),
  /** Of the marriage, union or widowhood. */
  dataEvento: dayText.optional(),
  cittadinanza: z
    .array(
      z.object({
        codiceStato: z
          .string()
          .max(3)
          .regex(/^\d{3}$/),
        dataValidita: dayText.optional(),
      }),
    )
    .max(5)
    .optional(),
  residenza: z
    .object({ indirizzo: ADDRESS.optional(), dataDecorrenzaResidenza: dayText.optional() })
    .optional(),
  famiglia: z
    .array(
      SOMEBODY.extend({
        codiceLegame: z
          .string()
          .max(2)
          .regex(/^\d{1,2}$/)
          .optional(),
      }),
    )
    .max(60)
    .optional(),
  figlio: SOMEBODY.optional(),
});
export type Verifica = z.output<typeof VERIFICA>;

export const REQUEST = z.object({
  idOperazioneClient: text(40),
  criteriRicerca: SOMEBODY,
  verifica: VERIFICA.default({}),
  datiRichiesta: z.object({
    dataRiferimentoRichiesta: dayText,
    motivoRichiesta: text(60),
    casoUso: text(20).optional(),
  }),
});
export type NationalRequest = z.output<typeof REQUEST>;

const ANOMALY = z.object({
  codiceErroreAnomalia: z.string().max(10),
  tipoErroreAnomalia: z.enum(['E', 'W']),
  testoErroreAnomalia: z.string().max(500),
});
export type Anomaly = z.output<typeof ANOMALY>;

export const ANSWER = z.object({
  idOperazioneANPR: z.string().max(40),
  listaSoggetti: z.object({
    datiSoggetto: z
      .array(
        z.object({
          infoSoggettoEnte: z
            .array(
              z.object({
                id: z.string().max(10),
                chiave: z.string().max(100),
                valore: z.enum(['S', 'N', 'A']),
                valoreTesto: z.string().max(500).optional(),
                valoreData: z.string().max(10).optional(),
                dettaglio: z.string().max(1000).optional(),
              }),
            )
            .max(200),
        }),
      )
      .max(1),
  }),
  listaAnomalie: z.array(ANOMALY).max(20),
});
export type NationalAnswer = z.output<typeof ANSWER>;

/** A birth date of which the day, or day and month, are not known, as a partial date. */
export function birthDate({ dataEvento, senzaGiorno, senzaGiornoMese }: NationalBirth) {
  if (dataEvento === undefined) return null;
  if (senzaGiornoMese === '1') return parsePartialDate(dataEvento.slice(0, 4));
  return parsePartialDate(senzaGiorno === '1' ? dataEvento.slice(0, 7) : dataEvento);
}

/** Null where neither a code nor surname and name were given: whom it means cannot be told. */
export function namedPerson({ codiceFiscale, cognome, nome, datiNascita }: Somebody): NamedPerson | null {
  if (codiceFiscale !== undefined) return { codice_fiscale: codiceFiscale };
  if (cognome === undefined || nome === undefined) return null;
  const born = datiNascita === undefined ? null : birthDate(datiNascita);
  return { cognome, nome, ...(born === null ? {} : { data_nascita: born }) };
}
