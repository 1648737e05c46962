/** What for, and for which file (security.md 18): chosen once for a task, always in sight, sent with every question. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { call } from '../api/client.ts';
import { useSession } from './session.tsx';

export interface Task {
  readonly scopo: string;
  readonly pratica: string;
}
interface TaskState {
  readonly task: Task | null;
  /** The draft of it has been looked for. */
  readonly known: boolean;
  begin(task: Task | null): void;
}
const TaskContext = createContext<TaskState | null>(null);
const DRAFT = 'pratica';

export function TaskProvider({ children }: { readonly children: ReactNode }) {
  const { me } = useSession();
  const [task, setTask] = useState<Task | null>(null);
  const [known, setKnown] = useState(false);
  const user = me?.utente.id;
  useEffect(() => {
    if (user === undefined) return;
    let here = true;
    call('draftRead', { nomi: [DRAFT] })
      .then(({ bozze }) => {
        if (here && bozze[0] !== undefined) setTask(JSON.parse(bozze[0].contenuto) as Task);
      })
      .catch(() => undefined)
      .finally(() => here && setKnown(true));
    return () => {
      here = false;
    };
  }, [user]);
  const begin = useCallback((next: Task | null) => {
    setTask(next);
    void call('draftWrite', {
      nome: DRAFT,
      contenuto: next === null ? null : JSON.stringify(next),
    }).catch(() => undefined);
  }, []);
  const state = useMemo(() => ({ task, known, begin }), [task, known, begin]);
  return <TaskContext value={state}>{children}</TaskContext>;
}

export function useTask(): TaskState {
  const state = useContext(TaskContext);
  if (state === null) throw new Error('no task provider');
  return state;
}

/** The purpose of work that needs no file (supplies, administration): the task's where it is one of those that serve, else the first. */
export function usePurpose(among: readonly string[]): string {
  const { me } = useSession();
  const { task } = useTask();
  const held = me?.scopi.map(({ id }) => id) ?? [];
  const mine = among.filter((id) => held.includes(id));
  if (task !== null && mine.includes(task.scopo)) return task.scopo;
  return mine[0] ?? held[0] ?? '';
}
