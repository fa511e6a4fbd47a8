/* Accounts: registration, sign-in, and those that an operator adds. Passwords are argon2id hashes; a failed try is counted by login, also
 * for logins that do not exist, so that nobody can tell which do. */
#include "desk/inside.h"

enum { PASSWORD_MIN = 10, PASSWORD_MAX = 200, LOGIN_MAX = 100, SIGN_IN_TRIES = 10 };
static const int64_t TRY_WINDOW_US = (int64_t)15 * 60 * 1000000;
static const int64_t SESSION_US = 30 * DAY_US;

static Str canonical_login(Arena *arena, Str entered)
{
    Text out = text_begin(arena, LOGIN_MAX);
    Str trimmed = str_trim(entered);
    for (size_t i = 0; i < trimmed.len; i++)
        text_char(&out, trimmed.data[i] >= 'A' && trimmed.data[i] <= 'Z' ? (char)(trimmed.data[i] + 32) : trimmed.data[i]);
    return out.overflow ? STR_NONE : text_str(&out);
}

static Session *session_for(Arena *arena, const Hash *token, int64_t account, Instant now)
{
    Session *session = arena_new(arena, Session);
    *session = (Session){ .token = *token, .account = account, .created_at = now, .expires_at = { now.us + SESSION_US } };
    return session;
}

static Account *account_new(const Desk *desk, Arena *arena, Str login, Str password, Role role, Str authority, Str name)
{
    Account *account = arena_new(arena, Account);
    Salt salt;
    store_random(&salt, sizeof salt);
    *account = (Account){ .id = store_next_id(desk->store), .login = login, .password = password_hash(arena, password, &salt),
                          .role = role, .authority = authority, .name = name };
    return account;
}

/* What a page would take: no sign for a printer, and nothing of another encoding. */
static bool can_be_typed(Str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7F)
            return false;
    return utf8_is_valid(text);
}

Verdict desk_account_add(const Desk *desk, Arena *arena, Str login, Str password, Role role, Str authority, Str name, PartyKind kind,
                         Instant now, Change *change)
{
    Str canonical = canonical_login(arena, login);
    if (canonical.len == 0 || str_find(canonical, S(" ")) != SIZE_MAX || password.len < PASSWORD_MIN || password.len > PASSWORD_MAX ||
        !can_be_typed(canonical) || !can_be_typed(password) || !can_be_typed(name))
        return VERDICT_PROBLEMS;
    if (role == ROLE_OFFICER && !pack_authority(desk->pack, authority))
        return VERDICT_NOT_FOUND;
    Account *account = account_new(desk, arena, canonical, password, role, authority, name);
    if (role == ROLE_APPLICANT) {
        account->party = store_next_id(desk->store);
        if (account->party == 0)
            return VERDICT_TOO_MANY;
        change_party(change, account->party, kind, now);
    }
    change_account(change, account);
    return VERDICT_OK;
}

static void check_new_login(Arena *arena, Str login, Problems *problems)
{
    if (login.len == 0)
        problem_add(arena, problems, S("login"), N_("Enter an email address or a mobile number"), STR_NONE, STR_NONE, STR_NONE);
    for (size_t i = 0; i < login.len; i++)
        if ((unsigned char)login.data[i] <= ' ') {
            problem_add(arena, problems, S("login"), N_("The email address or mobile number must not contain blanks"), STR_NONE, STR_NONE,
                        STR_NONE);
            return;
        }
}

Verdict desk_register(const Desk *desk, Arena *arena, const Actor *actor, const Form *form, const Hash *token, Instant now,
                      Change *change, Problems *problems)
{
    Str login = canonical_login(arena, form_get(form, S("login"))), name = str_trim(form_get(form, S("name")));
    Str password = form_get(form, S("password")), kind = form_get(form, S("kind"));
    check_new_login(arena, login, problems);
    if (name.len == 0 || utf8_length(name) > 100)
        problem_add(arena, problems, S("name"), N_("Enter your name, or the name of the business"), STR_NONE, STR_NONE, STR_NONE);
    if (utf8_length(password) < PASSWORD_MIN)
        problem_add(arena, problems, S("password"), N_("The password must have at least %1 characters"), S("10"), STR_NONE, STR_NONE);
    if (password.len > PASSWORD_MAX)
        problem_add(arena, problems, S("password"), N_("The password must have at most %1 characters"), S("200"), STR_NONE, STR_NONE);
    if (!str_equal(kind, S("person")) && !str_equal(kind, S("business")))
        problem_add(arena, problems, S("kind"), N_("Select whether you are a person or a business"), STR_NONE, STR_NONE, STR_NONE);
    Account taken;
    if (problems->count == 0 && store_account_by_login(desk->store, arena, login, &taken))
        problem_add(arena, problems, S("login"), N_("There is an account with this email address or number. Sign in, or use another one"),
                    STR_NONE, STR_NONE, STR_NONE);
    if (problems->count)
        return VERDICT_PROBLEMS;
    Account *account = account_new(desk, arena, login, password, ROLE_APPLICANT, STR_NONE, name);
    account->party = store_next_id(desk->store);
    if (account->id == 0 || account->party == 0)
        return VERDICT_TOO_MANY;
    change_party(change, account->party, str_equal(kind, S("business")) ? PARTY_BUSINESS : PARTY_PERSON, now);
    change_account(change, account);
    change_session_access_move(change, token, &actor->session);
    change_session_end(change, &actor->session);
    change_session(change, session_for(arena, token, account->id, now));
    return VERDICT_OK;
}

/* The work of one comparison, for a login that does not exist, so that the answer takes as long. */
static bool hash_for_nobody(Arena *arena, Str tried)
{
    const Salt salt = { { 0 } };
    return password_hash(arena, tried, &salt).len == 0;
}

Verdict desk_sign_in(const Desk *desk, Arena *arena, const Actor *actor, const Form *form, const Hash *token, Instant now,
                     Change *change, Problems *problems)
{
    Str login = canonical_login(arena, form_get(form, S("login"))), password = form_get(form, S("password"));
    if (login.len == 0)
        problem_add(arena, problems, S("login"), N_("Enter your email address or mobile number"), STR_NONE, STR_NONE, STR_NONE);
    if (password.len == 0)
        problem_add(arena, problems, S("password"), N_("Enter your password"), STR_NONE, STR_NONE, STR_NONE);
    if (problems->count)
        return VERDICT_PROBLEMS;
    Key key = store_key(desk->store, S("attempts"));
    Hash *subject = arena_new(arena, Hash);
    *subject = hash_keyed(&key, str_printf(arena, "login %.*s", STR_ARGS(login)));
    if (store_attempts(desk->store, subject, (Instant){ now.us - TRY_WINDOW_US }) >= SIGN_IN_TRIES)
        return VERDICT_TOO_MANY;
    Account account;
    bool known = store_account_by_login(desk->store, arena, login, &account);
    Str tried = password.len <= PASSWORD_MAX ? password : STR_NONE;
    bool right = known ? password_verify(account.password, tried) : hash_for_nobody(arena, tried);
    if (!known || !right) {
        change_attempt(change, subject, now);
        problem_add(arena, problems, S("password"), N_("The email address or number and the password do not belong together"), STR_NONE,
                    STR_NONE, STR_NONE);
        return VERDICT_PROBLEMS;
    }
    change_attempts_forget(change, subject);
    change_session_access_move(change, token, &actor->session);
    change_session_end(change, &actor->session);
    change_session(change, session_for(arena, token, account.id, now));
    return VERDICT_OK;
}
