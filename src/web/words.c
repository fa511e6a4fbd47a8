/* Values of a pack turned into the reader's words. Everything that a page shows of an answer, a law or a term passes
 * here; templates only place it. Tried and left: doing it in the templates, where each page soon said it a little
 * differently. */
#include "web/words.h"

enum { WORDS_MAX = 16 << 10 };

Language words_language(const Request *request)
{
    return (Language)request->language;
}

Str words_date(Request *request, Date date)
{
    Text words = text_begin(request->arena, 64);
    date_in_words(&words, words_language(request), date);
    return text_str(&words);
}

Str words_period(Request *request, Period period)
{
    Text words = text_begin(request->arena, 64);
    period_in_words(&words, words_language(request), period);
    return text_str(&words);
}

Str words_count(Request *request, int64_t count)
{
    return str_printf(request->arena, "%lld", (long long)count);
}

Str words_size(Request *request, int64_t bytes)
{
    enum { KB = 1024, MB = KB * 1024 };
    if (bytes < MB)
        return str_printf(request->arena, "%lld KB", (long long)(bytes < KB ? 1 : bytes / KB));
    return str_printf(request->arena, "%lld.%lld MB", (long long)(bytes / MB), (long long)(bytes % MB * 10 / MB));
}

Str words_join(Request *request, const Strs *parts, Joint last)
{
    static const char *const BETWEEN[] = {
        [JOINT_COMMA] = N_("%1, %2"), [JOINT_AND] = N_("%1 and %2"), [JOINT_OR] = N_("%1 or %2")
    };
    Str joined = parts->count ? parts->at[0] : STR_NONE;
    for (size_t i = 1; i < parts->count; i++)
        joined = text_in(request->arena, words_language(request), BETWEEN[i + 1 == parts->count ? last : JOINT_COMMA],
                         joined, parts->at[i]);
    return joined;
}

/* ---- answers ------------------------------------------------------------------------------------------- */

/* "1500" and "99.5" as an amount; the desk let no other spelling in. */
static bool money_parse(Str text, Money *money)
{
    Str whole, rest = text;
    int64_t units = 0, cents = 0;
    if (!str_cut(&rest, '.', &whole) || !str_to_i64(whole, &units) || rest.len > 2 ||
        (rest.len && !str_to_i64(rest, &cents)))
        return false;
    if (rest.len == 1)
        cents *= 10;
    return i64_mul(units, 100, &units) && i64_add(units, cents, &money->cents);
}

static Str money_words(Request *request, Str text)
{
    Money money;
    Text words = text_begin(request->arena, 64);
    if (!money_parse(text, &money))
        return text;
    money_in_words(&words, words_language(request), money, request->pack->currency);
    return text_str(&words);
}

static Str choice_words(const Request *request, const Fact *fact, Str value)
{
    for (size_t i = 0; i < fact->choices.count; i++)
        if (str_equal(fact->choices.at[i].value, value))
            return page_texts(request, fact->choices.at[i].name);
    return value;
}

static Str number_words(Request *request, const Fact *fact, Str text)
{
    const Str unit = page_texts(request, fact->unit);
    switch (words_language(request)) {
    case LANGUAGE_EN:
        return unit.len ? str_printf(request->arena, "%.*s %.*s", STR_ARGS(text), STR_ARGS(unit)) : text;
    case LANGUAGE_ZH:
        return str_printf(request->arena, "%.*s%.*s", STR_ARGS(text), STR_ARGS(unit));
    }
    return text;
}

Str words_answer(Request *request, const Fact *fact, Str text)
{
    Date date;
    if (text.len == 0)
        return page_tr(request, N_("Not provided"));
    switch (fact->kind) {
    case FACT_YES_NO:
        return str_equal(text, S("true")) ? page_tr(request, N_("Yes")) : page_tr(request, N_("No"));
    case FACT_CHOICE:
        return choice_words(request, fact, text);
    case FACT_NUMBER:
        return number_words(request, fact, text);
    case FACT_MONEY:
        return money_words(request, text);
    case FACT_DATE:
        return date_parse(text, &date) ? words_date(request, date) : text;
    case FACT_TEXT:
    case FACT_ADDRESS:
    case FACT_IDENTITY:
    case FACT_CREDIT_CODE:
    case FACT_LIST:
        break;
    }
    return text;
}

Str words_member(Request *request, const Fact *list, const Member *member, size_t index)
{
    if (member->fields.count && member->fields.at[0].text.len)
        return member->fields.at[0].text;
    return str_printf(request->arena, "%.*s %zu", STR_ARGS(page_texts(request, list->member)), index + 1);
}

Str words_member_answers(Request *request, const Fact *list, const Member *member)
{
    Text line = text_begin(request->arena, WORDS_MAX);
    for (size_t i = 1; i < list->fields.count; i++) {
        const Fact *field = list->fields.at[i];
        const Answer *answer = answers_find(&member->fields, field->id);
        if (i > 1)
            text_put(&line, page_tr(request, N_("; ")));
        text_put(&line, text_in(request->arena, words_language(request), "%1: %2", page_texts(request, field->name),
                                words_answer(request, field, answer ? answer->text : STR_NONE)));
    }
    return text_str(&line);
}

Str words_person(Request *request, const Fact *list, const Member *member, size_t index)
{
    return text_in(request->arena, words_language(request), "%1 (%2)", words_member(request, list, member, index),
                   words_member_answers(request, list, member));
}

Str words_whole(Request *request, const Fact *fact, const Answer *answer)
{
    if (fact->kind != FACT_LIST)
        return words_answer(request, fact, answer ? answer->text : STR_NONE);
    Strs members = { 0 };
    for (size_t i = 0; answer && i < answer->members.count; i++)
        list_push(request->arena, &members, words_person(request, fact, &answer->members.at[i], i));
    return members.count ? words_join(request, &members, JOINT_COMMA) : page_tr(request, N_("Nobody"));
}

Str words_kept(Request *request, const Fact *fact, const Json *kept)
{
    const Answer answer = answer_of_json(request->arena, fact->id, kept);
    return words_whole(request, fact, &answer);
}

/* ---- laws and places ----------------------------------------------------------------------------------- */

/* "32(1)(4)" is 第32条第1款第4项: article, paragraph, item. */
static Str article_in_chinese(Request *request, Str article)
{
    static const char *const PARTS[] = { "条", "款", "项" };
    Text words = text_begin(request->arena, 200);
    Str rest = article, number;
    for (size_t i = 0; i < COUNT_OF(PARTS) && str_cut(&rest, '(', &number); i++) {
        if (str_ends(number, S(")")))
            number = str_slice(number, 0, number.len - 1);
        text_printf(&words, "第%.*s%s", STR_ARGS(number), PARTS[i]);
    }
    return text_str(&words);
}

static Str law_with(Request *request, const Law *law, const Strs *articles)
{
    const Str name = page_texts(request, law->name);
    Strs chinese = { 0 };
    switch (words_language(request)) {
    case LANGUAGE_EN:
        return articles->count == 0 ? name
                                    : str_printf(request->arena, "%.*s, %s %.*s", STR_ARGS(name),
                                                 articles->count == 1 ? "article" : "articles",
                                                 STR_ARGS(words_join(request, articles, JOINT_AND)));
    case LANGUAGE_ZH:
        for (size_t i = 0; i < articles->count; i++)
            list_push(request->arena, &chinese, article_in_chinese(request, articles->at[i]));
        return str_printf(request->arena, "《%.*s》%.*s", STR_ARGS(name),
                          STR_ARGS(words_join(request, &chinese, JOINT_COMMA)));
    }
    return name;
}

Str words_law(Request *request, const Legal *legal)
{
    Strs articles = { 0 };
    Str rest = legal->article, article;
    while (str_cut(&rest, ' ', &article))
        list_push(request->arena, &articles, article);
    return law_with(request, legal->law, &articles);
}

static bool named_before(const Legals *legals, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (legals->at[i].law == legals->at[index].law)
            return true;
    return false;
}

Str words_laws(Request *request, const Legals *legals)
{
    Text line = text_begin(request->arena, WORDS_MAX);
    for (size_t i = 0; i < legals->count; i++) {
        Strs articles = { 0 };
        if (named_before(legals, i))
            continue;
        for (size_t n = i; n < legals->count; n++)
            if (legals->at[n].law == legals->at[i].law && legals->at[n].article.len)
                strs_add_once(request->arena, &articles, legals->at[n].article);
        if (line.len)
            text_put(&line, page_tr(request, N_("; ")));
        text_put(&line, law_with(request, legals->at[i].law, &articles));
    }
    return text_str(&line);
}

static Str remedy_words(Request *request, const Pack *pack, const Remedy *remedy, Date decided)
{
    const Language language = words_language(request);
    Str words = page_texts(request, remedy->name), law = words_laws(request, &remedy->legal);
    if (remedy->time.amount && date_is_set(decided))
        words = text_in(request->arena, language, "%1, by %2", words,
                        words_date(request, calendar_due(&pack->calendar, decided, remedy->time, NULL, 0).date));
    else if (remedy->time.amount)
        words = text_in(request->arena, language, "%1, within %2 of learning of it", words, words_period(request, remedy->time));
    return law.len ? text_in(request->arena, language, "%1 (%2)", words, law) : words;
}

/* LAW cn.licensing art.38(2): which remedies there are, and until when. */
Str words_remedies(Request *request, const Pack *pack, const Procedure *procedure, Date decided)
{
    Text all = text_begin(request->arena, WORDS_MAX);
    for (size_t i = 0; i < procedure->remedies.count; i++) {
        if (i)
            text_put(&all, page_tr(request, N_("; ")));
        text_put(&all, remedy_words(request, pack, &procedure->remedies.at[i], decided));
    }
    return text_in(request->arena, words_language(request), "If you do not agree, you can: %1.", text_str(&all));
}

const Legals *words_law_of_ending(const Procedure *procedure, EntryKind kind)
{
    if (kind == ENTRY_REVOKE)
        return &procedure->deficiency.legal;
    if (kind == ENTRY_CANCEL)
        return &procedure->mending.legal;
    return kind == ENTRY_DECLINE ? &procedure->correction.legal : &procedure->refusal;
}

Str words_slot(Request *request, const Slot *slot)
{
    Strs names = { 0 };
    for (size_t i = 0; slot->source == SOURCE_UPLOAD && i < slot->need->any.count; i++)
        if (slot->need->any.at[i]->upload)
            list_push(request->arena, &names, page_texts(request, slot->need->any.at[i]->name));
    if (names.count == 0)
        list_push(request->arena, &names, page_texts(request, slot->type->name));
    const Str name = words_join(request, &names, JOINT_OR);
    return slot->member_name.len ? text_in(request->arena, words_language(request), "%1: %2", name, slot->member_name)
                                 : name;
}

/* ---- why a date ---------------------------------------------------------------------------------------- */

/* A calendar names its holidays in one language. Where the page is in another, the kind of day alone is said. */
static bool name_fits(const Request *request, Str name)
{
    bool ascii = true;
    for (size_t i = 0; i < name.len; i++)
        ascii &= (unsigned char)name.data[i] < 0x80;
    switch (words_language(request)) {
    case LANGUAGE_EN:
        return name.len && ascii;
    case LANGUAGE_ZH:
        return name.len && !ascii;
    }
    return false;
}

/* Why days were left out or an end moved; %1 are the days. */
static const char *const SKIP_WORDS[SKIP_KIND_COUNT] = {
    [SKIP_WEEKEND] = N_("weekend"),
    [SKIP_HOLIDAY] = N_("public holiday"),
    [SKIP_STOP] = N_("the clock stood still"),
    [SKIP_LONG_HOLIDAY] = N_("a long holiday, by which the period is extended"),
    [SKIP_NO_DAY] = N_("the last day of its month, which has no such day"),
    [SKIP_TOO_FEW] = N_("added, so that there are enough working days in it"),
    [SKIP_END_WEEKEND] = N_("weekend, so the end moves on"),
    [SKIP_END_HOLIDAY] = N_("public holiday, so the end moves on"),
    [SKIP_END_STOP] = N_("the clock stood still, so the end moves on"),
};

static Str skip_words(Request *request, const Skip *skip)
{
    const Language language = words_language(request);
    Str days = words_date(request, skip->from), kind = page_tr(request, SKIP_WORDS[skip->kind]);
    if (date_compare(skip->from, skip->to) != 0)
        days = text_in(request->arena, language, "%1 to %2", days, words_date(request, skip->to));
    if (skip->kind == SKIP_HOLIDAY && name_fits(request, skip->name))
        kind = skip->name;
    return text_in(request->arena, language, "%1: %2", days, kind);
}

Strs words_skips(Request *request, const Skips *skips)
{
    Strs lines = { 0 };
    int64_t weekend_days = 0;
    for (size_t i = 0; i < skips->count; i++) {
        if (skips->at[i].kind == SKIP_WEEKEND)
            weekend_days += skips->at[i].to.day - skips->at[i].from.day + 1;
        else
            list_push(request->arena, &lines, skip_words(request, &skips->at[i]));
    }
    if (weekend_days)
        list_push(request->arena, &lines,
                  text_counted(request->arena, words_language(request), "1 day of a weekend", "%1 days of weekends",
                               weekend_days));
    return lines;
}

Str words_start(Request *request, Date from, Period period)
{
    const bool counted = period.amount == 0 || (period.rule && period.rule->start_counts);
    return text_in(request->arena, words_language(request),
                   counted ? N_("It counts from %1.") : N_("It counts from %1; that day itself is not counted."),
                   words_date(request, from));
}

DateWhy words_date_why(Request *request, const Calendar *calendar, Date from, Period period, Due due,
                       const Legals *legal)
{
    const Language language = words_language(request);
    DateWhy why = { .law = words_laws(request, legal), .provisional = due.provisional };
    why.start = words_start(request, from, period);
    why.rule = text_in(request->arena, language, "The limit is %1.", words_period(request, period));
    const Skips skips = calendar_why(request->arena, calendar, from, period, (Period){ 0 }, NULL, 0);
    why.left_out = words_skips(request, &skips);
    return why;
}
