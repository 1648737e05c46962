/** Answers in the national form, read by a plain reading of their few elements: not by the reader of the intake. */

export interface Anomaly {
  readonly codice: string;
  readonly tipo: string;
  readonly testo: string;
  readonly oggetto: string;
  readonly campo: string;
  readonly valore: string;
}

const plain = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

function inner(xml: string, name: string): string | null {
  const match = new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml);
  return match === null ? null : match[1]!;
}

const value = (xml: string, name: string): string => plain(inner(xml, name) ?? '');

export function parseAnswer(xml: string): {
  readonly head: Readonly<Record<string, string>>;
  readonly anomalies: readonly Anomaly[];
} {
  const head = inner(xml, 'testataRisposta') ?? '';
  const list = inner(xml, 'listaErrori') ?? inner(xml, 'listaAnomalie') ?? '';
  const each = [...list.matchAll(/<(errore|anomalie)>(.*?)<\/\1>/gs)].map((match) => match[2]!);
  return {
    head: Object.fromEntries([...head.matchAll(/<(\w+)>(.*?)<\/\1>/gs)].map((m) => [m[1]!, plain(m[2]!)])),
    anomalies: each.map((one) => ({
      codice: value(one, 'codiceErroreAnomalia'),
      tipo: value(one, 'tipoErroreAnomalia'),
      testo: value(one, 'testoErroreAnomalia'),
      oggetto: value(one, 'oggettoErroreAnomalia'),
      campo: value(one, 'campoErroreAnomalia'),
      valore: value(one, 'valoreErroreAnomalia'),
    })),
  };
}
