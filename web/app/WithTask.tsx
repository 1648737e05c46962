/** A page whose questions need a purpose and a file: it asks for them first, once. */
import type { ReactNode } from 'react';
import { Waiting } from '../components/Waiting.tsx';
import { TaskForm } from './TaskBar.tsx';
import { type Task, useTask } from './task.tsx';

export function WithTask({ children }: { readonly children: (task: Task) => ReactNode }) {
  const { task, known, begin } = useTask();
  if (task !== null) return children(task);
  return known ? <TaskForm before={null} onBegin={begin} /> : <Waiting />;
}
