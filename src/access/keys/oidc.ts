/**
 * Sign-in by somebody who vouches for people: OpenID Connect, authorization code with PKCE, state and nonce (security.md, "Keys": SPID and CIE behind a standard
 * proxy). The protocol is `openid-client`'s; here is what we ask of a provider, and which of its answers we take.
 */
import * as oidc from 'openid-client';
import { AppError } from '../../kernel/app-error.ts';

export interface OidcProvider {
  /** Short name, by which persons are tied to it. */
  readonly id: string;
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The page of ours that it sends people back to. */
  readonly redirectUri: string;
  readonly scope: string;
  /** The claim that says who a person is. */
  readonly claim: string;
  /** The levels of assurance (`acr`) that are taken: each stands for two factors. */
  readonly levels: readonly string[];
}

/** What must be found again when the person comes back. */
export interface OidcStep {
  readonly provider: string;
  readonly nonce: string;
  readonly verifier: string;
}

const SECONDS = 10;

const known = new WeakMap<OidcProvider, Promise<oidc.Configuration>>();

/** What the provider says of itself, asked once. @throws AppError unavailable */
async function configurationOf(provider: OidcProvider): Promise<oidc.Configuration> {
  const asked = known.get(provider) ?? discovered(provider);
  known.set(provider, asked);
  try {
    return await asked;
  } catch (error) {
    known.delete(provider);
    throw new AppError(
      'unavailable',
      `${provider.name} non risponde: riprovare tra poco, o entrare in un altro modo`,
      `${provider.name} does not answer: try again in a while, or sign in another way`,
      error,
    );
  }
}

function discovered(provider: OidcProvider): Promise<oidc.Configuration> {
  const issuer = new URL(provider.issuer);
  // Without TLS only a provider on this machine, for trials.
  const bare = issuer.protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(issuer.hostname);
  return oidc.discovery(issuer, provider.clientId, provider.clientSecret, undefined, {
    timeout: SECONDS,
    // The signature of the ID token is checked, also where TLS to the provider would do.
    execute: [oidc.enableNonRepudiationChecks, ...(bare ? [oidc.allowInsecureRequests] : [])],
  });
}

/** @returns the address to send the browser to, with the state that will come back and what to keep under it */
export async function beginOidc(
  provider: OidcProvider,
): Promise<{ readonly address: string; readonly state: string; readonly step: OidcStep }> {
  const configuration = await configurationOf(provider);
  const step = {
    provider: provider.id,
    nonce: oidc.randomNonce(),
    verifier: oidc.randomPKCECodeVerifier(),
  };
  const state = oidc.randomState();
  const address = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: provider.redirectUri,
    response_type: 'code',
    scope: provider.scope,
    acr_values: provider.levels.join(' '),
    code_challenge: await oidc.calculatePKCECodeChallenge(step.verifier),
    code_challenge_method: 'S256',
    state,
    nonce: step.nonce,
  });
  return { address: address.href, state, step };
}

/** What the page of ours was called with. */
export interface OidcReturn {
  readonly state: string;
  readonly code: string;
  /** The issuer, where the provider says it (RFC 9207). */
  readonly iss: string | null;
}

/** @returns who the person is, by the claim; null where anything is wrong, or the level of assurance is none of those taken */
export async function endOidc(
  provider: OidcProvider,
  step: OidcStep,
  given: OidcReturn,
): Promise<string | null> {
  const configuration = await configurationOf(provider);
  const returned = new URL(provider.redirectUri);
  returned.searchParams.set('code', given.code);
  returned.searchParams.set('state', given.state);
  if (given.iss !== null) returned.searchParams.set('iss', given.iss);
  try {
    const tokens = await oidc.authorizationCodeGrant(configuration, returned, {
      expectedNonce: step.nonce,
      expectedState: given.state,
      pkceCodeVerifier: step.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined || typeof claims.acr !== 'string' || !provider.levels.includes(claims.acr))
      return null;
    const value =
      claims[provider.claim] ??
      (await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub))[provider.claim];
    return typeof value === 'string' ? normalClaim(value) : null;
  } catch {
    return null;
  }
}

/** SPID says TINIT-RSSMRA… of a codice fiscale (ETSI EN 319 412-1): the code alone is kept. */
export const normalClaim = (value: string): string => value.trim().replace(/^TINIT-/, '');
