/** The national register's verification e-services, asked here: their requests, their answers, their 404 (services.md, Verification). */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type Granted, guarded } from '../../../access/guard/guard.ts';
import { day, romeDay } from '../../../kernel/day.ts';
import type { Operation, RequestContext, Route } from '../../../platform/http/operation.ts';
import { ExtendedRefusal, InvalidRequest } from '../../../platform/http/problem.ts';
import type { Verdict } from '../verdict.ts';
import { type VerificationContext, verifyFor } from '../verification.http.ts';
import { ELEMENTS, findingWords } from '../words.ts';
import { NATIONAL_SERVICES, type NationalService, subjectOf } from './national-services.ts';
import { ANSWER, type Anomaly, type NationalAnswer, REQUEST } from './shapes.ts';

/** What these services are for, whoever asks (DPR 445/2000 art. 71); the reason of the request is the file. */
const PURPOSE = 'autocertificazioni';
const BODY = REQUEST.transform((asked) => ({
  ...asked,
  scopo: PURPOSE,
  pratica: asked.datiRichiesta.motivoRichiesta,
}));
type Body = z.output<typeof BODY>;

const EXAMPLE = {
  body: {
    idOperazioneClient: '1',
    criteriRicerca: { codiceFiscale: 'RSSMRA74A01F257X' },
    verifica: {},
    datiRichiesta: {
      dataRiferimentoRichiesta: '2026-01-31',
      motivoRichiesta: '2026/123',
      casoUso: 'C007',
    },
  },
  answer: {
    idOperazioneANPR: '7f0f2a4e-2f6c-4a57-9d7e-54d1c1f0a111',
    listaSoggetti: {
      datiSoggetto: [{ infoSoggettoEnte: [{ id: '1', chiave: 'esistenza in vita', valore: 'S' as const }] }],
    },
    listaAnomalie: [],
  },
};

const operationOf = ({
  code,
  slug,
  italian,
  english,
}: NationalService): Operation<typeof BODY, typeof ANSWER> => ({
  id: `anpr${code}`,
  right: 'verify',
  method: 'POST',
  path: `/v1/anpr/${code.toLowerCase()}-${slug}`,
  tag: 'anpr-verification',
  summary: { it: `${code}: verifica ${italian}`, en: `${code}: check of ${english}` },
  description: {
    it: `Come il servizio nazionale ${code}: S, N o A per ciò che è dichiarato, mai i dati del registro. Se nessuno risponde ai criteri, 404 con EN122, che anche qui vuol dire «non determinabile», mai «falso». La ricevuta è nell’intestazione X-Ricevuta.`,
    en: `As the national service ${code}: S, N or A for what is declared, never the register’s data. Where nobody answers to the criteria, 404 with EN122, which here too means “cannot be determined”, never “false”. The receipt is in the header X-Ricevuta.`,
  },
  key: 'key',
  body: BODY,
  answer: ANSWER,
  example: EXAMPLE,
  refusals: ['not-found', 'audit-unavailable'],
});

const BY_SERVICE = NATIONAL_SERVICES.map((service) => ({ service, operation: operationOf(service) }));
export const NATIONAL_OPERATIONS: readonly Operation[] = BY_SERVICE.map(({ operation }) => operation);

/** EN122 in the members that such a program reads, within the refusal that every operation gives. */
function nothingFound(operation: string): ExtendedRefusal {
  return new ExtendedRefusal(
    'not-found',
    'la richiesta effettuata non produce alcun risultato: non determinabile, non significa che la dichiarazione sia falsa',
    'the request gives no result: it cannot be determined, and does not mean that the declaration is false',
    {
      idOperazioneANPR: operation,
      listaErrori: [
        {
          codiceErroreAnomalia: 'EN122',
          tipoErroreAnomalia: 'E',
          testoErroreAnomalia: 'La richiesta effettuata non produce alcun risultato',
        },
      ],
    },
  );
}

/** The answer to the whole statement first, then each element. What disagrees or cannot be told says why, and no value. */
function infoOf({ italian }: NationalService, verdicts: readonly Verdict[]) {
  const elements = verdicts.flatMap(({ elementi }) => elementi);
  const all = verdicts.map(({ esito }) => esito);
  const whole = all.includes('N') ? 'N' : all.includes('A') ? 'A' : 'S';
  const letters = { concorda: 'S', discorda: 'N', indeterminato: 'A' } as const;
  return [
    { id: '1', chiave: italian, valore: whole as 'S' | 'N' | 'A' },
    ...elements.map((one, i) => ({
      id: String(i + 2),
      chiave: ELEMENTS[one.elemento].it,
      valore: letters[one.esito],
      ...(one.motivo === undefined ? {} : { dettaglio: findingWords(one, 'it') }),
    })),
  ];
}

function anomaliesOf(late: number | null): Anomaly[] {
  if (late === null) return [];
  return [
    {
      codiceErroreAnomalia: 'SIP-LATE',
      tipoErroreAnomalia: 'W',
      testoErroreAnomalia: `L’ultima fornitura del comune precede di ${late} giorni la data di riferimento`,
    },
  ];
}

async function answered(
  context: VerificationContext,
  service: NationalService,
  asked: Body,
  granted: Granted,
  request: RequestContext,
) {
  const now = context.now();
  const persona = subjectOf(asked.criteriRicerca);
  const dichiarazioni = service.declared(asked.verifica);
  const operation = randomUUID();
  if (dichiarazioni.length === 0)
    throw new InvalidRequest([
      {
        pointer: '/verifica',
        detail: `manca ciò che ${service.code} controlla (${service.italian}) / what is checked is missing`,
      },
    ]);
  if (persona === null) throw nothingFound(operation);
  const { soggetto, answer } = await verifyFor(context, granted, {
    persona,
    dichiarazioni,
    when: { al: day(asked.datiRichiesta.dataRiferimentoRichiesta), notoAl: null },
    scopo: asked.scopo,
    pratica: asked.pratica,
    now,
    today: romeDay(now),
  });
  if (soggetto === null) throw nothingFound(operation);
  request.setHeader('X-Ricevuta', answer.ricevuta);
  const national: NationalAnswer = {
    idOperazioneANPR: operation,
    listaSoggetti: { datiSoggetto: [{ infoSoggettoEnte: infoOf(service, answer.esiti) }] },
    listaAnomalie: anomaliesOf(answer.qualita?.giorni_di_ritardo ?? null),
  };
  return {
    answer: national,
    subjects: [soggetto],
    fields: ['esito', 'elementi'],
    count: dichiarazioni.length,
  };
}

export const nationalRoutes = (context: VerificationContext): readonly Route[] =>
  BY_SERVICE.map(({ service, operation }) =>
    guarded(context, {
      operation,
      sought: ({ criteriRicerca: { codiceFiscale, cognome, nome } }) => [
        codiceFiscale ?? `${cognome ?? ''} ${nome ?? ''}`.trim(),
      ],
      look: (asked, granted, request) => answered(context, service, asked as Body, granted, request),
    }),
  );
