/** `sipop receipt …`: check a receipt offline, publish the keys that check it, begin a new key. */
import { readFileSync } from 'node:fs';
import type { JSONWebKeySet } from 'jose';
import { AppError } from '../kernel/app-error.ts';
import { openSigningKeys, rotateSigningKeys } from '../platform/crypto/signing-keys.ts';
import { checkReceipt } from '../services/verification/receipts/receipt.ts';
import {
  FAULTS,
  factLines,
  type Line,
  outcomeLines,
} from '../services/verification/receipts/receipt-words.ts';
import type { CommandContext } from './command.ts';
import { readConfig } from './config.ts';
import { parseOptions, usageError } from './options.ts';

const WITHOUT = ['al', 'noto-al'] as const;
/** A receipt within a file: a PDF of ours names it among its keywords. */
const TOKEN = /eyJ[\w-]{20,2000}\.[\w-]{20,8000}\.[\w-]{40,200}(?:~[\w-]{1,200000}~?)?/;

function readText(command: string, path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    throw new AppError(
      'usage',
      `${command}: «${path}» non si legge: controllare il nome del file`,
      `${command}: "${path}" cannot be read: check the name of the file`,
      error,
    );
  }
}

async function publishedKeys(context: CommandContext, path: string | undefined): Promise<JSONWebKeySet> {
  if (path === undefined)
    return (await openSigningKeys(readConfig(context.env, context.root).receiptKeys)).published;
  try {
    const read: unknown = JSON.parse(readText('receipt verify', path));
    if (typeof read === 'object' && read !== null && 'keys' in read && Array.isArray(read.keys))
      return { keys: read.keys };
  } catch (error) {
    if (error instanceof AppError) throw error;
  }
  throw usageError(
    'receipt verify',
    `«${path}» non è un elenco di chiavi: scaricarlo da /v1/receipts/keys`,
    `"${path}" is no list of keys: take it from /v1/receipts/keys`,
  );
}

const write = (context: CommandContext, lines: readonly Line[]): void => {
  for (const { it, en, value } of lines) context.out.write(`  ${it} / ${en}: ${value}\n`);
};

/** Exit status 1 for a receipt that is not good. */
export async function receiptVerifyCommand(context: CommandContext): Promise<number> {
  const options = parseOptions('receipt verify', context.args, { values: ['chiavi'], without: WITHOUT });
  const [path, ...more] = options.words;
  if (path === undefined || more.length > 0)
    throw usageError('receipt verify', 'indicare un file', 'name one file');
  const [token = ''] = TOKEN.exec(readText('receipt verify', path)) ?? [];
  const checked = await checkReceipt(token, await publishedKeys(context, options.value('chiavi')));
  if (options.json) {
    context.out.write(`${JSON.stringify(checked, null, 2)}\n`);
    return checked.kind === 'good' ? 0 : 1;
  }
  if (checked.kind !== 'good') {
    context.out.write(`NON VALIDA / NOT VALID\n  ${FAULTS[checked.kind].it}\n  ${FAULTS[checked.kind].en}\n`);
    return 1;
  }
  context.out.write('VALIDA / VALID\n');
  write(context, [...outcomeLines(checked.receipt), ...factLines(checked.receipt)]);
  if (checked.declared !== null)
    context.out.write(`  Dichiarato / Declared: ${JSON.stringify(checked.declared)}\n`);
  return 0;
}

export async function receiptKeysCommand(context: CommandContext): Promise<number> {
  parseOptions('receipt keys', context.args, { without: WITHOUT });
  const { published } = await openSigningKeys(readConfig(context.env, context.root).receiptKeys);
  context.out.write(`${JSON.stringify(published, null, 2)}\n`);
  return 0;
}

export async function receiptRotateCommand(context: CommandContext): Promise<number> {
  parseOptions('receipt rotate', context.args, { without: WITHOUT });
  const { kid, published } = await rotateSigningKeys(readConfig(context.env, context.root).receiptKeys);
  context.out.write(
    `nuova chiave / new key: ${kid}\nchiavi pubblicate / keys published: ${published.keys.length}\nriavviare serve perché firmi con la nuova / restart serve so that it signs with the new one\n`,
  );
  return 0;
}
