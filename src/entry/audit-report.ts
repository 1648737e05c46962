/** What the checks of the audit found, in words. */
import type { CheckReport, Fault } from '../access/audit/check.ts';
import type { UnusableNote } from '../access/audit/checkpoint-log.ts';
import { thousands } from './table.ts';

const at = ({ from, to }: Fault): { readonly it: string; readonly en: string } =>
  to - from === 1
    ? { it: `foglia ${from}`, en: `leaf ${from}` }
    : { it: `foglie da ${from} a ${to - 1}`, en: `leaves ${from} to ${to - 1}` };

const WORDS: Readonly<Record<Fault['kind'], readonly [italian: string, english: string]>> = {
  edited: ['il contenuto è stato cambiato', 'its content was changed'],
  foreign: [
    'non è quella che SIPOP ha scritto in quel posto: cambiata, spostata o inserita a mano',
    'not what SIPOP wrote at that place: changed, moved or put in by hand',
  ],
  missing: ['mancano, e altre le seguono: cancellate', 'missing, with others after them: deleted'],
  cut: ['mancano in fondo: l’audit è stato troncato', 'missing at the end: the audit was cut'],
  added: ['non erano nell’audit firmato: aggiunte', 'were not in the signed audit: added'],
  node: [
    'qui intorno una foglia, o un nodo dell’albero, è stata cambiata, tolta o spostata',
    'hereabouts a leaf, or a node of the tree, was changed, removed or moved',
  ],
  checkpoint: [
    'tra questi due checkpoint l’albero non è più quello firmato',
    'between these two checkpoints the tree is no longer the signed one',
  ],
};

export function faultLine(fault: Fault): string {
  const place = at(fault);
  const [italian, english] = WORDS[fault.kind];
  return `  ${place.it}: ${italian} / ${place.en}: ${english}\n`;
}

const UNUSABLE: Readonly<Record<UnusableNote['kind'], string>> = {
  malformed: 'non è un checkpoint / is no checkpoint',
  'unknown-key': 'firmato con una chiave sconosciuta / signed with an unknown key',
  forged: 'LA FIRMA NON È GIUSTA / THE SIGNATURE IS WRONG',
  'other-log': 'di un altro audit / of another audit',
};

export function checkText(report: CheckReport, unusable: readonly UnusableNote[], seconds: number): string {
  const rate = Math.round(report.leaves / Math.max(seconds, 0.001));
  const unsigned = report.leaves - report.signed;
  const parts = [
    `${thousands(report.leaves)} foglie, radice / leaves, root ${report.root.toString('base64')}\n`,
    `${thousands(report.checkpoints)} checkpoint firmati; ne coprono / signed checkpoints; they cover ${thousands(Math.min(report.signed, report.leaves))}${unsigned > 0 ? `, le ultime ${thousands(unsigned)} non ancora / not yet the last ones` : ''}\n`,
    report.sealed
      ? ''
      : 'Senza il segreto i sigilli delle foglie non si controllano / without the secret the seals are not checked\n',
    ...unusable.map(({ from, kind }) => `  ${from}: ${UNUSABLE[kind]}\n`),
    `${seconds.toFixed(1)} s (${thousands(rate)} foglie/s, leaves/s)\n\n`,
  ];
  if (report.faults.length === 0)
    parts.push(
      'INTEGRO: nulla è stato cambiato, tolto, spostato o aggiunto / INTACT: nothing was changed, removed, moved or added\n',
    );
  else
    parts.push(
      'MANOMESSO; il primo punto in cima / TAMPERED WITH; the first place on top:\n',
      ...report.faults.slice(0, 20).map(faultLine),
      report.faults.length > 20 ? '  …\n' : '',
    );
  return parts.join('');
}
