/**
 * What a manifest says against the file name, the comuni that exist, the sender's agreement and the register's last supply
 * (tracciato.md 1 and 4: SIP-002, SIP-004, SIP-005, SIP-006, SIP-015, SIP-021). Pure.
 */
import type { Day } from '../../../kernel/day.ts';
import type { Finding } from '../../../kernel/findings.ts';
import type { Comuni } from '../../../reference/comuni.ts';
import type { RegisterPosition } from '../../../registry/supplies/supply-record.ts';
import type { Words } from '../messages/message-rule.ts';
import { finding } from '../messages/messages.ts';
import { MANIFEST } from '../rows/file-specs.ts';
import type { Manifest, TipoManifest } from './manifest.ts';

/** What `SIPOP_<comune>_<progressivo, 6 digits>_<COMPLETA|VARIAZIONI>.zip` says. */
export interface SupplyName {
  readonly comune: string;
  readonly progressivo: number;
  readonly tipo: TipoManifest;
}

const NAME = /^SIPOP_(\d{6})_(\d{6})_(COMPLETA|VARIAZIONI)\.zip$/;

/** The parts of a supply's file name (without folders), or null where it does not follow the page. */
export function parseSupplyName(fileName: string): SupplyName | null {
  const match = NAME.exec(fileName);
  if (match === null) return null;
  return { comune: match[1]!, progressivo: Number(match[2]), tipo: match[3] as TipoManifest };
}

/** SIP-002 for a file name that does not follow the page. */
export function badName(fileName: string): Finding {
  return finding('SIP-002', {
    file: fileName,
    valore: fileName,
    perche: [
      `è in un file dal nome non ammesso, «${fileName.slice(0, 80)}»`,
      `is in a file whose name is not accepted, «${fileName.slice(0, 80)}»`,
    ],
  });
}

export interface ManifestContext {
  /** The file that says it; the manifest where absent. */
  readonly file?: string;
  readonly name: SupplyName;
  readonly position: RegisterPosition | null;
  readonly allowedComuni: ReadonlySet<string> | null;
  readonly today: Day;
  /** The comuni that there are, and were. */
  readonly reference: Comuni;
}

/** What a supply says of itself that others can contradict. */
export type SaidOfSupply = Pick<Manifest, 'tipo' | 'comune' | 'progressivo' | 'situazione_al'>;

/** Every refusal of a well-formed manifest. */
export function checkManifest(manifest: SaidOfSupply, context: ManifestContext): Finding[] {
  const { name, position, today, file = MANIFEST } = context;
  const refusals: Finding[] = [];
  const differs = (campo: 'tipo' | 'progressivo', valore: string, expected: string): void => {
    const perche: Words = [
      `dice ${valore}, il nome del file ${expected}`,
      `says ${valore}, the file name ${expected}`,
    ];
    refusals.push(finding('SIP-002', { file, campo, valore, perche }));
  };
  if (manifest.tipo !== name.tipo) differs('tipo', manifest.tipo, name.tipo);
  if (manifest.progressivo !== name.progressivo)
    differs('progressivo', String(manifest.progressivo), String(name.progressivo));
  const comune = checkComune(manifest, context);
  if (comune !== null) refusals.push(comune);
  // A number that the name contradicts is not judged twice; nor one of another comune's register.
  if (manifest.progressivo === name.progressivo && manifest.comune === name.comune) {
    const order = checkOrder(manifest, position, file);
    if (order !== null) refusals.push(order);
  }
  const { situazione_al } = manifest;
  const last = manifest.comune === name.comune ? toldUntil(manifest, position) : null;
  if (situazione_al > today)
    refusals.push(
      finding('SIP-015', {
        file,
        campo: 'situazione_al',
        valore: situazione_al,
        perche: [`è nel futuro (oggi è ${today})`, `lies in the future (today is ${today})`],
      }),
    );
  else if (last !== null && situazione_al < last)
    refusals.push(
      finding('SIP-015', {
        file,
        campo: 'situazione_al',
        valore: situazione_al,
        perche: [
          `torna indietro (l'ultima accettata è del ${last})`,
          `goes back (the last accepted is of ${last})`,
        ],
      }),
    );
  return refusals;
}

/**
 * The day before which a supply may not go back. A COMPLETA would take back what operations have told of late; changes are told
 * beside them, and may be of earlier days (docs/adr/0016).
 */
function toldUntil({ tipo }: Pick<Manifest, 'tipo'>, position: RegisterPosition | null): Day | null {
  const supplies = position?.situazioneAl ?? null;
  const operations = tipo === 'COMPLETA' ? (position?.operationsAl ?? null) : null;
  const days = [supplies, operations].filter((day) => day !== null);
  return days.sort().at(-1) ?? null;
}

/** SIP-021: the comune's software is another than that of its last supply. */
export function checkSoftware(
  manifest: { readonly software: Pick<Manifest['software'], 'nome'> },
  position: RegisterPosition | null,
): Finding[] {
  const before = position?.softwareNome ?? null;
  if (before === null || before === manifest.software.nome) return [];
  return [
    finding('SIP-021', {
      file: MANIFEST,
      campo: 'software.nome',
      valore: manifest.software.nome,
      altro: before,
    }),
  ];
}

function checkComune(manifest: SaidOfSupply, context: ManifestContext): Finding | null {
  const { name, allowedComuni, reference, file = MANIFEST } = context;
  let perche: Words | null = null;
  if (reference.comuneOn(manifest.comune, manifest.situazione_al) === null)
    perche = [
      `non è il codice ISTAT di un comune al ${manifest.situazione_al}`,
      `is not the ISTAT code of a comune on ${manifest.situazione_al}`,
    ];
  else if (manifest.comune !== name.comune)
    perche = [
      `non è quello del nome del file, ${name.comune}`,
      `is not that of the file name, ${name.comune}`,
    ];
  else if (allowedComuni !== null && !allowedComuni.has(manifest.comune))
    perche = ['non è tra quelli per cui il mittente può consegnare', 'is not one the sender may deliver for'];
  return perche === null
    ? null
    : finding('SIP-004', { file, campo: 'comune', valore: manifest.comune, perche });
}

/** The number must be the next one, and the first supply a COMPLETA: one finding for the two. */
function checkOrder(manifest: SaidOfSupply, position: RegisterPosition | null, file: string): Finding | null {
  const last = position?.lastProgressivo ?? 0;
  const { progressivo } = manifest;
  const where = {
    file,
    campo: 'progressivo',
    valore: String(progressivo),
    atteso: String(last + 1),
  };
  // The same bytes again never come here: they are answered with their first outcome before the supply is opened.
  if (progressivo <= last) return finding('SIP-005', where);
  if (progressivo > last + 1) return finding('SIP-006', where);
  if (last === 0 && manifest.tipo !== 'COMPLETA')
    return finding('SIP-006', { file, campo: 'tipo', valore: manifest.tipo });
  return null;
}
