/** Passkeys (WebAuthn): the browser's own functions, between the server's questions and its answers. */
import { call, type Request } from '../../api/client.ts';

/** Can this browser, on this page, use passkeys at all? */
export const passkeysHere = (): boolean =>
  typeof PublicKeyCredential === 'function' &&
  typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function';

/** The user closed the browser's window, or there is no passkey here: nothing to tell as an error. */
export const givenUp = (error: unknown): boolean =>
  error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError');

/** Signs in with a passkey of this device. @throws ApiProblem, DOMException */
export async function signInByPasskey() {
  const { opzioni } = await call('passkeyAsk', {});
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    opzioni as PublicKeyCredentialRequestOptionsJSON,
  );
  const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  return call('sessionOpenByPasskey', {
    risposta: credential.toJSON() as Request<'sessionOpenByPasskey'>['risposta'],
  });
}

/** Makes a passkey on this device for what the server asked. @returns what to send back */
export async function makePasskey(options: object): Promise<Request<'passkeyConfirm'>['risposta']> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  );
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  return credential.toJSON() as Request<'passkeyConfirm'>['risposta'];
}
