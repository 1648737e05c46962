/** Delivers a file in pieces, each with its digest: what a broken line interrupted goes on from where it was. */
import { type Answer, call, sendBytes } from '../../api/client.ts';

export type Upload = Answer<'uploadRead'>;

async function digest(bytes: Blob): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer());
  return `SHA-256=${btoa(String.fromCharCode(...new Uint8Array(hash)))}`;
}

const PAUSE = 3_000;
const TRIES = 5;
const wait = (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

interface Delivery {
  readonly file: File;
  readonly scopo: string;
  /** Where it is, after each piece. */
  readonly onState: (state: Upload) => void;
  /** An upload that began before, to go on with. */
  readonly before?: Upload;
}

/** @returns the upload once it is queued @throws ApiProblem */
export async function deliver({ file, scopo, onState, before }: Delivery): Promise<Upload> {
  let state: Upload =
    before ?? (await call('uploadCreate', { scopo, file: file.name, dimensione: file.size }));
  onState(state);
  let failed = 0;
  while (state.ricevuti < file.size) {
    const end = Math.min(file.size, state.ricevuti + state.pezzo_massimo);
    const piece = file.slice(state.ricevuti, end);
    try {
      state = await sendBytes(
        'uploadPiece',
        {
          'x-scopo': scopo,
          'x-upload': state.invio,
          'Content-Range': `bytes ${state.ricevuti}-${end - 1}/${file.size}`,
          Digest: await digest(piece),
        },
        piece,
      );
      failed = 0;
    } catch (error) {
      if (++failed >= TRIES) throw error;
      await wait(PAUSE * failed);
      // How far it came is the server's to say.
      state = await call('uploadRead', { scopo, invio: state.invio });
    }
    onState(state);
  }
  state = await call('uploadComplete', { scopo, invio: state.invio });
  onState(state);
  return state;
}
