/** Made by `npm run docs` from the operations of the server; not to be edited. */
/** Every operation with what is sent and what comes back; `path` is where, `method` how. */
export interface Schemas {
/**
 * Rifiuto, secondo RFC 9457. / A refusal, after RFC 9457.
 */
Problem: {
type: string
title: string
status: number
detail: string
code: string
correlation_id: string
errors?: {
pointer: string
detail: string
}[]
}
GetStatusAnswer: {
/**
 * ok: il servizio risponde / the service answers
 */
status: ("ok" | "unavailable")
/**
 * Versione del programma / version of the program
 */
version: string
/**
 * Ultimo istante noto al registro / last instant known to the register
 */
known_to: (string | null)
}
GetHealthAnswer: {
alive: true
}
GetReadinessAnswer: {
ready: true
}
CodeTablesReadAnswer: {
/**
 * Tabelle dei codici del tracciato / code tables of the exchange layout
 */
tabelle: {
tabella: ("T1" | "T5" | "T6" | "T7" | "T8" | "T9" | "T10" | "T11" | "T15" | "T26" | "T27")
voci: {
codice: string
parole: string
}[]
}[]
stati: {
codice: string
parole: string
}[]
/**
 * I comuni della provincia / the comuni of the province
 */
comuni: {
codice: string
parole: string
}[]
}
ComuniNamesAnswer: {
comuni: {
codice: string
parole: string
}[]
}
ComuniNamesRequest: {
/**
 * Codici ISTAT di ogni tempo / ISTAT codes of any time
 */
comuni?: string[]
/**
 * Un nome, per averne il codice / a name, to have its code
 */
nome?: string
giorno?: string
}
SessionOpenAnswer: {
utente: string
/**
 * Da ripetere nell’intestazione X-CSRF-Token / to be repeated in the X-CSRF-Token header
 */
csrf: string
/**
 * L’accesso prima di questo: quando e da quale indirizzo / the access before this one: when, where from
 */
ultimo_accesso: ({
quando: string
da: string
} | null)
/**
 * Prima di ogni altra cosa va cambiata la password / before anything else the password must be changed
 */
cambio_password: boolean
secondo_fattore: boolean
}
SessionOpenRequest: {
/**
 * Identificativo dell’utente (U12) / user identifier
 */
utente: string
password: string
/**
 * Secondo fattore, sei cifre / second factor, six digits
 */
codice?: string
}
SessionReadAnswer: {
utente: string
ente: string
secondo_fattore: boolean
profili: {
id: string
operazioni: string[]
scopi: string[]
}[]
}
SessionReadRequest: {

}
SessionCloseAnswer: {
fatto: true
}
SessionCloseRequest: {

}
SecondFactorBeginAnswer: {
segreto: string
indirizzo: string
}
SecondFactorBeginRequest: {

}
SecondFactorConfirmAnswer: {
fatto: true
}
SecondFactorConfirmRequest: {
codice: string
}
SessionResumeAnswer: {
csrf: string
cambio_password: boolean
secondo_fattore: boolean
utente: {
id: string
nome: string
conto: string
}
ente: {
id: string
nome: string
comune: (string | null)
}
profili: {
id: string
it: string
en: string
operazioni: string[]
campi: string[]
scopi: string[]
}[]
/**
 * Quelli dei profili / those of the profiles
 */
scopi: {
id: string
it: string
en: string
}[]
}
SessionResumeRequest: {

}
DraftWriteAnswer: {
fatto: true
}
DraftWriteRequest: {
/**
 * Di che cosa è la bozza / what the draft is of
 */
nome: string
/**
 * Il testo da tenere; null per toglierlo / the text to keep; null to take it away
 */
contenuto: (string | null)
}
DraftReadAnswer: {
bozze: {
nome: string
contenuto: string
scritta_al: string
}[]
}
DraftReadRequest: {
nomi: string[]
}
InvitationBeginAnswer: {
utente: string
/**
 * Per l’app dei codici, da scrivere / for the app of codes, to type
 */
segreto: string
/**
 * Lo stesso, da mostrare come QR / the same, to be shown as a QR code
 */
indirizzo: string
passkey: ({
rp: {
id?: string
name: string
}
user: {
id: string
name: string
displayName: string
}
challenge: string
pubKeyCredParams: {
alg: number
type: "public-key"
}[]
timeout?: number
excludeCredentials?: {
id: string
type: string
transports?: string[]
}[]
authenticatorSelection?: {
residentKey?: string
requireResidentKey?: boolean
userVerification?: string
}
attestation?: string
} | null)
}
InvitationBeginRequest: {
/**
 * La parola dell’invito; di un recupero, quella della richiesta, un punto e il codice del collega / the word of the invitation; of a recovery, that of the request, a dot and the colleague’s code
 */
invito: string
}
InvitationAcceptAnswer: {
utente: string
/**
 * Da ripetere nell’intestazione X-CSRF-Token / to be repeated in the X-CSRF-Token header
 */
csrf: string
/**
 * L’accesso prima di questo: quando e da quale indirizzo / the access before this one: when, where from
 */
ultimo_accesso: ({
quando: string
da: string
} | null)
/**
 * Prima di ogni altra cosa va cambiata la password / before anything else the password must be changed
 */
cambio_password: boolean
secondo_fattore: boolean
}
InvitationAcceptRequest: {
/**
 * La parola dell’invito; di un recupero, quella della richiesta, un punto e il codice del collega / the word of the invitation; of a recovery, that of the request, a dot and the colleague’s code
 */
invito: string
password?: string
/**
 * Il primo codice dell’app / the app’s first code
 */
codice?: string
passkey?: {
/**
 * Come l’utente la chiama: «portatile», «chiavetta» / what its user calls it
 */
nome: string
/**
 * PublicKeyCredential.toJSON() di credentials.create() / of credentials.create()
 */
risposta: {
id: string
rawId: string
type: "public-key"
clientExtensionResults: {

}
response: {
clientDataJSON: string
attestationObject: string
transports?: string[]
}
}
}
}
PasswordChangeAnswer: {
utente: string
/**
 * Da ripetere nell’intestazione X-CSRF-Token / to be repeated in the X-CSRF-Token header
 */
csrf: string
/**
 * L’accesso prima di questo: quando e da quale indirizzo / the access before this one: when, where from
 */
ultimo_accesso: ({
quando: string
da: string
} | null)
/**
 * Prima di ogni altra cosa va cambiata la password / before anything else the password must be changed
 */
cambio_password: boolean
secondo_fattore: boolean
}
PasswordChangeRequest: {
attuale: string
nuova: string
}
PasskeyAskAnswer: {
/**
 * Per PublicKeyCredential.parseRequestOptionsFromJSON() / for PublicKeyCredential.parseRequestOptionsFromJSON()
 */
opzioni: {
challenge: string
timeout?: number
rpId?: string
userVerification?: string
}
}
PasskeyAskRequest: {

}
SessionOpenByPasskeyAnswer: {
utente: string
/**
 * Da ripetere nell’intestazione X-CSRF-Token / to be repeated in the X-CSRF-Token header
 */
csrf: string
/**
 * L’accesso prima di questo: quando e da quale indirizzo / the access before this one: when, where from
 */
ultimo_accesso: ({
quando: string
da: string
} | null)
/**
 * Prima di ogni altra cosa va cambiata la password / before anything else the password must be changed
 */
cambio_password: boolean
secondo_fattore: boolean
}
SessionOpenByPasskeyRequest: {
/**
 * PublicKeyCredential.toJSON() di credentials.get() / of credentials.get()
 */
risposta: {
id: string
rawId: string
type: "public-key"
clientExtensionResults: {

}
response: {
clientDataJSON: string
authenticatorData: string
signature: string
userHandle: string
}
}
}
PasskeyBeginAnswer: {
/**
 * Per PublicKeyCredential.parseCreationOptionsFromJSON() / for PublicKeyCredential.parseCreationOptionsFromJSON()
 */
opzioni: {
rp: {
id?: string
name: string
}
user: {
id: string
name: string
displayName: string
}
challenge: string
pubKeyCredParams: {
alg: number
type: "public-key"
}[]
timeout?: number
excludeCredentials?: {
id: string
type: string
transports?: string[]
}[]
authenticatorSelection?: {
residentKey?: string
requireResidentKey?: boolean
userVerification?: string
}
attestation?: string
}
}
PasskeyBeginRequest: {

}
PasskeyConfirmAnswer: {
fatto: true
}
PasskeyConfirmRequest: {
/**
 * Come l’utente la chiama: «portatile», «chiavetta» / what its user calls it
 */
nome: string
/**
 * PublicKeyCredential.toJSON() di credentials.create() / of credentials.create()
 */
risposta: {
id: string
rawId: string
type: "public-key"
clientExtensionResults: {

}
response: {
clientDataJSON: string
attestationObject: string
transports?: string[]
}
}
}
PasskeyListAnswer: {
passkey: {
id: string
/**
 * Come l’utente la chiama: «portatile», «chiavetta» / what its user calls it
 */
nome: string
creata: string
usata: (string | null)
/**
 * Sta su più dispositivi di chi la usa / lies on several devices
 */
sincronizzata: boolean
/**
 * Ne è stata fatta una copia: non apre più / it was copied: it opens nothing
 */
bloccata: boolean
}[]
}
PasskeyListRequest: {

}
PasskeyRenameAnswer: {
fatto: true
}
PasskeyRenameRequest: {
id: string
/**
 * Come l’utente la chiama: «portatile», «chiavetta» / what its user calls it
 */
nome: string
}
PasskeyRemoveAnswer: {
fatto: true
}
PasskeyRemoveRequest: {
id: string
}
SessionWaysAnswer: {
password: true
passkey: boolean
certificato: boolean
fornitori: {
id: string
nome: string
}[]
}
SessionOpenByCertificateAnswer: {
utente: string
/**
 * Da ripetere nell’intestazione X-CSRF-Token / to be repeated in the X-CSRF-Token header
 */
csrf: string
/**
 * L’accesso prima di questo: quando e da quale indirizzo / the access before this one: when, where from
 */
ultimo_accesso: ({
quando: string
da: string
} | null)
/**
 * Prima di ogni altra cosa va cambiata la password / before anything else the password must be changed
 */
cambio_password: boolean
secondo_fattore: boolean
}
SessionOpenByCertificateRequest: {
/**
 * Quale accesso, per chi ne ha due / which account, for who has two
 */
utente?: string
}
OidcBeginAnswer: {
/**
 * Dove mandare il browser / where to send the browser
 */
indirizzo: string
}
OidcBeginRequest: {
fornitore: string
/**
 * Quale accesso, per chi ne ha due / which account, for who has two
 */
utente?: string
}
SessionOpenByOidcAnswer: {
utente: string
/**
 * Da ripetere nell’intestazione X-CSRF-Token / to be repeated in the X-CSRF-Token header
 */
csrf: string
/**
 * L’accesso prima di questo: quando e da quale indirizzo / the access before this one: when, where from
 */
ultimo_accesso: ({
quando: string
da: string
} | null)
/**
 * Prima di ogni altra cosa va cambiata la password / before anything else the password must be changed
 */
cambio_password: boolean
secondo_fattore: boolean
}
SessionOpenByOidcRequest: {
state: string
code: string
iss?: string
}
RecoveryAskAnswer: {
/**
 * La tiene la pagina: con il codice del collega (parola, punto, codice) è un invito / kept by the page: with the colleague’s code (word, dot, code) it is an invitation
 */
parola: string
/**
 * Il numero che vedono entrambi / the number that both see
 */
numero: string
}
RecoveryAskRequest: {
/**
 * Identificativo dell’utente (U12) / user identifier
 */
utente: string
}
RecoveryListAnswer: {
richieste: {
utente: string
cognome: string
nome: string
/**
 * Il numero che vedono entrambi / the number that both see
 */
numero: string
chiesta: string
da: string
scade: string
}[]
}
RecoveryListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
}
RecoveryApproveAnswer: {
/**
 * Da consegnare di persona / to be handed over in person
 */
codice: string
scade: string
}
RecoveryApproveRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Identificativo dell’utente (U12) / user identifier
 */
utente: string
/**
 * Il numero che vedono entrambi / the number that both see
 */
numero: string
}
RecoveryRefuseAnswer: {
fatto: true
}
RecoveryRefuseRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Identificativo dell’utente (U12) / user identifier
 */
utente: string
/**
 * Il numero che vedono entrambi / the number that both see
 */
numero: string
}
KeyListAnswer: {
chiavi: {
/**
 * La chiave, come la nomina keyList / the key, as keyList names it
 */
chiave: string
/**
 * certificate: per impronta; certificate-person: la carta con il codice fiscale dell’utente / by fingerprint; the card with the user’s codice fiscale
 */
tipo: ("password" | "totp" | "passkey" | "certificate" | "certificate-person" | "oidc")
nome: string
dal: (string | null)
usata: (string | null)
bloccata: boolean
}[]
}
KeyListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Identificativo dell’utente (U12) / user identifier
 */
utente: string
}
KeyBindAnswer: {
fatto: true
}
KeyBindRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Identificativo dell’utente (U12) / user identifier
 */
utente: string
tipo: ("certificate" | "certificate-person" | "oidc")
/**
 * Per oidc: il fornitore, come lo nomina sessionWays / for oidc: the provider, as sessionWays names it
 */
fornitore?: string
/**
 * L’impronta SHA-256 del certificato; il codice fiscale della carta; per oidc il valore dell’attributo che identifica la persona / SHA-256 fingerprint; the card’s codice fiscale; for oidc the value of the claim that identifies the person
 */
valore: string
}
KeyRevokeAnswer: {
fatto: true
}
KeyRevokeRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Identificativo dell’utente (U12) / user identifier
 */
utente: string
/**
 * La chiave, come la nomina keyList / the key, as keyList names it
 */
chiave: string
}
PersonSearchAnswer: {
noto_al: string
/**
 * Come è stato letto ciò che si è scritto / how what was typed was read
 */
lettura?: ({
it: string
en: string
} | null)
/**
 * Che cosa aggiungere: è troppo vago / what to add: it is too vague
 */
manca?: {
it: string
en: string
}
numero: number
almeno: boolean
/**
 * Altri, meno simili, che non sono elencati / others, less similar, not listed
 */
meno_simili?: number
persone: ({
persona: string
codice_fiscale?: (string | null)
cognome?: (string | null)
nome?: (string | null)
sesso?: (string | null)
data_nascita?: (string | null)
comune?: (string | null)
trovato_per: string
/**
 * Perché è simile / why it is similar
 */
somiglianza: ({
it: string
en: string
} | null)
segnali: string[]
}[] | null)
}
PersonSearchRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Giorno chiesto (oggi, se manca) / the day asked about (today where absent)
 */
al?: string
/**
 * Come noto a quell’istante (adesso, se manca) / as known then (now where absent)
 */
noto_al?: string
/**
 * Una delle ricerche dell’elenco chiuso / one of the closed list
 */
domanda?: ({
per: "codice_fiscale"
codice_fiscale: string
} | {
per: "cognome_nascita"
cognome: string
data_nascita: string
} | {
per: "cognome_nome_anno"
cognome: string
nome: string
data_nascita: string
} | {
per: "cognome_nome_comune"
cognome: string
nome: string
comune: string
} | {
per: "indirizzo"
comune: string
via: string
civico: string
} | {
per: "famiglia"
comune: string
tipo?: ("famiglia" | "convivenza")
id: string
} | {
per: "documento"
numero: string
} | {
per: "identificativo"
persona: string
})
/**
 * Ciò che si scrive in una casella: è letto come una delle ricerche / what is typed in one box
 */
testo?: string
/**
 * Anche defunti e usciti / the dead and the departed too
 */
anche_passati?: boolean
/**
 * Anche nomi che suonano o si scrivono quasi così, ognuno con il perché / names that sound or are spelt almost so too, each with its reason
 */
simile?: boolean
}
PersonReadAnswer: {
persona: string
al: string
noto_al: string
generalita?: ({
codice_fiscale?: (string | null)
validita_cf?: (string | null)
cognome?: (string | null)
nome?: (string | null)
sesso?: string
data_nascita?: string
comune_nascita?: (string | null)
stato_nascita?: (string | null)
localita_nascita?: (string | null)
atto_nascita?: (string | null)
eta?: (number | null)
scheda?: {
comune: string
id_soggetto: string
}
} | null)
residenza?: {
residente: boolean
certezza: ("certa" | "possibile")
comune?: string
iscritto_dal?: string
indirizzo?: {
specie?: string
toponimo?: string
civico?: string
esponente?: string
scala?: string
piano?: string
interno?: string
cap?: string
frazione?: string
sezione?: string
lat?: string
lon?: string
}
senza_fissa_dimora?: true
certezza_indirizzo?: ("certa" | "possibile")
abitazione_dal?: string
cancellato_dal?: string
motivo_cancellazione?: string
oppure?: {
comune?: string
indirizzo?: {
specie?: string
toponimo?: string
civico?: string
esponente?: string
scala?: string
piano?: string
interno?: string
cap?: string
frazione?: string
sezione?: string
lat?: string
lon?: string
}
senza_fissa_dimora?: true
dal?: string
al?: (string | null)
certezza: ("certa" | "possibile")
}[]
altrove?: {
comune?: string
stato?: string
}
}
famiglia?: ({
comune: string
tipo: ("famiglia" | "convivenza")
id: string
relazione: string
ultima_dichiarata?: string
certezza: ("certa" | "possibile")
} | null)
stato_civile?: ({
stato_civile: string
dal: string
certezza: ("certa" | "possibile")
cf_coniuge?: (string | null)
coniuge?: ({
codice_fiscale: (string | null)
comune?: string
id_soggetto?: string
cognome?: (string | null)
nome?: (string | null)
} | null)
} | null)
cittadinanza?: ({
cittadinanza: string
altra_cittadinanza: (string | null)
dal: string
certezza: ("certa" | "possibile")
} | null)
genitori?: {
padre: ({
codice_fiscale: (string | null)
comune?: string
id_soggetto?: string
cognome?: (string | null)
nome?: (string | null)
} | null)
madre: ({
codice_fiscale: (string | null)
comune?: string
id_soggetto?: string
cognome?: (string | null)
nome?: (string | null)
} | null)
}
figli?: {
codice_fiscale: (string | null)
comune?: string
id_soggetto?: string
cognome?: (string | null)
nome?: (string | null)
}[]
decesso?: ({
data: string
comune: (string | null)
stato: (string | null)
certezza: ("certa" | "possibile")
scheda: {
comune: string
id_soggetto: string
}
} | null)
documento?: ({
tipo: (string | null)
numero: (string | null)
rilascio: (string | null)
scadenza: (string | null)
} | null)
soggiorno?: ({
tipo: (string | null)
scadenza: (string | null)
} | null)
dichiarati?: ({
titolo_studio: (string | null)
posizione_professionale: (string | null)
condizione_non_professionale: (string | null)
} | null)
segnali: {
in_transito: ({
da?: string
verso?: string
dal: string
giorni_di_attesa: number
oltre_i_termini: boolean
} | null)
trasferimento_pendente: ({
da?: string
verso?: string
} | null)
doppia_residenza: ({
corrente?: string
anche?: string[]
} | null)
decorrenze_diverse: boolean
protetto: boolean
data_incerta: boolean
in_conflitto: boolean
/**
 * Dati scartati o segnalazioni aperte / data set aside, or findings open
 */
in_correzione: boolean
/**
 * Fino a che giorno sono i dati del comune che parla / up to which day the data of the comune go
 */
fornitura: ({
comune?: string
situazione_al: string
/**
 * Oltre la periodicità della convenzione; null dove non ce n’è / beyond the agreed rhythm; null where there is none
 */
giorni_di_ritardo: (number | null)
} | null)
}
}
PersonReadRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Giorno chiesto (oggi, se manca) / the day asked about (today where absent)
 */
al?: string
/**
 * Come noto a quell’istante (adesso, se manca) / as known then (now where absent)
 */
noto_al?: string
/**
 * Identificativo provinciale (P…) o codice fiscale / provincial identifier (P…) or codice fiscale
 */
persona: string
}
OwnPersonAnswer: {
persona: string
al: string
noto_al: string
generalita?: ({
codice_fiscale?: (string | null)
validita_cf?: (string | null)
cognome?: (string | null)
nome?: (string | null)
sesso?: string
data_nascita?: string
comune_nascita?: (string | null)
stato_nascita?: (string | null)
localita_nascita?: (string | null)
atto_nascita?: (string | null)
eta?: (number | null)
scheda?: {
comune: string
id_soggetto: string
}
} | null)
residenza?: {
residente: boolean
certezza: ("certa" | "possibile")
comune?: string
iscritto_dal?: string
indirizzo?: {
specie?: string
toponimo?: string
civico?: string
esponente?: string
scala?: string
piano?: string
interno?: string
cap?: string
frazione?: string
sezione?: string
lat?: string
lon?: string
}
senza_fissa_dimora?: true
certezza_indirizzo?: ("certa" | "possibile")
abitazione_dal?: string
cancellato_dal?: string
motivo_cancellazione?: string
oppure?: {
comune?: string
indirizzo?: {
specie?: string
toponimo?: string
civico?: string
esponente?: string
scala?: string
piano?: string
interno?: string
cap?: string
frazione?: string
sezione?: string
lat?: string
lon?: string
}
senza_fissa_dimora?: true
dal?: string
al?: (string | null)
certezza: ("certa" | "possibile")
}[]
altrove?: {
comune?: string
stato?: string
}
}
famiglia?: ({
comune: string
tipo: ("famiglia" | "convivenza")
id: string
relazione: string
ultima_dichiarata?: string
certezza: ("certa" | "possibile")
} | null)
stato_civile?: ({
stato_civile: string
dal: string
certezza: ("certa" | "possibile")
cf_coniuge?: (string | null)
coniuge?: ({
codice_fiscale: (string | null)
comune?: string
id_soggetto?: string
cognome?: (string | null)
nome?: (string | null)
} | null)
} | null)
cittadinanza?: ({
cittadinanza: string
altra_cittadinanza: (string | null)
dal: string
certezza: ("certa" | "possibile")
} | null)
genitori?: {
padre: ({
codice_fiscale: (string | null)
comune?: string
id_soggetto?: string
cognome?: (string | null)
nome?: (string | null)
} | null)
madre: ({
codice_fiscale: (string | null)
comune?: string
id_soggetto?: string
cognome?: (string | null)
nome?: (string | null)
} | null)
}
figli?: {
codice_fiscale: (string | null)
comune?: string
id_soggetto?: string
cognome?: (string | null)
nome?: (string | null)
}[]
decesso?: ({
data: string
comune: (string | null)
stato: (string | null)
certezza: ("certa" | "possibile")
scheda: {
comune: string
id_soggetto: string
}
} | null)
documento?: ({
tipo: (string | null)
numero: (string | null)
rilascio: (string | null)
scadenza: (string | null)
} | null)
soggiorno?: ({
tipo: (string | null)
scadenza: (string | null)
} | null)
dichiarati?: ({
titolo_studio: (string | null)
posizione_professionale: (string | null)
condizione_non_professionale: (string | null)
} | null)
segnali: {
in_transito: ({
da?: string
verso?: string
dal: string
giorni_di_attesa: number
oltre_i_termini: boolean
} | null)
trasferimento_pendente: ({
da?: string
verso?: string
} | null)
doppia_residenza: ({
corrente?: string
anche?: string[]
} | null)
decorrenze_diverse: boolean
protetto: boolean
data_incerta: boolean
in_conflitto: boolean
/**
 * Dati scartati o segnalazioni aperte / data set aside, or findings open
 */
in_correzione: boolean
/**
 * Fino a che giorno sono i dati del comune che parla / up to which day the data of the comune go
 */
fornitura: ({
comune?: string
situazione_al: string
/**
 * Oltre la periodicità della convenzione; null dove non ce n’è / beyond the agreed rhythm; null where there is none
 */
giorni_di_ritardo: (number | null)
} | null)
}
}
OwnPersonRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Giorno chiesto (oggi, se manca) / the day asked about (today where absent)
 */
al?: string
/**
 * Come noto a quell’istante (adesso, se manca) / as known then (now where absent)
 */
noto_al?: string
}
FamilyReadAnswer: {
persona: (string | null)
al: string
noto_al: string
segnali: ({
in_transito: ({
da?: string
verso?: string
dal: string
giorni_di_attesa: number
oltre_i_termini: boolean
} | null)
trasferimento_pendente: ({
da?: string
verso?: string
} | null)
doppia_residenza: ({
corrente?: string
anche?: string[]
} | null)
decorrenze_diverse: boolean
protetto: boolean
data_incerta: boolean
in_conflitto: boolean
/**
 * Dati scartati o segnalazioni aperte / data set aside, or findings open
 */
in_correzione: boolean
/**
 * Fino a che giorno sono i dati del comune che parla / up to which day the data of the comune go
 */
fornitura: ({
comune?: string
situazione_al: string
/**
 * Oltre la periodicità della convenzione; null dove non ce n’è / beyond the agreed rhythm; null where there is none
 */
giorni_di_ritardo: (number | null)
} | null)
} | null)
famiglia: ({
tipo: ("famiglia" | "convivenza")
comune: string
id_famiglia?: string
id_convivenza?: string
dal: (string | null)
fino_al: (string | null)
motivo: (string | null)
denominazione: (string | null)
indirizzo?: {
specie?: string
toponimo?: string
civico?: string
esponente?: string
scala?: string
piano?: string
interno?: string
cap?: string
frazione?: string
sezione?: string
lat?: string
lon?: string
}
senza_fissa_dimora?: true
facente_funzione?: true
componenti: {
persona: string
codice_fiscale?: (string | null)
cognome?: (string | null)
nome?: (string | null)
data_nascita?: (string | null)
protetto: boolean
sesso?: (string | null)
relazione: string
ultima_dichiarata?: string
dal: string
certezza: ("certa" | "possibile")
}[]
} | null)
/**
 * Quella di origine e le successive / that of origin and the next ones
 */
famiglie: {
comune: string
tipo: ("famiglia" | "convivenza")
id: string
relazione: string
dal: string
al: (string | null)
}[]
}
FamilyReadRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Giorno chiesto (oggi, se manca) / the day asked about (today where absent)
 */
al?: string
/**
 * Come noto a quell’istante (adesso, se manca) / as known then (now where absent)
 */
noto_al?: string
/**
 * Identificativo provinciale (P…) o codice fiscale / provincial identifier (P…) or codice fiscale
 */
persona?: string
famiglia?: {
comune: string
tipo?: ("famiglia" | "convivenza")
id: string
}
}
RelationsReadAnswer: {
persona: string
al: string
noto_al: string
segnali: {
in_transito: ({
da?: string
verso?: string
dal: string
giorni_di_attesa: number
oltre_i_termini: boolean
} | null)
trasferimento_pendente: ({
da?: string
verso?: string
} | null)
doppia_residenza: ({
corrente?: string
anche?: string[]
} | null)
decorrenze_diverse: boolean
protetto: boolean
data_incerta: boolean
in_conflitto: boolean
/**
 * Dati scartati o segnalazioni aperte / data set aside, or findings open
 */
in_correzione: boolean
/**
 * Fino a che giorno sono i dati del comune che parla / up to which day the data of the comune go
 */
fornitura: ({
comune?: string
situazione_al: string
/**
 * Oltre la periodicità della convenzione; null dove non ce n’è / beyond the agreed rhythm; null where there is none
 */
giorni_di_ritardo: (number | null)
} | null)
}
relazioni: {
relazione: ("padre" | "madre" | "coniuge" | "unito_civilmente" | "figlio")
/**
 * Come il registro lo conosce / how the register knows it
 */
noto_per: ("numero" | "codice_fiscale" | "numero_e_codice_fiscale")
/**
 * Il registro che lo dice / the register that says so
 */
secondo?: string
dal: (string | null)
certezza: ("certa" | "possibile")
persona: (string | null)
codice_fiscale?: (string | null)
cognome?: (string | null)
nome?: (string | null)
data_nascita?: (string | null)
protetto: boolean
scheda: ({
comune: string
id_soggetto: string
} | null)
/**
 * Nel giorno; null se non risulta / on the day; null where it is not known
 */
in_vita?: (boolean | null)
data_decesso?: (string | null)
comune?: (string | null)
}[]
}
RelationsReadRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Giorno chiesto (oggi, se manca) / the day asked about (today where absent)
 */
al?: string
/**
 * Come noto a quell’istante (adesso, se manca) / as known then (now where absent)
 */
noto_al?: string
/**
 * Identificativo provinciale (P…) o codice fiscale / provincial identifier (P…) or codice fiscale
 */
persona: string
}
ResidenceReadAnswer: {
persona: string
al: (string | null)
periodo: ({
dal: string
al: string
} | null)
noto_al: string
segnali: {
in_transito: ({
da?: string
verso?: string
dal: string
giorni_di_attesa: number
oltre_i_termini: boolean
} | null)
trasferimento_pendente: ({
da?: string
verso?: string
} | null)
doppia_residenza: ({
corrente?: string
anche?: string[]
} | null)
decorrenze_diverse: boolean
protetto: boolean
data_incerta: boolean
in_conflitto: boolean
/**
 * Dati scartati o segnalazioni aperte / data set aside, or findings open
 */
in_correzione: boolean
/**
 * Fino a che giorno sono i dati del comune che parla / up to which day the data of the comune go
 */
fornitura: ({
comune?: string
situazione_al: string
/**
 * Oltre la periodicità della convenzione; null dove non ce n’è / beyond the agreed rhythm; null where there is none
 */
giorni_di_ritardo: (number | null)
} | null)
}
residenze: {
comune?: string
scheda?: {
comune: string
id_soggetto: string
}
indirizzo?: {
specie?: string
toponimo?: string
civico?: string
esponente?: string
scala?: string
piano?: string
interno?: string
cap?: string
frazione?: string
sezione?: string
lat?: string
lon?: string
}
senza_fissa_dimora?: true
altrove?: {
comune?: string
stato?: string
}
dal: string
al: (string | null)
certezza: ("certa" | "possibile")
secondo_il_primo_giorno: boolean
}[]
}
ResidenceReadRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Giorno chiesto (oggi, se manca) / the day asked about (today where absent)
 */
al?: string
/**
 * Come noto a quell’istante (adesso, se manca) / as known then (now where absent)
 */
noto_al?: string
/**
 * Identificativo provinciale (P…) o codice fiscale / provincial identifier (P…) or codice fiscale
 */
persona: string
/**
 * Primo giorno del periodo, che finisce con «al», escluso / first day of the period, which ends with "al", not included
 */
dal?: string
}
HistoryReadAnswer: {
persona: string
al: string
noto_al: string
segnali: {
in_transito: ({
da?: string
verso?: string
dal: string
giorni_di_attesa: number
oltre_i_termini: boolean
} | null)
trasferimento_pendente: ({
da?: string
verso?: string
} | null)
doppia_residenza: ({
corrente?: string
anche?: string[]
} | null)
decorrenze_diverse: boolean
protetto: boolean
data_incerta: boolean
in_conflitto: boolean
/**
 * Dati scartati o segnalazioni aperte / data set aside, or findings open
 */
in_correzione: boolean
/**
 * Fino a che giorno sono i dati del comune che parla / up to which day the data of the comune go
 */
fornitura: ({
comune?: string
situazione_al: string
/**
 * Oltre la periodicità della convenzione; null dove non ce n’è / beyond the agreed rhythm; null where there is none
 */
giorni_di_ritardo: (number | null)
} | null)
}
schede: {
comune: string
id_soggetto: string
}[]
/**
 * I giorni in cui qualcosa cambia, in ordine / the days on which something changes, in order
 */
giorni: string[]
/**
 * Gli istanti in cui il registro ha saputo altro, in ordine / the instants at which the register learnt something, in order
 */
istanti: string[]
fatti: {
genere: string
dal: string
al: (string | null)
scheda: {
comune: string
id_soggetto: string
}
valore: {
[k: string]: string | boolean | number | null
}
registrato_dal: string
registrato_al: (string | null)
fonte: ({
ricevuta: string
fornitura: string
operazione: string
tipo: string
id_evento: (string | null)
registrazione: (string | null)
file?: string
riga?: number
} | null)
ritrattato_da: ({
ricevuta: string
fornitura: string
operazione: string
tipo: string
id_evento: (string | null)
registrazione: (string | null)
file?: string
riga?: number
} | null)
}[]
unioni: {
scheda: {
comune: string
id_soggetto: string
}
persona: string
base: ("propria" | "codice fiscale" | "operatore")
registrato_dal: string
registrato_al: (string | null)
}[]
}
HistoryReadRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Giorno chiesto (oggi, se manca) / the day asked about (today where absent)
 */
al?: string
/**
 * Come noto a quell’istante (adesso, se manca) / as known then (now where absent)
 */
noto_al?: string
/**
 * Identificativo provinciale (P…) o codice fiscale / provincial identifier (P…) or codice fiscale
 */
persona: string
/**
 * Anche ciò che è stato corretto / what was corrected too
 */
anche_superati?: boolean
}
AddressReadAnswer: {
comune: string
via: string
civico: (string | null)
al: (string | null)
periodo: ({
dal: string
al: string
} | null)
noto_al: string
numero: number
occupanti: ({
persona: string
codice_fiscale?: (string | null)
cognome?: (string | null)
nome?: (string | null)
data_nascita?: (string | null)
protetto: boolean
interno?: (string | null)
dal: string
al: (string | null)
certezza: ("certa" | "possibile")
}[] | null)
}
AddressReadRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Giorno chiesto (oggi, se manca) / the day asked about (today where absent)
 */
al?: string
/**
 * Come noto a quell’istante (adesso, se manca) / as known then (now where absent)
 */
noto_al?: string
comune: string
via: string
civico?: string
/**
 * Primo giorno del periodo, che finisce con «al», escluso / first day of the period, which ends with "al", not included
 */
dal?: string
}
MovementsReadAnswer: {
comune: string
via: (string | null)
civico: (string | null)
periodo: {
dal: string
al: string
}
noto_al: string
conteggi: {
verso: ("ingresso" | "uscita")
motivo: (string | null)
numero: number
}[]
movimenti: ({
persona: string
codice_fiscale?: (string | null)
cognome?: (string | null)
nome?: (string | null)
data_nascita?: (string | null)
protetto: boolean
verso: ("ingresso" | "uscita")
data: string
certezza: ("certa" | "possibile")
motivo: (string | null)
comune?: (string | null)
stato?: (string | null)
}[] | null)
}
MovementsReadRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Giorno chiesto (oggi, se manca) / the day asked about (today where absent)
 */
al?: string
/**
 * Come noto a quell’istante (adesso, se manca) / as known then (now where absent)
 */
noto_al?: string
comune: string
via?: string
civico?: string
/**
 * Primo giorno del periodo / first day of the period
 */
dal: string
}
VerifyAnswer: {
noto_al: string
situazione_al: (string | null)
/**
 * Quanto ci si può fidare: fin dove arriva l’ultima fornitura del comune, se qualcosa della persona è scartato o segnalato / how far it may be trusted
 */
qualita: ({
situazione_al: (string | null)
giorni_di_ritardo: (number | null)
dati_scartati: boolean
segnalazioni_aperte: boolean
} | null)
esiti: {
esito: ("S" | "N" | "A")
elementi: {
elemento: string
esito: ("concorda" | "discorda" | "indeterminato")
motivo?: string
dettaglio?: string
}[]
}[]
/**
 * La ricevuta firmata (JWS): chiunque la controlla, e non contiene dati della persona / the signed receipt: anybody can check it, and it holds no data of the person
 */
ricevuta: string
/**
 * Ciò che è stato controllato, da mostrare con la ricevuta («ricevuta~dichiarato~») solo a chi deve saperlo / what was checked, to be shown with it only to who must know
 */
dichiarato: string
}
VerifyRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Di chi è la dichiarazione / whom the declaration is about
 */
persona: {
codice_fiscale?: string
cognome?: string
nome?: string
data_nascita?: string
}
dichiarazioni: ({
oggetto: "generalita"
cognome?: string
nome?: string
sesso?: ("M" | "F")
} | {
oggetto: "nascita"
data?: string
comune?: string
stato?: string
} | {
oggetto: "residenza"
comune: string
indirizzo?: {
via: string
civico?: string
scala?: string
piano?: string
interno?: string
}
dal?: string
non?: boolean
} | {
oggetto: "cittadinanza"
stato: string
dal?: string
} | {
oggetto: "stato_civile"
valore: ("celibe_nubile" | "coniugato" | "vedovo" | "divorziato" | "unito_civilmente" | "libero_da_unione" | "libero")
coniuge?: {
codice_fiscale?: string
cognome?: string
nome?: string
data_nascita?: string
}
dal?: string
} | {
oggetto: "stato_di_famiglia"
componenti: {
persona: {
codice_fiscale?: string
cognome?: string
nome?: string
data_nascita?: string
}
relazione?: string
}[]
} | {
oggetto: "esistenza_in_vita"
} | {
oggetto: "decesso"
data?: string
} | {
oggetto: "nascita_figlio"
figlio: {
codice_fiscale?: string
cognome?: string
nome?: string
data_nascita?: string
}
} | {
oggetto: "decesso_familiare"
parente: {
codice_fiscale?: string
cognome?: string
nome?: string
data_nascita?: string
}
relazione: ("coniuge" | "ascendente" | "discendente")
data?: string
} | {
oggetto: "codice_fiscale"
codice: string
} | {
oggetto: "altro"
materia: ("diritti_politici" | "titolo_studio" | "professione" | "reddito" | "carichi_pendenti" | "casellario" | "obblighi_militari" | "disoccupazione" | "pensione" | "carico_fiscale")
})[]
/**
 * Data di riferimento (oggi, se manca) / reference day (today where absent)
 */
al?: string
noto_al?: string
}
VerifyBatchAnswer: {
lotto: string
stato: ("in_coda" | "in_corso" | "finito" | "annullato" | "fermato")
righe: number
fatte: number
esiti: {
S: number
N: number
A: number
errori: number
}
al: string
noto_al: string
scopo: (string | null)
pratica: (string | null)
iniziato: string
finito: (string | null)
ricevuta: (string | null)
dichiarato: (string | null)
}
VerifyBatchRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Il file: la prima riga porta i nomi delle colonne (manuale, verifiche), le altre una dichiarazione ciascuna / the file: the first line holds the names of the columns, the others a declaration each
 */
csv: string
al?: string
noto_al?: string
}
VerifyBatchReadAnswer: {
lotto: string
stato: ("in_coda" | "in_corso" | "finito" | "annullato" | "fermato")
righe: number
fatte: number
esiti: {
S: number
N: number
A: number
errori: number
}
al: string
noto_al: string
scopo: (string | null)
pratica: (string | null)
iniziato: string
finito: (string | null)
ricevuta: (string | null)
dichiarato: (string | null)
}
VerifyBatchReadRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Il nome del lotto / the batch’s name
 */
lotto: string
}
VerifyBatchListAnswer: {
lotti: {
lotto: string
stato: ("in_coda" | "in_corso" | "finito" | "annullato" | "fermato")
righe: number
fatte: number
esiti: {
S: number
N: number
A: number
errori: number
}
al: string
noto_al: string
scopo: (string | null)
pratica: (string | null)
iniziato: string
finito: (string | null)
ricevuta: (string | null)
dichiarato: (string | null)
}[]
}
VerifyBatchListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
}
VerifyBatchResultsAnswer: string
VerifyBatchResultsRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Il nome del lotto / the batch’s name
 */
lotto: string
/**
 * Da dove riprendere: ciò che disse X-Prossimo-Blocco / where to go on from: what X-Prossimo-Blocco said
 */
da_blocco?: number
}
VerifyBatchCancelAnswer: {
lotto: string
stato: ("in_coda" | "in_corso" | "finito" | "annullato" | "fermato")
righe: number
fatte: number
esiti: {
S: number
N: number
A: number
errori: number
}
al: string
noto_al: string
scopo: (string | null)
pratica: (string | null)
iniziato: string
finito: (string | null)
ricevuta: (string | null)
dichiarato: (string | null)
}
VerifyBatchCancelRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Il nome del lotto / the batch’s name
 */
lotto: string
}
AnprC003Answer: {
idOperazioneANPR: string
listaSoggetti: {
datiSoggetto: {
infoSoggettoEnte: {
id: string
chiave: string
valore: ("S" | "N" | "A")
valoreTesto?: string
valoreData?: string
dettaglio?: string
}[]
}[]
}
listaAnomalie: {
codiceErroreAnomalia: string
tipoErroreAnomalia: ("E" | "W")
testoErroreAnomalia: string
}[]
}
AnprC003Request: {
idOperazioneClient: string
criteriRicerca: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
verifica?: {
generalita?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
datiDecesso?: {
dataEvento?: string
}
coniuge?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
dataEvento?: string
cittadinanza?: {
codiceStato: string
dataValidita?: string
}[]
residenza?: {
indirizzo?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
toponimo?: {
specie?: string
denominazioneToponimo?: string
}
numeroCivico?: {
numero?: string
lettera?: string
esponente1?: string
civicoInterno?: {
scala?: string
piano?: string
interno1?: string
}
}
}
dataDecorrenzaResidenza?: string
}
famiglia?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
codiceLegame?: string
}[]
figlio?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
}
datiRichiesta: {
dataRiferimentoRichiesta: string
motivoRichiesta: string
casoUso?: string
}
}
AnprC004Answer: {
idOperazioneANPR: string
listaSoggetti: {
datiSoggetto: {
infoSoggettoEnte: {
id: string
chiave: string
valore: ("S" | "N" | "A")
valoreTesto?: string
valoreData?: string
dettaglio?: string
}[]
}[]
}
listaAnomalie: {
codiceErroreAnomalia: string
tipoErroreAnomalia: ("E" | "W")
testoErroreAnomalia: string
}[]
}
AnprC004Request: {
idOperazioneClient: string
criteriRicerca: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
verifica?: {
generalita?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
datiDecesso?: {
dataEvento?: string
}
coniuge?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
dataEvento?: string
cittadinanza?: {
codiceStato: string
dataValidita?: string
}[]
residenza?: {
indirizzo?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
toponimo?: {
specie?: string
denominazioneToponimo?: string
}
numeroCivico?: {
numero?: string
lettera?: string
esponente1?: string
civicoInterno?: {
scala?: string
piano?: string
interno1?: string
}
}
}
dataDecorrenzaResidenza?: string
}
famiglia?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
codiceLegame?: string
}[]
figlio?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
}
datiRichiesta: {
dataRiferimentoRichiesta: string
motivoRichiesta: string
casoUso?: string
}
}
AnprC005Answer: {
idOperazioneANPR: string
listaSoggetti: {
datiSoggetto: {
infoSoggettoEnte: {
id: string
chiave: string
valore: ("S" | "N" | "A")
valoreTesto?: string
valoreData?: string
dettaglio?: string
}[]
}[]
}
listaAnomalie: {
codiceErroreAnomalia: string
tipoErroreAnomalia: ("E" | "W")
testoErroreAnomalia: string
}[]
}
AnprC005Request: {
idOperazioneClient: string
criteriRicerca: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
verifica?: {
generalita?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
datiDecesso?: {
dataEvento?: string
}
coniuge?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
dataEvento?: string
cittadinanza?: {
codiceStato: string
dataValidita?: string
}[]
residenza?: {
indirizzo?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
toponimo?: {
specie?: string
denominazioneToponimo?: string
}
numeroCivico?: {
numero?: string
lettera?: string
esponente1?: string
civicoInterno?: {
scala?: string
piano?: string
interno1?: string
}
}
}
dataDecorrenzaResidenza?: string
}
famiglia?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
codiceLegame?: string
}[]
figlio?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
}
datiRichiesta: {
dataRiferimentoRichiesta: string
motivoRichiesta: string
casoUso?: string
}
}
AnprC006Answer: {
idOperazioneANPR: string
listaSoggetti: {
datiSoggetto: {
infoSoggettoEnte: {
id: string
chiave: string
valore: ("S" | "N" | "A")
valoreTesto?: string
valoreData?: string
dettaglio?: string
}[]
}[]
}
listaAnomalie: {
codiceErroreAnomalia: string
tipoErroreAnomalia: ("E" | "W")
testoErroreAnomalia: string
}[]
}
AnprC006Request: {
idOperazioneClient: string
criteriRicerca: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
verifica?: {
generalita?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
datiDecesso?: {
dataEvento?: string
}
coniuge?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
dataEvento?: string
cittadinanza?: {
codiceStato: string
dataValidita?: string
}[]
residenza?: {
indirizzo?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
toponimo?: {
specie?: string
denominazioneToponimo?: string
}
numeroCivico?: {
numero?: string
lettera?: string
esponente1?: string
civicoInterno?: {
scala?: string
piano?: string
interno1?: string
}
}
}
dataDecorrenzaResidenza?: string
}
famiglia?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
codiceLegame?: string
}[]
figlio?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
}
datiRichiesta: {
dataRiferimentoRichiesta: string
motivoRichiesta: string
casoUso?: string
}
}
AnprC007Answer: {
idOperazioneANPR: string
listaSoggetti: {
datiSoggetto: {
infoSoggettoEnte: {
id: string
chiave: string
valore: ("S" | "N" | "A")
valoreTesto?: string
valoreData?: string
dettaglio?: string
}[]
}[]
}
listaAnomalie: {
codiceErroreAnomalia: string
tipoErroreAnomalia: ("E" | "W")
testoErroreAnomalia: string
}[]
}
AnprC007Request: {
idOperazioneClient: string
criteriRicerca: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
verifica?: {
generalita?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
datiDecesso?: {
dataEvento?: string
}
coniuge?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
dataEvento?: string
cittadinanza?: {
codiceStato: string
dataValidita?: string
}[]
residenza?: {
indirizzo?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
toponimo?: {
specie?: string
denominazioneToponimo?: string
}
numeroCivico?: {
numero?: string
lettera?: string
esponente1?: string
civicoInterno?: {
scala?: string
piano?: string
interno1?: string
}
}
}
dataDecorrenzaResidenza?: string
}
famiglia?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
codiceLegame?: string
}[]
figlio?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
}
datiRichiesta: {
dataRiferimentoRichiesta: string
motivoRichiesta: string
casoUso?: string
}
}
AnprC008Answer: {
idOperazioneANPR: string
listaSoggetti: {
datiSoggetto: {
infoSoggettoEnte: {
id: string
chiave: string
valore: ("S" | "N" | "A")
valoreTesto?: string
valoreData?: string
dettaglio?: string
}[]
}[]
}
listaAnomalie: {
codiceErroreAnomalia: string
tipoErroreAnomalia: ("E" | "W")
testoErroreAnomalia: string
}[]
}
AnprC008Request: {
idOperazioneClient: string
criteriRicerca: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
verifica?: {
generalita?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
datiDecesso?: {
dataEvento?: string
}
coniuge?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
dataEvento?: string
cittadinanza?: {
codiceStato: string
dataValidita?: string
}[]
residenza?: {
indirizzo?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
toponimo?: {
specie?: string
denominazioneToponimo?: string
}
numeroCivico?: {
numero?: string
lettera?: string
esponente1?: string
civicoInterno?: {
scala?: string
piano?: string
interno1?: string
}
}
}
dataDecorrenzaResidenza?: string
}
famiglia?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
codiceLegame?: string
}[]
figlio?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
}
datiRichiesta: {
dataRiferimentoRichiesta: string
motivoRichiesta: string
casoUso?: string
}
}
AnprC009Answer: {
idOperazioneANPR: string
listaSoggetti: {
datiSoggetto: {
infoSoggettoEnte: {
id: string
chiave: string
valore: ("S" | "N" | "A")
valoreTesto?: string
valoreData?: string
dettaglio?: string
}[]
}[]
}
listaAnomalie: {
codiceErroreAnomalia: string
tipoErroreAnomalia: ("E" | "W")
testoErroreAnomalia: string
}[]
}
AnprC009Request: {
idOperazioneClient: string
criteriRicerca: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
verifica?: {
generalita?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
datiDecesso?: {
dataEvento?: string
}
coniuge?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
dataEvento?: string
cittadinanza?: {
codiceStato: string
dataValidita?: string
}[]
residenza?: {
indirizzo?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
toponimo?: {
specie?: string
denominazioneToponimo?: string
}
numeroCivico?: {
numero?: string
lettera?: string
esponente1?: string
civicoInterno?: {
scala?: string
piano?: string
interno1?: string
}
}
}
dataDecorrenzaResidenza?: string
}
famiglia?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
codiceLegame?: string
}[]
figlio?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
}
datiRichiesta: {
dataRiferimentoRichiesta: string
motivoRichiesta: string
casoUso?: string
}
}
AnprC010Answer: {
idOperazioneANPR: string
listaSoggetti: {
datiSoggetto: {
infoSoggettoEnte: {
id: string
chiave: string
valore: ("S" | "N" | "A")
valoreTesto?: string
valoreData?: string
dettaglio?: string
}[]
}[]
}
listaAnomalie: {
codiceErroreAnomalia: string
tipoErroreAnomalia: ("E" | "W")
testoErroreAnomalia: string
}[]
}
AnprC010Request: {
idOperazioneClient: string
criteriRicerca: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
verifica?: {
generalita?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
datiDecesso?: {
dataEvento?: string
}
coniuge?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
dataEvento?: string
cittadinanza?: {
codiceStato: string
dataValidita?: string
}[]
residenza?: {
indirizzo?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
toponimo?: {
specie?: string
denominazioneToponimo?: string
}
numeroCivico?: {
numero?: string
lettera?: string
esponente1?: string
civicoInterno?: {
scala?: string
piano?: string
interno1?: string
}
}
}
dataDecorrenzaResidenza?: string
}
famiglia?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
codiceLegame?: string
}[]
figlio?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
}
datiRichiesta: {
dataRiferimentoRichiesta: string
motivoRichiesta: string
casoUso?: string
}
}
AnprC011Answer: {
idOperazioneANPR: string
listaSoggetti: {
datiSoggetto: {
infoSoggettoEnte: {
id: string
chiave: string
valore: ("S" | "N" | "A")
valoreTesto?: string
valoreData?: string
dettaglio?: string
}[]
}[]
}
listaAnomalie: {
codiceErroreAnomalia: string
tipoErroreAnomalia: ("E" | "W")
testoErroreAnomalia: string
}[]
}
AnprC011Request: {
idOperazioneClient: string
criteriRicerca: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
verifica?: {
generalita?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
datiDecesso?: {
dataEvento?: string
}
coniuge?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
dataEvento?: string
cittadinanza?: {
codiceStato: string
dataValidita?: string
}[]
residenza?: {
indirizzo?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
toponimo?: {
specie?: string
denominazioneToponimo?: string
}
numeroCivico?: {
numero?: string
lettera?: string
esponente1?: string
civicoInterno?: {
scala?: string
piano?: string
interno1?: string
}
}
}
dataDecorrenzaResidenza?: string
}
famiglia?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
codiceLegame?: string
}[]
figlio?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
}
datiRichiesta: {
dataRiferimentoRichiesta: string
motivoRichiesta: string
casoUso?: string
}
}
AnprC012Answer: {
idOperazioneANPR: string
listaSoggetti: {
datiSoggetto: {
infoSoggettoEnte: {
id: string
chiave: string
valore: ("S" | "N" | "A")
valoreTesto?: string
valoreData?: string
dettaglio?: string
}[]
}[]
}
listaAnomalie: {
codiceErroreAnomalia: string
tipoErroreAnomalia: ("E" | "W")
testoErroreAnomalia: string
}[]
}
AnprC012Request: {
idOperazioneClient: string
criteriRicerca: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
verifica?: {
generalita?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
datiDecesso?: {
dataEvento?: string
}
coniuge?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
dataEvento?: string
cittadinanza?: {
codiceStato: string
dataValidita?: string
}[]
residenza?: {
indirizzo?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
toponimo?: {
specie?: string
denominazioneToponimo?: string
}
numeroCivico?: {
numero?: string
lettera?: string
esponente1?: string
civicoInterno?: {
scala?: string
piano?: string
interno1?: string
}
}
}
dataDecorrenzaResidenza?: string
}
famiglia?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
codiceLegame?: string
}[]
figlio?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
}
datiRichiesta: {
dataRiferimentoRichiesta: string
motivoRichiesta: string
casoUso?: string
}
}
AnprC013Answer: {
idOperazioneANPR: string
listaSoggetti: {
datiSoggetto: {
infoSoggettoEnte: {
id: string
chiave: string
valore: ("S" | "N" | "A")
valoreTesto?: string
valoreData?: string
dettaglio?: string
}[]
}[]
}
listaAnomalie: {
codiceErroreAnomalia: string
tipoErroreAnomalia: ("E" | "W")
testoErroreAnomalia: string
}[]
}
AnprC013Request: {
idOperazioneClient: string
criteriRicerca: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
verifica?: {
generalita?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
datiDecesso?: {
dataEvento?: string
}
coniuge?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
dataEvento?: string
cittadinanza?: {
codiceStato: string
dataValidita?: string
}[]
residenza?: {
indirizzo?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
toponimo?: {
specie?: string
denominazioneToponimo?: string
}
numeroCivico?: {
numero?: string
lettera?: string
esponente1?: string
civicoInterno?: {
scala?: string
piano?: string
interno1?: string
}
}
}
dataDecorrenzaResidenza?: string
}
famiglia?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
codiceLegame?: string
}[]
figlio?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
}
datiRichiesta: {
dataRiferimentoRichiesta: string
motivoRichiesta: string
casoUso?: string
}
}
AnprC014Answer: {
idOperazioneANPR: string
listaSoggetti: {
datiSoggetto: {
infoSoggettoEnte: {
id: string
chiave: string
valore: ("S" | "N" | "A")
valoreTesto?: string
valoreData?: string
dettaglio?: string
}[]
}[]
}
listaAnomalie: {
codiceErroreAnomalia: string
tipoErroreAnomalia: ("E" | "W")
testoErroreAnomalia: string
}[]
}
AnprC014Request: {
idOperazioneClient: string
criteriRicerca: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
verifica?: {
generalita?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
datiDecesso?: {
dataEvento?: string
}
coniuge?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
dataEvento?: string
cittadinanza?: {
codiceStato: string
dataValidita?: string
}[]
residenza?: {
indirizzo?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
toponimo?: {
specie?: string
denominazioneToponimo?: string
}
numeroCivico?: {
numero?: string
lettera?: string
esponente1?: string
civicoInterno?: {
scala?: string
piano?: string
interno1?: string
}
}
}
dataDecorrenzaResidenza?: string
}
famiglia?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
codiceLegame?: string
}[]
figlio?: {
codiceFiscale?: string
idANPR?: string
cognome?: string
nome?: string
sesso?: ("M" | "F")
datiNascita?: {
dataEvento?: string
senzaGiorno?: string
senzaGiornoMese?: string
luogoNascita?: {
comune?: {
nomeComune?: string
codiceIstat?: string
}
localita?: {
codiceStato?: string
}
}
}
}
}
datiRichiesta: {
dataRiferimentoRichiesta: string
motivoRichiesta: string
casoUso?: string
}
}
ReceiptCheckAnswer: {
valida: boolean
motivo: (("malformed" | "unknown-key" | "forged" | "other-declaration") | null)
spiegazione: ({
it: string
en: string
} | null)
contenuto: ({
iss: "sipop"
jti: string
iat: number
tipo: ("verifica" | "lotto")
ente: string
operatore: string
scopo: (string | null)
pratica: (string | null)
al: string
noto_al: string
esiti: (("S" | "N" | "A")[] | {
[k: string]: number
})
dichiarato_sha256: string
} | null)
righe: {
it: string
en: string
valore: string
}[]
/**
 * Ciò che fu dichiarato (JSON), se era allegato e corrisponde / what was declared, where it came with it and is the same
 */
dichiarato: (string | null)
}
ReceiptCheckRequest: {
/**
 * La ricevuta (JWS), da sola o come «ricevuta~dichiarato~» / the receipt, alone or with the declaration
 */
ricevuta: string
}
ReceiptPdfAnswer: string
ReceiptPdfRequest: {
/**
 * La ricevuta (JWS), da sola o come «ricevuta~dichiarato~» / the receipt, alone or with the declaration
 */
ricevuta: string
}
ReceiptKeysAnswer: {
keys: {
kty: "EC"
crv: "P-256"
x: string
y: string
kid: string
alg: "ES256"
use: "sig"
}[]
}
UploadCreateAnswer: {
invio: string
comune: string
file: string
stato: ("in_arrivo" | "in_coda" | "in_caricamento" | "registrata" | "non_riuscita" | "abbandonata")
dimensione: number
/**
 * Il prossimo pezzo comincia da qui / the next piece begins here
 */
ricevuti: number
pezzo_massimo: number
/**
 * Righe controllate, di quante; poi la scrittura / rows checked, of how many; then the writing
 */
avanzamento: ({
controllate: number
totale: number
in_scrittura: boolean
} | null)
ricevuta: (string | null)
errore: ({
codice: string
it: string
en: string
} | null)
inviato_da: string
cominciato: string
aggiornato: string
}
UploadCreateRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Nome del file, senza cartelle / name of the file, without folders
 */
file: string
/**
 * Byte del file / bytes of the file
 */
dimensione: number
/**
 * Impronta dell’intero, controllata alla fine / of the whole, checked at the end
 */
sha256?: string
porta?: ("SIPOP" | "ANPR" | "MAPPATA")
mappatura?: string
/**
 * Ciò che il file non dice di sé (ANPR, MAPPATA) / what the file does not say of itself
 */
dichiarata?: {
comune: string
progressivo: number
situazione_al: string
}
}
UploadPieceAnswer: {
invio: string
comune: string
file: string
stato: ("in_arrivo" | "in_coda" | "in_caricamento" | "registrata" | "non_riuscita" | "abbandonata")
dimensione: number
/**
 * Il prossimo pezzo comincia da qui / the next piece begins here
 */
ricevuti: number
pezzo_massimo: number
/**
 * Righe controllate, di quante; poi la scrittura / rows checked, of how many; then the writing
 */
avanzamento: ({
controllate: number
totale: number
in_scrittura: boolean
} | null)
ricevuta: (string | null)
errore: ({
codice: string
it: string
en: string
} | null)
inviato_da: string
cominciato: string
aggiornato: string
}
UploadCompleteAnswer: {
invio: string
comune: string
file: string
stato: ("in_arrivo" | "in_coda" | "in_caricamento" | "registrata" | "non_riuscita" | "abbandonata")
dimensione: number
/**
 * Il prossimo pezzo comincia da qui / the next piece begins here
 */
ricevuti: number
pezzo_massimo: number
/**
 * Righe controllate, di quante; poi la scrittura / rows checked, of how many; then the writing
 */
avanzamento: ({
controllate: number
totale: number
in_scrittura: boolean
} | null)
ricevuta: (string | null)
errore: ({
codice: string
it: string
en: string
} | null)
inviato_da: string
cominciato: string
aggiornato: string
}
UploadCompleteRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Numero dell’invio / number of the upload
 */
invio: string
/**
 * Confermo che molto può essere scartato (SIP-014) / much may be set aside
 */
conferma?: boolean
}
UploadReadAnswer: {
invio: string
comune: string
file: string
stato: ("in_arrivo" | "in_coda" | "in_caricamento" | "registrata" | "non_riuscita" | "abbandonata")
dimensione: number
/**
 * Il prossimo pezzo comincia da qui / the next piece begins here
 */
ricevuti: number
pezzo_massimo: number
/**
 * Righe controllate, di quante; poi la scrittura / rows checked, of how many; then the writing
 */
avanzamento: ({
controllate: number
totale: number
in_scrittura: boolean
} | null)
ricevuta: (string | null)
errore: ({
codice: string
it: string
en: string
} | null)
inviato_da: string
cominciato: string
aggiornato: string
}
UploadReadRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Numero dell’invio / number of the upload
 */
invio: string
}
UploadListAnswer: {
invii: {
invio: string
comune: string
file: string
stato: ("in_arrivo" | "in_coda" | "in_caricamento" | "registrata" | "non_riuscita" | "abbandonata")
dimensione: number
/**
 * Il prossimo pezzo comincia da qui / the next piece begins here
 */
ricevuti: number
pezzo_massimo: number
/**
 * Righe controllate, di quante; poi la scrittura / rows checked, of how many; then the writing
 */
avanzamento: ({
controllate: number
totale: number
in_scrittura: boolean
} | null)
ricevuta: (string | null)
errore: ({
codice: string
it: string
en: string
} | null)
inviato_da: string
cominciato: string
aggiornato: string
}[]
}
UploadListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Istante da cui continuare / instant to go on from
 */
prima_di?: string
limite?: number
}
UploadAbandonAnswer: {
invio: string
comune: string
file: string
stato: ("in_arrivo" | "in_coda" | "in_caricamento" | "registrata" | "non_riuscita" | "abbandonata")
dimensione: number
/**
 * Il prossimo pezzo comincia da qui / the next piece begins here
 */
ricevuti: number
pezzo_massimo: number
/**
 * Righe controllate, di quante; poi la scrittura / rows checked, of how many; then the writing
 */
avanzamento: ({
controllate: number
totale: number
in_scrittura: boolean
} | null)
ricevuta: (string | null)
errore: ({
codice: string
it: string
en: string
} | null)
inviato_da: string
cominciato: string
aggiornato: string
}
UploadAbandonRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Numero dell’invio / number of the upload
 */
invio: string
}
SupplyListAnswer: {
forniture: {
ricevuta: string
comune: string
progressivo: number
tipo: string
porta: string
file: string
sha256: string
software: (string | null)
esito: string
situazione_al: (string | null)
ricevuta_il: string
segnalazioni_aperte: number
}[]
seguito: (string | null)
}
SupplyListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
comune?: string
esito?: ("ACCETTATA" | "ACCETTATA_CON_SEGNALAZIONI" | "RIFIUTATA")
/**
 * Il «seguito» della pagina prima / the "seguito" of the page before
 */
seguito?: string
limite?: number
}
SupplyOutcomeAnswer: {
ricevuta: string
comune: string
progressivo: number
tipo: string
file: string
esito: string
situazione_al: (string | null)
ricevuta_il: string
lette: {
[k: string]: number
}
applicate: {
[k: string]: number
}
scartate: {
[k: string]: number
}
segnalate: {
[k: string]: number
}
per_codice: {
codice: string
gravita: ("B" | "E" | "W")
numero: number
aperte: number
soggetti: number
forniture: number
/**
 * Che cosa non va e che cosa fare / what is wrong and what to do
 */
che_cosa: string
che_cosa_en: string
esempio: string
esempio_en: string
}[]
}
SupplyOutcomeRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Ricevuta AAAA/NNNNNNN / receipt YYYY/NNNNNNN
 */
ricevuta: string
}
FindingsListAnswer: {
segnalazioni: {
ricevuta: string
comune: string
progressivo: number
operazione: (string | null)
codice: string
gravita: ("B" | "E" | "W")
file: (string | null)
riga: (number | null)
id_soggetto: string
id_famiglia: (string | null)
id_evento: (string | null)
campo: string
valore: string
messaggio: string
messaggio_en: string
dettaglio: ({
[k: string]: string | boolean | number
} | null)
chiusa_da: (string | null)
}[]
seguito: (string | null)
}
FindingsListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Ricevuta AAAA/NNNNNNN / receipt YYYY/NNNNNNN
 */
ricevuta?: string
comune?: string
codice?: string
gravita?: ("B" | "E" | "W")
/**
 * Anche quelle già sistemate / those mended too
 */
chiuse?: boolean
/**
 * Il «seguito» della pagina prima / the "seguito" of the page before
 */
seguito?: string
limite?: number
}
FindingsSummaryAnswer: {
per_codice: {
codice: string
gravita: ("B" | "E" | "W")
numero: number
aperte: number
soggetti: number
forniture: number
/**
 * Che cosa non va e che cosa fare / what is wrong and what to do
 */
che_cosa: string
che_cosa_en: string
esempio: string
esempio_en: string
}[]
numero: number
}
FindingsSummaryRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Ricevuta AAAA/NNNNNNN / receipt YYYY/NNNNNNN
 */
ricevuta?: string
comune?: string
codice?: string
gravita?: ("B" | "E" | "W")
/**
 * Anche quelle già sistemate / those mended too
 */
chiuse?: boolean
}
/**
 * Il file / the file
 */
FindingsDownloadAnswer: string
FindingsDownloadRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Ricevuta AAAA/NNNNNNN / receipt YYYY/NNNNNNN
 */
ricevuta?: string
comune?: string
codice?: string
gravita?: ("B" | "E" | "W")
/**
 * Anche quelle già sistemate / those mended too
 */
chiuse?: boolean
formato: ("csv" | "json")
}
ReconciliationListAnswer: {
noto_al: string
numero: number
segnalazioni: {
genere: ("MANCA_CANCELLAZIONE" | "MANCA_ISCRIZIONE" | "DECORRENZE_DIVERSE" | "DOPPIA_RESIDENZA" | "RESIDENZE_SOVRAPPOSTE" | "SCHEDE_SOVRAPPOSTE" | "DECEDUTO_RESIDENTE" | "INTESTATARIO_ALTROVE" | "CONIUGE_DECEDUTO" | "CONIUGI_DISCORDI" | "GENERALITA_DISCORDI" | "STATO_CIVILE_DISCORDE" | "CITTADINANZA_DISCORDE" | "GENITORI_DISCORDI" | "CODICE_OMOCODICO")
codice: (string | null)
/**
 * Chi la deve sistemare / who must mend it
 */
comune: string
altro_comune: string
persone: {
codice_fiscale: (string | null)
cognome: (string | null)
nome: (string | null)
schede: {
comune: string
id_soggetto: string
}[]
}[]
giorno: string
attesa_dal: (string | null)
aperta_il: string
aperta_da: ({
comune: string
id_evento: (string | null)
progressivo: number
id_operazione: (string | null)
registrazione: (string | null)
} | null)
stato: ("aperta" | "rinviata" | "chiusa")
/**
 * Fino a quando, da chi e perché è stata rinviata / until when, by whom and why it was put off
 */
rinvio: ({
fino_al: string
operatore: string
motivo: string
il: string
} | null)
chiusa_il: (string | null)
chiusa_da: ({
comune: string
id_evento: (string | null)
progressivo: number
id_operazione: (string | null)
registrazione: (string | null)
} | null)
giorni: number
giorni_di_attesa: (number | null)
segnalata: boolean
scadenza: string
/**
 * Che cosa non va e che cosa fare
 */
messaggio: (string | null)
messaggio_en: (string | null)
}[]
}
ReconciliationListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Il proprio, se manca / the own one where absent
 */
comune?: string
/**
 * Ciò che il comune deve sistemare, o ciò che altri devono e lo riguarda
 */
lato?: ("nostre" | "altri")
stato?: ("aperte" | "rinviate" | "chiuse" | "tutte")
genere?: ("MANCA_CANCELLAZIONE" | "MANCA_ISCRIZIONE" | "DECORRENZE_DIVERSE" | "DOPPIA_RESIDENZA" | "RESIDENZE_SOVRAPPOSTE" | "SCHEDE_SOVRAPPOSTE" | "DECEDUTO_RESIDENTE" | "INTESTATARIO_ALTROVE" | "CONIUGE_DECEDUTO" | "CONIUGI_DISCORDI" | "GENERALITA_DISCORDI" | "STATO_CIVILE_DISCORDE" | "CITTADINANZA_DISCORDE" | "GENITORI_DISCORDI" | "CODICE_OMOCODICO")
/**
 * Da quale segnalazione / from which finding
 */
da?: number
limite?: number
}
ReconciliationCountAnswer: {
noto_al: string
conteggi: {
comune: string
genere: ("MANCA_CANCELLAZIONE" | "MANCA_ISCRIZIONE" | "DECORRENZE_DIVERSE" | "DOPPIA_RESIDENZA" | "RESIDENZE_SOVRAPPOSTE" | "SCHEDE_SOVRAPPOSTE" | "DECEDUTO_RESIDENTE" | "INTESTATARIO_ALTROVE" | "CONIUGE_DECEDUTO" | "CONIUGI_DISCORDI" | "GENERALITA_DISCORDI" | "STATO_CIVILE_DISCORDE" | "CITTADINANZA_DISCORDE" | "GENITORI_DISCORDI" | "CODICE_OMOCODICO")
segnalate: number
entro_i_termini: number
rinviate: number
}[]
}
ReconciliationCountRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Il proprio, se manca / the own one where absent
 */
comune?: string
/**
 * Ciò che il comune deve sistemare, o ciò che altri devono e lo riguarda
 */
lato?: ("nostre" | "altri")
stato?: ("aperte" | "rinviate" | "chiuse" | "tutte")
genere?: ("MANCA_CANCELLAZIONE" | "MANCA_ISCRIZIONE" | "DECORRENZE_DIVERSE" | "DOPPIA_RESIDENZA" | "RESIDENZE_SOVRAPPOSTE" | "SCHEDE_SOVRAPPOSTE" | "DECEDUTO_RESIDENTE" | "INTESTATARIO_ALTROVE" | "CONIUGE_DECEDUTO" | "CONIUGI_DISCORDI" | "GENERALITA_DISCORDI" | "STATO_CIVILE_DISCORDE" | "CITTADINANZA_DISCORDE" | "GENITORI_DISCORDI" | "CODICE_OMOCODICO")
}
LinkageQueueAnswer: {
noto_al: string
coppie: {
candidato: (number | null)
schede: {
comune: string
id_soggetto: string
cognome: (string | null)
nome: (string | null)
sesso: (string | null)
data_nascita: (string | null)
codice_fiscale: (string | null)
}[]
peso: (number | null)
probabilita: (number | null)
proprietario: string
stato: ("aperta" | "rinviata" | "riaperta" | "decisa")
dal: string
giorni: number
decisione: ({
decisione: number
esito: string
operatore: string
motivo: string
il: string
fino_al: (string | null)
} | null)
contraddetta_da: ("cognome" | "nome" | "sesso" | "data_nascita" | "luogo_nascita" | "codice_fiscale")[]
accordi: {
[k: string]: "uguale" | "diverso" | "compatibile" | "omocodico" | "manca"
}
campi: {
field: string
level: (string | null)
weight: number
}[]
}[]
}
LinkageQueueRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
comune?: string
/**
 * da-fare: aperte e riaperte / open and reopened
 */
stato?: ("da-fare" | "aperta" | "rinviata" | "riaperta" | "decisa" | "tutte")
limite?: number
}
LinkageReadAnswer: {
noto_al: string
al: string
coppia: {
candidato: (number | null)
schede: {
comune: string
id_soggetto: string
cognome: (string | null)
nome: (string | null)
sesso: (string | null)
data_nascita: (string | null)
codice_fiscale: (string | null)
}[]
peso: (number | null)
probabilita: (number | null)
proprietario: string
stato: ("aperta" | "rinviata" | "riaperta" | "decisa")
dal: string
giorni: number
decisione: ({
decisione: number
esito: string
operatore: string
motivo: string
il: string
fino_al: (string | null)
} | null)
contraddetta_da: ("cognome" | "nome" | "sesso" | "data_nascita" | "luogo_nascita" | "codice_fiscale")[]
accordi: {
[k: string]: "uguale" | "diverso" | "compatibile" | "omocodico" | "manca"
}
campi: {
field: string
level: (string | null)
weight: number
}[]
}
lati: {
persona: string
comune_nascita: (string | null)
stato_nascita: (string | null)
residente: boolean
comune: (string | null)
stato_civile: (string | null)
protetto: boolean
}[]
/**
 * Tutto ciò che ne fu deciso / everything that was decided of it
 */
decisioni: {
decisione: number
esito: string
operatore: string
motivo: string
il: string
fino_al: (string | null)
annulla: (number | null)
}[]
}
LinkageReadRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Le due schede / the two entries
 */
schede: {
comune: string
id_soggetto: string
}[]
}
LinkageDecideAnswer: {
/**
 * Nullo: solo una prova / only tried
 */
decisione: (number | null)
effetti: {
persone_prima: {
persona: string
schede: {
comune: string
id_soggetto: string
}[]
}[]
persone_dopo: {
persona: string
schede: {
comune: string
id_soggetto: string
}[]
}[]
cambiamenti: {
scheda: {
comune: string
id_soggetto: string
}
persona_prima: (string | null)
persona_dopo: (string | null)
/**
 * Le parti della risposta che cambiano
 */
campi: string[]
}[]
segnalazioni_aperte: {
genere: string
codice: (string | null)
comune: string
altro_comune: string
giorno: string
messaggio: string
messaggio_en: string
}[]
segnalazioni_chiuse: {
genere: string
codice: (string | null)
comune: string
altro_comune: string
giorno: string
messaggio: string
messaggio_en: string
}[]
}
}
LinkageDecideRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Le due schede / the two entries
 */
schede: {
comune: string
id_soggetto: string
}[]
/**
 * same: stessa persona; different: due persone; later: rinviata
 */
esito: ("same" | "different" | "later")
motivo: string
/**
 * Di chi rinvia / of what is put off
 */
fino_al?: string
/**
 * Dire che cosa cambierebbe, e non cambiare nulla / a dry run
 */
prova?: boolean
}
LinkageUndoAnswer: {
/**
 * Nullo: solo una prova / only tried
 */
decisione: (number | null)
effetti: {
persone_prima: {
persona: string
schede: {
comune: string
id_soggetto: string
}[]
}[]
persone_dopo: {
persona: string
schede: {
comune: string
id_soggetto: string
}[]
}[]
cambiamenti: {
scheda: {
comune: string
id_soggetto: string
}
persona_prima: (string | null)
persona_dopo: (string | null)
/**
 * Le parti della risposta che cambiano
 */
campi: string[]
}[]
segnalazioni_aperte: {
genere: string
codice: (string | null)
comune: string
altro_comune: string
giorno: string
messaggio: string
messaggio_en: string
}[]
segnalazioni_chiuse: {
genere: string
codice: (string | null)
comune: string
altro_comune: string
giorno: string
messaggio: string
messaggio_en: string
}[]
}
}
LinkageUndoRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
decisione: number
motivo: string
prova?: boolean
}
PopulationCountAnswer: {
comune: (string | null)
al: string
noto_al: string
residenti: {
maschi: number
femmine: number
totale: number
stranieri: number
}
/**
 * Iscrizioni aperte meno persone / open registrations less people
 */
iscrizioni_doppie: number
famiglie: number
convivenze: number
per_eta: {
eta: number
maschi: number
femmine: number
totale: number
stranieri: number
}[]
per_comune: {
comune: string
maschi: number
femmine: number
totale: number
stranieri: number
famiglie: number
convivenze: number
}[]
}
PopulationCountRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * La provincia, se manca / the province where absent
 */
comune?: string
al?: string
noto_al?: string
}
BodyListAnswer: {
numero: number
enti: {
body_id: string
name: string
kind: ("gestore" | "comune" | "sanita" | "polizia" | "giustizia" | "scuola" | "sociale" | "statistica" | "coordinamento" | "altro")
comune: (string | null)
ended: boolean
}[]
}
BodyListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Da quale riga / from which row
 */
da?: number
limite?: number
ente?: string
}
BodyAddAnswer: {
body_id: string
name: string
kind: ("gestore" | "comune" | "sanita" | "polizia" | "giustizia" | "scuola" | "sociale" | "statistica" | "coordinamento" | "altro")
comune: (string | null)
ended: boolean
}
BodyAddRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
nome: string
tipo: ("gestore" | "comune" | "sanita" | "polizia" | "giustizia" | "scuola" | "sociale" | "statistica" | "coordinamento" | "altro")
/**
 * Codice ISTAT, di un comune e di esso solo / of a comune alone
 */
comune?: string
}
BodyEndAnswer: {
body_id: string
name: string
kind: ("gestore" | "comune" | "sanita" | "polizia" | "giustizia" | "scuola" | "sociale" | "statistica" | "coordinamento" | "altro")
comune: (string | null)
ended: boolean
}
BodyEndRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
ente: string
}
AgreementListAnswer: {
numero: number
convenzioni: {
agreement_id: string
body_id: string
legal_basis: string
delivers: (string | null)
every_days: (number | null)
services: string[]
profiles: string[]
purposes: string[]
network: string[]
certificate: boolean
valid_from: string
valid_to: (string | null)
/**
 * Vale oggi / holds today
 */
in_force: boolean
}[]
}
AgreementListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Da quale riga / from which row
 */
da?: number
limite?: number
ente?: string
}
AgreementMakeAnswer: {
agreement_id: string
body_id: string
legal_basis: string
delivers: (string | null)
every_days: (number | null)
services: string[]
profiles: string[]
purposes: string[]
network: string[]
certificate: boolean
valid_from: string
valid_to: (string | null)
/**
 * Vale oggi / holds today
 */
in_force: boolean
}
AgreementMakeRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
ente: string
/**
 * Base giuridica / legal basis
 */
base: string
/**
 * Che cosa consegna / what it delivers
 */
consegna?: string
/**
 * Ogni quanti giorni / every how many days
 */
ogni_giorni?: number
servizi: ("lookup" | "verification" | "supplies" | "reconciliation" | "communications" | "extracts" | "certificates" | "statistics" | "monitoring" | "access" | "audit" | "own")[]
profili: string[]
scopi: string[]
rete?: string[]
/**
 * Serve un certificato client / a client certificate is asked
 */
certificato?: boolean
/**
 * Primo giorno in cui non vale più / the first day on which it holds no more
 */
fino_al: string
dal?: string
}
AgreementChangeAnswer: {
agreement_id: string
body_id: string
legal_basis: string
delivers: (string | null)
every_days: (number | null)
services: string[]
profiles: string[]
purposes: string[]
network: string[]
certificate: boolean
valid_from: string
valid_to: (string | null)
/**
 * Vale oggi / holds today
 */
in_force: boolean
}
AgreementChangeRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
convenzione: string
/**
 * Base giuridica / legal basis
 */
base: string
/**
 * Che cosa consegna / what it delivers
 */
consegna?: string
/**
 * Ogni quanti giorni / every how many days
 */
ogni_giorni?: number
servizi: ("lookup" | "verification" | "supplies" | "reconciliation" | "communications" | "extracts" | "certificates" | "statistics" | "monitoring" | "access" | "audit" | "own")[]
profili: string[]
scopi: string[]
rete?: string[]
/**
 * Serve un certificato client / a client certificate is asked
 */
certificato?: boolean
/**
 * Primo giorno in cui non vale più / the first day on which it holds no more
 */
fino_al: string
}
AgreementEndAnswer: {
agreement_id: string
body_id: string
legal_basis: string
delivers: (string | null)
every_days: (number | null)
services: string[]
profiles: string[]
purposes: string[]
network: string[]
certificate: boolean
valid_from: string
valid_to: (string | null)
/**
 * Vale oggi / holds today
 */
in_force: boolean
}
AgreementEndRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
convenzione: string
/**
 * Oggi, se manca / today where absent
 */
dal?: string
}
ClientListAnswer: {
numero: number
sistemi: {
client_id: string
body_id: string
name: string
state: ("active" | "suspended" | "ended")
reason: (string | null)
}[]
}
ClientListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Da quale riga / from which row
 */
da?: number
limite?: number
ente?: string
}
ClientAddAnswer: {
client_id: string
body_id: string
name: string
state: ("active" | "suspended" | "ended")
reason: (string | null)
}
ClientAddRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
ente: string
nome: string
}
ClientStepAnswer: {
client_id: string
body_id: string
name: string
state: ("active" | "suspended" | "ended")
reason: (string | null)
}
ClientStepRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
sistema: string
passo: ("sospendi" | "riattiva" | "cessa")
motivo: string
}
ClientKeysPutAnswer: {
sistema: string
piattaforma: string
chiavi: number
}
ClientKeysPutRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
sistema: string
/**
 * clientId sulla PDND / on the platform
 */
piattaforma: string
/**
 * Chiavi pubbliche RSA (JWK), mai private / public keys
 */
chiavi: {
kty: "RSA"
kid: string
n: string
e: string
alg?: "RS256"
use?: "sig"
}[]
/**
 * purposeId della PDND → scopo / of the platform → purpose
 */
finalita: {
[k: string]: string
}
/**
 * SHA-256 del certificato client / of the client certificate
 */
certificato?: string
}
UserListAnswer: {
numero: number
utenti: {
user_id: string
body_id: string
surname: string
given_name: string
office: (string | null)
account: ("ordinary" | "administration")
state: ("invited" | "active" | "suspended" | "ended")
reason: (string | null)
ultimo_uso: (string | null)
profili: {
holder_id: string
profile_id: string
comuni: string[]
reviewed_on: string
}[]
}[]
}
UserListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Da quale riga / from which row
 */
da?: number
limite?: number
ente?: string
stato?: ("invited" | "active" | "suspended" | "ended")
}
UserInviteAnswer: {
utente: string
/**
 * Da consegnare a mano, vale una volta / to be handed over, once
 */
invito: string
scade: string
}
UserInviteRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
ente: string
cognome: string
nome: string
codice_fiscale: string
ufficio?: string
accesso?: ("ordinario" | "amministrazione")
}
UserStopAnswer: {
utente: string
stato: ("invited" | "active" | "suspended" | "ended")
}
UserStopRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
utente: string
passo: ("sospendi" | "cessa")
motivo: string
}
UserInviteAgainAnswer: {
utente: string
/**
 * Da consegnare a mano, vale una volta / to be handed over, once
 */
invito: string
scade: string
}
UserInviteAgainRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
utente: string
/**
 * Dopo una sospensione, o per chi ha perso le chiavi
 */
passo: ("riattiva" | "reinvita")
}
UserHistoryAnswer: {
storia: {
state: ("invited" | "active" | "suspended" | "ended")
body_id: string
office: (string | null)
reason: (string | null)
recorded_from: string
recorded_to: string
changed_by: string
}[]
}
UserHistoryRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
utente: string
}
GrantGiveAnswer: {
holder_id: string
profile_id: string
comuni: string[]
reviewed_on: string
}
GrantGiveRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Utente o sistema / user or system
 */
accesso: string
profilo: string
comuni?: string[]
}
GrantReviewAnswer: {
holder_id: string
profile_id: string
comuni: string[]
reviewed_on: string
}
GrantReviewRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
accesso: string
profilo: string
}
GrantRevokeAnswer: {
fatto: true
}
GrantRevokeRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
accesso: string
profilo: string
}
ReviewListAnswer: {
scadenze: {
kind: ("review-due" | "review-past" | "unused-soon" | "unused" | "agreement-ending" | "no-profile")
id: string
body: string
profile: (string | null)
on: (string | null)
}[]
numero: number
}
ReviewListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Da quale riga / from which row
 */
da?: number
limite?: number
}
ProfileListAnswer: {
numero: number
profili: {
profilo: string
it: string
en: string
accesso: ("ordinary" | "administration")
territorio: ("own" | "listed" | "province" | "self")
operazioni: {
operazione: string
servizio: string
va_detto: ("nothing" | "purpose" | "purpose-and-file")
vede_persone: boolean
territoriale: boolean
}[]
campi: ("names" | "sex" | "birth" | "codiceFiscale" | "residence" | "address" | "protectedAddress" | "household" | "relations" | "civilStatus" | "citizenship" | "documents" | "permits" | "declarations" | "death" | "history" | "sealed")[]
campi_negati: ("names" | "sex" | "birth" | "codiceFiscale" | "residence" | "address" | "protectedAddress" | "household" | "relations" | "civilStatus" | "citizenship" | "documents" | "permits" | "declarations" | "death" | "history" | "sealed")[]
scopi: string[]
}[]
scopi: {
scopo: string
it: string
en: string
base_giuridica: string
/**
 * Si dice all’interessato / the person may be told (31)
 */
comunicabile: boolean
}[]
}
ProfileListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Uno solo / one alone
 */
profilo?: string
}
QuotaListAnswer: {
quote: {
di: string
al_giorno: number
}[]
}
QuotaListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
}
QuotaPutAnswer: {
quote: {
di: string
al_giorno: number
}[]
}
QuotaPutRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * user e body: di chi non ne ha una propria; o il numero di un utente, di un sistema, di un ente
 */
di: string
al_giorno: number
}
ProcessingListAnswer: {
trattamenti: {
activity_id: string
name: string
/**
 * (a) titolare e responsabile / controller and processor
 */
controller: string
/**
 * (b) finalità / purposes
 */
purposes: string
legal_basis: string
/**
 * (c) categorie di interessati / categories of data subjects
 */
persons: string
/**
 * (c) categorie di dati / categories of data
 */
data: string
/**
 * (d) destinatari / recipients
 */
recipients: string
/**
 * (e) paesi terzi / third countries
 */
transfers: string
/**
 * (f) termini / time limits
 */
retention: string
/**
 * (g) misure / measures
 */
measures: string
ended: boolean
}[]
}
ProcessingListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
}
ProcessingExportAnswer: string
ProcessingExportRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
}
ProcessingPutAnswer: {
trattamenti: {
activity_id: string
name: string
/**
 * (a) titolare e responsabile / controller and processor
 */
controller: string
/**
 * (b) finalità / purposes
 */
purposes: string
legal_basis: string
/**
 * (c) categorie di interessati / categories of data subjects
 */
persons: string
/**
 * (c) categorie di dati / categories of data
 */
data: string
/**
 * (d) destinatari / recipients
 */
recipients: string
/**
 * (e) paesi terzi / third countries
 */
transfers: string
/**
 * (f) termini / time limits
 */
retention: string
/**
 * (g) misure / measures
 */
measures: string
ended: boolean
}[]
}
ProcessingPutRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
trattamento: {
activity_id: string
name: string
/**
 * (a) titolare e responsabile / controller and processor
 */
controller: string
/**
 * (b) finalità / purposes
 */
purposes: string
legal_basis: string
/**
 * (c) categorie di interessati / categories of data subjects
 */
persons: string
/**
 * (c) categorie di dati / categories of data
 */
data: string
/**
 * (d) destinatari / recipients
 */
recipients: string
/**
 * (e) paesi terzi / third countries
 */
transfers: string
/**
 * (f) termini / time limits
 */
retention: string
/**
 * (g) misure / measures
 */
measures: string
ended: boolean
}
}
BreachListAnswer: {
violazioni: {
violazione: string
nota_dal: string
fatto: string
persone: (number | null)
dati: string
conseguenze: string
misure: string
stato: ("open" | "notified" | "unlikely-risk")
termine: ("running" | "overdue" | "in-time" | "late" | "not-due")
scade: string
ore_rimaste: (number | null)
chiusa: (string | null)
motivo: (string | null)
}[]
}
BreachListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
}
BreachOpenAnswer: {
violazione: string
nota_dal: string
fatto: string
persone: (number | null)
dati: string
conseguenze: string
misure: string
stato: ("open" | "notified" | "unlikely-risk")
termine: ("running" | "overdue" | "in-time" | "late" | "not-due")
scade: string
ore_rimaste: (number | null)
chiusa: (string | null)
motivo: (string | null)
}
BreachOpenRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Da quando se ne è a conoscenza / since when one is aware
 */
nota_dal: string
fatto: string
persone: (number | null)
dati: string
conseguenze: string
misure: string
}
BreachCloseAnswer: {
violazione: string
nota_dal: string
fatto: string
persone: (number | null)
dati: string
conseguenze: string
misure: string
stato: ("open" | "notified" | "unlikely-risk")
termine: ("running" | "overdue" | "in-time" | "late" | "not-due")
scade: string
ore_rimaste: (number | null)
chiusa: (string | null)
motivo: (string | null)
}
BreachCloseRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
violazione: string
come: ("notified" | "unlikely-risk")
/**
 * Del ritardo, o perché il rischio è improbabile / of the delay, or why a risk is unlikely
 */
motivo?: string
}
RetentionListAnswer: {
regole: {
regola: ("drafts" | "uploads" | "verification-batches" | "used-tokens" | "sign-in-failures" | "sessions" | "pending-steps" | "invitations" | "recoveries" | "quota-uses" | "audit-verifications")
it: string
en: string
giorni: number
/**
 * Base giuridica / source of law
 */
norma: string
attiva: boolean
}[]
storia: {
regola: ("drafts" | "uploads" | "verification-batches" | "used-tokens" | "sign-in-failures" | "sessions" | "pending-steps" | "invitations" | "recoveries" | "quota-uses" | "audit-verifications")
giorni: number
norma: string
attiva: boolean
dal: string
al: string
di: string
}[]
}
RetentionListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
}
RetentionPutAnswer: {
regola: ("drafts" | "uploads" | "verification-batches" | "used-tokens" | "sign-in-failures" | "sessions" | "pending-steps" | "invitations" | "recoveries" | "quota-uses" | "audit-verifications")
it: string
en: string
giorni: number
/**
 * Base giuridica / source of law
 */
norma: string
attiva: boolean
}
RetentionPutRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
regola: ("drafts" | "uploads" | "verification-batches" | "used-tokens" | "sign-in-failures" | "sessions" | "pending-steps" | "invitations" | "recoveries" | "quota-uses" | "audit-verifications")
/**
 * Quelli di prima, se manca / those that were, where absent
 */
giorni?: number
norma?: string
attiva?: boolean
}
AuditSearchAnswer: {
foglie: {
index: number
at: string
user: (string | null)
client: (string | null)
body: (string | null)
from: string
operation: string
kind: ("listed" | "consulted" | "verified" | "counted" | "delivered" | "written" | "administered")
purpose: (string | null)
file: (string | null)
fields: string[]
count: number
/**
 * Quante ne nomina / how many it names
 */
persone: number
outcome: ("answered" | "refused" | "failed")
reason: (string | null)
}[]
}
AuditSearchRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Istante, compreso / instant, included
 */
dal?: string
/**
 * Istante, escluso / instant, excluded
 */
fino_al?: string
persona?: string
utente?: string
ente?: string
operazione?: string
esito?: ("answered" | "refused" | "failed")
limite?: number
}
AuditAlertsAnswer: {
dal: string
fino_al: string
foglie: number
avvisi: {
rule: string
kind: string
user: (string | null)
subject: (string | null)
foglie: number[]
numero: number
}[]
}
AuditAlertsRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Istante, compreso / instant, included
 */
dal?: string
/**
 * Istante, escluso / instant, excluded
 */
fino_al?: string
}
AlertRuleListAnswer: {
regole: {
rule_id: string
kind: string
parameters: unknown
active: boolean
}[]
}
AlertRuleListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
}
AlertRulePutAnswer: {
regole: {
rule_id: string
kind: string
parameters: unknown
active: boolean
}[]
}
AlertRulePutRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
regola: string
genere: string
parametri: {
[k: string]: unknown
}
attiva: boolean
}
AuditProveAnswer: {
foglia: number
/**
 * I byte di cui si è fatta l’impronta / the bytes that were hashed
 */
contenuto: string
hash: string
dimensione: number
radice: string
prova: string[]
valida: boolean
}
AuditProveRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
foglia: number
dimensione?: number
}
AuditConsistencyAnswer: {
prima: {
foglie: number
radice: string
}
dopo: {
foglie: number
radice: string
}
prova: string[]
valida: boolean
}
AuditConsistencyRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
prima: number
dopo?: number
}
AuditVerifyAnswer: {
verifica: string
chiesta_da: string
cominciata: string
stato: ("in_corso" | "conclusa" | "interrotta")
lette: number
totale: number
esito: ({
integro: boolean
foglie: number
radice: string
/**
 * Coperte da un checkpoint / covered by a checkpoint
 */
firmate: number
checkpoint: number
sigilli: boolean
guasti: {
genere: string
da: number
a: number
}[]
note_inutilizzabili: {
da: string
genere: string
}[]
} | null)
}
AuditVerifyRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
}
AuditVerifyReadAnswer: {
verifiche: {
verifica: string
chiesta_da: string
cominciata: string
stato: ("in_corso" | "conclusa" | "interrotta")
lette: number
totale: number
esito: ({
integro: boolean
foglie: number
radice: string
/**
 * Coperte da un checkpoint / covered by a checkpoint
 */
firmate: number
checkpoint: number
sigilli: boolean
guasti: {
genere: string
da: number
a: number
}[]
note_inutilizzabili: {
da: string
genere: string
}[]
} | null)
}[]
}
AuditVerifyReadRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
verifica?: string
}
AuditCheckpointAnswer: {
checkpoint: string
}
AuditCheckpointRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
}
AuditCheckpointListAnswer: {
origine: string
/**
 * Chiavi pubbliche, forma C2SP / public keys
 */
chiavi: string[]
checkpoint: {
foglie: number
il: string
nota: string
}[]
}
AuditCheckpointListRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
da?: number
}
AuditCheckpointCompareAnswer: {
/**
 * same: l’audit di adesso comincia con quello della nota / begins with that of the note
 */
esito: ("same" | "rewritten" | "cut" | "malformed" | "unknown-key" | "forged" | "other-log")
foglie: (number | null)
adesso: (number | null)
prova: string[]
}
AuditCheckpointCompareRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * La nota tenuta da parte / the note that was kept
 */
nota: string
}
AuditAdministratorsAnswer: {
dal: string
fino_al: string
amministratori: {
id: string
nome: (string | null)
stato: (("invited" | "active" | "suspended" | "ended") | null)
ultimo_uso: (string | null)
profili: {
profilo: string
rivisto_il: string
}[]
atti: {
operazione: string
riusciti: number
rifiutati: number
primo: string
ultimo: string
indirizzi: number
}[]
domande: ("review-due" | "unused" | "no-profile" | "suspended" | "no-account")[]
}[]
}
AuditAdministratorsRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Istante, compreso / instant, included
 */
dal?: string
/**
 * Istante, escluso / instant, excluded
 */
fino_al?: string
}
OwnAccessesAnswer: {
accessi: {
quando: string
ente: (string | null)
operazione: string
genere: ("listed" | "consulted" | "verified" | "counted" | "delivered" | "written" | "administered")
scopo: string
norma: string
campi: string[]
}[]
}
OwnAccessesRequest: {
/**
 * Scopo, tra quelli della convenzione / purpose, of those agreed
 */
scopo?: string
/**
 * Numero di pratica / file number
 */
pratica?: string
/**
 * Istante, compreso / instant, included
 */
dal?: string
/**
 * Istante, escluso / instant, excluded
 */
fino_al?: string
}
}

export interface Operations {
  readonly getStatus: { readonly request: undefined; readonly answer: Schemas['GetStatusAnswer'] };
  readonly getHealth: { readonly request: undefined; readonly answer: Schemas['GetHealthAnswer'] };
  readonly getReadiness: { readonly request: undefined; readonly answer: Schemas['GetReadinessAnswer'] };
  readonly codeTablesRead: { readonly request: undefined; readonly answer: Schemas['CodeTablesReadAnswer'] };
  readonly comuniNames: { readonly request: Schemas['ComuniNamesRequest']; readonly answer: Schemas['ComuniNamesAnswer'] };
  readonly sessionOpen: { readonly request: Schemas['SessionOpenRequest']; readonly answer: Schemas['SessionOpenAnswer'] };
  readonly sessionRead: { readonly request: Schemas['SessionReadRequest']; readonly answer: Schemas['SessionReadAnswer'] };
  readonly sessionClose: { readonly request: Schemas['SessionCloseRequest']; readonly answer: Schemas['SessionCloseAnswer'] };
  readonly secondFactorBegin: { readonly request: Schemas['SecondFactorBeginRequest']; readonly answer: Schemas['SecondFactorBeginAnswer'] };
  readonly secondFactorConfirm: { readonly request: Schemas['SecondFactorConfirmRequest']; readonly answer: Schemas['SecondFactorConfirmAnswer'] };
  readonly sessionResume: { readonly request: Schemas['SessionResumeRequest']; readonly answer: Schemas['SessionResumeAnswer'] };
  readonly draftWrite: { readonly request: Schemas['DraftWriteRequest']; readonly answer: Schemas['DraftWriteAnswer'] };
  readonly draftRead: { readonly request: Schemas['DraftReadRequest']; readonly answer: Schemas['DraftReadAnswer'] };
  readonly invitationBegin: { readonly request: Schemas['InvitationBeginRequest']; readonly answer: Schemas['InvitationBeginAnswer'] };
  readonly invitationAccept: { readonly request: Schemas['InvitationAcceptRequest']; readonly answer: Schemas['InvitationAcceptAnswer'] };
  readonly passwordChange: { readonly request: Schemas['PasswordChangeRequest']; readonly answer: Schemas['PasswordChangeAnswer'] };
  readonly passkeyAsk: { readonly request: Schemas['PasskeyAskRequest']; readonly answer: Schemas['PasskeyAskAnswer'] };
  readonly sessionOpenByPasskey: { readonly request: Schemas['SessionOpenByPasskeyRequest']; readonly answer: Schemas['SessionOpenByPasskeyAnswer'] };
  readonly passkeyBegin: { readonly request: Schemas['PasskeyBeginRequest']; readonly answer: Schemas['PasskeyBeginAnswer'] };
  readonly passkeyConfirm: { readonly request: Schemas['PasskeyConfirmRequest']; readonly answer: Schemas['PasskeyConfirmAnswer'] };
  readonly passkeyList: { readonly request: Schemas['PasskeyListRequest']; readonly answer: Schemas['PasskeyListAnswer'] };
  readonly passkeyRename: { readonly request: Schemas['PasskeyRenameRequest']; readonly answer: Schemas['PasskeyRenameAnswer'] };
  readonly passkeyRemove: { readonly request: Schemas['PasskeyRemoveRequest']; readonly answer: Schemas['PasskeyRemoveAnswer'] };
  readonly sessionWays: { readonly request: undefined; readonly answer: Schemas['SessionWaysAnswer'] };
  readonly sessionOpenByCertificate: { readonly request: Schemas['SessionOpenByCertificateRequest']; readonly answer: Schemas['SessionOpenByCertificateAnswer'] };
  readonly oidcBegin: { readonly request: Schemas['OidcBeginRequest']; readonly answer: Schemas['OidcBeginAnswer'] };
  readonly sessionOpenByOidc: { readonly request: Schemas['SessionOpenByOidcRequest']; readonly answer: Schemas['SessionOpenByOidcAnswer'] };
  readonly recoveryAsk: { readonly request: Schemas['RecoveryAskRequest']; readonly answer: Schemas['RecoveryAskAnswer'] };
  readonly recoveryList: { readonly request: Schemas['RecoveryListRequest']; readonly answer: Schemas['RecoveryListAnswer'] };
  readonly recoveryApprove: { readonly request: Schemas['RecoveryApproveRequest']; readonly answer: Schemas['RecoveryApproveAnswer'] };
  readonly recoveryRefuse: { readonly request: Schemas['RecoveryRefuseRequest']; readonly answer: Schemas['RecoveryRefuseAnswer'] };
  readonly keyList: { readonly request: Schemas['KeyListRequest']; readonly answer: Schemas['KeyListAnswer'] };
  readonly keyBind: { readonly request: Schemas['KeyBindRequest']; readonly answer: Schemas['KeyBindAnswer'] };
  readonly keyRevoke: { readonly request: Schemas['KeyRevokeRequest']; readonly answer: Schemas['KeyRevokeAnswer'] };
  readonly personSearch: { readonly request: Schemas['PersonSearchRequest']; readonly answer: Schemas['PersonSearchAnswer'] };
  readonly personRead: { readonly request: Schemas['PersonReadRequest']; readonly answer: Schemas['PersonReadAnswer'] };
  readonly ownPerson: { readonly request: Schemas['OwnPersonRequest']; readonly answer: Schemas['OwnPersonAnswer'] };
  readonly familyRead: { readonly request: Schemas['FamilyReadRequest']; readonly answer: Schemas['FamilyReadAnswer'] };
  readonly relationsRead: { readonly request: Schemas['RelationsReadRequest']; readonly answer: Schemas['RelationsReadAnswer'] };
  readonly residenceRead: { readonly request: Schemas['ResidenceReadRequest']; readonly answer: Schemas['ResidenceReadAnswer'] };
  readonly historyRead: { readonly request: Schemas['HistoryReadRequest']; readonly answer: Schemas['HistoryReadAnswer'] };
  readonly addressRead: { readonly request: Schemas['AddressReadRequest']; readonly answer: Schemas['AddressReadAnswer'] };
  readonly movementsRead: { readonly request: Schemas['MovementsReadRequest']; readonly answer: Schemas['MovementsReadAnswer'] };
  readonly verify: { readonly request: Schemas['VerifyRequest']; readonly answer: Schemas['VerifyAnswer'] };
  readonly verifyBatch: { readonly request: Schemas['VerifyBatchRequest']; readonly answer: Schemas['VerifyBatchAnswer'] };
  readonly verifyBatchRead: { readonly request: Schemas['VerifyBatchReadRequest']; readonly answer: Schemas['VerifyBatchReadAnswer'] };
  readonly verifyBatchList: { readonly request: Schemas['VerifyBatchListRequest']; readonly answer: Schemas['VerifyBatchListAnswer'] };
  readonly verifyBatchResults: { readonly request: Schemas['VerifyBatchResultsRequest']; readonly answer: Blob };
  readonly verifyBatchCancel: { readonly request: Schemas['VerifyBatchCancelRequest']; readonly answer: Schemas['VerifyBatchCancelAnswer'] };
  readonly anprC003: { readonly request: Schemas['AnprC003Request']; readonly answer: Schemas['AnprC003Answer'] };
  readonly anprC004: { readonly request: Schemas['AnprC004Request']; readonly answer: Schemas['AnprC004Answer'] };
  readonly anprC005: { readonly request: Schemas['AnprC005Request']; readonly answer: Schemas['AnprC005Answer'] };
  readonly anprC006: { readonly request: Schemas['AnprC006Request']; readonly answer: Schemas['AnprC006Answer'] };
  readonly anprC007: { readonly request: Schemas['AnprC007Request']; readonly answer: Schemas['AnprC007Answer'] };
  readonly anprC008: { readonly request: Schemas['AnprC008Request']; readonly answer: Schemas['AnprC008Answer'] };
  readonly anprC009: { readonly request: Schemas['AnprC009Request']; readonly answer: Schemas['AnprC009Answer'] };
  readonly anprC010: { readonly request: Schemas['AnprC010Request']; readonly answer: Schemas['AnprC010Answer'] };
  readonly anprC011: { readonly request: Schemas['AnprC011Request']; readonly answer: Schemas['AnprC011Answer'] };
  readonly anprC012: { readonly request: Schemas['AnprC012Request']; readonly answer: Schemas['AnprC012Answer'] };
  readonly anprC013: { readonly request: Schemas['AnprC013Request']; readonly answer: Schemas['AnprC013Answer'] };
  readonly anprC014: { readonly request: Schemas['AnprC014Request']; readonly answer: Schemas['AnprC014Answer'] };
  readonly receiptCheck: { readonly request: Schemas['ReceiptCheckRequest']; readonly answer: Schemas['ReceiptCheckAnswer'] };
  readonly receiptPdf: { readonly request: Schemas['ReceiptPdfRequest']; readonly answer: Blob };
  readonly receiptKeys: { readonly request: undefined; readonly answer: Schemas['ReceiptKeysAnswer'] };
  readonly uploadCreate: { readonly request: Schemas['UploadCreateRequest']; readonly answer: Schemas['UploadCreateAnswer'] };
  readonly uploadPiece: { readonly request: undefined; readonly answer: Schemas['UploadPieceAnswer'] };
  readonly uploadComplete: { readonly request: Schemas['UploadCompleteRequest']; readonly answer: Schemas['UploadCompleteAnswer'] };
  readonly uploadRead: { readonly request: Schemas['UploadReadRequest']; readonly answer: Schemas['UploadReadAnswer'] };
  readonly uploadList: { readonly request: Schemas['UploadListRequest']; readonly answer: Schemas['UploadListAnswer'] };
  readonly uploadAbandon: { readonly request: Schemas['UploadAbandonRequest']; readonly answer: Schemas['UploadAbandonAnswer'] };
  readonly supplyList: { readonly request: Schemas['SupplyListRequest']; readonly answer: Schemas['SupplyListAnswer'] };
  readonly supplyOutcome: { readonly request: Schemas['SupplyOutcomeRequest']; readonly answer: Schemas['SupplyOutcomeAnswer'] };
  readonly findingsList: { readonly request: Schemas['FindingsListRequest']; readonly answer: Schemas['FindingsListAnswer'] };
  readonly findingsSummary: { readonly request: Schemas['FindingsSummaryRequest']; readonly answer: Schemas['FindingsSummaryAnswer'] };
  readonly findingsDownload: { readonly request: Schemas['FindingsDownloadRequest']; readonly answer: Blob };
  readonly reconciliationList: { readonly request: Schemas['ReconciliationListRequest']; readonly answer: Schemas['ReconciliationListAnswer'] };
  readonly reconciliationCount: { readonly request: Schemas['ReconciliationCountRequest']; readonly answer: Schemas['ReconciliationCountAnswer'] };
  readonly linkageQueue: { readonly request: Schemas['LinkageQueueRequest']; readonly answer: Schemas['LinkageQueueAnswer'] };
  readonly linkageRead: { readonly request: Schemas['LinkageReadRequest']; readonly answer: Schemas['LinkageReadAnswer'] };
  readonly linkageDecide: { readonly request: Schemas['LinkageDecideRequest']; readonly answer: Schemas['LinkageDecideAnswer'] };
  readonly linkageUndo: { readonly request: Schemas['LinkageUndoRequest']; readonly answer: Schemas['LinkageUndoAnswer'] };
  readonly populationCount: { readonly request: Schemas['PopulationCountRequest']; readonly answer: Schemas['PopulationCountAnswer'] };
  readonly bodyList: { readonly request: Schemas['BodyListRequest']; readonly answer: Schemas['BodyListAnswer'] };
  readonly bodyAdd: { readonly request: Schemas['BodyAddRequest']; readonly answer: Schemas['BodyAddAnswer'] };
  readonly bodyEnd: { readonly request: Schemas['BodyEndRequest']; readonly answer: Schemas['BodyEndAnswer'] };
  readonly agreementList: { readonly request: Schemas['AgreementListRequest']; readonly answer: Schemas['AgreementListAnswer'] };
  readonly agreementMake: { readonly request: Schemas['AgreementMakeRequest']; readonly answer: Schemas['AgreementMakeAnswer'] };
  readonly agreementChange: { readonly request: Schemas['AgreementChangeRequest']; readonly answer: Schemas['AgreementChangeAnswer'] };
  readonly agreementEnd: { readonly request: Schemas['AgreementEndRequest']; readonly answer: Schemas['AgreementEndAnswer'] };
  readonly clientList: { readonly request: Schemas['ClientListRequest']; readonly answer: Schemas['ClientListAnswer'] };
  readonly clientAdd: { readonly request: Schemas['ClientAddRequest']; readonly answer: Schemas['ClientAddAnswer'] };
  readonly clientStep: { readonly request: Schemas['ClientStepRequest']; readonly answer: Schemas['ClientStepAnswer'] };
  readonly clientKeysPut: { readonly request: Schemas['ClientKeysPutRequest']; readonly answer: Schemas['ClientKeysPutAnswer'] };
  readonly userList: { readonly request: Schemas['UserListRequest']; readonly answer: Schemas['UserListAnswer'] };
  readonly userInvite: { readonly request: Schemas['UserInviteRequest']; readonly answer: Schemas['UserInviteAnswer'] };
  readonly userStop: { readonly request: Schemas['UserStopRequest']; readonly answer: Schemas['UserStopAnswer'] };
  readonly userInviteAgain: { readonly request: Schemas['UserInviteAgainRequest']; readonly answer: Schemas['UserInviteAgainAnswer'] };
  readonly userHistory: { readonly request: Schemas['UserHistoryRequest']; readonly answer: Schemas['UserHistoryAnswer'] };
  readonly grantGive: { readonly request: Schemas['GrantGiveRequest']; readonly answer: Schemas['GrantGiveAnswer'] };
  readonly grantReview: { readonly request: Schemas['GrantReviewRequest']; readonly answer: Schemas['GrantReviewAnswer'] };
  readonly grantRevoke: { readonly request: Schemas['GrantRevokeRequest']; readonly answer: Schemas['GrantRevokeAnswer'] };
  readonly reviewList: { readonly request: Schemas['ReviewListRequest']; readonly answer: Schemas['ReviewListAnswer'] };
  readonly profileList: { readonly request: Schemas['ProfileListRequest']; readonly answer: Schemas['ProfileListAnswer'] };
  readonly quotaList: { readonly request: Schemas['QuotaListRequest']; readonly answer: Schemas['QuotaListAnswer'] };
  readonly quotaPut: { readonly request: Schemas['QuotaPutRequest']; readonly answer: Schemas['QuotaPutAnswer'] };
  readonly processingList: { readonly request: Schemas['ProcessingListRequest']; readonly answer: Schemas['ProcessingListAnswer'] };
  readonly processingExport: { readonly request: Schemas['ProcessingExportRequest']; readonly answer: Blob };
  readonly processingPut: { readonly request: Schemas['ProcessingPutRequest']; readonly answer: Schemas['ProcessingPutAnswer'] };
  readonly breachList: { readonly request: Schemas['BreachListRequest']; readonly answer: Schemas['BreachListAnswer'] };
  readonly breachOpen: { readonly request: Schemas['BreachOpenRequest']; readonly answer: Schemas['BreachOpenAnswer'] };
  readonly breachClose: { readonly request: Schemas['BreachCloseRequest']; readonly answer: Schemas['BreachCloseAnswer'] };
  readonly retentionList: { readonly request: Schemas['RetentionListRequest']; readonly answer: Schemas['RetentionListAnswer'] };
  readonly retentionPut: { readonly request: Schemas['RetentionPutRequest']; readonly answer: Schemas['RetentionPutAnswer'] };
  readonly auditSearch: { readonly request: Schemas['AuditSearchRequest']; readonly answer: Schemas['AuditSearchAnswer'] };
  readonly auditAlerts: { readonly request: Schemas['AuditAlertsRequest']; readonly answer: Schemas['AuditAlertsAnswer'] };
  readonly alertRuleList: { readonly request: Schemas['AlertRuleListRequest']; readonly answer: Schemas['AlertRuleListAnswer'] };
  readonly alertRulePut: { readonly request: Schemas['AlertRulePutRequest']; readonly answer: Schemas['AlertRulePutAnswer'] };
  readonly auditProve: { readonly request: Schemas['AuditProveRequest']; readonly answer: Schemas['AuditProveAnswer'] };
  readonly auditConsistency: { readonly request: Schemas['AuditConsistencyRequest']; readonly answer: Schemas['AuditConsistencyAnswer'] };
  readonly auditVerify: { readonly request: Schemas['AuditVerifyRequest']; readonly answer: Schemas['AuditVerifyAnswer'] };
  readonly auditVerifyRead: { readonly request: Schemas['AuditVerifyReadRequest']; readonly answer: Schemas['AuditVerifyReadAnswer'] };
  readonly auditCheckpoint: { readonly request: Schemas['AuditCheckpointRequest']; readonly answer: Schemas['AuditCheckpointAnswer'] };
  readonly auditCheckpointList: { readonly request: Schemas['AuditCheckpointListRequest']; readonly answer: Schemas['AuditCheckpointListAnswer'] };
  readonly auditCheckpointCompare: { readonly request: Schemas['AuditCheckpointCompareRequest']; readonly answer: Schemas['AuditCheckpointCompareAnswer'] };
  readonly auditAdministrators: { readonly request: Schemas['AuditAdministratorsRequest']; readonly answer: Schemas['AuditAdministratorsAnswer'] };
  readonly ownAccesses: { readonly request: Schemas['OwnAccessesRequest']; readonly answer: Schemas['OwnAccessesAnswer'] };
}

export const OPERATIONS = {
  getStatus: { method: 'GET', path: '/status' },
  getHealth: { method: 'GET', path: '/health' },
  getReadiness: { method: 'GET', path: '/ready' },
  codeTablesRead: { method: 'GET', path: '/v1/code-tables' },
  comuniNames: { method: 'POST', path: '/v1/comuni/names' },
  sessionOpen: { method: 'POST', path: '/v1/sessions/open' },
  sessionRead: { method: 'POST', path: '/v1/sessions/read' },
  sessionClose: { method: 'POST', path: '/v1/sessions/close' },
  secondFactorBegin: { method: 'POST', path: '/v1/second-factors/begin' },
  secondFactorConfirm: { method: 'POST', path: '/v1/second-factors/confirm' },
  sessionResume: { method: 'POST', path: '/v1/sessions/resume' },
  draftWrite: { method: 'POST', path: '/v1/drafts/write' },
  draftRead: { method: 'POST', path: '/v1/drafts/read' },
  invitationBegin: { method: 'POST', path: '/v1/invitations/begin' },
  invitationAccept: { method: 'POST', path: '/v1/invitations/accept' },
  passwordChange: { method: 'POST', path: '/v1/passwords/change' },
  passkeyAsk: { method: 'POST', path: '/v1/passkeys/ask' },
  sessionOpenByPasskey: { method: 'POST', path: '/v1/sessions/open-by-passkey' },
  passkeyBegin: { method: 'POST', path: '/v1/passkeys/begin' },
  passkeyConfirm: { method: 'POST', path: '/v1/passkeys/confirm' },
  passkeyList: { method: 'POST', path: '/v1/passkeys/list' },
  passkeyRename: { method: 'POST', path: '/v1/passkeys/rename' },
  passkeyRemove: { method: 'POST', path: '/v1/passkeys/remove' },
  sessionWays: { method: 'GET', path: '/v1/sessions/ways' },
  sessionOpenByCertificate: { method: 'POST', path: '/v1/sessions/open-by-certificate' },
  oidcBegin: { method: 'POST', path: '/v1/oidc/begin' },
  sessionOpenByOidc: { method: 'POST', path: '/v1/sessions/open-by-oidc' },
  recoveryAsk: { method: 'POST', path: '/v1/recoveries/ask' },
  recoveryList: { method: 'POST', path: '/v1/recoveries/list' },
  recoveryApprove: { method: 'POST', path: '/v1/recoveries/approve' },
  recoveryRefuse: { method: 'POST', path: '/v1/recoveries/refuse' },
  keyList: { method: 'POST', path: '/v1/keys/list' },
  keyBind: { method: 'POST', path: '/v1/keys/bind' },
  keyRevoke: { method: 'POST', path: '/v1/keys/revoke' },
  personSearch: { method: 'POST', path: '/v1/persons/search' },
  personRead: { method: 'POST', path: '/v1/persons/read' },
  ownPerson: { method: 'POST', path: '/v1/own/person' },
  familyRead: { method: 'POST', path: '/v1/families/read' },
  relationsRead: { method: 'POST', path: '/v1/relations/read' },
  residenceRead: { method: 'POST', path: '/v1/residences/read' },
  historyRead: { method: 'POST', path: '/v1/histories/read' },
  addressRead: { method: 'POST', path: '/v1/addresses/read' },
  movementsRead: { method: 'POST', path: '/v1/movements/read' },
  verify: { method: 'POST', path: '/v1/verifications' },
  verifyBatch: { method: 'POST', path: '/v1/verification-batches/open' },
  verifyBatchRead: { method: 'POST', path: '/v1/verification-batches/read' },
  verifyBatchList: { method: 'POST', path: '/v1/verification-batches/list' },
  verifyBatchResults: { method: 'POST', path: '/v1/verification-batches/results' },
  verifyBatchCancel: { method: 'POST', path: '/v1/verification-batches/cancel' },
  anprC003: { method: 'POST', path: '/v1/anpr/c003-generalita' },
  anprC004: { method: 'POST', path: '/v1/anpr/c004-decesso' },
  anprC005: { method: 'POST', path: '/v1/anpr/c005-matrimonio' },
  anprC006: { method: 'POST', path: '/v1/anpr/c006-cittadinanza' },
  anprC007: { method: 'POST', path: '/v1/anpr/c007-esistenza-in-vita' },
  anprC008: { method: 'POST', path: '/v1/anpr/c008-residenza' },
  anprC009: { method: 'POST', path: '/v1/anpr/c009-stato-di-famiglia' },
  anprC010: { method: 'POST', path: '/v1/anpr/c010-stato-libero' },
  anprC011: { method: 'POST', path: '/v1/anpr/c011-vedovanza' },
  anprC012: { method: 'POST', path: '/v1/anpr/c012-paternita' },
  anprC013: { method: 'POST', path: '/v1/anpr/c013-maternita' },
  anprC014: { method: 'POST', path: '/v1/anpr/c014-unione-civile' },
  receiptCheck: { method: 'POST', path: '/v1/receipts/check' },
  receiptPdf: { method: 'POST', path: '/v1/receipts/pdf' },
  receiptKeys: { method: 'GET', path: '/v1/receipts/keys' },
  uploadCreate: { method: 'POST', path: '/v1/supplies/uploads/create' },
  uploadPiece: { method: 'PUT', path: '/v1/supplies/uploads/piece' },
  uploadComplete: { method: 'POST', path: '/v1/supplies/uploads/complete' },
  uploadRead: { method: 'POST', path: '/v1/supplies/uploads/read' },
  uploadList: { method: 'POST', path: '/v1/supplies/uploads/list' },
  uploadAbandon: { method: 'POST', path: '/v1/supplies/uploads/abandon' },
  supplyList: { method: 'POST', path: '/v1/supplies/list' },
  supplyOutcome: { method: 'POST', path: '/v1/supplies/outcome' },
  findingsList: { method: 'POST', path: '/v1/findings/list' },
  findingsSummary: { method: 'POST', path: '/v1/findings/summary' },
  findingsDownload: { method: 'POST', path: '/v1/findings/download' },
  reconciliationList: { method: 'POST', path: '/v1/reconciliation/list' },
  reconciliationCount: { method: 'POST', path: '/v1/reconciliation/count' },
  linkageQueue: { method: 'POST', path: '/v1/linkage/queue' },
  linkageRead: { method: 'POST', path: '/v1/linkage/read' },
  linkageDecide: { method: 'POST', path: '/v1/linkage/decide' },
  linkageUndo: { method: 'POST', path: '/v1/linkage/undo' },
  populationCount: { method: 'POST', path: '/v1/population/count' },
  bodyList: { method: 'POST', path: '/v1/bodies/list' },
  bodyAdd: { method: 'POST', path: '/v1/bodies/add' },
  bodyEnd: { method: 'POST', path: '/v1/bodies/end' },
  agreementList: { method: 'POST', path: '/v1/agreements/list' },
  agreementMake: { method: 'POST', path: '/v1/agreements/make' },
  agreementChange: { method: 'POST', path: '/v1/agreements/change' },
  agreementEnd: { method: 'POST', path: '/v1/agreements/end' },
  clientList: { method: 'POST', path: '/v1/clients/list' },
  clientAdd: { method: 'POST', path: '/v1/clients/add' },
  clientStep: { method: 'POST', path: '/v1/clients/step' },
  clientKeysPut: { method: 'POST', path: '/v1/clients/keys' },
  userList: { method: 'POST', path: '/v1/users/list' },
  userInvite: { method: 'POST', path: '/v1/users/invite' },
  userStop: { method: 'POST', path: '/v1/users/stop' },
  userInviteAgain: { method: 'POST', path: '/v1/users/invite-again' },
  userHistory: { method: 'POST', path: '/v1/users/history' },
  grantGive: { method: 'POST', path: '/v1/grants/give' },
  grantReview: { method: 'POST', path: '/v1/grants/review' },
  grantRevoke: { method: 'POST', path: '/v1/grants/revoke' },
  reviewList: { method: 'POST', path: '/v1/reviews/list' },
  profileList: { method: 'POST', path: '/v1/profiles/list' },
  quotaList: { method: 'POST', path: '/v1/quotas/list' },
  quotaPut: { method: 'POST', path: '/v1/quotas/put' },
  processingList: { method: 'POST', path: '/v1/processing-activities/list' },
  processingExport: { method: 'POST', path: '/v1/processing-activities/export' },
  processingPut: { method: 'POST', path: '/v1/processing-activities/put' },
  breachList: { method: 'POST', path: '/v1/breaches/list' },
  breachOpen: { method: 'POST', path: '/v1/breaches/open' },
  breachClose: { method: 'POST', path: '/v1/breaches/close' },
  retentionList: { method: 'POST', path: '/v1/retention/list' },
  retentionPut: { method: 'POST', path: '/v1/retention/put' },
  auditSearch: { method: 'POST', path: '/v1/audit/search' },
  auditAlerts: { method: 'POST', path: '/v1/audit/alerts' },
  alertRuleList: { method: 'POST', path: '/v1/audit/rules/list' },
  alertRulePut: { method: 'POST', path: '/v1/audit/rules/put' },
  auditProve: { method: 'POST', path: '/v1/audit/prove' },
  auditConsistency: { method: 'POST', path: '/v1/audit/consistency' },
  auditVerify: { method: 'POST', path: '/v1/audit/verifications/start' },
  auditVerifyRead: { method: 'POST', path: '/v1/audit/verifications/read' },
  auditCheckpoint: { method: 'POST', path: '/v1/audit/checkpoints/make' },
  auditCheckpointList: { method: 'POST', path: '/v1/audit/checkpoints/list' },
  auditCheckpointCompare: { method: 'POST', path: '/v1/audit/checkpoints/compare' },
  auditAdministrators: { method: 'POST', path: '/v1/audit/administrators' },
  ownAccesses: { method: 'POST', path: '/v1/own/accesses' },
} as const satisfies Readonly<Record<keyof Operations, { readonly method: string; readonly path: string }>>;
