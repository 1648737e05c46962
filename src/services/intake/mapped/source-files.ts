/** Which of the files sent is which source of the mapping (SIP-007 where that cannot be told). */
import type { Finding } from '../../../kernel/findings.ts';
import type { UnpackedFile } from '../archive/archive.ts';
import type { Words } from '../messages/message-rule.ts';
import { finding } from '../messages/messages.ts';
import { type SourceFile, textSource } from './map-tables.ts';
import type { Mapping } from './schema.ts';
import { openWorkbook } from './workbook-rows.ts';

export interface Assigned {
  /** By the name of the source. */
  readonly files: ReadonlyMap<string, SourceFile>;
  readonly refusals: readonly Finding[];
}

/** Does the name follow the pattern, in which `*` is any text? Case aside; each star is tried once, from the left. */
export function matchesName(pattern: string, name: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const [first = '', ...rest] = parts;
  if (!text.startsWith(first)) return false;
  if (rest.length === 0) return text === first;
  const last = rest.pop()!;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

const missing = (source: string, pattern: string, sent: string): Words => [
  `manca: la mappatura lo chiede per la sorgente «${source}» (${pattern}); sono arrivati ${sent}`,
  `is missing: the mapping asks for it for the source "${source}" (${pattern}); there came ${sent}`,
];
const several = (source: string, names: string): Words => [
  `è uno di più file per la sorgente «${source}»: ${names}`,
  `is one of several files for the source "${source}": ${names}`,
];
const FOREIGN: Words = ['non è di nessuna sorgente della mappatura', 'belongs to no source of the mapping'];

/**
 * Gives each source its file. A mapping of one source without a name takes the only file there is.
 * @param folder private; workbooks are unpacked there
 */
export async function assignSources(
  mapping: Mapping,
  sent: readonly UnpackedFile[],
  folder: string,
): Promise<Assigned> {
  const files = new Map<string, SourceFile>();
  const refusals: Finding[] = [];
  const taken = new Set<UnpackedFile>();
  const told = sent.map(({ name }) => name).join(', ') || 'nessuno / none';
  for (const [name, spec] of Object.entries(mapping.sorgenti)) {
    const pattern = spec.file ?? '*';
    const found = sent.filter((file) => matchesName(pattern, file.name));
    const [file] = found;
    if (file === undefined)
      refusals.push(
        finding('SIP-007', {
          altro: 'mappatura',
          file: pattern,
          valore: pattern,
          perche: missing(name, pattern, told),
        }),
      );
    else if (found.length > 1)
      refusals.push(
        finding('SIP-007', {
          altro: 'mappatura',
          file: file.name,
          valore: file.name,
          perche: several(name, found.map((f) => f.name).join(', ')),
        }),
      );
    else {
      taken.add(file);
      files.set(
        name,
        spec.formato === 'xlsx'
          ? { name: file.name, read: await openWorkbook(file.path, folder, spec) }
          : textSource(file.name, file.path, spec),
      );
    }
  }
  if (refusals.length === 0)
    for (const file of sent)
      if (!taken.has(file))
        refusals.push(
          finding('SIP-007', { altro: 'mappatura', file: file.name, valore: file.name, perche: FOREIGN }),
        );
  return { files, refusals };
}
