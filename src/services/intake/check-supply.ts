/**
 * Checks a whole supply: archive, manifest, files, totals; form of each row, references, spells, warnings; too much
 * (tracciato.md 4). No database: what survives goes to the sink, the counts come back.
 */
import type { Door, Esito, FileCounts } from '../../registry/supplies/supply-record.ts';
import type { SupplySink } from '../../registry/supplies/supply-sink.ts';
import { openSubentro } from './anpr/open-subentro.ts';
import { eachEvent } from './archive/jsonl.ts';
import { type OpenedSupply, type OpenRequest, openSupply } from './archive/open-supply.ts';
import type { CheckedSupply, CheckRequest } from './check-contract.ts';
import { type JudgedBy, readEvent } from './events/event-form.ts';
import { UnknownKeys } from './events/event-keys.ts';
import { openMapped } from './mapped/open-mapped.ts';
import { checkRegister } from './register/check-register.ts';
import { Tally } from './register/tally.ts';
import { OriginSink } from './row-origins.ts';
import { EVENTI, SOGGETTI } from './rows/file-specs.ts';

/** SIP-014: more than 20, and more than 5% of the rows of soggetti.csv (tracciato.md 1, "Too much"). */
const TOO_MANY = 20;
const TOO_LARGE_A_SHARE = 0.05;

/** Each door turns what it is given into the page's tables; from there on there is one road. */
const OPENERS: Readonly<Record<Door, (request: OpenRequest) => Promise<OpenedSupply>>> = {
  SIPOP: openSupply,
  ANPR: openSubentro,
  MAPPATA: openMapped,
};

/**
 * Checks the supply. Findings, refusals too, go to the sink with whatever stands; of a refused supply the caller keeps the
 * findings alone.
 * @throws AppError 'not-found', 'disk-full'
 */
export async function checkSupply(request: CheckRequest, into: SupplySink): Promise<CheckedSupply> {
  const door = request.door ?? 'SIPOP';
  const opened = await OPENERS[door]({ ...request, declared: request.declared ?? null });
  const sink = opened.origins === null ? into : new OriginSink(into, opened.origins);
  const tally = new Tally(sink);
  for (const warning of opened.warnings) tally.pass(warning);
  let refused = opened.refusals.length > 0;
  for (const refusal of opened.refusals) tally.pass(refusal);
  const { head, counts } = opened;
  if (!refused && head?.tipo === 'VARIAZIONI')
    readEvents(opened, { situazioneAl: head.situazioneAl, reference: request.reference }, sink, tally);
  else if (!refused && head !== null) {
    const soggetti = counts[SOGGETTI.name] ?? 0;
    await request.onOpened?.({
      comune: opened.comune,
      soggetti,
      famiglie: counts['famiglie.csv'] ?? 0,
      convivenze: counts['convivenze.csv'] ?? 0,
    });
    const total = Object.values(counts).reduce((sum, n) => sum + n, 0);
    checkRegister(
      {
        files: opened.files,
        soggetti,
        situazioneAl: head.situazioneAl,
        reference: request.reference,
        found: opened.found ?? null,
        folder: request.folder,
        onlyPresent: opened.onlyPresent ?? false,
        onRows: (done) => request.onProgress?.(done, total),
      },
      sink,
      tally,
    );
    request.onProgress?.(total, total);
    const fallen = tally.scartate[SOGGETTI.name] ?? 0;
    if (!request.confirmTooMuch && isTooMuch(fallen, soggetti)) {
      refused = true;
      const limit = String(Math.max(TOO_MANY, Math.floor(TOO_LARGE_A_SHARE * soggetti)));
      tally.report('SIP-014', { file: SOGGETTI.name, valore: String(fallen), atteso: limit });
    }
  }
  return {
    door,
    fileName: request.fileName,
    sha256: opened.sha256,
    comune: opened.comune,
    progressivo: opened.progressivo,
    tipo: opened.tipo,
    esito: esitoOf(refused, tally.findings),
    situazioneAl: head?.situazioneAl ?? null,
    generata: head?.generata ?? null,
    softwareNome: head?.softwareNome ?? null,
    softwareVersione: head?.softwareVersione ?? null,
    assenti: head?.assenti ?? null,
    confirmed: request.confirmTooMuch,
    lette: counts,
    applicate: applied(counts, tally.scartate, refused),
    scartate: tally.scartate,
    segnalate: tally.segnalate,
    manifest: opened.manifest,
    present: opened.present,
  };
}

/** The lines of eventi.jsonl; what becomes of them is decided when they are applied. */
function readEvents(opened: OpenedSupply, judged: JudgedBy, sink: SupplySink, tally: Tally): void {
  const unknown = new UnknownKeys();
  eachEvent(opened.files.get(EVENTI)!, (json, riga, raw) => {
    sink.event(readEvent(json, riga, raw, judged, unknown));
    return true;
  });
  for (const key of unknown.keys) tally.report('SIP-020', { file: EVENTI, campo: key });
}

/** Rows of soggetti.csv set aside or fallen, of all its rows. */
export const isTooMuch = (fallen: number, rows: number): boolean =>
  fallen > TOO_MANY && fallen > TOO_LARGE_A_SHARE * rows;

function esitoOf(refused: boolean, findings: number): Esito {
  if (refused) return 'RIFIUTATA';
  return findings > 0 ? 'ACCETTATA_CON_SEGNALAZIONI' : 'ACCETTATA';
}

function applied(lette: FileCounts, scartate: FileCounts, refused: boolean): FileCounts {
  return Object.fromEntries(
    Object.entries(lette).map(([file, n]) => [file, refused ? 0 : n - (scartate[file] ?? 0)]),
  );
}
