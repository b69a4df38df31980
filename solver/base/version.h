/* The version of Benne, in this one place. */
#ifndef BENNE_BASE_VERSION_H
#define BENNE_BASE_VERSION_H

#define BENNE_VERSION "0.1.0"

#endif
