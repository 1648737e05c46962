/**
 * The third door (tracciato.md, opening): the archive holds a mapping and the files of a package as they were exported; what
 * comes out are the page's tables, and for each row where it was. From there on there is one road (check-supply.ts).
 */
import { readFile } from 'node:fs/promises';
import type { Finding } from '../../../kernel/findings.ts';
import { LIMITS, type Limits, type UnpackedFile, unpackArchive } from '../archive/archive.ts';
import { checkManifest, checkSoftware } from '../archive/manifest-checks.ts';
import type { OpenedSupply, OpenRequest, SupplyHead } from '../archive/open-supply.ts';
import { compareTotals, countTable, noTotals } from '../archive/totals.ts';
import type { Declared } from '../delivery.ts';
import type { Words } from '../messages/message-rule.ts';
import { finding } from '../messages/messages.ts';
import type { RowOrigins } from '../row-origins.ts';
import { type MapFault, type MappedTables, mapTables, type SourceFile } from './map-tables.ts';
import { streamOf } from './mapping-references.ts';
import { type MappingRead, readMapping } from './read-mapping.ts';
import type { DECLARED_TOTALS, Mapping } from './schema.ts';
import { assignSources } from './source-files.ts';

/** Does a file of the supply hold the mapping? */
export const isMapping = (name: string): boolean => /\.ya?ml$/i.test(name);

/** A package's export is stored as it is, and may be a workbook. */
const withWorkbooks = (limits: Limits): Limits => ({ ...limits, workbooks: true });

/** Opens a supply of mapped files. @throws AppError 'not-found', 'disk-full' */
export async function openMapped(request: OpenRequest): Promise<OpenedSupply> {
  const { declared } = request;
  if (declared == null) throw new Error(`${request.fileName} came by the mapped door without its head`);
  const unpacked = await unpackArchive(
    request.archive,
    request.folder,
    withWorkbooks(request.limits ?? LIMITS),
  );
  const opened = {
    head: null as SupplyHead | null,
    manifest: null as unknown,
    sha256: unpacked.sha256,
    comune: declared.comune,
    progressivo: declared.progressivo,
    tipo: declared.tipo,
    files: new Map<string, string>() as ReadonlyMap<string, string>,
    present: {
      convivenze: false,
      residenze: false,
      iscrizioni: false,
      stati_civili: false,
      cittadinanze: false,
      generalita: false,
    },
    counts: {} as Record<string, number>,
    refusals: unpacked.refusals as readonly Finding[],
    warnings: [] as readonly Finding[],
    origins: null as RowOrigins | null,
  };
  if (opened.refusals.length > 0) return opened;
  const { mapping, refusals, read } = await mappingOf(unpacked.files);
  if (mapping === null) return { ...opened, refusals };
  const { pacchetto } = mapping;
  opened.head = {
    tipo: 'COMPLETA',
    situazioneAl: declared.situazioneAl,
    generata: null,
    softwareNome: pacchetto.nome,
    softwareVersione: pacchetto.versione,
    assenti: 'segnala',
  };
  const head = headChecks(declared, pacchetto.nome, request);
  opened.manifest = {
    porta: 'MAPPATA',
    mappatura: read.name,
    software: pacchetto,
    comune: declared.comune,
    progressivo: declared.progressivo,
    situazione_al: declared.situazioneAl,
  };
  opened.refusals = head.refusals;
  opened.warnings = head.warnings;
  if (opened.refusals.length > 0) return opened;

  const sources = [...unpacked.files.values()].filter(({ name }) => !isMapping(name));
  const assigned = await assignSources(mapping, sources, request.folder);
  if (assigned.refusals.length > 0) return { ...opened, refusals: assigned.refusals };
  const made = mapTables({
    mapping,
    sources: assigned.files,
    situazioneAl: declared.situazioneAl,
    reference: request.reference,
    folder: request.folder,
  });
  if (made.faults.length > 0)
    return { ...opened, refusals: made.faults.map((fault) => toFinding(fault, read)) };
  const wrong = totalsRefused(mapping, assigned.files, made);
  if (wrong.length > 0) return { ...opened, refusals: wrong };
  return { ...opened, ...tablesOf(made) };
}

/** What the files declare of themselves against what came of them (EN011 to EN023, SIP-013). */
function totalsRefused(
  { quadratura }: Mapping,
  files: ReadonlyMap<string, SourceFile>,
  { declared, tables }: MappedTables,
): Finding[] {
  if (declared.size === 0) return [];
  const counted = noTotals();
  for (const table of tables) countTable(table.path, table.spec, counted);
  return [...declared].flatMap(([name, text]) => {
    const total = name as (typeof DECLARED_TOTALS)[number];
    const value = /^ *\d{1,9} *$/.test(text) ? Number(text) : Number.NaN;
    const { source } = streamOf(quadratura?.[total]?.da ?? '');
    return compareTotals({ [total]: value }, counted, () => ({
      file: files.get(source)?.name ?? source,
      campo: quadratura?.[total]?.campo ?? '',
      valore: text,
      altro: 'mappatura',
    }));
  });
}

interface NamedMapping extends MappingRead {
  readonly name: string;
}

async function mappingOf(
  files: ReadonlyMap<string, UnpackedFile>,
): Promise<{ mapping: MappingRead['mapping']; refusals: readonly Finding[]; read: NamedMapping }> {
  const found = [...files.values()].filter(({ name }) => isMapping(name));
  const [only] = found;
  const read = {
    ...(only === undefined || found.length > 1
      ? { mapping: null, problems: [], lineOf: () => 1 }
      : readMapping(await readFile(only.path))),
    name: only?.name ?? '',
  };
  if (only === undefined || found.length > 1) {
    const perche: Words =
      only === undefined
        ? ["non c'è tra i file inviati (un file .yaml)", 'is not among the files sent (a .yaml file)']
        : ["è più d'una: inviarne una sola", 'is more than one: send one alone'];
    return { mapping: null, refusals: [finding('SIP-002', { file: only?.name ?? '.yaml', perche })], read };
  }
  const refusals = read.problems.map(({ line, column, path, what }) =>
    finding('SIP-002', {
      file: only.name,
      riga: line,
      campo: path,
      perche: [
        `ha un errore alla riga ${line}, colonna ${column}: ${what[0]}`,
        `has an error on line ${line}, column ${column}: ${what[1]}`,
      ],
    }),
  );
  return { mapping: read.mapping, refusals, read };
}

/** What the options of the command or of the upload say, against what there is (SIP-004 to SIP-006, SIP-015, SIP-021). */
function headChecks(
  declared: Declared,
  software: string,
  request: OpenRequest,
): { readonly refusals: readonly Finding[]; readonly warnings: readonly Finding[] } {
  const { comune, progressivo, situazioneAl } = declared;
  const said = { tipo: 'COMPLETA' as const, comune, progressivo, situazione_al: situazioneAl };
  const { fileName: file } = request;
  return {
    refusals: checkManifest(said, { ...request, file, name: { ...said, tipo: declared.tipo } }),
    warnings: checkSoftware({ software: { nome: software } }, request.position).map((f) => ({ ...f, file })),
  };
}

function toFinding(fault: MapFault, read: NamedMapping): Finding {
  const { codice, file, line, campo, perche, path, encoding } = fault;
  const there = path === null ? null : read.lineOf(path);
  return finding(codice, {
    file,
    riga: line,
    ...(campo === undefined ? {} : { campo }),
    ...(encoding === undefined ? {} : { altro: encoding }),
    perche:
      there === null
        ? perche
        : [`${perche[0]} (${read.name}, riga ${there})`, `${perche[1]} (${read.name}, line ${there})`],
  });
}

function tablesOf({ tables }: MappedTables): Pick<
  OpenedSupply,
  'files' | 'counts' | 'present' | 'origins' | 'found'
> & {
  counts: Record<string, number>;
} {
  const byName = new Map(tables.map((table) => [table.spec.name, table]));
  const has = (name: string): boolean => byName.has(name);
  return {
    files: new Map(tables.map((table) => [table.spec.name, table.path])),
    counts: Object.fromEntries(tables.map((table) => [table.spec.name, table.rows])),
    present: {
      convivenze: has('convivenze.csv'),
      residenze: has('residenze.csv'),
      iscrizioni: has('iscrizioni.csv'),
      stati_civili: has('stati_civili.csv'),
      cittadinanze: has('cittadinanze.csv'),
      generalita: has('generalita.csv'),
    },
    origins: {
      of: (table, riga, campo) => {
        const found = byName.get(table)?.origin(riga, campo) ?? null;
        return found === null ? null : { file: found.file, record: found.line, campo: found.field };
      },
      raw: () => null,
    },
    found: new Map(tables.filter(({ faults }) => faults.size > 0).map((t) => [t.spec.name, t.faults])),
  };
}
