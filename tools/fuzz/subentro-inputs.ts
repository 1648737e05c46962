/** Damaged subentro.xml: cells that are wrong in a document that agrees with itself, elements out of place, hostile pieces, wrong bytes. */
import { presentRegister } from '../../test/support/present-register.ts';
import { subentroXml } from '../../test/support/subentro-xml.ts';
import { writeZip } from '../../test/support/zip-writer.ts';
import { CORPUS } from './corpus.ts';
import type { FuzzInput } from './inputs.ts';
import { mutateBytes, mutateTable, type Table } from './mutations.ts';
import { Random } from './random.ts';
import { anyValue } from './values.ts';

const seen = [...new Set([...CORPUS.tables.values()].flat(2))];

/** What nobody writes by mistake, and what some packages do. */
const PIECES: readonly string[] = [
  '<!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
  '&b;',
  '&eacute;',
  '&#0;',
  '&#x1F600;',
  '<![CDATA[<]]>',
  '<![CDATA[',
  ']]>',
  '<!-- -->',
  '<!--',
  '<?pi ?>',
  '<?xml version="1.0"?>',
  '<a xmlns="urn:x">',
  '<sub:a/>',
  '<x:a/>',
  'xmlns="http://sogei.it/ANPR/subentro"',
  '\0',
  '\u0001',
  '\ufffe',
  '\r\n',
  '<a>'.repeat(50),
  '<a b="c" b="d"/>',
  'x'.repeat(5000),
  '</soggetto>',
  '<soggetto>',
  '<soggetto/>',
  '<famiglia></famiglia>',
  '<datiInvio><progressivoInvio>1</progressivoInvio></datiInvio>',
  '<totaleInvii>2</totaleInvii>',
  '<senzaGiorno>1</senzaGiorno>',
];

const ELEMENT = /<(\w+)>[^<>]*<\/\1>|<(\w+)>(?:[^<]|<(?!\/?\2>))*<\/\2>/g;

/** One to three elements dropped, doubled, moved, emptied, renamed or filled otherwise. */
function mutateElements(random: Random, text: string): string {
  let out = text;
  for (let n = 1 + random.below(3); n > 0; n--) {
    const found = [...out.matchAll(ELEMENT)];
    if (found.length === 0) return out;
    const match = random.pick(found);
    const [whole] = match;
    const [before, after] = [out.slice(0, match.index), out.slice(match.index + whole.length)];
    const name = match[1] ?? match[2] ?? 'a';
    const put = (element: string): string => before + element + after;
    switch (random.below(8)) {
      case 0:
        out = put('');
        break;
      case 1:
        out = put(whole + whole);
        break;
      case 2: {
        const other = random.pick(found);
        out =
          other.index < match.index ? out.slice(0, other.index) + whole + out.slice(other.index) : put(whole);
        break;
      }
      case 3:
        out = put(`<${name}/>`);
        break;
      case 4:
        out = put(whole.replaceAll(`${name}>`, `${name}x>`));
        break;
      default:
        out = put(`<${name}>${anyValue(random, seen).replace(/[<&]/g, '')}</${name}>`);
    }
  }
  return out;
}

function insertPieces(random: Random, text: string): string {
  let out = text;
  for (let n = 1 + random.below(2); n > 0; n--) {
    const at = random.below(out.length + 1);
    out = out.slice(0, at) + random.pick(PIECES) + out.slice(at);
  }
  return out;
}

function tables(change: (name: string, table: Table) => Table): Map<string, Buffer> {
  const quote = (cell: string): string => (/[;"\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const bytes = (table: Table): Buffer =>
    Buffer.from(table.map((row) => `${row.map(quote).join(';')}\n`).join(''));
  return new Map([...CORPUS.tables].map(([name, table]) => [name, bytes(change(name, table))]));
}

const soundText = (files: ReadonlyMap<string, Buffer>): string =>
  subentroXml(presentRegister(files), { comune: CORPUS.comune });

const sound = soundText(tables((_, table) => table));

function input(bytes: Buffer, fileName = 'subentro.xml'): FuzzInput {
  return { kind: 'subentro', fileName, archive: bytes, tipo: 'COMPLETA', comune: CORPUS.comune };
}

/** The undamaged document. */
export const soundSubentro = (): FuzzInput => input(Buffer.from(sound));

/** Input `n` of `seed`: a third are wrong in their cells alone, and go all the way through the checks. */
export function subentroInput(seed: number, n: number): FuzzInput {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(n, 0xc2b2ae35));
  switch (n % 6) {
    case 0:
    case 1: {
      const wanted = random.pick([
        'soggetti.csv',
        'soggetti.csv',
        'legami.csv',
        'famiglie.csv',
        'convivenze.csv',
      ]);
      const files = tables((name, table) => (name === wanted ? mutateTable(random, table, seen) : table));
      return input(Buffer.from(soundText(files)));
    }
    case 2:
    case 3:
      return input(Buffer.from(mutateElements(random, sound)));
    case 4:
      return input(Buffer.from(insertPieces(random, sound)));
    default: {
      if (random.chance(0.5)) return input(mutateBytes(random, Buffer.from(sound)));
      const zip = writeZip([{ name: 'a.xml', data: Buffer.from(sound) }]);
      return input(random.chance(0.7) ? mutateBytes(random, zip) : zip, 'a.zip');
    }
  }
}
