/* What people are asked without need: papers that government issued or holds, the same thing twice, and personal facts that
 * nobody says the purpose of. */
#include "lint/inside.h"
#include "lint/letters.h"

/* ---- once only ---- */

static void asked_although_known(Lint *lint, const EvidenceType *type)
{
    const Item item = ITEM("evidence", type);
    const Service *giver = type->givers.count ? type->givers.at[0] : NULL;
    Error *error = NULL;
    if (!type->upload)
        return;
    if (type->holder)
        error = report(lint, LINT_ONCE_ONLY, &item, S("upload"), "people bring \"%.*s\", which \"%.*s\" holds",
                       STR_ARGS(type->id), STR_ARGS(type->holder->id));
    else if (giver)
        error = report(lint, LINT_ONCE_ONLY, &item, S("upload"), "people bring \"%.*s\", which the service \"%.*s\" gives",
                       STR_ARGS(type->id), STR_ARGS(giver->id));
    if (!error)
        return;
    tell_chain(lint, error, giver);
    tell_law(lint, error, &type->legal);
}

/* By its name in one language: evidence that is issued or held. */
static Map known_by_name(Lint *lint, size_t language)
{
    Map known = { 0 };
    for (size_t i = 0; i < lint->pack->evidence.count; i++) {
        const EvidenceType *type = lint->pack->evidence.at[i];
        if (type->holder || type->givers.count)
            map_put(lint->arena, &known, letters_plain(lint->arena, type->name.in[language]), (void *)type);
    }
    return known;
}

static bool is_written(const Fact *fact)
{
    return fact->kind == FACT_TEXT || fact->kind == FACT_CREDIT_CODE || fact->kind == FACT_IDENTITY;
}

/* Evidence of another identifier, and facts that are written down, that go by the name of something issued or held. */
static void asked_by_another_name(Lint *lint)
{
    const Map known = known_by_name(lint, 0);
    for (size_t i = 0; i < lint->pack->evidence.count; i++) {
        const EvidenceType *type = lint->pack->evidence.at[i];
        const EvidenceType *other = map_get(&known, letters_plain(lint->arena, type->name.in[0]));
        const Item item = ITEM("evidence", type);
        if (other && other != type && type->upload && !type->holder && !type->givers.count)
            report(lint, LINT_ONCE_ONLY, &item, S("upload"), "people bring \"%.*s\", which has the name of \"%.*s\"",
                   STR_ARGS(type->id), STR_ARGS(other->id));
    }
    for (size_t i = 0; i < lint->pack->facts.count; i++) {
        const Fact *fact = lint->pack->facts.at[i];
        const EvidenceType *other = is_written(fact) ? map_get(&known, letters_plain(lint->arena, fact->name.in[0])) : NULL;
        const Item item = ITEM("fact", fact);
        if (other)
            report(lint, LINT_ONCE_ONLY, &item, S("name"), "people are asked for \"%.*s\", which the evidence \"%.*s\" shows",
                   STR_ARGS(fact->id), STR_ARGS(other->id));
    }
}

/* ---- the same question ---- */

typedef struct Heard {
    Map questions[LANGUAGES_MAX];                  /* plain text to Fact */
    Map labels[LANGUAGES_MAX];                     /* likewise of names, with the kind in front */
} Heard;

/* The fact that was heard first under this text; notes this one where there is none. */
static const Fact *heard(Lint *lint, Map *map, Str text, const Fact *fact)
{
    const Fact *first = map_get(map, text);
    if (!first)
        map_put(lint->arena, map, text, (void *)fact);
    return first;
}

/* Members of lists are asked in another breath each: "What is the name?" of a child is not that of a founder. */
static void asked_twice(Lint *lint)
{
    Heard all = { 0 };
    for (size_t i = 0; i < lint->pack->facts.count; i++) {
        const Fact *fact = lint->pack->facts.at[i], *first = NULL;
        const Item item = ITEM("fact", fact);
        if (map_get(&lint->fields, fact->id))
            continue;
        for (size_t l = 0; l < lint->pack->languages.count; l++) {
            const Str label = letters_plain(lint->arena, fact->name.in[l]);
            const Fact *by_question = heard(lint, &all.questions[l], letters_plain(lint->arena, fact->question.in[l]), fact);
            const Fact *by_label = heard(lint, &all.labels[l],
                                         str_printf(lint->arena, "%d %.*s", (int)fact->kind, STR_ARGS(label)), fact);
            first = first ? first : by_question ? by_question : by_label;
        }
        if (first)
            report(lint, LINT_SAME_QUESTION, &item, S("question"), "\"%.*s\" asks what \"%.*s\" asks", STR_ARGS(fact->id),
                   STR_ARGS(first->id));
    }
}

/* ---- purpose ---- */

static bool is_personal(const Fact *fact)
{
    static const char *const TOKENS[] = { "bday", "name", "given-name", "family-name", "tel", "email", "street-address" };
    for (size_t i = 0; i < COUNT_OF(TOKENS); i++)
        if (str_equal(fact->autocomplete, str_from(TOKENS[i])))
            return true;
    const bool birth = fact->kind == FACT_DATE && fact->past && str_find_nocase(fact->id, S("birth")) != SIZE_MAX;
    return birth || fact->kind == FACT_IDENTITY || fact->kind == FACT_ADDRESS;
}

static void asked_for_nothing(Lint *lint, const Fact *fact)
{
    const Item item = ITEM("fact", fact);
    if (is_personal(fact) && !fact->why.in[0].len && !fact->legal.count)
        report(lint, LINT_NO_PURPOSE, &item, S("type"), "nobody says what \"%.*s\" is asked for", STR_ARGS(fact->id));
}

void lint_asking(Lint *lint)
{
    for (size_t i = 0; i < lint->pack->evidence.count; i++)
        asked_although_known(lint, lint->pack->evidence.at[i]);
    asked_by_another_name(lint);
    asked_twice(lint);
    for (size_t i = 0; i < lint->pack->facts.count; i++)
        asked_for_nothing(lint, lint->pack->facts.at[i]);
}
