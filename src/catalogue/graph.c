/* What only the whole pack shows: evidence that nobody can get, goals that nothing leads to, services that wait for
 * each other.
 *
 * A service is possible when everything that it always needs can be had; starting from what needs nothing, this is
 * spread from each to those that wait for it, and whoever is left over stands on a circle or behind one. Needs with a condition are
 * left aside: whether their conditions can meet is a question of rules, which lint asks. */
#include "catalogue/loader.h"

typedef struct Step Step;
typedef struct Waiter {
    Step *step;
    size_t need;                                   /* the index */
} Waiter;

struct Step {
    const Document *document;
    const Service *service;
    bool possible;
    LIST(Waiter) waiters;                          /* whose needs this one would meet */
    bool *met;                                     /* of each need: one of its givers is possible */
    size_t unmet;                                  /* how many needs are not */
    size_t walk;                                   /* the walk that came through here; 0: none yet */
    size_t need;                                   /* where that walk went on: the index of the need */
    Step *next;
};

typedef LIST(Step *) Steps;

typedef struct Graph {
    Loader *loader;
    LIST(Step) steps;                              /* one for each service */
    Map givers;                                    /* evidence identifier to Steps: those that give it */
    bool complete;                                 /* it is known what every service gives */
} Graph;

/* Where a key of the n-th object under `list` stands in a document; a need may have `any` instead. */
static Place place_of(const Document *document, const char *list, size_t index, const char *key)
{
    const Node *item = node_item(node_get(document->root, str_from(list)), index);
    const Node *value = node_get(item, str_from(key));
    value = value ? value : node_get(item, S("any"));
    return node_place(value ? value : item);
}

static void find_givers(Graph *graph)
{
    Loader *loader = graph->loader;
    graph->complete = !loader->unread;
    for (size_t i = 0; i < loader->documents.count; i++) {
        const Document *document = loader->documents.at[i];
        if (document->kind == DOCUMENT_SERVICE)
            list_push(loader->scratch, &graph->steps, (Step){ .document = document, .service = document->object });
    }
    for (size_t i = 0; i < graph->steps.count; i++) {
        Step *step = &graph->steps.at[i];
        const EvidenceType *gives = step->service->gives;
        if (!gives) {
            graph->complete = false;
            continue;
        }
        Steps *givers = map_get(&graph->givers, gives->id);
        if (!givers)
            map_put(loader->scratch, &graph->givers, gives->id, givers = arena_new(loader->scratch, Steps));
        list_push(loader->scratch, givers, step);
    }
}

static bool has_other_source(const EvidenceType *evidence)
{
    return evidence->holder || evidence->upload || evidence->declares.in[0].len || evidence->held.parsed;
}

static void check_evidence(Graph *graph, const Document *document)
{
    const EvidenceType *evidence = document->object;
    if (graph->complete && !document->flawed && !has_other_source(evidence) && !map_get(&graph->givers, evidence->id))
        fault(graph->loader, UNOBTAINABLE, document->place,
              S("let a service give it, or write holder, held, declares, or upload: true"), "nobody can get \"%.*s\"",
              STR_ARGS(evidence->id));
}

static void check_goals(Graph *graph, const Document *document)
{
    const Event *event = document->object;
    for (size_t i = 0; graph->complete && i < event->goals.count; i++) {
        const EvidenceType *evidence = event->goals.at[i].evidence;
        if (evidence && !map_get(&graph->givers, evidence->id))
            fault(graph->loader, NO_GOAL, place_of(document, "goals", i, "evidence"),
                  S("a goal is what some service gives at the end"), "no service gives \"%.*s\"",
                  STR_ARGS(evidence->id));
    }
}

/* Whether the fact is read and has another type than it should; a flawed one is not judged. */
static bool is_list(Graph *graph, const Fact *fact, bool otherwise)
{
    const Document *document = document_find(graph->loader, DOCUMENT_FACT, fact->id);
    return document->flawed ? otherwise : fact->kind == FACT_LIST;
}

static void check_lists(Graph *graph, const Document *document)
{
    if (document->kind == DOCUMENT_SERVICE) {
        const Service *service = document->object;
        for (size_t i = 0; i < service->needs.count; i++) {
            const Fact *each = service->needs.at[i].each;
            if (each && !is_list(graph, each, true))
                fault(graph->loader, NO_LIST, place_of(document, "needs", i, "each"), S("name a fact of type list"),
                      "\"%.*s\" is no list", STR_ARGS(each->id));
        }
    } else if (document->kind == DOCUMENT_FACT) {
        const Fact *list = document->object;
        for (size_t i = 0; i < list->fields.count; i++)
            if (is_list(graph, list->fields.at[i], false))
                fault(graph->loader, NO_LIST, node_place(node_get(document->root, S("fields"))),
                      S("a member has single answers; ask for a second list beside the first"),
                      "the field \"%.*s\" is a list itself", STR_ARGS(list->fields.at[i]->id));
    }
}

/* ---- services that wait for each other ---- */

/* The service that is waited for here, the first where there are several; NULL when the evidence can be had, as far as
 * this check goes. */
static Step *waits_for(const Graph *graph, const EvidenceType *evidence)
{
    const Steps *givers = has_other_source(evidence) ? NULL : map_get(&graph->givers, evidence->id);
    for (size_t i = 0; givers && i < givers->count; i++)
        if (givers->at[i]->possible)
            return NULL;
    return givers ? givers->at[0] : NULL;
}

/* The first need of the service that cannot be had, and whom it waits for; NULL when there is none. */
static Step *blocked_by(const Graph *graph, const Step *step, size_t *index)
{
    for (*index = 0; *index < step->service->needs.count; ++*index) {
        const Need *need = &step->service->needs.at[*index];
        Step *first = NULL;
        size_t blocked = 0;
        for (size_t i = 0; i < need->any.count; i++) {
            Step *giver = waits_for(graph, need->any.at[i]);
            blocked += giver != NULL;
            first = first ? first : giver;
        }
        if (!need->when.parsed && first && blocked == need->any.count)
            return first;
    }
    return NULL;
}

static void report_circle(Graph *graph, const Step *start)
{
    Loader *loader = graph->loader;
    if (errors_are_full(&loader->errors))
        return;
    Text circle = text_begin(loader->scratch, 300);
    text_printf(&circle, "\"%.*s\" waits for", STR_ARGS(start->service->id));
    for (const Step *step = start->next; step != start; step = step->next)
        text_printf(&circle, " \"%.*s\", which waits for", STR_ARGS(step->service->id));
    fault(loader, CIRCULAR, place_of(start->document, "needs", start->need, "evidence"),
          S("let one of them do with other evidence: any: [this, another]"), "%.*s \"%.*s\"",
          STR_ARGS(text_str(&circle)), STR_ARGS(start->service->id));
    Strs *chain = &loader->errors.list.at[loader->errors.list.count - 1].chain;
    for (const Step *step = start; chain->count == 0 || step != start; step = step->next)
        list_push(loader->scratch, chain, step->service->id);
    list_push(loader->scratch, chain, start->service->id);
}

/* Notes for whom a need waits; nothing where it can be had already. */
static void wait_for_need(Graph *graph, Step *step, size_t index)
{
    const Need *need = &step->service->needs.at[index];
    if (need->when.parsed || need->any.count == 0)
        return;
    for (size_t i = 0; i < need->any.count; i++)
        if (!waits_for(graph, need->any.at[i]))
            return;
    step->unmet++;
    for (size_t i = 0; i < need->any.count; i++) {
        const Steps *givers = map_get(&graph->givers, need->any.at[i]->id);
        for (size_t g = 0; g < givers->count; g++)
            list_push(graph->loader->scratch, &givers->at[g]->waiters, (Waiter){ step, index });
    }
}

static void spread(Graph *graph)
{
    Arena *scratch = graph->loader->scratch;
    LIST(Step *) possible = { 0 };
    for (size_t i = 0; i < graph->steps.count; i++) {
        Step *step = &graph->steps.at[i];
        step->met = arena_array(scratch, bool, step->service->needs.count);
        for (size_t n = 0; n < step->service->needs.count && !step->document->flawed; n++)
            wait_for_need(graph, step, n);
    }
    for (size_t i = 0; i < graph->steps.count; i++)
        if (graph->steps.at[i].unmet == 0)
            list_push(scratch, &possible, &graph->steps.at[i]);
    for (size_t i = 0; i < possible.count; i++) {
        possible.at[i]->possible = true;
        for (size_t w = 0; w < possible.at[i]->waiters.count; w++) {
            const Waiter *waiter = &possible.at[i]->waiters.at[w];
            if (!waiter->step->met[waiter->need] && --waiter->step->unmet == 0)
                list_push(scratch, &possible, waiter->step);
            waiter->step->met[waiter->need] = true;
        }
    }
}

static void check_circles(Graph *graph)
{
    spread(graph);
    /* From each one left over, follow what blocks it; the way comes back to itself, or into an earlier walk. */
    for (size_t i = 0; i < graph->steps.count; i++) {
        Step *step = &graph->steps.at[i];
        if (step->possible)
            continue;
        for (; step->walk == 0; step = step->next) {
            step->walk = i + 1;
            step->next = blocked_by(graph, step, &step->need);
        }
        if (step->walk == i + 1)
            report_circle(graph, step);
    }
}

void load_check_graph(Loader *loader)
{
    Graph graph = { .loader = loader };
    find_givers(&graph);
    for (size_t i = 0; i < loader->documents.count; i++) {
        const Document *document = loader->documents.at[i];
        if (document->kind == DOCUMENT_EVIDENCE)
            check_evidence(&graph, document);
        else if (document->kind == DOCUMENT_EVENT)
            check_goals(&graph, document);
        else
            check_lists(&graph, document);
    }
    check_circles(&graph);
}
