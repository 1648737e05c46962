/**
 * Takes an operation in the national form: one supply of the events that it comes to, in one transaction, applied whole or not
 * at all (docs/adr/0016-anpr-operations.md). A known idOperazioneComune with the same bytes is answered as it was.
 */
import type { Day } from '../../kernel/day.ts';
import type { Finding } from '../../kernel/findings.ts';
import type { Client, Database } from '../../platform/db/pool.ts';
import { findOperation, findOperationsSent, insertAnswer } from '../supplies/operations.sql.ts';
import { findPosition, takeInstant } from '../supplies/supplies.sql.ts';
import type { Esito, SupplyRecord } from '../supplies/supply-record.ts';
import type { EventLine } from './event-line.ts';
import { applyWhole, refuse } from './event-supply.service.ts';
import type { Describe } from './left-behind.ts';
import { RegisterView } from './register-view.ts';

const FILE = 'eventi.jsonl';

/** What a request comes to, once the register has been asked whom it names. */
export interface ToldAsEvents {
  readonly lines: readonly EventLine[];
  /** E: it cannot be told as events, and is refused; W: reported. */
  readonly findings: readonly Finding[];
}

/** Why an operation may not have its turn. */
export type OutOfTurn = 'other-bytes' | 'before-population' | 'not-growing';

export interface PreparedOperation {
  /** What the request says of itself; its esito is decided here, and situazione_al is that of the registration. */
  readonly supply: SupplyRecord & { readonly operation: { readonly kind: string; readonly id: string } };
  readonly supplyId: number;
  readonly manifest: unknown;
  /** Path of the request as it was sent. */
  readonly archive: string;
  /** Of the request by itself: with an E or a B among them nothing of the register is asked. */
  readonly findings: readonly Finding[];
  readonly describe: Describe;
  readonly reread: (raw: string, riga: number) => EventLine;
  readonly outOfTurn: (why: OutOfTurn, last: string) => Finding;
  readonly tell: (view: RegisterView) => Promise<ToldAsEvents>;
  readonly answer: (outcome: OperationOutcome) => string;
}

export interface OperationOutcome {
  readonly ricevuta: string;
  readonly esito: Esito;
  readonly findings: readonly Finding[];
}

export interface OperationReceipt extends OperationOutcome {
  readonly answer: string;
  /** It had been accepted before, and nothing was done again. */
  readonly repeated: boolean;
  /** Events applied. */
  readonly events: number;
}

const stops = (findings: readonly Finding[]): boolean => findings.some((f) => f.gravita !== 'W');

export async function writeOperation(
  db: Database,
  operation: PreparedOperation,
  receivedAt: Date,
): Promise<OperationReceipt> {
  return db.transaction(async (client) => {
    const instant = await takeInstant(client);
    const { comune, sha256, operation: named } = operation.supply;
    const refused = (findings: readonly Finding[]): Promise<OperationReceipt> =>
      refuseOperation(db, client, operation, findings, receivedAt);
    // Who may not speak for the comune is told nothing of what it sent before.
    if (operation.findings.some((f) => f.codice === 'SIP-004')) return refused(operation.findings);
    const known = await findOperation(client, comune, named.id);
    if (known !== null && known.sha256 === sha256)
      return {
        ricevuta: known.ricevuta,
        esito: known.esito,
        findings: [],
        answer: known.answer,
        repeated: true,
        events: 0,
      };
    if (known !== null) return refused([operation.outOfTurn('other-bytes', known.ricevuta)]);
    if (stops(operation.findings)) return refused(operation.findings);
    const turn = await turnOf(client, operation);
    if ('finding' in turn) return refused([turn.finding]);
    const told = await operation.tell(new RegisterView(client, comune));
    const findings = [...operation.findings, ...told.findings];
    if (stops(findings)) return refused(findings);
    const supply = {
      ...operation.supply,
      situazioneAl: turn.situazioneAl,
      lette: { [FILE]: told.lines.length },
    };
    const applied = await applyWhole(
      db,
      client,
      { ...operation, supply, lines: told.lines, findings },
      { receivedAt, recordedAt: instant },
    );
    if (applied.receipt === null) return refused(applied.findings);
    const { ricevuta, esito } = applied.receipt;
    const outcome = { ricevuta, esito, findings: applied.findings };
    const answer = operation.answer(outcome);
    await insertAnswer(client, operation.supplyId, answer);
    return { ...outcome, answer, repeated: false, events: told.lines.length };
  });
}

/**
 * Ids grow (tipoDato.xsd, idOperazioneComune: "se non esiste ed e' inferiore all'ultimo inviato, l'elaborazione termina con
 * errore"); one that was refused before exists, and comes again mended. The register never goes back to an earlier day.
 */
async function turnOf(
  client: Client,
  { supply, outOfTurn }: PreparedOperation,
): Promise<{ readonly situazioneAl: Day } | { readonly finding: Finding }> {
  const { comune, operation } = supply;
  if ((await findPosition(client, comune)) === null) return { finding: outOfTurn('before-population', '') };
  const sent = await findOperationsSent(client, comune, operation.id);
  const grows = sent.last === null || !/^\d+$/.test(operation.id) || BigInt(operation.id) > BigInt(sent.last);
  if (!grows && !sent.refused) return { finding: outOfTurn('not-growing', sent.last ?? '') };
  const own = supply.situazioneAl!;
  return { situazioneAl: sent.situazioneAl !== null && sent.situazioneAl > own ? sent.situazioneAl : own };
}

async function refuseOperation(
  db: Database,
  client: Client,
  operation: PreparedOperation,
  findings: readonly Finding[],
  receivedAt: Date,
): Promise<OperationReceipt> {
  const supply: SupplyRecord = { ...operation.supply, esito: 'RIFIUTATA' };
  const { receipt } = await refuse(db, client, { ...operation, supply, lines: [], findings }, receivedAt);
  const outcome = { ricevuta: receipt.ricevuta, esito: receipt.esito, findings };
  return { ...outcome, answer: operation.answer(outcome), repeated: false, events: 0 };
}
