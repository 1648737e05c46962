/**
 * What an address of ours stands for. Addresses hold a random word and nothing else (no person in an address, a title, or the browser's storage): what it
 * means is in memory and, sealed, among the user's drafts on the server, so that Back, a reload and a second tab behave.
 */
import { call } from '../api/client.ts';

const held = new Map<string, unknown>();
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';

const draftOf = (visit: string): string => `visita-${visit}`;

function word(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('');
}

/** Keeps what a page is about. @returns the word for its address */
export function keepVisit(about: unknown): string {
  const visit = word();
  held.set(visit, about);
  void call('draftWrite', { nome: draftOf(visit), contenuto: JSON.stringify(about) }).catch(() => undefined);
  return visit;
}

/** What an address was about; null where it is known no more. */
export async function findVisit<T>(visit: string): Promise<T | null> {
  const here = held.get(visit);
  if (here !== undefined) return here as T;
  if (!/^[a-z0-9]{12}$/.test(visit)) return null;
  const { bozze } = await call('draftRead', { nomi: [draftOf(visit)] });
  const text = bozze[0]?.contenuto;
  if (text === undefined) return null;
  const about = JSON.parse(text) as T;
  held.set(visit, about);
  return about;
}

export const visitNow = <T>(visit: string): T | undefined => held.get(visit) as T | undefined;
