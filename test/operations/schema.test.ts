/** Requests and answers by the official schemas: what tests send is what packages write, what is answered is what they read. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaOf, schemasPresent, XSD } from '../support/national-schema.ts';
import { known, request } from '../support/operation-requests.ts';
import { type OperationsRegister, operationsRegister } from '../support/operations-register.ts';
import { OPERATION_CASES } from './operation-cases.ts';

if (!schemasPresent) console.log(`skipped: ${XSD} is not here`);

/** By the first digit of the request. */
const SCHEMAS: Readonly<Record<string, string>> = {
  '1': '1000iscrizione.xsd',
  '2': '2000cancellazione.xsd',
  '5': '5000mutazione.xsd',
};

describe.skipIf(!schemasPresent)('the schemas of the national register', () => {
  const schemas = new Map<string, (xml: string | Buffer) => string[]>();
  let register: OperationsRegister;
  beforeAll(async () => {
    for (const [digit, name] of Object.entries(SCHEMAS)) schemas.set(digit, await schemaOf(name));
    register = await operationsRegister();
  });
  afterAll(() => register.end());

  const faults = (xml: string): string[] => {
    const digit = /(?:Richiesta|Risposta)(\d)/.exec(xml)?.[1] ?? '5';
    return schemas.get(digit)!(xml);
  };

  it.each(Object.entries(OPERATION_CASES))('accept the request of %s', (_title, one) => {
    for (const xml of [...(one.before ?? []), one.request]) expect(faults(xml)).toEqual([]);
  });

  it('find a request at fault that is one', () => {
    const [one] = Object.values(OPERATION_CASES);
    expect(faults(one!.request.replaceAll('codMittente', 'mittente'))).not.toEqual([]);
  });

  it('accept every answer: applied, with warnings, not applied, of what was no request', async () => {
    const warned = request(
      '5008',
      {
        generalitaPerRicerca: known('S4', 'NERI', 'ADA'),
        censimento: { annoCensimento: '2021', sezioneCensimento: '12', foglioCensimento: '3' },
        datiControllo: { tipoMutazione: ['06'] },
      },
      { protocolloComune: 'P-1' },
    );
    const results = await register.take(
      ...Object.values(OPERATION_CASES).map((one, i) =>
        one.request.replace(/<idOperazioneComune>\d+</, `<idOperazioneComune>${i + 1}<`),
      ),
      warned.replace('<idOperazioneComune>1<', '<idOperazioneComune>900<'),
      '<broken',
      '',
      request('2001', {}, { idOperazioneComune: '?', dataOraRichiesta: 'ieri', codMittente: 'è <&>"' }),
    );
    const esiti = new Set(results.map((r) => /<esitoOperazione>(\d)</.exec(r.answer)?.[1]));
    expect(esiti).toEqual(new Set(['2', '3', '6']));
    for (const { answer } of results) expect(faults(answer)).toEqual([]);
  });
});
