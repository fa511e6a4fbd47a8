/* Answers: kept as canonical text by fact, written as JSON, turned into values for the rules. */
#include "desk/inside.h"

static AnswerList read_object(Arena *arena, const Json *object);

Answer answer_of_json(Arena *arena, Str fact, const Json *json)
{
    Answer answer = { .fact = fact };
    if (json->kind != KIND_ARRAY) {
        answer.text = json->text;
        return answer;
    }
    answer.is_list = true;
    for (size_t i = 0; i < json->items.count; i++) {
        Member *member = list_add(arena, &answer.members);
        member->id = json_text(json->items.at[i], S("id"));
        const Json *fields = json_get(json->items.at[i], S("fields"));
        if (fields)
            member->fields = read_object(arena, fields);
    }
    return answer;
}

static AnswerList read_object(Arena *arena, const Json *object)
{
    AnswerList answers = { 0 };
    for (size_t i = 0; i < object->keys.count; i++)
        list_push(arena, &answers, answer_of_json(arena, object->keys.at[i], object->items.at[i]));
    return answers;
}

AnswerList answers_of_json(Arena *arena, const Json *object)
{
    return read_object(arena, object);
}

/* ---- as they are stored: read by each page of an application, so without a tree between --------------------- */

enum { LEVELS_MAX = 4 };                           /* answers, the members of a list, and room */

typedef struct Stored {
    Arena *arena;
    Str text;
    size_t at;
    int level;
} Stored;

static bool take(Stored *it, Str what)
{
    must(it->at <= it->text.len);
    if (!str_starts(str_slice(it->text, it->at, SIZE_MAX), what))
        return false;
    it->at += what.len;
    return true;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The escapes that json_put writes. */
static bool unescape(Str written, Text *plain)
{
    for (size_t i = 0; i < written.len; i++) {
        if (written.data[i] != '\\') {
            text_char(plain, written.data[i]);
            continue;
        }
        char c = ++i < written.len ? written.data[i] : '\0';
        if (c == '"' || c == '\\') {
            text_char(plain, c);
        } else if (c == 'n') {
            text_char(plain, '\n');
        } else if (str_starts(str_slice(written, i, SIZE_MAX), S("u00")) && i + 4 < written.len && hex_digit(written.data[i + 3]) >= 0 &&
                   hex_digit(written.data[i + 4]) >= 0) {
            text_char(plain, (char)(hex_digit(written.data[i + 3]) * 16 + hex_digit(written.data[i + 4])));
            i += 4;
        } else {
            return false;
        }
    }
    return true;
}

static bool take_string(Stored *it, Str *string)
{
    if (!take(it, S("\"")))
        return false;
    size_t from = it->at;
    bool escaped = false;
    for (; it->at < it->text.len && it->text.data[it->at] != '"'; it->at++)
        if (it->text.data[it->at] == '\\' && it->at + 1 < it->text.len) {
            escaped = true;
            it->at++;
        }
    *string = str_slice(it->text, from, it->at);
    if (!take(it, S("\"")))
        return false;
    Text plain = text_begin(it->arena, string->len);
    if (!escaped)
        return true;
    if (!unescape(*string, &plain))
        return false;
    *string = text_str(&plain);
    return true;
}

static bool take_object(Stored *it, AnswerList *answers);

static bool take_members(Stored *it, Answer *answer)
{
    answer->is_list = true;
    if (take(it, S("]")))
        return true;
    do {
        Member *member = list_add(it->arena, &answer->members);
        if (!take(it, S("{\"id\":")) || !take_string(it, &member->id) || !take(it, S(",\"fields\":")) || !take_object(it, &member->fields) ||
            !take(it, S("}")))
            return false;
    } while (take(it, S(",")));
    return take(it, S("]"));
}

static bool take_object(Stored *it, AnswerList *answers)
{
    if (!take(it, S("{")) || it->level == LEVELS_MAX)
        return false;
    if (take(it, S("}")))
        return true;
    it->level++;
    do {
        Answer answer = { 0 };
        if (!take_string(it, &answer.fact) || !take(it, S(":")) ||
            !(take(it, S("[")) ? take_members(it, &answer) : take_string(it, &answer.text)))
            return false;
        list_push(it->arena, answers, answer);
    } while (take(it, S(",")));
    it->level--;
    return take(it, S("}"));
}

AnswerList answers_parse(Arena *arena, Str json)
{
    Stored it = { .arena = arena, .text = str_copy(arena, json) };
    AnswerList answers = { 0 };
    return take_object(&it, &answers) && it.at == it.text.len ? answers : (AnswerList){ 0 };
}

static void write_object(Text *json, const AnswerList *answers);

void answer_json(Text *json, const Answer *answer)
{
    if (!answer->is_list) {
        json_put(json, answer->text);
        return;
    }
    text_char(json, '[');
    for (size_t m = 0; m < answer->members.count; m++) {
        text_put(json, m ? S(",{\"id\":") : S("{\"id\":"));
        json_put(json, answer->members.at[m].id);
        text_put(json, S(",\"fields\":"));
        write_object(json, &answer->members.at[m].fields);
        text_char(json, '}');
    }
    text_char(json, ']');
}

static void write_object(Text *json, const AnswerList *answers)
{
    text_char(json, '{');
    for (size_t i = 0; i < answers->count; i++) {
        if (i)
            text_char(json, ',');
        json_put(json, answers->at[i].fact);
        text_char(json, ':');
        answer_json(json, &answers->at[i]);
    }
    text_char(json, '}');
}

Str answers_json(Arena *arena, const AnswerList *answers)
{
    Text json = text_begin(arena, SIZE_MAX);
    write_object(&json, answers);
    return text_str(&json);
}

const Answer *answers_find(const AnswerList *answers, Str fact)
{
    for (size_t i = 0; i < answers->count; i++)
        if (str_equal(answers->at[i].fact, fact))
            return &answers->at[i];
    return NULL;
}

static Value value_of(Arena *arena, const Fact *fact, Str text)
{
    Value number;
    Date date;
    if (text.len == 0)
        return value_null();
    switch (fact->kind) {
    case FACT_YES_NO:
        return value_boolean(str_equal(text, S("true")));
    case FACT_NUMBER:
    case FACT_MONEY:
        return value_number(arena, text, &number) ? number : value_null();
    case FACT_DATE:
        return date_parse(text, &date) ? value_date(date) : value_null();
    case FACT_CHOICE:
    case FACT_TEXT:
    case FACT_ADDRESS:
    case FACT_IDENTITY:
    case FACT_CREDIT_CODE:
    case FACT_LIST:
        break;
    }
    return value_string(text);
}

static Value list_value(Arena *arena, const Pack *pack, const Answer *answer)
{
    LIST(Value) members = { 0 };
    for (size_t m = 0; m < answer->members.count; m++) {
        const Member *member = &answer->members.at[m];
        LIST(ContextEntry) entries = { 0 };
        list_push(arena, &entries, (ContextEntry){ S("id"), value_string(member->id) });
        for (size_t f = 0; f < member->fields.count; f++) {
            const Fact *field = pack_fact(pack, member->fields.at[f].fact);
            if (field)
                list_push(arena, &entries, (ContextEntry){ field->id, value_of(arena, field, member->fields.at[f].text) });
        }
        list_push(arena, &members, value_context(arena, entries.at, entries.count));
    }
    return value_list(arena, members.at, members.count);
}

Scope *answers_scope(Arena *arena, const Pack *pack, const AnswerList *answers)
{
    Scope *scope = arena_new(arena, Scope);
    for (size_t i = 0; i < answers->count; i++) {
        const Fact *fact = pack_fact(pack, answers->at[i].fact);
        if (fact)
            scope_set(arena, scope, fact->id,
                      answers->at[i].is_list ? list_value(arena, pack, &answers->at[i])
                                             : value_of(arena, fact, answers->at[i].text));
    }
    return scope;
}
