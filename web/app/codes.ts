/** Words for the codes that answers hold: asked once, the same for everybody. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Answer, call } from '../api/client.ts';

type Tables = Answer<'codeTablesRead'>;
export type TableName = Tables['tabelle'][number]['tabella'];

export interface Codes {
  /** The words of a code, or the code itself where there are none. */
  word(table: TableName, code: string | null | undefined): string;
  state(code: string | null | undefined): string;
  comune(code: string | null | undefined): string;
  /** The comuni of the province, by name. */
  readonly comuni: readonly { readonly codice: string; readonly parole: string }[];
  table(table: TableName): readonly { readonly codice: string; readonly parole: string }[];
  readonly states: readonly { readonly codice: string; readonly parole: string }[];
}

const FOREVER = { staleTime: Number.POSITIVE_INFINITY, gcTime: Number.POSITIVE_INFINITY } as const;

/** @param elsewhere codes of comuni that may lie outside the province */
export function useCodes(elsewhere: readonly (string | null | undefined)[] = []): Codes {
  const { data } = useQuery({
    queryKey: ['codeTablesRead'],
    queryFn: () => call('codeTablesRead', undefined),
    ...FOREVER,
  });
  const ours = useMemo(() => new Map(data?.comuni.map(({ codice, parole }) => [codice, parole])), [data]);
  const others = [...new Set(elsewhere)]
    .filter((code): code is string => typeof code === 'string' && /^\d{6}$/.test(code) && !ours.has(code))
    .sort();
  const { data: named } = useQuery({
    queryKey: ['comuniNames', others],
    queryFn: () => call('comuniNames', { comuni: others }),
    enabled: data !== undefined && others.length > 0,
    ...FOREVER,
  });
  return useMemo(() => {
    const names = new Map([...ours, ...(named?.comuni ?? []).map((c) => [c.codice, c.parole] as const)]);
    const tables = new Map(
      data?.tabelle.map(({ tabella, voci }) => [
        tabella,
        new Map(voci.map(({ codice, parole }) => [codice, parole])),
      ]),
    );
    const states = new Map(data?.stati.map(({ codice, parole }) => [codice, parole]));
    return {
      word: (table, code) => (code == null ? '' : (tables.get(table)?.get(code) ?? code)),
      state: (code) => (code == null ? '' : (states.get(code) ?? code)),
      comune: (code) => (code == null ? '' : (names.get(code) ?? code)),
      comuni: [...(data?.comuni ?? [])].sort((a, b) => a.parole.localeCompare(b.parole, 'it')),
      table: (table) => data?.tabelle.find(({ tabella }) => tabella === table)?.voci ?? [],
      states: data?.stati ?? [],
    };
  }, [data, named, ours]);
}
