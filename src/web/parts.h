/* parts: what pages are built from. A part is a template in parts.html with a small struct of its own, so that a page
 * names what it gives:
 *
 *     {% call text_input(&(TextInput){ .name = S("area"), .label = _("Floor area"), .value = p->area,
 *                                      .suffix = _("square metres"), .width = 5,
 *                                      .error = field_error(&p->errors, S("area")) }) %}
 *
 * Every field but a name and its label may be left out. `heading` makes the label the page's h1: right where a page
 * asks one thing. A field's `name` is also its id, so that the error summary finds it. */
#ifndef WEB_PARTS_H
#define WEB_PARTS_H

#include "web/html.h"

/* ---- errors ------------------------------------------------------------------------------------------------- */
typedef struct FieldError {
    Str field;                                     /* its name; empty: an error of no field */
    Str text;
} FieldError;
typedef LIST(FieldError) FieldErrors;
Str field_error(const FieldErrors *errors, Str field); /* empty when it has none */

void html_error_summary(Html *out, const FieldErrors *errors); /* nothing when there are none; first thing in main */

/* ---- fields ------------------------------------------------------------------------------------------------- */
typedef struct TextInput {
    Str name, label, hint, value, error;
    bool heading, optional;
    Str type;                                      /* "text" unless set: "password", "search", "tel", "email" */
    Str autocomplete;                              /* the HTML token */
    Str inputmode;                                 /* "numeric", "decimal" */
    Str prefix, suffix;                            /* "¥", "square metres" */
    int width;                                     /* in characters: 2, 3, 4, 5, 10, 20; 0: full */
    int lines;                                     /* more than 0: a text area */
    bool exact;                                    /* a number or code: no spelling help */
} TextInput;
void html_text_input(Html *out, const TextInput *input);
void html_money_input(Html *out, const TextInput *input); /* with the pack's currency before it */

typedef struct Option {
    Str value, label, hint;
    bool checked;
    const TextInput *reveal;                       /* asked when this one is chosen */
} Option;
typedef struct Options {
    Str name, legend, hint, error;
    bool heading, optional;
    bool in_line;                                  /* side by side: for two short ones, such as yes and no */
    LIST(Option) items;
} Options;
void html_radios(Html *out, const Options *options);
void html_checkboxes(Html *out, const Options *options);

/* Three fields, in the order of the reader's language: NAME-day, NAME-month, NAME-year. */
typedef struct DateInput {
    Str name, legend, hint, error;
    bool heading, optional, birthday;
    Str day, month, year;                          /* as they were typed */
} DateInput;
void html_date_input(Html *out, const DateInput *input);

/* Stands in a form with enctype="multipart/form-data" and data-upload, which the script shows the progress of. */
typedef struct FileInput {
    Str name, label, hint, error;
    bool heading, optional;
    Str accept;                                    /* ".pdf,.jpg,.png" */
} FileInput;
void html_file_input(Html *out, const FileInput *input);

void html_csrf(Html *out, Str token);
void html_button(Html *out, Str label);
void html_button_secondary(Html *out, Str label);
void html_button_warning(Html *out, Str label);    /* for what cannot be undone */

/* ---- what a page says ----------------------------------------------------------------------------------------- */
void html_back_link(Html *out, Str url);
void html_notice(Html *out, Str title, Str text);  /* neutral news; text may be empty */
void html_success(Html *out, Str title, Str text); /* what was just done; read out */
void html_warning(Html *out, Str text);
void html_tag(Html *out, Str colour, Str text);    /* "green", "grey", "yellow", "red", "purple"; empty: our own */

/* A row of <dl class="govuk-summary-list">. */
typedef struct SummaryRow {
    Str key, value;
    Str note;                                      /* under the value, quieter */
    Str change_url;                                /* optional; with it change_what completes "Change …" for the ear */
    Str change_what;
} SummaryRow;
void html_summary_row(Html *out, const SummaryRow *row);

/* ---- states ---------------------------------------------------------------------------------------------------- */
/* The light of a clock in words, with a shape. */
void html_state_done(Html *out, Str words);
void html_state_running(Html *out, Str words);
void html_state_waiting(Html *out, Str words);
void html_state_soon(Html *out, Str words);        /* yellow */
void html_state_late(Html *out, Str words);        /* red */

/* The officers' keys, and the switch that turns them off (WCAG 2.1.4): once on each page with rows. */
void html_keys_help(Html *out);

/* ---- called by parts.html alone ---------------------------------------------------------------------------------- */
typedef struct DatePart {
    Str id, name, label, value, autocomplete;
    int width;
    bool error;
} DatePart;
typedef LIST(DatePart) DateParts;
DateParts date_fields(Html *out, const DateInput *input, Str day, Str month, Str year);
TextInput money_field(Html *out, TextInput input);
Str described_by(Html *out, Str name, Str hint, Str error); /* the ids of what explains a field */
Str option_id(Html *out, Str name, size_t index);  /* the first has the group's own, for the error summary */

#endif
