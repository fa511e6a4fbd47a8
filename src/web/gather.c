/* Gathering: from an event to all services that can be needed, what each of them needs, and the latest dates. Nothing
 * is known about the person, so nothing is decided; conditions are put into words instead.
 *
 * Tried and left: deriving a plan without any answer. It knows only what is certain, which for most events is nothing,
 * and it leaves the limits of possible services open. */
#include "web/guide.h"

/* ---- conditions in words --------------------------------------------------------------------------------- */

static bool holds_with(Request *request, const Rule *rule, const Fact *fact, Value value)
{
    Scope scope = { 0 };
    scope_set(request->arena, &scope, fact->id, value);
    return value_is_true(rule_evaluate(request->arena, rule, &scope));
}

static Str yes_no_words(Request *request, const Rule *rule, const Fact *fact)
{
    const bool with_yes = holds_with(request, rule, fact, value_boolean(true));
    const bool with_no = holds_with(request, rule, fact, value_boolean(false));
    if (with_yes && with_no)
        return STR_NONE;
    return text_in(request->arena, words_language(request),
                   with_no ? N_("if you answer no to “%1”") : N_("if you answer yes to “%1”"),
                   page_texts(request, fact->question));
}

static Str quoted(Request *request, Texts texts)
{
    return text_in(request->arena, words_language(request), N_("“%1”"), page_texts(request, texts));
}

static Str choice_words(Request *request, const Rule *rule, const Fact *fact)
{
    Strs names = { 0 };
    for (size_t i = 0; i < fact->choices.count; i++)
        if (holds_with(request, rule, fact, value_string(fact->choices.at[i].value)))
            list_push(request->arena, &names, quoted(request, fact->choices.at[i].name));
    return text_in(request->arena, words_language(request), N_("if you answer %1 to “%2”"),
                   words_join(request, &names, JOINT_OR), page_texts(request, fact->question));
}

Str dependence_words(Request *request, const Rule *rule)
{
    Strs names = { 0 };
    for (size_t i = 0; i < rule_names(rule)->count; i++) {
        const Fact *fact = pack_fact(request->pack, rule_names(rule)->at[i]);
        if (fact)
            list_push(request->arena, &names, quoted(request, fact->name));
    }
    return text_in(request->arena, words_language(request), N_("depending on your answers about %1"),
                   words_join(request, &names, JOINT_AND));
}

/* A rule over one question is solved by trying its answers; of any other the things asked about are only named. */
Str condition_words(Request *request, const Condition *condition)
{
    if (!condition->parsed)
        return STR_NONE;
    const Strs *names = rule_names(condition->parsed);
    const Fact *only = names->count == 1 ? pack_fact(request->pack, names->at[0]) : NULL;
    if (only && only->kind == FACT_YES_NO)
        return yes_no_words(request, condition->parsed, only);
    if (only && only->kind == FACT_CHOICE)
        return choice_words(request, condition->parsed, only);
    return dependence_words(request, condition->parsed);
}

/* ---- which services -------------------------------------------------------------------------------------- */

static GuideStep *step_of(Gathering *it, const Service *service)
{
    for (size_t i = 0; i < it->steps.count; i++)
        if (it->steps.at[i].service == service)
            return &it->steps.at[i];
    return NULL;
}

/* A service is reached again when it turns out to be always needed: what it needs then is, too. */
static void reach(Gathering *it, const Service *service, bool always, const Condition *wish)
{
    GuideStep *step = step_of(it, service);
    always = always && !service->when.parsed;
    if (step && (step->always || !always))
        return;
    if (!step) {
        step = list_add(it->request->arena, &it->steps);
        step->service = service;
    }
    step->always = always;
    step->condition = service->when.parsed ? &service->when : wish;
    for (size_t i = 0; i < service->needs.count; i++) {
        const Need *need = &service->needs.at[i];
        for (size_t t = 0; t < need->any.count; t++) {
            const EvidenceType *type = need->any.at[t];
            const bool only = need->any.count == 1 && type->givers.count == 1;
            for (size_t g = 0; g < type->givers.count; g++)
                reach(it, type->givers.at[g], always && !need->when.parsed && only, &need->when);
        }
    }
}

static void reach_goals(Gathering *it, const Event *event)
{
    for (size_t i = 0; i < event->goals.count; i++) {
        const Goal *goal = &event->goals.at[i];
        const EvidenceType *type = goal->evidence;
        for (size_t g = 0; g < type->givers.count; g++)
            reach(it, type->givers.at[g], !goal->when.parsed && type->givers.count == 1, &goal->when);
    }
}

bool event_leads_to(Request *request, const Event *event, const Service *service)
{
    Gathering it = { .request = request };
    reach_goals(&it, event);
    return step_of(&it, service) != NULL;
}

/* ---- what they need ---------------------------------------------------------------------------------------- */

/* As the plan takes them: what government holds, what is declared, what another service gives, what must be brought. */
static int burden(Source source)
{
    switch (source) {
    case SOURCE_HELD:
        return 0;
    case SOURCE_DECLARED:
        return 1;
    case SOURCE_GIVEN:
        return 2;
    case SOURCE_UPLOAD:
        return 3;
    case SOURCE_NOBODY:
        break;
    }
    return 4;
}

static Way way_of(const Gathering *it, const EvidenceType *type)
{
    Way way = { .type = type,
                .giver = type->givers.count ? type->givers.at[0] : NULL,
                .held_when = condition_words(it->request, &type->held) };
    if (way.giver)
        way.source = SOURCE_GIVEN;
    else if (type->holder)
        way.source = SOURCE_HELD;
    else if (type->declares.in[0].len)
        way.source = SOURCE_DECLARED;
    else
        way.source = type->upload ? SOURCE_UPLOAD : SOURCE_NOBODY;
    return way;
}

static bool same_place(const Need *a, const Need *b)
{
    if (a->any.count != b->any.count || a->each != b->each)
        return false;
    for (size_t i = 0; i < a->any.count; i++)
        if (a->any.at[i] != b->any.at[i])
            return false;
    return true;
}

static void add_material(Gathering *it, const Service *service, const Need *need)
{
    Str when = condition_words(it->request, &need->when);
    for (size_t i = 0; i < it->materials.count; i++) {
        Material *material = &it->materials.at[i];
        if (!same_place(material->need, need))
            continue;
        if (!when.len)
            material->when = STR_NONE;
        list_push(it->request->arena, &material->users, service);
        return;
    }
    Material *material = list_add(it->request->arena, &it->materials);
    material->need = need;
    material->when = when;
    list_push(it->request->arena, &material->users, service);
    for (size_t i = 0; i < need->any.count; i++) {
        Way way = way_of(it, need->any.at[i]);
        list_push(it->request->arena, &material->ways, way);
        for (size_t at = i; at > 0 && burden(material->ways.at[at - 1].source) > burden(way.source); at--) {
            material->ways.at[at] = material->ways.at[at - 1];
            material->ways.at[at - 1] = way;
        }
    }
}

void gather_service(Gathering *it, const Service *service)
{
    for (size_t i = 0; i < service->needs.count; i++)
        add_material(it, service, &service->needs.at[i]);
}

/* ---- when ----------------------------------------------------------------------------------------------------- */

/* The latest of its limits from that day on. */
static void set_dates(const Gathering *it, GuideStep *step)
{
    const Service *service = step->service;
    step->due.date = step->starts;
    step->limit = &service->time.at[0];
    for (size_t i = 0; i < service->time.count; i++) {
        const Limit *limit = &service->time.at[i];
        Period period = limit->promised.amount ? limit->promised : limit->statutory;
        if (limit->on_the_spot || !period.amount)
            continue;
        Due due = calendar_due(&it->request->pack->calendar, step->starts, period, NULL, 0);
        if (!date_is_set(due.date) || date_compare(due.date, step->due.date) <= 0)
            continue;
        due.provisional = due.provisional || step->due.provisional;
        step->due = due;
        step->limit = limit;
        step->period = period;
    }
    if (step->period.amount)
        step->why = words_date_why(it->request, &it->request->pack->calendar, step->starts, step->period, step->due,
                                   &step->limit->legal);
}

static void wait_for(Gathering *it, GuideStep *step, const GuideStep *before)
{
    strs_add_once(it->request->arena, &step->after, page_texts(it->request, before->service->name));
    if (date_compare(before->due.date, step->starts) > 0)
        step->starts = before->due.date;
    step->due.provisional = step->due.provisional || before->due.provisional;
}

/* Dates of what it waits for come first; that a pack has no circles is the loader's promise. Returns the next rank. */
static size_t date_step(Gathering *it, GuideStep *step, size_t rank)
{
    if (date_is_set(step->starts))
        return rank;
    step->starts = it->request->today;
    for (size_t i = 0; i < it->materials.count; i++) {
        const Material *material = &it->materials.at[i];
        bool used = false;
        for (size_t u = 0; u < material->users.count; u++)
            used = used || material->users.at[u] == step->service;
        GuideStep *before =
            used && material->ways.at[0].source == SOURCE_GIVEN ? step_of(it, material->ways.at[0].giver) : NULL;
        if (!before || before == step)
            continue;
        rank = date_step(it, before, rank);
        wait_for(it, step, before);
    }
    set_dates(it, step);
    step->rank = rank;
    return rank + 1;
}

static bool comes_before(const GuideStep *a, const GuideStep *b)
{
    const int order = date_compare(a->starts, b->starts);
    return order < 0 || (order == 0 && a->rank < b->rank);
}

static void sort_steps(GuideSteps *steps)
{
    for (size_t i = 1; i < steps->count; i++) {
        const GuideStep step = steps->at[i];
        size_t at = i;
        for (; at > 0 && comes_before(&step, &steps->at[at - 1]); at--)
            steps->at[at] = steps->at[at - 1];
        steps->at[at] = step;
    }
}

void gather_event(Gathering *it, const Event *event)
{
    reach_goals(it, event);
    for (size_t i = 0; i < it->steps.count; i++) {
        GuideStep *step = &it->steps.at[i];
        step->starts = DATE_NONE;
        step->when = step->always ? STR_NONE : condition_words(it->request, step->condition);
        gather_service(it, step->service);
    }
    size_t rank = 0;
    for (size_t i = 0; i < it->steps.count; i++)
        rank = date_step(it, &it->steps.at[i], rank);
    sort_steps(&it->steps);
}

/* ---- laws and levels ------------------------------------------------------------------------------------------ */

/* The articles of one law become one text, so that words_law writes the law once before them. */
void legals_gather(Request *request, Legals *all, const Legals *more)
{
    for (size_t i = 0; i < more->count; i++) {
        const Legal *legal = &more->at[i];
        size_t at = 0;
        while (at < all->count && all->at[at].law != legal->law)
            at++;
        if (at == all->count) {
            list_push(request->arena, all, *legal);
            continue;
        }
        Str rest = all->at[at].article, known;
        bool has = legal->article.len == 0;
        while (str_cut(&rest, ' ', &known))
            has = has || str_equal(known, legal->article);
        if (!has && all->at[at].article.len)
            all->at[at].article =
                str_printf(request->arena, "%.*s %.*s", STR_ARGS(all->at[at].article), STR_ARGS(legal->article));
        else if (!has)
            all->at[at].article = legal->article;
    }
}

Str level_words(Request *request, AuthorityLevel level)
{
    static const char *const LEVELS[] = {
        [LEVEL_NATION] = N_("of the nation"),
        [LEVEL_PROVINCE] = N_("of the province"),
        [LEVEL_CITY] = N_("of the city"),
        [LEVEL_DISTRICT] = N_("of the district or county"),
        [LEVEL_TOWNSHIP] = N_("of the township or sub-district"),
        [LEVEL_VILLAGE] = N_("of the village or neighbourhood"),
        [LEVEL_INSTITUTION] = N_("an institution with public tasks"),
    };
    return page_tr(request, LEVELS[level]);
}

Str limit_words(Request *request, const Limit *limit)
{
    const Language language = words_language(request);
    if (limit->on_the_spot)
        return page_tr(request, N_("On the spot"));
    if (limit->promised.amount)
        return text_in(request->arena, language,
                       limit->illustrative ? N_("%1 by promise (an example)") : N_("%1 by promise"),
                       words_period(request, limit->promised));
    if (limit->statutory.amount)
        return text_in(request->arena, language, N_("%1 by law"), words_period(request, limit->statutory));
    return page_tr(request, N_("No limit is known"));
}
