/* Facts that are worked out: by a rule, or by a decision of a model that lies in the pack. Nobody is asked for them.
 *
 * They are read before all other documents, so that every rule can be bound to them where it is parsed; plan and pages
 * then meet rules over facts that are asked, and need not know. */
#include "catalogue/loader.h"

enum { DERIVED_DEEP_MAX = 100 };

static const Node *get(const Node *node, const char *key)
{
    return node_get(node, str_from(key));
}

bool document_is_derived(const Document *document)
{
    return document->kind == DOCUMENT_FACT && (get(document->root, "rule") || get(document->root, "decision"));
}

/* What is wrong with a rule is said when its fact is read. */
static const Rule *rule_of_text(const Loader *loader, const Node *node)
{
    Errors unheard = errors_begin(loader->scratch);
    return node->kind == NODE_TEXT ? rule_parse(loader->arena, node->text, (Place){ .line = 1, .column = 1 }, &unheard)
                                   : NULL;
}

static Place definition_place(const Loader *loader, Str fact)
{
    const Document *document = map_get(&loader->index[DOCUMENT_FACT], fact);
    const Node *rule = get(document->root, "rule");
    return node_place(rule ? rule : get(document->root, "decision"));
}

typedef struct Chain {
    Str fact;
    const struct Chain *before;
} Chain;

static bool report_circle(Loader *loader, const Chain *chain, Str fact)
{
    Text text = text_begin(loader->scratch, 2000);
    LIST(Str) names = { 0 };
    for (const Chain *link = chain; link && !str_equal(link->fact, fact); link = link->before)
        list_push(loader->scratch, &names, link->fact);
    text_printf(&text, "\"%.*s\" is worked out by way of", STR_ARGS(fact));
    for (size_t i = names.count; i-- > 0;)
        text_printf(&text, " \"%.*s\", which is by way of", STR_ARGS(names.at[i]));
    fault(loader, CIRCULAR_FACT, definition_place(loader, fact), S("let one of them be asked"), "%.*s \"%.*s\"",
          STR_ARGS(text_str(&text)), STR_ARGS(fact));
    return false;
}

/* How many facts are worked out one after the other up to this one, itself counted. False after a complaint: then
 * nothing is bound. */
static bool follow(Loader *loader, Map *heights, Str fact, const Chain *before, size_t *height)
{
    const Chain chain = { fact, before };
    const Rule *rule = map_get(&loader->definitions, fact);
    const size_t *known = map_get(heights, fact);
    size_t above = 0, most = 0;
    for (const Chain *link = before; link; link = link->before, above++)
        if (str_equal(link->fact, fact))
            return report_circle(loader, before, fact);
    *height = known ? *known : 0;
    if (!rule || known)
        return true;
    for (size_t i = 0; i < rule_names(rule)->count && above < DERIVED_DEEP_MAX; i++) {
        size_t below;
        if (!follow(loader, heights, rule_names(rule)->at[i], &chain, &below))
            return false;
        most = below > most ? below : most;
    }
    if (most >= DERIVED_DEEP_MAX || above == DERIVED_DEEP_MAX) {
        fault(loader, TOO_LARGE, definition_place(loader, fact), S("let one of them be asked"),
              "more than %d facts are worked out one from the other", DERIVED_DEEP_MAX);
        return false;
    }
    size_t *kept = arena_new(loader->scratch, size_t);
    *height = *kept = most + 1;
    map_put(loader->scratch, heights, fact, kept);
    return true;
}

void load_derived(Loader *loader)
{
    const Map *facts = &loader->index[DOCUMENT_FACT];
    Map heights = { 0 };
    size_t height;
    bool good = true;
    for (size_t i = 0; i < facts->entries.count; i++) {
        Document *document = facts->entries.at[i].value;
        const Node *text = get(document->root, "rule"), *decision = get(document->root, "decision");
        loader->document = document;
        const Rule *rule = text ? rule_of_text(loader, text) : decision ? load_rule_of_model(loader, decision) : NULL;
        if (rule)
            map_put(loader->arena, &loader->definitions, document->id, (void *)rule);
        if (rule && !text)
            load_note_rule(loader, NULL, decision, rule);
    }
    loader->document = NULL;
    for (size_t i = 0; good && i < loader->definitions.entries.count; i++)
        good = follow(loader, &heights, loader->definitions.entries.at[i].key, NULL, &height);
    if (!good)
        loader->definitions = (Map){ 0 };
}

void load_derived_fact(Loader *loader, Document *document)
{
    Fact *fact = document->object;
    const Rule *rule = map_get(&loader->definitions, document->id);
    if (!fact->rule.parsed && rule) /* by a decision */
        fact->rule = (Condition){ .parsed = rule_with(loader->arena, rule, &loader->definitions),
                                  .place = definition_place(loader, document->id) };
    list_push(loader->arena, &loader->pack->derived, fact);
}

/* ---- all rules ---- */

/* To be checked when all facts are read. */
void load_note_rule(Loader *loader, const Field *key, const Node *node, const Rule *rule)
{
    const Strs *names = rule_names(rule);
    const Node *each = loader->map ? node_get(loader->map, S("each")) : NULL;
    list_push(loader->scratch, &loader->rules, (RuleNote){ rule, node, key, each, loader->document });
    for (size_t i = 0; i < names->count; i++) {
        Document *document = map_get(&loader->index[DOCUMENT_FACT], names->at[i]);
        if (document)
            ((Fact *)document->object)->used = true;
    }
}
