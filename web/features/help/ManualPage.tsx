/** The operator's manual inside the application, in the language of the pages, with a search of its own. */
import { useMemo, useState } from 'react';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import english from '../../../docs/manuale/pagine.en.md?raw';
import italian from '../../../docs/manuale/pagine.md?raw';
import { useLanguage, useWords, words } from '../../app/language.tsx';
import { Page } from '../../app/Page.tsx';
import { Field } from '../../components/Field.tsx';
import { Notice } from '../../components/Notice.tsx';
import { Scroll } from '../../components/Scroll.tsx';

const WORDS = words({
  it: {
    title: 'Manuale',
    search: 'Cerca nel manuale',
    none: 'Nessuna pagina del manuale ne parla: prova un’altra parola.',
    found: (n: number) => (n === 1 ? 'Una parte ne parla' : `${n} parti ne parlano`),
    table: 'Tabella',
  },
  en: {
    title: 'Manual',
    search: 'Search the manual',
    none: 'No page of the manual speaks of it: try another word.',
    found: (n: number) => (n === 1 ? 'One part speaks of it' : `${n} parts speak of it`),
    table: 'Table',
  },
});

/** The pictures that the browser tests take, by name. */
const PICTURES = import.meta.glob<string>('../../../docs/images/pagine/*.png', {
  eager: true,
  query: '?url',
  import: 'default',
});
const pictureOf = (source: string | undefined): string | undefined =>
  Object.entries(PICTURES).find(([path]) => path.endsWith(`/${source?.split('/').at(-1)}`))?.[1];

const plain = (text: string): string => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

export function ManualPage() {
  const say = useWords(WORDS);
  const { language } = useLanguage();
  const [asked, setAsked] = useState('');
  const parts = useMemo(
    () => (language === 'it' ? italian : english).split(/^(?=## )/m).slice(1),
    [language],
  );
  const sought = plain(asked.trim());
  const found = sought === '' ? parts : parts.filter((part) => plain(part).includes(sought));
  return (
    <Page title={say.title} crumbs={[]}>
      <div className="narrow">
        <Field
          label={say.search}
          type="search"
          value={asked}
          maxLength={60}
          onChange={(event) => setAsked(event.target.value)}
        />
      </div>
      <p role="status" className="soft">
        {sought === '' ? '' : found.length === 0 ? '' : say.found(found.length)}
      </p>
      {found.length === 0 ? <Notice>{say.none}</Notice> : null}
      <div className="manual">
        {found.map((part) => (
          <Markdown
            key={part.slice(0, 60)}
            remarkPlugins={[remarkGfm]}
            components={{
              img: ({ src, alt }) => {
                const picture = pictureOf(typeof src === 'string' ? src : undefined);
                return picture === undefined ? null : <img src={picture} alt={alt ?? ''} loading="lazy" />;
              },
              table: ({ children }) => (
                <Scroll label={say.table}>
                  <table className="list">{children}</table>
                </Scroll>
              ),
              th: ({ children }) => <th scope="col">{children}</th>,
              // Other pages of the manual are files, not addresses of ours.
              a: ({ children }) => <>{children}</>,
            }}
          >
            {part}
          </Markdown>
        ))}
      </div>
    </Page>
  );
}
