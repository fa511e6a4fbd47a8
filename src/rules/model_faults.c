/* The tables of a model, wherever they stand in its expressions. */
#include "rules/model.h"
#include "rules/table_faults.h"

enum { DEPTH_MAX = 100 };

typedef struct Walk {
    Arena *arena;
    const Map *domains;
    const Element *element;
    TableFaults *faults;
    bool complete;
} Walk;

static void look_at_table(Walk *walk, const Table *table)
{
    const size_t before = walk->faults->count;
    if (!table_faults(walk->arena, table, walk->domains, walk->faults))
        walk->complete = false;
    for (size_t i = before; i < walk->faults->count; i++) {
        TableFault *fault = &walk->faults->at[i];
        fault->decision = walk->element->name;
        fault->place.file = walk->element->document->file;
        if (fault->place.line == 0)
            fault->place.line = walk->element->xml->line;
    }
}

/* Tables stand at the top of an expression, under a type, in the entries of a context and in the body of a function. */
static void look_in(Walk *walk, const Node *node, int depth)
{
    if (!node || depth > DEPTH_MAX)
        return;
    if (node->kind == NODE_TABLE)
        look_at_table(walk, node->table);
    else if (node->kind == NODE_COERCE)
        look_in(walk, node->coerce.value, depth + 1);
    else if (node->kind == NODE_FUNCTION)
        look_in(walk, node->function.body, depth + 1);
    else if (node->kind == NODE_CONTEXT || node->kind == NODE_ROW)
        for (size_t i = 0; i < node->entries.count; i++)
            look_in(walk, node->entries.at[i].node, depth + 1);
}

TableFaults model_faults(Arena *arena, const Model *model, const Map *domains, bool *complete)
{
    TableFaults faults = { 0 };
    Walk walk = { .arena = arena, .domains = domains, .faults = &faults, .complete = true };
    for (size_t i = 0; i < model->elements.count; i++) {
        walk.element = model->elements.at[i];
        if (walk.element->document == model->main)
            look_in(&walk, walk.element->node, 0);
    }
    *complete = walk.complete;
    return faults;
}
