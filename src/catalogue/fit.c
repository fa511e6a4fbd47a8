/* Whether rules and facts fit: what a rule compares a fact with, the fact must be able to be; what a rule works out
 * must be what it is wanted for. Asked when all facts are read. */
#include "catalogue/loader.h"

static Str shown(const Loader *loader, const Constant *constant)
{
    if (constant->type.len)
        return str_printf(loader->scratch, "a %.*s", STR_ARGS(constant->type));
    Text text = text_begin(loader->scratch, 300);
    text_value(&text, constant->value);
    return text_str(&text);
}

/* Where the constant stands: in a model, or as written in the rule. */
static Place place_of(const Loader *loader, const RuleNote *note, const Constant *constant)
{
    if (constant->place.file.len)
        return load_model_place(loader, constant->place, shown(loader, constant));
    size_t at = note->node->kind == NODE_TEXT ? str_find(note->node->text, shown(loader, constant)) : SIZE_MAX;
    return node_place_in(note->node, at == SIZE_MAX ? 0 : at);
}

static Str hint_of(const Loader *loader, const Domain *domain)
{
    if (domain->kind == VALUE_NUMBER)
        return S("it is a number, written without quotes");
    if (domain->kind == VALUE_DATE)
        return S("it is a date, written so: @\"2026-10-26\"");
    Text text = text_begin(loader->scratch, 500);
    for (size_t i = 0; i < domain->values.count; i++) {
        text_put(&text, i ? S(", ") : S("it can be "));
        text_value(&text, domain->values.at[i]);
    }
    return domain->values.count ? text_str(&text) : S("it is a text, written in quotes");
}

static const Document *sound_fact(const Loader *loader, Str name)
{
    const Document *document = map_get(&loader->index[DOCUMENT_FACT], name);
    return document && !document->flawed ? document : NULL;
}

/* What a rule compares a fact with, the fact must be able to be. */
static void check_uses(Loader *loader, const RuleNote *note)
{
    const Strs *names = rule_names(note->rule);
    for (size_t i = 0; i < names->count; i++) {
        Domain domain = { 0 };
        const Document *document = sound_fact(loader, names->at[i]);
        if (!document || !load_domain(loader->scratch, document->object, &domain))
            continue;
        Constants misfits = rule_misfits(loader->scratch, note->rule, names->at[i], &domain);
        for (size_t j = 0; j < misfits.count; j++)
            fault(loader, place_of(loader, note, &misfits.at[j]), hint_of(loader, &domain),
                  "the fact \"%.*s\" can never be %.*s", STR_ARGS(names->at[i]),
                  STR_ARGS(shown(loader, &misfits.at[j])));
    }
}

/* The field of a list that the fact is worked out from; NULL where it is none, or of this list. */
static const Fact *field_behind(const Loader *loader, const Fact *derived, const Fact *list)
{
    const Strs *names = rule_names(derived->rule.parsed);
    for (size_t i = 0; i < names->count; i++) {
        const Document *document = sound_fact(loader, names->at[i]);
        bool found = document && document->is_field && !document->is_asked;
        for (size_t j = 0; found && list && j < list->fields.count; j++)
            found = list->fields.at[j] != document->object;
        if (found)
            return document->object;
    }
    return NULL;
}

/* What is worked out from the fields of a list is worked out for a member, and there must be one. */
static void check_members(Loader *loader, const RuleNote *note)
{
    const Strs *names = rule_names(note->rule);
    const Document *list = note->each && note->each->kind == NODE_TEXT ? sound_fact(loader, note->each->text) : NULL;
    for (size_t i = 0; note->document->kind != DOCUMENT_FACT && i < names->count; i++) {
        const Document *document = sound_fact(loader, names->at[i]);
        const Fact *fact = document && document_is_derived(document) ? document->object : NULL;
        const Fact *field = fact && fact->rule.parsed ? field_behind(loader, fact, list ? list->object : NULL) : NULL;
        if (field)
            fault(loader, node_place(note->node), S("use it in a need with each: that list"),
                  "\"%.*s\" is worked out from \"%.*s\", which only a member of a list has", STR_ARGS(fact->id),
                  STR_ARGS(field->id));
    }
}

/* What is worked out must be what the fact says that it is. */
static void check_results(Loader *loader, const RuleNote *note)
{
    const Document *document = note->document;
    Domain domain = { 0 };
    if (!document_is_derived(document) || document->flawed || !load_domain(loader->scratch, document->object, &domain))
        return;
    Constants results = rule_results(loader->scratch, note->rule);
    for (size_t i = 0; i < results.count; i++) {
        const Constant *result = &results.at[i];
        bool good = result->type.len ? (result->kinds >> domain.kind & 1) != 0
                                     : result->value.kind == VALUE_NULL || result->value.kind == domain.kind;
        bool found = result->type.len || result->value.kind == VALUE_NULL || domain.values.count == 0;
        for (size_t j = 0; j < domain.values.count && !found; j++)
            found = value_equal(domain.values.at[j], result->value);
        if (!good || !found)
            fault(loader, place_of(loader, note, result), hint_of(loader, &domain),
                  "\"%.*s\" would be worked out as %.*s", STR_ARGS(document->id), STR_ARGS(shown(loader, result)));
    }
}

/* A fee is an amount, and nobody is paid for applying. */
static void check_fee(Loader *loader, const RuleNote *note)
{
    Constants results = rule_results(loader->scratch, note->rule);
    for (size_t i = 0; i < results.count; i++) {
        Money fee;
        if (!money_of(loader->scratch, results.at[i].value, &fee))
            fault(loader, place_of(loader, note, &results.at[i]), str_from(KEY_TYPE_HINTS[note->key->type]),
                  "the fee would be %.*s", STR_ARGS(shown(loader, &results.at[i])));
    }
}

void load_check_rules(Loader *loader)
{
    for (size_t i = 0; i < loader->rules.count; i++) {
        const RuleNote *note = &loader->rules.at[i];
        loader->document = note->document;
        check_uses(loader, note);
        check_results(loader, note);
        check_members(loader, note);
        if (note->key && note->key->type == TYPE_FEE_RULE)
            check_fee(loader, note);
    }
    loader->document = NULL;
}
