/* words: what a pack's things are called on a page. Answers, laws, files and dates become the reader's words here, so
 * that every page says the same of the same thing. Inside web only. */
#ifndef WEB_WORDS_H
#define WEB_WORDS_H

#include "web/server.h"

Language words_language(const Request *request);   /* of the program's texts */
Str words_date(Request *request, Date date);
Str words_period(Request *request, Period period);
Str words_count(Request *request, int64_t count);
Str words_size(Request *request, int64_t bytes);   /* "340 KB", "1.2 MB" */

/* "A, B and C"; "A or B". */
typedef enum Joint { JOINT_COMMA, JOINT_AND, JOINT_OR } Joint;
Str words_join(Request *request, const Strs *parts, Joint last);

/* An answer as a person would say it: "Yes", "120 square metres", "13 March 2026"; "Not provided" where it is empty. */
Str words_answer(Request *request, const Fact *fact, Str text);
/* Of every kind; of a list each member with all of its answers. */
Str words_whole(Request *request, const Fact *fact, const Answer *answer);
Str words_kept(Request *request, const Fact *fact, const Json *kept); /* the same, as a supplement keeps it */
/* The name of a list's member: its first answer; of one without, "person 2". */
Str words_member(Request *request, const Fact *list, const Member *member, size_t index);
/* Name and all other answers: "The cook (Identity number: 330…; Touches food: Yes)". */
Str words_person(Request *request, const Fact *list, const Member *member, size_t index);
/* Its other answers in one line: "Identity number: 330…; Touches food: Yes". */
Str words_member_answers(Request *request, const Fact *list, const Member *member);

/* "Food Safety Law, article 35". Several articles of one law may stand in `article`, with blanks between. */
Str words_law(Request *request, const Legal *legal);
Str words_laws(Request *request, const Legals *legals); /* each law once, with its articles; may be empty */

/* What can be done against a decision, each remedy with its law: until when, counted from that day; without a day, within what time. */
Str words_remedies(Request *request, const Pack *pack, const Procedure *procedure, Date decided);
/* The law on ending a case so: a refusal, not accepted, acceptance revoked. */
const Legals *words_law_of_ending(const Procedure *procedure, EntryKind kind);

/* What a place for evidence is called: the alternatives that can be brought, and for whom. */
Str words_slot(Request *request, const Slot *slot);

/* Why a date is what it is: where it starts, the rule, which days do not count, on which law. */
typedef struct DateWhy {
    Str start, rule;                               /* "From 21 September 2026, which is not counted." */
    Strs left_out;                                 /* "1 October 2026 to 7 October 2026: public holiday" */
    Str law;
    bool provisional;
} DateWhy;
DateWhy words_date_why(Request *request, const Calendar *calendar, Date from, Period period, Due due,
                       const Legals *legal);
/* The days of calendar_why, a line each: holidays by name; the weekends of a long period are only counted. */
Strs words_skips(Request *request, const Skips *skips);
Str words_start(Request *request, Date from, Period period); /* "It counts from 21 September 2026; that day itself is not counted." */
void html_date_reason(Html *out, const DateWhy *why); /* as paragraphs */

#endif
