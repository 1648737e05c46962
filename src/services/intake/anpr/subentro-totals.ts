/** datiFornitura and datiInvio of a subentro: how many files there are of it, which one each is, and what they hold (tracciato.md 5). */
import type { Finding } from '../../../kernel/findings.ts';
import { textAt, type XmlElement } from '../../../platform/xml/xml-records.ts';
import type { Words } from '../messages/message-rule.ts';
import { type FindingCode, finding } from '../messages/messages.ts';
import type { SubentroTotals } from './subentro-rows.ts';

interface TotalRule {
  readonly key: keyof SubentroTotals;
  /** Of the whole supply, in datiFornitura: its element and its code. */
  readonly supply: readonly [element: string, codice: FindingCode];
  /** Of one file, in datiInvio. */
  readonly part: readonly [element: string, codice: FindingCode];
}

/**
 * The page gives the meaning of the odd codes (EN011 soggetti, EN017 femmine, EN019 maschi, EN021 famiglie, EN023 convivenze) and
 * the range, EN011 to EN024. The seven totals of datiFornitura in their order take the odd ones, and those of datiInvio the even
 * one after each.
 */
export const SUBENTRO_TOTALS: readonly TotalRule[] = [
  {
    key: 'soggetti',
    supply: ['numeroTotaleSchedeSoggetto', 'EN011'],
    part: ['numeroSchedeSoggettoInvio', 'EN012'],
  },
  {
    key: 'italiani',
    supply: ['numeroTotaleCittadiniItaliani', 'EN013'],
    part: ['numeroCittadiniItalianiInvio', 'EN014'],
  },
  {
    key: 'nonItaliani',
    supply: ['numeroTotaleIscrittiNonItaliani', 'EN015'],
    part: ['numeroIscrittiNonItalianiInvio', 'EN016'],
  },
  {
    key: 'femmine',
    supply: ['numeroTotalePersoneSessoFemminile', 'EN017'],
    part: ['numeroPersoneSessoFemminileInvio', 'EN018'],
  },
  {
    key: 'maschi',
    supply: ['numeroTotalePersoneSessoMaschile', 'EN019'],
    part: ['numeroPersoneSessoMaschileInvio', 'EN020'],
  },
  {
    key: 'famiglie',
    supply: ['numeroTotaleSchedeFamiglia', 'EN021'],
    part: ['numeroTotaleSchedeFamigliaInvio', 'EN022'],
  },
  {
    key: 'convivenze',
    supply: ['numeroTotaleSchedeConvivenza', 'EN023'],
    part: ['numeroTotaleSchedeConvivenzaInvio', 'EN024'],
  },
];

/** What a file says of itself. */
export interface PartHead {
  readonly file: string;
  readonly fornitura: XmlElement;
  /** Null where it has none: a supply of one file need not. */
  readonly invio: XmlElement | null;
}

const whole = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN);

const totaleInvii = (part: PartHead): number => whole(textAt(part.fornitura, ['totaleInvii']));
const progressivoInvio = (part: PartHead): number =>
  part.invio === null ? 1 : whole(textAt(part.invio, ['progressivoInvio']));

/** Are these all the files of one supply, each once? SIP-007 for each that is missing, foreign or there twice. */
export function checkParts(parts: readonly PartHead[]): Finding[] {
  const refusals: Finding[] = [];
  const wrong = (file: string, campo: string, valore: string, perche: Words): void => {
    refusals.push(finding('SIP-007', { file, campo, valore, perche }));
  };
  const total = totaleInvii(parts[0]!);
  const seen = new Map<number, string>();
  for (const part of parts) {
    const { file } = part;
    const said = textAt(part.fornitura, ['totaleInvii']);
    const own = totaleInvii(part);
    if (!(own >= 1))
      wrong(file, 'totaleInvii', said, [
        'non dice di quanti invii è la fornitura',
        'does not say of how many files the supply is',
      ]);
    else if (own !== total)
      wrong(file, 'totaleInvii', said, [
        `è di una fornitura di ${own} invii, «${parts[0]!.file}» di una di ${total}`,
        `is of a supply of ${own} files, «${parts[0]!.file}» of one of ${total}`,
      ]);
    const number = progressivoInvio(part);
    const written = part.invio === null ? '' : textAt(part.invio, ['progressivoInvio']);
    if (part.invio === null && (parts.length > 1 || total > 1))
      wrong(file, 'progressivoInvio', '', [
        'è uno di più invii e non dice quale (manca datiInvio)',
        'is one of several files and does not say which (datiInvio is missing)',
      ]);
    else if (!(number >= 1 && number <= own))
      wrong(file, 'progressivoInvio', written, [
        `dice di essere l’invio ${written} di ${own}`,
        `says that it is file ${written} of ${own}`,
      ]);
    else if (seen.has(number))
      wrong(file, 'progressivoInvio', written, [
        `è l’invio ${number}, come «${seen.get(number)}»`,
        `is file ${number}, like «${seen.get(number)}»`,
      ]);
    else seen.set(number, file);
  }
  if (refusals.length > 0) return refusals;
  const missing: number[] = [];
  // Told one by one as long as somebody would read them.
  for (let n = 1; n <= total && missing.length < 20; n++) if (!seen.has(n)) missing.push(n);
  if (missing.length > 0)
    wrong(parts[0]!.file, 'totaleInvii', String(total), [
      `è di una fornitura di ${total} invii: manca ${missing.join(', ')}; si caricano insieme, quando sono arrivati tutti`,
      `is of a supply of ${total} files: ${missing.join(', ')} missing; they are loaded together, when all have come`,
    ]);
  return refusals;
}

/** The files in the order of their numbers. */
export const inOrder = (parts: readonly PartHead[]): PartHead[] =>
  [...parts].sort((a, b) => progressivoInvio(a) - progressivoInvio(b));

/** EN011 to EN024: what each file says that it and the supply hold, against what they do. @param counted by file, in the order of `parts` */
export function compareSubentroTotals(
  parts: readonly PartHead[],
  counted: readonly SubentroTotals[],
): Finding[] {
  const findings: Finding[] = [];
  const compare = (
    file: string,
    holder: XmlElement,
    element: string,
    codice: FindingCode,
    is: number,
  ): void => {
    const said = textAt(holder, [element]);
    if (whole(said) === is) return;
    findings.push(
      finding(codice, { file, campo: `${holder.name}/${element}`, valore: said, atteso: String(is) }),
    );
  };
  for (const rule of SUBENTRO_TOTALS) {
    const all = counted.reduce((sum, totals) => sum + totals[rule.key], 0);
    for (const [i, part] of parts.entries()) {
      compare(part.file, part.fornitura, ...rule.supply, all);
      if (part.invio !== null) compare(part.file, part.invio, ...rule.part, counted[i]![rule.key]);
    }
  }
  return findings;
}

/** What is kept of the heads, as JSON. */
export function headsAsJson(parts: readonly PartHead[]): unknown {
  const cells = (element: XmlElement): Record<string, string> =>
    Object.fromEntries(element.children.map(({ name, text }) => [name, text]));
  return {
    tracciato: 'ANPR/subentro',
    file: parts.map(({ file, fornitura, invio }) => ({
      nome: file,
      datiFornitura: cells(fornitura),
      ...(invio === null ? {} : { datiInvio: cells(invio) }),
    })),
  };
}
