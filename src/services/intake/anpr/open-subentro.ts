/**
 * The ANPR door of full supplies (tracciato.md 5; docs/adr/0017-anpr-subentro.md): one or several subentro.xml, plain or in a ZIP,
 * become the page's tables. Constant memory: one record at a time, tables and addresses on disk, some 60 bytes a record off the heap.
 */
import { open } from 'node:fs/promises';
import type { Finding } from '../../../kernel/findings.ts';
import type { XmlFault } from '../../../platform/xml/xml-reader.ts';
import { readXmlFile, textAt, type XmlElement } from '../../../platform/xml/xml-records.ts';
import { LIMITS, type Limits, sha256OfFile, unpackArchive } from '../archive/archive.ts';
import { checkManifest } from '../archive/manifest-checks.ts';
import type { OpenedSupply, OpenRequest, SupplyHead } from '../archive/open-supply.ts';
import type { Declared } from '../delivery.ts';
import { type FindingCode, finding } from '../messages/messages.ts';
import { UnknownElements } from './known-elements.ts';
import type { ReadingContext } from './rules.ts';
import { CONVIVENZA, DATI_FORNITURA, DATI_INVIO, FAMIGLIA, ROOT, SOGGETTO } from './subentro-mapping.ts';
import { SubentroOrigins, type XmlPart } from './subentro-origins.ts';
import { noSubentroTotals, SubentroRows, type SubentroTotals } from './subentro-rows.ts';
import { checkParts, compareSubentroTotals, headsAsJson, inOrder, type PartHead } from './subentro-totals.ts';

/** First bytes of a ZIP. Anything else is taken for the XML itself, and refused as what it is. */
const ZIP = 'PK';

type Opened = { -readonly [K in keyof OpenedSupply]: OpenedSupply[K] };

/** Opens a subentro up to its totals. @throws AppError 'not-found', 'disk-full' */
export async function openSubentro(request: OpenRequest): Promise<OpenedSupply> {
  const { fileName, declared } = request;
  if (declared == null) throw new Error(`${fileName} came by the ANPR door without what is said beside it`);
  const { parts, sha256, refusals } = await unpackParts(request);
  const opened: Opened = {
    head: headOf(declared),
    manifest: null,
    sha256,
    comune: declared.comune,
    progressivo: declared.progressivo,
    tipo: declared.tipo,
    files: new Map(),
    present: ONLY_PRESENT,
    counts: {},
    refusals,
    warnings: [],
    onlyPresent: true,
    origins: null,
  };
  if (opened.refusals.length > 0) return opened;
  opened.refusals = checkManifest(
    { ...declared, situazione_al: declared.situazioneAl },
    { ...request, name: declared, file: fileName },
  );
  if (opened.refusals.length > 0) return opened;
  const heads = new Map<PartHead, XmlPart>();
  for (const part of parts) {
    const head = readHead(part, declared, request);
    if ('fornitura' in head) heads.set(head, part);
    else opened.refusals = [...opened.refusals, head];
  }
  if (opened.refusals.length === 0) opened.refusals = checkParts([...heads.keys()]);
  if (opened.refusals.length > 0) return opened;
  const ordered = inOrder([...heads.keys()]);
  opened.manifest = headsAsJson(ordered);
  makeTables(
    opened,
    ordered,
    ordered.map((head) => heads.get(head)!),
    request,
    declared,
  );
  return opened;
}

/** A subentro has no histories: its ties and dwellings are those of today (tracciato.md 5). */
const ONLY_PRESENT = {
  convivenze: true,
  residenze: false,
  iscrizioni: false,
  stati_civili: false,
  cittadinanze: false,
  generalita: false,
};

const headOf = ({ tipo, situazioneAl }: Declared): SupplyHead => ({
  tipo,
  situazioneAl,
  generata: null,
  softwareNome: null,
  softwareVersione: null,
  assenti: 'segnala',
});

/** The XML files of the supply: those in the ZIP, or the one file that came as it is. */
async function unpackParts({ archive, fileName, folder, limits = LIMITS }: OpenRequest): Promise<{
  readonly parts: readonly XmlPart[];
  readonly sha256: string;
  readonly refusals: readonly Finding[];
}> {
  const start = Buffer.alloc(ZIP.length);
  const sha256 = await sha256OfFile(archive);
  const file = await open(archive, 'r');
  let size = 0;
  try {
    await file.read(start, 0, start.length, 0);
    size = (await file.stat()).size;
  } finally {
    await file.close();
  }
  if (start.toString('latin1') !== ZIP)
    return {
      parts: [{ name: fileName, path: archive }],
      sha256,
      refusals: sizeRefusals(size, fileName, limits),
    };
  const unpacked = await unpackArchive(archive, folder, limits);
  const files = [...unpacked.files.values()];
  const refusals = [...unpacked.refusals];
  for (const { name } of files)
    if (!/\.xml$/i.test(name))
      refusals.push(
        finding('SIP-007', {
          file: name,
          valore: name,
          perche: ['non è un file .xml', 'is not an .xml file'],
        }),
      );
  if (refusals.length === 0 && files.length === 0)
    refusals.push(
      finding('SIP-007', {
        file: fileName,
        valore: fileName,
        perche: ['non contiene nessun file .xml', 'holds no .xml file'],
      }),
    );
  return { parts: files, sha256: unpacked.sha256, refusals };
}

function sizeRefusals(size: number, file: string, { unpackedBytes }: Limits): Finding[] {
  if (size <= unpackedBytes) return [];
  return [
    finding('SIP-001', {
      file,
      perche: [`supera ${unpackedBytes} byte`, `it is over ${unpackedBytes} bytes`],
    }),
  ];
}

/** Reads what stands before the records, and the first of them; a finding where that refuses the file. */
function readHead(part: XmlPart, declared: Declared, request: OpenRequest): PartHead | Finding {
  const found: Record<string, XmlElement> = {};
  const keep =
    (name: string) =>
    (element: XmlElement): boolean => {
      found[name] = element;
      return name === 'soggetto';
    };
  let astray: { readonly path: string; readonly line: number } | null = null;
  const fault = readXmlFile(part.path, {
    records: {
      [DATI_FORNITURA]: keep('fornitura'),
      [DATI_INVIO]: keep('invio'),
      [SOGGETTO]: keep('soggetto'),
    },
    onOther: (path, line) => {
      if (isForeign(path)) astray = { path, line };
      return isForeign(path);
    },
  });
  if (astray !== null) return strayed(part, astray);
  if (fault !== null) return brokenXml(part, fault);
  const { fornitura, invio, soggetto } = found;
  if (fornitura === undefined)
    return finding('SIP-012', {
      file: part.name,
      perche: ['manca datiFornitura', 'datiFornitura is missing'],
    });
  return (
    foreignCard(part, soggetto, declared, request) ?? { file: part.name, fornitura, invio: invio ?? null }
  );
}

/** Another root, or elements in a namespace, where those of a subentro are in none. */
const isForeign = (path: string): boolean => !path.startsWith(ROOT) || path.slice(ROOT.length).includes('{');

function strayed(part: XmlPart, { path, line }: { readonly path: string; readonly line: number }): Finding {
  if (!path.startsWith(`${ROOT}/`))
    return finding('SIP-007', {
      file: part.name,
      valore: part.name,
      perche: [
        `non è un subentro di ANPR: comincia con ${path}, non con ${ROOT}`,
        `is no subentro of ANPR: it begins with ${path}, not with ${ROOT}`,
      ],
    });
  const name = path.slice(ROOT.length + 1);
  return finding('SIP-012', {
    file: part.name,
    riga: line,
    campo: name,
    perche: [
      `l’elemento ${name} sta in un namespace, e dentro subentro non deve averne (subentro.xsd)`,
      `the element ${name} is in a namespace, and within subentro it must be in none (subentro.xsd)`,
    ],
  });
}

/** SIP-004: the first card says that it is of another comune that there is on that day. */
function foreignCard(
  part: XmlPart,
  soggetto: XmlElement | undefined,
  { comune, situazioneAl }: Declared,
  { reference }: OpenRequest,
): Finding | null {
  if (soggetto === undefined) return null;
  const said = textAt(soggetto, [
    'generalitaSubIscr',
    'idSchedaSoggettoComune',
    'idSchedaSoggettoComuneIstat',
  ]);
  // Cards of a comune that was merged into another keep the old code.
  if (said === '' || said === comune || reference.comuneOn(said, situazioneAl) === null) return null;
  return finding('SIP-004', {
    file: part.name,
    campo: 'idSchedaSoggettoComuneIstat',
    valore: comune,
    perche: [`non è quello delle schede, ${said}`, `is not that of the cards, ${said}`],
  });
}

const FAULT_CODES: Readonly<Record<XmlFault['kind'], FindingCode>> = {
  encoding: 'SIP-011',
  syntax: 'SIP-012',
  limit: 'SIP-012',
  forbidden: 'SIP-001',
};

function brokenXml(part: XmlPart, { kind, line, why }: XmlFault): Finding {
  return finding(FAULT_CODES[kind], {
    file: part.name,
    riga: line,
    perche: [`«${part.name}» ${why[0]}`, `«${part.name}» ${why[1]}`],
  });
}

/** Every record into its tables; refuses what is broken on the way, else what the totals say otherwise. */
function makeTables(
  opened: Opened,
  heads: readonly PartHead[],
  parts: readonly XmlPart[],
  request: OpenRequest,
  declared: Declared,
): void {
  const origins = new SubentroOrigins(parts);
  const context: ReadingContext = { comune: declared.comune, reference: request.reference };
  const rows = new SubentroRows(request.folder, context, origins);
  const unknown = new UnknownElements();
  const counted: SubentroTotals[] = [];
  const refusals: Finding[] = [];
  try {
    for (const [index, part] of parts.entries()) {
      const totals = noSubentroTotals();
      counted.push(totals);
      const broken = readRecords(part, index, rows, totals, unknown);
      if (broken !== null) refusals.push(broken);
    }
  } finally {
    rows.close();
  }
  const { files, counts } = rows.finish();
  opened.counts = counts;
  opened.warnings = [...unknown.found].map(([campo, file]) => finding('SIP-020', { file, campo }));
  opened.refusals = refusals.length > 0 ? refusals : compareSubentroTotals(heads, counted);
  opened.files = files;
  opened.origins = origins;
}

function readRecords(
  part: XmlPart,
  index: number,
  rows: SubentroRows,
  totals: SubentroTotals,
  unknown: UnknownElements,
): Finding | null {
  let astray: { readonly path: string; readonly line: number } | null = null;
  const fault = readXmlFile(part.path, {
    records: {
      [DATI_FORNITURA]: () => false,
      [DATI_INVIO]: () => false,
      [SOGGETTO]: (record, place) => {
        unknown.look(SOGGETTO, record, part.name);
        rows.soggetto(record, index, place, totals);
        return false;
      },
      [FAMIGLIA]: (record, place) => {
        unknown.look(FAMIGLIA, record, part.name);
        rows.household('famiglia', record, index, place, totals);
        return false;
      },
      [CONVIVENZA]: (record, place) => {
        unknown.look(CONVIVENZA, record, part.name);
        rows.household('convivenza', record, index, place, totals);
        return false;
      },
    },
    onOther: (path, line) => {
      if (isForeign(path)) astray = { path, line };
      else unknown.note(path.slice(ROOT.length + 1), part.name);
      return isForeign(path);
    },
  });
  if (astray !== null) return strayed(part, astray);
  return fault === null ? null : brokenXml(part, fault);
}
