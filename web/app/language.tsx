/** The language of the pages: Italian, or English beside it. Words stand with the feature that says them, in both. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { setLanguage as tellServer } from '../api/client.ts';

export type Language = 'it' | 'en';

/** A sentence in each language, or a function that makes it. */
type Sentence = string | ((...given: never[]) => string);
export interface Words<T extends Readonly<Record<string, Sentence>>> {
  readonly it: T;
  readonly en: { readonly [K in keyof T]: T[K] extends string ? string : T[K] };
}
/** Holds both languages to the same sentences: one that is missing does not compile. */
export const words = <T extends Readonly<Record<string, Sentence>>>(both: Words<T>): Words<T> => both;

interface Chosen {
  readonly language: Language;
  choose(language: Language): void;
}
const LanguageContext = createContext<Chosen>({ language: 'it', choose: () => undefined });
/** Not of anybody: which language the last page here was in. */
const KEPT = 'sipop-lingua';

const first = (): Language => (localStorage.getItem(KEPT) === 'en' ? 'en' : 'it');

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(first);
  useEffect(() => {
    document.documentElement.lang = language;
    tellServer(language);
    localStorage.setItem(KEPT, language);
  }, [language]);
  const chosen = useMemo(() => ({ language, choose: setLanguage }), [language]);
  return <LanguageContext value={chosen}>{children}</LanguageContext>;
}

export const useLanguage = (): Chosen => useContext(LanguageContext);

/** The sentences of a feature in the language chosen. */
export function useWords<T extends Readonly<Record<string, Sentence>>>(both: Words<T>): T {
  return both[useLanguage().language] as T;
}
