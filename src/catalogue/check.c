/* What must hold between the keys of one object, beyond what each key says for itself. These checks look at what is
 * written (the nodes) rather than at what was read, so that a value which was complained of already is not missed. */
#include "catalogue/loader.h"

static const Node *has(const Node *node, const char *key)
{
    return node_get(node, str_from(key));
}

/* The key itself as a place, where it is the key and not its value that is wrong. */
static Place key_place(const Node *node, const char *name)
{
    for (size_t i = 0; i < node->keys.count; i++)
        if (str_equal(node->keys.at[i]->text, str_from(name)))
            return node_place(node->keys.at[i]);
    return node_place(node);
}

static void no_text_twice(Loader *loader, const Node *list, const char *key)
{
    Strs seen = { 0 };
    for (size_t i = 0; i < node_count(list); i++) {
        const Node *text = has(node_item(list, i), key);
        if (!text || text->kind != NODE_TEXT)
            continue;
        if (strs_has(&seen, text->text))
            fault(loader, node_place(text), S("each stands once"), "\"%.*s\" is taken already", STR_ARGS(text->text));
        list_push(loader->scratch, &seen, text->text);
    }
}

void load_check_pack(Loader *loader, const Node *node, void *object)
{
    const Pack *pack = object;
    if (has(node, "area") && pack->area < 0)
        fault(loader, node_place(has(node, "area")), STR_NONE, "\"area\" must not be negative");
    if (has(node, "upload-max-mb") && (pack->upload_max_mb < 1 || pack->upload_max_mb > 1000))
        fault(loader, node_place(has(node, "upload-max-mb")), STR_NONE, "\"upload-max-mb\" must be from 1 to 1,000");
}

void load_check_law(Loader *loader, const Node *node, void *object)
{
    const Law *law = object;
    if (date_is_set(law->in_force) && date_is_set(law->ends) && date_compare(law->ends, law->in_force) <= 0)
        fault(loader, node_place(has(node, "ends")), S("check both dates"), "\"ends\" is not after \"in-force\"");
}

/* ---- facts ---- */

/* Keys that mean something for some types of fact only. */
#define OF(kind) (1u << (kind))
static const struct FactKey {
    const char *key;
    unsigned kinds;
    bool required;                                 /* for those */
} FACT_ONLY[] = {
    { "choices", OF(FACT_CHOICE), true },
    { "fields", OF(FACT_LIST), true },
    { "member", OF(FACT_LIST), true },
    { "unit", OF(FACT_NUMBER), false },
    { "whole", OF(FACT_NUMBER), false },
    { "min", OF(FACT_NUMBER) | OF(FACT_MONEY) | OF(FACT_LIST) | OF(FACT_TEXT), false },
    { "max", OF(FACT_NUMBER) | OF(FACT_MONEY) | OF(FACT_LIST) | OF(FACT_TEXT), false },
    { "past", OF(FACT_DATE), false },
    { "future", OF(FACT_DATE), false },
};

static void check_fact_key(Loader *loader, const Node *node, const struct FactKey *only, size_t kind, const Field *type)
{
    const Node *value = has(node, only->key);
    bool allowed = (only->kinds & OF(kind)) != 0;
    if (allowed && only->required && !value) {
        const Field *key = shape_field(&DOCUMENT_SCHEMAS[DOCUMENT_FACT].shape, str_from(only->key));
        fault(loader, node_place(node), load_hint_to_add(loader, key), "a fact of type %s has no \"%s\"",
              type->words[kind], only->key);
    } else if (!allowed && value) {
        Text kinds = text_begin(loader->scratch, 1000);
        for (size_t i = 0; i < type->word_count; i++)
            if (only->kinds & OF(i))
                text_printf(&kinds, "%s%s", kinds.len ? ", " : "it goes with: ", type->words[i]);
        fault(loader, key_place(node, only->key), text_str(&kinds), "\"%s\" says nothing of a fact of type %s",
              only->key, type->words[kind]);
    }
}

/* Members and letters are counted. */
static void check_whole(Loader *loader, const Node *node, const char *key, Str bound)
{
    int64_t count;
    Value number;
    if (value_number(loader->scratch, bound, &number) && (!str_to_i64(bound, &count) || count < 0))
        fault(loader, node_place(has(node, key)), STR_NONE, "\"%s\" is not a whole number", key);
}

static void check_bounds(Loader *loader, const Node *node, const Fact *fact)
{
    if (fact->kind == FACT_LIST || fact->kind == FACT_TEXT) {
        check_whole(loader, node, "min", fact->min);
        check_whole(loader, node, "max", fact->max);
    }
    Value min, max, most = value_i64(loader->scratch, LIST_MEMBERS_MAX);
    int order;
    if (fact->kind == FACT_LIST && fact->max.len && value_number(loader->scratch, fact->max, &max) &&
        value_compare(max, most, &order) && order > 0)
        fault(loader, node_place(has(node, "max")), STR_NONE, "a list has at most %d members", LIST_MEMBERS_MAX);
    if (!fact->min.len || !fact->max.len || !value_number(loader->scratch, fact->min, &min) ||
        !value_number(loader->scratch, fact->max, &max))
        return;
    if (value_compare(min, max, &order) && order > 0)
        fault(loader, node_place(has(node, "max")), STR_NONE, "\"max\" is less than \"min\"");
}

/* A fact is a name in rules; `and` or `date` would be read as something else there. */
static void check_name(Loader *loader, const Fact *fact)
{
    Errors faults = errors_begin(loader->scratch);
    const Rule *rule = rule_parse(loader->scratch, fact->id, (Place){ 0 }, &faults);
    const Strs *names = rule ? rule_names(rule) : NULL;
    if (!load_identifier_is_good(fact->id, '_'))
        return;
    if (!names || names->count != 1 || !str_equal(names->at[0], fact->id))
        fault(loader, fact->place, S("take another word"), "\"%.*s\" means something else in rules",
              STR_ARGS(fact->id));
}

/* The tokens of HTML's autofill that a fact can mean (WCAG 2.2, 1.3.5). */
static void check_autocomplete(Loader *loader, const Node *node)
{
    static const char *const TOKENS[] = {
        "name", "given-name", "family-name", "additional-name", "honorific-prefix", "honorific-suffix", "nickname",
        "organization", "organization-title", "street-address", "address-line1", "address-line2", "address-line3",
        "address-level1", "address-level2", "address-level3", "address-level4", "country", "country-name",
        "postal-code", "bday", "sex", "language", "url", "tel", "tel-national", "email", "impp",
    };
    if (!node || node->kind != NODE_TEXT)
        return;
    Strs tokens = { 0 };
    for (size_t i = 0; i < COUNT_OF(TOKENS); i++)
        list_push(loader->scratch, &tokens, str_from(TOKENS[i]));
    Str near = load_did_you_mean(loader, node->text, &tokens);
    if (!strs_has(&tokens, node->text))
        fault(loader, node_place(node),
              near.len ? near : S("take a token of HTML's autofill, such as name, tel or email"),
              "\"autocomplete\" cannot be \"%.*s\"", STR_ARGS(node->text));
}

/* A fact is asked, and has a question; or it is worked out, and has nothing that only an answer has. */
static void check_source(Loader *loader, const Node *node, const Fact *fact)
{
    static const char *const ASKED_ONLY[] = {
        "question", "hint",     "why",  "check",  "check-message", "autocomplete", "sample",
        "optional", "past",     "future", "min",  "max",           "whole",        "fields", "member",
    };
    const unsigned worked_out =
        OF(FACT_YES_NO) | OF(FACT_CHOICE) | OF(FACT_NUMBER) | OF(FACT_MONEY) | OF(FACT_DATE) | OF(FACT_TEXT);
    const Shape *shape = &DOCUMENT_SCHEMAS[DOCUMENT_FACT].shape;
    bool derived = has(node, "rule") || has(node, "decision");
    if (!derived && !has(node, "question"))
        fault(loader, node_place(node), load_hint_to_add(loader, shape_field(shape, S("question"))),
              "missing key \"question\" in fact");
    if (has(node, "rule") && has(node, "decision"))
        fault(loader, key_place(node, "decision"), S("keep one of them"), "a fact cannot be worked out in two ways");
    for (size_t i = 0; derived && i < COUNT_OF(ASKED_ONLY); i++)
        if (has(node, ASKED_ONLY[i]))
            fault(loader, key_place(node, ASKED_ONLY[i]), S("it is worked out, and nobody is asked for it"),
                  "\"%s\" says nothing of this fact", ASKED_ONLY[i]);
    if (derived && !(worked_out & OF(fact->kind)))
        fault(loader, key_place(node, "type"), S("it can be yes-no, choice, number, money, date or text"),
              "a fact of this type cannot be worked out");
}

void load_check_fact(Loader *loader, const Node *node, void *object)
{
    const Fact *fact = object;
    const Node *type = has(node, "type"), *choices = has(node, "choices");
    const Field *key = shape_field(&DOCUMENT_SCHEMAS[DOCUMENT_FACT].shape, S("type"));
    size_t kind;
    check_name(loader, fact);
    check_source(loader, node, fact);
    if (type && type->kind == NODE_TEXT && load_word_index(key, type->text, &kind))
        for (size_t i = 0; i < COUNT_OF(FACT_ONLY); i++)
            check_fact_key(loader, node, &FACT_ONLY[i], kind, key);
    if (choices && choices->kind != NODE_BROKEN && node_count(choices) < 2)
        fault(loader, node_place(choices), STR_NONE, "a choice has at least two choices");
    no_text_twice(loader, choices, "value");
    check_bounds(loader, node, fact);
    check_autocomplete(loader, has(node, "autocomplete"));
    if (fact->past && fact->future)
        fault(loader, key_place(node, "future"), S("keep one of them"), "a date cannot be both past and future");
    if (has(node, "check") && !has(node, "check-message"))
        fault(loader, key_place(node, "check"), S("add check-message: what the person should mend"),
              "a check without \"check-message\"");
    if (has(node, "check-message") && !has(node, "check"))
        fault(loader, key_place(node, "check-message"), STR_NONE, "a \"check-message\" without a check");
}

/* ---- services and the rest ---- */
void load_check_need(Loader *loader, const Node *node, void *object)
{
    (void)object;
    if (!has(node, "evidence") && !has(node, "any"))
        fault(loader, node_place(node), S("write evidence: one, or any: [one, another]"),
              "a need with neither \"evidence\" nor \"any\"");
    if (has(node, "evidence") && has(node, "any"))
        fault(loader, key_place(node, "any"), S("write any: with all of them, or two needs"),
              "a need with both \"evidence\" and \"any\"");
    if (has(node, "any") && node_count(has(node, "any")) == 0)
        fault(loader, node_place(has(node, "any")), S("name at least one evidence"), "\"any\" is empty");
}

/* ---- how periods are counted ---- */
static void count_by(Period *period, const CountingRule *rule)
{
    if (rule && period->amount)
        period->rule = &rule->rule;
}

void load_check_period_rule(Loader *loader, const Node *node, void *object)
{
    CountingRule *rule = object;
    rule->rule.ends_like_first = rule->runs_from == RUNS_FROM_DAY_AFTER;
    if (has(node, "working-days-least-from") && !has(node, "working-days-least"))
        fault(loader, key_place(node, "working-days-least-from"), S("say how many: working-days-least"),
              "\"working-days-least-from\" without \"working-days-least\"");
    for (size_t i = 0; i < rule->rule.up_to.count; i++)
        for (size_t j = 0; j < i; j++)
            if (rule->rule.up_to.at[i].unit == rule->rule.up_to.at[j].unit)
                fault(loader, node_place(has(node, "up-to")), S("one for each unit"),
                      "\"up-to\" has two periods of one unit");
}

/* No clock stops without a law, and no special step is taken without one. A pack that was served when that was not
 * asked yet stays readable, for something was sent under it. */
void load_check_ground(Loader *loader, const Node *node, void *object)
{
    Ground *ground = object;
    count_by(&ground->time, ground->counted);
    if (!loader->kept && (!has(node, "legal") || node_count(has(node, "legal")) == 0))
        fault(loader, node_place(node), S("add legal: the law that allows it"), "a ground without \"legal\"");
}

void load_check_silence(Loader *loader, const Node *node, void *object)
{
    (void)loader;
    (void)node;
    ((Silence *)object)->grants = true;
}

void load_check_renewal(Loader *loader, const Node *node, void *object)
{
    const Renewal *renewal = object;
    const Document *fact = renewal->ends ? document_find(loader, DOCUMENT_FACT, renewal->ends->id) : NULL;
    const Node *type = fact ? has(fact->root, "type") : NULL; /* the fact itself may not be read yet */
    if (type && type->kind == NODE_TEXT && !str_equal(type->text, S("date")))
        fault(loader, node_place(has(node, "ends")), S("name a fact of type date"), "\"%.*s\" is no date", STR_ARGS(renewal->ends->id));
}

void load_check_remedy(Loader *loader, const Node *node, void *object)
{
    Remedy *remedy = object;
    (void)loader;
    (void)node;
    count_by(&remedy->time, remedy->counted);
}

void load_check_term(Loader *loader, const Node *node, void *object)
{
    Term *term = object;
    count_by(&term->time, term->counted);
    if (!has(node, "time") && !term->on_the_spot)
        fault(loader, node_place(node), S("say how long it is: time, or on-the-spot: true"), "a term with no time");
    if (has(node, "time") && term->on_the_spot)
        fault(loader, key_place(node, "on-the-spot"), S("keep one of them"), "a term cannot have a time and be on the spot");
}

void load_check_limit(Loader *loader, const Node *node, void *object)
{
    Limit *limit = object;
    Period *const periods[] = { &limit->statutory, &limit->promised, &limit->extension, &limit->follow_up };
    for (size_t i = 0; i < COUNT_OF(periods); i++)
        count_by(periods[i], limit->counted);
    if (limit->on_the_spot && (has(node, "statutory") || has(node, "promised")))
        fault(loader, key_place(node, "on-the-spot"), S("keep one of them"), "a limit cannot have a time and be on the spot");
    if (!has(node, "statutory") && !has(node, "promised") && (!has(node, "on-the-spot") || !limit->on_the_spot))
        fault(loader, node_place(node), S("say how long it takes: statutory, promised or on-the-spot: true"),
              "a limit with no time");
    if (limit->from_filing && limit->from_receipt)
        fault(loader, key_place(node, "from-filing"), S("keep one of them"), "a limit cannot count from receipt and from complete papers");
    if (limit->on_the_spot && has(node, "silence"))
        fault(loader, key_place(node, "silence"), S("give it a time"), "silence on the spot grants nothing");
}

/* The applicant cannot be given no time at all, and an extension of nothing is none. */
static void no_spot(Loader *loader, const Node *node, const char *key, const Term *term)
{
    if (term->on_the_spot)
        fault(loader, key_place(node, key), S("give it a time"), "\"%s\" cannot be on the spot", key);
}

void load_check_procedure(Loader *loader, const Node *node, void *object)
{
    const Procedure *procedure = object;
    no_text_twice(loader, has(node, "grounds"), "id");
    no_spot(loader, node, "correction", &procedure->correction);
    no_spot(loader, node, "deficiency", &procedure->deficiency);
    no_spot(loader, node, "extension", &procedure->extension);
    no_spot(loader, node, "mending", &procedure->mending);
    if (procedure->silence_accepts && !has(node, "intake"))
        fault(loader, key_place(node, "silence-accepts"), S("say within what time: intake"), "silence without a term accepts nothing");
}

void load_check_service(Loader *loader, const Node *node, void *object)
{
    const Service *service = object;
    bool asked = !service->renewal.ends;
    for (size_t i = 0; i < service->asks.count; i++)
        asked |= service->asks.at[i] == service->renewal.ends;
    if (!asked)
        fault(loader, node_place(has(has(node, "renewal"), "ends")), S("add it to asks"), "nobody asks \"%.*s\"",
              STR_ARGS(service->renewal.ends->id));
    no_text_twice(loader, has(node, "steps"), "id");
    if (has(node, "fee") && has(node, "fee-rule"))
        fault(loader, key_place(node, "fee-rule"), S("keep one of them"), "a service with both \"fee\" and \"fee-rule\"");
}

void load_check_event(Loader *loader, const Node *node, void *object)
{
    const Event *event = object;
    no_spot(loader, node, "bundle", &event->bundle);
    no_spot(loader, node, "bundle-extension", &event->bundle_extension);
    if (has(node, "bundle-extension") && !has(node, "bundle"))
        fault(loader, key_place(node, "bundle-extension"), S("say what it extends: bundle"), "\"bundle-extension\" without \"bundle\"");
    no_text_twice(loader, has(node, "stops"), "id");
}
