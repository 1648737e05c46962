/**
 * The states, as the ANPR table 2 has them (ANPR_stati_esteri, 17 July 2018): ISTAT code, cadastral code, ISO 3166-1
 * alpha-3, what the code may be used for (C citizenship, N birth, R residence), Italian name.
 *
 * Added to it: the cadastral codes of Gibraltar, Man, Greenland, Anguilla, Montserrat, the Falklands, New Caledonia,
 * Pitcairn and French Polynesia, which the table leaves empty (ISTAT list of states, 2024).
 */
export const STATES = `
100||ITA|CR|Italia
201|Z100|ALB|CNR|Albania
202|Z101|AND|CNR|Andorra
203|Z102|AUT|CNR|Austria
206|Z103|BEL|CNR|Belgio
209|Z104|BGR|CNR|Bulgaria
212|Z107|DNK|CNR|Danimarca
213|Z108|FRO|R|Isole Faer Oer
214|Z109|FIN|CNR|Finlandia
215|Z110|FRA|CNR|Francia
216|Z112|DEU|CNR|Germania
218|Z113|GIB|R|Dominio di Gibilterra
219|Z114|GBR|CNR|Regno Unito
220|Z115|GRC|CNR|Grecia
221|Z116|IRL|CNR|Irlanda
223|Z117|ISL|CNR|Islanda
225|Z119|LIE|CNR|Liechtenstein
226|Z120|LUX|CNR|Lussemburgo
227|Z121|MLT|CNR|Malta
228|Z122|IMN|R|Man, Isola di
229|Z123|MCO|CNR|Monaco
231|Z125|NOR|CNR|Norvegia
232|Z126|NLD|CNR|Paesi Bassi
233|Z127|POL|CNR|Polonia
234|Z128|PRT|CNR|Portogallo
235|Z129|ROU|CNR|Romania
236|Z130|SMR|CNR|San Marino
239|Z131|ESP|CNR|Spagna
240|Z132|SWE|CNR|Svezia
241|Z133|CHE|CNR|Svizzera
243|Z138|UKR|CNR|Ucraina
244|Z134|HUN|CNR|Ungheria
245|Z154|RUS|CNR|Russa, Federazione
246|Z106|VAT|CNR|Stato della Città del Vaticano
247|Z144|EST|CNR|Estonia
248|Z145|LVA|CNR|Lettonia
249|Z146|LTU|CNR|Lituania
250|Z149|HRV|CNR|Croazia
251|Z150|SVN|CNR|Slovenia
252|Z153|BIH|CNR|Bosnia-Erzegovina
253|Z148|MKD|CNR|Macedonia, Repubblica di
254|Z140|MDA|CNR|Moldova
255|Z155|SVK|CNR|Slovacchia
256|Z139|BLR|CNR|Bielorussia
257|Z156|CZE|CNR|Ceca, Repubblica
270|Z159|MNE|CNR|Montenegro
271|Z158|SRB|CNR|Serbia, Repubblica di
272|Z160|KOS|CNR|Kosovo
273||JEY|R|Jersey, Isole
274||GGY|R|Guernsey
301|Z200|AFG|CNR|Afghanistan
302|Z203|SAU|CNR|Arabia Saudita
304|Z204|BHR|CNR|Bahrein
305|Z249|BGD|CNR|Bangladesh
306|Z205|BTN|CNR|Bhutan
307|Z206|MMR|CNR|Myanmar (ex Birmania)
308||IOT|R|Territorio Britannico dell'Oceano Indiano
309|Z207|BRN|CNR|Brunei
310|Z208|KHM|CNR|Cambogia
311|Z209|LKA|CNR|Sri Lanka (ex Ceylon)
314|Z210|CHN|CNR|Cinese, Repubblica Popolare
315|Z211|CYP|CNR|Cipro
319|Z214|PRK|CNR|Corea, Repubblica Popolare Democratica (Corea del Nord)
320|Z213|KOR|CNR|Corea, Repubblica (Corea del Sud)
322|Z215|ARE|CNR|Emirati Arabi Uniti
323|Z216|PHL|CNR|Filippine
324|Z161|PSE|CNR|Territori dell'Autonomia Palestinese
325||ZZZ|R|Gerusalemme
326|Z219|JPN|CNR|Giappone
327|Z220|JOR|CNR|Giordania
330|Z222|IND|CNR|India
331|Z223|IDN|CNR|Indonesia
332|Z224|IRN|CNR|Iran, Repubblica Islamica del
333|Z225|IRQ|CNR|Iraq
334|Z226|ISR|CNR|Israele
335|Z227|KWT|CNR|Kuwait
336|Z228|LAO|CNR|Laos
337|Z229|LBN|CNR|Libano
338|Z242|TLS|CNR|Timor Orientale
339|Z232|MDV|CNR|Maldive
340|Z247|MYS|CNR|Malaysia
341|Z233|MNG|CNR|Mongolia
342|Z234|NPL|CNR|Nepal
343|Z235|OMN|CNR|Oman
344|Z236|PAK|CNR|Pakistan
345|Z237|QAT|CNR|Qatar
346|Z248|SGP|CNR|Singapore
348|Z240|SYR|CNR|Siria
349|Z241|THA|CNR|Thailandia
351|Z243|TUR|CNR|Turchia
353|Z251|VNM|CNR|Vietnam
354|Z246|YEM|CNR|Yemen
356|Z255|KAZ|CNR|Kazakhstan
357|Z259|UZB|CNR|Uzbekistan
358|Z252|ARM|CNR|Armenia
359|Z253|AZE|CNR|Azerbaigian
360|Z254|GEO|CNR|Georgia
361|Z256|KGZ|CNR|Kirghizistan
362|Z257|TJK|CNR|Tagikistan
363|Z217|TWN|CNR|Taiwan (ex Formosa)
364|Z258|TKM|CNR|Turkmenistan
401|Z301|DZA|CNR|Algeria
402|Z302|AGO|CNR|Angola
404|Z313|CIV|CNR|Costa d'Avorio
406|Z314|BEN|CNR|Benin (ex Dahomey)
408|Z358|BWA|CNR|Botswana
409|Z354|BFA|CNR|Burkina Faso (ex Alto Volta)
410|Z305|BDI|CNR|Burundi
411|Z306|CMR|CNR|Camerun
413|Z307|CPV|CNR|Capo Verde
414|Z308|CAF|CNR|Centrafricana, Repubblica
415|Z309|TCD|CNR|Ciad
417|Z310|COM|CNR|Comore
418|Z311|COG|CNR|Congo (Repubblica del)
419|Z336|EGY|CNR|Egitto
420|Z315|ETH|CNR|Etiopia
421|Z316|GAB|CNR|Gabon
422|Z317|GMB|CNR|Gambia
423|Z318|GHA|CNR|Ghana
424|Z361|DJI|CNR|Gibuti
425|Z319|GIN|CNR|Guinea
426|Z320|GNB|CNR|Guinea Bissau
427|Z321|GNQ|CNR|Guinea Equatoriale
428|Z322|KEN|CNR|Kenya
429|Z359|LSO|CNR|Lesotho
430|Z325|LBR|CNR|Liberia
431|Z326|LBY|CNR|Libia
432|Z327|MDG|CNR|Madagascar
434|Z328|MWI|CNR|Malawi
435|Z329|MLI|CNR|Mali
436|Z330|MAR|CNR|Marocco
437|Z331|MRT|CNR|Mauritania
438|Z332|MUS|CNR|Mauritius
439|Z360|MYT|R|Mayotte
440|Z333|MOZ|CNR|Mozambico
441|Z300|NAM|CNR|Namibia
442|Z334|NER|CNR|Niger
443|Z335|NGA|CNR|Nigeria
445||REU|R|Isola della Riunione
446|Z338|RWA|CNR|Ruanda
447|Z340|SHN|R|Sant'Elena
448|Z341|STP|CNR|São Tomé e Principe
449|Z342|SYC|CNR|Seychelles
450|Z343|SEN|CNR|Senegal
451|Z344|SLE|CNR|Sierra Leone
453|Z345|SOM|CNR|Somalia
454|Z347|ZAF|CNR|Sud Africa
455|Z348|SDN|CNR|Sudan
456|Z349|SWZ|CNR|Swaziland
457|Z357|TZA|CNR|Tanzania
458|Z351|TGO|CNR|Togo
460|Z352|TUN|CNR|Tunisia
461|Z353|UGA|CNR|Uganda
463|Z312|COD|CNR|Congo, Repubblica democratica del (ex Zaire)
464|Z355|ZMB|CNR|Zambia
465|Z337|ZWE|CNR|Zimbabwe (ex Rhodesia)
466|Z368|ERI|CNR|Eritrea
467|Z907|SSD|CNR|Sud Sudan, Repubblica del
502|Z529|AIA|R|Isola di Anguilla
503|Z532|ATG|CNR|Antigua e Barbuda
505|Z502|BHS|CNR|Bahamas
506|Z522|BRB|CNR|Barbados
507|Z512|BLZ|CNR|Belize
508|Z400|BMU|R|Isole Bermude
509|Z401|CAN|CNR|Canada
511|Z530|CYM|R|Isole Cayman
512||CPT|R|Atollo di Clipperton
513|Z503|CRI|CNR|Costa Rica
514|Z504|CUB|CNR|Cuba
515|Z526|DMA|CNR|Dominica
516|Z505|DOM|CNR|Dominicana, Repubblica
517|Z506|SLV|CNR|El Salvador
518|Z507|JAM|CNR|Giamaica
519|Z524|GRD|CNR|Grenada
520|Z402|GRL|R|Groenlandia
521||GLP|R|Isola di Guadalupa
523|Z509|GTM|CNR|Guatemala
524|Z510|HTI|CNR|Haiti
525|Z511|HND|CNR|Honduras
526|Z513|MTQ|R|Isola della Martinica
527|Z514|MEX|CNR|Messico
528|Z531|MSR|R|Isola di Montserrat
529|Z515|NIC|CNR|Nicaragua
530|Z516|PAN|CNR|Panama
532|Z527|LCA|CNR|Saint Lucia
533|Z528|VCT|CNR|Saint Vincent e Grenadine
534|Z533|KNA|CNR|Saint Kitts e Nevis
535|Z403|SPM|R|Saint Pierre e Miquelon
536|Z404|USA|CNR|Stati Uniti d'America
537|Z519|TCA|R|Isole Turks e Caicos
539|Z525|VGB|R|Isole Vergini Britanniche
540||BES|R|Bonaire, Sint Eustatius, Saba
541||BLM|R|Saint Barthelemy
542||MAF|R|Saint Martin
602|Z600|ARG|CNR|Argentina
603|Z501|ABW|R|Isola di Aruba
604|Z601|BOL|CNR|Bolivia
605|Z602|BRA|CNR|Brasile
606|Z603|CHL|CNR|Cile
608|Z604|COL|CNR|Colombia
609|Z605|ECU|CNR|Ecuador
610|Z609|FLK|R|Isole Falkland
612|Z606|GUY|CNR|Guyana
613||GUF|R|Guyana Francese
614|Z610|PRY|CNR|Paraguay
615|Z611|PER|CNR|Perù
616|Z608|SUR|CNR|Suriname
617|Z612|TTO|CNR|Trinidad e Tobago
618|Z613|URY|CNR|Uruguay
619|Z614|VEN|CNR|Venezuela
620||CUW|R|Curacao
621||SXM|R|Sint Maarten
701|Z700|AUS|CNR|Australia
702|Z703|COK|R|Isole Cook
703|Z704|FJI|CNR|Figi
708|Z731|KIR|CNR|Kiribati
712|Z711|MHL|CNR|Marshall, Isole
713|Z735|FSM|CNR|Micronesia, Stati Federati
715|Z713|NRU|CNR|Nauru
716||NIU|R|Atollo di Niue
718|Z716|NCL|R|Isole della Nuova Caledonia
719|Z719|NZL|CNR|Nuova Zelanda
720|Z734|PLW|CNR|Palau
721|Z730|PNG|CNR|Papua Nuova Guinea
723|Z722|PCN|R|Isola di Pitcairn
724|Z723|PYF|R|Polinesia Francese
725|Z724|SLB|CNR|Salomone, Isole
727|Z726|WSM|CNR|Samoa
730|Z728|TON|CNR|Tonga
731|Z732|TUV|CNR|Tuvalu
732|Z733|VUT|CNR|Vanuatu
734|Z729|WLF|R|Isole Wallis e Futuna
806||ATF|R|Territori Australi ed Antartici Francesi
808||SGS|R|Georgia del Sud e Sandwich Australi
888||||Riconosciuti non cittadini (lettoni)
997|||C|In corso di definizione
998|||CN|Non Attribuibile
999|||C|Apolide`;

/**
 * States that are no more, with the ISTAT codes of those that came of them. They have no code of their own in the
 * table: their cadastral codes are met in the codice fiscale of those born there (ISTAT list of ceased states,
 * which ends a state on 1 January).
 */
export const FORMER_STATES = `
Z105|CSK|1993-01-01|Cecoslovacchia|255 257
Z111|DDR|1991-01-01|Repubblica Democratica Tedesca|216
Z118|YUG|2004-01-01|Jugoslavia|250 251 252 253 270 271 272
Z135|SUN|1992-01-01|Unione Sovietica|243 245 247 248 249 254 256 356 357 358 359 360 361 362 364
Z157|SCG|2007-01-01|Serbia e Montenegro|270 271 272
Z250|YMD|1991-01-01|Yemen del Sud|354`;

/**
 * Other cadastral codes under which people born in a state may be registered: those used before the states of the
 * Caucasus and of central Asia had their own among the Asian ones, and those of the state that ruled the land.
 */
export const OTHER_CADASTRAL_CODES: Readonly<Record<string, readonly string[]>> = {
  '338': ['Z223'],
  '356': ['Z152'],
  '357': ['Z143'],
  '358': ['Z137'],
  '359': ['Z141'],
  '360': ['Z136'],
  '361': ['Z142'],
  '362': ['Z147'],
  '364': ['Z151'],
  '466': ['Z315'],
  '467': ['Z348'],
};
