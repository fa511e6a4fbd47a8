/* Signing in and out. Whoever signs in gets a new cookie, so that one that was planted before is worth nothing
 * afterwards. */
#include "web/account.h"

#include "web/apply.h"
#include "web/pages.h"

/* Where somebody wanted to go before: a path of ours and nothing else. */
static Str wanted(Request *request)
{
    enum { TO_MAX = 300 };
    const Form *form = request->method == METHOD_POST ? &request->form : &request->query;
    const Str to = form_get(form, S("to"));
    return to.len <= TO_MAX && str_starts(to, S("/")) && html_url_is_relative(to) ? to : STR_NONE;
}

static Str home_of(Role role)
{
    switch (role) {
    case ROLE_OFFICER:
        return S("/office");
    case ROLE_SUPERVISOR:
        return S("/oversight");
    case ROLE_APPLICANT:
    case ROLE_NOBODY:
    case ROLE_CLOCK:
    case ROLE_DESK:
    case ROLE_COUNT:
        break;
    }
    return S("/home");
}

static Str demo_words(Request *request, const DemoAccount *account)
{
    const Authority *authority = pack_authority(request->pack, account->authority);
    if (authority)
        return text_in(request->arena, words_language(request), N_("Officer: %1"),
                       page_texts(request, authority->name));
    if (account->role == ROLE_SUPERVISOR)
        return page_tr(request, N_("Supervisor of all authorities"));
    return str_equal(account->login, S("business")) ? page_tr(request, N_("A business"))
                                                    : page_tr(request, N_("A resident"));
}

static AccountPage account_page(Request *request, const char *title)
{
    AccountPage page = { .layout = page_layout(request, title, request->problems.count > 0),
                         .csrf = request->csrf,
                         .errors = apply_errors(request),
                         .to = wanted(request),
                         .login = form_get(&request->form, S("login")),
                         .name = form_get(&request->form, S("name")) };
    page.layout.back = S("/");
    return page;
}

static Reply sign_in_reply(Request *request, int status)
{
    AccountPage page = account_page(request, N_("Sign in"));
    DemoAccounts accounts = { 0 };
    if (request->desk->demo)
        accounts = desk_demo_accounts(request->arena, request->pack);
    for (size_t i = 0; i < accounts.count; i++)
        list_push(request->arena, &page.demo,
                  (DemoLogin){ accounts.at[i].login, demo_words(request, &accounts.at[i]) });
    Html out = page_begin(request);
    html_sign_in(&out, &page);
    return reply_html(request, status, &out);
}

static void add_kind(Request *request, Options *kinds, Str value, const char *label)
{
    list_push(request->arena, &kinds->items,
              (Option){ .value = value,
                        .label = page_tr(request, label),
                        .checked = str_equal(form_get(&request->form, S("kind")), value) });
}

/* The summary names what is wrong in the order of the page. */
static FieldErrors in_order(Request *request, const FieldErrors *errors, const Str *order, size_t count)
{
    FieldErrors sorted = { 0 };
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < errors->count; k++)
            if (str_equal(errors->at[k].field, order[i]))
                list_push(request->arena, &sorted, errors->at[k]);
    return sorted;
}

static Reply register_reply(Request *request, int status)
{
    static const Str ORDER[] = { S("kind"), S("name"), S("login"), S("password") };
    AccountPage page = account_page(request, N_("Open an account"));
    page.errors = in_order(request, &page.errors, ORDER, COUNT_OF(ORDER));
    page.kinds = (Options){ .name = S("kind"),
                            .legend = page_tr(request, N_("For whom is the account?")),
                            .error = field_error(&page.errors, S("kind")) };
    add_kind(request, &page.kinds, S("person"), N_("A person"));
    add_kind(request, &page.kinds, S("business"), N_("A business or another organisation"));
    Html out = page_begin(request);
    html_register(&out, &page);
    return reply_html(request, status, &out);
}

/* To where the person wanted to go, under a session that nobody knew before. */
static Reply enter(Request *request, Role role, Str cookie)
{
    const Str to = wanted(request).len ? wanted(request) : home_of(role);
    Reply reply = reply_redirect(request, "%.*s", STR_ARGS(to));
    reply.cookie = cookie;
    return reply;
}

/* GET /sign-in */
Reply page_sign_in(Request *request)
{
    if (request->actor.account.id)
        return enter(request, request->actor.account.role, STR_NONE);
    return sign_in_reply(request, 200);
}

/* The role decides where an officer begins. A login is kept in small letters. */
static Role role_of_login(Request *request)
{
    Account account;
    const Str typed = str_trim(form_get(&request->form, S("login")));
    char *login = str_terminated(request->arena, typed);
    for (size_t i = 0; i < typed.len; i++)
        if (login[i] >= 'A' && login[i] <= 'Z')
            login[i] = (char)(login[i] + ('a' - 'A'));
    return store_account_by_login(request->desk->store, request->arena, (Str){ login, typed.len }, &account)
               ? account.role
               : ROLE_APPLICANT;
}

/* POST /sign-in: a failed try is counted, so there may be something to commit whatever the verdict. */
Reply act_sign_in(Request *request)
{
    const Str cookie = cookie_make(request->arena);
    Hash *token = arena_new(request->arena, Hash);
    *token = hash_of(cookie);
    switch (desk_sign_in(request->desk, request->arena, &request->actor, &request->form, token, request->now,
                         request->change, &request->problems)) {
    case VERDICT_OK:
        return enter(request, role_of_login(request), cookie);
    case VERDICT_TOO_MANY:
        list_push(request->arena, &request->problems,
                  (Problem){ .message = N_("There were too many tries. Wait 15 minutes, then try again") });
        return sign_in_reply(request, 429);
    case VERDICT_PROBLEMS:
    case VERDICT_NOT_FOUND:
    case VERDICT_FORBIDDEN:
    case VERDICT_ALREADY:
    case VERDICT_NOT_NOW:
        break;
    }
    return sign_in_reply(request, 422);
}

/* GET /register */
Reply page_register(Request *request)
{
    return register_reply(request, 200);
}

/* POST /register */
Reply act_register(Request *request)
{
    const Str cookie = cookie_make(request->arena);
    Hash *token = arena_new(request->arena, Hash);
    *token = hash_of(cookie);
    const Verdict verdict = desk_register(request->desk, request->arena, &request->actor, &request->form, token,
                                          request->now, request->change, &request->problems);
    return verdict == VERDICT_OK ? enter(request, ROLE_APPLICANT, cookie) : register_reply(request, 422);
}

/* POST /sign-out */
Reply act_sign_out(Request *request)
{
    change_session_end(request->change, &request->actor.session);
    Reply reply = reply_redirect(request, "/");
    reply.cookie = cookie_make(request->arena);
    return reply;
}
