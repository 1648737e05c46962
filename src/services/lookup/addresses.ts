/** House numbers of stored addresses, as keys. Pure. */
import { civicoKey } from '../../kernel/text-keys.ts';
import type { AddressColumns } from '../../registry/answers/facts.ts';

/** "12" and "A" → "12/A". */
export const heldCivicoKey = ({ civico, esponente }: Pick<AddressColumns, 'civico' | 'esponente'>): string =>
  civicoKey(`${civico ?? ''}${esponente === null ? '' : `/${esponente}`}`);
