/** The way to a person: the address holds a word of ours, never the person. */
import { type ReactNode, type Ref, useRef } from 'react';
import { Link } from 'react-router';
import { keepVisit } from '../../app/visits.ts';

interface PersonLinkProps {
  readonly person: string;
  readonly al?: string | undefined;
  readonly ref?: Ref<HTMLAnchorElement> | null;
  readonly children: ReactNode;
}

export function PersonLink({ person, al, ref, children }: PersonLinkProps) {
  const to = useRef<string | null>(null);
  to.current ??= `/persona/${keepVisit({ persona: person, ...(al === undefined ? {} : { al }) })}`;
  return (
    <Link to={to.current} ref={ref ?? null}>
      {children}
    </Link>
  );
}
