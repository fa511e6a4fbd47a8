/* Built-ins on contexts. Values may be unknown; which keys there are must be known. */
#include "rules/builtins_all.h"

Value feel_is_defined(Evaluation *run, const Value *arguments)
{
    (void)run;
    return value_boolean(arguments[0].kind != VALUE_NULL);
}

Value feel_get_value(Evaluation *run, const Value *arguments)
{
    (void)run;
    return value_get(arguments[0], arguments[1].string);
}

Value feel_get_entries(Evaluation *run, const Value *arguments)
{
    Values entries = { 0 };
    for (size_t i = 0; i < arguments[0].box->entries->count && evaluation_spend(run, 1); i++) {
        const ContextEntry *entry = &arguments[0].box->entries->at[i];
        const ContextEntry pair[] = { { S("key"), value_string(entry->key) }, { S("value"), entry->value } };
        list_push(run->arena, &entries, value_context(run->arena, pair, COUNT_OF(pair)));
    }
    return value_of_items(run->arena, entries);
}

/* ---- changed ---- */

typedef LIST(ContextEntry) EntryList;

static void entries_push(Evaluation *run, EntryList *entries, Value context)
{
    for (size_t i = 0; i < context.box->entries->count && evaluation_spend(run, 1); i++)
        list_push(run->arena, entries, context.box->entries->at[i]);
}

/* Searches all entries, and counts that. */
static ContextEntry *entry_of(Evaluation *run, EntryList *entries, Str key)
{
    if (!evaluation_spend(run, entries->count / 8 + 1))
        return NULL;
    for (size_t i = 0; i < entries->count; i++)
        if (str_equal(entries->at[i].key, key))
            return &entries->at[i];
    return NULL;
}

/* A key that is there keeps its place. */
static void entries_put(Evaluation *run, EntryList *entries, Str key, Value value)
{
    ContextEntry *entry = entry_of(run, entries, key);
    if (entry)
        entry->value = value;
    else
        list_push(run->arena, entries, (ContextEntry){ key, value });
}

static Value context_with(Evaluation *run, Value context, Str key, Value value)
{
    EntryList entries = { 0 };
    entries_push(run, &entries, context);
    entries_put(run, &entries, key, value);
    return value_context(run->arena, entries.at, entries.count);
}

Value feel_context_put(Evaluation *run, const Value *arguments)
{
    return context_with(run, arguments[0], arguments[1].string, arguments[2]);
}

/* Down along the keys, and up again with the new value. */
Value feel_context_put_keys(Evaluation *run, const Value *arguments)
{
    const Value keys = arguments[1];
    const size_t count = value_count(keys);
    const Strs *waiting = NULL;
    Value *contexts = arena_array(run->arena, Value, count + 1);
    contexts[0] = arguments[0];
    for (size_t i = 0; i < count && evaluation_spend(run, 1); i++) {
        Value key = value_item(keys, i);
        waiting = waiting_add(run->arena, waiting, key);
        if (key.kind != VALUE_STRING && !value_is_unknown(key))
            return value_null();
    }
    for (size_t i = 0; i < count && !waiting && evaluation_spend(run, 1); i++) {
        if (contexts[i].kind != VALUE_CONTEXT)
            return value_is_unknown(contexts[i]) ? contexts[i] : value_null();
        contexts[i + 1] = value_get(contexts[i], value_item(keys, i).string);
    }
    if (waiting || count == 0 || run->exhausted)
        return waiting ? value_waiting(waiting) : value_null();
    Value value = arguments[2];
    for (size_t i = count; i > 0; i--)
        value = context_with(run, contexts[i - 1], value_item(keys, i - 1).string, value);
    return value;
}

Value feel_context_merge(Evaluation *run, const Value *arguments)
{
    EntryList entries = { 0 };
    const Strs *waiting = NULL;
    for (size_t i = 0; i < value_count(arguments[0]); i++) {
        Value context = value_item(arguments[0], i);
        waiting = waiting_add(run->arena, waiting, context);
        if (value_is_unknown(context))
            continue;
        if (context.kind != VALUE_CONTEXT)
            return value_null();
        for (size_t j = 0; j < context.box->entries->count && evaluation_spend(run, 1); j++)
            entries_put(run, &entries, context.box->entries->at[j].key, context.box->entries->at[j].value);
    }
    return waiting ? value_waiting(waiting) : value_context(run->arena, entries.at, entries.count);
}

/* An entry that lacks its key or its value makes the whole null, and so does a key that is there twice. */
Value feel_context(Evaluation *run, const Value *arguments)
{
    EntryList entries = { 0 };
    const Strs *waiting = NULL;
    for (size_t i = 0; i < value_count(arguments[0]) && evaluation_spend(run, 1); i++) {
        Value entry = value_item(arguments[0], i), key = value_get(entry, S("key"));
        waiting = waiting_add(run->arena, waiting_add(run->arena, waiting, entry), key);
        if (value_is_unknown(entry) || (value_is_unknown(key) && value_has(entry, S("value"))))
            continue;
        if (key.kind != VALUE_STRING || !value_has(entry, S("value")) || entry_of(run, &entries, key.string))
            return value_null();
        list_push(run->arena, &entries, (ContextEntry){ key.string, value_get(entry, S("value")) });
    }
    return waiting ? value_waiting(waiting) : value_context(run->arena, entries.at, entries.count);
}
