/* onestop new: a small pack to begin with. It is whole: it can be served at once, and lint finds nothing in it. */
#include "main/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *name, *text;
} FILES[] = {
    { "pack.yaml", "# The jurisdiction. Every text stands in every language of the pack.\n"
                   "pack: smalltown\n"
                   "languages: [en]\n"
                   "language-names: {en: English}\n"
                   "name: {en: Onestop Smalltown}\n"
                   "area-name: {en: Smalltown}\n"
                   "area: 1\n"
                   "currency: EUR\n"
                   "utc-offset: \"+01:00\"\n"
                   "free-weekdays: [saturday, sunday]\n"
                   "upload-max-mb: 20\n" },
    { "calendar.yaml",
      "# The free days of a year as they were published. Dates in a year that is not here are provisional.\n"
      "calendar: 2026\n"
      "source: Notice of the public holidays\n"
      "free:\n"
      "  - {date: 2026-12-25, to: 2026-12-26, name: Christmas}\n"
      "---\n"
      "calendar: 2027\n"
      "source: Notice of the public holidays\n"
      "free:\n"
      "  - {date: 2027-01-01, name: New Year}\n" },
    { "laws.yaml",
      "law: food-act\n"
      "name: {en: Food Act}\n"
      "---\n"
      "# What the law says about a kind of case: how long an applicant has to correct, what can be done against a "
      "refusal.\n"
      "procedure: licensing\n"
      "name: {en: Licensing}\n"
      "legal: {law: food-act, article: \"20\"}\n"
      "correction: {time: 15 days, legal: {law: food-act, article: \"21\"}}\n"
      "deficiency: {time: 10 working days, legal: {law: food-act, article: \"22\"}}\n"
      "remedies: {name: {en: appeal to the county}, time: 30 days, legal: {law: food-act, article: \"40\"}}\n" },
    { "authorities.yaml", "authority: market-office\n"
                          "name: {en: Market office}\n"
                          "level: township\n"
                          "task: {en: It licenses whoever sells food.}\n"
                          "phone: \"0100 200\"\n" },
    { "facts.yaml", "# A fact is asked once. Its identifier is its name in rules.\n"
                    "fact: shop_name\n"
                    "type: text\n"
                    "name: {en: Name of the shop}\n"
                    "question: {en: What is the shop called?}\n"
                    "sample: The Spoon\n"
                    "---\n"
                    "fact: seats\n"
                    "type: number\n"
                    "whole: true\n"
                    "min: 0\n"
                    "name: {en: Seats}\n"
                    "question: {en: How many seats does it have?}\n"
                    "why: {en: With more than 50 the office has more time to decide.}\n"
                    "sample: \"20\"\n" },
    { "evidence.yaml", "evidence: layout-plan\n"
                       "name: {en: Layout plan}\n"
                       "description: {en: It shows the kitchen and every door.}\n"
                       "upload: true\n"
                       "legal: {law: food-act, article: \"12\"}\n"
                       "---\n"
                       "evidence: snack-licence\n"
                       "name: {en: Snack bar licence}\n" },
    { "services/snack-licence.yaml",
      "# What an authority decides: what it needs, what it asks, what it gives, and how long that may take.\n"
      "service: snack-licence\n"
      "name: {en: Snack bar licence}\n"
      "summary: {en: With it you may sell food.}\n"
      "authority: market-office\n"
      "procedure: licensing\n"
      "legal: {law: food-act, article: \"10\"}\n"
      "needs:\n"
      "  - evidence: layout-plan\n"
      "asks: [shop_name]\n"
      "gives: snack-licence\n"
      "time:\n"
      "  - when: seats > 50\n"
      "    statutory: 20 working days\n"
      "    legal: {law: food-act, article: \"30\"}\n"
      "  - statutory: 20 working days\n"
      "    promised: 5 working days\n"
      "    legal: {law: food-act, article: \"30\"}\n" },
    { "events/open-a-snack-bar.yaml", "# The wish that a person comes with. Its goals are what the person is to have "
                                      "in the end; everything else follows from them.\n"
                                      "event: open-a-snack-bar\n"
                                      "name: {en: Open a snack bar}\n"
                                      "summary: {en: In the end you may open.}\n"
                                      "audience: {en: Everybody who wants to sell food.}\n"
                                      "words: {en: \"restaurant, canteen, food stall\"}\n"
                                      "business: true\n"
                                      "goals:\n"
                                      "  - evidence: snack-licence\n"
                                      "sections:\n"
                                      "  - name: {en: The shop}\n"
                                      "    asks: [shop_name, seats]\n"
                                      "label: shop_name\n"
                                      "declaration: {en: What I say is true.}\n"
                                      "legal: {law: food-act, article: \"10\"}\n" },
};

static bool fail(const Arguments *arguments, Str path, int fault)
{
    Errors errors = errors_begin(arguments->arena);
    errors_add(&errors, (Place){ .file = path }, fault == EEXIST ? S("name a folder that is not there yet") : STR_NONE,
               "%s", strerrordesc_np(fault));
    (void)print_errors(&errors);
    return false;
}

static bool make_folder(const Arguments *arguments, Str path)
{
    return mkdir(str_terminated(arguments->arena, path), 0777) == 0 || fail(arguments, path, errno);
}

static bool write_file(const Arguments *arguments, Str folder, size_t index)
{
    Str path = str_printf(arguments->arena, "%.*s/%s", STR_ARGS(folder), FILES[index].name);
    const Str text = str_from(FILES[index].text);
    const int file = open(str_terminated(arguments->arena, path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (file < 0)
        return fail(arguments, path, errno);
    const bool whole = write(file, text.data, text.len) == (ssize_t)text.len;
    const int fault = whole ? 0 : errno;
    return close(file) == 0 && whole ? true : fail(arguments, path, fault ? fault : errno);
}

int command_new(const Arguments *arguments)
{
    const Str folder = arguments->words.at[0];
    static const char *const FOLDERS[] = { "", "/services", "/events" };
    for (size_t i = 0; i < COUNT_OF(FOLDERS); i++)
        if (!make_folder(arguments, str_printf(arguments->arena, "%.*s%s", STR_ARGS(folder), FOLDERS[i])))
            return EXIT_FAULT;
    for (size_t i = 0; i < COUNT_OF(FILES); i++)
        if (!write_file(arguments, folder, i))
            return EXIT_FAULT;
    printf("%.*s is a pack with one event and one service. Serve it, and change it while it runs:\n"
           "  onestop serve --pack %.*s --data %.*s-data --demo\n",
           STR_ARGS(folder), STR_ARGS(folder), STR_ARGS(folder));
    return EXIT_GOOD;
}
