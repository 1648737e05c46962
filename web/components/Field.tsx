/** A field with its label, its hint and what is wrong with it, told to screen readers as well. */
import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, useId } from 'react';

interface Around {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly wrong?: string | null;
}

function Surround({
  id,
  label,
  hint,
  wrong,
  children,
}: Around & { readonly id: string; readonly children: ReactNode }) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint === undefined ? null : (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {wrong ? (
        <p className="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      ) : null}
    </div>
  );
}

const described = (id: string, { hint, wrong }: Around): string | undefined =>
  [hint === undefined ? '' : `${id}-hint`, wrong ? `${id}-wrong` : ''].filter(Boolean).join(' ') || undefined;

export function Field({
  label,
  hint,
  wrong,
  ...input
}: Around & Omit<InputHTMLAttributes<HTMLInputElement>, 'id'>) {
  const id = useId();
  const around: Around = { label, hint, wrong: wrong ?? null };
  return (
    <Surround id={id} {...around}>
      <input
        id={id}
        autoComplete="off"
        aria-invalid={wrong ? true : undefined}
        aria-describedby={described(id, around)}
        {...input}
      />
    </Surround>
  );
}

export function Choice({
  label,
  hint,
  wrong,
  children,
  ...select
}: Around & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'id'>) {
  const id = useId();
  const around: Around = { label, hint, wrong: wrong ?? null };
  return (
    <Surround id={id} {...around}>
      <select
        id={id}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={described(id, around)}
        {...select}
      >
        {children}
      </select>
    </Surround>
  );
}
