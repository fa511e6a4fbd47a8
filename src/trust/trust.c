/* Hashes, sealed bodies, the chain and passwords: thin and total over libsodium. Nothing of its own is invented here.
 * Tried and left: SHA-256, which certificates and the public log use because their standards name it; inside the
 * journal BLAKE2b is faster, takes a key without HMAC, and needs no second library. */
#include "trust/trust.h"

#include <sodium.h>

_Static_assert(sizeof(Hash) == crypto_generichash_BYTES, "a hash is libsodium's usual one");
_Static_assert(sizeof(Key) == crypto_generichash_KEYBYTES, "a key keys a hash");
_Static_assert(sizeof(Key) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "a key seals");
_Static_assert(sizeof(Nonce) == crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, "a nonce fits the cipher");
_Static_assert(sizeof(Salt) == crypto_pwhash_argon2id_SALTBYTES, "a salt fits the password hash");
_Static_assert(SEAL_EXTRA == sizeof(Nonce) + crypto_aead_xchacha20poly1305_ietf_ABYTES, "nonce and tag");

enum {
    PASSWORD_PASSES = 2,
    PASSWORD_KIB = 19 * 1024,
    PASSWORD_TEXT_MAX = crypto_pwhash_argon2id_STRBYTES, /* with the final NUL */
};

static const unsigned char *octets(Str s)
{
    return (const unsigned char *)s.data;
}

void trust_begin(void)
{
    must(sodium_init() >= 0);
}

Hash hash_of(Str bytes)
{
    Hash hash;
    must(crypto_generichash(hash.bytes, sizeof hash, octets(bytes), bytes.len, NULL, 0) == 0);
    return hash;
}

Hash hash_keyed(const Key *key, Str bytes)
{
    Hash hash;
    must(crypto_generichash(hash.bytes, sizeof hash, octets(bytes), bytes.len, key->bytes, sizeof *key) == 0);
    return hash;
}

bool hash_equal(const Hash *a, const Hash *b)
{
    return sodium_memcmp(a->bytes, b->bytes, sizeof *a) == 0;
}

void text_hash(Text *text, const Hash *hash)
{
    char digits[2 * sizeof(Hash) + 1];
    sodium_bin2hex(digits, sizeof digits, hash->bytes, sizeof *hash);
    text_put(text, (Str){ digits, sizeof digits - 1 });
}

bool hash_parse(Str hex, Hash *hash)
{
    Hash read;
    if (hex.len != 2 * sizeof read)
        return false;
    if (sodium_hex2bin(read.bytes, sizeof read, hex.data, hex.len, NULL, NULL, NULL) != 0)
        return false;
    *hash = read;
    return true;
}

static Hash hash_salted(const Salt *salt, Str bytes)
{
    crypto_generichash_state state;
    Hash hash;
    must(crypto_generichash_init(&state, NULL, 0, sizeof hash) == 0);
    must(crypto_generichash_update(&state, salt->bytes, sizeof *salt) == 0);
    must(crypto_generichash_update(&state, octets(bytes), bytes.len) == 0);
    must(crypto_generichash_final(&state, hash.bytes, sizeof hash) == 0);
    return hash;
}

/* Skeleton and body are hashed apart first: each can be shown and proved without the other, and no byte can wander
 * from the end of one to the start of the other. */
Hash chain_link(const Hash *previous, const Salt *salt, Str skeleton, Str sealed_body)
{
    Hash parts[] = { *previous, hash_salted(salt, skeleton), hash_salted(salt, sealed_body) };
    return hash_of((Str){ (const char *)parts, sizeof parts });
}

Str trust_seal(Arena *arena, const Key *key, const Nonce *nonce, Str purpose, Str plain)
{
    size_t length = size_add(plain.len, SEAL_EXTRA);
    unsigned char *sealed = arena_alloc(arena, length);
    memcpy(sealed, nonce->bytes, sizeof *nonce);
    unsigned long long written;
    must(crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + sizeof *nonce, &written, octets(plain), plain.len,
                                                    octets(purpose), purpose.len, NULL, nonce->bytes,
                                                    key->bytes) == 0);
    must(written == length - sizeof *nonce);
    return (Str){ (const char *)sealed, length };
}

bool trust_open(Arena *arena, const Key *key, Str purpose, Str sealed, Str *plain)
{
    if (sealed.len < SEAL_EXTRA)
        return false;
    const unsigned char *nonce = octets(sealed), *box = nonce + sizeof(Nonce);
    unsigned char *opened = arena_alloc(arena, sealed.len - SEAL_EXTRA);
    unsigned long long written;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(opened, &written, NULL, box, sealed.len - sizeof(Nonce),
                                                   octets(purpose), purpose.len, nonce, key->bytes) != 0)
        return false;
    *plain = written ? (Str){ (const char *)opened, written } : STR_NONE;
    return true;
}

void key_forget(Key *key)
{
    sodium_memzero(key->bytes, sizeof *key);
}

static void text_base64(Text *text, const unsigned char *bytes, size_t length)
{
    char digits[64];
    must(sodium_base64_encoded_len(length, sodium_base64_VARIANT_ORIGINAL_NO_PADDING) <= sizeof digits);
    sodium_bin2base64(digits, sizeof digits, bytes, length, sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    text_put(text, str_from(digits));
}

/* The text is the usual one of argon2 tools: $argon2id$v=19$m=19456,t=2,p=1$salt$result. */
Str password_hash(Arena *arena, Str password, const Salt *salt)
{
    Hash result;
    /* It can only fail for want of 19 MiB, and memory that is not there ends the process everywhere else too. */
    must(crypto_pwhash_argon2id(result.bytes, sizeof result, password.len ? password.data : "", password.len,
                                salt->bytes, PASSWORD_PASSES, (size_t)PASSWORD_KIB * 1024,
                                crypto_pwhash_argon2id_ALG_ARGON2ID13) == 0);
    Text text = text_begin(arena, PASSWORD_TEXT_MAX);
    text_printf(&text, "$argon2id$v=19$m=%d,t=%d,p=1$", PASSWORD_KIB, PASSWORD_PASSES);
    text_base64(&text, salt->bytes, sizeof *salt);
    text_char(&text, '$');
    text_base64(&text, result.bytes, sizeof result);
    must(!text.overflow);
    return text_str(&text);
}

/* The cost is read from the text, which is our own: no stranger can ask for a dear one. */
bool password_verify(Str hash_text, Str password)
{
    char terminated[PASSWORD_TEXT_MAX] = { 0 };
    if (hash_text.len == 0 || hash_text.len >= sizeof terminated)
        return false;
    memcpy(terminated, hash_text.data, hash_text.len);
    return crypto_pwhash_argon2id_str_verify(terminated, password.len ? password.data : "", password.len) == 0;
}
