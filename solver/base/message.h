/* Messages in the reader's language: every sentence a person may read goes through _(), so that the
 * French catalogue (io/messages/fr.po) can translate it; N_() marks a sentence kept in a table. English
 * is the source language. The language is set once, by the command line (io/language.h). */
#ifndef BENNE_BASE_MESSAGE_H
#define BENNE_BASE_MESSAGE_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text

#endif
