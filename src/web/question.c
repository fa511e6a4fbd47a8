/* One question a page. Any question that matters may be opened at any time; the answer is read by the desk alone, so
 * that the page and the desk cannot disagree about what is right. */
#include "web/apply.h"
#include "web/pages.h"

/* ---- the field ----------------------------------------------------------------------------------------- */

static void add_option(Request *request, Options *options, Str value, Str label, Str hint, bool checked)
{
    list_push(request->arena, &options->items,
              (Option){ .value = value, .label = label, .hint = hint, .checked = checked });
}

static Options yes_no_field(Request *request, const Fact *fact, Str value)
{
    Options options = { .name = fact->id, .in_line = true, .optional = fact->optional };
    add_option(request, &options, S("yes"), page_tr(request, N_("Yes")), STR_NONE,
               str_equal(value, S("yes")) || str_equal(value, S("true")));
    add_option(request, &options, S("no"), page_tr(request, N_("No")), STR_NONE,
               str_equal(value, S("no")) || str_equal(value, S("false")));
    return options;
}

static Options choice_field(Request *request, const Fact *fact, Str value)
{
    Options options = { .name = fact->id, .optional = fact->optional };
    for (size_t i = 0; i < fact->choices.count; i++) {
        const Choice *choice = &fact->choices.at[i];
        add_option(request, &options, choice->value, page_texts(request, choice->name),
                   page_texts(request, choice->hint), str_equal(choice->value, value));
    }
    return options;
}

static Str typed_part(Request *request, const Fact *fact, const char *part)
{
    return form_get(&request->form, str_printf(request->arena, "%.*s-%s", STR_ARGS(fact->id), part));
}

static DateInput date_field(Request *request, const Fact *fact, Str stored)
{
    DateInput input = { .name = fact->id,
                        .optional = fact->optional,
                        .birthday = str_equal(fact->autocomplete, S("bday")) };
    Date date;
    if (request->method == METHOD_POST) {
        input.day = typed_part(request, fact, "day");
        input.month = typed_part(request, fact, "month");
        input.year = typed_part(request, fact, "year");
    } else if (date_parse(stored, &date)) {
        Ymd parts = date_parts(date);
        input.day = words_count(request, parts.day);
        input.month = words_count(request, parts.month);
        input.year = words_count(request, parts.year);
    }
    return input;
}

static TextInput typed_field(Request *request, const Fact *fact, Str value)
{
    TextInput input = {
        .name = fact->id, .value = value, .autocomplete = fact->autocomplete, .optional = fact->optional
    };
    switch (fact->kind) {
    case FACT_NUMBER:
        input.suffix = page_texts(request, fact->unit);
        input.inputmode = fact->whole ? S("numeric") : S("decimal");
        input.width = 10;
        input.exact = true;
        break;
    case FACT_IDENTITY:
    case FACT_CREDIT_CODE:
        input.width = 20;
        input.exact = true;
        break;
    case FACT_ADDRESS:
        input.lines = 3;
        break;
    case FACT_YES_NO:
    case FACT_CHOICE:
    case FACT_MONEY:
    case FACT_DATE:
    case FACT_TEXT:
    case FACT_LIST:
        break;
    }
    return input;
}

QuestionField question_field(Request *request, const Fact *fact, const Answer *stored, const FieldErrors *errors,
                             bool heading)
{
    QuestionField field = { .fact = fact };
    const Str question = page_texts(request, fact->question), hint = page_texts(request, fact->hint);
    const Str error = field_error(errors, fact->id), kept = stored ? stored->text : STR_NONE;
    const Str value = request->method == METHOD_POST ? form_get(&request->form, fact->id) : kept;
    switch (fact->kind) {
    case FACT_YES_NO:
    case FACT_CHOICE:
        field.options =
            fact->kind == FACT_YES_NO ? yes_no_field(request, fact, value) : choice_field(request, fact, value);
        field.options.legend = question;
        field.options.hint = hint;
        field.options.error = error;
        field.options.heading = heading;
        break;
    case FACT_DATE:
        field.date = date_field(request, fact, kept);
        field.date.legend = question;
        field.date.hint = hint;
        field.date.error = error;
        field.date.heading = heading;
        break;
    case FACT_NUMBER:
    case FACT_MONEY:
    case FACT_TEXT:
    case FACT_ADDRESS:
    case FACT_IDENTITY:
    case FACT_CREDIT_CODE:
    case FACT_LIST:
        field.input = typed_field(request, fact, value);
        field.input.label = question;
        field.input.hint = hint;
        field.input.error = error;
        field.input.heading = heading;
        break;
    }
    return field;
}

/* ---- around the field ---------------------------------------------------------------------------------- */

SectionMark question_section(const Draft *draft, const Fact *fact)
{
    SectionMark mark = { .count = draft->event->sections.count };
    for (size_t s = 0; s < mark.count; s++)
        for (size_t f = 0; f < draft->event->sections.at[s].asks.count; f++)
            if (draft->event->sections.at[s].asks.at[f] == fact) {
                mark.number = s + 1;
                mark.name = draft->event->sections.at[s].name;
                return mark;
            }
    return mark;
}

static bool service_sees(Request *request, const Draft *draft, const Service *service, const Fact *fact)
{
    /* The name of an application stands in the work list of everybody who handles it. */
    if (fact == draft->event->label)
        return true;
    FactList facts = service_facts(request->arena, draft->pack, service);
    for (size_t i = 0; i < facts.count; i++)
        if (facts.at[i] == fact)
            return true;
    return false;
}

WhyAsked question_why(Request *request, const Draft *draft, const Fact *fact)
{
    Strs certain = { 0 }, possible = { 0 }, only_possible = { 0 };
    for (size_t i = 0; i < draft->plan->items.count; i++) {
        const PlanItem *item = &draft->plan->items.at[i];
        if (service_sees(request, draft, item->service, fact))
            strs_add_once(request->arena, item->needed == CERTAIN_YES ? &certain : &possible,
                          page_texts(request, item->service->authority->name));
    }
    for (size_t i = 0; i < possible.count; i++)
        if (!strs_has(&certain, possible.at[i]))
            list_push(request->arena, &only_possible, possible.at[i]);
    return (WhyAsked){ .why = fact->why,
                       .law = words_laws(request, &fact->legal),
                       .seen = words_join(request, &certain, JOINT_AND),
                       .perhaps = words_join(request, &only_possible, JOINT_AND) };
}

/* The question before, or the page that the change began on. */
Str question_back(Request *request, const Draft *draft, const Fact *fact)
{
    if (apply_from_check(request))
        return str_printf(request->arena, "/apply/%.*s/check", STR_ARGS(draft->reference));
    for (size_t i = 1; i < draft->plan->asked.count; i++)
        if (draft->plan->asked.at[i] == fact)
            return str_printf(request->arena, "/apply/%.*s/questions/%.*s", STR_ARGS(draft->reference),
                              STR_ARGS(draft->plan->asked.at[i - 1]->id));
    return str_printf(request->arena, "/events/%.*s", STR_ARGS(draft->event->id));
}

/* The input that a part of a date has on the page: the first of the reader's order has the fact's own name. */
static Str part_id(Request *request, const Fact *fact, const char *part)
{
    const char *first = "day";
    switch (words_language(request)) {
    case LANGUAGE_EN:
        break;
    case LANGUAGE_ZH:
        first = "year";
        break;
    }
    return strcmp(part, first) == 0 ? fact->id : str_printf(request->arena, "%.*s-%s", STR_ARGS(fact->id), part);
}

void question_errors_point(Request *request, const Fact *fact, FieldErrors *errors)
{
    static const char *const PARTS[] = { "day", "month", "year" };
    const char *missing = NULL;
    size_t count = 0;
    for (size_t i = 0; fact->kind == FACT_DATE && i < COUNT_OF(PARTS); i++) {
        const bool empty = str_trim(typed_part(request, fact, PARTS[i])).len == 0;
        count += empty;
        if (empty && !missing)
            missing = PARTS[i];
    }
    for (size_t i = 0; missing && count < COUNT_OF(PARTS) && i < errors->count; i++)
        if (str_equal(errors->at[i].field, fact->id))
            errors->at[i].field = part_id(request, fact, missing);
}

static Reply show_question(Request *request, const Draft *draft, const Fact *fact)
{
    QuestionPage p = { .fact = fact,
                       .section = question_section(draft, fact),
                       .why = question_why(request, draft, fact) };
    p.page = apply_page(request, draft, page_texts(request, fact->question), question_back(request, draft, fact));
    p.field = question_field(request, fact, answers_find(&draft->answers, fact->id), &p.page.errors, true);
    question_errors_point(request, fact, &p.page.errors);
    Html out = page_begin(request);
    html_question(&out, &p);
    return apply_show(request, &p.page, &out);
}

/* The question of the path. A fact of the pack that no rule waits for any more leads to the next step. */
static const Fact *open_question(Request *request, int64_t *application, Draft *draft, Reply *reply)
{
    if (!apply_open(request, application, draft, reply))
        return NULL;
    const Fact *fact = pack_fact(draft->pack, request->args[1]);
    if (fact && draft_asks(draft, fact))
        return fact;
    *reply = fact ? apply_next(request, draft, apply_from_check(request)) : reply_not_found(request);
    return NULL;
}

/* GET /apply/{reference}/questions/{fact} */
Reply page_question(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    const Fact *fact = open_question(request, &application, &draft, &reply);
    if (!fact)
        return reply;
    return fact->kind == FACT_LIST ? members_page(request, &draft, fact) : show_question(request, &draft, fact);
}

static bool anything_typed(const Request *request, const Fact *fact)
{
    for (size_t i = 0; i < request->form.count; i++)
        if (str_starts(request->form.at[i].name, fact->id) && str_trim(request->form.at[i].value).len)
            return true;
    return false;
}

/* POST /apply/{reference}/questions/{fact} */
Reply act_question(Request *request)
{
    int64_t application;
    Draft draft;
    Reply reply;
    const Fact *fact = open_question(request, &application, &draft, &reply);
    if (!fact)
        return reply;
    const bool leaves = form_has(&request->form, S("leave"));
    if (fact->kind == FACT_LIST)
        return leaves ? reply_redirect(request, "/apply/%.*s/saved", STR_ARGS(draft.reference))
                      : members_done(request, application, &draft, fact);
    Verdict verdict = desk_answer(request->desk, request->arena, &request->actor, application, fact->id, &request->form,
                                  request->now, request->change, &request->problems);
    /* Who leaves is not held back by an answer that is not complete, but is told. */
    if (verdict == VERDICT_PROBLEMS && leaves)
        return anything_typed(request, fact) ? reply_redirect(request, "/apply/%.*s/saved?open=%.*s",
                                                              STR_ARGS(draft.reference), STR_ARGS(fact->id))
                                             : reply_redirect(request, "/apply/%.*s/saved", STR_ARGS(draft.reference));
    if (verdict == VERDICT_PROBLEMS)
        return show_question(request, &draft, fact);
    if (verdict != VERDICT_OK)
        return apply_refuse(request, verdict);
    if (leaves)
        return reply_redirect(request, "/apply/%.*s/saved", STR_ARGS(draft.reference));
    return apply_onward(request, apply_from_check(request));
}
