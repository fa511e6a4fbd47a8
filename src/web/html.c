/* Writing pages: text is scanned for the five characters that mean something in HTML, and everything between them is
 * copied in one piece. Values become words first and are escaped then, so that no type can forget to be. */
#include "web/html.h"

enum { HTML_FIRST_ROOM = 16 << 10 }; /* most pages fit: no copying while they grow */

Html html_begin(Arena *arena, const Pack *pack, Str language)
{
    Html out = { .text = text_begin(arena, HTML_MAX),
                 .language = language_of(language),
                 .tag = language_tag_of(language) };
    out.text.data = arena_alloc(arena, HTML_FIRST_ROOM);
    out.text.room = HTML_FIRST_ROOM;
    if (pack) {
        int index = pack_language(pack, language);
        out.pack_language = index >= 0 ? index : 0;
        out.currency = pack->currency;
        out.utc_offset_minutes = pack->utc_offset_minutes;
    }
    return out;
}

Str html_end(const Html *out)
{
    return out->text.overflow ? STR_NONE : text_str(&out->text);
}

void html_literal(Html *out, Str markup)
{
    text_put(&out->text, markup);
}

void html_escape(Html *out, Str text)
{
    static const Str ENTITIES[256] = {
        ['&'] = S("&amp;"), ['<'] = S("&lt;"), ['>'] = S("&gt;"), ['"'] = S("&quot;"), ['\''] = S("&#39;"),
    };
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        Str entity = ENTITIES[(unsigned char)text.data[i]];
        if (!entity.len)
            continue;
        text_put(&out->text, str_slice(text, from, i));
        text_put(&out->text, entity);
        from = i + 1;
    }
    text_put(&out->text, str_slice(text, from, text.len));
}

bool html_url_is_relative(Str url)
{
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.data[i] <= ' ' || url.data[i] == '\\' || url.data[i] == 0x7F)
            return false;
    if (url.len == 0)
        return false;
    if (url.data[0] == '#' || url.data[0] == '?')
        return true;
    return url.data[0] == '/' && (url.len == 1 || url.data[1] != '/');
}

void html_put_url(Html *out, Str url)
{
    html_escape(out, html_url_is_relative(url) ? url : S("#"));
}

void html_put_url_slash(Html *out)
{
    if (out->text.len && out->text.data[out->text.len - 1] != '/')
        text_char(&out->text, '/');
}

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~", c) != NULL);
}

void html_put_url_part(Html *out, Str text)
{
    static const char DIGITS[] = "0123456789ABCDEF";
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (is_unreserved((char)c)) {
            text_char(&out->text, (char)c);
        } else {
            text_char(&out->text, '%');
            text_char(&out->text, DIGITS[c >> 4]);
            text_char(&out->text, DIGITS[c & 15]);
        }
    }
}

void html_put_phone(Html *out, Str number)
{
    for (size_t i = 0; i < number.len; i++)
        if ((number.data[i] >= '0' && number.data[i] <= '9') || (number.data[i] == '+' && i == 0))
            text_char(&out->text, number.data[i]);
}

Str html_words_str(Html *out, Str value)
{
    (void)out;
    return value;
}

Str html_words_terminated(Html *out, const char *value)
{
    (void)out;
    return str_from(value);
}

Str html_words_i64(Html *out, int64_t value)
{
    Text words = text_begin(out->text.arena, 20);
    text_i64(&words, value);
    return text_str(&words);
}

Str html_words_size(Html *out, size_t value)
{
    must(value <= INT64_MAX);
    return html_words_i64(out, (int64_t)value);
}

Str html_words_date(Html *out, Date value)
{
    Text words = text_begin(out->text.arena, 64);
    date_in_words(&words, out->language, value);
    return text_str(&words);
}

Str html_words_instant(Html *out, Instant value)
{
    Text words = text_begin(out->text.arena, 64);
    instant_in_words(&words, out->language, value, out->utc_offset_minutes);
    return text_str(&words);
}

Str html_words_money(Html *out, Money value)
{
    Text words = text_begin(out->text.arena, 64);
    money_in_words(&words, out->language, value, out->currency);
    return text_str(&words);
}

Str html_words_period(Html *out, Period value)
{
    Text words = text_begin(out->text.arena, 64);
    period_in_words(&words, out->language, value);
    return text_str(&words);
}

Str html_words_texts(Html *out, Texts value)
{
    return value.in[out->pack_language];
}

Str html_words_markup(Html *out, Markup value)
{
    (void)out;
    return value.safe;
}

void html_iso_date(Html *out, Date value)
{
    if (date_is_set(value))
        text_date(&out->text, value);
}

void html_iso_instant(Html *out, Instant value)
{
    if (!value.us)
        return;
    /* HTML allows three decimals of a second, the journal writes six: leave them all out. */
    Text whole = text_begin(out->text.arena, 64);
    text_instant(&whole, value);
    text_put(&out->text, str_slice(text_str(&whole), 0, sizeof "YYYY-MM-DDTHH:MM:SS" - 1));
    text_char(&out->text, 'Z');
}

const Asset *asset_find(Str path)
{
    for (size_t i = 0; i < ASSET_COUNT; i++)
        if (str_equal(ASSETS[i].url, path))
            return &ASSETS[i];
    return NULL;
}

Str asset_url(const char *name)
{
    size_t i = 0;
    while (i < ASSET_COUNT && !str_equal(ASSETS[i].name, str_from(name)))
        i++;
    must(i < ASSET_COUNT);
    return ASSETS[i].url;
}
