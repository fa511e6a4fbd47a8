/* From a node to a number, a date, a period, an amount: one function for each type of key. A value that is wrong is
 * complained of and left unset, and reading goes on, so that one load shows every fault. */
#include "catalogue/loader.h"

void load_number(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str text;
    Value value;
    if (!load_text_of(loader, key, node, &text))
        return;
    if (value_number(loader->scratch, text, &value))
        memcpy(field, &text, sizeof text);
    else
        load_wrong_type(loader, key, node);
}

void load_whole(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str text;
    int64_t number;
    if (!load_text_of(loader, key, node, &text))
        return;
    if (str_to_i64(text, &number))
        memcpy(field, &number, sizeof number);
    else
        load_wrong_type(loader, key, node);
}

void load_count(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str text;
    int64_t number;
    if (!load_text_of(loader, key, node, &text))
        return;
    if (str_to_i64(text, &number) && number >= 0 && number <= 1000)
        memcpy(field, &(int32_t){ (int32_t)number }, sizeof(int32_t));
    else
        load_wrong_type(loader, key, node);
}

void load_boolean(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str text;
    if (!load_text_of(loader, key, node, &text))
        return;
    if (str_equal(text, S("true")) || str_equal(text, S("false")))
        memcpy(field, &(bool){ text.len == 4 }, sizeof(bool));
    else
        load_wrong_type(loader, key, node);
}

void load_date(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str text;
    Date date;
    if (!load_text_of(loader, key, node, &text))
        return;
    if (date_parse(text, &date))
        memcpy(field, &date, sizeof date);
    else
        load_wrong_type(loader, key, node);
}

void load_period(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str text, rest, number;
    Period period;
    int64_t amount;
    if (!load_text_of(loader, key, node, &text))
        return;
    rest = text;
    if (period_parse(text, &period)) {
        /* The rule itself may not be read yet; where it will stand is known. An object's own rule takes its place afterwards. */
        period.rule = loader->pack->counted ? &loader->pack->counted->rule : NULL;
        memcpy(field, &period, sizeof period);
    } else if (str_cut(&rest, ' ', &number) && str_to_i64(number, &amount) && amount == 0) {
        fault(loader, node_place(node), S("leave the key out where the law sets no time, or say on-the-spot: true"),
              "\"%s\" is a period of zero length", key->name);
    } else {
        load_wrong_type(loader, key, node);
    }
}

/* Digits, and after a point one or two more. */
static bool money_parse(Str number, int64_t *cents)
{
    Str units, rest = number;
    int64_t whole = 0, part = 0;
    if (!number.len || number.data[0] < '0' || number.data[0] > '9')
        return false;
    bool pointed = str_cut(&rest, '.', &units) && units.len < number.len;
    if (!str_to_i64(units, &whole) || !i64_mul(whole, 100, cents))
        return false;
    if (!pointed)
        return true;
    if (rest.len < 1 || rest.len > 2 || rest.data[0] < '0' || rest.data[0] > '9' || !str_to_i64(rest, &part))
        return false;
    return i64_add(*cents, rest.len == 1 ? part * 10 : part, cents);
}

bool money_of(Arena *arena, Value number, Money *money)
{
    return number.kind == VALUE_NUMBER && money_parse(value_number_text(arena, number), &money->cents);
}

void load_money(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str text, number, currency = loader->pack->currency;
    Money money;
    if (!load_text_of(loader, key, node, &text))
        return;
    Str rest = text;
    bool cut = str_cut(&rest, ' ', &number);
    rest = str_trim(rest);
    if (!cut || !money_parse(number, &money.cents))
        load_wrong_type(loader, key, node);
    else if (rest.len && currency.len && !str_equal(rest, currency))
        fault(loader, node_place(node),
              str_printf(loader->scratch, "write %.*s %.*s", STR_ARGS(number), STR_ARGS(currency)),
              "\"%s\" is not in the pack's currency", key->name);
    else
        memcpy(field, &money, sizeof money);
}

void load_offset(Loader *loader, const Field *key, const Node *node, void *field)
{
    Str text;
    int64_t hours, minutes;
    if (!load_text_of(loader, key, node, &text))
        return;
    bool shaped = text.len == 6 && (text.data[0] == '+' || text.data[0] == '-') && text.data[3] == ':';
    for (size_t i = 1; shaped && i < 6; i++)
        shaped = i == 3 || (text.data[i] >= '0' && text.data[i] <= '9');
    if (!shaped || !str_to_i64(str_slice(text, 1, 3), &hours) || !str_to_i64(str_slice(text, 4, 6), &minutes) ||
        minutes > 59 || hours * 60 + minutes > 14 * 60) {
        load_wrong_type(loader, key, node);
        return;
    }
    int32_t offset = (int32_t)(hours * 60 + minutes);
    memcpy(field, &(int32_t){ text.data[0] == '-' ? -offset : offset }, sizeof offset);
}
