/* pages: every handler that a route names, by the file that has it. page_ shows, act_ changes. A handler's contract stands in
 * server.h; its path, method and door stand in routes.c. */
#ifndef WEB_PAGES_H
#define WEB_PAGES_H

#include "web/server.h"

/* ---- routes.c: what is no page ---- */
Reply page_asset(Request *request);
Reply page_health(Request *request);

/* ---- start.c, search.c, guide.c, track.c, about.c: for everybody ---- */
Reply page_start(Request *request);
Reply page_search(Request *request);
Reply page_event(Request *request);
Reply page_service(Request *request);
Reply page_authority(Request *request);
Reply page_track(Request *request);
Reply act_track(Request *request);
Reply page_help(Request *request);
Reply page_accessibility(Request *request);
Reply page_privacy(Request *request);
Reply page_cookies(Request *request);

/* ---- account.c: signing in and out ---- */
Reply page_sign_in(Request *request);
Reply act_sign_in(Request *request);
Reply page_register(Request *request);
Reply act_register(Request *request);
Reply act_sign_out(Request *request);

/* ---- apply.c, question.c, members.c, plan_page.c, evidence.c, check.c, sent.c, resume.c: from a wish to an application ---- */
Reply page_apply(Request *request);
Reply page_apply_start(Request *request);
Reply act_apply(Request *request);
Reply page_apply_outcome(Request *request);
Reply page_apply_discard(Request *request);
Reply act_apply_discard(Request *request);
Reply page_question(Request *request);
Reply act_question(Request *request);
Reply page_member(Request *request);
Reply act_member(Request *request);
Reply page_member_remove(Request *request);
Reply act_member_remove(Request *request);
Reply page_plan(Request *request);
Reply page_evidence(Request *request);
Reply page_upload(Request *request);
Reply act_upload(Request *request);
Reply act_upload_remove(Request *request);
Reply page_apply_file(Request *request);
Reply page_check(Request *request);
Reply act_send(Request *request);
Reply page_sent(Request *request);
Reply page_receipt(Request *request);
Reply page_apply_begun(Request *request);
Reply act_apply_secret(Request *request);
Reply page_apply_saved(Request *request);
Reply page_resume(Request *request);
Reply act_resume(Request *request);

/* ---- home.c, application.c, correct.c, withdraw.c, late.c, rate.c, document.c: what was sent ---- */
Reply page_home(Request *request);
Reply act_adopt(Request *request);
Reply page_application(Request *request);
Reply page_handed_in(Request *request);
Reply page_application_steps(Request *request);
Reply page_correct(Request *request);
Reply act_correct(Request *request);
Reply act_correct_file(Request *request);
Reply act_correct_remove(Request *request);
Reply page_withdraw(Request *request);
Reply act_withdraw(Request *request);
Reply page_late(Request *request);
Reply act_late(Request *request);
Reply page_rate(Request *request);
Reply act_rate(Request *request);
Reply page_file(Request *request);
Reply page_document(Request *request);
Reply page_document_data(Request *request);

/* ---- office.c, casefile.c, act.c, oversight.c: for officers and supervisors ---- */
Reply page_office(Request *request);
Reply page_casefile(Request *request);
Reply act_step(Request *request);
Reply page_oversight(Request *request);
Reply page_office_file(Request *request);
Reply page_office_document(Request *request);

#endif
