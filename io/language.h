/* The language of messages and reports: set once, at the start of the process.
 *
 * English is the source language and needs nothing; French comes from the catalogue (io/messages/fr.po,
 * compiled to locale/fr/LC_MESSAGES/benne.mo), looked for in locale/ and share/locale/ of the executable's
 * folder and of those above it; no French locale need be installed. Numbers keep the C locale's point: they
 * are data. Texts are UTF-8 in any locale. */
#ifndef BENNE_IO_LANGUAGE_H
#define BENNE_IO_LANGUAGE_H

/* "fr" or "en"; NULL or anything else: what LANGUAGE, LC_ALL, LC_MESSAGES and LANG ask for. Call before
 * threads start. */
void language_set(const char *code);

/* "fr" or "en": the language in force. */
const char *language_current(void);

#endif
