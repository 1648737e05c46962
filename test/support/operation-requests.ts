/** Requests of the national operations for tests: written out as XML, with a head that a test cares little about. */
import { type OperationKind, REQUEST_KINDS } from '../../src/services/intake/anpr/operations/kinds.ts';

/** Elements by name: a text, elements within, or several of one name. In the order of the schema. */
export interface Parts {
  readonly [name: string]: string | Parts | readonly (string | Parts)[] | undefined;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function written(name: string, value: Parts[string]): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return `<${name}>${escaped(value)}</${name}>`;
  if (Array.isArray(value)) return value.map((one: string | Parts) => written(name, one)).join('');
  return `<${name}>${elements(value as Parts)}</${name}>`;
}

const elements = (parts: Parts): string =>
  Object.entries(parts)
    .map(([name, value]) => written(name, value))
    .join('');

export const COMUNE = '036023';

/** testataRichiesta, in the order of its schema. */
export function head(kind: string, change: Parts = {}): Parts {
  const day = typeof change['dataDecorrenza'] === 'string' ? change['dataDecorrenza'] : '2025-03-03';
  const all: Parts = {
    idOperazioneComune: '1',
    codMittente: COMUNE,
    codDestinatario: '999999',
    operazioneRichiesta: kind,
    dataOraRichiesta: `${day}T10:30:00`,
    tipoOperazione: 'C',
    protocolloComune: undefined,
    dataProtocolloComune: undefined,
    tipoInvio: 'PROD',
    dataDecorrenza: day,
    dataDefinizionePratica: undefined,
    nomeApplicativo: 'PROVA',
    versioneApplicativo: '1.0',
    fornitoreApplicativo: undefined,
    ...change,
  };
  return all;
}

/** A request of a kind: its head changed, then its parts in the order of its schema. */
export function request(kind: OperationKind, parts: Parts, change: Parts = {}): string {
  return requestIn(REQUEST_KINDS[kind].namespace, `Richiesta${kind}`, {
    testataRichiesta: head(kind, change),
    ...parts,
  });
}

export function requestIn(namespace: string, name: string, parts: Parts): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<q:${name} xmlns:q="${namespace}">${elements(parts)}</q:${name}>\n`;
}

/** tipoGeneralita of somebody whom the register has, by its number. */
export function known(id: string, cognome: string, nome: string, more: Parts = {}): Parts {
  return {
    ...more,
    cognome,
    nome,
    idSchedaSoggettoComune: { idSchedaSoggettoComuneIstat: COMUNE, idSchedaSoggetto: id },
  };
}

export const byCode = (codFiscale: string, cognome: string, nome: string): Parts => ({
  codiceFiscale: { codFiscale },
  cognome,
  nome,
});

export const comune = (nomeComune: string, codiceIstat: string, siglaProvinciaIstat = 'MO'): Parts => ({
  nomeComune,
  codiceIstat,
  siglaProvinciaIstat,
});

export const MODENA = comune('MODENA', '036023');

export const household = (id: string, tipoScheda: '3' | '4' = '3', more: Parts = {}): Parts => ({
  idFamigliaConvivenzaComune: { idFamigliaConvivenzaComuneIstat: COMUNE, idFamigliaConvivenza: id },
  ...more,
  tipoScheda,
});

export const tie = (codiceLegame: string, dataDecorrenza: string): Parts => ({
  tipoLegame: '3',
  dataDecorrenza,
  codiceLegame,
});

/** tipoResidenza at a street of Modena. */
export const residence = (
  denominazioneToponimo: string,
  numero: string,
  tipoIndirizzo = '1',
  dataDecorrenzaResidenza?: string,
): Parts => ({
  tipoIndirizzo,
  indirizzo: {
    cap: '41121',
    comune: MODENA,
    toponimo: { specie: 'VIA', denominazioneToponimo },
    numeroCivico: { numero },
  },
  dataDecorrenzaResidenza,
});
