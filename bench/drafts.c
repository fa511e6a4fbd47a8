/* drafts: fills a data folder with applications that are ready to be sent, for the benchmark and the crash test.
 *
 *     drafts PACK DATA EVENT COUNT > list
 *
 * One draft is made as people make it, question by question, by the demo's way of answering; the others are copies of its row under the
 * same party. The first line of the output is the session's cookie and the csrf token, then a reference a line. */
#include "desk/desk.h"

#include <stdio.h>
#include <stdlib.h>

enum { BATCH = 200 };

static void hex(char *out, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++)
        snprintf(out + i * 2, 3, "%02x", bytes[i]);
}

static int fail(const char *what)
{
    fprintf(stderr, "drafts: %s\n", what);
    return 1;
}

/* Copies of a ready draft: same answers, same files, numbers of their own. */
static bool copy_drafts(Store *store, const Application *ready, const EvidenceList *evidence, int count, const Hash *token)
{
    for (int made = 0; made < count;) {
        Arena *arena = arena_open(64 << 20);
        Change *change = change_begin(store, arena);
        for (int i = 0; i < BATCH && made < count; i++, made++) {
            Application *row = arena_new(arena, Application);
            *row = *ready;
            row->id = store_next_id(store);
            row->version = 0;
            change_application(change, row);
            change_session_access(change, token, row->area, row->id);
            for (size_t e = 0; e < evidence->count; e++) {
                Evidence *copy = arena_new(arena, Evidence);
                *copy = evidence->at[e];
                copy->application = row->id;
                copy->id = store_next_id(store);
                change_evidence(change, copy, row->party);
            }
            Str reference = store_reference(store, arena, row->id);
            printf("%.*s\n", STR_ARGS(reference));
        }
        bool written = store_commit_wait(store, change) == OUTCOME_DONE;
        arena_close(arena);
        if (!written)
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 5)
        return fail("usage: drafts PACK DATA EVENT COUNT");
    trust_begin();
    Arena *arena = arena_open(256 << 20);
    Errors errors = errors_begin(arena);
    const Pack *pack = pack_load(arena, str_from(argv[1]), &errors);
    Store *store = pack ? store_open(str_from(argv[2]), &errors) : NULL;
    if (!store)
        return fail("cannot load the pack or open the folder");
    Instant now = { (int64_t)1790000000 * 1000000 };
    Desk *desk = desk_open(arena, pack, store, now, &errors);
    if (!desk)
        return fail("cannot keep the pack");
    int64_t application = 0;
    if (!desk_demo_draft(desk, arena, str_from(argv[3]), now, &application))
        return fail("cannot fill in a draft");

    uint8_t cookie_bytes[32];
    char cookie[65], csrf[65];
    store_random(cookie_bytes, sizeof cookie_bytes);
    hex(cookie, cookie_bytes, sizeof cookie_bytes);
    Hash token = hash_of(str_from(cookie));
    Key key = store_key(store, S("csrf"));
    Hash keyed = hash_keyed(&key, str_from(cookie));
    hex(csrf, keyed.bytes, 16);
    printf("%s %s\n", cookie, csrf);

    Application row;
    const Session session = { .token = token, .created_at = now, .expires_at = { now.us + 3650 * DAY_US } };
    Change *change = change_begin(store, arena);
    change_session(change, &session);
    if (store_commit_wait(store, change) != OUTCOME_DONE || !store_application(store, arena, pack->area, application, &row))
        return fail("cannot write");
    row.account = 0;
    EvidenceList evidence = store_evidence(store, arena, pack->area, application);
    bool good = copy_drafts(store, &row, &evidence, atoi(argv[4]), &token);
    store_close(store);
    arena_close(arena);
    return good ? 0 : fail("cannot write");
}
