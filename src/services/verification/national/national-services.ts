/** The national services by name: which declarations each comes to (services.md, Verification). Pure. */
import type { PartialDate } from '../../../kernel/day.ts';
import type { Declaration, DeclaredAddress } from '../declaration.ts';
import { birthDate, type NationalAddress, namedPerson, type Somebody, type Verifica } from './shapes.ts';

export interface NationalService {
  readonly code: string;
  readonly slug: string;
  readonly italian: string;
  readonly english: string;
  /** Empty where what the service needs was not stated. */
  declared(stated: Verifica): readonly Declaration[];
}

const service = (
  code: string,
  slug: string,
  italian: string,
  english: string,
  declared: NationalService['declared'],
): NationalService => ({ code, slug, italian, english, declared });

const one = (declared: Declaration | null): readonly Declaration[] => (declared === null ? [] : [declared]);
const partial = (text: string): PartialDate => text as PartialDate;

function identity({ generalita }: Verifica): readonly Declaration[] {
  if (generalita === undefined) return [];
  const { cognome, nome, sesso, datiNascita } = generalita;
  const declared: Declaration[] = [];
  if (cognome !== undefined || nome !== undefined || sesso !== undefined)
    declared.push({ oggetto: 'generalita', cognome, nome, sesso });
  const data = datiNascita === undefined ? null : birthDate(datiNascita);
  const comune = datiNascita?.luogoNascita?.comune?.codiceIstat;
  const stato = datiNascita?.luogoNascita?.localita?.codiceStato;
  if (data !== null || comune !== undefined || stato !== undefined)
    declared.push({ oggetto: 'nascita', data: data ?? undefined, comune, stato });
  return declared;
}

const status =
  (valore: Extract<Declaration, { oggetto: 'stato_civile' }>['valore'], withSpouse: boolean) =>
  ({ coniuge, dataEvento }: Verifica): readonly Declaration[] => {
    const named = coniuge === undefined || !withSpouse ? null : namedPerson(coniuge);
    return [
      {
        oggetto: 'stato_civile',
        valore,
        coniuge: named ?? undefined,
        dal: dataEvento === undefined ? undefined : partial(dataEvento),
      },
    ];
  };

function addressOf({ toponimo, numeroCivico }: NationalAddress): DeclaredAddress | undefined {
  const via = [toponimo?.specie, toponimo?.denominazioneToponimo].filter((part) => part !== undefined);
  if (via.length === 0) return undefined;
  const { numero, lettera, esponente1, civicoInterno } = numeroCivico ?? {};
  const civico = [numero, lettera ?? esponente1].filter((part) => part !== undefined).join('/');
  return {
    via: via.join(' '),
    ...(civico === '' ? {} : { civico }),
    ...(civicoInterno?.scala === undefined ? {} : { scala: civicoInterno.scala }),
    ...(civicoInterno?.piano === undefined ? {} : { piano: civicoInterno.piano }),
    ...(civicoInterno?.interno1 === undefined ? {} : { interno: civicoInterno.interno1 }),
  };
}

function residence({ residenza }: Verifica): readonly Declaration[] {
  const comune = residenza?.indirizzo?.comune?.codiceIstat;
  if (residenza === undefined || comune === undefined) return [];
  const since = residenza.dataDecorrenzaResidenza;
  return [
    {
      oggetto: 'residenza',
      comune,
      indirizzo: residenza.indirizzo === undefined ? undefined : addressOf(residenza.indirizzo),
      dal: since === undefined ? undefined : partial(since),
      non: false,
    },
  ];
}

function family({ famiglia }: Verifica): readonly Declaration[] {
  if (famiglia === undefined) return [];
  const componenti = famiglia.map(({ codiceLegame, ...somebody }) => ({
    persona: namedPerson(somebody),
    relazione: codiceLegame,
  }));
  if (componenti.some(({ persona }) => persona === null)) return [];
  return [
    {
      oggetto: 'stato_di_famiglia',
      componenti: componenti.flatMap(({ persona, relazione }) =>
        persona === null ? [] : [{ persona, relazione }],
      ),
    },
  ];
}

/** A father is a man who has the child, a mother a woman. */
const parentOf =
  (sesso: 'M' | 'F') =>
  ({ figlio }: Verifica): readonly Declaration[] => {
    const named = figlio === undefined ? null : namedPerson(figlio);
    if (named === null) return [];
    return [
      { oggetto: 'nascita_figlio', figlio: named },
      { oggetto: 'generalita', cognome: undefined, nome: undefined, sesso },
    ];
  };

export const NATIONAL_SERVICES: readonly NationalService[] = [
  service('C003', 'generalita', 'generalità', 'identity', identity),
  service('C004', 'decesso', 'decesso', 'death', ({ datiDecesso }) => {
    const data = datiDecesso?.dataEvento;
    return [{ oggetto: 'decesso', data: data === undefined ? undefined : partial(data) }];
  }),
  service('C005', 'matrimonio', 'matrimonio', 'marriage', status('coniugato', true)),
  service('C006', 'cittadinanza', 'cittadinanza', 'citizenship', ({ cittadinanza }) =>
    (cittadinanza ?? []).map(({ codiceStato, dataValidita }) => ({
      oggetto: 'cittadinanza',
      stato: codiceStato,
      dal: dataValidita === undefined ? undefined : partial(dataValidita),
    })),
  ),
  service('C007', 'esistenza-in-vita', 'esistenza in vita', 'being alive', () =>
    one({ oggetto: 'esistenza_in_vita' }),
  ),
  service('C008', 'residenza', 'residenza', 'residence', residence),
  service('C009', 'stato-di-famiglia', 'stato di famiglia', 'family', family),
  service('C010', 'stato-libero', 'stato libero', 'free to marry', () =>
    one({ oggetto: 'stato_civile', valore: 'libero', coniuge: undefined, dal: undefined }),
  ),
  service('C011', 'vedovanza', 'vedovanza', 'widowhood', status('vedovo', false)),
  service('C012', 'paternita', 'paternità', 'fatherhood', parentOf('M')),
  service('C013', 'maternita', 'maternità', 'motherhood', parentOf('F')),
  service('C014', 'unione-civile', 'unione civile', 'civil union', status('unito_civilmente', true)),
];

/** @returns whom the request is about; null where it cannot be told (a national identifier alone is none of ours) */
export const subjectOf = (criteria: Somebody) => namedPerson(criteria);
