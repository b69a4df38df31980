#include "io/hash.h"
#include "tests/support/test.h"

#include <string.h>

/* The examples of FIPS 180-4 (NIST, "SHA256.pdf"), and a million letters a in uneven pieces. */
static void known_digests(void **state)
{
    (void)state;
    static const struct {
        const char *text, *digest;
    } known[] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    struct hash hash;
    uint64_t words[4];
    char text[HASH_TEXT_SIZE];
    for (size_t i = 0; i < COUNT_OF(known); i++) {
        hash_begin(&hash);
        hash_add(&hash, known[i].text, strlen(known[i].text));
        hash_end(&hash, words);
        hash_text(words, text);
        assert_string_equal(text, known[i].digest);
    }
    char letters[997];
    memset(letters, 'a', sizeof letters);
    hash_begin(&hash);
    for (size_t left = 1000000; left > 0;) {
        const size_t piece = left < sizeof letters ? left : sizeof letters;
        hash_add(&hash, letters, piece);
        left -= piece;
    }
    hash_end(&hash, words);
    hash_text(words, text);
    assert_string_equal(text, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_digests)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
