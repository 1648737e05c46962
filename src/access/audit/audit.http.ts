/**
 * The audit over HTTP (security.md, 25 to 32): search, alerts and their rules, proofs, verification behind, checkpoints for witnesses, the report on
 * administrators, and for a person who looked at them. Whoever uses it leaves a leaf too.
 */
import type { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import { type Day, romeDay } from '../../kernel/day.ts';
import type { Database } from '../../platform/db/pool.ts';
import type { Route } from '../../platform/http/operation.ts';
import { reviewAdministrators } from '../accounts/administrators.ts';
import { listNow } from '../accounts/history.sql.ts';
import { ALERT_RULES } from '../accounts/tables.ts';
import { type GuardContext, guarded } from '../guard/guard.ts';
import { putAlertRule } from './alert-rules.service.ts';
import {
  ADMINISTRATORS,
  ALERTS,
  CHECKPOINT_COMPARE,
  CHECKPOINT_LIST,
  CHECKPOINT_MAKE,
  CONSISTENCY,
  OWN_ACCESSES,
  PROVE,
  RULE_LIST,
  RULE_PUT,
  type RUN,
  SEARCH,
  VERIFY_READ,
  VERIFY_START,
} from './audit.operations.ts';
import { getSize } from './audit.sql.ts';
import { verifierText } from './checkpoint.ts';
import { type CheckpointPlace, keptNotes, makeCheckpoint, openNotes } from './checkpoint-log.ts';
import { proveConsistency, proveInclusion, rootAt } from './kept-tree.ts';
import { verifyConsistency, verifyInclusion } from './merkle.ts';
import { listOwnAccesses } from './own-accesses.ts';
import { type Circle, readAlerts } from './read-alerts.ts';
import { searchLeaves } from './search.ts';
import { startVerification } from './verification-runs.service.ts';
import { findRun, listRuns, type RunRow } from './verification-runs.sql.ts';

export interface AuditHttpContext extends GuardContext {
  readonly db: Database;
  readonly place: CheckpointPlace;
  /** The names under which a person stands in leaves. @throws AppError not-found */
  readonly subjectsOf: (text: string, today: Day) => Promise<string[]>;
  /** Whom each user is near to. */
  readonly circles: (today: Day) => Promise<ReadonlyMap<string, Circle>>;
}

const base64 = (bytes: Buffer): string => bytes.toString('base64');
const DAY_MS = 86_400_000;
/** A run that said nothing for so long was left by a process that is no more. */
const SILENT_MS = 10 * 60_000;

const noLeaf = (): AppError =>
  new AppError('not-found', 'l’audit non ha queste foglie', 'the audit has no such leaves');

const about = <A>(answer: A, count: number) => ({ answer, subjects: [], fields: [], count });

function runShown(run: RunRow, now: Date): z.input<typeof RUN> {
  const silent = now.getTime() - Date.parse(run.changed_at) > SILENT_MS;
  const state = run.report !== null ? 'conclusa' : run.failed || silent ? 'interrotta' : 'in_corso';
  const { report } = run;
  return {
    verifica: run.run_id,
    chiesta_da: run.started_by,
    cominciata: run.started_at,
    stato: state,
    lette: run.done,
    totale: run.total,
    esito:
      report === null
        ? null
        : {
            ...report,
            guasti: report.guasti.slice(0, 500).map((g) => ({ ...g })),
            note_inutilizzabili: report.note_inutilizzabili.slice(0, 500).map((n) => ({ ...n })),
          },
  };
}

export function auditRoutes(context: AuditHttpContext): readonly Route[] {
  const { db, place } = context;
  const { keys } = place;
  const ruleRows = async () => (await listNow(db, ALERT_RULES)).map((rule) => ({ ...rule }));
  return [
    guarded(context, {
      operation: SEARCH,
      sought: ({ persona }) => (persona === undefined ? [] : [persona]),
      async look({ persona, utente, ente, operazione, esito, dal, fino_al, limite }) {
        const now = context.now();
        const subjects = persona === undefined ? null : await context.subjectsOf(persona, romeDay(now));
        const leaves = await searchLeaves(
          db,
          keys,
          {
            from: dal ?? null,
            to: fino_al ?? null,
            user: utente ?? null,
            body: ente ?? null,
            operation: operazione ?? null,
            outcome: esito ?? null,
            subjects,
            limit: limite,
          },
          now,
        );
        const foglie = leaves.map(({ subjects: commitments, fields, ...leaf }) => ({
          ...leaf,
          fields: [...fields],
          persone: commitments.length,
        }));
        return { answer: { foglie }, subjects: subjects ?? [], fields: [], count: foglie.length };
      },
    }),
    guarded(context, {
      operation: ALERTS,
      sought: () => [],
      async look({ dal, fino_al }) {
        const now = context.now();
        const period = {
          from: dal ?? new Date(now.getTime() - DAY_MS).toISOString(),
          to: fino_al ?? now.toISOString(),
        };
        const report = await readAlerts(db, keys, period, await context.circles(romeDay(now)));
        const avvisi = report.alerts.slice(0, 2000).map(({ leaves, ...alert }) => ({
          ...alert,
          foglie: leaves.slice(0, 1000),
          numero: leaves.length,
        }));
        const named = avvisi.flatMap(({ subject }) => subject ?? []);
        return {
          answer: { dal: period.from, fino_al: period.to, foglie: report.leaves, avvisi },
          subjects: [...new Set(named)].slice(0, 1000),
          fields: [],
          count: avvisi.length,
        };
      },
    }),
    guarded(context, {
      operation: RULE_LIST,
      sought: () => [],
      async look() {
        const regole = await ruleRows();
        return about({ regole }, regole.length);
      },
    }),
    guarded(context, {
      operation: RULE_PUT,
      sought: () => [],
      async look({ regola, genere, parametri, attiva }, granted) {
        const by = granted.holder.id;
        const record = () => granted.record({ subjects: [], fields: [], count: 1 });
        await putAlertRule(
          { db, now: context.now, by, beforeCommit: record },
          { rule_id: regola, kind: genere, parameters: parametri, active: attiva },
        );
        return about({ regole: await ruleRows() }, 1);
      },
    }),
    guarded(context, {
      operation: PROVE,
      sought: () => [],
      async look({ foglia, dimensione }) {
        const all = await getSize(db);
        const size = dimensione ?? all;
        const proven = foglia >= size || size > all ? null : await proveInclusion(db, foglia, size);
        if (proven === null) throw noLeaf();
        const { leaf, root, proof } = proven;
        const holds = verifyInclusion({ index: foglia, size, leaf: leaf.hash, proof, root });
        return about(
          {
            foglia,
            contenuto: leaf.body,
            hash: base64(leaf.hash),
            dimensione: size,
            radice: base64(root),
            prova: proof.map(base64),
            valida: holds,
          },
          1,
        );
      },
    }),
    guarded(context, {
      operation: CONSISTENCY,
      sought: () => [],
      async look({ prima, dopo }) {
        const all = await getSize(db);
        const second = dopo ?? all;
        if (prima > second || second > all) throw noLeaf();
        const [firstRoot, secondRoot] = [await rootAt(db, prima), await rootAt(db, second)];
        const proof = await proveConsistency(db, prima, second);
        return about(
          {
            prima: { foglie: prima, radice: base64(firstRoot) },
            dopo: { foglie: second, radice: base64(secondRoot) },
            prova: proof.map(base64),
            valida: verifyConsistency({ first: prima, second, firstRoot, secondRoot, proof }),
          },
          0,
        );
      },
    }),
    guarded(context, {
      operation: VERIFY_START,
      sought: () => [],
      async look(_body, granted) {
        const { runId } = await startVerification(context, granted.holder.id);
        const run = await findRun(db, runId);
        if (run === null) throw noLeaf();
        return about(runShown(run, context.now()), 1);
      },
    }),
    guarded(context, {
      operation: VERIFY_READ,
      sought: () => [],
      async look({ verifica }) {
        const one = verifica === undefined ? null : await findRun(db, verifica);
        const runs = verifica === undefined ? await listRuns(db, 20) : one === null ? [] : [one];
        return about({ verifiche: runs.map((run) => runShown(run, context.now())) }, runs.length);
      },
    }),
    guarded(context, {
      operation: CHECKPOINT_MAKE,
      sought: () => [],
      async look() {
        return about({ checkpoint: await makeCheckpoint(place, context.now()) }, 1);
      },
    }),
    guarded(context, {
      operation: CHECKPOINT_LIST,
      sought: () => [],
      async look({ da }) {
        const { checkpoints } = openNotes(await keptNotes(place), keys.verifiers, keys.origin);
        const notes = new Map<number, string>();
        for (const { note } of await keptNotes(place)) notes.set(Number(note.split('\n')[1]), note);
        const found = [...new Map(checkpoints.map((c) => [c.size, c])).values()]
          .filter(({ size }) => size >= da)
          .sort((a, b) => b.size - a.size)
          .slice(0, 200)
          .map(({ size, at }) => ({ foglie: size, il: at, nota: notes.get(size) ?? '' }));
        return about(
          { origine: keys.origin, chiavi: keys.verifiers.map(verifierText), checkpoint: found },
          found.length,
        );
      },
    }),
    guarded(context, {
      operation: CHECKPOINT_COMPARE,
      sought: () => [],
      async look({ nota }) {
        const opened = openNotes([{ from: 'nota', note: nota }], keys.verifiers, keys.origin);
        const [own] = opened.checkpoints;
        if (own === undefined)
          return about(
            { esito: opened.unusable[0]?.kind ?? 'malformed', foglie: null, adesso: null, prova: [] },
            1,
          );
        const size = await getSize(db);
        if (own.size > size)
          return about({ esito: 'cut' as const, foglie: own.size, adesso: size, prova: [] }, 1);
        const same = (await rootAt(db, own.size)).equals(own.root);
        const proof = same && own.size > 0 ? await proveConsistency(db, own.size, size) : [];
        return about(
          {
            esito: same ? ('same' as const) : ('rewritten' as const),
            foglie: own.size,
            adesso: size,
            prova: proof.map(base64),
          },
          1,
        );
      },
    }),
    guarded(context, {
      operation: ADMINISTRATORS,
      sought: () => [],
      async look({ dal, fino_al }) {
        const now = context.now();
        const period = {
          from: dal ?? new Date(now.getTime() - 365 * DAY_MS).toISOString(),
          to: fino_al ?? now.toISOString(),
        };
        const found = await reviewAdministrators(db, period, romeDay(now));
        const amministratori = found.map((admin) => ({
          id: admin.id,
          nome: admin.name,
          stato: admin.state,
          ultimo_uso: admin.lastUse,
          profili: admin.profiles.map(({ profile, reviewedOn }) => ({
            profilo: profile,
            rivisto_il: reviewedOn,
          })),
          atti: admin.acts.map((act) => ({
            operazione: act.operation,
            riusciti: act.answered,
            rifiutati: act.refused,
            primo: act.first,
            ultimo: act.last,
            indirizzi: act.addresses,
          })),
          domande: [...admin.questions],
        }));
        return about({ dal: period.from, fino_al: period.to, amministratori }, amministratori.length);
      },
    }),
    guarded(context, {
      operation: OWN_ACCESSES,
      sought: () => [],
      async look({ dal, fino_al }, granted) {
        const { self } = granted.holder;
        if (self === null) throw noLeaf();
        const now = context.now();
        const subjects = await context.subjectsOf(self, romeDay(now));
        const period = { from: dal ?? null, to: fino_al ?? null };
        const accessi = (await listOwnAccesses(db, keys, subjects, period, now)).map((access) => ({
          quando: access.at,
          ente: access.body,
          operazione: access.operation,
          genere: access.kind,
          scopo: access.purpose,
          norma: access.legalBasis,
          campi: [...access.fields],
        }));
        return { answer: { accessi }, subjects, fields: [], count: accessi.length };
      },
    }),
  ];
}
