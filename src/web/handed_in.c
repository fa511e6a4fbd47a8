/* What was sent, as it stands now. What was sent is never changed: where a supplement took its place, the row says what stood there
 * before, and the file that was replaced can still be opened. */
#include "web/application.h"

#include "web/words.h"

/* "Before 3 March 2026: 120 square metres". */
Str handed_in_before(Request *request, const ApplicationView *view, const Fact *fact)
{
    Strs befores = { 0 };
    for (size_t i = view->entries.count; i-- > 0;) {
        const Entry *entry = &view->entries.at[i];
        Errors errors = errors_begin(request->arena);
        const Json *body = entry->kind == ENTRY_SUPPLEMENT && entry->body.len ? json_parse(request->arena, entry->body, &errors) : NULL;
        const Json *pair = json_get(json_get(body, S("answers")), fact->id);
        if (pair && pair->items.count == 2)
            list_push(request->arena, &befores,
                      text_in(request->arena, words_language(request), "Before %1: %2", words_date(request, entry->on),
                              words_kept(request, fact, pair->items.at[0])));
    }
    return words_join(request, &befores, JOINT_COMMA);
}

static SentRow row_of(Request *request, const ApplicationView *view, const AnswerRow *answer)
{
    SentRow row = { .key = page_texts(request, answer->fact->name), .value = answer->value,
                    .before = handed_in_before(request, view, answer->fact) };
    if (answer->is_list)
        row.value = words_whole(request, answer->fact, answers_find(&view->answers, answer->fact->id));
    return row;
}

static void add_files(Request *request, const ApplicationView *view, HandedIn *sent)
{
    for (size_t i = view->evidence.count; i-- > 0;) {
        const Evidence *row = &view->evidence.at[i];
        if (row->k != 0 || row->state == EVIDENCE_PENDING)
            continue;
        list_push(request->arena, &sent->files,
                  (SentFile){ .place = timeline_slot(request, view, row->slot), .name = row->name, .size = words_size(request, row->size),
                              .url = str_printf(request->arena, "/applications/%.*s/files/%lld", STR_ARGS(view->reference),
                                                (long long)row->id),
                              .at = row->at, .replaced = row->state == EVIDENCE_REPLACED });
    }
}

HandedIn handed_in(Request *request, const ApplicationView *view)
{
    HandedIn sent = { 0 };
    const AnswerGroups groups = answer_groups(request, view->pack, view->event, view->plan, &view->answers);
    for (size_t i = 0; i < groups.count; i++) {
        SentGroup *group = list_add(request->arena, &sent.groups);
        group->name = page_texts(request, groups.at[i].name);
        for (size_t r = 0; r < groups.at[i].rows.count; r++)
            list_push(request->arena, &group->rows, row_of(request, view, &groups.at[i].rows.at[r]));
    }
    add_files(request, view, &sent);
    for (size_t i = 0; i < view->plan->slots.count; i++) {
        const Slot *slot = &view->plan->slots.at[i];
        if (slot->source == SOURCE_DECLARED && !draft_file(&view->evidence, slot))
            list_push(request->arena, &sent.declared, page_texts(request, slot->type->declares));
    }
    return sent;
}
