/* The window itself: who may do what, and small things that every use case needs. */
#include "desk/inside.h"

/* An older version, with today's knowledge of which days are free. */
static bool add_version(Desk *desk, Arena *arena, const KeptPack *kept, Errors *errors)
{
    const Pack *read = pack_read(arena, kept->text, errors);
    if (!read)
        return false;
    Pack *pack = arena_new(arena, Pack);
    *pack = *read;
    pack->calendar = desk->pack->calendar;
    list_push(arena, &desk->packs, pack);
    return true;
}

static bool keep_version(const Desk *desk, Instant now, Errors *errors)
{
    Arena *scratch = arena_open(64 << 20);
    Change *change = change_begin(desk->store, scratch);
    change_pack(change, &desk->pack->version, desk->pack->text, now);
    const bool kept = store_commit_wait(desk->store, change) == OUTCOME_DONE;
    arena_close(scratch);
    if (!kept)
        errors_add(errors, (Place){ .file = store_folder(desk->store) }, S("make room on the disk and start again"),
                   "the pack could not be kept");
    return kept;
}

Desk *desk_open(Arena *arena, const Pack *pack, Store *store, Instant now, Errors *errors)
{
    KeptPacks kept = store_packs(store, arena);
    if (!pack && !kept.count) {
        errors_add(errors, (Place){ .file = store_folder(store) }, S("serve one from it first: onestop serve --pack DIR"),
                   "no pack was ever served from this folder");
        return NULL;
    }
    if (!pack && !(pack = pack_read(arena, kept.at[0].text, errors)))
        return NULL;
    Desk *desk = arena_new(arena, Desk);
    *desk = (Desk){ .pack = pack, .store = store };
    list_push(arena, &desk->packs, pack);
    if (!kept.count || !hash_equal(&kept.at[0].version, &pack->version)) {
        if (!keep_version(desk, now, errors))
            return NULL;
        kept = store_packs(store, arena);          /* without those that went */
    }
    for (size_t i = 0; i < kept.count; i++)
        if (!hash_equal(&kept.at[i].version, &pack->version) && !add_version(desk, arena, &kept.at[i], errors))
            return NULL;
    return desk;
}

const Pack *desk_pack(const Desk *desk, const Hash *version)
{
    for (size_t i = 0; i < desk->packs.count; i++)
        if (hash_equal(&desk->packs.at[i]->version, version))
            return desk->packs.at[i];
    return desk->pack;
}

static const uint32_t WHO[] = {
#define X(name, who) who,
    USES(X)
#undef X
};
_Static_assert(COUNT_OF(WHO) == USE_COUNT, "a row for each use");

static bool owns(const Desk *desk, const Actor *actor, const Application *application)
{
    if (actor->account.id && application->account == actor->account.id)
        return true;
    return actor->live && store_session_may(desk->store, &actor->session, application->area, application->id);
}

bool desk_may(const Desk *desk, const Actor *actor, Use use, const Application *application, Str authority)
{
    must(use < USE_COUNT);
    const uint32_t who = WHO[use];
    const Role role = actor->account.id ? actor->account.role : ROLE_NOBODY;
    if ((who & MAY_SIGNED_IN) && role != ROLE_NOBODY)
        return true;
    if ((who & MAY_SUPERVISOR) && role == ROLE_SUPERVISOR)
        return true;
    if ((who & MAY_OFFICER) && role == ROLE_OFFICER && (authority.len == 0 || str_equal(authority, actor->account.authority)))
        return true;
    return (who & MAY_OWNER) && application && owns(desk, actor, application);
}

Str form_get(const Form *form, Str name)
{
    for (size_t i = 0; i < form->count; i++)
        if (str_equal(form->at[i].name, name))
            return form->at[i].value;
    return STR_NONE;
}

bool form_has(const Form *form, Str name)
{
    for (size_t i = 0; i < form->count; i++)
        if (str_equal(form->at[i].name, name))
            return true;
    return false;
}

void problem_add(Arena *arena, Problems *problems, Str field, const char *message, Str first, Str second, Str third)
{
    list_push(arena, problems, (Problem){ .field = field, .message = message, .args = { first, second, third } });
}

Str texts_in(Texts texts, int language)
{
    return texts.in[language >= 0 && language < LANGUAGES_MAX ? language : 0];
}

Date desk_today(const Pack *pack, Instant now)
{
    return date_in_zone(now, pack->utc_offset_minutes);
}

bool draft_load(const Desk *desk, Arena *arena, const Actor *actor, Use use, int64_t application, Application *row, Verdict *verdict)
{
    *verdict = VERDICT_NOT_FOUND;
    if (!store_application(desk->store, arena, desk->pack->area, application, row))
        return false;
    if (!desk_may(desk, actor, use, row, STR_NONE)) {
        *verdict = VERDICT_FORBIDDEN;
        return false;
    }
    *verdict = VERDICT_OK;
    return true;
}
