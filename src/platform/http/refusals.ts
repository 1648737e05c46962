/** What the HTTP library refuses by itself, in the words of an AppError: its own messages may repeat what was sent. */
import { AppError } from '../../kernel/app-error.ts';

/** An error that carries a status of its own, as the library's do. */
interface StatusError {
  readonly statusCode?: unknown;
  readonly code?: unknown;
}

export const tooMany = (seconds: number): AppError =>
  new AppError(
    'too-many-requests',
    `troppe richieste: riprovare tra ${seconds} secondi`,
    `too many requests: try again in ${seconds} seconds`,
  );

export const overloaded = (): AppError =>
  new AppError(
    'unavailable',
    'il servizio è sovraccarico: riprovare tra qualche secondo',
    'the service is overloaded: try again in a few seconds',
  );

export const stopping = (): AppError =>
  new AppError(
    'unavailable',
    'il servizio si sta fermando: riprovare tra qualche secondo',
    'the service is stopping: try again in a few seconds',
  );

export const wrongMediaType = (wanted: string): AppError =>
  new AppError(
    'wrong-media-type',
    `tipo di contenuto non previsto: inviare ${wanted}`,
    `media type not foreseen: send ${wanted}`,
  );

export const tooLarge = (): AppError =>
  new AppError(
    'too-large',
    'la richiesta è troppo grande: i limiti sono in /openapi.json',
    'the request is too large: the limits are in /openapi.json',
  );

export const noSuchPath = (): AppError =>
  new AppError(
    'not-found',
    'questo indirizzo non esiste: gli indirizzi del servizio sono elencati in /openapi.json',
    'there is no such address: the addresses of the service are listed in /openapi.json',
  );

export const wrongMethod = (allowed: readonly string[]): AppError =>
  new AppError(
    'wrong-method',
    `metodo non previsto per questo indirizzo: usare ${allowed.join(', ')}`,
    `method not foreseen for this address: use ${allowed.join(', ')}`,
  );

const BY_STATUS: Readonly<Record<number, () => AppError>> = {
  400: () =>
    new AppError(
      'invalid-request',
      'la richiesta non si può leggere: inviare JSON valido in UTF-8',
      'the request cannot be read: send valid JSON in UTF-8',
    ),
  413: tooLarge,
  414: () => new AppError('invalid-request', 'l’indirizzo è troppo lungo', 'the address is too long'),
  415: () => wrongMediaType('application/json'),
};

/** @returns the refusal behind an error of the library, or the error itself where it is none (then it is a defect) */
export function refusalOfLibrary(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const { statusCode } = (error ?? {}) as StatusError;
  if (typeof statusCode !== 'number' || statusCode < 400 || statusCode >= 500) return error;
  return (BY_STATUS[statusCode] ?? BY_STATUS[400])?.();
}
