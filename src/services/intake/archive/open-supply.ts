/**
 * Opening a supply: archive, manifest, files, totals, in this order; the first stage that refuses is the last one looked at,
 * and reports all it found (tracciato.md 4, "Checks run in this order").
 */
import type { Day } from '../../../kernel/day.ts';
import type { Finding } from '../../../kernel/findings.ts';
import type { Reference } from '../../../reference/load-reference.ts';
import type { PresentFiles } from '../../../registry/claims/records.ts';
import type { RegisterPosition, TipoFornitura } from '../../../registry/supplies/supply-record.ts';
import type { Declared } from '../delivery.ts';
import type { Words } from '../messages/message-rule.ts';
import { finding } from '../messages/messages.ts';
import type { RowOrigins } from '../row-origins.ts';
import { EVENTI, MANIFEST, REQUIRED_TABLES, TABLES } from '../rows/file-specs.ts';
import type { DoorFaults } from '../rows/row-form.ts';
import { LIMITS, type Limits, type UnpackedFile, unpackArchive } from './archive.ts';
import { brokenFinding } from './csv.ts';
import { eachEvent } from './jsonl.ts';
import { type Manifest, type ManifestFile, readManifest, type TipoManifest } from './manifest.ts';
import { badName, checkManifest, checkSoftware, parseSupplyName } from './manifest-checks.ts';
import { compareTotals, countTable, noTotals, type Totals } from './totals.ts';

export interface OpenRequest {
  /** Path of the archive. */
  readonly archive: string;
  /** Its name as it was sent, without folders. */
  readonly fileName: string;
  /** A private folder for what is unpacked; made when missing, emptied by the caller. */
  readonly folder: string;
  /** What is said beside the files; null or absent at the first door. */
  readonly declared?: Declared | null;
  /** Of the comune that the file name says; null before its first supply. */
  readonly position: RegisterPosition | null;
  /** The comuni the sender may deliver for; null: any. */
  readonly allowedComuni: ReadonlySet<string> | null;
  readonly today: Day;
  /** The comuni that there are (SIP-004), and what a door reads codes by. */
  readonly reference: Reference;
  readonly limits?: Limits;
}

/** What a supply says of itself as a whole, whichever door it came by. */
export interface SupplyHead {
  readonly tipo: TipoManifest;
  readonly situazioneAl: Day;
  readonly generata: string | null;
  readonly softwareNome: string | null;
  readonly softwareVersione: string | null;
  readonly assenti: 'segnala' | 'cancella';
}

/** What a door gives to the checks (check-supply.ts): the rows of the page's tables, and what refuses them or is said of them as a whole. */
export interface OpenedSupply {
  /** Null where nothing well formed says it. */
  readonly head: SupplyHead | null;
  /** What is kept of it as it was declared, as JSON; null where there is nothing. */
  readonly manifest: unknown;
  /** Of the archive. */
  readonly sha256: string;
  /** From the file name, else from the manifest; '' where neither says. */
  readonly comune: string;
  /** 0 where neither says. */
  readonly progressivo: number;
  readonly tipo: TipoFornitura;
  /** Paths of the unpacked files, by the names of the page, or of what the door made into them; empty after a refusal of the archive. */
  readonly files: ReadonlyMap<string, string>;
  readonly present: PresentFiles;
  /** Rows (or lines) of each file that was read. */
  readonly counts: Readonly<Record<string, number>>;
  /** Any: the supply is refused. */
  readonly refusals: readonly Finding[];
  /** SIP-020 of the tables, SIP-021. Those of events come with their lines. */
  readonly warnings: readonly Finding[];
  /** No histories at all: ties and dwellings are those of today, and say nothing of earlier ones (tracciato.md 5). Absent: no. */
  readonly onlyPresent?: boolean;
  /** Where each row came from, at a door whose files are not the page's tables; null at the first. */
  readonly origins: RowOrigins | null;
  /** Faults that the door found while it made the tables; absent where it finds none. */
  readonly found?: DoorFaults;
}

/** Opens a supply up to its totals. @throws AppError 'not-found', 'disk-full'. */
export async function openSupply(request: OpenRequest): Promise<OpenedSupply> {
  const { archive, fileName, folder, limits = LIMITS } = request;
  const name = parseSupplyName(fileName);
  const unpacked = await unpackArchive(archive, folder, limits);
  const opened = {
    head: null as SupplyHead | null,
    manifest: null as unknown,
    sha256: unpacked.sha256,
    comune: name?.comune ?? '',
    progressivo: name?.progressivo ?? 0,
    tipo: name?.tipo ?? ('SCONOSCIUTA' as TipoFornitura),
    files: new Map([...unpacked.files.values()].map((file) => [file.name, file.path])),
    present: presentFiles(unpacked.files),
    counts: {} as Record<string, number>,
    refusals: unpacked.refusals,
    warnings: [] as Finding[],
    origins: null,
  };
  if (opened.refusals.length > 0) return opened;

  const read = await readManifest(opened.files.get(MANIFEST));
  const { manifest } = read;
  if (manifest !== null) {
    opened.head = headOf(manifest);
    opened.manifest = { ...manifest, file: Object.fromEntries(manifest.file) };
  }
  if (manifest !== null && name === null) {
    opened.comune = manifest.comune;
    opened.progressivo = manifest.progressivo;
    opened.tipo = manifest.tipo;
  }
  if (name === null) opened.refusals = [badName(fileName), ...read.refusals];
  else if (manifest === null) opened.refusals = read.refusals;
  else opened.refusals = checkManifest(manifest, { ...request, name });
  if (opened.refusals.length > 0 || manifest === null) return opened;
  opened.warnings.push(...checkSoftware(manifest, request.position));

  const totals = noTotals();
  opened.refusals = checkFiles(manifest, unpacked.files, totals, opened, limits);
  if (opened.refusals.length === 0) opened.refusals = compareTotals(manifest.quadratura, totals);
  return opened;
}

const headOf = (manifest: Manifest): SupplyHead => ({
  tipo: manifest.tipo,
  situazioneAl: manifest.situazione_al,
  generata: manifest.generata,
  softwareNome: manifest.software.nome,
  softwareVersione: manifest.software.versione,
  assenti: manifest.assenti,
});

/** Which optional files the archive holds. */
function presentFiles(files: ReadonlyMap<string, UnpackedFile>): PresentFiles {
  return {
    convivenze: files.has('convivenze.csv'),
    residenze: files.has('residenze.csv'),
    iscrizioni: files.has('iscrizioni.csv'),
    stati_civili: files.has('stati_civili.csv'),
    cittadinanze: files.has('cittadinanze.csv'),
    generalita: files.has('generalita.csv'),
  };
}

/** Names of the files that a kind of supply may hold, in the order of the page. */
function filesOf(tipo: TipoManifest): readonly string[] {
  return tipo === 'COMPLETA' ? TABLES.map(({ name }) => name) : [EVENTI];
}

/** SIP-007 for each file that should not be there, or is not; then SIP-008 to SIP-012 for each that is. */
function checkFiles(
  manifest: Manifest,
  files: ReadonlyMap<string, UnpackedFile>,
  totals: Totals,
  opened: { counts: Record<string, number>; warnings: Finding[] },
  limits: Limits,
): Finding[] {
  const known = filesOf(manifest.tipo);
  const required = manifest.tipo === 'COMPLETA' ? REQUIRED_TABLES : known;
  const refusals: Finding[] = [];
  const names = new Set([...known, ...files.keys(), ...manifest.file.keys()]);
  for (const name of names) {
    const file = files.get(name);
    const listed = manifest.file.get(name);
    if (name === MANIFEST && listed === undefined) continue;
    if (file === undefined && listed === undefined && !required.includes(name)) continue;
    if (!known.includes(name)) refusals.push(finding('SIP-007', { file: name, valore: name }));
    else if (file === undefined)
      refusals.push(
        finding('SIP-007', {
          file: name,
          valore: name,
          perche: ["manca nell'archivio", 'is not in the archive'],
        }),
      );
    else if (listed === undefined)
      refusals.push(
        finding('SIP-007', {
          file: name,
          valore: name,
          perche: ['non è elencato nel manifesto', 'is not listed in the manifest'],
        }),
      );
    else refusals.push(...checkFile(file, listed, totals, opened, limits));
  }
  return refusals;
}

/** One file against its line of the manifest: the first cause explains the rest (tracciato.md 4, "One cause, one finding"). */
function checkFile(
  file: UnpackedFile,
  listed: ManifestFile,
  totals: Totals,
  opened: { counts: Record<string, number>; warnings: Finding[] },
  limits: Limits,
): readonly Finding[] {
  if (file.sha256 !== listed.sha256)
    return [
      finding('SIP-008', { file: file.name, campo: `file.${file.name}.sha256`, valore: listed.sha256 }),
    ];
  if (file.name === EVENTI) {
    const why = tooLarge(file.bytes, limits);
    if (why !== null) return [finding('SIP-001', { file: EVENTI, perche: why })];
  }
  const { rows, refusals, warnings } = readStructure(file, totals, limits);
  opened.counts[file.name] = rows;
  opened.warnings.push(...warnings);
  if (refusals.length > 0) return refusals;
  if (rows === listed.righe) return [];
  return [
    finding('SIP-009', {
      file: file.name,
      campo: `file.${file.name}.righe`,
      valore: String(listed.righe),
      atteso: String(rows),
    }),
  ];
}

const DIVIDE: Words = ['dividere le variazioni in più forniture', 'divide the changes into several supplies'];

const MIB = 1024 ** 2;

function tooLarge(bytes: number, { eventBytes }: Limits): Words | null {
  if (bytes <= eventBytes) return null;
  const most = `${Math.floor(eventBytes / MIB)} MiB`;
  return [`${EVENTI} supera ${most}; ${DIVIDE[0]}`, `${EVENTI} is over ${most}; ${DIVIDE[1]}`];
}

const tooMany = ({ events }: Limits): Words => [
  `${EVENTI} ha più di ${events} righe; ${DIVIDE[0]}`,
  `${EVENTI} has more than ${events} lines; ${DIVIDE[1]}`,
];

function readStructure(
  file: UnpackedFile,
  totals: Totals,
  limits: Limits,
): { rows: number; refusals: readonly Finding[]; warnings: readonly Finding[] } {
  const spec = TABLES.find(({ name }) => name === file.name);
  if (spec !== undefined) return countTable(file.path, spec, totals);
  const { lines, broken } = eachEvent(file.path, (_event, riga) => riga <= limits.events);
  totals.eventi += lines;
  if (lines > limits.events)
    return {
      rows: lines,
      refusals: [finding('SIP-001', { file: EVENTI, perche: tooMany(limits) })],
      warnings: [],
    };
  return { rows: lines, refusals: broken === null ? [] : [brokenFinding(file.name, broken)], warnings: [] };
}
