/** A page: its title (never a person's name), the way to it, what it is for. The heading takes the focus when one comes to it. */
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useWords, words } from './language.tsx';

const WORDS = words({
  it: { here: 'Percorso', home: 'Inizio' },
  en: { here: 'Breadcrumb', home: 'Home' },
});

export interface Crumb {
  readonly to: string;
  readonly label: string;
}

interface PageProps {
  readonly title: string;
  /** What the page is for, in a sentence. */
  readonly lead?: ReactNode;
  readonly crumbs?: readonly Crumb[];
  /** Something else of the page takes the focus (a search box). */
  readonly focusElsewhere?: boolean;
  readonly children: ReactNode;
}

export function Page({ title, lead, crumbs, focusElsewhere = false, children }: PageProps) {
  const say = useWords(WORDS);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · SIPOP`;
    if (!focusElsewhere) heading.current?.focus({ preventScroll: false });
  }, [title, focusElsewhere]);
  return (
    <main className="container" id="main">
      {crumbs === undefined ? null : (
        <nav aria-label={say.here} className="no-print">
          <ol className="breadcrumb">
            <li className="breadcrumb-item">
              <Link to="/">{say.home}</Link>
            </li>
            {crumbs.map(({ to, label }) => (
              <li className="breadcrumb-item" key={to}>
                <Link to={to}>{label}</Link>
              </li>
            ))}
            <li className="breadcrumb-item active" aria-current="page">
              {title}
            </li>
          </ol>
        </nav>
      )}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead === undefined ? null : <p className="lead">{lead}</p>}
      {children}
    </main>
  );
}
