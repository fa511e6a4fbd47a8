/* trust: exact values where something else could compute them, and every way to get one wrong.
 * The fixed texts below were computed by a second implementation in another language. */
#include "trust/trust.h"
#include "test.h"

#include <sodium.h>

static Arena *arena;
static Key key;
static Nonce nonce;
static Salt salt;

static const char SYMBOLS[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void fill(uint8_t *bytes, size_t count, uint8_t first)
{
    for (size_t i = 0; i < count; i++)
        bytes[i] = (uint8_t)(first + i);
}

static Str hex_of(Str bytes)
{
    Text text = text_begin(arena, 2 * bytes.len + 1);
    for (size_t i = 0; i < bytes.len; i++)
        text_printf(&text, "%02x", (unsigned char)bytes.data[i]);
    return text_str(&text);
}

static Str hash_text_of(Hash hash)
{
    Text text = text_begin(arena, 64);
    text_hash(&text, &hash);
    return text_str(&text);
}

static Str hash_str(const Hash *hash)
{
    return (Str){ (const char *)hash->bytes, sizeof hash->bytes };
}

static Str joined(const Str *parts, size_t count)
{
    Text text = text_begin(arena, 4096);
    for (size_t i = 0; i < count; i++)
        text_put(&text, parts[i]);
    return text_str(&text);
}

/* ---- hashes and the chain --------------------------------------------------------------------------------------- */

static void hashes_are_blake2b(void)
{
    CHECK_STR(hash_text_of(hash_of(STR_NONE)), S("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"));
    CHECK_STR(hash_text_of(hash_of(S("abc"))), S("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"));
    CHECK_STR(hash_text_of(hash_keyed(&key, S("abc"))),
              S("d63a32d3e44738d7907f964316c241adaba0abfeabc32349677578a15a203f7f"));
}

static void a_hash_is_read_back_from_its_text(void)
{
    Hash hash = hash_of(S("abc")), read = { 0 };
    Str text = hash_text_of(hash);
    CHECK(hash_parse(text, &read) && hash_equal(&hash, &read));
    CHECK(hash_parse(S("BDDD813C634239723171EF3FEE98579B94964E3BB1CB3E427262C8C068D52319"), &read));
    CHECK(hash_equal(&hash, &read));
    Hash zero = { 0 };
    CHECK(!hash_equal(&hash, &zero));
    for (size_t i = 0; i < sizeof hash.bytes; i++) {
        Hash other = hash;
        other.bytes[i] ^= 1;
        CHECK(!hash_equal(&hash, &other));
    }
}

static void what_is_no_hash_is_refused(void)
{
    Hash hash = { 0 }, zero = { 0 };
    Str text = hash_text_of(hash_of(S("abc")));
    CHECK(!hash_parse(STR_NONE, &hash));
    CHECK(!hash_parse(str_slice(text, 0, 63), &hash));
    CHECK(!hash_parse(str_printf(arena, "%.*s0", STR_ARGS(text)), &hash));
    for (size_t i = 0; i < text.len; i++) {
        Str copy = str_copy(arena, text);
        ((char *)copy.data)[i] = i % 2 ? 'g' : ' ';
        CHECK(!hash_parse(copy, &hash));
    }
    CHECK(hash_equal(&hash, &zero));
}

/* The formula of the header, put together from hash_of alone. */
static Hash link_by_hand(const Hash *previous, Str skeleton, Str sealed)
{
    Str salt_str = { (const char *)salt.bytes, sizeof salt.bytes };
    Hash first = hash_of(joined((Str[]){ salt_str, skeleton }, 2));
    Hash second = hash_of(joined((Str[]){ salt_str, sealed }, 2));
    return hash_of(joined((Str[]){ hash_str(previous), hash_str(&first), hash_str(&second) }, 3));
}

static void a_link_is_what_the_formula_says(void)
{
    Hash zero = { 0 };
    Hash first = chain_link(&zero, &salt, S("skeleton"), S("sealed body"));
    CHECK_STR(hash_text_of(first), S("ecacbc73162e00ba7883577bd564ad109b86d1fe81c59461dccfe5455097664f"));
    Hash by_hand = link_by_hand(&zero, S("skeleton"), S("sealed body"));
    CHECK(hash_equal(&first, &by_hand));
    Hash second = chain_link(&first, &salt, S("next"), STR_NONE);
    by_hand = link_by_hand(&first, S("next"), STR_NONE);
    CHECK(hash_equal(&second, &by_hand));
    by_hand = link_by_hand(&second, STR_NONE, S("body"));
    Hash third = chain_link(&second, &salt, STR_NONE, S("body"));
    CHECK(hash_equal(&third, &by_hand));
}

static void a_link_changes_with_everything_in_it(void)
{
    Hash zero = { 0 }, one = { { 1 } };
    Salt other_salt = salt;
    other_salt.bytes[15] ^= 1;
    Hash links[] = {
        chain_link(&zero, &salt, S("ab"), S("cd")), chain_link(&one, &salt, S("ab"), S("cd")),
        chain_link(&zero, &other_salt, S("ab"), S("cd")), chain_link(&zero, &salt, S("aB"), S("cd")),
        chain_link(&zero, &salt, S("ab"), S("cD")), chain_link(&zero, &salt, S("abc"), S("d")),
        chain_link(&zero, &salt, S("a"), S("bcd")), chain_link(&zero, &salt, S("cd"), S("ab")),
        chain_link(&zero, &salt, S("abcd"), STR_NONE),
    };
    for (size_t i = 0; i < COUNT_OF(links); i++)
        for (size_t j = 0; j < i; j++)
            CHECK(!hash_equal(&links[i], &links[j]));
}

/* ---- sealed bodies ---------------------------------------------------------------------------------------------- */

static void a_sealed_body_is_nonce_then_cipher_then_tag(void)
{
    Str sealed = trust_seal(arena, &key, &nonce, S("case 7 entry 3"), S("a sealed sentence"));
    CHECK(sealed.len == S("a sealed sentence").len + SEAL_EXTRA);
    CHECK_STR(hex_of(sealed), S("6465666768696a6b6c6d6e6f707172737475767778797a7b"
                                "1d538ad59e42ece6a743f851d20ad3aa3ed92be31e057816d7bcfa80b9579597c9"));
}

static void what_was_sealed_is_opened(void)
{
    Str plains[] = { S("a sealed sentence"), STR_NONE, S("\0with\0NULs\0"), S("中文") };
    for (size_t i = 0; i < COUNT_OF(plains); i++) {
        Str plain = S("before");
        Str sealed = trust_seal(arena, &key, &nonce, S("purpose"), plains[i]);
        CHECK(trust_open(arena, &key, S("purpose"), sealed, &plain));
        CHECK_STR(plain, plains[i]);
        sealed = trust_seal(arena, &key, &nonce, STR_NONE, plains[i]);
        CHECK(trust_open(arena, &key, STR_NONE, sealed, &plain));
        CHECK_STR(plain, plains[i]);
    }
    Text large = text_begin(arena, 100000);
    for (int i = 0; i < 20000; i++)
        text_printf(&large, "%d ", i % 1000);
    Str plain, sealed = trust_seal(arena, &key, &nonce, S("large"), text_str(&large));
    CHECK(trust_open(arena, &key, S("large"), sealed, &plain));
    CHECK(str_equal(plain, text_str(&large)));
}

static void every_flipped_bit_is_noticed(void)
{
    Str sealed = trust_seal(arena, &key, &nonce, S("purpose"), S("a sealed sentence")), plain = S("untouched");
    char *bytes = (char *)str_copy(arena, sealed).data;
    for (size_t i = 0; i < sealed.len; i++)
        for (int bit = 0; bit < 8; bit++) {
            bytes[i] = (char)(bytes[i] ^ 1 << bit);
            CHECK(!trust_open(arena, &key, S("purpose"), (Str){ bytes, sealed.len }, &plain));
            bytes[i] = (char)(bytes[i] ^ 1 << bit);
        }
    CHECK_STR(plain, S("untouched"));
    CHECK(trust_open(arena, &key, S("purpose"), (Str){ bytes, sealed.len }, &plain));
}

static void a_cut_or_lengthened_body_is_refused(void)
{
    Str sealed = trust_seal(arena, &key, &nonce, S("purpose"), S("a sealed sentence")), plain;
    for (size_t len = 0; len < sealed.len; len++)
        CHECK(!trust_open(arena, &key, S("purpose"), str_slice(sealed, 0, len), &plain));
    for (size_t from = 1; from <= sealed.len; from++)
        CHECK(!trust_open(arena, &key, S("purpose"), str_slice(sealed, from, sealed.len), &plain));
    CHECK(!trust_open(arena, &key, S("purpose"), joined((Str[]){ sealed, S("\0") }, 2), &plain));
    CHECK(!trust_open(arena, &key, S("purpose"), STR_NONE, &plain));
}

static void another_purpose_or_key_opens_nothing(void)
{
    Str sealed = trust_seal(arena, &key, &nonce, S("case 7 entry 3"), S("body")), plain;
    CHECK(!trust_open(arena, &key, S("case 7 entry 4"), sealed, &plain));
    CHECK(!trust_open(arena, &key, S("case 7 entry "), sealed, &plain));
    CHECK(!trust_open(arena, &key, STR_NONE, sealed, &plain));
    for (size_t i = 0; i < sizeof key.bytes; i++) {
        Key other = key;
        other.bytes[i] ^= 0x80;
        CHECK(!trust_open(arena, &other, S("case 7 entry 3"), sealed, &plain));
    }
}

static void a_forgotten_key_leaves_the_chain_whole(void)
{
    Key of_party = key, zero = { 0 };
    Str sealed = trust_seal(arena, &of_party, &nonce, S("entry"), S("whom it concerns")), plain;
    Hash start = { 0 }, link = chain_link(&start, &salt, S("accepted"), sealed);
    key_forget(&of_party);
    CHECK(memcmp(&of_party, &zero, sizeof zero) == 0);
    CHECK(!trust_open(arena, &of_party, S("entry"), sealed, &plain));
    Hash again = chain_link(&start, &salt, S("accepted"), sealed);
    CHECK(hash_equal(&link, &again));
}

/* ---- references ------------------------------------------------------------------------------------------------- */

enum { NUMBER_COUNT = 1000 };
/* The first cases, then others spread over all 2^40. */
static uint64_t number_at(int i)
{
    return i < NUMBER_COUNT / 2 ? (uint64_t)i : (uint64_t)i * 0x9e3779b97f4a7c15u >> 24;
}

static void references_are_what_a_second_implementation_gives(void)
{
    CHECK_STR(reference_text(arena, &key, 0), S("EB4-7SN-PZB"));
    CHECK_STR(reference_text(arena, &key, 1), S("YXX-7NN-PJG"));
    CHECK_STR(reference_text(arena, &key, 2), S("QJY-D6P-CGJ"));
    CHECK_STR(reference_text(arena, &key, 3), S("NXF-XHC-GNJ"));
    CHECK_STR(reference_text(arena, &key, 1000000), S("NW4-4QP-MGB"));
    CHECK_STR(reference_text(arena, &key, ((uint64_t)1 << 40) - 1), S("8P7-DPR-KMF"));
}

static void a_reference_gives_its_number_back(void)
{
    for (int i = 0; i < NUMBER_COUNT; i++) {
        uint64_t number = number_at(i), read = 0;
        Str text = reference_text(arena, &key, number);
        CHECK(text.len == REFERENCE_LEN && text.data[3] == '-' && text.data[7] == '-');
        CHECK(reference_parse(&key, text, &read) && read == number);
    }
}

static void no_two_numbers_share_a_reference(void)
{
    Map seen = { 0 };
    static int mark;
    for (uint64_t number = 0; number < 20000; number++) {
        Str text = str_slice(reference_text(arena, &key, number), 0, REFERENCE_LEN - 1);
        CHECK(map_get(&seen, text) == NULL);
        map_put(arena, &seen, text, &mark);
    }
}

static void every_single_wrong_character_is_noticed(void)
{
    uint64_t read = 77;
    for (int i = 0; i < NUMBER_COUNT; i++) {
        char *text = (char *)reference_text(arena, &key, number_at(i)).data;
        for (size_t at = 0; at < REFERENCE_LEN; at++) {
            char right = text[at];
            for (size_t symbol = 0; right != '-' && symbol < 32; symbol++) {
                text[at] = SYMBOLS[symbol];
                if (text[at] != right)
                    CHECK(!reference_parse(&key, (Str){ text, REFERENCE_LEN }, &read));
            }
            text[at] = right;
        }
    }
    CHECK(read == 77);
}

static void every_swap_of_two_characters_is_noticed(void)
{
    uint64_t read = 77;
    for (int i = 0; i < NUMBER_COUNT; i++) {
        char *text = (char *)reference_text(arena, &key, number_at(i)).data;
        for (size_t a = 0; a < REFERENCE_LEN; a++)
            for (size_t b = a + 1; b < REFERENCE_LEN; b++) {
                char one = text[a], other = text[b];
                if (one == '-' || other == '-' || one == other)
                    continue;
                text[a] = other;
                text[b] = one;
                CHECK(!reference_parse(&key, (Str){ text, REFERENCE_LEN }, &read));
                text[a] = one;
                text[b] = other;
            }
    }
    CHECK(read == 77);
}

static void a_reference_is_read_however_it_was_written_down(void)
{
    static const char *const WRITTEN[] = {
        "YXX-7NN-PJG", "yxx-7nn-pjg", "YXX7NNPJG", "yxx 7nn pjg", "  YXX -- 7NN\tPJG\r\n", "Y-X-X-7-N-N-P-J-G",
        "YXX–7NN—PJG", "YXX−7NN‑PJG", "YXX　7NN　PJG", "ＹＸＸ－７ＮＮ－ＰＪＧ", "ｙｘｘ７ｎｎｐｊｇ", "YXX\u00a07NN\u200bPJG",
    };
    for (size_t i = 0; i < COUNT_OF(WRITTEN); i++) {
        uint64_t number = 0;
        if (!CHECK(reference_parse(&key, str_from(WRITTEN[i]), &number) && number == 1))
            printf("   in: %s\n", WRITTEN[i]);
    }
}

static void letters_that_look_like_digits_are_read_as_digits(void)
{
    int zeros = 0, ones = 0;
    for (int i = 0; i < NUMBER_COUNT; i++) {
        char *text = (char *)reference_text(arena, &key, number_at(i)).data;
        for (size_t at = 0; at < REFERENCE_LEN; at++) {
            zeros += text[at] == '0';
            ones += text[at] == '1';
            text[at] = text[at] == '0' ? "Oo"[i % 2] : text[at] == '1' ? "IiLl"[i % 4] : text[at];
        }
        uint64_t read = 0;
        CHECK(reference_parse(&key, (Str){ text, REFERENCE_LEN }, &read) && read == number_at(i));
    }
    CHECK(zeros > 200 && ones > 200);
}

static void what_is_no_reference_is_refused(void)
{
    static const char *const WRONG[] = {
        "", "-", "YXX-7NN-PJ", "YXX-7NN-PJGG", "YXX-7NN-PJG0", "0YXX-7NN-PJG", "YXX-7NN-PJU", "YXX-7NN-PJ!",
        "YXX_7NN_PJG", "YXX.7NN.PJG", "YXX-7NN-PJ\xff", "YXX-7NN-PJÉ", "YXX-7NN-YXX-7NN-PJG", "YXX-7NN-PJG YXX-7NN-PJG",
    };
    uint64_t number = 77;
    for (size_t i = 0; i < COUNT_OF(WRONG); i++)
        if (!CHECK(!reference_parse(&key, str_from(WRONG[i]), &number)))
            printf("   in: %s\n", WRONG[i]);
    CHECK(!reference_parse(&key, S("YXX-7NN-PJ\0"), &number));
    CHECK(!reference_parse(&key, STR_NONE, &number));
    CHECK(number == 77);
}

/* Whoever holds one reference learns nothing of the next: order, steps and single characters are those of chance. */
static void references_do_not_follow_the_order_of_their_numbers(void)
{
    int rising = 0, same = 0;
    Str before = reference_text(arena, &key, 0);
    for (uint64_t number = 1; number <= NUMBER_COUNT; number++) {
        Str text = reference_text(arena, &key, number);
        rising += str_compare(before, text) < 0;
        for (size_t i = 0; i < REFERENCE_LEN; i++)
            same += text.data[i] != '-' && text.data[i] == before.data[i];
        before = text;
    }
    /* Of 1000 pairs about 500 rise; of 9000 characters about 9000 / 32 are the same. */
    CHECK(rising > 450 && rising < 550);
    CHECK(same > 200 && same < 360);
}

static void another_key_gives_other_references(void)
{
    Key other = key;
    other.bytes[31] ^= 1;
    int same = 0;
    for (uint64_t number = 0; number < NUMBER_COUNT; number++)
        same += str_equal(reference_text(arena, &key, number), reference_text(arena, &other, number));
    CHECK(same == 0);
    uint64_t read = 1;
    CHECK(reference_parse(&other, S("YXX-7NN-PJG"), &read) && read != 1);
}

/* ---- secrets and passwords -------------------------------------------------------------------------------------- */

static void a_secret_is_two_groups_of_four(void)
{
    CHECK_STR(secret_text(arena, (const uint8_t[]){ 0, 0, 0, 0, 0 }), S("0000-0000"));
    CHECK_STR(secret_text(arena, (const uint8_t[]){ 255, 255, 255, 255, 255 }), S("ZZZZ-ZZZZ"));
    CHECK_STR(secret_text(arena, (const uint8_t[]){ 0x00, 0x44, 0x32, 0x14, 0xc7 }), S("0123-4567"));
    CHECK_STR(secret_text(arena, (const uint8_t[]){ 0x08, 0x00, 0x00, 0x00, 0x1f }), S("1000-000Z"));
}

static void a_secret_is_read_in_one_form(void)
{
    char canonical[8];
    CHECK(secret_parse(S("1o0l-i23z"), canonical));
    CHECK_STR(((Str){ canonical, 8 }), S("1001123Z"));
    CHECK(secret_parse(S(" ZZZZ ZZZZ "), canonical));
    CHECK_STR(((Str){ canonical, 8 }), S("ZZZZZZZZ"));
    CHECK(!secret_parse(S("ZZZZ-ZZZ"), canonical));
    CHECK(!secret_parse(S("ZZZZ-ZZZZZ"), canonical));
    CHECK(!secret_parse(S("ZZZZ-ZZZU"), canonical));
    CHECK(!secret_parse(STR_NONE, canonical));
    for (uint32_t i = 0; i < 1000; i++) {
        uint64_t bits = (uint64_t)i * 0x9e3779b97f4a7c15u;
        uint8_t random[5];
        memcpy(random, &bits, sizeof random);
        Str text = secret_text(arena, random);
        CHECK(secret_parse(text, canonical));
        CHECK_STR(joined((Str[]){ { canonical, 4 }, S("-"), { canonical + 4, 4 } }, 3), text);
    }
}

static void a_password_hash_names_algorithm_cost_salt_and_result(void)
{
    CHECK_STR(password_hash(arena, S("correct horse"), &salt),
              S("$argon2id$v=19$m=19456,t=2,p=1$yMnKy8zNzs/Q0dLT1NXW1w$UD8Ew2TJF8ldxVyu6Cq4r5bb8oGkKk/EJz3fz/1MZzY"));
    CHECK_STR(password_hash(arena, STR_NONE, &salt),
              S("$argon2id$v=19$m=19456,t=2,p=1$yMnKy8zNzs/Q0dLT1NXW1w$hwgworIDwU7JgV/7hywi0dPhYCsGJ661908c8OEihUQ"));
}

static void only_the_password_itself_is_accepted(void)
{
    Str hash = password_hash(arena, S("correct horse"), &salt);
    CHECK(password_verify(hash, S("correct horse")));
    CHECK(!password_verify(hash, S("correct horsE")));
    CHECK(!password_verify(hash, S("correct horse ")));
    CHECK(!password_verify(hash, S("correct horse\0")));
    CHECK(!password_verify(hash, STR_NONE));
    Str empty = password_hash(arena, STR_NONE, &salt);
    CHECK(password_verify(empty, STR_NONE));
    CHECK(!password_verify(empty, S("\0")));
}

static void hashes_of_another_cost_are_verified(void)
{
    Str cheap = S("$argon2id$v=19$m=64,t=1,p=1$yMnKy8zNzs/Q0dLT1NXW1w$PtcViFd8ZiLxn4kWyhz3fEmG+Kb9VcKw1TtvvdNGoQM");
    CHECK(password_verify(cheap, S("correct horse")));
    CHECK(!password_verify(cheap, S("correct house")));
    char by_library[crypto_pwhash_argon2id_STRBYTES];
    must(crypto_pwhash_argon2id_str(by_library, "correct horse", 13, 1, 8192) == 0);
    CHECK(password_verify(str_from(by_library), S("correct horse")));
}

static void what_is_no_password_hash_is_refused(void)
{
    Str hash = S("$argon2id$v=19$m=64,t=1,p=1$yMnKy8zNzs/Q0dLT1NXW1w$PtcViFd8ZiLxn4kWyhz3fEmG+Kb9VcKw1TtvvdNGoQM");
    CHECK(!password_verify(STR_NONE, S("correct horse")));
    CHECK(!password_verify(S("correct horse"), S("correct horse")));
    for (size_t len = 1; len < hash.len; len++)
        CHECK(!password_verify(str_slice(hash, 0, len), S("correct horse")));
    CHECK(!password_verify(str_printf(arena, "%.*s%.*s", STR_ARGS(hash), STR_ARGS(hash)), S("correct horse")));
    Text filler = text_begin(arena, 200);
    while (filler.len < 128)
        text_char(&filler, '$');
    CHECK(!password_verify(text_str(&filler), S("correct horse")));
}

int main(void)
{
    trust_begin();
    trust_begin();
    arena = arena_open(1 << 20);
    fill(key.bytes, sizeof key.bytes, 0);
    fill(nonce.bytes, sizeof nonce.bytes, 100);
    fill(salt.bytes, sizeof salt.bytes, 200);
    RUN(hashes_are_blake2b);
    RUN(a_hash_is_read_back_from_its_text);
    RUN(what_is_no_hash_is_refused);
    RUN(a_link_is_what_the_formula_says);
    RUN(a_link_changes_with_everything_in_it);
    RUN(a_sealed_body_is_nonce_then_cipher_then_tag);
    RUN(what_was_sealed_is_opened);
    RUN(every_flipped_bit_is_noticed);
    RUN(a_cut_or_lengthened_body_is_refused);
    RUN(another_purpose_or_key_opens_nothing);
    RUN(a_forgotten_key_leaves_the_chain_whole);
    RUN(references_are_what_a_second_implementation_gives);
    RUN(a_reference_gives_its_number_back);
    RUN(no_two_numbers_share_a_reference);
    RUN(every_single_wrong_character_is_noticed);
    RUN(every_swap_of_two_characters_is_noticed);
    RUN(a_reference_is_read_however_it_was_written_down);
    RUN(letters_that_look_like_digits_are_read_as_digits);
    RUN(what_is_no_reference_is_refused);
    RUN(references_do_not_follow_the_order_of_their_numbers);
    RUN(another_key_gives_other_references);
    RUN(a_secret_is_two_groups_of_four);
    RUN(a_secret_is_read_in_one_form);
    RUN(a_password_hash_names_algorithm_cost_salt_and_result);
    RUN(only_the_password_itself_is_accepted);
    RUN(hashes_of_another_cost_are_verified);
    RUN(what_is_no_password_hash_is_refused);
    arena_close(arena);
    return test_end();
}
