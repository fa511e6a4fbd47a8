/* trust: hashes, sealed bodies, the chain of a journal, spoken references, passwords. Pure: whatever has to be
 * random (salts, nonces, keys) comes in as an argument, so that tests are exact and nothing here opens a device.
 *
 * Forgetting without breaking the proof. An entry has a skeleton in the clear and a body sealed under the key of
 * the party it concerns; the chain holds only salted hashes of both:
 *
 *     hash[n] = H( hash[n-1] | H(salt | skeleton) | H(salt | sealed body) )
 *
 * Destroy the party's key and the bodies are noise, yet every link still verifies.
 *
 *     Str sealed = trust_seal(arena, &key, &nonce, S("entry 7"), body);   // opens for the same purpose only
 *     Hash head = chain_link(&previous, &salt, skeleton, sealed);
 *     bool opened = trust_open(arena, &key, S("entry 7"), sealed, &body); // false: another key, purpose or byte */
#ifndef TRUST_H
#define TRUST_H

#include "base/base.h"

typedef struct Hash {
    uint8_t bytes[32];
} Hash;
typedef struct Key {
    uint8_t bytes[32];
} Key;
typedef struct Nonce {
    uint8_t bytes[24];
} Nonce;
typedef struct Salt {
    uint8_t bytes[16];
} Salt;
enum { SEAL_EXTRA = 24 + 16 };                     /* nonce in front, tag behind */

/* Must be called once before anything else here (libsodium wants it); safe to call again. */
void trust_begin(void);

Hash hash_of(Str bytes);                           /* BLAKE2b-256 */
Hash hash_keyed(const Key *key, Str bytes);        /* BLAKE2b-256 with a key */
bool hash_equal(const Hash *a, const Hash *b);     /* constant time */
void text_hash(Text *text, const Hash *hash);      /* 64 hexadecimal digits */
bool hash_parse(Str hex, Hash *hash) CHECKED;

/* Link n of a chain. The first link's `previous` is all zero. */
Hash chain_link(const Hash *previous, const Salt *salt, Str skeleton, Str sealed_body);

/* XChaCha20-Poly1305. `purpose` is authenticated, not stored: opening under another purpose fails, so that a body
 * cannot be moved to another place in the journal. */
Str trust_seal(Arena *arena, const Key *key, const Nonce *nonce, Str purpose, Str plain);
bool trust_open(Arena *arena, const Key *key, Str purpose, Str sealed, Str *plain) CHECKED;
void key_forget(Key *key);                         /* overwrites */

/* A reference that can be read over the telephone: a keyed permutation of a number below 2^40 in Crockford base 32,
 * eight characters and a check character, in groups of three: "K7M-2QF-9TD". Every single wrong character and
 * every swap of neighbours is noticed. Reading takes small letters, any blanks or dashes, O for 0, I and L for 1, and
 * the full-width forms of a Chinese keyboard. The key hides the order of numbers; a reference is no secret. */
enum { REFERENCE_LEN = 11 };
Str reference_text(Arena *arena, const Key *key, uint64_t number);
bool reference_parse(const Key *key, Str text, uint64_t *number) CHECKED;

/* A code of eight Crockford characters, in two groups, made from five random bytes: the second secret of a draft. */
Str secret_text(Arena *arena, const uint8_t random[5]);
bool secret_parse(Str text, char canonical[8]) CHECKED;

/* argon2id, 2 passes of 19 MiB: some 15 to 30 ms. The text names the algorithm,
 * its cost, the salt and the result, so that the cost can be raised later. */
Str password_hash(Arena *arena, Str password, const Salt *salt);
bool password_verify(Str hash_text, Str password) CHECKED;

#endif
