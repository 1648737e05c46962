/** A full supply of the tracciato cut down to what subentro.xml can say (tracciato.md 5): the peer that the ANPR door is held against. */
import { readFileSync } from 'node:fs';
import { LIMITS, unpackArchive } from '../../src/services/intake/archive/archive.ts';
import { presentRegister, presentTables } from './present-register.ts';
import { supplyZip } from './supply-zip.ts';

/** The archive of the same comune with residents and the present alone, as the XML would have them. */
export async function whatXmlSays(
  archive: string,
  folder: string,
  supply: { readonly comune: string; readonly situazione_al: string },
): Promise<Buffer> {
  const { files: unpacked } = await unpackArchive(archive, folder, LIMITS);
  const files = new Map([...unpacked.values()].map(({ name, path }) => [name, readFileSync(path)]));
  const tables = presentTables(presentRegister(files));
  return supplyZip({ tipo: 'COMPLETA', progressivo: 1, files: tables, ...supply });
}
