/* What a test file begins with: cmocka, with the headers that it wants before it. */
#ifndef BENNE_TESTS_SUPPORT_TEST_H
#define BENNE_TESTS_SUPPORT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT_OF(table) (sizeof(table) / sizeof(table)[0])

#endif
