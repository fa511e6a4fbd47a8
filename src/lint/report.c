/* What was found, for people and for programs; and the table of all that can be. */
#include "lint/inside.h"

void findings_print(const Findings *findings, Text *out)
{
    for (size_t i = 0; i < findings->list.count; i++)
        if (!findings->list.at[i].accepted.len)
            error_print(&findings->list.at[i].error, out);
}

static void put_text(Text *out, const char *key, Str value)
{
    text_printf(out, ",\"%s\":", key);
    json_put(out, value);
}

static void put_list(Text *out, const char *key, const Strs *list)
{
    text_printf(out, ",\"%s\":[", key);
    for (size_t i = 0; i < list->count; i++) {
        text_put(out, i ? S(",") : STR_NONE);
        json_put(out, list->at[i]);
    }
    text_char(out, ']');
}

static Str severity(const FaultKind *kind)
{
    return kind && kind->warning ? S("warning") : S("error");
}

static void put_finding(Text *out, const Finding *finding)
{
    const Error *error = &finding->error;
    text_put(out, S("{\"code\":"));
    json_put(out, str_from(error->kind ? error->kind->code : NULL));
    put_text(out, "severity", severity(error->kind));
    put_text(out, "file", error->place.file);
    text_printf(out, ",\"line\":%d,\"column\":%d", error->place.line, error->place.column);
    put_text(out, "what", error->what);
    put_text(out, "document", finding->document);
    put_list(out, "chain", &error->chain);
    put_list(out, "law", &error->law);
    put_text(out, "hint", error->hint.len ? error->hint : str_from(error->kind ? error->kind->way_out : NULL));
    if (finding->accepted.len)
        put_text(out, "accepted", finding->accepted);
    text_char(out, '}');
}

void findings_json(const Findings *findings, Text *out)
{
    text_put(out, S("{\"findings\":["));
    for (size_t i = 0; i < findings->list.count; i++) {
        text_put(out, i ? S(",\n") : S("\n"));
        put_finding(out, &findings->list.at[i]);
    }
    text_put(out, S("]}\n"));
}

/* ---- the codes ---- */

static void put_rows(Text *out, const FaultKind *kinds, size_t count)
{
    text_put(out, S("| code | severity | meaning | way out |\n| --- | --- | --- | --- |\n"));
    for (size_t i = 0; i < count; i++)
        text_printf(out, "| `%s` | %.*s | %s | %s |\n", kinds[i].code, STR_ARGS(severity(&kinds[i])), kinds[i].meaning,
                    kinds[i].way_out);
}

void lint_reference(Text *out)
{
    size_t count;
    const FaultKind *kinds = pack_faults(&count);
    text_put(out, S("## Faults\n\nWith an error of the first table a pack is not read at all.\n\n"));
    put_rows(out, kinds, count);
    text_put(out, S("\nWhat stands in the second, `onestop lint` finds in a pack that can be read.\n\n"));
    put_rows(out, LINT_FAULTS, LINT_FAULT_COUNT);
}

static void put_codes(Text *out, const FaultKind *kinds, size_t count, bool first)
{
    for (size_t i = 0; i < count; i++) {
        text_put(out, first && i == 0 ? S("\n{\"code\":") : S(",\n{\"code\":"));
        json_put(out, str_from(kinds[i].code));
        put_text(out, "severity", severity(&kinds[i]));
        put_text(out, "meaning", str_from(kinds[i].meaning));
        put_text(out, "hint", str_from(kinds[i].way_out));
        text_char(out, '}');
    }
}

void lint_reference_json(Text *out)
{
    size_t count;
    const FaultKind *kinds = pack_faults(&count);
    text_put(out, S("{\"codes\":["));
    put_codes(out, kinds, count, true);
    put_codes(out, LINT_FAULTS, LINT_FAULT_COUNT, false);
    text_put(out, S("]}\n"));
}
