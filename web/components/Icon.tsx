/** An icon of the national set; decoration alone: what it says stands in words beside it. */
import paths from 'virtual:icons';
import type { IconName } from './icon-names.ts';

export function Icon({ name, small = false }: { readonly name: IconName; readonly small?: boolean }) {
  return (
    <svg className={small ? 'icon icon-sm' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
      {(paths[name] ?? []).map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}
