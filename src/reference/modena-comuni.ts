/**
 * The comuni of the province of Modena since 1861, with every code and name they have had (ANPR archive of comuni,
 * 16 May 2023): ISTAT code, cadastral code, province, name, from, to. Castelfranco passed from the province of Bologna
 * in 1929; Palagano was part of Montefiorino until 1958.
 */
export const MODENA_COMUNI = `
036001|A713|MO|Bastiglia|1861-03-17|
036002|A959|MO|Bomporto|1867-01-01|
036003|B539|MO|Campogalliano|1861-03-17|
036004|B566|MO|Camposanto|1867-01-01|
036005|B819|MO|Carpi|1868-03-25|
037803|C107|BO|Castelfranco dell'Emilia|1862-10-31|1929-02-24
036006|C107|MO|Castelfranco dell'Emilia|1929-02-24|1940-09-07
036006|C107|MO|Castelfranco Emilia|1940-09-07|
036007|C242|MO|Castelnuovo Rangone|1861-03-17|
036008|C287|MO|Castelvetro di Modena|1862-12-29|
036009|C398|MO|Cavezzo|1861-03-17|
036010|C951|MO|Concordia sulla Secchia|1866-07-14|
036011|D486|MO|Fanano|1861-03-17|
036012|D599|MO|Finale nell'Emilia|1863-08-10|1940-08-24
036012|D599|MO|Finale Emilia|1940-08-24|
036013|D607|MO|Fiorano Modenese|1862-12-29|
036014|D617|MO|Fiumalbo|1861-03-17|
036015|D711|MO|Formigine|1861-03-17|
036016|D783|MO|Frassinoro|1870-10-01|
036017|E264|MO|Guiglia|1880-05-21|
036018|E426|MO|Lama Mocogno|1861-03-17|
036019|E904|MO|Maranello|1861-03-17|
036020|E905|MO|Marano sul Panaro|1862-12-29|
036021|F087|MO|Medolla|1861-03-17|
036022|F240|MO|Mirandola|1861-03-17|
036023|F257|MO|Modena|1861-03-17|
036024|F484|MO|Montecreto|1861-03-17|
036025|F503|MO|Montefiorino|1869-04-26|
036026|F642|MO|Montese|1861-03-17|
036027|F930|MO|Nonantola|1861-03-17|
036028|F966|MO|Novi di Modena|1866-07-14|
036029|G250|MO|Palagano|1958-01-25|
036030|G393|MO|Pavullo nel Frignano|1863-04-13|
036031|G649|MO|Pievepelago|1870-10-01|
036032|G789|MO|Polinago|1861-03-17|
036033|H061|MO|Prignano sulla Secchia|1862-12-29|
036034|H195|MO|Ravarino|1861-03-17|
036035|H303|MO|Riolunato|1861-03-17|
036036|H794|MO|San Cesario sul Panaro|1862-12-29|
036037|H835|MO|San Felice sul Panaro|1862-12-29|
036038|I128|MO|San Possidonio|1861-03-17|
036039|I133|MO|San Prospero|1868-03-25|
036040|I462|MO|Sassuolo|1861-03-17|
036041|I473|MO|Savignano sul Panaro|1862-12-29|
036042|F357|MO|Monfestino in Serramazzoni|1861-03-17|1948-03-15
036042|F357|MO|Serramazzoni|1948-03-15|
036043|I689|MO|Sestola|1861-03-17|
036044|I802|MO|Soliera|1861-03-17|
036045|I903|MO|Spilamberto|1861-03-17|
036046|L885|MO|Vignola|1861-03-17|
036047|M183|MO|Zocca|1880-05-21|`;
